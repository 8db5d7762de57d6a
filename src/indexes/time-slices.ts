import { AssistantError } from '../errors.ts';

/** How long work goes on before other work gets its turn: requests wait no longer than this for an index being built. */
const LONGEST_SLICE_MS = 15;

export interface TimeSlices {
  /** Lets other work run where this slice is used up; throws `aborted` when the signal did. */
  next(): Promise<void>;
}

/** Cuts long work on the main thread into slices: call `next` between its steps. */
export function createTimeSlices(signal?: AbortSignal): TimeSlices {
  let start = performance.now();
  return {
    async next() {
      if (signal?.aborted) throw indexingAborted(signal);
      if (performance.now() - start < LONGEST_SLICE_MS) return;
      await new Promise((resolve) => setImmediate(resolve));
      start = performance.now();
    },
  };
}

export function indexingAborted(signal: AbortSignal): AssistantError {
  const message = 'Indexing was stopped before it was done; the index in use stays as it was.';
  return new AssistantError('aborted', message, { cause: signal.reason });
}
