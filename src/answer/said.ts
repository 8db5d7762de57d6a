import { parseFigures, sameFigure } from '../text/figures.ts';
import { foldForMatching, foldToLetters } from '../text/normalize.ts';
import { pairsOf } from './clauses.ts';

/** Share of a place's neighbouring letters that a sentence in other words must hold to have said it. */
const SAYS_IT = 0.6;

/**
 * Whether sentences told so far say what a place says: they quote it, or hold all its figures and most of its words. One that tells half
 * of a place has not said it.
 */
export function isSaid(place: string, sentences: readonly string[]): boolean {
  const told = sentences.join('\n');
  if (foldToLetters(told).includes(foldToLetters(place))) return true;
  const figures = parseFigures(told);
  if (!parseFigures(place).every((figure) => figures.some((other) => sameFigure(figure, other)))) return false;
  const [pairs, held] = [pairsOf(foldForMatching(place)), pairsOf(foldForMatching(told))];
  return pairs.size > 0 && [...pairs].filter((pair) => held.has(pair)).length / pairs.size >= SAYS_IT;
}
