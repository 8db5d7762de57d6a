import type { ReadingMatter } from './reading.ts';
import type { ScoredSentence } from './scoring.ts';

/** The less of the question the best sentence holds, the more of those that come near it are quoted along. */
const SURELY = 0.75;
const ALSO_SAID = { sure: 0.8, unsure: 0.6 } as const;
const MOST_ALSO = { sure: 1, unsure: 2 } as const;

/** Holding less than this of the question, a sentence does not answer it. */
const ANSWERS = 0.36;
/** Whether what holds so little is only what comes nearest to the question. */
export const isOnlyNear = ({ coverage }: { readonly coverage: number }): boolean => coverage < ANSWERS;

/** From this weight on a word weighs, and from this strength on a clause holds it. */
const HELD = { weight: 0.45, strength: 0.5 } as const;

/**
 * What comes nearest must hold words of the question that weigh, in its clauses, and more of them than the things that it asks for by names which the notices
 * never use (桂花什么颜色): where it names two of those, it asks about something else.
 */
export function holdsWords({ terms }: ReadingMatter, { clauses }: ScoredSentence): boolean {
  const counted = terms.flatMap(({ term, weight, isUnheard }, index) => (term.isCommon || term.isAside || term.isBefore || term.role === 'frame' || term.text.length < 2 ? [] : [{ term, weight, isUnheard, index }]));
  const held = counted.filter(({ isUnheard, weight, index }) => !isUnheard && weight >= HELD.weight && clauses.some(({ ownStrengths }) => (ownStrengths[index] ?? 0) >= HELD.strength));
  const foreign = counted.filter(({ term, isUnheard }) => isUnheard && term.isNoun && !term.isGuess && (term.role === 'content' || term.role === 'sort'));
  return held.length > 0 && (foreign.length < 2 || held.length > foreign.length);
}

/** Other sentences that hold nearly as much of the question as the best one. */
export function findNextBest({ sentences }: ReadingMatter, best: ScoredSentence): ScoredSentence[] {
  const certainty = best.coverage >= SURELY ? 'sure' : 'unsure';
  return sentences.filter((scored) => scored !== best && !scored.sentence.sentence.isHeading && scored.score >= best.score * ALSO_SAID[certainty]).slice(0, MOST_ALSO[certainty]);
}
