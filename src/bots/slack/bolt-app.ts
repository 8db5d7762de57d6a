import { App, LogLevel } from '@slack/bolt';
import type { AppOptions, Receiver } from '@slack/bolt';
import type { SlackSettings } from '../../bot-settings.ts';
import type { Logger } from '../../logger.ts';

/** Events are handed to the app by the inbox, not by a receiver. */
const NO_RECEIVER: Receiver = { init: () => undefined, start: async () => undefined, stop: async () => undefined };

export interface BoltLimits {
  /** For one call of Slack's API. */
  readonly callMs: number;
  /** After the first try. */
  readonly retries: number;
  readonly retryMs: number;
}

/** Bolt's own lines are for whoever looks for a fault: they may hold what people wrote. */
function toBoltLogger(logger: Logger): NonNullable<AppOptions['logger']> {
  const write = (...message: readonly unknown[]): void => logger.debug(`bolt: ${message.map(String).join(' ').slice(0, 200)}`);
  return { debug: () => undefined, info: write, warn: write, error: write, setLevel: () => undefined, getLevel: () => LogLevel.INFO, setName: () => undefined };
}

/** Who the bot is, as Slack has it. */
export interface BotIdentity {
  readonly botId: string;
  readonly botUserId: string;
}

export interface BoltAppOptions {
  readonly settings: SlackSettings;
  readonly identity: BotIdentity;
  readonly logger: Logger;
  readonly limits: BoltLimits;
  /** Nothing is sent once it is aborted. */
  readonly closing: AbortSignal;
}

type Fetch = NonNullable<NonNullable<AppOptions['clientOptions']>['fetch']>;

/** A signal of each call's own: those that are made of one that lives for long pile up at it. */
async function fetchUntil(closing: AbortSignal, url: Parameters<Fetch>[0], init: NonNullable<Parameters<Fetch>[1]>): ReturnType<Fetch> {
  closing.throwIfAborted();
  const call = new AbortController();
  const end = (): void => call.abort(closing.reason);
  closing.addEventListener('abort', end, { once: true });
  try {
    const { signal, ...rest } = init;
    return await fetch(url, { ...rest, signal: AbortSignal.any(signal === undefined ? [call.signal] : [call.signal, signal]) });
  } finally {
    closing.removeEventListener('abort', end);
  }
}

/** Bolt's app; it is told who it is, and so calls nothing by itself. What a listener throws, `processEvent` throws. */
export function createBoltApp({ settings: { botToken, apiUrl }, identity, logger, limits: { callMs, retries, retryMs }, closing }: BoltAppOptions): App {
  const app = new App({
    token: botToken, ...identity, receiver: NO_RECEIVER, convoStore: false, logger: toBoltLogger(logger),
    clientOptions: {
      slackApiUrl: apiUrl, timeout: callMs, retryConfig: { retries, minTimeout: retryMs, randomize: true },
      fetch: (url, init = {}) => fetchUntil(closing, url, init),
    },
  });
  app.error(async (error) => {
    throw (error as { readonly original?: unknown }).original ?? error;
  });
  return app;
}
