import type { Kysely } from 'kysely';
import { isOwnOrUnowned } from './ownership.ts';
import type { FeedbackStore } from './store.ts';
import { toLookedForId, toStoredOrNull } from './stored-text.ts';
import type { Tables } from './tables.ts';

/** Verdicts stand on the turns that they are about. */
export function createFeedbackStore(db: Kysely<Tables>): FeedbackStore {
  return {
    async set({ answerId, verdict, reason, comment }, owner) {
      const isTakenBack = verdict === null;
      const { numUpdatedRows } = await db
        .updateTable('turns')
        .set({ verdict, reason: isTakenBack ? null : toStoredOrNull(reason), comment: isTakenBack ? null : toStoredOrNull(comment) })
        .where('answer_id', '=', toLookedForId(answerId))
        .where('conversation_id', 'in', (from) =>
          from.selectFrom('conversations').select('conversations.id').where((where) => isOwnOrUnowned(where, where.val(toStoredOrNull(owner)))),
        )
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
  };
}
