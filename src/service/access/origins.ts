import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../../config.ts';
import { toPrintableLine } from '../../render/printable.ts';
import { HttpError } from '../http-error.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** For any page: the widget's own script. */
    readonly isPublic?: boolean;
  }
}

const ALLOWED_HEADERS = 'authorization, content-type, last-event-id';
const EXPOSED_HEADERS = 'retry-after, x-request-id';
const PREFLIGHT_SECONDS = '600';
const LONGEST_SHOWN = 100;

/** Whether a page of this origin may use the service: its own pages, and those of the setting; nothing that only looks alike. */
export function createOriginCheck({ widgetAllowedOrigins, publicBaseUrl }: Config): (origin: string, host: string | undefined, protocol?: string) => boolean {
  const allowed = new Set([...widgetAllowedOrigins, ...(publicBaseUrl === undefined ? [] : [new URL(publicBaseUrl).origin])]);
  const publicHost = publicBaseUrl === undefined ? undefined : new URL(publicBaseUrl).host;
  return (origin, host, protocol) => {
    if (allowed.has(origin)) return true;
    // Of the public address the scheme is known: its twin without TLS is somebody else.
    if (host === undefined || host.toLowerCase() === publicHost || !URL.canParse(origin)) return false;
    const url = new URL(origin);
    // A proxy in front may speak TLS, and we not know of it; where it says so, nothing else is ours.
    const isScheme = url.protocol === 'https:' || (url.protocol === 'http:' && protocol !== 'https');
    return isScheme && url.origin === origin && url.host === host.toLowerCase();
  };
}

/**
 * Lets pages of allowed origins read answers, and tells those of others why not: the refusal alone may be read from everywhere, so that it can stand in
 * the page and in the console of the browser.
 *
 * @param onRefused told of each refusal
 */
export function guardOrigins(app: FastifyInstance, config: Config, onRefused: () => void): void {
  const isAllowed = createOriginCheck(config);

  function allow(reply: FastifyReply, origin: string): void {
    reply.header('access-control-allow-origin', origin).header('access-control-expose-headers', EXPOSED_HEADERS);
  }

  function answerPreflight(reply: FastifyReply): FastifyReply {
    return reply.code(204).headers({
      'access-control-allow-methods': 'GET, POST, DELETE', 'access-control-allow-headers': ALLOWED_HEADERS, 'access-control-max-age': PREFLIGHT_SECONDS,
    }).send();
  }

  app.addHook('onRequest', async (request: FastifyRequest, reply: FastifyReply) => {
    if (request.routeOptions.config?.isPublic === true) return undefined;
    reply.header('vary', 'Origin');
    const { origin, host, 'access-control-request-method': wanted } = request.headers;
    if (origin === undefined) return undefined;
    allow(reply, origin);
    // Answered whoever asks: what then comes is refused in words that can be read.
    if (request.method === 'OPTIONS' && wanted !== undefined) return answerPreflight(reply);
    if (isAllowed(origin, request.host ?? host, request.protocol)) return undefined;
    onRefused();
    const shown = toPrintableLine(origin).slice(0, LONGEST_SHOWN);
    throw new HttpError(403, 'origin-refused', `Pages of ${shown} may not use this service. Add the origin to WIDGET_ALLOWED_ORIGINS; where it is the service's own address behind a proxy, set PUBLIC_BASE_URL.`);
  });
}
