import { MAY_BE_ROW } from '../corpus/tables.ts';
import { isSameUnit } from '../text/figure-units.ts';
import { parseFigures, sameFigure } from '../text/figures.ts';
import type { Figure } from '../text/figures.ts';
import { foldForMatching } from '../text/normalize.ts';
import type { Question } from './question.ts';
import type { ReadingMatter } from './reading.ts';
import { figuresOf } from './scene.ts';
import type { SceneClause } from './scene.ts';
import type { ScoredClause, ScoredSentence } from './scoring.ts';
import type { Candidate } from './yes-no-candidate.ts';

const MEASURES: ReadonlySet<Figure['kind']> = new Set(['count', 'percent', 'percentage-point', 'money']);
/** Whether a figure measures something, rather than tell a day or a place in a row. */
export const isMeasure = ({ kind }: Figure): boolean => MEASURES.has(kind);

const isDay = ({ kind }: Figure): boolean => kind === 'date' || kind === 'year';
const WEEKDAY = '星期';
/** Minutes in what spans of time are told by. */
const MINUTES: Readonly<Record<string, number>> = { 分钟: 1, 小时: 60, 天: 1440, 周: 10_080, 月: 43_200, 年: 518_400 };
const isSpan = ({ kind, unit }: Figure): boolean => kind === 'duration' && MINUTES[unit] !== undefined;
const valueOf = (figure: Figure): number => figure.value * (isSpan(figure) ? (MINUTES[figure.unit] ?? 1) : 1);

export const isSameMeasure = (left: Figure, right: Figure): boolean => (isSpan(left) && isSpan(right)) || (isDay(left) && isDay(right) && (left.unit === WEEKDAY) === (right.unit === WEEKDAY)) || (left.kind === right.kind && isSameUnit(left.unit, right.unit));
/** A day is in the month that the other one names (4月12日 in 四月份). */
const isInMonth = (day: Figure, month: Figure): boolean => (month.unit === '月' && day.unit.startsWith('月日')) || (month.unit === '年月' && day.unit.startsWith('年月日')) ? Math.floor(day.value / 100) === month.value : false;
/** A day without its year, as months and days; undefined for what names no month. */
function dayOfYear({ unit, value }: Figure): { readonly unit: string; readonly value: number } | undefined {
  if (unit.startsWith('年月日')) return { unit: unit.slice(1), value: value % 10_000 };
  if (unit.startsWith('年月')) return { unit: unit.slice(1), value: value % 100 };
  return unit.startsWith('月') ? { unit, value } : undefined;
}
const MONTH_END = '月底';
/** The last day of each month. */
const LAST_DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;
const isLastDay = (value: number): boolean => value === 228 || value % 100 === LAST_DAYS[Math.floor(value / 100) - 1];
/** The same day where one of the two leaves its year out (2月底 and 2026年2月底), the end of a month also as its last day (9月30日). */
function isSameDayOfYear(left: Figure, right: Figure): boolean {
  if (left.unit.startsWith('年') === right.unit.startsWith('年') && left.unit === right.unit) return false;
  const [one, other] = [dayOfYear(left), dayOfYear(right)];
  if (one === undefined || other === undefined || (left.unit.startsWith('年') && right.unit.startsWith('年'))) return false;
  const endsMonth = (end: typeof one, day: typeof one): boolean => end.unit === MONTH_END && day.unit === '月日' && Math.floor(day.value / 100) === end.value && isLastDay(day.value);
  return (one.unit === other.unit && one.value === other.value) || endsMonth(one, other) || endsMonth(other, one);
}
/** Whether two figures come to the same: 90分钟 and 1.5小时, 4月12日 and 四月份. */
export const isEqual = (left: Figure, right: Figure): boolean => sameFigure(left, right) || valueOf(left) === valueOf(right) || isInMonth(left, right) || isInMonth(right, left) || isSameDayOfYear(left, right);

/** Sentences in which the figures of a question are looked for. */
const LOOKED_AT = 12;
/** How much of the words told of a figure a clause must hold to speak of the same. */
const SPEAKS_OF_IT = 0.5;

/** A day of a month, as against a year or a month. */
const NAMES_DAY = /月日/u;

/** Whether the clauses of a sentence hold every quantity that the question names, or a limit that it falls under. */
export function holdsNamedFigures({ question }: ReadingMatter, { clauses }: ScoredSentence): boolean {
  return question.figures.filter((figure) => isMeasure(figure) || (isDay(figure) && NAMES_DAY.test(figure.unit))).every((asked) => clauses.some(({ clause }) => figuresOf(clause).some((figure) => (isSameMeasure(figure, asked) && isEqual(figure, asked)) || testLimit(question, figure, asked, clause) === true)));
}

