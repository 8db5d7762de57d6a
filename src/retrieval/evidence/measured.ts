import type { Target } from '../../corpus/target.ts';
import { foldForMatching } from '../../text/normalize.ts';
import { matchTerm } from './match.ts';
import type { PlacedFigure, ReadingMatter } from './reading.ts';

const folded = new WeakMap<Target, string>();

/** What a target is of, folded: what is measured, what an earlier clause says that it is of, who and where. */
function foldMeasured(target: Target): string {
  const known = folded.get(target);
  if (known !== undefined) return known;
  const text = foldForMatching(`${target.carried?.text ?? ''} ${target.measured} ${target.place}`);
  folded.set(target, text);
  return text;
}

const holdsPlace = ({ figure, further }: Target, place: number): boolean =>
  (figure !== undefined && figure.start <= place && place < figure.end) || (further?.some(({ start, end }) => start <= place && place < end) ?? false);

/** The target that a figure belongs to; undefined where the table has none for it. */
export function findTarget({ targetsOf }: ReadingMatter, { sentence, clauseIndex, figure }: PlacedFigure): Target | undefined {
  const clause = sentence.clauses[clauseIndex]?.clause;
  if (clause === undefined) return undefined;
  const start = clause.start + figure.start;
  return targetsOf?.(sentence.sentence.source.noticeId).find((target) => holdsPlace(target, start));
}

/** Share of the question's words that stand in what the figure measures by the table of targets, 0 to 1; undefined where it has no such figure. */
export function shareOfMeasured(matter: ReadingMatter, placed: PlacedFigure): number | undefined {
  const target = findTarget(matter, placed);
  if (target === undefined) return undefined;
  const text = foldMeasured(target);
  const counted = matter.terms.filter(({ term }) => term.role !== 'frame' && term.role !== 'year' && term.text.length > 1);
  const total = counted.reduce((sum, { weight }) => sum + weight, 0);
  return total === 0 ? 0 : counted.reduce((sum, { term, weight }) => sum + weight * matchTerm(term, text), 0) / total;
}
