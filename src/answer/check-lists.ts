import { sameFigure } from '../text/figures.ts';
import { foldForMatching } from '../text/normalize.ts';
import type { AlignedClause } from './alignment.ts';
import type { Problem } from './problems.ts';

const SEPARATOR = /[、和与及]/;
/** A figure of each of them, not of all together. */
const EACH = /各|均|分别|每|都/;
const TWO_LETTERS = /^(?:(?![一二三四五六七八九十两])[一-龥]){2}$/u;
const NAMED = /[《“‘「『][^《》“”‘’「」『』]{0,60}[》”’」』]/g;

/** A figure that is of several things together isn't told of some of them alone: 供水、供电管网共210公里. */
export function checkLists(claim: readonly AlignedClause[]): Problem[] {
  const problems: Problem[] = [];
  for (const { clause, alignment } of claim) {
    const told = claim.filter((other) => other.clause.sentence === clause.sentence).map((other) => foldForMatching(other.clause.written)).join(',');
    const shared = (alignment.main?.contexts ?? []).filter(({ isTime, figure }) => !isTime && figure.kind !== 'name' && figure.kind !== 'ordinal' && clause.contexts.some((other) => sameFigure(other.figure, figure)));
    for (const { words } of shared) {
      const things = EACH.test(words) ? [] : readThings(words);
      const missing = things.filter((thing) => !told.includes(thing));
      if (missing.length > 0 && missing.length < things.length) problems.push({ kind: 'subject', found: missing.join('、') });
    }
  }
  return problems;
}

/** Two letters of each thing in a list, beside the mark that parts them; names count as none, and a single thing is no list. */
function readThings(words: string): string[] {
  const items = foldForMatching(words.replace(NAMED, '')).split(SEPARATOR);
  if (items.length < 2) return [];
  return items.map((item, index) => (index === items.length - 1 ? item.slice(0, 2) : item.slice(-2))).filter((thing) => TWO_LETTERS.test(thing));
}
