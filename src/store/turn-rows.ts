import type { Selectable } from 'kysely';
import type { Answer, Citation } from '../answer/answer.ts';
import { prepareQuery } from './prepared.ts';
import type { Turn, TurnEnd, TurnState } from './store.ts';
import { fromStored, toStored, toStoredOrNull } from './stored-text.ts';
import type { Tables } from './tables.ts';
import { isDead, LONGEST_ANSWER_MS } from './worker.ts';

export const TURN_COLUMNS = ['answer_id', 'question', 'asked_at', 'state', 'worker', 'text', 'citations', 'answer', 'evidence', 'steps', 'verdict'] as const;

/** Without names: forty sentences of evidence would else be the most of a turn. */
type StoredEvidence = readonly (readonly [passageId: string, start: number, end: number, score: number])[];

type TurnRow = Pick<Selectable<Tables['turns']>, (typeof TURN_COLUMNS)[number]>;

export const failTurn = prepareQuery<{ answerId: string }>((db, at) =>
  db.updateTable('turns').set({ state: 'failed' }).where('answer_id', '=', at('answerId')).where('state', '=', 'running'),
);

/** Whether nobody can be answering any more a turn that is `running`. */
export function isAbandoned({ worker, asked_at: askedAt }: Pick<TurnRow, 'worker' | 'asked_at'>, now: number): boolean {
  return isDead(worker) || now - askedAt > LONGEST_ANSWER_MS;
}

/** A kept turn as the store's callers see it; one that was left by a dead process is `failed` before it is swept. */
export function toTurn(row: TurnRow, now: number): Turn {
  const answer = row.answer === null ? undefined : fromStored<Answer>(row.answer);
  return {
    answerId: row.answer_id,
    question: fromStored(row.question),
    askedAt: row.asked_at,
    state: row.state === 'running' && isAbandoned(row, now) ? 'failed' : row.state,
    ...(answer && { answer }),
    text: fromStored(row.text),
    citations: answer?.citations ?? (row.citations === null ? [] : fromStored<Citation[]>(row.citations)),
    ...(row.evidence !== null && { evidence: fromStored<StoredEvidence>(row.evidence).map(([passageId, start, end, score]) => ({ passageId, start, end, score })) }),
    ...(row.steps !== null && { steps: fromStored<NonNullable<Turn['steps']>>(row.steps) }),
    ...(row.verdict !== null && { verdict: row.verdict }),
  };
}

/** What an end changes of a turn. */
export type EndColumns = Readonly<Record<'answer' | 'citations' | 'evidence' | 'steps', string | null>> & { readonly state: TurnState; readonly text: string };

/** The columns of an end. The text stands beside the answer, so that a conversation's history is read without its answers. */
export function toEndColumns({ state, answer, text, citations, evidence, steps }: TurnEnd): EndColumns {
  return {
    state,
    text: toStored(answer?.answer ?? text ?? ''),
    answer: toStoredOrNull(answer),
    citations: answer === undefined ? toStoredOrNull(citations) : null,
    evidence: toStoredOrNull(evidence?.map(({ passageId, start, end, score }): StoredEvidence[number] => [passageId, start, end, score])),
    steps: toStoredOrNull(steps),
  };
}
