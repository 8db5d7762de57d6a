import { loadPhrases } from '../text/phrases.ts';

const escape = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

/** A phrase of ours as a pattern: whatever is put into its places. */
function toPattern(phrase: string): string {
  return phrase.split(/\{\w+\}/u).map(escape).join('[^。\\n]{1,200}?');
}

/**
 * Takes our own opening words off a claim (「不是，通知写的是：」): they prove nothing and need no proof. They are those of
 * `prompts/phrases.json`.
 */
export function createPrefaceStripper(): (claim: string) => string {
  // A cell with the names of its row and column is a claim by itself, and proved as one.
  const { cell: _claim, ...prefaces } = loadPhrases().answer;
  const phrases = Object.values(prefaces).flat();
  const patterns = phrases.toSorted((left, right) => right.length - left.length).map(toPattern);
  const opening = new RegExp(`^(?:${patterns.join('|')})`, 'u');
  return (claim) => claim.replace(opening, '');
}
