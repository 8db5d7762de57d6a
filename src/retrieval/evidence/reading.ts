import { MAY_BE_ROW } from '../../corpus/tables.ts';
import type { Span } from '../../corpus/notice.ts';
import type { Target } from '../../corpus/target.ts';
import type { Computed } from './computed.ts';
import type { CitedSpan } from './evidence.ts';
import type { Figure } from '../../text/figures.ts';
import { figuresOf } from './scene.ts';
import type { SceneClause } from './scene.ts';
import type { WeightedTerm, ScoredSentence } from './scoring.ts';
import type { Lexicon } from '../../corpus/lexicon.ts';
import type { Question } from '../question/question.ts';
import type { Table } from './tables.ts';
import type { Term } from '../question/term.ts';

/** One thing to say: the exact place, and what stands out in it. */
export interface Point {
  readonly span: CitedSpan;
  /** The figure or name in the span that answers by itself. */
  readonly lead?: string;
  /** Of a table's row: what is asked of it, in the table's own words. */
  readonly cell?: NamedCell;
}

/** A cell with the names of its row and its column, as the table writes them. */
export interface NamedCell {
  readonly name: string;
  readonly column: string;
  readonly text: string;
  /** What names the columns. */
  readonly header: CitedSpan;
}

/** Why there is no answer, before it is worded. */
export type RefusalReason = 'outside' | 'attribute' | 'scope' | 'off-topic';

/** What is counted over the points: entries of a list, places that speak of something, parts, documents, targets. */
export interface Counted {
  readonly kind: 'count';
  readonly n: number;
  readonly unit: 'entries' | 'places' | 'parts' | 'documents' | 'targets';
  /** The classifier that was asked for (几件); left out where none was. */
  readonly classifier?: string;
}

/**
 * What the notices say to a question, as places to quote. A refusal is firm where a word that discriminates (year, place, level, attribute)
 * is missing: no model may then answer either; else it only means that the words were not found.
 */
export type Reading =
  | {
      readonly verdict: 'answered';
      readonly shape: 'figure' | 'list' | 'place' | 'yes-no' | 'sentences';
      readonly points: readonly Point[];
      /** Little of the question stands in them: they are what comes nearest, and are said to be. */
      readonly isNear?: boolean;
      /** The question puts to the test what the notices never name: what is quoted only comes near. */
      readonly leavesUntold?: boolean;
      /** Of a yes-no reading; left out where the notice is on the subject, but not in the question's words. */
      readonly polarity?: 'yes' | 'no';
      /** What code computed from the points, to be said in front of them. */
      readonly opening?: Counted | Computed;
    }
  | { readonly verdict: 'refused'; readonly reason: RefusalReason; readonly missing: readonly string[]; readonly isFirm: boolean };

/** What readers work on: the question, its terms by weight, and every scored sentence, best first. */
export interface ReadingMatter {
  readonly question: Question;
  readonly terms: readonly WeightedTerm[];
  readonly sentences: readonly ScoredSentence[];
  /** They are all that the notices in question hold: only then may what is found be counted. */
  readonly isWhole?: boolean;
  /** The tables of the notices in question, whole. */
  readonly tables?: readonly Table[];
  /** The table of targets of a notice; empty where it is too long to be read for a question. Left out, there is no table. */
  readonly targetsOf?: (noticeId: string) => readonly Target[];
}

/** A figure with the clause that it stands in. */
export interface PlacedFigure {
  readonly figure: Figure;
  readonly sentence: ScoredSentence;
  readonly clauseIndex: number;
  readonly score: number;
}

/** The whole sentence as a place to cite, without its closing semicolon. */
export function citeSentence(scored: ScoredSentence): CitedSpan {
  const { sentence, source } = scored.sentence;
  const text = sentence.text.replace(/[;；]+$/u, '');
  return { ...source, start: sentence.start, end: sentence.start + text.length, text };
}

