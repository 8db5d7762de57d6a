import { MAY_BE_ROW } from '../../corpus/tables.ts';
import { parseFigures } from '../../text/figures.ts';
import type { Figure } from '../../text/figures.ts';
import type { ReadingMatter } from '../evidence/reading.ts';
import { isDay, isEqual, isMeasure, isSameMeasure } from '../../text/same-measure.ts';
import { figuresOf } from '../evidence/scene.ts';
import type { ScoredClause, ScoredSentence } from '../evidence/scoring.ts';
import { isCondition, testLimit } from '../figures/tested-limits.ts';
import type { Candidate } from './yes-no-candidate.ts';

/** Sentences in which the figures of a question are looked for. */
const LOOKED_AT = 12;
/** 一场, 一个: of each, and no quantity beside another. */
const ONE_OF = /^一\p{Script=Han}{1,2}$/u;
/** How much of the words told of a figure a clause must hold to speak of the same. */
const SPEAKS_OF_IT = 0.5;

/** 考核85分,〔能拿95%吧〕: what tells of somebody's case is only held against limits. */
const OF_CASE: ReadonlySet<string> = new Set(['分', '岁']);

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
  const asked = parseFigures(folded).filter((figure) => isMeasure(figure) && !ONE_OF.test(figure.text) && !(OF_CASE.has(figure.unit) && isCondition(matter.question, figure)));
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
