import type { FastifyInstance } from 'fastify';
import helmet from 'helmet';

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

/** For our own pages: their own script and style, no HTML made by scripts; framed by those who may use the widget. */
export function createPageCsp(allowedOrigins: readonly string[]): string {
  const framedBy = allowedOrigins.length === 0 ? "'none'" : `'self' ${allowedOrigins.join(' ')}`;
  return `default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors ${framedBy}; require-trusted-types-for 'script'`;
}

/** The headers of every response, and the request's id with them. */
export function addSecurityHeaders(app: FastifyInstance, directives: Readonly<Record<string, string[]>> = API_CSP): void {
  // Made once: the plugin of Fastify's that does this puts every header together again for each request.
  const setHeaders = helmet({
    contentSecurityPolicy: { useDefaults: false, directives },
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
    // Whoever puts TLS in front knows whether it is there to stay.
    strictTransportSecurity: false,
  });
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id).header('cache-control', 'no-store');
    setHeaders(request.raw, reply.raw, (error) => (error === undefined ? done() : done(error as Error)));
  });
}
