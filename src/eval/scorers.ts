import type { Answer, Citation } from '../answer/answer.ts';
import type { Notice, Span } from '../corpus/notice.ts';
import { includesTokens, tokenizeAnswer } from './answer-tokens.ts';
import { CHAT } from './cases.ts';
import type { EvaluationCase, Gold } from './cases.ts';
import { findGoldSection } from './gold-sections.ts';
import { readOpeningWord } from './opening-word.ts';

/** What the rules of a right answer look at. */
export type JudgedAnswer = Pick<Answer, 'status' | 'answer' | 'citations'>;

/** What of a notice the scores need: its text and its outline. */
export type ScoredNotice = Pick<Notice, 'id' | 'text' | 'sections' | 'title' | 'source' | 'date' | 'publishedAt'> & {
  readonly passages: readonly Pick<Notice['passages'][number], 'id' | 'section' | 'label' | 'text' | 'start'>[];
};

/** The answer's own words: a mark [1] is taken out, [2020] of a document number stays. */
export function removeMarks(answer: string, citations: readonly Pick<Citation, 'n'>[]): string {
  const marks = new Set(citations.map(({ n }) => String(n)));
  return answer.replace(/\[(\d{1,3})\]/g, (mark, n: string) => (marks.has(n) ? ' ' : mark));
}

/** Which must groups and which must_nots an answer holds. */
export interface FoundWords {
  /** One a must group. */
  readonly must: readonly boolean[];
  readonly unwanted: readonly string[];
}

/** Looks for the gold's words in an answer. `names` open with a numeral and are none (三门), folded. */
export function findWords(gold: Gold, { answer, citations }: Pick<JudgedAnswer, 'answer' | 'citations'>, names: readonly string[]): FoundWords {
  const tokens = tokenizeAnswer(removeMarks(answer, citations), names);
  const has = (alternative: string): boolean => includesTokens(tokens, tokenizeAnswer(alternative, names));
  return { must: gold.must.map((group) => group.some(has)), unwanted: gold.must_not.filter(has) };
}

/** Why an answer is not right, one a rule; empty where it is. */
export function findFaults(evaluationCase: EvaluationCase, judged: JudgedAnswer, names: readonly string[] = []): string[] {
  const { status, answer, citations } = judged;
  const { kind, question, gold } = evaluationCase;
  if (gold.refuse && status !== 'refused') return [`should have been refused, was ${status}`];
  if (!gold.refuse && status === 'refused') return ['was refused'];
  if (kind === CHAT && status !== 'chat') return [`should have been small talk, was ${status}`];
  const found = findWords(gold, judged, names);
  const faults = gold.must.filter((_, index) => found.must[index] !== true).map((group) => `lacks ${group.join(' | ')}`);
  faults.push(...found.unwanted.map((unwanted) => `has ${unwanted}`));
  if (gold.polarity !== undefined) {
    const opening = readOpeningWord(removeMarks(answer, citations), question);
    if (opening !== undefined && opening !== gold.polarity) faults.push(`opens with ${opening}, not ${gold.polarity}`);
  }
  return faults;
}

/** Whether a citation is, character by character, what stands at its place. */
export function isValid({ noticeId, start, end, citedText }: Citation, notices: readonly Pick<Notice, 'id' | 'text'>[]): boolean {
  const notice = notices.find(({ id }) => id === noticeId);
  return notice !== undefined && citedText !== '' && notice.text.slice(start, end) === citedText;
}

export interface NoticeSpan extends Span {
  readonly noticeId: string;
}

export interface GoldPlaces {
  /** By quote; each may stand in several places. */
  readonly quotes: readonly (readonly NoticeSpan[])[];
  /** `noticeId/2.5.3` */
  readonly sections: readonly string[];
  /** Quotes and sections that stand in no notice. */
  readonly missing: readonly string[];
}

/** Where the answer is written: every place of every quote, and the sections as paths. */
export function findGoldPlaces(gold: Gold, notices: readonly ScoredNotice[]): GoldPlaces {
  const quotes: NoticeSpan[][] = [];
  const missing: string[] = [];
  for (const quote of [...(gold.quote === undefined ? [] : [gold.quote]), ...gold.quotes]) {
    const spans: NoticeSpan[] = [];
    for (const { id, text } of notices) {
      for (let start = text.indexOf(quote); start >= 0; start = text.indexOf(quote, start + 1)) {
        spans.push({ noticeId: id, start, end: start + quote.length });
      }
    }
    if (spans.length === 0) missing.push(`quote ${quote}`);
    else quotes.push(spans);
  }
  const sections: string[] = [];
  for (const name of gold.sections) {
    const found = notices.flatMap((notice) => {
      const path = findGoldSection(notice, name);
      return path === undefined ? [] : [`${notice.id}/${path}`];
    });
    if (found.length === 0) missing.push(`section ${name}`);
    sections.push(...found);
  }
  return { quotes, sections, missing };
}

const overlaps = (left: Span, right: Span): boolean => left.start < right.end && right.start < left.end;

/** Whether two stretches of the same notice share a character. */
export function meets(left: NoticeSpan, right: NoticeSpan): boolean {
  return left.noticeId === right.noticeId && overlaps(left, right);
}

/** Whether a citation lies where the answer is written. */
export function isAtGold(citation: Pick<Citation, 'noticeId' | 'section' | 'start' | 'end'>, { quotes, sections }: GoldPlaces): boolean {
  const path = `${citation.noticeId}/${citation.section}`;
  return (
    quotes.some((spans) => spans.some((span) => meets(span, citation))) ||
    sections.some((section) => path === section || path.startsWith(`${section}.`))
  );
}
