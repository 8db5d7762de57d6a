import { setMaxListeners } from 'node:events';
import type { DingtalkSettings } from '../../bot-settings.ts';
import { AssistantError } from '../../errors.ts';
import type { Logger } from '../../logger.ts';
import type { BotMessage } from '../../render/bot-message.ts';
import { LONGEST_TEXT, renderDingtalkMessage, renderDingtalkPlainText } from '../../render/dingtalk.ts';
import type { DingtalkPart } from '../../render/dingtalk.ts';
import type { FindNoticeName } from '../../render/sources.ts';
import type { Phrases } from '../../text/phrases.ts';
import type { Reply } from '../bot.ts';
import { createAccessToken } from './access-token.ts';
import type { AccessTokenLimits } from './access-token.ts';
import { createCards } from './card.ts';
import type { CardLimits } from './card.ts';
import type { DingtalkMessage } from './message.ts';
import { createDingtalkReply } from './reply.ts';
import { sendMessages } from './reply-messages.ts';
import { requestDingtalk } from './request.ts';
import { createPace } from './request-pace.ts';
import type { RetryLimits } from './request-retry.ts';

export interface DingtalkLimits extends RetryLimits, CardLimits, AccessTokenLimits {
  /** To one group or person in `minuteMs`: from 20 on, DingTalk sends nothing for ten minutes. */
  readonly messagesPerMinute: number;
  readonly minuteMs: number;
  /** A message that would have to wait longer for that is not sent. */
  readonly mostWaitMs: number;
}

export interface DingtalkSenderOptions {
  readonly settings: DingtalkSettings;
  readonly phrases: Phrases;
  readonly findNoticeName: FindNoticeName;
  /** Without a slash at the end; left out: places are named without a link. */
  readonly publicBaseUrl?: string | undefined;
  readonly logger: Logger;
  readonly limits?: Partial<DingtalkLimits> | undefined;
}

/** What goes out to DingTalk. */
export interface DingtalkSender {
  /** @param conversationKey Handed back by a card's stop button; left out: the card has none. */
  openReply(message: DingtalkMessage, conversationKey?: string): Reply;
  /** Nothing is sent from now on; resolves when no request is under way. */
  close(): Promise<void>;
}

const LIMITS: DingtalkLimits = {
  requestMs: 10_000, tries: 3, backoffMs: 500, totalMs: 45_000, earlyMs: 5 * 60_000,
  messagesPerMinute: 18, minuteMs: 60_000, mostWaitMs: 3 * 60_000,
  cardRequestMs: 5_000, cardEveryMs: 400, cardsPerSecond: 20, cardBackoffMs: 2_000, degradeMs: 5 * 60_000,
};

/** Left free for the mention of the asker. */
const MENTION_ROOM = 70;

export function createDingtalkSender({ settings, phrases, findNoticeName, publicBaseUrl, logger, limits: changed }: DingtalkSenderOptions): DingtalkSender {
  const limits: DingtalkLimits = { ...LIMITS, ...changed };
  const rendering = { phrases, findNoticeName, publicBaseUrl };
  const closing = new AbortController();
  const { signal } = closing;
  // One for each reply that waits.
  setMaxListeners(0, signal);
  const running = new Set<Promise<unknown>>();
  const token = createAccessToken(settings, signal, limits);
  const pace = createPace(limits.messagesPerMinute, limits.minuteMs, limits.mostWaitMs);
  const cards = createCards({ settings, call: callApi, limits, logger, signal });

  function track<T>(work: Promise<T>): Promise<T> {
    running.add(work);
    const forget = (): void => void running.delete(work);
    work.then(forget, forget);
    return work;
  }

  function callApi({ method, path, body }: { readonly method: 'POST' | 'PUT'; readonly path: string; readonly body: object }, limitMs: number): Promise<unknown> {
    return token.use((text) => requestDingtalk({ method, url: `${settings.apiUrl}${path}`, headers: { 'x-acs-dingtalk-access-token': text }, body }, limitMs, signal));
  }

  function renderParts(reply: BotMessage): readonly DingtalkPart[] {
    const longest = LONGEST_TEXT - MENTION_ROOM;
    return settings.dialect === 'zzd' ? renderDingtalkPlainText(reply, rendering, longest).map((text) => ({ title: '', text })) : renderDingtalkMessage(reply, rendering, longest);
  }

  return {
    openReply(message, conversationKey) {
      const send = async (reply: BotMessage): Promise<void> => {
        signal.throwIfAborted();
        await sendMessages(message, renderParts(reply), { settings, token, pace, limits, logger, signal });
      };
      const { begin, progress, finish, cancel } = createDingtalkReply({
        message, conversationKey, send, rendering,
        cards: { open: (...opened) => track(cards.open(...opened)) },
      });
      return {
        begin: async (run) => begin?.(run),
        progress: (soFar) => track(progress?.(soFar) ?? Promise.resolve()),
        finish: (reply) => track(finish(reply)),
        cancel: () => track(cancel?.() ?? Promise.resolve()),
      };
    },
    async close() {
      closing.abort(new AssistantError('aborted', 'Cannot send to DingTalk: the service is closing.'));
      await Promise.allSettled(running);
    },
  };
}
