import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import fastify from 'fastify';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { packageVersion } from '../package-root.ts';
import { createRequestId } from './connection-errors.ts';
import { addErrorHandler } from './error-handler.ts';
import type { App } from './route.ts';
import { zodCompilers } from './route.ts';
import { DOCS_CSP, addSecurityHeaders } from './security-headers.ts';

const INFO = {
  title: 'Wence 问策',
  version: packageVersion,
  description: 'Answers questions about government notices; every sentence is proved by a citation of exact characters.',
};

/**
 * An application that knows the routes only to describe them: GET /docs (the page, from local files) and GET /openapi.json.
 * @param addRoutes adds the routes that are to be described
 */
export async function buildDocsApp(addRoutes: (app: App) => void): Promise<FastifyInstance> {
  const app = fastify({ logger: false, schemaController: zodCompilers, requestIdHeader: false, genReqId: createRequestId });
  app.decorateReply('logDetails', undefined);
  app.decorateRequest('client');
  addErrorHandler(app);
  addSecurityHeaders(app, DOCS_CSP);
  await app.register(swagger, {
    openapi: { openapi: '3.1.0', info: INFO, tags: [{ name: 'answers' }, { name: 'conversations' }, { name: 'notices' }, { name: 'health' }] },
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  });
  addRoutes(app.withTypeProvider<ZodTypeProvider>());

  let document: string | undefined;
  app.get('/openapi.json', { schema: { hide: true } }, async (_request, reply) => {
    document ??= JSON.stringify(app.swagger());
    return reply.type('application/json; charset=utf-8').send(document);
  });
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    uiConfig: { validatorUrl: null, url: '/openapi.json' },
    theme: { title: '问策 Wence API' },
  });
  await app.ready();
  return app;
}
