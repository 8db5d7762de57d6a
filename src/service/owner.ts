import type { FastifyRequest } from 'fastify';

/** Whose conversations a request may see besides those without an owner; undefined without a login. */
export function readOwner(request: FastifyRequest): string | undefined {
  return request.client.subject;
}
