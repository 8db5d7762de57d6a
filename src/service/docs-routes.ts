import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { App } from './route.ts';

/**
 * GET /docs and GET /openapi.json. What they need takes as long to load as a tenth of the whole start, and few ask for it:
 * so it is loaded by the first who does.
 */
export function addDocsRoutes(app: App, addRoutes: (app: App) => void): void {
  let opened: Promise<FastifyInstance> | undefined;

  async function openDocs(): Promise<FastifyInstance> {
    const { buildDocsApp } = await import('./docs-app.ts');
    return buildDocsApp(addRoutes);
  }

  async function forward(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    opened ??= openDocs();
    const docs = await opened;
    request.raw.headers['x-request-id'] = request.id;
    reply.hijack();
    docs.routing(request.raw, reply.raw);
    return reply;
  }

  for (const url of ['/docs', '/docs/*', '/openapi.json']) app.get(url, { schema: { hide: true } }, forward);
}
