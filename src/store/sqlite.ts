import { closeSync, existsSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import SqliteFile from 'better-sqlite3';
import { CompiledQuery, Kysely, SqliteAdapter, SqliteDialect } from 'kysely';
import type { DatabaseConnection, Driver, QueryResult } from 'kysely';
import { createPrepare, keepOpened, runPragma } from './statements.ts';
import type { Prepare } from './statements.ts';
import { explainStoreError } from './store-error.ts';
import type { Tables } from './tables.ts';

/**
 * A database and what only its kind can tell; the rest of the store speaks to `kysely` alone, and counts on two things: whole numbers come
 * back as numbers, and transactions do not run beside one another (of two that add a turn, one waits or fails).
 */
export interface StoreDatabase {
  readonly kysely: Kysely<Tables>;
  /** What is wrong with the file or with the references in it; empty where nothing is. */
  check(): readonly string[];
  /** Bytes on disk. */
  measure(): number;
  /**
   * Merges what was written into the file, so that deleted words are gone from the disk.
   * @throws AssistantError `unavailable` where the file is no longer there: what is written into it would be lost
   */
  tidy(): Promise<void>;
}

/** How long a write waits for another process's; asked again and again, since SQLite's own waiting holds this whole process up. */
const LOCK_WAIT_MS = 5_000;
const LOCK_PAUSE_MS = 2;
/** SQLite's own waiting, while the file is opened. */
const OPEN_WAIT_MS = 2_000;
/** Merged in the middle of a request when it is so much (8 MiB): more would be waited for, less costs every answer more. */
const PAGES_UNMERGED = 2_000;
/** So much of what was written may lie beside the file when it has been merged. */
const MOST_UNMERGED_BYTES = 16 * 1024 * 1024;

function isBusy(error: unknown): boolean {
  return error instanceof SqliteFile.SqliteError && error.code.startsWith('SQLITE_BUSY');
}

/** Runs queries with statements that are prepared once; wants `explain` to word what goes wrong. */
class SqliteConnection implements DatabaseConnection {
  readonly #file: SqliteFile.Database;
  readonly #explain: (error: unknown) => unknown;
  readonly #prepare: Prepare;

  constructor(file: SqliteFile.Database, prepare: Prepare, explain: (error: unknown) => unknown) {
    this.#file = file;
    this.#prepare = prepare;
    this.#explain = explain;
  }

  get isInTransaction(): boolean {
    return this.#file.inTransaction;
  }

  #execute<Row>({ sql, parameters }: CompiledQuery): QueryResult<Row> {
    const statement = this.#prepare(sql);
    if (statement.reader) return { rows: statement.all(parameters) as Row[] };
    return { rows: [], numAffectedRows: BigInt(statement.run(parameters).changes) };
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    let giveUpAt: number | undefined;
    for (;;) {
      try {
        return this.#execute(query);
      } catch (error) {
        giveUpAt ??= performance.now() + LOCK_WAIT_MS;
        if (this.#file.inTransaction || !isBusy(error) || performance.now() > giveUpAt) throw this.#explain(error);
      }
      await setTimeout(LOCK_PAUSE_MS);
    }
  }

  // eslint-disable-next-line require-yield
  async *streamQuery(): AsyncIterableIterator<never> {
    throw new Error('Queries are not streamed. Read them page by page.');
  }
}

const BEGIN = CompiledQuery.raw('begin immediate');
const COMMIT = CompiledQuery.raw('commit');
const ROLLBACK = CompiledQuery.raw('rollback');
const CHECKPOINT = CompiledQuery.raw('pragma wal_checkpoint(truncate)');

/**
 * One connection for everybody, in the order in which they came. Transactions take the right to write at their beginning: one that reads first
 * and then finds that another process has written could only fail.
 */
class SqliteDriver implements Driver {
  readonly #connection: SqliteConnection;
  readonly #close: () => void;
  readonly #waiting: (() => void)[] = [];
  #isTaken = false;

  constructor(connection: SqliteConnection, close: () => void) {
    this.#connection = connection;
    this.#close = close;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<SqliteConnection> {
    if (this.#isTaken) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#isTaken = true;
    return this.#connection;
  }

  async releaseConnection(): Promise<void> {
    const next = this.#waiting.shift();
    if (next === undefined) this.#isTaken = false;
    else next();
  }

  async beginTransaction(connection: SqliteConnection): Promise<void> {
    await connection.executeQuery(BEGIN);
  }

  async commitTransaction(connection: SqliteConnection): Promise<void> {
    await connection.executeQuery(COMMIT);
  }

  /** On a full disk SQLite has rolled back by itself. */
  async rollbackTransaction(connection: SqliteConnection): Promise<void> {
    if (connection.isInTransaction) await connection.executeQuery(ROLLBACK);
  }

  async destroy(): Promise<void> {
    this.#close();
  }
}

/** Two processes that begin at once must not both lay the tables out. */
class LockingAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/** Made as one that only its owner may read; SQLite gives the files beside it the same mode. */
function createFile(file: string): void {
  mkdirSync(dirname(file), { recursive: true });
  if (!existsSync(file)) closeSync(openSync(file, 'a', 0o600));
}

interface OpenFile {
  readonly database: SqliteFile.Database;
  readonly prepare: Prepare;
}

function openFile(file: string, isReadOnly: boolean): OpenFile {
  if (!isReadOnly) createFile(file);
  const database = keepOpened(new SqliteFile(file, { timeout: OPEN_WAIT_MS, readonly: isReadOnly, fileMustExist: true }));
  const prepare = createPrepare(database);
  const set = (pragma: string): void => void runPragma(prepare, pragma);
  try {
    if (!isReadOnly) {
      set('journal_mode = WAL');
      set('synchronous = NORMAL');
      set(`journal_size_limit = ${MOST_UNMERGED_BYTES}`);
      set(`wal_autocheckpoint = ${PAGES_UNMERGED}`);
      // What is deleted is overwritten, not only forgotten.
      set('secure_delete = ON');
    }
    set('foreign_keys = ON');
    // A file that is no database is found out by its first read.
    set('schema_version');
    set('busy_timeout = 0');
    return { database, prepare };
  } catch (error) {
    database.close();
    throw error;
  }
}

function inodeOf(path: string): bigint | undefined {
  return statSync(path, { throwIfNoEntry: false, bigint: true })?.ino;
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

interface ForeignKeyProblem {
  readonly table: string;
  readonly rowid: number;
  readonly parent: string;
}

function findProblems(prepare: Prepare): string[] {
  const problems = (runPragma(prepare, 'integrity_check') as { readonly integrity_check: string }[]).map((row) => row.integrity_check).filter((line) => line !== 'ok');
  const orphans = runPragma(prepare, 'foreign_key_check') as ForeignKeyProblem[];
  return [...problems, ...orphans.map(({ table, rowid, parent }) => `row ${rowid} of ${table} belongs to no row of ${parent}`)];
}

/**
 * Opens an SQLite file, made where it is missing unless it is only read.
 * @throws AssistantError `unavailable` that says what is wrong with the file, the folder or the disk
 */
export function openSqlite(file: string, { isReadOnly = false }: { readonly isReadOnly?: boolean } = {}): StoreDatabase {
  const explain = (error: unknown): unknown => explainStoreError(error, file);
  let opened: OpenFile;
  try {
    opened = openFile(file, isReadOnly);
  } catch (error) {
    throw explain(error);
  }
  const { database, prepare } = opened;
  const inode = inodeOf(file);
  const driver = new SqliteDriver(new SqliteConnection(database, prepare, explain), () => database.close());
  const dialect = new SqliteDialect({ database });
  const kysely = new Kysely<Tables>({
    dialect: {
      createDriver: () => driver,
      createAdapter: () => new LockingAdapter(),
      createQueryCompiler: () => dialect.createQueryCompiler(),
      createIntrospector: (db) => dialect.createIntrospector(db),
    },
  });
  return {
    kysely,
    check() {
      try {
        return findProblems(prepare);
      } catch (error) {
        return [String((explain(error) as Error).message)];
      }
    },
    measure: () => sizeOf(file) + sizeOf(`${file}-wal`),
    async tidy() {
      if (inodeOf(file) !== inode) throw explain(new SqliteFile.SqliteError('another file, or none, lies there now', 'SQLITE_READONLY_DBMOVED'));
      await kysely.executeQuery(CHECKPOINT);
    },
  };
}
