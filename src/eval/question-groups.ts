import { foldToLetters } from '../text/normalize.ts';

/**
 * Two wordings are one question from here on. Of the 629 questions of the development sets 18 join another, and all but one (a year's pay, a
 * month's) ask the same; from 0.75 on, two kinds of school or two counties are taken for one.
 */
export const ALIKE = 0.8;

/** A wording of a group, with the share of neighbouring characters that it has in common with the group's first (1: the same but for width, punctuation and fillers). */
export interface Wording<T> {
  readonly question: string;
  readonly similarity: number;
  readonly asked: readonly T[];
}

interface Folded<T> {
  readonly key: string;
  readonly question: string;
  readonly asked: T[];
}

/** Words that a question may have or not: they would weigh too much in a short one. */
const FILLERS = /请问|一下|一共|总共|到底|具体|应该|可以|[的了着吗呢啊呀吧嘛么是要将会应能有那个这]/gu;

/** Pairs of neighbouring characters, each once, without fillers; a single character is its own. */
function pairsOf(key: string): ReadonlySet<string> {
  const characters = [...(key.replace(FILLERS, '') || key)];
  return new Set(characters.length < 2 ? characters : characters.slice(1).map((character, index) => `${characters[index]}${character}`));
}

/** Another year or figure makes another question. */
const numbersOf = (key: string): string => [...key.matchAll(/\d+/gu)].map(([number]) => number).sort().join(' ');

/** Questions that are the same when width, case, script, spaces and punctuation are folded; most asked first. */
function foldQuestions<T>(items: readonly T[], questionOf: (item: T) => string): Folded<T>[] {
  const folded = new Map<string, Folded<T>>();
  for (const item of items) {
    const question = questionOf(item);
    const key = foldToLetters(question) || question;
    const known = folded.get(key);
    if (known === undefined) folded.set(key, { key, question, asked: [item] });
    else known.asked.push(item);
  }
  return [...folded.values()].sort((left, right) => right.asked.length - left.asked.length);
}

/**
 * Puts the wordings of a question together: each joins the group whose first wording it is most like by Dice's coefficient of character pairs
 * (twice what both have / what they have together), if that is at least `ALIKE` and the numbers are the same. The first wording of a group is
 * the one that was asked most.
 */
export function groupQuestions<T>(items: readonly T[], questionOf: (item: T) => string): readonly (readonly Wording<T>[])[] {
  const groups: { readonly size: number; readonly numbers: string; readonly wordings: Wording<T>[] }[] = [];
  /** Which groups' first wordings hold a pair. */
  const holders = new Map<string, number[]>();
  for (const { key, question, asked } of foldQuestions(items, questionOf)) {
    const pairs = pairsOf(key);
    const numbers = numbersOf(key);
    const shared = new Map<number, number>();
    for (const pair of pairs) for (const group of holders.get(pair) ?? []) shared.set(group, (shared.get(group) ?? 0) + 1);
    let [nearest, similarity] = [-1, 0];
    for (const [index, common] of shared) {
      const dice = (2 * common) / (pairs.size + (groups[index]?.size ?? 0));
      if (dice > similarity && groups[index]?.numbers === numbers) [nearest, similarity] = [index, dice];
    }
    const found = similarity >= ALIKE ? groups[nearest] : undefined;
    if (found !== undefined) {
      found.wordings.push({ question, similarity, asked });
      continue;
    }
    for (const pair of pairs) {
      const held = holders.get(pair);
      if (held === undefined) holders.set(pair, [groups.length]);
      else held.push(groups.length);
    }
    groups.push({ size: pairs.size, numbers, wordings: [{ question, similarity: 1, asked }] });
  }
  return groups.map(({ wordings }) => wordings);
}
