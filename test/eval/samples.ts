import { readFileSync } from 'node:fs';
import type { Citation, Claim } from '../../src/answer/answer.ts';
import { parseNotice } from '../../src/corpus/load.ts';
import { parseCases } from '../../src/eval/cases.ts';
import type { EvaluationCase } from '../../src/eval/cases.ts';
import { measureAnswer } from '../../src/eval/measures.ts';
import type { CaseRecord, KeptAnswer } from '../../src/eval/record.ts';
import { findFaults } from '../../src/eval/scorers.ts';

export const notice = parseNotice('2020-taizhou-education.txt', readFileSync('corpus/2020-taizhou-education.txt'));

export function createCase(gold: object, fields: object = {}): EvaluationCase {
  const [made] = parseCases('made', JSON.stringify({ id: 'one', kind: 'figure', question: '多少？', gold, ...fields }));
  if (made === undefined) throw new Error('no case');
  return made;
}

/** Cites the first place of a text of the notice, as the assistant would. */
export function cite(citedText: string, n = 1): Citation {
  const start = notice.text.indexOf(citedText);
  const passage = notice.passages.find((candidate) => candidate.start <= start && start < candidate.end);
  if (start < 0 || passage === undefined) throw new Error(`nowhere: ${citedText}`);
  const { id: passageId, section, label } = passage;
  return { n, noticeId: notice.id, passageId, section, label, citedText, start, end: start + citedText.length };
}

const base = { mode: 'extractive', standaloneQuestion: '多少？' } as const;

/** An answer of one claim a sentence, each with the marks that stand behind it. */
export function answered(answer: string, ...citations: Citation[]): KeptAnswer {
  const claims = [...answer.matchAll(/([^[\]]+)((?:\[\d+\])*)/gu)].map(([, text = '', marks = '']): Claim => ({ text, citations: [...marks.matchAll(/\d+/gu)].map(([n]) => Number(n)) }));
  return { ...base, status: 'answered', answer, claims, citations };
}

export const refused: KeptAnswer = { ...base, status: 'refused', answer: '通知没有写到摇号，无法回答这个问题。', claims: [], citations: [] };

export const chatted: KeptAnswer = { ...base, status: 'chat', answer: '您好，我是问策。', claims: [], citations: [] };

export interface RecordFields {
  readonly set?: string;
  readonly perturbation?: CaseRecord['perturbation'];
  readonly repeat?: number;
}

/** The record of a case that was answered so. */
export function recordOf(evaluationCase: EvaluationCase, answer: KeptAnswer, { set = 'set', perturbation, repeat = 1 }: RecordFields = {}): CaseRecord {
  const reasons = findFaults(evaluationCase, answer, ['三门']);
  const { id, kind, question } = evaluationCase;
  const suffix = `${perturbation === undefined ? '' : `~${perturbation}`}${repeat > 1 ? `@${repeat}` : ''}`;
  return {
    key: `${set}#${id}${suffix}`, set, id, kind, question, ...(perturbation && { perturbation }), repeat, expected: '', verdict: reasons.length === 0 ? 'pass' : 'fail',
    reasons, answer, measures: perturbation === undefined ? measureAnswer(evaluationCase, answer, reasons.length === 0, { notices: [notice], names: ['三门'] }) : {},
  };
}

/** The record of a case to which no answer came. */
export function failedRecord(evaluationCase: EvaluationCase, reason = 'the server could not be reached', set = 'set'): CaseRecord {
  const { id, kind, question } = evaluationCase;
  return { key: `${set}#${id}`, set, id, kind, question, repeat: 1, expected: '', verdict: 'error', reasons: [reason], measures: {} };
}
