import { readFileSync } from 'node:fs';
import type { AnswerRequest } from '../../src/answer/draft.ts';
import type { Message } from '../../src/answer/answer.ts';
import { buildLexicon } from '../../src/corpus/lexicon.ts';
import type { CitedSpan, Evidence, EvidenceSentence } from '../../src/retrieval/evidence/evidence.ts';
import { parseQuestion } from '../../src/retrieval/question/question.ts';

const notice = readFileSync(new URL('../../corpus/2020-taizhou-education.txt', import.meta.url), 'utf8');

/** A sentence of the notice as it may be cited. */
export function span(text: string, section = '1.2', label = '一、聚焦补短提升 › 二是加快补齐学前教育短板'): CitedSpan {
  const start = notice.indexOf(text);
  if (start < 0) throw new Error(`「${text}」 does not stand in the notice.`);
  return { noticeId: '2020-taizhou-education', passageId: `2020-taizhou-education/${section}`, section, label, text, start, end: start + text.length };
}

/** Evidence for a question from these places, best first. */
export function evidenceFor(question: string, ...spans: readonly CitedSpan[]): Evidence {
  const sentences = spans.map((place, index): EvidenceSentence => ({ ...place, score: 1 / (index + 1), headings: [] }));
  return { question: parseQuestion(question, buildLexicon({})), sentences, embedderFailed: false,
    coverage: 1, terms: [], reading: { verdict: 'answered', shape: 'sentences', points: spans.map((place) => ({ span: place })) } };
}

export function ask(question: string, spans: readonly CitedSpan[], history: readonly Message[] = []): AnswerRequest {
  return { evidence: evidenceFor(question, ...spans), history };
}
