import { once, setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { App } from '@slack/bolt';
import { choosePhrase } from '../../answer/wording.ts';
import type { SlackSettings } from '../../bot-settings.ts';
import type { Adapter, AdapterOptions, AdapterState } from '../adapter.ts';
import { createBackoff } from '../backoff.ts';
import type { Acceptance } from '../inbox.ts';
import { LIVE_SOCKET_LIMITS } from '../live-socket.ts';
import type { LiveSocketLimits } from '../live-socket.ts';
import { callSlack } from '../slack-api.ts';
import { createBoltApp, createOnceClient } from './bolt-app.ts';
import type { BoltLimits, BotIdentity } from './bolt-app.ts';
import { isRefusal } from './failures.ts';
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

export interface SlackOptions extends AdapterOptions {
  readonly settings: SlackSettings;
  readonly limits?: Partial<SlackLimits> | undefined;
}

const LIMITS: SlackLimits = { ...LIVE_SOCKET_LIMITS, callMs: 10_000, retries: 2, retryMs: 500, everyMs: 700 };

/** Slack, over HTTP or Socket Mode; both bring the same events. */
export function openSlack({ settings, bot, inbox, phrases, findNoticeName, publicBaseUrl, logger, limits: changed, clock = Date.now }: SlackOptions): Adapter {
  const limits: SlackLimits = { ...LIMITS, ...changed };
  const rendering = { phrases, findNoticeName, publicBaseUrl };
  const stopping = new AbortController();
  const closing = new AbortController();
  // One for each call that is being made.
  setMaxListeners(0, closing.signal);
  let phase: AdapterState['phase'] = 'connecting';
  let reason: string | undefined;
  let lastInboundAt: string | undefined;
  let open = (_app: App): void => undefined;
  /** Resolves when Slack has told the bot who it is. */
  const opened = new Promise<App>((resolve) => (open = resolve));

  function createApp(identity: BotIdentity): App {
    const options = { settings, identity, logger, limits, closing: closing.signal };
    const app = createBoltApp(options);
    const sessions = createSlackSessions({ client: app.client, status: choosePhrase(phrases.bots, 'searching'), clock });
    listenToMessages(app, { onceClient: createOnceClient(options), bot, sessions, rendering, logger, everyMs: limits.everyMs, clock });
    listenToCommands(app, { bot, settings, rendering, logger, closing: closing.signal });
    listenToFeedback(app, { bot, phrases, logger });
    listenToHome(app, { bot, phrases, rendering, logger });
    return app;
  }

  async function accept(payload: SlackPayload): Promise<Acceptance> {
    lastInboundAt = new Date(clock()).toISOString();
    if (payload['type'] === 'app_rate_limited') logger.warn('Slack holds events back: there were too many for this workspace in an hour');
    const key = findEventKey(payload);
    // Nothing to be done, and nothing to be sent again.
    if (key === undefined) return 'duplicate';
    // It may be that no place is free but for what it stops.
    const isStop = (payload['event'] as { readonly type?: unknown } | undefined)?.type === 'agent_session_stopped';
    return inbox.accept({ key, channel: 'slack', body: JSON.stringify(payload) }, isStop);
  }

  const socket = settings.mode === 'socket' ? createSlackSocket({ settings, phrases, logger, accept, limits }) : undefined;

  /** Asks Slack once who the bot is; undefined where it does not say, and `reason` and `phase` tell why. */
  async function askIdentity(): Promise<BotIdentity | undefined> {
    const answer = await callSlack(settings.apiUrl, 'auth.test', settings.botToken, stopping.signal, limits.callMs);
    if (answer.state === 'ok') return { botId: String(answer.body['bot_id'] ?? ''), botUserId: String(answer.body['user_id'] ?? '') };
    reason = answer.state === 'refused' ? answer.error : answer.reason;
    phase = isRefusal(reason) ? 'refused' : 'connecting';
    logger.warn({ reason }, phase === 'refused' ? 'Slack refuses the bot token; it is asked again in some minutes' : 'Slack cannot be reached; it is tried again');
    return undefined;
  }

  async function introduce(): Promise<void> {
    const backoff = createBackoff(limits.backoffMs, limits.mostBackoffMs);
    for (;;) {
      const identity = await askIdentity();
      stopping.signal.throwIfAborted();
      if (identity !== undefined) {
        open(createApp(identity));
        phase = 'up';
        reason = undefined;
        return socket?.start();
      }
      await delay(phase === 'refused' ? limits.refusedMs : backoff.next(), undefined, { signal: stopping.signal, ref: false });
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
      signal.throwIfAborted();
      const waiting = new AbortController();
      const aborted = once(signal, 'abort', { signal: waiting.signal }).then(() => undefined, () => undefined);
      const app = await Promise.race([opened, aborted]);
      waiting.abort();
      signal.throwIfAborted();
      await app?.processEvent({ body: { ...parseJsonPayload(body) }, ack: async () => undefined, customProperties: { [SIGNAL_PROPERTY]: signal } });
    },
    start() {
      introduce().catch((error: unknown) => {
        // Only the end of the service ends it.
        if (!stopping.signal.aborted) logger.error({ err: error }, 'Slack could not be opened');
      });
    },
    async stop() {
      stopping.abort(new Error('The service is closing.'));
      socket?.stop();
    },
    async close() {
      closing.abort(new Error('The service is closing.'));
    },
  };
}
