import { App, LogLevel, webApi } from '@slack/bolt';
import type { AppOptions, Receiver } from '@slack/bolt';
import type { SlackSettings } from '../../bot-settings.ts';
import type { Logger } from '../../logger.ts';
import type { WebClient } from './work-context.ts';

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

type ClientOptions = NonNullable<AppOptions['clientOptions']>;
type Fetch = NonNullable<ClientOptions['fetch']>;

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

function createClientOptions({ settings: { apiUrl }, limits: { callMs, retries, retryMs }, closing }: BoltAppOptions): ClientOptions {
  return {
    slackApiUrl: apiUrl, timeout: callMs, retryConfig: { retries, minTimeout: retryMs, randomize: true },
    fetch: (url, init = {}) => fetchUntil(closing, url, init),
  };
}

/** A client that tries each call once, and does not wait where there were too many: for calls that must not be done twice, as far as one knows. */
export function createOnceClient(options: BoltAppOptions): WebClient {
  return new webApi.WebClient(options.settings.botToken, { ...createClientOptions(options), retryConfig: { retries: 0 }, rejectRateLimitedCalls: true, logger: toBoltLogger(options.logger) });
}

/** Bolt's app; it is told who it is, and so calls nothing by itself. What a listener throws, `processEvent` throws. */
export function createBoltApp(options: BoltAppOptions): App {
  const { settings, identity, logger } = options;
  const app = new App({
    token: settings.botToken, ...identity, receiver: NO_RECEIVER, convoStore: false, logger: toBoltLogger(logger), clientOptions: createClientOptions(options),
  });
  app.error(async (error) => {
    throw (error as { readonly original?: unknown }).original ?? error;
  });
  return app;
}
