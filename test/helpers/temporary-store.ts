import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';

/** A data folder that goes with the test. */
export function createDataDir(): string {
  const folder = mkdtempSync(join(tmpdir(), 'wence-data-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The store of a data folder, by default of a new one; closes with the test. */
export async function openTemporaryStore(dataDir = createDataDir()): Promise<Store> {
  const store = await openStore({ dataDir, retentionDays: 180 });
  onTestFinished(() => store.close());
  return store;
}

/** A store whose writes fail while there is a fault. */
export interface FaultyStore extends Store {
  fault: Error | undefined;
}

export function breakWrites(store: Store): FaultyStore {
  const guard = <Args extends readonly unknown[], T>(write: (...args: Args) => Promise<T>) => async (...args: Args): Promise<T> => {
    if (faulty.fault !== undefined) throw faulty.fault;
    return write(...args);
  };
  const { conversations } = store;
  const faulty: FaultyStore = {
    ...store,
    fault: undefined,
    conversations: { ...conversations, create: guard(conversations.create), addTurn: guard(conversations.addTurn), endTurn: guard(conversations.endTurn) },
  };
  return faulty;
}
