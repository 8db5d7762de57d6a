import { removeFrame, type ClaimClause } from './claim-words.ts';
import type { Alignment } from './alignment.ts';
import { measureOverlap } from './cited-text.ts';
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

/**
 * A stretch that stands only in another clause, beside a stretch of the main clause that goes on otherwise there: it has taken something's
 * place.
 * Put between two words that are neighbours there (力争〔台州学院〕申硕), it only adds a subject.
 */
function findCrossed(clause: ClaimClause, main: ReadClause, sources: readonly ReadClause[]): string | undefined {
  const others = sources.filter((source) => source !== main && measureOverlap(source.pairs, clause) < MOSTLY_TOLD);
  if (others.length === 0) return undefined;
  const [said, there] = [clause.folded, main.folded].map((folded) => removeFrame(folded).replaceAll('|', ''));
  if (said === undefined || there === undefined) return undefined;
  const inMain = pairsOf(there);
  const told = pairsOf(said);
  const origins = [...said].slice(0, -1).map((letter, index) => {
    const pair = letter + (said[index + 1] ?? '');
    const isOther = others.some((other) => other.pairs.has(pair));
    return inMain.has(pair) === isOther ? '-' : isOther ? 'O' : 'M';
  });
  for (const run of origins.join('').matchAll(/O{2}[O-]*O|O{2}/g)) {
    const [from, to] = [run.index, run.index + run[0].length];
    const [left, right] = [origins.lastIndexOf('M', from), origins.indexOf('M', to)];
    const behind = left < 0 || left > from ? '' : follow(there, said.slice(left, left + 2));
    const before = right < 0 ? '' : precede(there, said.slice(right, right + 2));
    if ([behind, before].some((words) => isLost(words, told))) return said.slice(from, to + 1);
  }
  return undefined;
}

/** A clause that the claim tells this much of is told itself, and gave no words away. */
const MOSTLY_TOLD = 0.6;
/** How many letters of the main clause beside a stretch show whether something was replaced. */
const NEIGHBOURS = 3;

function follow(there: string, pair: string): string {
  const at = there.indexOf(pair);
  return at < 0 ? '' : there.slice(at + 2, at + 2 + NEIGHBOURS);
}

function precede(there: string, pair: string): string {
  const at = there.lastIndexOf(pair);
  return at < 0 ? '' : there.slice(Math.max(0, at - NEIGHBOURS), at);
}

function isLost(words: string, told: ReadonlySet<string>): boolean {
  const pairs = pairsOf(words);
  return pairs.size > 1 && ![...pairs].some((pair) => told.has(pair));
}

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
