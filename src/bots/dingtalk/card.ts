import type { DingtalkSettings } from '../../bot-settings.ts';
import { describeError } from '../../errors.ts';
import type { Logger } from '../../logger.ts';
import { toTrackId } from './card-action.ts';
import { checkDelivered, createCard, FLOW } from './card-requests.ts';
import type { CardRequest } from './card-requests.ts';
import { createCardTelling, TRIES } from './card-telling.ts';
import type { Card } from './card-telling.ts';
import type { DingtalkMessage } from './message.ts';
import { DingtalkFailure } from './request.ts';
import { createPace } from './request-pace.ts';
import { retryDingtalk } from './request-retry.ts';

export interface CardRun {
  readonly answerId: string;
  readonly conversationKey: string | undefined;
  /** Shown until there is an answer. */
  readonly text: string;
}

export interface Cards {
  /** Undefined where there can be no card, or none for the time being. Never throws. */
  open(message: DingtalkMessage, run: CardRun): Promise<Card | undefined>;
}

export interface CardLimits {
  readonly cardRequestMs: number;
  /** Between two requests for a card. */
  readonly cardEveryMs: number;
  /** Over all cards, in a second. */
  readonly cardsPerSecond: number;
  readonly cardBackoffMs: number;
  /** How long no card is tried after one that failed. */
  readonly degradeMs: number;
}

export interface CardOptions {
  readonly settings: DingtalkSettings;
  /** Makes one request of the API, with a token. */
  readonly call: (request: CardRequest, limitMs: number) => Promise<unknown>;
  readonly limits: CardLimits;
  readonly logger: Logger;
  readonly signal: AbortSignal;
}

const SECOND_MS = 1_000;

function isUnclear(error: unknown): boolean {
  return error instanceof DingtalkFailure && ['unreachable', 'fault'].includes(error.kind);
}

export function createCards({ settings, call, limits, logger, signal }: CardOptions): Cards {
  const { cardRequestMs, cardEveryMs, cardsPerSecond, cardBackoffMs, degradeMs } = limits;
  const pace = createPace(cardsPerSecond, SECOND_MS, cardRequestMs);
  let degradedUntil = 0;

  function degrade(error: unknown): void {
    const isKnown = performance.now() < degradedUntil;
    if (signal.aborted || isKnown) return;
    degradedUntil = performance.now() + degradeMs;
    logger.warn({ reason: describeError(error) }, `a DingTalk card could not be shown: for ${Math.round(degradeMs / 1_000)} s answers are sent as messages; check the template id and the permissions Card.Instance.Write and Card.Streaming.Write`);
  }

  async function callOnce(request: CardRequest): Promise<unknown> {
    await pace.take('all', signal);
    return call(request, cardRequestMs);
  }

  function tryUpTo<T>(tries: number, action: () => Promise<T>): Promise<T> {
    return retryDingtalk(action, { tries, backoffMs: cardBackoffMs, totalMs: 2 * (cardRequestMs + cardBackoffMs) }, signal);
  }

  return {
    async open(message, { answerId, conversationKey, text }) {
      const robotCode = settings.robotCode ?? message.robotCode;
      const canShow = settings.dialect === 'dingtalk' && robotCode !== '' && (message.isGroup || message.senderStaffId !== undefined);
      if (settings.card === undefined || !canShow || performance.now() < degradedUntil) return undefined;
      const { templateId, key } = settings.card;
      const trackId = toTrackId(answerId);
      const hasButtons = settings.mode === 'stream';
      const canStop = String(hasButtons && conversationKey !== undefined);
      const variables = { flowStatus: FLOW.searching, answerId, conversationKey: conversationKey ?? '', canStop, canRate: 'false', [key]: text };
      const request = createCard(settings, templateId, trackId, message, robotCode, variables);
      const tell = (isShown: boolean): Card =>
        createCardTelling({ trackId, key, isShown, hasButtons, everyMs: cardEveryMs, backoffMs: cardBackoffMs, call: callOnce, tryUpTo, onFailure: degrade, logger, signal });
      let mayBeThere = false;
      const create = async (): Promise<void> => {
        try {
          checkDelivered(await callOnce(request));
        } catch (error) {
          mayBeThere ||= isUnclear(error);
          throw error;
        }
      };
      try {
        await tryUpTo(TRIES, create);
        return tell(true);
      } catch (error) {
        degrade(error);
        // A card that was made all the same must not go on saying that something is coming.
        return mayBeThere ? tell(false) : undefined;
      }
    },
  };
}
