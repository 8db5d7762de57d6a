import type { FastifyBaseLogger, FastifyInstance, FastifyServerOptions, RawServerDefault } from 'fastify';
import { validatorCompiler } from 'fastify-type-provider-zod';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { errorResponseSchema } from './response-schemas.ts';

/** The application as routes see it: bodies and parameters have the types of their zod schemas. */
export type App = FastifyInstance<RawServerDefault, IncomingMessage, ServerResponse, FastifyBaseLogger, ZodTypeProvider>;

type SchemaController = NonNullable<FastifyServerOptions['schemaController']>;

/**
 * Bodies and parameters are checked by their zod schemas. Responses are not: their schemas are for the document, tests hold the answers to
 * them, and checking each answer would cost more than making it. Given at creation, so that fastify need not load compilers of its own.
 */
export const zodCompilers: SchemaController = {
  compilersFactory: {
    // Typed for Ajv alone, while any compiler of schemas will do.
    buildValidator: (() => validatorCompiler) as unknown as NonNullable<SchemaController['compilersFactory']>['buildValidator'] & object,
    buildSerializer: () => () => (data) => JSON.stringify(data),
  },
};

const DESCRIPTIONS: Readonly<Record<number, string>> = {
  304: 'The caller has it already',
  400: 'The request cannot be used; the message says why',
  401: 'A token is missing or not valid',
  404: 'There is no such thing',
  409: 'Not as things stand: `busy` while an answer is coming, `conflict` where something newer is there, `stopped`',
  413: 'The body is larger than 64 KB',
  415: 'The body is not application/json in UTF-8',
  503: 'Starting, shutting down, or unable to answer for now',
};

function documentErrors(statuses: readonly number[]): Record<number, unknown> {
  const describe = (status: number): [number, unknown] => [
    status,
    { description: DESCRIPTIONS[status] ?? '', content: { 'application/json': { schema: errorResponseSchema } } },
  ];
  return Object.fromEntries(statuses.map(describe)) as Record<number, unknown>;
}

/** The responses of a route for its OpenAPI document: the good one, and the errors that it can answer with. */
export function documentResponses(ok: z.ZodType, ...errors: readonly number[]): Record<number, unknown> {
  return { 200: { description: 'OK', content: { 'application/json': { schema: ok } } }, ...documentErrors(errors) };
}

/** The same for a route that answers with server-sent events. */
export function documentEvents(...errors: readonly number[]): Record<number, unknown> {
  return { 200: { description: 'Server-sent events', content: { 'text/event-stream': { schema: z.string() } } }, ...documentErrors(errors) };
}

/** The same for a route that answers with nothing. */
export function documentNothing(...errors: readonly number[]): Record<number, unknown> {
  return { 204: z.null().meta({ description: 'Done' }), ...documentErrors(errors) };
}
