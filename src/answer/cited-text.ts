import type { CitedSpan } from '../retrieval/evidence/evidence.ts';
import { parseFigures, type Figure } from '../text/figures.ts';
import { foldForMatching } from '../text/normalize.ts';
import { pairsOf, readClauses, type ReadClause } from './clauses.ts';

/** What a claim may rest on: the cited places, read once. */
export interface CitedText {
  readonly clauses: readonly ReadClause[];
  /** Folded, all cited places. */
  readonly folded: string;
  /** Headings above the cited places: they may name the topic, but prove no figure. */
  readonly headings: string;
  readonly headingPairs: ReadonlySet<string>;
  /** Title, publisher and date of the notice: its own year and place may be named. */
  readonly setting: string;
  readonly settingYears: readonly number[];
  /** All figures of cited places, headings and setting, for numbers inside names. */
  readonly figures: readonly Figure[];
  /** Numbers of the headings (第二部分 of a place under 二、). */
  readonly numbers: ReadonlySet<number>;
}

const LEADING_NUMBER = /(?:^|› ?)第?([\d一二三四五六七八九十]{1,4})/g;

export function readCitedText(cites: readonly CitedSpan[], setting: string): CitedText {
  const headings = [...new Set(cites.map(({ label }) => label))].join('\n');
  const foldedHeadings = foldForMatching(headings);
  return {
    clauses: cites.flatMap((cite, index) => clausesOf(cite).map((clause) => ({ ...clause, sentence: index * 1000 + clause.sentence }))),
    folded: cites.map(({ text }) => foldForMatching(text)).join('\n'),
    headings: foldedHeadings,
    headingPairs: pairsOf(foldedHeadings),
    setting: foldForMatching(setting),
    settingYears: parseFigures(setting).flatMap(readYear),
    figures: parseFigures([...cites.map(({ text }) => text), headings, setting].join('\n')),
    numbers: readNumbers(headings),
  };
}

/** The same places are cited by many claims of an answer. */
const known = new WeakMap<CitedSpan, readonly ReadClause[]>();

function clausesOf(cite: CitedSpan): readonly ReadClause[] {
  const clauses = known.get(cite) ?? readClauses(cite.text);
  known.set(cite, clauses);
  return clauses;
}

function readNumbers(headings: string): ReadonlySet<number> {
  const written = [...headings.matchAll(LEADING_NUMBER)].map((match) => `第${match[1] ?? ''}`);
  return new Set(written.flatMap(parseFigures).map(({ value }) => value));
}

function readYear({ kind, unit, value }: Figure): number[] {
  if (kind === 'year' || (kind === 'name' && unit === '年')) return [value];
  return kind === 'date' && unit.startsWith('年月') ? [Math.floor(value / (unit.includes('日') ? 10_000 : 100))] : [];
}

/** What a word of the claim counts for when it stands not in the clause itself but in its topic, or before it in the sentence. */
const TOPIC_LEVEL = 0.5;
const EARLIER_LEVEL = 0.3;

export type Surroundings = Pick<ReadClause, 'pairs'> & Partial<Pick<ReadClause, 'topic' | 'earlier'>>;

/** How much of the claim's words a clause holds, 0 to 1; words of its topic, and those before it in its sentence, count less. */
export function measureOverlap(pairs: ReadonlySet<string>, { pairs: own, topic, earlier }: Surroundings): number {
  let sum = 0;
  for (const pair of pairs) {
    if (own.has(pair)) sum += 1;
    else if (topic?.has(pair) === true) sum += TOPIC_LEVEL;
    else if (earlier?.has(pair) === true) sum += EARLIER_LEVEL;
  }
  return pairs.size === 0 ? 0 : sum / pairs.size;
}
