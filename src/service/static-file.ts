import { createHash } from 'node:crypto';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** A file that is held in memory, with what it is sent as. */
export interface StaticFile {
  readonly type: string;
  readonly etag: string;
  readonly plain: Buffer;
  readonly gzip: Buffer;
  readonly brotli: Buffer;
}

export function createStaticFile(text: string, type: string): StaticFile {
  const plain = Buffer.from(text);
  const etag = `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`;
  return { type, etag, plain, gzip: gzipSync(plain, { level: 9 }), brotli: brotliCompressSync(plain) };
}

const accepts = (request: FastifyRequest, encoding: string): boolean => new RegExp(`(?:^|[\\s,])${encoding}(?!\\s*;\\s*q=0(?:\\.0*)?(?:$|[\\s,]))`, 'iu').test(String(request.headers['accept-encoding'] ?? ''));

/**
 * Answers with the file, or 304 where the caller has it. Any page may load it: a script tag of another site is the very use.
 * It is asked for anew each time, so that a new version is there at once.
 */
export function sendStaticFile(file: StaticFile, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.headers({
    'content-type': file.type, etag: file.etag, vary: 'accept-encoding', 'cache-control': 'public, no-cache',
    'cross-origin-resource-policy': 'cross-origin', 'access-control-allow-origin': '*',
  });
  const known = request.headers['if-none-match']?.split(',').some((tag) => tag.trim().replace(/^W\//u, '') === file.etag || tag.trim() === '*');
  if (known === true) return reply.code(304).send();
  const [encoding, body] = accepts(request, 'br') ? ['br', file.brotli] : accepts(request, 'gzip') ? ['gzip', file.gzip] : [undefined, file.plain];
  if (encoding !== undefined) reply.header('content-encoding', encoding);
  return reply.serializer((content: unknown) => content as string).send(body);
}