const YEARS = /(?:19|20)\d{2}(?=年)/gu;

/** The clause that gives the question's quantity, but for another year than the question names (2025年仍按350元); undefined where none does. */
export function findOtherYear({ question }: ReadingMatter, { clauses }: ScoredSentence): number | undefined {
  const years: readonly string[] = question.folded.match(YEARS) ?? [];
  const asked = question.figures.find(isMeasure);
  if (years.length === 0 || asked === undefined) return undefined;
  const holds = ({ clause }: ScoredClause): boolean => figuresOf(clause).some((figure) => isSameMeasure(figure, asked) && isEqual(figure, asked));
  const found = clauses.flatMap((each, index) => (holds(each) ? [index] : []));
  const yearsOf = (index: number): readonly string[] => clauses.slice(0, index + 1).map(({ clause }) => clause.folded.match(YEARS) ?? []).findLast((own) => own.length > 0) ?? [];
  const isOther = (index: number): boolean => yearsOf(index).length > 0 && !yearsOf(index).some((year) => years.includes(year));
  return found.length > 0 && found.every(isOther) ? found[0] : undefined;
}

/** What is made of several quantities that a question names: one that the notice gives otherwise, or one that it doesn't give at all. */
export type TestedFigures = { readonly verdict: 'other'; readonly candidate: Candidate } | { readonly verdict: 'missing' };

/** The terms, by position, that stand between two places of the question. */
function termsBetween({ question, terms }: ReadingMatter, from: number, to: number): number[] {
  return terms.flatMap(({ term }, index) => {
    const at = question.folded.indexOf(term.text, from);
    return term.role !== 'frame' && term.role !== 'figure' && at >= from && at + term.text.length <= to ? [index] : [];
  });
}

/** The clause that speaks of the terms and gives a quantity of the same measure, best first; undefined where none does. */
function findClause({ sentences, terms }: ReadingMatter, told: readonly number[], asked: Figure): Candidate | undefined {
  const total = told.reduce((sum, index) => sum + (terms[index]?.weight ?? 0), 0);
  const share = ({ ownStrengths }: ScoredClause): number => told.reduce((sum, index) => sum + (terms[index]?.weight ?? 0) * (ownStrengths[index] ?? 0), 0) / total;
  const candidates = sentences.slice(0, LOOKED_AT).flatMap((sentence) =>
    sentence.clauses.flatMap((clause, index) => (share(clause) >= SPEAKS_OF_IT && figuresOf(clause.clause).some((figure) => isSameMeasure(figure, asked)) ? [{ sentence, index, clause, share: share(clause) + clause.coverage }] : [])),
  );
  return candidates.toSorted((left, right) => right.share - left.share)[0];
}

/** A quantity of the question, the terms told of it, and the figure of a clause that it equals. */
interface Matched {
  readonly told: readonly number[];
  readonly candidate: Candidate;
  readonly own: Figure;
}

/** Whether two quantities stand in one clause the other way round: 木质45艘、铁质15艘, where the question has 木质15艘、铁质45艘. */
function areSwapped({ terms }: ReadingMatter, left: Matched, right: Matched): boolean {
  const { clause } = left.candidate.clause;
  if (clause !== right.candidate.clause.clause || left.own.start === right.own.start) return false;
  const placeOf = ({ told }: Matched, other: Matched): number => told.reduce((at, index) => (at >= 0 || other.told.includes(index) ? at : clause.folded.indexOf(terms[index]?.term.text ?? '')), -1);
  const [first, second] = [placeOf(left, right), placeOf(right, left)];
  return first >= 0 && second >= 0 && first !== second && first < second !== left.own.start < right.own.start;
}

/**
 * Tests the quantities of a question that names several (普惠园98%、等级园90%), each by the words told of it; undefined where it names only one, or all of
 * them are what the notice gives.
 */
export function testFigures(matter: ReadingMatter): TestedFigures | undefined {
  const { folded } = matter.question;
  const asked = parseFigures(folded).filter(isMeasure);
  if (asked.length < 2) return undefined;
  const isToldBefore = termsBetween(matter, 0, asked[0]?.start ?? 0).length > 0;
  let isMissing = false;
  const matched: Matched[] = [];
  for (const [position, figure] of asked.entries()) {
    const told = isToldBefore ? termsBetween(matter, asked[position - 1]?.end ?? 0, figure.start) : termsBetween(matter, figure.end, asked[position + 1]?.start ?? folded.length);
    const candidate = told.length === 0 ? undefined : findClause(matter, told, figure);
    if (candidate !== undefined) {
      const { sentence, clause } = candidate;
      // A row's cells belong together.
      const clauses = MAY_BE_ROW.test(sentence.sentence.sentence.text) ? sentence.clauses : [clause];
      const own = clauses.flatMap((each) => figuresOf(each.clause)).find((each) => isSameMeasure(each, figure) && isEqual(each, figure));
      if (own === undefined || (clauses.length === 1 && matched.some((other) => areSwapped(matter, other, { told, candidate, own })))) return { verdict: 'other', candidate };
      if (clauses.length === 1) matched.push({ told, candidate, own });
    } else {
      const isGiven = matter.sentences.slice(0, LOOKED_AT).some(({ clauses }) => clauses.some(({ clause }) => figuresOf(clause).some((own) => isSameMeasure(own, figure) && isEqual(own, figure))));
      isMissing ||= !isGiven;
    }
  }
  return isMissing ? { verdict: 'missing' } : undefined;
}

