import type { Kysely } from 'kysely';
import type { Answer } from '../answer/answer.ts';
import type { LoggedQuestion, QuestionLog, Verdict } from './store.ts';
import { fromStored } from './stored-text.ts';
import type { Tables } from './tables.ts';

/** Whole answers are read to tell a little of each, so they are read page by page. */
const PAGE = 200;

interface LoggedRow {
  readonly answer_id: string;
  readonly conversation_id: string;
  readonly channel: LoggedQuestion['channel'];
  readonly asked_at: number;
  readonly question: string;
  readonly answer: string;
  readonly verdict: Verdict | null;
  readonly reason: string | null;
  readonly comment: string | null;
}

function toLoggedQuestion(row: LoggedRow): LoggedQuestion {
  const { status, mode, standaloneQuestion, degraded, refusal, support, dropped, timing, citations } = fromStored<Answer>(row.answer);
  return {
    answerId: row.answer_id,
    conversationId: row.conversation_id,
    channel: row.channel,
    askedAt: row.asked_at,
    question: fromStored(row.question),
    standaloneQuestion,
    status,
    mode,
    ...(refusal && { refusalKind: refusal.kind }),
    missing: refusal?.missing ?? [],
    ...(degraded && { degraded: degraded.reason }),
    support,
    dropped,
    totalMs: timing.totalMs,
    citations: citations.length > 0 ? citations : (refusal?.nearest ?? []),
    ...(row.verdict !== null && { verdict: row.verdict }),
    ...(row.reason !== null && { reason: fromStored(row.reason) }),
    ...(row.comment !== null && { comment: fromStored(row.comment) }),
  };
}

/** The log is the complete turns themselves: what is deleted is gone from it, too. */
export function createQuestionLog(db: Kysely<Tables>): QuestionLog {
  return {
    async list({ since = 0, until = Number.MAX_SAFE_INTEGER } = {}) {
      const logged: LoggedQuestion[] = [];
      let after = { askedAt: since, answerId: '' };
      for (;;) {
        const rows = await db
          .selectFrom('turns')
          .innerJoin('conversations', 'conversations.id', 'turns.conversation_id')
          .select(['answer_id', 'conversation_id', 'channel', 'asked_at', 'question', 'answer', 'verdict', 'reason', 'comment'])
          .where('state', '=', 'complete')
          .where('answer', 'is not', null)
          .where('asked_at', '>=', after.askedAt)
          .where('asked_at', '<', until)
          .where(({ or, eb }) => or([eb('asked_at', '>', after.askedAt), eb('answer_id', '>', after.answerId)]))
          .orderBy('asked_at')
          .orderBy('answer_id')
          .limit(PAGE)
          .$narrowType<{ answer: string }>()
          .execute();
        logged.push(...rows.map(toLoggedQuestion));
        const last = rows.at(-1);
        if (last === undefined || rows.length < PAGE) return logged;
        after = { askedAt: last.asked_at, answerId: last.answer_id };
      }
    },
  };
}
