import fastify from 'fastify';
import { onTestFinished } from 'vitest';
import type { DingtalkSettings } from '../../../src/bot-settings.ts';
import { openDingtalk } from '../../../src/bots/dingtalk/dingtalk.ts';
import { signDingtalk } from '../../../src/bots/dingtalk/webhook-signature.ts';
import { createInbox } from '../../../src/bots/inbox.ts';
import type { InboxOptions } from '../../../src/bots/inbox.ts';
import type { Store } from '../../../src/store/store.ts';
import type { FakeAssistantOptions } from '../../helpers/fake-assistant.ts';
import { CLIENT_SECRET, openFakeDingtalkApi, settingsFor } from '../../helpers/fake-dingtalk-api.ts';
import { openFakeDingtalkGateway } from '../../helpers/fake-dingtalk-gateway.ts';
import { openTemporaryStore } from '../../helpers/temporary-store.ts';
import { findNoticeName } from '../../render/samples.ts';
import { buildBot, createLog, phrases } from '../bot-parts.ts';
import { createRobotBody, QUICK } from './stream-parts.ts';

/** DingTalk's gateway and API at one address, as in life. */
export async function openPlatform() {
  const [gateway, api] = await Promise.all([openFakeDingtalkGateway(), openFakeDingtalkApi()]);
  gateway.api = api;
  let count = 0;
  /** A message of the sample's, with an id and an open reply address of its own. */
  const write = (content: string, changes: Readonly<Record<string, unknown>> = {}) =>
    createRobotBody({ msgId: `msg${(count += 1)}`, sessionWebhook: api.openSession(), text: { content }, ...changes });
  return { gateway, api, write };
}

export type Platform = Awaited<ReturnType<typeof openPlatform>>;

export interface OpenOptions {
  readonly settings?: Partial<DingtalkSettings>;
  readonly script?: FakeAssistantOptions;
  readonly store?: Store;
  readonly inbox?: Partial<InboxOptions>;
  /** False: events are kept, and nobody works on them. */
  readonly works?: boolean;
  readonly mostAnswers?: number;
}

/** The whole of the bot, in the rooms of the service, at a platform on this machine. */
export async function openBot({ gateway }: Platform, { settings = {}, script = {}, store, inbox: inboxOptions = {}, works = true, mostAnswers = 100 }: OpenOptions = {}) {
  const kept = store ?? (await openTemporaryStore());
  const { bot, host, assistant, lines: botLines } = buildBot(script, { store: kept, mostAnswers });
  const { logger, lines } = createLog();
  const inbox = createInbox({ claims: host.claims, begin: host.begin, logger, leaseMs: 200, sweepMs: 40, ...inboxOptions });
  const adapter = openDingtalk({
    settings: settingsFor(gateway, settings), bot, inbox, phrases, findNoticeName, logger, publicBaseUrl: 'https://wence.example.gov.cn',
    limits: { requestMs: 500, backoffMs: 10, cardEveryMs: 20, messagesPerMinute: 1_000 }, streamLimits: QUICK,
  });
  const app = fastify();
  if (adapter.routes !== undefined) await app.register(adapter.routes);
  if (works) inbox.open([adapter]);
  adapter.start();
  onTestFinished(async () => {
    inbox.close();
    await adapter.stop();
    await adapter.close();
    await app.close();
  });
  const post = (body: object, timestamp = String(Date.now()), url = '/dingtalk/events') =>
    app.inject({ method: 'POST', url, headers: { 'content-type': 'application/json', timestamp, sign: signDingtalk(timestamp, CLIENT_SECRET) }, payload: body });
  return { adapter, assistant, inbox, store: kept, lines, botLines, post };
}
