import type { Database, Statement } from 'better-sqlite3';

/**
 * Whatever better-sqlite3 makes stays until the process ends. From Node 24.19 on an object of its version 12 (the last for Node 20) that the garbage collector
 * finds ends the whole process: its destructor takes back a hook of an environment that isn't entered then. A process opens few files, and each has few statements.
 */
const kept: unknown[] = [];

/** The file itself, which is kept from now on. */
export function keepOpened(file: Database): Database {
  kept.push(file);
  return file;
}

/** Prepares each text once for a file. */
export type Prepare = (sql: string) => Statement;

/** Prepares statements of a file, each text once. Nothing else may make any: `pragma` and `iterate` of the file leave one behind at each call. */
export function createPrepare(file: Database): Prepare {
  const known = new Map<string, Statement>();
  kept.push(known);
  return (sql) => {
    const statement = known.get(sql) ?? file.prepare(sql);
    known.set(sql, statement);
    return statement;
  };
}

/** Rows of a statement; none of one that gives none. */
export function runPragma(prepare: Prepare, pragma: string): readonly unknown[] {
  const statement = prepare(`pragma ${pragma}`);
  if (statement.reader) return statement.all();
  statement.run();
  return [];
}
