import type { ReadingMatter } from './reading.ts';
import type { ScoredSentence } from './scoring.ts';

/** From this weight on a word is not one that every passage holds. */
const RARE_ENOUGH = 0.6;
/** A word stands in a clause, or at least beside the sentence. */
const STANDS = { here: 0.5, near: 0.35 } as const;
const FORBIDS = /不得|禁止|严禁|不准|不能|免费/u;

/**
 * Whether the sentence holds any word of the question that is not on every page of the notice (公租房, where the notice is about nothing else). A question with
 * no word that the notices lack needs none.
 */
export function holdsSomethingRare({ terms }: ReadingMatter, { clauses, strengths }: ScoredSentence): boolean {
  const counted = terms.flatMap(({ term, weight, isUnheard }, index) => (term.role === 'frame' || term.isAside || FORBIDS.test(term.text) || (!isUnheard && weight < RARE_ENOUGH) ? [] : [{ isUnheard, index }]));
  const isHeld = ({ index }: { readonly index: number }): boolean => clauses.some(({ ownStrengths }) => (ownStrengths[index] ?? 0) >= STANDS.here) || (strengths[index] ?? 0) >= STANDS.near;
  return counted.every(({ isUnheard }) => !isUnheard) || counted.some(isHeld);
}
