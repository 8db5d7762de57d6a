import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

/** For everything that is no page: nothing may be loaded by it, nor frame it. */
const API_CSP = { defaultSrc: ["'none'"], frameAncestors: ["'none'"] };

/** For the page of the API's documentation: its own files only; its scripts write style attributes, hence the one relaxation. */
export const DOCS_CSP = {
  ...API_CSP,
  scriptSrc: ["'self'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:'],
  connectSrc: ["'self'"],
  baseUri: ["'none'"],
  formAction: ["'none'"],
};

/** The headers of every response, and the request's id with them. */
export async function addSecurityHeaders(app: FastifyInstance, directives: Readonly<Record<string, string[]>> = API_CSP): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives },
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
    // Whoever puts TLS in front knows whether it is there to stay.
    strictTransportSecurity: false,
  });
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id).header('cache-control', 'no-store');
  });
}
