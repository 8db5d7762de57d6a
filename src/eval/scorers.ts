import type { Answer, Citation } from '../answer/answer.ts';
import type { Notice, Span } from '../corpus/notice.ts';
import { includesTokens, tokenizeAnswer } from './answer-tokens.ts';
import { CHAT } from './cases.ts';
import type { EvaluationCase, Gold } from './cases.ts';
import { findGoldSection } from './gold-sections.ts';
import { readOpeningWord } from './opening-word.ts';

/** What is compared of an answer. */
export type ScoredAnswer = Pick<Answer, 'status' | 'answer' | 'citations' | 'refusal' | 'explain'>;

/** How one answer compares with the gold; what doesn't apply to the case is left out and enters no mean. */
export interface Score {
  readonly isRight: boolean;
  /** Why not, one a rule; empty where right. */
  readonly faults: readonly string[];
  readonly citations: { readonly total: number; readonly valid: number };
  /** A citation lies where the answer is written. Only where the case says where, and the assistant answered. */
  readonly isCitationHit?: boolean;
  /** Share of the citations that do, 0 to 1; 0 without citations. */
  readonly citationPrecision?: number;
  /** The best ranked sentence overlaps a gold quote. Only with quotes and `explain`; false where nothing was found. */
  readonly isFirstHit?: boolean;
}

export interface ScoreContext {
  readonly notices: readonly Notice[];
  /** Names that open with a numeral (三门), folded. */
  readonly names?: readonly string[];
}

/** The answer's own words: a mark [1] is taken out, [2020] of a document number stays. */
export function removeMarks(answer: string, citations: readonly Pick<Citation, 'n'>[]): string {
  const marks = new Set(citations.map(({ n }) => String(n)));
  return answer.replace(/\[(\d{1,3})\]/g, (mark, n: string) => (marks.has(n) ? ' ' : mark));
}

function findFaults(evaluationCase: EvaluationCase, { status, answer, citations }: ScoredAnswer, names: readonly string[]): string[] {
  const { kind, question, gold } = evaluationCase;
  if (gold.refuse && status !== 'refused') return [`should have been refused, was ${status}`];
  if (!gold.refuse && status === 'refused') return ['was refused'];
  if (kind === CHAT && status !== 'chat') return [`should have been small talk, was ${status}`];
  const words = removeMarks(answer, citations);
  const tokens = tokenizeAnswer(words, names);
  const has = (alternative: string): boolean => includesTokens(tokens, tokenizeAnswer(alternative, names));
  const faults = gold.must.filter((group) => !group.some(has)).map((group) => `lacks ${group.join(' | ')}`);
  faults.push(...gold.must_not.filter(has).map((unwanted) => `has ${unwanted}`));
  if (gold.polarity !== undefined) {
    const opening = readOpeningWord(words, question);
    if (opening !== undefined && opening !== gold.polarity) faults.push(`opens with ${opening}, not ${gold.polarity}`);
  }
  return faults;
}

function isValid({ noticeId, start, end, citedText }: Citation, notices: readonly Notice[]): boolean {
  const notice = notices.find(({ id }) => id === noticeId);
  return notice !== undefined && citedText !== '' && notice.text.slice(start, end) === citedText;
}

interface NoticeSpan extends Span {
  readonly noticeId: string;
}

export interface GoldPlaces {
  readonly spans: readonly NoticeSpan[];
  /** `noticeId/2.5.3` */
  readonly sections: readonly string[];
  /** Quotes and sections that stand in no notice. */
  readonly missing: readonly string[];
}

/** Where the answer is written: every place of every quote, and the sections as paths. */
export function findGoldPlaces(gold: Gold, notices: readonly Notice[]): GoldPlaces {
  const spans: NoticeSpan[] = [];
  const missing: string[] = [];
  for (const quote of [...(gold.quote === undefined ? [] : [gold.quote]), ...gold.quotes]) {
    const known = spans.length;
    for (const { id, text } of notices) {
      for (let start = text.indexOf(quote); start >= 0; start = text.indexOf(quote, start + 1)) {
        spans.push({ noticeId: id, start, end: start + quote.length });
      }
    }
    if (spans.length === known) missing.push(`quote ${quote}`);
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
  return { spans, sections, missing };
}

const overlaps = (left: Span, right: Span): boolean => left.start < right.end && right.start < left.end;

function isAtGold(citation: Citation, { spans, sections }: GoldPlaces): boolean {
  const path = `${citation.noticeId}/${citation.section}`;
  return (
    spans.some((span) => span.noticeId === citation.noticeId && overlaps(span, citation)) ||
    sections.some((section) => path === section || path.startsWith(`${section}.`))
  );
}

function isFirstHit({ explain }: ScoredAnswer, { spans }: GoldPlaces): boolean | undefined {
  if (explain === undefined || spans.length === 0) return undefined;
  const first = explain.evidence[0];
  return first !== undefined && spans.some((span) => first.passageId.startsWith(`${span.noticeId}/`) && overlaps(span, first));
}

/** Compares one answer with the gold of its case. */
export function scoreAnswer(evaluationCase: EvaluationCase, answer: ScoredAnswer, { notices, names = [] }: ScoreContext): Score {
  const faults = findFaults(evaluationCase, answer, names);
  const all = [...answer.citations, ...(answer.refusal?.nearest ?? [])];
  const valid = all.filter((citation) => isValid(citation, notices)).length;
  const base: Score = { isRight: faults.length === 0, faults, citations: { total: all.length, valid } };
  const { gold, kind } = evaluationCase;
  if (gold.refuse || kind === CHAT) return base;
  const places = findGoldPlaces(gold, notices);
  const firstHit = isFirstHit(answer, places);
  const ranked = firstHit === undefined ? base : { ...base, isFirstHit: firstHit };
  if (answer.status !== 'answered' || places.spans.length + places.sections.length === 0) return ranked;
  const hits = answer.citations.filter((citation) => isAtGold(citation, places)).length;
  return { ...ranked, isCitationHit: hits > 0, citationPrecision: answer.citations.length === 0 ? 0 : hits / answer.citations.length };
}
