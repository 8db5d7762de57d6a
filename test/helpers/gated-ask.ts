import type { AnswerEvent } from '../../src/answer/answer.ts';
import type { AskOptions } from '../../src/assistant.ts';
import { createAnswerEvents, kindergartens } from './fake-assistant.ts';

/** What a fake assistant answers, event by event, as the test allows. */
export interface GatedAsk {
  readonly ask: (question: string, options: AskOptions) => AsyncGenerator<AnswerEvent, void, undefined>;
  /** Lets so many more events through; all that are left where left out. */
  release(count?: number): void;
  /** Signals of the asks so far. */
  readonly signals: readonly AbortSignal[];
}

/** Hangs, deaf to its signal, wherever nothing has been released. */
export function gateAsk(): GatedAsk {
  const signals: AbortSignal[] = [];
  let allowed = 0;
  let wake: (() => void)[] = [];
  return {
    signals,
    release(count = Number.POSITIVE_INFINITY) {
      allowed += count;
      const woken = wake;
      wake = [];
      for (const resolve of woken) resolve();
    },
    async *ask(question, { answerId = 'answer-1', signal }) {
      if (signal !== undefined) signals.push(signal);
      for (const event of createAnswerEvents(question, kindergartens.passages, { answerId })) {
        while (allowed < 1) await new Promise<void>((resolve) => wake.push(resolve));
        allowed -= 1;
        yield event;
      }
    },
  };
}
