import { Migrator } from 'kysely';
import type { Kysely } from 'kysely';
import { AssistantError } from '../errors.ts';
import { migrationNames, migrationProvider } from './migrations.ts';
import type { Tables } from './tables.ts';

const LEDGER = 'kysely_migration';

async function readLedger(db: Kysely<Tables>): Promise<readonly string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === LEDGER)) return [];
  const ledger = db as unknown as Kysely<{ [LEDGER]: { readonly name: string } }>;
  return (await ledger.selectFrom(LEDGER).select('name').execute()).map(({ name }) => name);
}

/**
 * Brings the tables up to date; with `isReadOnly` only looks whether they are.
 * @throws AssistantError `unavailable` where a newer program has laid them out, or, looking only, where an older one has
 */
export async function migrate(db: Kysely<Tables>, file: string, isReadOnly: boolean): Promise<void> {
  const done = await readLedger(db);
  const foreign = done.filter((name) => !migrationNames.includes(name));
  if (foreign.length > 0) {
    throw new AssistantError('unavailable', `Cannot use the store ${file}: a newer version of wence laid it out (${foreign.join(', ')}). Use that version, or set DATA_DIR.`);
  }
  const isCurrent = migrationNames.every((name) => done.includes(name));
  if (isCurrent) return;
  if (isReadOnly) {
    throw new AssistantError('unavailable', `Cannot read the store ${file}: an older version of wence laid it out. Start "wence serve" once, which brings it up to date.`);
  }
  const { error } = await new Migrator({ db, provider: migrationProvider }).migrateToLatest();
  if (error !== undefined) throw error;
}
