import type { FastifyReply, FastifyRequest } from 'fastify';

/** How much of a refused body, and for how long, is still read and thrown away before the connection is cut. */
const LINGER_BYTES = 8 * 1024 * 1024;
const LINGER_MS = 2_000;

/**
 * Answers a request whose body was not read to its end, then closes the connection. To close at once would reset it, and the client,
 * still sending, would never see the answer: so the answer goes out first and the rest is read for a moment.
 */
export function answerUnread(request: FastifyRequest, reply: FastifyReply, body: string): void {
  const { raw } = reply;
  reply.hijack();
  raw.writeHead(reply.statusCode, {
    ...(reply.getHeaders() as Record<string, string>),
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  });
  raw.write(body);
  let bytes = 0;
  const end = (): void => {
    clearTimeout(clock);
    raw.end();
  };
  const clock = setTimeout(end, LINGER_MS);
  request.raw.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > LINGER_BYTES) end();
  });
  request.raw.once('end', end);
  request.raw.once('close', end);
  request.raw.resume();
}
