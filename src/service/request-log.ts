import type { FastifyInstance, FastifyReply } from 'fastify';

declare module 'fastify' {
  interface FastifyReply {
    /** What a route adds to its line in the log; never the text of a question. */
    logDetails: Readonly<Record<string, unknown>> | undefined;
  }

  interface FastifyContextConfig {
    /** Asked by machines all the time: not worth a line. */
    readonly isQuiet?: boolean;
  }
}

/** One line a request, when its response has ended or its client left; the address only as its route, since a path may hold anything. */
export function logRequests(app: FastifyInstance): void {
  app.decorateReply('logDetails', undefined);
  app.addHook('onRequest', (request, reply, done) => {
    if (request.routeOptions.config.isQuiet) {
      done();
      return;
    }
    reply.raw.once('close', () => {
      const { method, routeOptions } = request;
      const outcome = reply.raw.writableFinished ? { status: reply.raw.statusCode } : { status: reply.raw.statusCode, left: true };
      const details = { method, route: routeOptions.url ?? '(none)', ...outcome, ms: roundMilliseconds(reply), ...reply.logDetails };
      reply.log.info(details, 'request');
    });
    done();
  });
}

function roundMilliseconds(reply: FastifyReply): number {
  return Math.round(reply.elapsedTime * 10) / 10;
}
