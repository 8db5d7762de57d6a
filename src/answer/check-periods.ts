import { sameFigure, type Figure } from '../text/figures.ts';
import { foldForMatching } from '../text/normalize.ts';
import { measureOverlap, type CitedText, type Surroundings } from './cited-text.ts';
import { contentPairs, type ClaimClause } from './claim-words.ts';
import { pairsOf, type FigureContext, type ReadClause } from './clauses.ts';
import type { FigureMatter } from './figure-places.ts';
import type { Problem } from './problems.ts';

/** How much of what a time is said of in the claim must stand with it there. */
const LEAST_OVERLAP = 0.5;
/** Another time whose clause fits the claim better by this much shows that the claim took the wrong one. */
const RIVAL_MARGIN = 0.02;

/** A time stands where it is said of the same: with the same figure, or with the same words, and no other time fits them better. */
export function isPeriodCited(context: FigureContext, clause: ClaimClause, cited: CitedText): boolean {
  const { figure } = context;
  if (isSetting(figure, cited)) return true;
  const holders = cited.clauses.filter(({ times }) => times.some((period) => sameFigure(period, figure)));
  const others = clause.contexts.filter(({ figure: other, isTime }) => !isTime && other.kind !== 'ordinal');
  if (others.length > 0) {
    return holders.some((there) => others.some(({ figure: other }) => there.contexts.some((found) => sameFigure(found.figure, other))));
  }
  const timed = timedPairs(clause.written, figure);
  const score = (there: ReadClause): number => measureOverlap(clause.content, there);
  const fits = (there: ReadClause): boolean => timed.size === 0 || measureOverlap(timed, territoryOf(there, figure)) >= LEAST_OVERLAP;
  const best = Math.max(0, ...holders.filter(fits).map(score));
  if (holders.length === 0 || (best === 0 && clause.content.size > 0)) return false;
  const rivals = cited.clauses.filter((there) => !holders.includes(there) && there.periods.some((period) => !sameFigure(figure, period)));
  return rivals.every((there) => score(there) <= best + RIVAL_MARGIN);
}

/** What a time is said of: in a clause with several (3个工作日内联系、15个工作日内办结), what stands up to the next. */
function territoryOf(there: ReadClause, figure: Figure): Surroundings {
  const times = there.contexts.filter(({ isTime }) => isTime).map((context) => context.figure);
  const index = times.findIndex((time) => sameFigure(time, figure));
  const time = times[index];
  if (time === undefined || times.length < 2) return there;
  const next = times[index + 1];
  const from = there.written.indexOf(time.text) + time.text.length;
  const behind = there.written.slice(from, next === undefined ? undefined : there.written.indexOf(next.text, from));
  return /[\p{L}]{2}/u.test(behind) ? { pairs: pairsOf(foldForMatching(behind)) } : there;
}

/** How many letters behind a time, or in front where it ends the clause, tell what it is said of. */
const TIMED_LETTERS = 6;

function timedPairs(written: string, { text }: Figure): ReadonlySet<string> {
  const at = Math.max(0, written.indexOf(text));
  const behind = contentPairs(written.slice(at + text.length, at + text.length + TIMED_LETTERS));
  return behind.size > 0 ? behind : contentPairs(written.slice(Math.max(0, at - TIMED_LETTERS), at));
}

function isSetting(figure: Figure, cited: CitedText): boolean {
  const isPlainYear = figure.kind === 'year' && figure.unit === '年' && figure.upper === undefined && figure.comparator === 'exactly';
  return isPlainYear && cited.settingYears.includes(figure.value);
}

/** Times that hold for the cited clause must be told with it: those in front of it, and its own where what they are said of is told. */
export function checkPeriods(there: ReadClause, figure: Figure | undefined, { clause, claim, cited }: FigureMatter): Problem[] {
  const told = [...clause.periods, ...claim.flatMap(({ contexts }) => contexts.map((context) => context.figure))];
  return there.periods
    .filter((period) => period !== figure && !(figure !== undefined && sameFigure(period, figure)) && !isSetting(period, cited))
    .filter((period) => !told.some((other) => sameFigure(other, period)))
    .filter((period) => !there.written.includes(period.text) || isTimedTold(there, period, clause))
    .map(({ text }) => ({ kind: 'period', found: text }));
}

function isTimedTold(there: ReadClause, period: Figure, clause: ClaimClause): boolean {
  const timed = timedPairs(there.written, period);
  return timed.size === 0 || measureOverlap(timed, clause) >= LEAST_OVERLAP;
}
