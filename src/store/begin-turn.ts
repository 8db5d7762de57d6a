import type { Kysely } from 'kysely';
import type { Message } from '../answer/answer.ts';
import { isOwnOrUnowned } from './ownership.ts';
import { prepareQuery } from './prepared.ts';
import type { Channel, Conversations, NewTurn, TurnState } from './store.ts';
import { fromStored, toLookedForId, toStored, toStoredOrNull } from './stored-text.ts';
import type { Tables } from './tables.ts';
import { failTurn, isAbandoned, toEndColumns } from './turn-rows.ts';
import type { EndColumns } from './turn-rows.ts';

/** Turns, each a question and an answer, that are handed on as the conversation so far. */
const HISTORY_TURNS = 10;
/** Whole characters, so that none is cut in two. */
const TITLE = /^[^]{0,60}/u;

const insertConversation = prepareQuery<{ id: string; owner: string | null; key: string | null; channel: Channel; title: string; now: number }>((db, at) =>
  db.insertInto('conversations').values({
    id: at('id'), owner: at('owner'), bot_key: at('key'), channel: at('channel'), title: at('title'), created_at: at('now'), updated_at: at('now'),
  }),
);

const insertTurn = prepareQuery<{ answerId: string; conversationId: string; position: number; question: string; now: number; worker: string }>((db, at) =>
  db.insertInto('turns').values({
    answer_id: at('answerId'), conversation_id: at('conversationId'), position: at('position'), question: at('question'), asked_at: at('now'),
    state: 'running', worker: at('worker'), text: toStored(''),
  }),
);

const insertEndedTurn = prepareQuery<{ answerId: string; conversationId: string; question: string; now: number; worker: string } & EndColumns>((db, at) =>
  db.insertInto('turns').values({
    answer_id: at('answerId'), conversation_id: at('conversationId'), position: 1, question: at('question'), asked_at: at('now'), worker: at('worker'),
    state: at('state'), text: at('text'), answer: at('answer'), citations: at('citations'), evidence: at('evidence'), steps: at('steps'),
  }),
);

interface LatestTurn {
  /** Null, as all else, where the conversation has no turn. */
  readonly answer_id: string | null;
  readonly position: number | null;
  readonly question: string | null;
  readonly asked_at: number | null;
  readonly state: TurnState | null;
  readonly worker: string | null;
  readonly text: string | null;
}

/** The newest turns, newest first; no row at all where there is no such conversation. */
const selectLatest = prepareQuery<{ id: string; owner: string | null }, LatestTurn>((db, at) =>
  db
    .selectFrom('conversations')
    .leftJoin('turns', (join) => join.onRef('turns.conversation_id', '=', 'conversations.id').on('turns.replaced_by', 'is', null))
    .select(['answer_id', 'position', 'question', 'asked_at', 'state', 'worker', 'text'])
    .where('conversations.id', '=', at('id'))
    .where((where) => isOwnOrUnowned(where, at('owner')))
    .orderBy('position', 'desc')
    .limit(HISTORY_TURNS + 1),
);

const replaceTurn = prepareQuery<{ answerId: string; by: string }>((db, at) =>
  db.updateTable('turns').set({ replaced_by: at('by') }).where('answer_id', '=', at('answerId')),
);

const touch = prepareQuery<{ id: string; now: number }>((db, at) => db.updateTable('conversations').set({ updated_at: at('now') }).where('id', '=', at('id')));

const retitle = prepareQuery<{ id: string; now: number; title: string }>((db, at) =>
  db.updateTable('conversations').set({ updated_at: at('now'), title: at('title') }).where('id', '=', at('id')),
);

function toTitle(question: string): string {
  return toStored(TITLE.exec(question)?.[0] ?? '');
}

function toMessages(newestFirst: readonly LatestTurn[]): Message[] {
  return newestFirst.toReversed().flatMap(({ question, text }): Message[] => {
    const answer = fromStored(text ?? '""');
    const asked: Message = { role: 'user', content: fromStored(question ?? '""') };
    return answer === '' ? [asked] : [asked, { role: 'assistant', content: answer }];
  });
}

export interface TurnBeginner {
  readonly create: Conversations['create'];
  readonly addTurn: Conversations['addTurn'];
}

/** The part of the store in front of an answer: each call one short transaction. */
export function createTurnBeginner(db: Kysely<Tables>, worker: string, now: () => number): TurnBeginner {
  return {
    async create({ conversationId, owner, channel, key }, { answerId, question, askedAt = now() }, end) {
      await db.transaction().execute(async (transaction) => {
        await insertConversation(transaction, {
          id: conversationId, owner: toStoredOrNull(owner), key: toStoredOrNull(key), channel, title: toTitle(question), now: askedAt,
        });
        const turn = { answerId, conversationId, question: toStored(question), now: askedAt, worker };
        if (end === undefined) await insertTurn(transaction, { ...turn, position: 1 });
        else await insertEndedTurn(transaction, { ...turn, ...toEndColumns(end) });
      });
    },
    async addTurn(conversationId, { answerId, question, replaces }: NewTurn, owner) {
      const askedAt = now();
      return db.transaction().execute(async (transaction) => {
        const { rows } = await selectLatest(transaction, { id: toLookedForId(conversationId), owner: toStoredOrNull(owner) });
        const [last] = rows;
        if (last === undefined) return { status: 'missing' };
        if (last.state === 'running') {
          if (!isAbandoned({ worker: last.worker ?? '', asked_at: last.asked_at ?? 0 }, askedAt)) return { status: 'busy' };
          await failTurn(transaction, { answerId: last.answer_id ?? '' });
        }
        if (replaces !== undefined) {
          if (last.answer_id !== replaces) return { status: 'conflict' };
          await replaceTurn(transaction, { answerId: replaces, by: answerId });
        }
        await insertTurn(transaction, { answerId, conversationId, position: (last.position ?? 0) + 1, question: toStored(question), now: askedAt, worker });
        const before = rows.filter(({ answer_id: id }) => id !== null && id !== replaces).slice(0, HISTORY_TURNS);
        if (before.length === 0) await retitle(transaction, { id: conversationId, now: askedAt, title: toTitle(question) });
        else await touch(transaction, { id: conversationId, now: askedAt });
        return { status: 'added', history: toMessages(before) };
      });
    },
  };
}
