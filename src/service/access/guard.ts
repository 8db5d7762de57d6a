import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Config } from '../../config.ts';
import { HttpError } from '../http-error.ts';
import { createIdentifier, toAddressKey } from './client.ts';
import type { Client } from './client.ts';
import { RateStore } from './rate-store.ts';

/** Where asking costs something: counted, and closed to strangers where there is a login. */
const COSTLY = /^\/api\/(?:ask|search|feedback|answers|conversations)(?:\/|$)/u;

const MACHINE_FACTOR = 10;
const BAD_TOKENS_A_MINUTE = 20;

export interface Guarding {
  readonly config: Config;
  /** Told why each request was sent away. */
  readonly onRefused: (reason: 'token' | 'rate') => void;
}

function createTooManyError(seconds: number, what: string): HttpError {
  return new HttpError(429, 'rate-limited', `Too many ${what}. Try again in ${seconds} s.`, { 'retry-after': String(seconds) });
}

/** Tells who asks (`request.client`), and how much each may. */
export async function guardRequests(app: FastifyInstance, { config, onRefused }: Guarding): Promise<void> {
  const identify = createIdentifier(config);
  const { rateLimitPerMinute, embedTokenSecret } = config;
  await app.register(rateLimit, { global: false, store: RateStore });
  const countBadToken = app.createRateLimit({ max: BAD_TOKENS_A_MINUTE, timeWindow: '1 minute', keyGenerator: (request) => `bad:${toAddressKey(request.ip)}` });
  const count = app.createRateLimit({
    max: (request: FastifyRequest) => rateLimitPerMinute * (request.client.kind === 'machine' ? MACHINE_FACTOR : 1),
    timeWindow: '1 minute', keyGenerator: (request) => request.client.rateKey,
  });

  async function identifyOrRefuse(request: FastifyRequest): Promise<Client> {
    try {
      return await identify(request);
    } catch (error) {
      onRefused('token');
      // Signed by the host, and nobody's guess: behind one address a whole office may come with such.
      if (error instanceof HttpError && error.code === 'token-expired') throw error;
      const tries = await countBadToken(request);
      if (!tries.isAllowed && tries.isExceeded) throw createTooManyError(tries.ttlInSeconds, 'tokens that are not valid');
      throw error;
    }
  }

  app.decorateRequest('client');
  app.addHook('onRequest', async (request) => {
    request.client = await identifyOrRefuse(request);
    if (!COSTLY.test(request.routeOptions.url ?? '')) return;
    if (embedTokenSecret !== undefined && request.client.kind === 'anonymous') {
      onRefused('token');
      throw new HttpError(401, 'login-required', 'Asking needs a token: log in at the page that embeds this service.', { 'www-authenticate': 'Bearer' });
    }
    if (rateLimitPerMinute === 0) return;
    const requests = await count(request);
    if (requests.isAllowed || !requests.isExceeded) return;
    onRefused('rate');
    throw createTooManyError(requests.ttlInSeconds, 'requests');
  });
}
