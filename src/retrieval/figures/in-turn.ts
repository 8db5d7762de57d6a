import { foldForMatching } from '../../text/normalize.ts';
import { matchTerm } from '../evidence/match.ts';
import type { PlacedFigure, ReadingMatter } from '../evidence/reading.ts';
import { figuresOf } from '../evidence/scene.ts';

const JOINT = /[、和与及]/u;
const IN_TURN = '分别';

/** 「甲、乙、丙…分别为一、二、三」: the things named in a row, as many as there are figures; empty where it tells none so. */
export function readListed(before: string, count: number): readonly string[] {
  const at = before.indexOf(IN_TURN);
  const clauses = at < 0 ? [] : before.slice(0, at).split(/[,，;；:：。]/u);
  return clauses.map((clause) => clause.split(JOINT)).findLast((parts) => parts.length === count) ?? [];
}

const HOLDS = 0.7;

/**
 * Which of the names the question means, by what it says of them; undefined where it means none, or several as well. What only the last one holds may be
 * said of all (小学、初中〔巩固率〕).
 */
function findMeant({ terms }: ReadingMatter, names: readonly string[]): number | undefined {
  const held = terms.map(({ term, weight }) => names.map((name) => (matchTerm(term, name) >= HOLDS ? weight : 0)));
  const sumOf = (index: number): number => held.filter((each) => each.some((value) => value !== each[0])).reduce((sum, each) => sum + (each[index] ?? 0), 0);
  const last = names.length - 1;
  const sums = names.map((_, index) => sumOf(index));
  const earlier = sums.slice(0, last);
  const highest = Math.max(...earlier);
  if (highest <= 0) return (sums[last] ?? 0) > 0 ? last : undefined;
  const isOfLastToo = held.some((each) => (each[last] ?? 0) > 0 && each[earlier.indexOf(highest)] === each[last]);
  return earlier.filter((sum) => sum === highest).length > 1 || (isOfLastToo && (sums[last] ?? 0) >= highest) ? undefined : earlier.indexOf(highest);
}

/** Whether several things have each a figure of a row (小学、初中巩固率分别达到100%和99.2%), and the question means another one's. */
export function isOutOfTurn(matter: ReadingMatter, { sentence: { sentence: { sentence }, clauses }, clauseIndex, figure }: PlacedFigure): boolean {
  const clause = clauses[clauseIndex]?.clause;
  if (clause === undefined || !sentence.text.includes(IN_TURN)) return false;
  const at = clause.text.indexOf(IN_TURN);
  const row = at < 0 ? [] : figuresOf(clause).filter(({ start, kind, unit }) => start > at && kind === figure.kind && unit === figure.unit);
  const own = row.findIndex(({ start }) => start === figure.start);
  if (own < 0 || row.length < 2) return false;
  const before = sentence.text.slice(0, clause.start - sentence.start + at + IN_TURN.length);
  const names = readListed(foldForMatching(before), row.length);
  const meant = names.length === 0 ? undefined : findMeant(matter, names);
  return meant !== undefined && meant !== own;
}
