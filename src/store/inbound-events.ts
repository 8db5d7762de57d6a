import type { Kysely } from 'kysely';
import type { InboundEvents } from './store.ts';
import { fromStored, toStored } from './stored-text.ts';
import type { Tables } from './tables.ts';

/** So often an event is worked on before it is given up: the one that claims it first included. */
export const MOST_ATTEMPTS = 3;
/** A released event looks as if it had been claimed so long ago: older than any claim in use, younger than what the sweep deletes. */
const RELEASED_AGE_MS = 3_600_000;

/** Events of chat platforms, each to be worked on once. */
export function createInboundEvents(db: Kysely<Tables>, now: () => number): InboundEvents {
  return {
    async claim({ key, channel, body }) {
      const row = { key: toStored(key), channel, body: toStored(body), attempts: 1, claimed_at: now(), settled_at: null };
      const { numInsertedOrUpdatedRows = 0n } = await db
        .insertInto('inbound_events').values(row).onConflict((conflict) => conflict.column('key').doNothing()).executeTakeFirst();
      return numInsertedOrUpdatedRows > 0n;
    },
    async settle(key) {
      await db.updateTable('inbound_events').set({ settled_at: now(), body: toStored('') }).where('key', '=', toStored(key)).execute();
    },
    async renew(keys) {
      if (keys.length === 0) return;
      await db.updateTable('inbound_events').set({ claimed_at: now() }).where('key', 'in', keys.map(toStored)).where('settled_at', 'is', null).execute();
    },
    async release(key) {
      await db
        .updateTable('inbound_events')
        .set((update) => ({ claimed_at: now() - RELEASED_AGE_MS, attempts: update('attempts', '-', 1) }))
        .where('key', '=', toStored(key)).where('settled_at', 'is', null)
        .execute();
    },
    async takeAbandoned(olderThanMs, limit, channels = ['slack', 'dingtalk']) {
      return db.transaction().execute(async (transaction) => {
        const rows = await transaction
          .selectFrom('inbound_events')
          .select(['key', 'channel', 'body', 'attempts'])
          .where('settled_at', 'is', null)
          .where('channel', 'in', channels)
          .where('attempts', '<', MOST_ATTEMPTS)
          .where('claimed_at', '<=', now() - olderThanMs)
          .orderBy('claimed_at')
          .orderBy('key')
          .limit(limit)
          .execute();
        if (rows.length === 0) return [];
        await transaction
          .updateTable('inbound_events')
          .set((update) => ({ attempts: update('attempts', '+', 1), claimed_at: now() }))
          .where('key', 'in', rows.map(({ key }) => key))
          .execute();
        return rows.map(({ key, channel, body, attempts }) => ({ key: fromStored(key), channel, body: fromStored(body), attempts: attempts + 1 }));
      });
    },
  };
}
