import { setTimeout as delay } from 'node:timers/promises';
import { choosePhrase } from '../../answer/wording.ts';
import type { SlackSettings } from '../../bot-settings.ts';
import type { Logger } from '../../logger.ts';
import type { FindNoticeName } from '../../render/sources.ts';
import type { Phrases } from '../../text/phrases.ts';
import type { Adapter, AdapterState } from '../adapter.ts';
import { createBackoff } from '../backoff.ts';
import type { Bot } from '../bot.ts';
import type { Acceptance, Inbox } from '../inbox.ts';
import { LIVE_SOCKET_LIMITS } from '../live-socket.ts';
import type { LiveSocketLimits } from '../live-socket.ts';
import { createBoltApp } from './bolt-app.ts';
import type { BoltLimits } from './bolt-app.ts';
import { codeOf, isRefusal } from './failures.ts';
import { createSlackRoutes } from './http.ts';
import { listenToCommands } from './listen-commands.ts';
import { listenToFeedback } from './listen-feedback.ts';
import { listenToHome } from './listen-home.ts';
import { listenToMessages } from './listen-messages.ts';
import { findEventKey, parseJsonPayload } from './payload.ts';
import type { SlackPayload } from './payload.ts';
import { createSlackSessions } from './session.ts';
import { createSlackSocket } from './socket.ts';
import { SIGNAL_PROPERTY } from './work-context.ts';

export interface SlackLimits extends LiveSocketLimits, BoltLimits {
  /** The least time before the first text of an answer is shown, and between two appends. */
  readonly everyMs: number;
}

export interface SlackOptions {
  readonly settings: SlackSettings;
  readonly bot: Bot;
  readonly inbox: Inbox;
  readonly phrases: Phrases;
  readonly findNoticeName: FindNoticeName;
  /** Without a slash at the end; left out: sources are named without a link. */
  readonly publicBaseUrl?: string | undefined;
  readonly logger: Logger;
  readonly limits?: Partial<SlackLimits> | undefined;
  /** Milliseconds of Unix time. */
  readonly clock?: (() => number) | undefined;
}

const LIMITS: SlackLimits = { ...LIVE_SOCKET_LIMITS, callMs: 10_000, retries: 2, retryMs: 500, everyMs: 700 };

/** Slack, over HTTP or Socket Mode; both bring the same events. */
export function openSlack({ settings, bot, inbox, phrases, findNoticeName, publicBaseUrl, logger, limits: changed, clock = Date.now }: SlackOptions): Adapter {
  const limits: SlackLimits = { ...LIMITS, ...changed };
  const rendering = { phrases, findNoticeName, publicBaseUrl };
  const app = createBoltApp(settings, logger, limits);
  const sessions = createSlackSessions({ client: app.client, status: choosePhrase(phrases.bots, 'searching'), clock });
  const stopping = new AbortController();
  let phase: AdapterState['phase'] = 'connecting';
  let reason: string | undefined;
  let lastInboundAt: string | undefined;
  let markKnown = (): void => undefined;
  /** Resolves when Slack has told the bot who it is. */
  const known = new Promise<void>((resolve) => (markKnown = resolve));

  listenToMessages(app, { bot, sessions, rendering, logger, everyMs: limits.everyMs, clock });
  listenToCommands(app, { bot, settings, rendering, logger });
  listenToFeedback(app, { bot, phrases, logger });
  listenToHome(app, { bot, phrases, rendering, logger });

  async function accept(payload: SlackPayload): Promise<Acceptance> {
    lastInboundAt = new Date(clock()).toISOString();
    const key = findEventKey(payload);
    // Nothing to be done, and nothing to be sent again.
    return key === undefined ? 'duplicate' : inbox.accept({ key, channel: 'slack', body: JSON.stringify(payload) });
  }

  const socket = settings.mode === 'socket' ? createSlackSocket({ settings, phrases, logger, accept, limits }) : undefined;

  async function introduce(): Promise<void> {
    const backoff = createBackoff(limits.backoffMs, limits.mostBackoffMs);
    while (!stopping.signal.aborted) {
      try {
        await app.init();
        phase = 'up';
        reason = undefined;
        markKnown();
        socket?.start();
        return;
      } catch (error) {
        reason = codeOf(error);
        phase = isRefusal(reason) ? 'refused' : 'connecting';
        logger.warn({ reason }, phase === 'refused' ? 'Slack refuses the bot token; it is asked again in some minutes' : 'Slack cannot be reached; it is tried again');
      }
      await delay(phase === 'refused' ? limits.refusedMs : backoff.next(), undefined, { signal: stopping.signal, ref: false }).catch(() => undefined);
    }
  }

  function describeState(): AdapterState {
    const inbound = lastInboundAt === undefined ? {} : { lastInboundAt };
    const own = { phase, ...(reason !== undefined && { reason }), reconnects: 0 };
    // Who the bot is must be known first; then the connection tells.
    const state = phase === 'up' && socket !== undefined ? socket.state : own;
    return { ...state, ...(stopping.signal.aborted && { phase: 'stopped' }), mode: settings.mode, ...inbound };
  }

  return {
    channel: 'slack',
    get state() {
      return describeState();
    },
    ...(settings.mode === 'http' && { routes: createSlackRoutes({ settings, phrases, logger, accept, clock, isReady: () => phase === 'up' && !stopping.signal.aborted }) }),
    async work({ body }, signal) {
      await Promise.race([known, new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }))]);
      signal.throwIfAborted();
      await app.processEvent({ body: { ...parseJsonPayload(body) }, ack: async () => undefined, customProperties: { [SIGNAL_PROPERTY]: signal } });
    },
    start: () => void introduce(),
    async stop() {
      stopping.abort(new Error('The service is closing.'));
      socket?.stop();
    },
    // What is sent is sent by calls of their own, each with its limit of time.
    close: async () => undefined,
  };
}
