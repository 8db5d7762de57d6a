import { performance } from 'node:perf_hooks';
import type { FastifyRateLimitStore } from '@fastify/rate-limit';

/** So many clients are remembered; the one not seen for longest is forgotten first. */
const MOST_CLIENTS = 20_000;

interface Window {
  readonly startMs: number;
  count: number;
}

/** Counts in memory, by a clock that nobody sets: the plugin's own store would keep a client out for the hour by which the clock was put back. */
export class RateStore implements FastifyRateLimitStore {
  readonly #windows = new Map<string, Window>();
  readonly #now: () => number;

  constructor(_options?: unknown, now: () => number = () => performance.now()) {
    this.#now = now;
  }

  incr(key: string, callback: (error: Error | null, result?: { current: number; ttl: number }) => void, timeWindow = 60_000): void {
    const now = this.#now();
    const seen = this.#windows.get(key);
    const window = seen === undefined || seen.startMs + timeWindow <= now ? { startMs: now, count: 0 } : seen;
    window.count += 1;
    // Put last: the first is the one not seen for longest.
    this.#windows.delete(key);
    this.#windows.set(key, window);
    if (this.#windows.size > MOST_CLIENTS) for (const oldest of this.#windows.keys()) {
      this.#windows.delete(oldest);
      break;
    }
    callback(null, { current: window.count, ttl: window.startMs + timeWindow - now });
  }

  child(): RateStore {
    return new RateStore(undefined, this.#now);
  }
}