/** Clauses `from` to `to` of a sentence as a place to cite; a table's row is cited whole, since a cell alone says nothing. */
export function citeClauses(scored: ScoredSentence, from: number, to: number): CitedSpan {
  const { sentence, source } = scored.sentence;
  const first = sentence.clauses[from];
  const last = sentence.clauses[to];
  if (first === undefined || last === undefined || MAY_BE_ROW.test(sentence.text)) return citeSentence(scored);
  return { ...source, start: first.start, end: last.end, text: sentence.text.slice(first.start - sentence.start, last.end - sentence.start) };
}

/** A part of a clause as a place to cite, by its offsets in the clause. */
export function citePart(scored: ScoredSentence, index: number, part: Span): CitedSpan {
  const { sentence, source } = scored.sentence;
  const from = sentence.clauses[index]?.start ?? sentence.start;
  const [start, end] = [from + part.start, from + part.end];
  return { ...source, start, end, text: sentence.text.slice(start - sentence.start, end - sentence.start) };
}

/** A clause that only limits what the one before says (一般为3年,〔最长不超过5年〕), and has its subject. */
export const LIMITS_BEFORE = /^(?:但)?(?:最[长短多少高低大小宽深厚重远快晚迟早]|不(?:得)?超过|不(?:得)?[低少]于|一般(?=[为是不在以按到\d]))/u;

/** A clause that only says what the one before is to become: 去年为91%,〔力争今年底达到93%〕. */
const AIMS_BEFORE = /^(?:(?:力争|争取|确保|计划|预计|到)+(?:今年|明年|本年|(?:19|20)\d{2}年)?(?:年?底|末)?(?:再|要)?|(?:今年|明年|(?:19|20)\d{2}年)底?(?:力争|争取|确保|计划)?)(?:达到|提高到|提升到|增加到|增至|降到|降至|下降到|突破|超过)(?:\d|[一二三四五六七八九十])/u;

/** A clause that only says how the figure of the one before has changed: 铁路68万人次,〔增长12%〕. */
export const CHANGES_BEFORE = /^(?:同比|环比|(?:比|较)(?:上年|去年)(?:同期)?)?(?:增长|下降|增加|减少|提高|降低|上升|增幅|降幅)(?:了|约|为)?(?=\d)/u;

const LETTERS = /[\p{L}\p{N}]/gu;
const FEW_LETTERS = 1;

/** Whether a clause says nothing by itself, and goes on with the subject of the one before: a limit, or a figure and no more (小班5个班,〔125人〕). */
export function goesOnBefore(clause: SceneClause, { sentence }: ScoredSentence): boolean {
  if (LIMITS_BEFORE.test(clause.text) || AIMS_BEFORE.test(clause.text) || CHANGES_BEFORE.test(clause.text)) return true;
  // A row's cells stand each under a column of its own.
  if (MAY_BE_ROW.test(sentence.sentence.text)) return false;
  const [figure, other] = figuresOf(clause);
  return figure !== undefined && other === undefined && (`${clause.text.slice(0, figure.start)}${clause.text.slice(figure.end)}`.match(LETTERS)?.length ?? 0) <= FEW_LETTERS;
}

/** Below this, a term counts as not standing in a clause. */
const STANDS = 0.5;
const COUNTS = 0.35;

/**
 * Widens a clause to its neighbours where they hold words of the question that it lacks, so that the quotation says what it is about.
 * `mayTake` tells which neighbours may come along.
 */
export function widenClause(matter: ReadingMatter, scored: ScoredSentence, index: number, mayTake: (clause: number) => boolean): readonly [number, number] {
  const { terms } = matter;
  const holds = (clause: number, term: number): boolean => (scored.clauses[clause]?.ownStrengths[term] ?? 0) >= STANDS;
  const lacking = terms.flatMap(({ weight }, term) => (weight >= COUNTS && !holds(index, term) ? [term] : []));
  let from = index;
  let to = index;
  for (let clause = index - 1; clause >= 0 && mayTake(clause); clause -= 1) if (lacking.some((term) => holds(clause, term))) from = clause;
  const found = lacking.filter((term) => Array.from({ length: index - from }, (_, offset) => from + offset).some((clause) => holds(clause, term)));
  const held = new Set(found);
  const still = lacking.filter((term) => !held.has(term));
  for (let clause = index + 1; clause < scored.clauses.length && mayTake(clause); clause += 1) if (still.some((term) => holds(clause, term))) to = clause;
  return [from, to];
}

