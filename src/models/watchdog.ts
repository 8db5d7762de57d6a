import { ModelError } from './chat-model.ts';
import { cannot } from './upstream-error.ts';

/** Watches one call to a model: ends it when a limit has passed or the caller has had enough, and aborts the request in either case. */
export interface Watchdog {
  /** For the request; aborted by whatever ends the call. */
  readonly signal: AbortSignal;
  /**
   * Waits at most so long, and not beyond the limit on the whole; `limit` names what passed in the message.
   * Throws `ModelError` or the caller's reason.
   */
  wait<T>(promise: Promise<T>, milliseconds: number, limit: string): Promise<T>;
  /** Stops the clocks and aborts the request, if it's still under way. */
  close(): void;
}

export interface WatchdogOptions {
  /** For messages. */
  readonly host: string;
  /** When the whole must have ended, on the clock of `performance.now()`. */
  readonly deadline: number;
  readonly signal?: AbortSignal | undefined;
}

/** Throws the caller's reason at once, where its signal has been aborted already. */
export function openWatchdog({ host, deadline, signal }: WatchdogOptions): Watchdog {
  signal?.throwIfAborted();
  const request = new AbortController();
  let reject: (reason: unknown) => void = () => undefined;
  const stopped = new Promise<never>((_resolve, rejectStopped) => (reject = rejectStopped));
  // Nobody may be waiting when it stops.
  stopped.catch(() => undefined);
  const stop = (reason: unknown): void => {
    reject(reason);
    request.abort();
  };
  const onAbort = (): void => stop(signal?.reason);
  signal?.addEventListener('abort', onAbort, { once: true });

  return {
    signal: request.signal,
    async wait(promise, milliseconds, limit) {
      const remaining = Math.max(0, deadline - performance.now());
      const name = remaining < milliseconds ? 'limit on the whole' : limit;
      const ms = Math.min(milliseconds, remaining);
      const timer = setTimeout(() => {
        stop(new ModelError('model-timeout', `${cannot(host)} the ${name} was passed, after ${Math.round(ms)} ms of waiting.`));
      }, ms);
      try {
        return await Promise.race([promise, stopped]);
      } finally {
        clearTimeout(timer);
      }
    },
    close() {
      signal?.removeEventListener('abort', onAbort);
      request.abort();
    },
  };
}
