import { sql } from 'kysely';
import type { Compilable, Kysely, QueryResult, RawBuilder } from 'kysely';
import type { Tables } from './tables.ts';

/** The place of a value that is given at each run. */
class Place {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

type Values = Readonly<Record<string, string | number | null>>;

/** Marks where a value goes; of the value's type, so that the query checks it. */
export type At<V extends Values> = <K extends keyof V & string>(name: K) => RawBuilder<V[K]>;

/** Runs a query with its values, on the database or within a transaction of it. */
export type PreparedQuery<V extends Values, Row> = (on: Kysely<Tables>, values: V) => Promise<QueryResult<Row>>;

/**
 * A query whose SQL is put together once, at the first run: putting it together takes longer than SQLite takes to run it.
 * Every value that changes must be marked by `at`.
 */
export function prepareQuery<V extends Values, Row = never>(build: (db: Kysely<Tables>, at: At<V>) => Compilable<Row>): PreparedQuery<V, Row> {
  const at: At<V> = (name) => sql`${sql.val(new Place(name))}`;
  let compiled: ReturnType<Compilable<Row>['compile']> | undefined;
  return (on, values) => {
    compiled ??= build(on, at).compile();
    const parameters = compiled.parameters.map((parameter) => (parameter instanceof Place ? values[parameter.name] : parameter));
    return on.executeQuery<Row>({ ...compiled, parameters });
  };
}
