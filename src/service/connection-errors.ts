import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { HttpError, toErrorBody, toHttpError } from './http-error.ts';

/** For answers that are given before any plugin has seen the request. */
const BARE_HEADERS = {
  'content-type': 'application/json; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const;

const REQUEST_ID = /^[\w-]{1,64}$/;

/** The caller's `x-request-id` where it is harmless in headers and logs, else a new one. */
export function createRequestId(request: { readonly headers: Readonly<Record<string, string | string[] | undefined>> }): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
}

function describeConnectionError(code: string | undefined): HttpError {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return new HttpError(408, 'timeout', 'The request took too long to arrive.');
  if (code === 'HPE_HEADER_OVERFLOW') return new HttpError(431, 'too-large', 'The headers are too large.');
  return new HttpError(400, 'bad-request', 'This is not a valid HTTP request.');
}

/** What is no HTTP request, or never became a whole one, gets an answer in the same words; the connection ends with it. */
export function answerConnectionError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  if (socket.writable) {
    const shown = describeConnectionError(error.code);
    const body = JSON.stringify(toErrorBody(shown, randomUUID()));
    const headers = { ...BARE_HEADERS, 'content-length': String(Buffer.byteLength(body)), connection: 'close' };
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.write(`HTTP/1.1 ${shown.status} ${STATUS_CODES[shown.status] ?? ''}\r\n${lines.join('')}\r\n${body}`);
  }
  socket.destroySoon();
}

/** Addresses that fastify cannot even route (bad percent encoding, an overlong id). */
export function answerUnroutable(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const shown = toHttpError(error);
  void reply.code(shown.status).headers(BARE_HEADERS).send(JSON.stringify(toErrorBody(shown, request.id)));
}
