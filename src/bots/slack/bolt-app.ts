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

/** Bolt's app, which knows its own name only after `init`: nothing is called before. What a listener throws, `processEvent` throws. */
export function createBoltApp({ botToken, apiUrl }: SlackSettings, logger: Logger, { callMs, retries, retryMs }: BoltLimits): App {
  const app = new App({
    token: botToken, receiver: NO_RECEIVER, deferInitialization: true, convoStore: false, logger: toBoltLogger(logger),
    clientOptions: { slackApiUrl: apiUrl, timeout: callMs, retryConfig: { retries, minTimeout: retryMs, randomize: true } },
  });
  app.error(async (error) => {
    throw (error as { readonly original?: unknown }).original ?? error;
  });
  return app;
}