/** Whether a clause that lacks the term holds a word that shuts it out, and that the question doesn't name as well. */
export function contradictsTerm(term: Term, ownStrength: number, folded: string, { folded: question, terms }: Question, lexicon: Lexicon): boolean {
  if (ownStrength >= 0.9) return false;
  if (/以外|之外|除外/u.test(folded) && [`${term.text}以外`, `${term.text}之外`, `${term.text}除外`].some((exception) => folded.includes(exception))) return true;
  return (lexicon.opposites.get(term.text) ?? []).some((opposite) => folded.includes(opposite) && !question.includes(opposite) && !term.alternatives.includes(opposite) && !terms.some((other) => other.alternatives.includes(opposite)));
}

/** Below this weight a word that the notices know may be missing from an answer. */
const KNOWN_COUNTS = 0.4;
/** More than the passage as a whole gives: the word stands in the sentence, the one before, or a heading. */
const HELD_NEAR = 0.45;

/** Says that a time is asked for, and need not stand where it is told. */
const NAMES_TIME = /^(?:时限|期限|时间|时长|日期|时效|周期|有效期)$/u;

/** A noun that the notices know, but not here: what stands here is about something else. */
export function findKnownMisses(matter: ReadingMatter, strengths: readonly number[]): WeightedTerm[] {
  // 公司 of 中介公司, for which the notice writes 中介机构.
  const isPartOfHeld = (text: string): boolean => matter.terms.some((other, index) => other.term.text.length > text.length && other.term.text.includes(text) && (strengths[index] ?? 0) >= HELD_NEAR);
  return matter.terms.filter(({ term, weight, isKnown, isUnheard }, index) =>
    (isKnown || (!isUnheard && term.isNoun && term.alternatives.length > 0 && (matter.question.kind === 'figure' || matter.question.kind === 'yes-no'))) && term.role === 'content' && !term.isLoose && !term.isAside && !term.isCommon && !(matter.question.kind === 'when' && NAMES_TIME.test(term.text)) && term.text.length > 1 && weight >= KNOWN_COUNTS && (strengths[index] ?? 0) < HELD_NEAR && !isPartOfHeld(term.text));
}

/** The words that stand nowhere in the notices, as asked; the weightiest first. */
export function listMissing(matter: ReadingMatter, strengths: readonly number[]): string[] {
  return matter.terms
    .filter(({ term, isKnown }, index) => !isKnown && term.role !== 'frame' && term.text.length > 1 && !term.isGuess && !term.isCommon && !term.isAside && (strengths[index] ?? 0) < 0.35)
    .toSorted((left, right) => right.weight - left.weight)
    .map(({ term }) => term.text);
}

/** The refusal that fits what is missing. A word that the notices know is not said to be missing from them: they only say nothing of it together with the rest. */
export function refuse(missing: readonly WeightedTerm[], words: readonly string[], isFirm: boolean): Reading {
  const absent = missing.filter(({ isKnown, isWritten }) => !isKnown && !isWritten);
  const told = [...new Set([...absent.map(({ term }) => term.text), ...words])];
  const hasScope = absent.some(({ term }) => term.role === 'place' || term.role === 'year' || term.role === 'level');
  const isOfKnown = missing.length > 0 && told.length === 0;
  const reason = hasScope ? 'scope' : isOfKnown || missing.some(({ term }) => term.role === 'attribute') ? 'attribute' : 'outside';
  return { verdict: 'refused', reason, missing: told, isFirm };
}
