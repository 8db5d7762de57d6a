import { setTimeout as delay } from 'node:timers/promises';
import { DingtalkFailure } from './request.ts';

/** Lets no more through than DingTalk allows; those who wait keep their order. */
export interface Pace {
  /** Resolves when it is `key`'s turn. @throws DingtalkFailure `impossible` where that would take too long, or what the signal was aborted with */
  take(key: string, signal?: AbortSignal): Promise<void>;
}

const MOST_KEYS = 10_000;

/**
 * @param most How many in any span of `perMs`, for each key
 * @param mostWaitMs Nobody waits longer
 */
export function createPace(most: number, perMs: number, mostWaitMs: number): Pace {
  /** When each of the last turns of a key was, or will be. */
  const turns = new Map<string, number[]>();

  function forgetOld(now: number): void {
    for (const [key, times] of turns) if ((times.at(-1) ?? 0) <= now - perMs) turns.delete(key);
  }

  return {
    async take(key, signal) {
      const now = performance.now();
      if (turns.size > MOST_KEYS) forgetOld(now);
      const times = (turns.get(key) ?? []).filter((time) => time > now - perMs);
      const earlier = times[times.length - most];
      const turn = earlier === undefined ? now : earlier + perMs;
      if (turn - now > mostWaitMs) throw new DingtalkFailure('impossible', 'too much waits to be sent there already');
      turns.set(key, [...times, turn]);
      if (turn > now) await delay(turn - now, undefined, signal === undefined ? {} : { signal });
    },
  };
}
