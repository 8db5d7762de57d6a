import { isUtf8 } from 'node:buffer';
import type { FastifyInstance } from 'fastify';
import { HttpError } from './http-error.ts';

function createMediaTypeError(message: string): HttpError {
  return new HttpError(415, 'unsupported-media-type', message);
}

/** The charset parameter of a content type, in lower case; undefined where there is none. */
function readCharset(contentType: string): string | undefined {
  return /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(contentType)?.[1]?.toLowerCase();
}

/**
 * Makes `application/json` in UTF-8 the only body that is read: text/plain is refused (a browser sends it across origins without asking),
 * and so are other charsets, compressed bodies and bytes that are no UTF-8, which would otherwise arrive as U+FFFD.
 */
export function acceptJsonOnly(app: FastifyInstance): void {
  const parseJson = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    const charset = readCharset(request.headers['content-type'] ?? '');
    if (charset !== undefined && charset !== 'utf-8' && charset !== 'utf8') {
      done(createMediaTypeError('The body must be in UTF-8.'));
      return;
    }
    const encoding = request.headers['content-encoding'];
    if (encoding !== undefined && encoding !== 'identity') {
      done(createMediaTypeError('The body must not be compressed.'));
      return;
    }
    const bytes = body as Buffer;
    if (!isUtf8(bytes)) {
      done(new HttpError(400, 'bad-request', 'The body is not valid UTF-8.'));
      return;
    }
    const text = bytes.toString('utf8');
    parseJson(request, text.startsWith('\ufeff') ? text.slice(1) : text, done);
  });
}
