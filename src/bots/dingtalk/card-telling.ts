import { setTimeout as delay } from 'node:timers/promises';
import { describeError } from '../../errors.ts';
import type { Logger } from '../../logger.ts';
import { FLOW, streamCard, updateCard } from './card-requests.ts';
import type { CardRequest } from './card-requests.ts';

/** A card that shows an answer as it comes. */
export interface Card {
  /** Shows more, in its turn: of several that wait, the last. Never throws: a card that fails shows nothing more. */
  show(text: string): Promise<void>;
  /** Shows the whole, and that it is. False where the card does not show it: then it must be told in another way. */
  finish(text: string, canRate: boolean): Promise<boolean>;
  /** Marks the card as failed, as far as the platform lets it. Never throws. */
  giveUp(text: string): Promise<void>;
}

export interface CardTellingOptions {
  readonly trackId: string;
  /** The variable that shows the answer. */
  readonly key: string;
  /** False where it may be there, or not: then it can but be given up. */
  readonly isShown: boolean;
  /** Whether anybody hears of its buttons. */
  readonly hasButtons: boolean;
  readonly everyMs: number;
  readonly backoffMs: number;
  /** Makes a request when it is its turn. */
  readonly call: (request: CardRequest) => Promise<unknown>;
  readonly tryUpTo: <T>(tries: number, action: () => Promise<T>) => Promise<T>;
  readonly onFailure: (error: unknown) => void;
  readonly logger: Logger;
  readonly signal: AbortSignal;
}

/** How often a text is tried. */
export const TRIES = 2;

export function createCardTelling({ trackId, key, isShown, hasButtons, everyMs, backoffMs, call, tryUpTo, onFailure, logger, signal }: CardTellingOptions): Card {
  let latest: string | undefined;
  let isUsable = isShown;
  let isTelling = false;
  let last = Promise.resolve();
  let nextAt = performance.now() + everyMs;
  let failures = 0;

  async function waitForTurn(): Promise<void> {
    const wait = nextAt - performance.now();
    if (wait > 0) await delay(wait, undefined, { signal });
  }

  async function tell(): Promise<void> {
    // After a failure the next text that comes in time is the second try: the answer must not wait for this one.
    if (latest === undefined || !isUsable || (failures > 0 && performance.now() < nextAt)) return;
    try {
      await waitForTurn();
      const text = latest;
      latest = undefined;
      if (text === undefined) return;
      await call(streamCard(trackId, key, text, { isLast: false, isError: false }));
      nextAt = performance.now() + everyMs;
      failures = 0;
      if (isTelling) return;
      isTelling = true;
      // The text is there; a wrong state is not worth the card.
      await call(updateCard(trackId, { flowStatus: FLOW.telling })).catch(() => undefined);
    } catch (error) {
      failures += 1;
      nextAt = performance.now() + backoffMs;
      if (failures < TRIES) return;
      isUsable = false;
      onFailure(error);
    }
  }

  return {
    show(text) {
      latest = text;
      return (last = last.then(tell));
    },
    async finish(text, canRate) {
      latest = undefined;
      await last;
      if (!isUsable) return false;
      isUsable = false;
      try {
        await waitForTurn();
        // Made anew for each try, because each needs an id of its own.
        await tryUpTo(TRIES - failures, () => call(streamCard(trackId, key, text, { isLast: true, isError: false })));
      } catch (error) {
        onFailure(error);
        return false;
      }
      const variables = { flowStatus: FLOW.finished, canStop: 'false', canRate: String(canRate && hasButtons) };
      await tryUpTo(TRIES, () => call(updateCard(trackId, variables))).catch((error: unknown) => logger.warn({ reason: describeError(error) }, 'a DingTalk card could not be told that its answer is complete'));
      return true;
    },
    async giveUp(text) {
      latest = undefined;
      isUsable = false;
      await last;
      await call(streamCard(trackId, key, text, { isLast: true, isError: true })).catch(() => undefined);
      await call(updateCard(trackId, { flowStatus: FLOW.failed, canStop: 'false', canRate: 'false' })).catch(() => undefined);
    },
  };
}
