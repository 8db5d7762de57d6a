import type { Assistant } from '../assistant.ts';
import { createShuttingDownError, createStartingError } from './http-error.ts';

/** Where the service stands between start and end, and the work that is under way. */
export interface Lifecycle {
  readonly phase: 'starting' | 'ready' | 'closing';
  /** Throws the 503 that fits the phase unless it is `ready`. */
  readonly assistant: Assistant;
  /** From now on questions are answered. */
  open(assistant: Assistant): void;
  /** A piece of work that shutting down waits for; ends with `finish`. `abort` is called when waiting is over. */
  begin(abort: (reason: Error) => void): { finish(): void };
  /** No new work from now on. */
  close(): void;
  /** Resolves as soon as nothing is under way; at once where nothing is. */
  idle(): Promise<void>;
  /** Ends whatever is still under way with the 503 `shutting-down`. */
  abortAll(): void;
}

/** Without an assistant the service is `starting` until one is opened. */
export function createLifecycle(initial?: Assistant): Lifecycle {
  let assistant = initial;
  let isClosing = false;
  const running = new Set<(reason: Error) => void>();
  const waiting: (() => void)[] = [];

  return {
    get phase() {
      if (isClosing) return 'closing';
      return assistant === undefined ? 'starting' : 'ready';
    },
    get assistant() {
      if (isClosing) throw createShuttingDownError();
      if (assistant === undefined) throw createStartingError();
      return assistant;
    },
    open(opened) {
      assistant = opened;
    },
    begin(abort) {
      // A function of its own, so that two pieces of work that share `abort` are two.
      const entry = (reason: Error): void => abort(reason);
      running.add(entry);
      return {
        finish() {
          running.delete(entry);
          if (running.size === 0) for (const resolve of waiting.splice(0)) resolve();
        },
      };
    },
    close() {
      isClosing = true;
    },
    idle() {
      return running.size === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve));
    },
    abortAll() {
      for (const abort of running) abort(createShuttingDownError());
    },
  };
}
