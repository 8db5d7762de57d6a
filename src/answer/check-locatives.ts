import { foldForMatching } from '../text/normalize.ts';
import type { AlignedClause } from './alignment.ts';
import type { Problem } from './problems.ts';
import { tagWordsOnce } from './tagged-words.ts';

const AT = /[在于到来赴至往]$/;

/** Where something is done isn't exchanged with whose it is: 上海高校在台州设立, told as 台州高校在上海设立. */
export function checkLocatives(claim: readonly AlignedClause[], names: readonly string[]): Problem[] {
  return claim.flatMap(({ clause, alignment }): Problem[] => {
    const written = alignment.sources.map((source) => foldForMatching(source.written));
    const there = new Set(written.flatMap((folded) => findLocations(folded, names)));
    const isElsewhere = (place: string): boolean => there.size > 0 || written.some((folded) => folded.includes('在') && folded.includes(place));
    const here = findLocations(foldForMatching(clause.written), names);
    return here.filter((place) => !there.has(place) && isElsewhere(place)).map((found) => ({ kind: 'place', found }));
  });
}

/** Places behind 在, 到, 来 and their like. */
function findLocations(folded: string, names: readonly string[]): string[] {
  const tagged = tagWordsOnce(folded).flatMap(({ word, tag }) => (tag === 'ns' && word.length > 1 ? [word] : []));
  return [...new Set([...tagged, ...names])].filter((name) => {
    for (let at = folded.indexOf(name); at >= 0; at = folded.indexOf(name, at + 1)) if (AT.test(folded.slice(0, at))) return true;
    return false;
  });
}
