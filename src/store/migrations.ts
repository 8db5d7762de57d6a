import type { Kysely, Migration, MigrationProvider } from 'kysely';

/** Each index costs every answer the writing of a page: those that only the hourly sweep would use are left out. */
const conversations: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('conversations')
      .addColumn('id', 'text', (column) => column.primaryKey().notNull())
      .addColumn('owner', 'text')
      .addColumn('bot_key', 'text')
      .addColumn('channel', 'text', (column) => column.notNull())
      .addColumn('title', 'text', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('updated_at', 'bigint', (column) => column.notNull())
      .execute();
    await db.schema.createIndex('conversations_of_owner').on('conversations').columns(['owner', 'updated_at']).where('owner' as never, 'is not', null).execute();
    await db.schema.createIndex('conversations_by_bot_key').on('conversations').columns(['bot_key', 'created_at']).where('bot_key' as never, 'is not', null).execute();

    await db.schema
      .createTable('turns')
      .addColumn('answer_id', 'text', (column) => column.primaryKey().notNull())
      .addColumn('conversation_id', 'text', (column) => column.notNull().references('conversations.id').onDelete('cascade'))
      .addColumn('position', 'integer', (column) => column.notNull())
      .addColumn('question', 'text', (column) => column.notNull())
      .addColumn('asked_at', 'bigint', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('worker', 'text', (column) => column.notNull())
      .addColumn('replaced_by', 'text')
      .addColumn('text', 'text', (column) => column.notNull())
      .addColumn('citations', 'text')
      .addColumn('answer', 'text')
      .addColumn('evidence', 'text')
      .addColumn('verdict', 'text')
      .addColumn('reason', 'text')
      .addColumn('comment', 'text')
      .execute();
    await db.schema.createIndex('turns_in_order').unique().on('turns').columns(['conversation_id', 'position']).execute();
    await db.schema.createIndex('turns_by_age').on('turns').column('asked_at').execute();

    await db.schema
      .createTable('inbound_events')
      .addColumn('key', 'text', (column) => column.primaryKey().notNull())
      .addColumn('channel', 'text', (column) => column.notNull())
      .addColumn('body', 'text', (column) => column.notNull())
      .addColumn('attempts', 'integer', (column) => column.notNull())
      .addColumn('claimed_at', 'bigint', (column) => column.notNull())
      .addColumn('settled_at', 'bigint')
      .execute();
    await db.schema.createIndex('inbound_events_by_age').on('inbound_events').column('claimed_at').execute();
  },
};

const steps: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('turns').addColumn('steps', 'text').execute();
  },
};

const stops: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('turns').addColumn('stop_requested_at', 'bigint').execute();
  },
};

/** In order; a name that was released is never changed, nor what it does. */
const MIGRATIONS: Readonly<Record<string, Migration>> = { '0001-conversations': conversations, '0002-steps': steps, '0003-stops': stops };

export const migrationNames: readonly string[] = Object.keys(MIGRATIONS);

/** The migrations as code, so that a build carries them without further files. */
export const migrationProvider: MigrationProvider = { getMigrations: async () => ({ ...MIGRATIONS }) };
