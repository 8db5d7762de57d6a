import type { ReadingMatter } from './reading.ts';
import type { ScoredSentence } from './scoring.ts';

/** The less of the question the best sentence holds, the more of those that come near it are quoted along. */
const SURELY = 0.75;
const ALSO_SAID = { sure: 0.8, unsure: 0.7 } as const;
const MOST_ALSO = { sure: 1, unsure: 2 } as const;

/** Holding less than this of the question, a sentence is only what comes nearest to it. */
const ANSWERS = 0.36;
export const isOnlyNear = ({ coverage }: { readonly coverage: number }): boolean => coverage < ANSWERS;

/** What comes nearest must at least hold a word of the question that weighs, in one of its clauses. */
const HELD = { weight: 0.45, strength: 0.5 } as const;
export function holdsWord({ terms }: ReadingMatter, { clauses }: ScoredSentence): boolean {
  return terms.some(({ term, weight, isUnheard }, index) => !isUnheard && !term.isCommon && !term.isAside && term.role !== 'frame' && term.text.length > 1 && weight >= HELD.weight && clauses.some(({ ownStrengths }) => (ownStrengths[index] ?? 0) >= HELD.strength));
}

/** Other sentences that hold nearly as much of the question as the best one. */
export function findNextBest({ sentences }: ReadingMatter, best: ScoredSentence): ScoredSentence[] {
  const certainty = best.coverage >= SURELY ? 'sure' : 'unsure';
  return sentences.filter((scored) => scored !== best && !scored.sentence.sentence.isHeading && scored.score >= best.score * ALSO_SAID[certainty]).slice(0, MOST_ALSO[certainty]);
}
