import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import { MOST_ATTEMPTS } from './inbound-events.ts';
import type { Store } from './store.ts';
import type { Tables } from './tables.ts';
import { failTurn, isAbandoned } from './turn-rows.ts';
import { LONGEST_ANSWER_MS } from './worker.ts';

const DAY_MS = 86_400_000;
/** Platforms send an event again for some hours; so long its key must be known. */
const INBOUND_MS = 2 * DAY_MS;
/** Deleted at a time, so that nobody waits long to write. */
const BATCH = 100;

async function deleteConversations(db: Kysely<Tables>, updatedBefore: number): Promise<number> {
  let deleted = 0;
  for (;;) {
    const batch = db.selectFrom('conversations').select('id').where('updated_at', '<', updatedBefore).limit(BATCH);
    const { numDeletedRows } = await db.deleteFrom('conversations').where('id', 'in', batch).executeTakeFirst();
    deleted += Number(numDeletedRows);
    if (numDeletedRows < BATCH) return deleted;
    await nextTurn();
  }
}

/** What nobody settled in all its attempts is as old as settled; what may still be taken is kept as long as conversations. */
async function deleteInboundEvents(db: Kysely<Tables>, now: number, oldest: number): Promise<void> {
  await db
    .deleteFrom('inbound_events')
    .where((where) => where.or([
      where('settled_at', '<', now - INBOUND_MS),
      where.and([where('settled_at', 'is', null), where('attempts', '>=', MOST_ATTEMPTS), where('claimed_at', '<', now - INBOUND_MS)]),
      where.and([where('settled_at', 'is', null), where('claimed_at', '<', oldest)]),
    ]))
    .execute();
}

/** Ends the turns that this process leaves behind as it closes; none was asked earlier than any answer takes. */
export async function failTurnsOf(db: Kysely<Tables>, worker: string, now: number): Promise<void> {
  await db
    .updateTable('turns').set({ state: 'failed' })
    .where('asked_at', '>=', now - LONGEST_ANSWER_MS).where('state', '=', 'running').where('worker', '=', worker).execute();
}

/** Makes the sweep: its first run looks through all turns for abandoned ones, later ones through those that the run before may have left. */
export function createSweep(db: Kysely<Tables>, retentionDays: number, clock: () => number): Store['sweep'] {
  let judgedUntil = 0;
  return async () => {
    const now = clock();
    const oldest = now - retentionDays * DAY_MS;
    const deleted = await deleteConversations(db, oldest);
    await deleteInboundEvents(db, now, oldest);
    const running = await db
      .selectFrom('turns').select(['answer_id', 'worker', 'asked_at']).where('asked_at', '>=', judgedUntil).where('state', '=', 'running').execute();
    const abandoned = running.filter((turn) => isAbandoned(turn, now));
    for (const { answer_id: answerId } of abandoned) await failTurn(db, { answerId });
    judgedUntil = now - LONGEST_ANSWER_MS;
    return { deleted, failed: abandoned.length };
  };
}
