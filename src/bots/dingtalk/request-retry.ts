import { setTimeout as delay } from 'node:timers/promises';
import { DingtalkFailure } from './request.ts';

export interface RetryLimits {
  /** How often it is tried. */
  readonly tries: number;
  /** The first wait; each further one is twice as long. As much again by chance, so that callers spread out. */
  readonly backoffMs: number;
  /** No wait leads beyond it, counted from the first try. */
  readonly totalMs: number;
}

function isPassing(error: unknown): error is DingtalkFailure {
  return error instanceof DingtalkFailure && ['busy', 'fault', 'unreachable'].includes(error.kind);
}

/**
 * Does something again while it fails for a reason that passes. After a try without an answer it may be done twice: better said twice than never.
 *
 * @throws the last failure, or what the signal was aborted with
 */
export async function retryDingtalk<T>(action: () => Promise<T>, { tries, backoffMs, totalMs }: RetryLimits, signal?: AbortSignal): Promise<T> {
  const end = performance.now() + totalMs;
  for (let tried = 1; ; tried += 1) {
    try {
      return await action();
    } catch (error) {
      if (!isPassing(error) || tried >= tries) throw error;
      const wait = error.retryAfterMs ?? backoffMs * 2 ** (tried - 1) * (1 + Math.random());
      if (performance.now() + wait > end) throw error;
      await delay(wait, undefined, signal === undefined ? {} : { signal });
    }
  }
}
