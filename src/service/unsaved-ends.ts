import type { TurnEnd } from '../store/store.ts';
import type { StoreGuard } from './store-guard.ts';

/** Ends that wait for the store to work again; the oldest is forgotten before memory fills. */
const MOST_UNSAVED = 500;
const TRY_EVERY_MS = 5_000;

/** Ends of kept turns. One that the store does not take at once is tried again: till then nobody could ask on in its conversation. */
export interface UnsavedEnds {
  end(answerId: string, end: TurnEnd): Promise<void>;
  /** Tries those that wait. */
  save(): Promise<void>;
  /** Tries a last time. */
  close(): Promise<void>;
}

export function createUnsavedEnds(guard: StoreGuard): UnsavedEnds {
  const unsaved = new Map<string, TurnEnd>();
  let clock: NodeJS.Timeout | undefined;

  async function tryEnd(answerId: string, end: TurnEnd): Promise<boolean> {
    const isSaved = await guard.attempt(async ({ conversations }) => {
      await conversations.endTurn(answerId, end);
      return true;
    });
    return isSaved === true;
  }

  async function save(): Promise<void> {
    for (const [answerId, end] of Array.from(unsaved)) {
      if (!(await tryEnd(answerId, end))) return;
      unsaved.delete(answerId);
    }
    clearInterval(clock);
    clock = undefined;
  }

  return {
    save: async () => (unsaved.size === 0 ? undefined : save()),
    async end(answerId, end) {
      if (await tryEnd(answerId, end)) return;
      unsaved.set(answerId, end);
      const [oldest] = unsaved.keys();
      if (unsaved.size > MOST_UNSAVED && oldest !== undefined) unsaved.delete(oldest);
      clock ??= setInterval(() => void save(), TRY_EVERY_MS).unref();
    },
    async close() {
      clearInterval(clock);
      await save();
    },
  };
}
