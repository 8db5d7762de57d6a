import type { AlignedClause } from './alignment.ts';
import { measureOverlap, type CitedText } from './cited-text.ts';
import { contentPairs, isTopical } from './claim-words.ts';
import type { ReadClause } from './clauses.ts';
import { isDeed, isVerbalNoun, readDeeds, readWords, type Deed } from './deeds.ts';
import { says } from './deed-words.ts';
import type { Problem } from './problems.ts';

/** A clause that holds this share of what the best one holds of a deed's object may tell of it as well. */
const NEAR_BEST = 0.75;

/** What is said to be done is done there, in these words or words like them, and to the same thing. */
export function checkDeeds(claim: readonly AlignedClause[], cited: CitedText): Problem[] {
  const problems: Problem[] = [];
  const known = [cited.folded, cited.headings, cited.setting].join('\n');
  for (const { clause } of claim) {
    if (isTopical(clause)) continue;
    const words = readWords(clause.written);
    const strange = words.filter((word) => isVerbalNoun(word) && !says(known, word.word)).map(({ word }) => word);
    const others = readDeeds(words).filter((deed) => !isTold(deed, cited)).map(({ verb }) => verb);
    problems.push(...[...strange, ...others].map((found): Problem => ({ kind: 'deed', found })));
  }
  return problems;
}

function isTold(deed: Deed, cited: CitedText): boolean {
  if (!says([cited.folded, cited.headings].join('\n'), deed.verb)) return cited.setting.includes(deed.verb + deed.object.slice(0, 2));
  if (deed.isAttribute) return true;
  const [object, behind, before] = [deed.object, deed.behind, deed.before].map(contentPairs);
  const isAttribute = deed.object.includes('的') && [deed.object.split('的')[0] ?? '', deed.before].some((words) => isDoneToWords(words, deed.verb, cited));
  if (object !== undefined && object.size > 0) return isAttribute || isDoneTo(object, deed.verb, cited);
  const around = [behind, before].filter((pairs) => pairs !== undefined && pairs.size > 0);
  return around.length === 0 || around.some((pairs) => pairs !== undefined && isDoneTo(pairs, deed.verb, cited, pairs === before));
}

/** 投诉集中的科室: the verb is said of what stands before 的. */
function isDoneToWords(words: string, verb: string, cited: CitedText): boolean {
  const pairs = contentPairs(words);
  return pairs.size > 0 && isDoneTo(pairs, verb, cited);
}

/** Whether the clauses that hold most of an object have the verb for it. */
function isDoneTo(object: ReadonlySet<string>, verb: string, cited: CitedText, isInFront = false): boolean {
  const share = (of: ReadonlySet<string>): number => measureOverlap(object, { pairs: of });
  const best = Math.max(...cited.clauses.map(({ pairs }) => share(pairs)), 0);
  if (best === 0) return true;
  if (share(cited.headingPairs) >= best && says(cited.headings, verb)) return true;
  const enough = best * NEAR_BEST;
  return cited.clauses.some((place) => {
    if (share(place.pairs) >= enough) return says(govern(place, cited), verb);
    // What it is done to was named before: 改造方案须经业主同意,并公示不少于7天.
    return isInFront && says(place.folded, verb) && share(place.earlier) >= enough && !hasObject(place, verb);
  });
}

function hasObject({ written }: ReadClause, verb: string): boolean {
  return readDeeds(readWords(written)).some((other) => says(other.verb, verb) && contentPairs(other.behind).size > 0);
}

/** A clause with those in front that its own lack of a verb leaves it hanging on (其中甲级2家). */
function govern(place: ReadClause, { clauses }: CitedText): string {
  let text = place.folded;
  for (let index = clauses.indexOf(place); index > 0; index -= 1) {
    const clause = clauses[index];
    const before = clauses[index - 1];
    if (clause === undefined || before?.sentence !== place.sentence || readWords(clause.written).some(isDeed)) break;
    text = before.folded + text;
  }
  return text;
}
