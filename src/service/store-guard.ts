import { HttpError } from './http-error.ts';
import type { Logger } from '../logger.ts';
import type { Store } from '../store/store.ts';

/** `none`: nothing is kept, by intention. */
export type StoreState = 'none' | 'working' | 'failing';

/** A store that failed is left alone for so long: one that is locked by another process holds this one up each time it is tried. */
const REST_MS = 5_000;
const LOG_EVERY_MS = 60_000;

/** A store that may fail, and be away altogether. */
export interface StoreGuard {
  readonly state: StoreState;
  readonly store: Store | undefined;
  open(store: Store): void;
  /** What the work gives; undefined where the store does not work. */
  attempt<T>(work: (store: Store) => Promise<T>): Promise<T | undefined>;
  /** Tells the log of a failure, once a minute at most. An HttpError is none, and is thrown on. */
  note(error: unknown): void;
}

export interface StoreGuardOptions {
  readonly store?: Store | undefined;
  readonly logger: Logger;
  readonly clock: () => number;
}

export function createStoreGuard({ store: initial, logger, clock }: StoreGuardOptions): StoreGuard {
  let store = initial;
  let isFailing = false;
  let restsUntil = Number.NEGATIVE_INFINITY;
  let loggedAt = Number.NEGATIVE_INFINITY;

  function note(error: unknown): void {
    if (error instanceof HttpError) throw error;
    const now = clock();
    isFailing = true;
    restsUntil = now + REST_MS;
    if (now - loggedAt < LOG_EVERY_MS) return;
    loggedAt = now;
    logger.error({ err: error }, 'the store does not work; answers are given, but not kept');
  }

  return {
    get state() {
      if (isFailing) return 'failing';
      return store === undefined ? 'none' : 'working';
    },
    get store() {
      return store;
    },
    open(opened) {
      store = opened;
      isFailing = false;
    },
    async attempt(work) {
      if (store === undefined || clock() < restsUntil) return undefined;
      try {
        const result = await work(store);
        if (isFailing) logger.info('the store works again');
        isFailing = false;
        return result;
      } catch (error) {
        note(error);
        return undefined;
      }
    },
    note,
  };
}
