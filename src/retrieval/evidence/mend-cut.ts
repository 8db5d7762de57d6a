import { createTerm } from '../question/term.ts';
import type { Term } from '../question/term.ts';

const HAN_WORD = /^\p{Script=Han}{2,3}$/u;
const SINGLE_WEIGHT = 0.25;

const mayBeMiscut = ({ text, role, alternatives, isAside }: Term): boolean => role === 'content' && !isAside && alternatives.length === 0 && HAN_WORD.test(text);

/** A word cut anew: the one across the border, what is left of that which was none, and the single character that stood beside it. */
interface Recut {
  readonly of: Term;
  readonly word: string;
  readonly rest: string;
  readonly single: Term;
}

/** How words that segmentation may have cut across others would be cut else. */
export function listRecuts(terms: readonly Term[], question: string): readonly Recut[] {
  return terms.flatMap((of, index) => {
    if (!mayBeMiscut(of)) return [];
    const { text } = of;
    const [left, right] = [terms[index - 1], terms[index + 1]];
    const before = left?.text.length === 1 && question.includes(`${left.text}${text}`) ? [{ of, word: `${left.text}${text.charAt(0)}`, rest: text.slice(1), single: left }] : [];
    const behind = right?.text.length === 1 && question.includes(`${text}${right.text}`) ? [{ of, word: `${text.slice(-1)}${right.text}`, rest: text.slice(0, -1), single: right }] : [];
    return [...before, ...behind].filter(({ word }) => HAN_WORD.test(word));
  });
}

/**
 * The terms, those cut across a word anew: what the notices don't know, but for a character that makes a word of theirs with the single one beside it (专|班组长
 * → 专班|组长).
 */
export function mendTerms(terms: readonly Term[], recuts: readonly Recut[], isKnown: (word: string) => boolean): readonly Term[] {
  return recuts.reduce((mended, { of, word, rest, single }) => {
    if (!mended.includes(of) || !mended.includes(single) || isKnown(of.text) || !isKnown(word) || (rest.length > 1 && !isKnown(rest))) return mended;
    return mended.flatMap((each) => {
      if (each === single) return [createTerm({ ...of, text: word, isGuess: false })];
      return each === of ? [createTerm({ ...of, text: rest, weight: rest.length === 1 ? SINGLE_WEIGHT : of.weight })] : [each];
    });
  }, terms);
}
