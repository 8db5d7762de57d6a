import type { InboundEvents, Store } from '../store/store.ts';

/** So many keys are remembered where the store does not work. */
const MOST_REMEMBERED = 10_000;

/** What works with the store; undefined where there is none. Throws where it does not work. */
export type UseStore = <T>(work: (store: Store) => Promise<T>) => Promise<T | undefined>;

/**
 * Claims of events in the store, and beside it in this process: where the store does not work, an event is still worked on once here, though
 * not once over all processes, nor over a restart.
 */
export function createClaims(useStore: UseStore): InboundEvents {
  const remembered = new Set<string>();

  function remember(key: string): void {
    remembered.add(key);
    if (remembered.size <= MOST_REMEMBERED) return;
    for (const oldest of remembered) {
      remembered.delete(oldest);
      break;
    }
  }

  /** The keeper's log tells of the failure. */
  async function attempt<T>(work: (inbound: InboundEvents) => Promise<T>): Promise<T | undefined> {
    try {
      return await useStore(({ inbound }) => work(inbound));
    } catch {
      return undefined;
    }
  }

  return {
    async claim(event) {
      if (remembered.has(event.key)) return false;
      remember(event.key);
      return (await attempt((inbound) => inbound.claim(event))) ?? true;
    },
    async settle(key) {
      await attempt((inbound) => inbound.settle(key));
    },
    async renew(keys) {
      await attempt((inbound) => inbound.renew(keys));
    },
    async release(key) {
      remembered.delete(key);
      await attempt((inbound) => inbound.release(key));
    },
    async takeAbandoned(olderThanMs, limit, channels) {
      return (await attempt((inbound) => inbound.takeAbandoned(olderThanMs, limit, channels))) ?? [];
    },
  };
}
