import type { FastifyInstance } from 'fastify';
import { HttpError } from './http-error.ts';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

/** The methods of every route that is added after this call, by address. */
export function collectMethods(app: FastifyInstance): ReadonlyMap<string, ReadonlySet<string>> {
  const methods = new Map<string, Set<string>>();
  app.addHook('onRoute', ({ url, method }) => {
    const known = methods.get(url) ?? new Set();
    for (const name of [method].flat()) known.add(name);
    methods.set(url, known);
  });
  return methods;
}

/** Answers the other methods of known addresses with 405 and `Allow`; fastify would say 404. */
export function refuseOtherMethods(app: FastifyInstance, routes: ReadonlyMap<string, ReadonlySet<string>>): void {
  for (const [url, allowed] of Array.from(routes)) {
    const others = METHODS.filter((method) => !allowed.has(method));
    const allow = [...allowed].join(', ');
    app.route({
      method: others,
      url,
      schema: { hide: true },
      // Before the body is read: how it is made does not matter any more.
      onRequest: async () => {
        throw new HttpError(405, 'method-not-allowed', `This address takes ${allow} only.`, { allow });
      },
      handler: async () => undefined,
    });
  }
}
