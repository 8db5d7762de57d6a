import { setTimeout } from 'node:timers/promises';
import { UpstreamError } from './upstream-error.ts';

/** The first wait where the server asks for none: this and up to as much again, by chance, so that callers spread out. */
const BACKOFF_MS = 150;
/** Someone is waiting for the answer: a server that asks for more than this isn't asked again. */
const MAX_RETRY_AFTER_MS = 2_000;

/** Keeps retries from adding to a storm: each call earns a part of one, and only what has been earned may be spent. */
export interface RetryBudget {
  earn(): void;
  /** True, and one less, while there is one. */
  spend(): boolean;
}

/**
 * @param share retries earned by a call; 0.1 by default, so that a lasting fault costs at most a tenth more requests.
 * @param most retries that may be saved up, and those at hand at the start; 10 by default.
 */
export function createRetryBudget(share = 0.1, most = 10): RetryBudget {
  let left = most;
  return {
    earn() {
      left = Math.min(most, left + share);
    },
    spend() {
      if (left < 1) return false;
      left -= 1;
      return true;
    },
  };
}

/**
 * How many milliseconds to wait before the same request may be made again; undefined where it shouldn't be: a failure that would repeat
 * itself, or a wait beyond what is left or 2 s. The wait doubles with each retry (`retriesMade`, from 0).
 */
export function retryDelay(error: unknown, retriesMade: number, remainingMs: number): number | undefined {
  if (!(error instanceof UpstreamError) || !error.isRetryable) return undefined;
  if (error.retryAfterMs !== undefined && error.retryAfterMs > MAX_RETRY_AFTER_MS) return undefined;
  const delay = error.retryAfterMs ?? BACKOFF_MS * 2 ** retriesMade * (1 + Math.random());
  return delay < remainingMs ? delay : undefined;
}

/** Throws the signal's reason as soon as it is aborted. */
export async function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  try {
    await setTimeout(milliseconds, undefined, signal === undefined ? {} : { signal });
  } catch {
    signal?.throwIfAborted();
  }
}
