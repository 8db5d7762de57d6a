import { MAY_BE_ROW } from '../corpus/tables.ts';
import { isSameUnit } from '../text/figure-units.ts';
import { parseFigures, sameFigure } from '../text/figures.ts';
import type { Figure } from '../text/figures.ts';
import type { ReadingMatter } from './reading.ts';
import { figuresOf } from './scene.ts';
import type { ScoredClause, ScoredSentence } from './scoring.ts';
import type { Candidate } from './yes-no-candidate.ts';

const MEASURES: ReadonlySet<Figure['kind']> = new Set(['count', 'percent', 'percentage-point', 'money']);
/** Whether a figure measures something, rather than tell a day or a place in a row. */
export const isMeasure = ({ kind }: Figure): boolean => MEASURES.has(kind);

const isDay = ({ kind }: Figure): boolean => kind === 'date' || kind === 'year';
const WEEKDAY = '星期';
export const isSameMeasure = (left: Figure, right: Figure): boolean => (isDay(left) && isDay(right) && (left.unit === WEEKDAY) === (right.unit === WEEKDAY)) || (left.kind === right.kind && isSameUnit(left.unit, right.unit));
const isEqual = (left: Figure, right: Figure): boolean => sameFigure(left, right) || left.value === right.value;

/** Sentences in which the figures of a question are looked for. */
const LOOKED_AT = 12;
/** How much of the words told of a figure a clause must hold to speak of the same. */
const SPEAKS_OF_IT = 0.5;

/** A day of a month, as against a year or a month. */
const NAMES_DAY = /月日/u;

/** Whether the clauses of a sentence hold every quantity that the question names, or a limit that it falls under. */
export function holdsNamedFigures({ question }: ReadingMatter, { clauses }: ScoredSentence): boolean {
  const held = clauses.flatMap(({ clause }) => figuresOf(clause));
  return question.figures.filter((figure) => isMeasure(figure) || (isDay(figure) && NAMES_DAY.test(figure.unit))).every((asked) => held.some((figure) => (isSameMeasure(figure, asked) && isEqual(figure, asked)) || testAge(figure, asked) === true));
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
  for (const [position, figure] of asked.entries()) {
    const told = isToldBefore ? termsBetween(matter, asked[position - 1]?.end ?? 0, figure.start) : termsBetween(matter, figure.end, asked[position + 1]?.start ?? folded.length);
    const candidate = told.length === 0 ? undefined : findClause(matter, told, figure);
    if (candidate !== undefined) {
      const { sentence, clause } = candidate;
      // A row's cells belong together.
      const clauses = MAY_BE_ROW.test(sentence.sentence.sentence.text) ? sentence.clauses : [clause];
      if (!clauses.flatMap((each) => figuresOf(each.clause)).some((own) => isSameMeasure(own, figure) && isEqual(own, figure))) return { verdict: 'other', candidate };
    } else {
      const isGiven = matter.sentences.slice(0, LOOKED_AT).some(({ clauses }) => clauses.some(({ clause }) => figuresOf(clause).some((own) => isSameMeasure(own, figure) && isEqual(own, figure))));
      isMissing ||= !isGiven;
    }
  }
  return isMissing ? { verdict: 'missing' } : undefined;
}

/** Whether somebody of the age that a question names falls under a limit of age; undefined where one of the two is none. */
export function testAge(limit: Figure, asked: Figure): boolean | undefined {
  if (limit.unit !== '岁' || asked.unit !== '岁' || asked.comparator !== 'exactly') return undefined;
  switch (limit.comparator) {
    case 'less-than':
      return asked.value < limit.value;
    case 'at-most':
      return asked.value <= limit.value;
    case 'at-least':
      return asked.value >= limit.value;
    case 'more-than':
      return asked.value > limit.value;
    default:
      return undefined;
  }
}
