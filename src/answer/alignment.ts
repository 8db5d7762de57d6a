import { measureOverlap, type CitedText } from './cited-text.ts';
import { removeFrame, type ClaimClause } from './claim-words.ts';
import { pairsOf, type ReadClause } from './clauses.ts';
import { sameFigure } from '../text/figures.ts';

/** The cited clauses that a clause of the claim was made of. */
export interface Alignment {
  /** The one that it says most of; undefined where they have no word in common. */
  readonly main: ReadClause | undefined;
  /** The main one, and those that gave words which stand nowhere else. */
  readonly sources: readonly ReadClause[];
}

/** A clause of a claim and where it comes from. */
export interface AlignedClause {
  readonly clause: ClaimClause;
  readonly alignment: Alignment;
}

/** A figure in common tells more of where a clause comes from than any word. */
const FIGURE_WEIGHT = 1;
const NAME_WEIGHT = 0.25;
/** Pairs of letters that a clause alone must give to count as a source; fewer are chance. */
const LEAST_OWN_PAIRS = 2;

export function alignClause(clause: ClaimClause, cited: CitedText, names: readonly string[]): Alignment {
  const content = withoutNames(clause, names);
  const score = (there: ReadClause): number =>
    measureOverlap(content, there) + FIGURE_WEIGHT * shareFigures(clause, there) + NAME_WEIGHT * shareNames(clause, there, names);
  const best = cited.clauses.map((there) => ({ there, score: score(there) })).toSorted((left, right) => right.score - left.score)[0];
  if (best === undefined || best.score === 0) return { main: undefined, sources: [] };
  const sources = cited.clauses.filter((there) => there === best.there || countOwn(content, there, cited) >= LEAST_OWN_PAIRS);
  return { main: best.there, sources };
}

/** Names alone make no source: they are what is checked. */
function withoutNames(clause: ClaimClause, names: readonly string[]): ReadonlySet<string> {
  let rest = removeFrame(clause.folded);
  for (const name of names) rest = rest.replaceAll(name, '|');
  const content = pairsOf(rest);
  return content.size > 0 ? content : clause.content;
}

function shareNames(clause: ClaimClause, there: ReadClause, names: readonly string[]): number {
  const told = names.filter((name) => clause.folded.includes(name));
  return told.length === 0 ? 0 : told.filter((name) => there.folded.includes(name)).length / told.length;
}

function shareFigures(clause: ClaimClause, there: ReadClause): number {
  if (clause.contexts.length === 0) return 0;
  const shared = clause.contexts.filter(({ figure }) => there.contexts.some((other) => sameFigure(figure, other.figure)));
  return shared.length / clause.contexts.length;
}

function countOwn(content: ReadonlySet<string>, there: ReadClause, cited: CitedText): number {
  const others = cited.clauses.filter((other) => other !== there);
  return [...content].filter((pair) => there.pairs.has(pair) && !others.some((other) => other.pairs.has(pair))).length;
}
