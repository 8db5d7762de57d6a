import type { Answer } from '../answer/answer.ts';
import { AssistantError } from '../errors.ts';
import type { ShownEvent } from '../render/sse.ts';
import { createStoppedError } from './http-error.ts';

/** An event and its place in its answer, from 1. */
export interface PlacedEvent {
  readonly id: number;
  readonly event: ShownEvent;
}

/** Who may follow: any number from any place, one who takes each event once, or nobody. */
export type Readers = 'any' | 'one' | 'none';

/** An answer that comes, or has come. */
export interface RunningAnswer {
  /**
   * The events after the place `after`, as they come, and always the last one. Ends with the answer, and throws where it failed.
   * A reader that is slow holds nobody up and costs nothing; where it is the only one, the answer waits for it.
   */
  follow(after: number): AsyncGenerator<PlacedEvent, void, undefined>;
  /** The whole answer; rejects where it failed or was stopped. */
  readonly whole: Promise<Answer>;
  /** Resolves when the last event is there, however the answer ended. */
  readonly settled: Promise<void>;
}

/** So many events are ready for the only reader before the answer waits. */
const MOST_AHEAD = 4;
/** What is kept for readers who come back; no answer is as long, but a model gone wild might be. */
const LONGEST_ANSWER = 2_000_000;

type Ending = { readonly error?: unknown };

function createBell(): { readonly rung: Promise<void>; ring(): void } {
  let ring = (): void => undefined;
  const rung = new Promise<void>((resolve) => (ring = resolve));
  return { rung, ring };
}

/** Takes the events as fast as their readers allow; `signal` ends the waiting for a reader, too. */
export function runAnswer(source: AsyncIterable<ShownEvent>, readers: Readers, signal: AbortSignal): RunningAnswer {
  const events: ShownEvent[] = [];
  /** How many events the only reader has taken; they are not kept. */
  let taken = 0;
  let ending: Ending | undefined;
  let arrival = createBell();
  let departure = createBell();
  let complete: Answer | undefined;
  let length = 0;

  function tell(): void {
    const { ring } = arrival;
    arrival = createBell();
    ring();
  }

  async function waitForReader(): Promise<void> {
    while (events.length > MOST_AHEAD && !signal.aborted) await departure.rung;
  }

  async function run(): Promise<void> {
    const release = (): void => departure.ring();
    signal.addEventListener('abort', release, { once: true });
    try {
      for await (const event of source) {
        if (event.type === 'answer-end') complete = event.answer;
        if (readers === 'none') continue;
        events.push(event);
        tell();
        if (readers === 'one') {
          await waitForReader();
        } else if (event.type === 'text-delta') {
          length += event.text.length;
          if (length > LONGEST_ANSWER) throw new AssistantError('internal', `The answer has more than ${LONGEST_ANSWER} characters.`);
        }
      }
      ending = {};
    } catch (error) {
      ending = { error };
    } finally {
      signal.removeEventListener('abort', release);
      tell();
    }
  }

  function takeFirst(): void {
    events.shift();
    taken += 1;
    const { ring } = departure;
    departure = createBell();
    ring();
  }

  async function* follow(after: number): AsyncGenerator<PlacedEvent, void, undefined> {
    const told = taken + events.length;
    let at = Math.min(after, ending === undefined || 'error' in ending ? told : told - 1);
    for (;;) {
      const event = events[at - taken];
      if (event !== undefined) {
        at += 1;
        if (readers === 'one') takeFirst();
        yield { id: at, event };
      } else if (ending === undefined) {
        await arrival.rung;
      } else {
        if ('error' in ending) throw ending.error;
        return;
      }
    }
  }

  const settled = run();
  const whole = settled.then(() => {
    if (complete !== undefined) return complete;
    throw ending !== undefined && 'error' in ending ? ending.error : createStoppedError();
  });
  // Nobody may want it.
  whole.catch(() => undefined);
  return { follow, whole, settled };
}
