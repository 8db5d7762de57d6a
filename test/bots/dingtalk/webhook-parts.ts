import { setTimeout as delay } from 'node:timers/promises';
import fastify from 'fastify';
import { expect, onTestFinished } from 'vitest';
import type { DingtalkSettings } from '../../../src/bot-settings.ts';
import { openDingtalk } from '../../../src/bots/dingtalk/dingtalk.ts';
import { signDingtalk } from '../../../src/bots/dingtalk/webhook-signature.ts';
import { createInbox } from '../../../src/bots/inbox.ts';
import type { InboxOptions } from '../../../src/bots/inbox.ts';
import type { Store } from '../../../src/store/store.ts';
import type { FakeAssistantOptions } from '../../helpers/fake-assistant.ts';
import { CLIENT_SECRET, openFakeDingtalkApi, settingsFor } from '../../helpers/fake-dingtalk-api.ts';
import type { FakeDingtalkApi } from '../../helpers/fake-dingtalk-api.ts';
import { openTemporaryStore } from '../../helpers/temporary-store.ts';
import { findNoticeName } from '../../render/samples.ts';
import { buildBot, createLog, phrases } from '../bot-parts.ts';
import { createRobotBody, QUICK } from './stream-parts.ts';

export interface OpenOptions {
  readonly script?: FakeAssistantOptions;
  readonly settings?: Partial<DingtalkSettings>;
  /** Shared with another process. */
  readonly store?: Store;
  readonly inbox?: Partial<InboxOptions>;
  readonly clock?: () => number;
  readonly isStarted?: boolean;
}

export interface PostChanges {
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly path?: string;
  readonly timestamp?: string;
  readonly secret?: string;
}

/** An assistant that says nothing until the test is over. */
export function hang(): FakeAssistantOptions {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  onTestFinished(() => end());
  return {
    async *ask() {
      yield* [];
      await ended;
    },
  };
}

/** The 99th percentile. */
export const p99 = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[Math.ceil(times.length * 0.99) - 1] ?? Infinity;

/** The adapter with all that is behind it: bot, inbox, store; only the assistant and DingTalk are fakes. */
export async function openAdapter(api: Pick<FakeDingtalkApi, 'url'>, { script, settings: changes, store: shared, inbox: inboxLimits, clock = Date.now, isStarted = true }: OpenOptions = {}) {
  const store = shared ?? (await openTemporaryStore());
  const built = buildBot(script, { store });
  const { logger, lines } = createLog();
  const inbox = createInbox({ claims: built.host.claims, begin: built.host.begin, logger, leaseMs: 400, sweepMs: 50, ...inboxLimits });
  const adapter = openDingtalk({
    settings: settingsFor(api, changes), bot: built.bot, inbox, phrases, findNoticeName, logger, publicBaseUrl: 'https://qa.example.gov.cn', streamLimits: QUICK, clock,
    limits: { requestMs: 500, backoffMs: 10, totalMs: 2_000, cardEveryMs: 20, cardBackoffMs: 20 },
  });
  const app = fastify();
  app.post('/api/echo', async ({ body }) => ({ got: body }));
  if (adapter.routes !== undefined) await app.register(adapter.routes);
  await app.ready();
  const start = (): void => {
    inbox.open([adapter]);
    adapter.start();
  };
  onTestFinished(async () => {
    inbox.close();
    await adapter.stop();
    await adapter.close();
    await app.close();
  });
  if (isStarted) start();
  return {
    ...built, adapter, inbox, store, app, lines, start,
    /** Until nothing is worked on, and nothing is about to be. */
    async settle(): Promise<void> {
      await delay(10);
      await expect.poll(() => inbox.size, { interval: 5, timeout: 5_000 }).toBe(0);
    },
    /** Sends a signed request, as DingTalk does. */
    async post(body: object | string, { headers, path = '/dingtalk/events', timestamp = String(clock()), secret = CLIENT_SECRET }: PostChanges = {}) {
      const sent = Object.entries({ 'content-type': 'application/json; charset=utf-8', timestamp, sign: signDingtalk(timestamp, secret), ...headers }).filter((each): each is [string, string] => each[1] !== undefined);
      const startedAt = performance.now();
      const response = await app.inject({ method: 'POST', url: path, payload: typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body), headers: Object.fromEntries(sent) });
      return { status: response.statusCode, body: response.body, retryAfter: response.headers['retry-after'], ms: performance.now() - startedAt };
    },
  };
}

/** The adapter in HTTP mode, beside the API to which it replies. */
export async function openWebhook(options: OpenOptions = {}) {
  const api = await openFakeDingtalkApi();
  const opened = await openAdapter(api, { ...options, settings: { mode: 'http', ...options.settings } });
  let count = 0;
  return {
    ...opened, api,
    /** A message of its own, that can be answered. */
    createBody: (changes: Readonly<Record<string, unknown>> = {}) =>
      createRobotBody({ msgId: `msg${(count += 1)}`, sessionWebhook: api.openSession(), createAt: (options.clock ?? Date.now)(), text: { content: ' 新建多少所？' }, ...changes }),
  };
}
