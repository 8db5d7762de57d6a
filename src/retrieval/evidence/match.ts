import type { Term } from '../question/term.ts';

/** How well a text holds a term: the word itself 1, a synonym, a compact abbreviation (普惠园 in 普惠性幼儿园), a wider word, a part of it; else 0. */
export const MATCH = { exact: 1, alternative: 0.9, abbreviation: 0.75, broader: 0.7, part: 0.5 } as const;

/** An abbreviation's characters must stand this close: so many characters of text for each of its own. */
const ABBREVIATION_STRETCH = 2.5;
const SHORTEST_ABBREVIATION = 3;
/** Alternatives from here on may stand with other words between theirs. */
const LONG_ALTERNATIVE = 4;

/** Whether the characters of `word` stand in `text` in order, within a short stretch. */
function holdsAbbreviation(word: string, text: string): boolean {
  const stretch = Math.ceil(word.length * ABBREVIATION_STRETCH);
  for (let from = text.indexOf(word.charAt(0)); from >= 0; from = text.indexOf(word.charAt(0), from + 1)) {
    let position = from;
    let matched = 1;
    while (matched < word.length) {
      position = text.indexOf(word.charAt(matched), position + 1);
      if (position < 0) return false;
      if (position - from >= stretch) break;
      matched += 1;
    }
    if (matched === word.length) return true;
  }
  return false;
}

/** Length of the longest stretch that both texts share. */
export function measureOverlap(left: string, right: string): number {
  let longest = 0;
  for (let start = 0; start < left.length - longest; start += 1) {
    while (start + longest < left.length && right.includes(left.slice(start, start + longest + 1))) longest += 1;
  }
  return longest;
}

const HAN_ONLY = /^\p{Script=Han}+$/u;

/** 高速公路以外 speaks of anything but 高速公路. */
const EXCEPTED = /^(?:以外|之外)/u;

/** Where folded text holds the word, and not its opposite (成年人 in 未成年人, 住宅 in 非住宅); -1 where it doesn't. */
function find(word: string, folded: string): number {
  let at = folded.indexOf(word);
  while (at > 0 && (folded.charAt(at - 1) === '非' || (folded.charAt(at - 1) === '未' && word.startsWith('成年')))) at = folded.indexOf(word, at + 1);
  return at;
}

/** Whether folded text that holds the word at `at` speaks of anything but it. */
const isExcepted = (word: string, at: number, folded: string): boolean => EXCEPTED.test(folded.slice(at + word.length, at + word.length + 2)) && folded.lastIndexOf(word) === at;

const pairsWithin = (word: string): readonly string[] => Array.from({ length: Math.max(0, word.length - 1) }, (_, index) => word.slice(index, index + 2));

/** How well folded text holds one thing, 0 to 1. */
export type Matcher = (folded: string) => number;

/** A matcher of the term. A question's terms are looked for in hundreds of texts: what hangs on the term alone is worked out once. */
export function createMatcher({ text, alternatives, broader, teller }: Term): Matcher {
  const long = alternatives.filter((alternative) => alternative.length >= LONG_ALTERNATIVE);
  const mayBeAbbreviated = text.length >= SHORTEST_ABBREVIATION && HAN_ONLY.test(text);
  const pairs = mayBeAbbreviated ? pairsWithin(text) : [];

  /** Half of what of the word stands there in one stretch, from two characters on. */
  function matchInPart(folded: string): number {
    for (const pair of pairs) if (folded.includes(pair)) return (MATCH.part * measureOverlap(text, folded)) / text.length;
    return 0;
  }

  return (folded) => {
    const at = find(text, folded);
    if (at >= 0) return isExcepted(text, at, folded) ? 0 : MATCH.exact;
    // Loops, since no other function runs as often.
    for (const alternative of alternatives) if (find(alternative, folded) >= 0) return MATCH.alternative;
    for (const alternative of long) if (holdsAbbreviation(alternative, folded)) return MATCH.abbreviation;
    if (teller?.test(folded) === true) return MATCH.part;
    if (mayBeAbbreviated && holdsAbbreviation(text, folded)) return MATCH.abbreviation;
    for (const word of broader) if (folded.includes(word)) return MATCH.broader;
    return mayBeAbbreviated ? matchInPart(folded) : 0;
  };
}

const matchers = new WeakMap<Term, Matcher>();

/** How well one folded text holds the term, 0 to 1. Its matcher is kept: readers look for a term in one text after the other. */
export function matchTerm(term: Term, folded: string): number {
  let match = matchers.get(term);
  if (match === undefined) {
    match = createMatcher(term);
    matchers.set(term, match);
  }
  return match(folded);
}

/** For each character of a word, the pairs with its neighbours in the question. */
export type Pairs = readonly (readonly string[])[];

const HAN_PAIR = /^\p{Script=Han}{2}$/u;

/** The pairs that must stand in a text for it to hold a word which segmentation cut across others; empty where none can. */
export function pairsOf(word: string, question: string): Pairs {
  const at = question.indexOf(word);
  if (at < 0) return [];
  const pairs = Array.from({ length: word.length }, (_, offset) => [question.slice(at + offset - 1, at + offset + 1), question.slice(at + offset, at + offset + 2)].filter((pair) => HAN_PAIR.test(pair)));
  return pairs.every((each) => each.length > 0) ? pairs : [];
}

/**
 * Whether text holds a word of the question that segmentation cut across others: each of its characters stands in a pair that question and text
 * share, be it over the word's border (工作专〔班组长〕 in 组长…工作专班).
 */
export function holdsAcross(pairs: Pairs, folded: string): boolean {
  return pairs.length > 0 && pairs.every((each) => each.some((pair) => folded.includes(pair)));
}
