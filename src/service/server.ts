import { setTimeout as delay } from 'node:timers/promises';
import type { AddressInfo } from 'node:net';
import type { Assistant } from '../assistant.ts';
import type { Config } from '../config.ts';
import { AssistantError, describeError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { Store } from '../store/store.ts';
import { buildApp } from './app.ts';
import type { AppOptions } from './app.ts';
import { keepStoreOpen } from './keep-store-open.ts';
import { createLifecycle } from './lifecycle.ts';
import type { Lifecycle } from './lifecycle.ts';
import type { App } from './route.ts';

/** A start that takes longer (a large corpus that is embedded for the first time) can be watched from outside: /readyz says so. */
const QUIET_START_MS = 1_500;
/** How long answers under way may take to end by themselves when the service closes. */
const GRACE_MS = 5_000;
/** For the last words of streams that were cut off, then for connections, then for the assistant. */
const LAST_WORDS_MS = 1_000;

export interface ServerOptions extends Omit<AppOptions, 'lifecycle' | 'store'> {
  readonly openAssistant: (config: Config, options: { readonly logger: Logger }) => Promise<Assistant>;
  /** Default: the one in the data folder. */
  readonly openStore?: (config: Config, logger: Logger) => Promise<Store>;
  readonly graceMs?: number;
  readonly quietStartMs?: number;
}

export interface Started {
  /** `http://127.0.0.1:3000` */
  readonly url: string;
  /** Resolves when questions are answered; rejects when the assistant cannot be opened. */
  readonly ready: Promise<Assistant>;
}

export interface Server {
  readonly logger: Logger;
  /** Opens the assistant, then listens; with an assistant that is slow to open, listens while it still opens. */
  start(): Promise<Started>;
  /**
   * Refuses new work, lets answers under way end for a while, ends the rest with a last `error` event, closes.
   * Takes no longer than the grace and three seconds, also while starting.
   */
  close(): Promise<void>;
}

const LISTEN_ERRORS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another process listens there. Stop it, or set PORT',
  EACCES: 'that is not allowed. Set PORT to 1024 or more',
  EADDRNOTAVAIL: 'this machine has no such address. Set HOST',
  ENOTFOUND: 'there is no such host. Set HOST',
};

async function listen(app: App, { host, port }: Config): Promise<string> {
  try {
    await app.listen({ host, port, listenTextResolver: (address) => `listening at ${address}` });
  } catch (error) {
    const reason = LISTEN_ERRORS[(error as NodeJS.ErrnoException).code ?? ''] ?? describeError(error);
    throw new AssistantError('unavailable', `Cannot listen on ${host}, port ${port}: ${reason}.`, { cause: error });
  }
  const address = app.server.address() as AddressInfo;
  return `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`;
}

async function openStoreOf({ dataDir, retentionDays }: Config, logger: Logger): Promise<Store> {
  const { openStore } = await import('../store/open-store.ts');
  return openStore({ dataDir, retentionDays, logger });
}

async function closeApp(app: App, lifecycle: Lifecycle, graceMs: number): Promise<void> {
  lifecycle.close();
  const disconnected = app.bots.stop().catch((error: unknown) => app.log.error({ err: error }, 'a chat platform could not be closed'));
  await Promise.race([lifecycle.idle(), delay(graceMs, undefined, { ref: false })]);
  lifecycle.abortAll();
  await Promise.race([lifecycle.idle(), delay(LAST_WORDS_MS, undefined, { ref: false })]);
  // Half-sent requests and stalled readers are not idle, and would be waited for.
  const force = setTimeout(() => app.server.closeAllConnections(), LAST_WORDS_MS);
  await Promise.race([disconnected.then(() => app.bots.close()).catch(() => undefined), delay(LAST_WORDS_MS, undefined, { ref: false })]);
  await app.close();
  clearTimeout(force);
}

/** A server that does nothing yet, so that its closing can be seen to before it starts. */
export async function createServer(options: ServerOptions): Promise<Server> {
  const { config, openAssistant, openStore = openStoreOf, graceMs = GRACE_MS, quietStartMs = QUIET_START_MS } = options;
  const lifecycle = createLifecycle();
  const app = await buildApp({ ...options, lifecycle });
  const store = keepStoreOpen(app.keeper, () => openStore(config, app.log));
  let opened: Assistant | undefined;

  async function openAndWatch(): Promise<Assistant> {
    const [assistant] = await Promise.all([openAssistant(config, { logger: app.log }).then((it) => (opened = it)), store.start()]);
    lifecycle.open(assistant);
    assistant.watch();
    app.bots.start();
    const { generation, notices, passages, problems } = assistant.corpus;
    app.log.info({ generation, notices: notices.length, passages, problems: problems.length }, 'ready');
    return assistant;
  }

  return {
    logger: app.log,
    async start() {
      for (const warning of config.warnings) app.log.warn(warning);
      const opening = openAndWatch();
      // Whoever awaits `ready` hears of a failure; until then it must not count as unhandled.
      opening.catch(() => undefined);
      const quiet = new AbortController();
      const quietEnd = delay(quietStartMs, undefined, { signal: quiet.signal }).catch(() => undefined);
      await Promise.race([opening, quietEnd]).finally(() => quiet.abort());
      return { url: await listen(app, config), ready: opening };
    },
    async close() {
      await closeApp(app, lifecycle, graceMs);
      // One that is still opening ends with the process.
      const closed = opened?.close().catch((error: unknown) => app.log.error({ err: error }, 'closing failed'));
      await Promise.race([Promise.all([closed, store.close()]), delay(LAST_WORDS_MS, undefined, { ref: false })]);
    },
  };
}
