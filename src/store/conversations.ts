import type { Kysely, Selectable } from 'kysely';
import { createTurnBeginner } from './begin-turn.ts';
import { isOwnOrUnowned } from './ownership.ts';
import { prepareQuery } from './prepared.ts';
import type { Conversations, ConversationSummary } from './store.ts';
import { fromStored, toLookedForId, toStored, toStoredOrNull } from './stored-text.ts';
import type { Tables } from './tables.ts';
import { TURN_COLUMNS, toEndColumns, toTurn } from './turn-rows.ts';
import type { EndColumns } from './turn-rows.ts';

const MOST_LISTED = 100;

const updateEnded = prepareQuery<{ answerId: string } & EndColumns>((db, at) =>
  db
    .updateTable('turns')
    .set({ state: at('state'), text: at('text'), answer: at('answer'), citations: at('citations'), evidence: at('evidence'), steps: at('steps') })
    .where('answer_id', '=', at('answerId'))
    // One that was taken for abandoned may end all the same.
    .where('state', 'in', ['running', 'failed']),
);

const selectByKey = prepareQuery<{ key: string; since: number }, { id: string }>((db, at) =>
  db.selectFrom('conversations').select('id').where('bot_key', '=', at('key')).where('updated_at', '>=', at('since')).orderBy('created_at', 'desc').orderBy('id', 'desc').limit(1),
);

const selectStop = prepareQuery<{ answerId: string }, { at: number | null }>((db, at) =>
  db.selectFrom('turns').select('stop_requested_at as at').where('answer_id', '=', at('answerId')),
);

function toSummary(row: Pick<Selectable<Tables['conversations']>, 'id' | 'title' | 'created_at' | 'updated_at'>): ConversationSummary {
  return { conversationId: row.id, title: fromStored(row.title), createdAt: row.created_at, updatedAt: row.updated_at };
}

/** Conversations in tables. `worker` names this process on the turns that it answers. */
export function createConversations(db: Kysely<Tables>, worker: string, now: () => number): Conversations {
  const ownedBy = (owner: string | undefined) => (where: Parameters<typeof isOwnOrUnowned>[0]) => isOwnOrUnowned(where, where.val(toStoredOrNull(owner)));

  return {
    ...createTurnBeginner(db, worker, now),
    async endTurn(answerId, end) {
      await updateEnded(db, { answerId, ...toEndColumns(end) });
    },
    async find(conversationId, owner) {
      const row = await db.selectFrom('conversations').selectAll().where('id', '=', toLookedForId(conversationId)).where(ownedBy(owner)).executeTakeFirst();
      if (row === undefined) return undefined;
      const turns = await db
        .selectFrom('turns').select(TURN_COLUMNS).where('conversation_id', '=', conversationId).where('replaced_by', 'is', null).orderBy('position').execute();
      return { ...toSummary(row), ...(row.owner !== null && { owner: fromStored(row.owner) }), channel: row.channel, turns: turns.map((turn) => toTurn(turn, now())) };
    },
    async findByKey(key, askedSince = 0) {
      return (await selectByKey(db, { key: toStored(key), since: askedSince })).rows[0]?.id;
    },
    async forgetKey(key) {
      await db.updateTable('conversations').set({ bot_key: null }).where('bot_key', '=', toStored(key)).execute();
    },
    async findTurn(answerId, owner) {
      const row = await db
        .selectFrom('turns')
        .innerJoin('conversations', 'conversations.id', 'turns.conversation_id')
        .select([...TURN_COLUMNS, 'conversation_id'])
        .where('answer_id', '=', toLookedForId(answerId))
        .where((where) => isOwnOrUnowned(where, where.val(toStoredOrNull(owner))))
        .executeTakeFirst();
      return row && { conversationId: row.conversation_id, turn: toTurn(row, now()) };
    },
    async requestStop(conversationId) {
      const { numUpdatedRows } = await db
        .updateTable('turns').set({ stop_requested_at: now() }).where('conversation_id', '=', toLookedForId(conversationId)).where('state', '=', 'running').executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    async isStopRequested(answerId) {
      return (await selectStop(db, { answerId: toLookedForId(answerId) })).rows[0]?.at != null;
    },
    async list(owner) {
      const rows = await db
        .selectFrom('conversations')
        .select(['id', 'title', 'created_at', 'updated_at'])
        .where('owner', '=', toStored(owner))
        .orderBy('updated_at', 'desc')
        .orderBy('id')
        .limit(MOST_LISTED)
        .execute();
      return rows.map(toSummary);
    },
    async delete(conversationId, owner) {
      const { numDeletedRows } = await db.deleteFrom('conversations').where('id', '=', toLookedForId(conversationId)).where(ownedBy(owner)).executeTakeFirst();
      return numDeletedRows > 0n;
    },
    async deleteAll(owner) {
      const rows = await db.deleteFrom('conversations').where('owner', '=', toStored(owner)).returning('id').execute();
      return rows.map(({ id }) => id);
    },
  };
}
