import type { Config } from '../../config.ts';
import { HttpError } from '../http-error.ts';
import type { App } from '../route.ts';
import type { Metrics } from './metrics.ts';

const LOOPBACK = /^(?:127\.|::1$|::ffff:127\.)/u;

/** GET /metrics: with an API token where there are any; else for this machine's own processes alone. */
export function addMetricsRoute(app: App, { apiTokens }: Config, metrics: Metrics): void {
  app.get('/metrics', { config: { isQuiet: true }, schema: { hide: true } }, async (request, reply) => {
    const isLocal = LOOPBACK.test(request.socket.remoteAddress ?? '') && request.headers['x-forwarded-for'] === undefined && request.headers['forwarded'] === undefined;
    if (apiTokens.length > 0 && request.client.kind !== 'machine') throw new HttpError(401, 'login-required', 'The metrics need an API token (API_TOKENS).', { 'www-authenticate': 'Bearer' });
    if (apiTokens.length === 0 && !isLocal) throw new HttpError(403, 'forbidden', 'Without API_TOKENS the metrics are for processes of the same machine only.');
    const { type, text } = await metrics.render();
    return reply.header('content-type', type).serializer(String).send(text);
  });
}