/** What a question asks of whoever its figure tells of: 300万元的项目〔必须公开吗〕, 停课四天,〔用不用报批〕. */
const ASKS_OF_IT = /能|可以|必须|要不要|要(?!求|达|到)|用不用|需要|应当|应该|得|还|算|是否|允许|属于/u;
const SHORTEST_PREDICATE = 3;
/** A figure that is said of the thing itself: 达到95%, 是3年. */
const IS_SAID = /(?:达到|达|是|为|到|要|有|超过|低于|高于|至少|最多|不少于|补|给|罚|奖|收|交|付)$/u;

/** First and last day of a date as digits; undefined for what is no day, month or year with its year. */
function daysOf({ unit, value }: Figure): readonly [number, number] | undefined {
  if (unit.startsWith('年月日')) return [value, value];
  if (unit.startsWith('年月')) return [value * 100 + 1, value * 100 + 31];
  return unit === '年' ? [value * 10_000 + 101, value * 10_000 + 1231] : undefined;
}

/** Whether a date falls between the two that a clause tells (2021年9月1日至2022年8月31日). */
export function isBetween(asked: Figure, text: string): boolean {
  const [from, to, other] = parseFigures(text).filter(isDay);
  const [first, last, meant] = [from, to, asked].map((figure) => (figure === undefined ? undefined : daysOf(figure)));
  if (from === undefined || to === undefined || other !== undefined || first === undefined || last === undefined || meant === undefined) return false;
  return /^\s*(?:至|到|-|—|~|～)/u.test(text.slice(from.end)) && first[0] <= meant[0] && meant[1] <= last[1];
}

/** 年满60周岁, 使用满12年: what is reached, and may be passed. */
const HAS_REACHED = '满';
const NAMES_LIMIT_ITSELF = /^(?:以上|以下|以后|之后|后)?才(?:能|不|可|准|让|算|给|得)/u;

/** Whether the question's figure only tells of whom or what it asks. */
export function isCondition({ folded }: Question, asked: Figure): boolean {
  const at = folded.indexOf(foldForMatching(asked.text));
  if (at < 0 || IS_SAID.test(folded.slice(0, at))) return false;
  const behind = folded.slice(at + foldForMatching(asked.text).length).replace(/[?？吗么吧呢]+$/u, '');
  // 「用满10年才不能用吗」 tells a limit, and no case.
  if (NAMES_LIMIT_ITSELF.test(behind) || (folded.slice(0, at).endsWith(HAS_REACHED) && behind.startsWith('就'))) return false;
  return behind.length >= SHORTEST_PREDICATE && ASKS_OF_IT.test(behind);
}


/**
 * Whether what a question's figure tells of falls under a limit of the clause (200万元以上, 未满16周岁, 年满60周岁, 18至45周岁); undefined where the one is no
 * limit, or the other no such figure.
 */
export function testLimit(question: Question, limit: Figure, asked: Figure, { text }: Pick<SceneClause, 'text'>): boolean | undefined {
  const isAge = limit.unit === '岁' && asked.unit === '岁';
  if (!isSameMeasure(limit, asked) || isDay(asked) || asked.comparator !== 'exactly' || (!isAge && question.kind !== 'figure' && !isCondition(question, asked))) return undefined;
  if (limit.upper !== undefined) return valueOf(asked) >= valueOf(limit) && valueOf(asked) <= valueOf({ ...limit, value: limit.upper });
  const isReached = (isAge || limit.kind === 'duration') && limit.comparator === 'exactly' && text.slice(0, limit.start).endsWith(HAS_REACHED);
  switch (isReached ? 'at-least' : limit.comparator) {
    case 'less-than':
      return valueOf(asked) < valueOf(limit);
    case 'at-most':
      return valueOf(asked) <= valueOf(limit);
    case 'at-least':
      return valueOf(asked) >= valueOf(limit);
    case 'more-than':
      return valueOf(asked) > valueOf(limit);
    default:
      return undefined;
  }
}
