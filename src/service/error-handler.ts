import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { HttpError, toErrorBody, toHttpError } from './http-error.ts';
import { answerUnread } from './unread-body.ts';
import { toValidationError } from './validation.ts';

/** States that every start and stop goes through, and what the log has been told already: no errors for the log. */
const EXPECTED: ReadonlySet<string> = new Set(['starting', 'shutting-down', 'no-notices', 'store-unavailable']);

function sendError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const shown = toValidationError(error) ?? toHttpError(error);
  if (shown.status >= 500 && !EXPECTED.has(shown.code)) request.log.error({ err: error }, 'request failed');
  reply.logDetails = { error: shown.code };
  const body = JSON.stringify(toErrorBody(shown, request.id));
  void reply.code(shown.status).headers(shown.headers).type('application/json; charset=utf-8');
  if (request.raw.complete === false && reply.raw.writable) answerUnread(request, reply, body);
  else void reply.send(body);
}

/** Every failure, and every address that is not there, in one shape. */
export function addErrorHandler(app: FastifyInstance): void {
  app.setErrorHandler(sendError);
  app.setNotFoundHandler(async (request) => {
    throw new HttpError(404, 'not-found', `There is nothing at this address for ${request.method}. GET /docs shows what there is.`);
  });
}
