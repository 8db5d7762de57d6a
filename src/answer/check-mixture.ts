import { removeFrame, type ClaimClause } from './claim-words.ts';
import type { Alignment } from './alignment.ts';
import { pairsOf, type ReadClause } from './clauses.ts';
import type { Problem } from './problems.ts';

/** Letters that part two things said of two names within one clause. */
const COORDINATORS = /[、和与及,]/;

/**
 * A clause of the claim isn't put together crosswise: the words of one cited clause around a thing of another (加快推进〔永宁中学〕项目前期),
 * or one name with what is said of the next (台职院 … 〔台州电大〕创建开放大学).
 */
export function checkMixture(clause: ClaimClause, { main, sources }: Alignment, names: readonly string[]): Problem[] {
  if (main === undefined) return [];
  const crossed = findCrossed(clause, main, sources) ?? findForeign(clause, main, names);
  return crossed === undefined ? [] : [{ kind: 'subject', found: crossed }];
}

/** A stretch that stands only in another clause, with stretches of the main clause alone on both sides. */
function findCrossed(clause: ClaimClause, main: ReadClause, sources: readonly ReadClause[]): string | undefined {
  const others = sources.filter((source) => source !== main);
  if (others.length === 0) return undefined;
  const letters = removeFrame(clause.folded);
  const origins = [...letters].slice(0, -1).map((letter, index) => {
    const pair = letter + (letters[index + 1] ?? '');
    const isMain = main.pairs.has(pair);
    const isOther = others.some((other) => other.pairs.has(pair));
    return isMain === isOther ? '-' : isMain ? 'M' : 'O';
  });
  for (const crossed of origins.join('').matchAll(/M(-*)(O{2}[O-]*)(?=M)/g)) {
    const from = crossed.index + 1 + (crossed[1] ?? '').length;
    const to = from + (crossed[2] ?? '').length;
    // Put into the clause (力争〔台州学院〕申硕), it adds a subject; in the place of something, it changes one.
    const before = main.folded.indexOf(letters.slice(crossed.index, crossed.index + 2));
    const behind = main.folded.lastIndexOf(letters.slice(to, to + 2));
    if (removeFrame(main.folded.slice(before + 2, behind)).replaceAll('|', '').length >= LEAST_REPLACED) return letters.slice(from, to);
  }
  return undefined;
}

/** Letters of the main clause that must be missing between two stretches for another clause's words to stand in their place. */
const LEAST_REPLACED = 2;

/** Within one cited clause, words that follow another name than the one that the claim says them of. */
function findForeign(clause: ClaimClause, main: ReadClause, names: readonly string[]): string | undefined {
  const places = names.flatMap((name) => [...main.folded.matchAll(new RegExp(escape(name), 'g'))].map(({ index }) => ({ name, index })));
  const groups = places
    .toSorted((left, right) => left.index - right.index)
    .filter(({ index }, position) => position === 0 || COORDINATORS.test(main.folded[index - 1] ?? ''));
  const lists = joinLists(main.folded, groups);
  const isTold = (list: NameList): boolean => list.names.some((name) => clause.folded.includes(name));
  if (!lists.some(isTold) || lists.every(isTold)) return undefined;
  let rest = removeFrame(clause.folded);
  for (const name of names) rest = rest.replaceAll(name, '|');
  const own = new Set(lists.filter(isTold).flatMap(({ pairs }) => [...pairs]));
  const foreign = new Set(lists.filter((list) => !isTold(list)).flatMap(({ pairs }) => [...pairs]));
  const before = pairsOf(main.folded.slice(0, groups[0]?.index ?? 0));
  const wrong = [...pairsOf(rest)].filter((pair) => foreign.has(pair) && !own.has(pair) && !before.has(pair));
  return wrong.length >= LEAST_FOREIGN ? wrong.join(' ') : undefined;
}

/** Pairs of letters said of another name; fewer may be chance. */
const LEAST_FOREIGN = 3;

interface NameList {
  readonly names: string[];
  readonly pairs: ReadonlySet<string>;
}

/** Names that only 、 or 和 part share what follows the last of them. */
function joinLists(text: string, groups: readonly { readonly name: string; readonly index: number }[]): NameList[] {
  const lists: { names: string[]; start: number }[] = [];
  let end = -1;
  for (const { name, index } of groups) {
    const last = lists.at(-1);
    if (last !== undefined && index - end === 1) last.names.push(name);
    else lists.push({ names: [name], start: index });
    end = index + name.length;
  }
  return lists.map(({ names, start }, position) => ({ names, pairs: pairsOf(text.slice(start, lists[position + 1]?.start)) }));
}

function escape(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
