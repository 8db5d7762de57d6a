import { readFileSync } from 'node:fs';
import type { Citation } from '../../src/answer/answer.ts';
import { parseNotice } from '../../src/corpus/load.ts';
import { parseCases } from '../../src/eval/cases.ts';
import type { EvaluationCase } from '../../src/eval/cases.ts';
import type { ScoredAnswer } from '../../src/eval/scorers.ts';

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

export const answered = (answer: string, ...citations: Citation[]): ScoredAnswer => ({ status: 'answered', answer, citations });

export const refused: ScoredAnswer = { status: 'refused', answer: '通知没有写到摇号，无法回答这个问题。', citations: [] };

export const chatted: ScoredAnswer = { status: 'chat', answer: '您好，我是问策。', citations: [] };
