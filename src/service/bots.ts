import type { FastifyInstance } from 'fastify';
import type { Assistant } from '../assistant.ts';
import type { Adapter, AdapterState } from '../bots/adapter.ts';
import type { Config } from '../config.ts';
import type { FindNoticeName } from '../render/sources.ts';
import { loadPhrases } from '../text/phrases.ts';
import type { InboxOptions } from '../bots/inbox.ts';
import type { BotHostOptions } from './bot-host.ts';

/** The chat platforms that are configured. */
export interface Bots {
  /** By platform: `off` where it is not configured. */
  readonly states: Readonly<Record<Adapter['channel'], AdapterState | { readonly phase: 'off' }>>;
  /** Connects and begins to work; to be called as soon as questions can be answered. */
  start(): void;
  /** No new messages from now on; what is being answered goes on. */
  stop(): Promise<void>;
  /** Nothing is sent from now on. */
  close(): Promise<void>;
}

export interface BotsOptions extends BotHostOptions {
  readonly inboxLimits?: Pick<InboxOptions, 'leaseMs' | 'sweepMs'> | undefined;
}

const OFF = { phase: 'off' } as const;

const NO_BOTS: Bots = { states: { slack: OFF, dingtalk: OFF }, start: () => undefined, stop: async () => undefined, close: async () => undefined };

/** Opens the platforms that are configured and mounts their routes; loads nothing of them where none is. */
export async function openBots(app: FastifyInstance, { bots: settings, publicBaseUrl }: Config, { inboxLimits, ...host }: BotsOptions): Promise<Bots> {
  const { slack, dingtalk, groupMode } = settings;
  if (slack === undefined && dingtalk === undefined) return NO_BOTS;
  const [{ createBotHost }, { createBot }, { createInbox }] = await Promise.all([
    import('./bot-host.ts'), import('../bots/create-bot.ts'), import('../bots/inbox.ts'),
  ]);
  const phrases = loadPhrases();
  const service = createBotHost(host);
  const logger = app.log;
  const bot = createBot({ host: service, phrases, logger, groupMode });
  const inbox = createInbox({ claims: service.claims, begin: service.begin, logger, ...inboxLimits });
  /** Kept from the start on: replies are still sent while the service closes. */
  let assistant: Assistant | undefined;
  const findNoticeName: FindNoticeName = (id) => assistant?.corpus.notices.find((notice) => notice.id === id);
  const common = { bot, inbox, phrases, findNoticeName, logger, ...(publicBaseUrl !== undefined && { publicBaseUrl }) };
  const adapters: Adapter[] = [];
  if (slack !== undefined) adapters.push((await import('../bots/slack/slack.ts')).openSlack({ ...common, settings: slack }));
  if (dingtalk !== undefined) adapters.push((await import('../bots/dingtalk/dingtalk.ts')).openDingtalk({ ...common, settings: dingtalk }));
  for (const { routes } of adapters) if (routes !== undefined) await app.register(routes);
  const stateOf = (channel: Adapter['channel']) => adapters.find((adapter) => adapter.channel === channel)?.state ?? OFF;
  return {
    get states() {
      return { slack: stateOf('slack'), dingtalk: stateOf('dingtalk') };
    },
    start() {
      assistant = host.lifecycle.assistant;
      inbox.open(adapters);
      for (const adapter of adapters) adapter.start();
    },
    async stop() {
      inbox.close();
      await Promise.all(adapters.map((adapter) => adapter.stop()));
    },
    async close() {
      await Promise.all(adapters.map((adapter) => adapter.close()));
    },
  };
}
