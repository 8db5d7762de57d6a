import { tagWords } from '../../text/segment.ts';
import type { WeightedTerm } from './scoring.ts';

const NAMES_THING = /^n/u;
/** The dictionary takes them for places. */
const BUILDS = /^[新改扩续重在]建$/u;

/**
 * Whether a folded text holds a word of the question with another thing's name right before it than the question has: 能繁母猪〔存栏〕 for 「肉牛存栏」. `isHeld` tells by a
 * term's position what is held anyway.
 */
export function speaksOfNamesake(terms: readonly WeightedTerm[], question: string, text: string, isHeld: (index: number) => boolean): boolean {
  return terms.some(({ term: head }) => {
    const at = head.isNoun && head.text.length > 1 ? question.indexOf(head.text) : -1;
    const told = at < 1 ? -1 : text.lastIndexOf(head.text);
    if (told < 1) return false;
    const owner = terms.findIndex(({ term: { text: word, role, isNoun, isGuess, isCommon } }) => (isNoun || isGuess) && !isCommon && (role === 'content' || role === 'name') && word.length > 1 && question.startsWith(word, at - word.length) && word !== head.text);
    if (owner < 0 || isHeld(owner)) return false;
    const other = tagWords(text.slice(0, told)).at(-1);
    return other !== undefined && NAMES_THING.test(other.tag) && other.word.length > 1 && !BUILDS.test(other.word) && !question.includes(other.word);
  });
}
