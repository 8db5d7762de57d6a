import type { Store } from '../store/store.ts';
import type { Keeper } from './keeper.ts';

const SWEEP_EVERY_MS = 3_600_000;
const TRY_EVERY_MS = 60_000;

/** The life of the service's store. */
export interface OpenStore {
  /** Opens it, and again after a while where that fails; sweeps it then, and every hour. */
  start(): Promise<void>;
  /** Ends what is under way, then closes it. */
  close(): Promise<void>;
}

/** Gives `keeper` a store; nothing here throws, since answers come without one, too. */
export function keepStoreOpen(keeper: Keeper, open: () => Promise<Store>): OpenStore {
  let clock: NodeJS.Timeout | undefined;
  let isClosing = false;

  async function tryToOpen(): Promise<void> {
    try {
      const store = await open();
      if (isClosing) return await store.close();
      keeper.open(store);
    } catch (error) {
      keeper.fail(error);
      if (!isClosing) clock = setTimeout(() => void tryToOpen(), TRY_EVERY_MS).unref();
      return;
    }
    void keeper.sweep();
    clock = setInterval(() => void keeper.sweep(), SWEEP_EVERY_MS).unref();
  }

  return {
    start: tryToOpen,
    async close() {
      isClosing = true;
      clearTimeout(clock);
      try {
        await keeper.close();
      } catch (error) {
        keeper.fail(error);
      }
    },
  };
}
