import type { AlignedClause } from './alignment.ts';
import { NOT_RESTRICTING } from './check-modifiers.ts';
import { GENERIC } from './check-words.ts';
import { isTopical } from './claim-words.ts';
import type { ReadClause } from './clauses.ts';
import { isDeedWord, readWords } from './deeds.ts';
import type { Problem } from './problems.ts';

/** Letters on either side by which a cut is found. */
const CONTEXT = 2;
/** More than this between two places is no cut but another sentence. */
const LONGEST_CUT = 12;
/** Words that bind or soften, and may go. */
const IDLE = /^[的了将要会应须需都也还并和与及或在对把被由为从以则就已之其于]+$/;
/** Single letters that say which. */
const SHORT = /^[净副非]$/;
/** A list is shortened, or a figure told elsewhere; with 的 behind it, it says which (少于300人的山区村). */
const BROKEN = /[^一-龥a-z]/;

/** Words cut out from between two that the claim puts side by side: 土地〔出让〕收入, 申报〔省首批〕普惠县. */
export function checkGaps(claim: readonly AlignedClause[]): Problem[] {
  return claim.flatMap(({ clause, alignment: { main } }): Problem[] => {
    if (main === undefined || isTopical(clause)) return [];
    const told = claim.filter((other) => other.clause.sentence === clause.sentence).map((other) => other.clause.folded).join(',');
    const cut = findCuts(clause.folded, main).find((words) => narrows(words, told));
    return cut === undefined ? [] : [{ kind: 'subject', found: cut }];
  });
}

/** Each stretch of the cited clause that the claim leaves out between two neighbours. */
function findCuts(said: string, main: ReadClause): string[] {
  const there = main.folded;
  const cuts: string[] = [];
  for (let at = 1; at < said.length; at += 1) {
    const left = said.slice(Math.max(0, at - CONTEXT), at);
    const right = said.slice(at, at + CONTEXT);
    if (right.length < CONTEXT || there.includes(left.slice(-1) + right.slice(0, 1))) continue;
    if (left.length < CONTEXT && !there.startsWith(left)) continue;
    const from = there.indexOf(left);
    const to = from < 0 ? -1 : there.indexOf(right, from + left.length);
    const isOnce = to >= 0 && !there.includes(right, to + 1) && !there.slice(0, from).includes(right);
    if (isOnce && to - from - left.length <= LONGEST_CUT) cuts.push(there.slice(from + left.length, to));
  }
  return cuts;
}

/** Whether words that were left out say which, and stand nowhere else in the claim. */
function narrows(words: string, told: string): boolean {
  const isRelative = words.endsWith('的') && !words.includes('、');
  if (SHORT.test(words)) return true;
  if (words.length < 2 || (BROKEN.test(words) && !isRelative) || IDLE.test(words) || told.includes(words)) return false;
  const read = readWords(words);
  const isIdle = read.every(({ word }) => IDLE.test(word) || GENERIC.has(word) || NOT_RESTRICTING.has(word) || isDeedWord(word));
  return !isIdle && !read.some(({ word }) => word.length > 1 && told.includes(word));
}
