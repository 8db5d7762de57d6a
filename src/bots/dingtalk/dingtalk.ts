import { z } from 'zod';
import type { DingtalkSettings } from '../../bot-settings.ts';
import type { Adapter, AdapterOptions, AdapterState } from '../adapter.ts';
import type { Acceptance } from '../inbox.ts';
import { readCardAction } from './card-action.ts';
import { watchCredentials } from './credentials.ts';
import type { StreamFrame } from './frames.ts';
import { CARD_TOPIC, ROBOT_TOPIC } from './gateway.ts';
import { parseDingtalkMessage, toIncoming } from './message.ts';
import type { DingtalkMessage } from './message.ts';
import { createDingtalkSender } from './sender.ts';
import type { DingtalkLimits } from './sender.ts';
import { createStreamClient } from './stream-client.ts';
import type { CallbackAnswer, StreamLimits } from './stream-client.ts';
import { createWebhook } from './webhook.ts';

export interface DingtalkOptions extends AdapterOptions {
  readonly settings: DingtalkSettings;
  readonly limits?: Partial<DingtalkLimits> | undefined;
  readonly streamLimits?: Partial<StreamLimits> | undefined;
}

/** An event as it is stored: what it is, and the platform's own words. */
const storedSchema = z.object({ kind: z.enum(['message', 'card']), data: z.string() });
type Stored = z.output<typeof storedSchema>;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** DingTalk, over a stream or over HTTP; both bring the same messages. */
export function openDingtalk({ settings, bot, inbox, phrases, findNoticeName, publicBaseUrl, logger, limits, streamLimits, clock = Date.now }: DingtalkOptions): Adapter {
  const sender = createDingtalkSender({ settings, phrases, findNoticeName, publicBaseUrl, logger, limits });
  let lastInboundAt: string | undefined;
  let isStarted = false;
  let isStopped = false;

  function accept(key: string, stored: Stored): Promise<Acceptance> {
    lastInboundAt = new Date(clock()).toISOString();
    // A button that stops an answer must not wait for it.
    return inbox.accept({ key: `dingtalk:${key}`, channel: 'dingtalk', body: JSON.stringify(stored) }, stored.kind === 'card');
  }

  /** The same key in both modes: a message that comes both ways is answered once. */
  const acceptMessage = ({ msgId }: DingtalkMessage, data: string): Promise<Acceptance> => accept(msgId, { kind: 'message', data });

  async function onCallback({ topic, messageId, data }: StreamFrame): Promise<CallbackAnswer | undefined> {
    if (topic === CARD_TOPIC) return (await accept(`card:${messageId}`, { kind: 'card', data })) === 'full' ? undefined : {};
    if (topic !== ROBOT_TOPIC) {
      logger.warn({ topic }, 'DingTalk sent a callback that nobody asked for');
      return { code: 404, message: 'not found' };
    }
    const message = parseDingtalkMessage(parseJson(data));
    if (message === undefined) {
      // Sent again, it could not be read again.
      logger.warn('DingTalk sent a message that cannot be read; it is left out');
      return { code: 400, message: 'bad request' };
    }
    return (await acceptMessage(message, data)) === 'full' ? undefined : {};
  }

  const stream = settings.mode === 'stream' ? createStreamClient({ settings, logger, onCallback, limits: streamLimits }) : undefined;

  const credentials = stream === undefined ? watchCredentials({ settings, logger, limits: streamLimits }) : undefined;

  async function workOnCard(data: string): Promise<void> {
    const action = readCardAction(data);
    if (action === undefined) return;
    const { answerId, conversationKey } = action;
    if (action.action !== 'stop') await bot.setFeedback({ answerId, verdict: action.action });
    else if (conversationKey !== undefined) await bot.stop(conversationKey);
  }

  function describeState(): AdapterState {
    const inbound = lastInboundAt === undefined ? {} : { lastInboundAt };
    if (stream !== undefined) return { ...stream.state, mode: 'stream', ...inbound };
    const own = isStopped ? { phase: 'stopped' as const } : isStarted && credentials !== undefined ? credentials.state : { phase: 'connecting' as const };
    return { ...own, mode: 'http', reconnects: 0, ...inbound };
  }

  return {
    channel: 'dingtalk',
    get state() {
      return describeState();
    },
    ...(settings.mode === 'http' && { routes: createWebhook({ settings, logger, isStarted: () => isStarted && !isStopped, onMessage: acceptMessage, clock }) }),
    async work({ body }, signal) {
      const { kind, data } = storedSchema.parse(JSON.parse(body));
      if (kind === 'card') return workOnCard(data);
      const message = parseDingtalkMessage(parseJson(data));
      if (message === undefined) return undefined;
      const incoming = toIncoming(message);
      return bot.handle(incoming, sender.openReply(message, incoming.conversationKey), signal);
    },
    start() {
      isStarted = true;
      stream?.start();
      credentials?.start();
    },
    async stop() {
      isStopped = true;
      stream?.stop();
      credentials?.stop();
    },
    close: () => sender.close(),
  };
}
