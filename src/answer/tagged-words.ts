import { tagWords, type TaggedWord } from '../text/segment.ts';

/** Tagging is most of the cost of a verification, and the cited clauses come again with each claim of an answer. */
const MOST_KEPT = 2000;
const kept = new Map<string, readonly TaggedWord[]>();

/** `tagWords`, remembered for the latest texts. */
export function tagWordsOnce(folded: string): readonly TaggedWord[] {
  const known = kept.get(folded);
  if (known !== undefined) return known;
  const tagged = tagWords(folded);
  if (kept.size >= MOST_KEPT) kept.clear();
  kept.set(folded, tagged);
  return tagged;
}
