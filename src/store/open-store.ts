import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AssistantError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { silentLogger } from '../logger.ts';
import { createConversations } from './conversations.ts';
import { createFeedbackStore } from './feedback-store.ts';
import { createInboundEvents } from './inbound-events.ts';
import { migrate } from './migrate.ts';
import { createQuestionLog } from './question-log.ts';
import { openSqlite } from './sqlite.ts';
import type { StoreDatabase } from './sqlite.ts';
import type { Store } from './store.ts';
import { createSweep, failTurnsOf } from './sweep.ts';
import { createWorkerName, retireWorkerName } from './worker.ts';

export interface StoreOptions {
  readonly dataDir: string;
  /** Conversations are kept so long after their last question. */
  readonly retentionDays: number;
  /** For reports: an existing store is read, nothing is made or changed. */
  readonly isReadOnly?: boolean;
  readonly logger?: Logger;
  /** Milliseconds of Unix time. */
  readonly now?: () => number;
}

/** Where the store of a data folder lies. */
export function storeFile(dataDir: string): string {
  return join(dataDir, 'wence.db');
}

interface DatabaseOptions extends Pick<StoreOptions, 'retentionDays' | 'isReadOnly' | 'now'> {
  /** For what is said of it. */
  readonly name: string;
}

/** A store over a database of whatever kind; brings its tables up to date. */
export async function createStore(database: StoreDatabase, { name, retentionDays, isReadOnly = false, now = Date.now }: DatabaseOptions): Promise<Store> {
  const { kysely: db } = database;
  await migrate(db, name, isReadOnly);
  const worker = createWorkerName();
  const count = async (table: 'conversations' | 'turns'): Promise<number> =>
    Number((await db.selectFrom(table).select(({ fn }) => fn.countAll().as('rows')).executeTakeFirstOrThrow()).rows);
  const sweep = createSweep(db, retentionDays, now);
  let closed: Promise<void> | undefined;

  async function close(): Promise<void> {
    try {
      if (!isReadOnly) await failTurnsOf(db, worker, now());
    } finally {
      retireWorkerName(worker);
      await db.destroy();
    }
  }

  return {
    conversations: createConversations(db, worker, now),
    questions: createQuestionLog(db),
    feedback: createFeedbackStore(db),
    inbound: createInboundEvents(db, now),
    async sweep() {
      const swept = await sweep();
      await database.tidy();
      return swept;
    },
    check: async () => database.check(),
    measure: async () => ({ conversations: await count('conversations'), turns: await count('turns'), bytes: database.measure() }),
    close: () => (closed ??= close()),
  };
}

/**
 * Opens the store of a data folder; folder and file are made where they are missing. Several processes of one machine may share it.
 * @throws AssistantError `not-found` where there is none to be read, `unavailable` that says what is wrong with the file, the folder or the disk, and what to do
 */
export async function openStore({ dataDir, logger = silentLogger, ...options }: StoreOptions): Promise<Store> {
  const file = storeFile(dataDir);
  if (options.isReadOnly && !existsSync(file)) {
    throw new AssistantError('not-found', `Nothing is kept yet: ${file} is not there. "wence serve" makes it; set DATA_DIR if it lies elsewhere.`);
  }
  const database = openSqlite(file, options);
  try {
    const store = await createStore(database, { ...options, name: file });
    logger.debug({ file }, 'store opened');
    return store;
  } catch (error) {
    await database.kysely.destroy();
    throw error;
  }
}
