import { parseFigures, sameFigure, type Figure } from '../text/figures.ts';
import { foldForMatching } from '../text/normalize.ts';
import { measureOverlap, type CitedText } from './cited-text.ts';
import { nounsOf } from './check-words.ts';
import { contentPairs, maskFigures, removeFrame, type ClaimClause } from './claim-words.ts';
import { isPeriod, type FigureContext, type ReadClause } from './clauses.ts';
import type { Problem } from './problems.ts';

/** Where a figure of the claim stands in the cited text. */
interface Place {
  readonly clause: ReadClause;
  readonly context: FigureContext;
  /** How much of the claim's words around the figure stand around it there, 0 to 1; topic and headings count half. */
  readonly overlap: number;
  /** The same without topic and headings. */
  readonly ownOverlap: number;
  /** How much of the words around the figure there is said by the claim. */
  readonly said: number;
}

/** Words around a figure of which less than this stand around it in the cited text measure something else, */
const LEAST_OVERLAP = 0.5;
/** unless the claim tells nearly all that stands around it there, and only adds what other clauses say. */
const MOSTLY_SAID = 0.6;
const LEAST_OVERLAP_SAID = 0.2;
/** Another figure whose words fit the claim better by this much shows that the claim took the wrong one, */
const RIVAL_MARGIN = 0.02;
/** so long as they fit well by themselves, without the topic around them. */
const RIVAL_OWN_MARGIN = 0.25;
/** Where both fit alike, the one whose words are told in full by so much more is meant. */
const RIVAL_SAID_MARGIN = 0.3;
const TOPIC_WEIGHT = 0.5;

/** Every figure of a claim's clause must stand in a cited clause, with what it measures and the time that belongs to it. */
export function checkFigures(clause: ClaimClause, claim: readonly ClaimClause[], cited: CitedText): Problem[] {
  const problems: Problem[] = checkNames(clause, cited);
  for (const context of clause.contexts) {
    const { figure } = context;
    if (isIndefinite(figure) || isHeadingNumber(figure, cited)) continue;
    if (isPeriod(figure)) {
      if (!isPeriodCited(context, clause, cited)) problems.push({ kind: 'period', found: figure.text });
      continue;
    }
    const places = findPlaces(context, clause, cited, (other) => sameFigure(other, figure));
    const best = places[0];
    if (best === undefined) {
      problems.push({ kind: 'figure', found: figure.text });
      continue;
    }
    const rivals = findPlaces(context, clause, cited, (other) => isRival(figure, other));
    if (isElsewhere(best, rivals, context)) problems.push({ kind: 'subject', found: figure.text });
    problems.push(...checkPeriods(best.clause, figure, clause, claim, cited));
  }
  return problems;
}

/** Numbers in names (2035行动纲要, 减负40条) need only stand there. */
function checkNames(clause: ClaimClause, cited: CitedText): Problem[] {
  return parseFigures(clause.written)
    .filter((figure) => figure.kind === 'name')
    .filter((figure) => !cited.figures.some((other) => other.value === figure.value) && !cited.folded.includes(foldForMatching(figure.text)))
    .map(({ text }) => ({ kind: 'figure', found: text }));
}

function findPlaces(context: FigureContext, clause: ClaimClause, cited: CitedText, fits: (figure: Figure) => boolean): Place[] {
  const own = contentPairs(context.words);
  const topic = [...clause.topic].filter((pair) => !own.has(pair));
  const places = cited.clauses.flatMap((there) =>
    there.contexts
      .filter(({ figure }) => fits(figure))
      .map((found) => ({
        clause: there,
        context: found,
        overlap: weigh(own, topic, found, there, cited),
        ownOverlap: measureOverlap(own, found),
        said: found.pairs.size === 0 ? 1 : measureOverlap(found.pairs, { pairs: clause.pairs, topic: clause.topic }),
      })),
  );
  return places.toSorted((left, right) => right.overlap - left.overlap);
}

/** The claim's topic clauses count half; so do words found in the topic or the headings there instead of around the figure. */
function weigh(own: ReadonlySet<string>, topic: readonly string[], found: FigureContext, clause: ReadClause, cited: CitedText): number {
  const around = new Set([...clause.topic, ...cited.headingPairs]);
  const here = isContinued(found) ? new Set([...found.pairs, ...clause.earlier]) : found.pairs;
  const weight = own.size + TOPIC_WEIGHT * topic.length;
  const told = measureOverlap(own, { pairs: here, topic: around, earlier: clause.earlier }) * own.size;
  const topical = measureOverlap(new Set(topic), { pairs: new Set([...here, ...around]), earlier: clause.earlier }) * topic.length;
  return weight === 0 ? Number.NaN : (told + TOPIC_WEIGHT * topical) / weight;
}

/** A figure with hardly a word around it (不足一千人的,…) goes on speaking of what stands before it. */
function isContinued({ pairs }: FigureContext): boolean {
  return pairs.size < 2;
}

/** Of one sort, but not the same: what the claim may have been mixed up with. */
function isRival(figure: Figure, other: Figure): boolean {
  return (isPeriod(figure) ? isPeriod(other) : figure.kind === other.kind && !isPeriod(other)) && !sameFigure(figure, other);
}

function isElsewhere(best: Place, rivals: readonly Place[], context: FigureContext): boolean {
  // Without words of its own, the figure could be anyone's as soon as there is another of its kind.
  if (Number.isNaN(best.overlap)) return rivals.length > 0;
  if (best.overlap < (best.said >= MOSTLY_SAID ? LEAST_OVERLAP_SAID : LEAST_OVERLAP)) return true;
  if (best.ownOverlap < LEAST_OVERLAP && best.said < LEAST_OVERLAP) return true;
  return rivals.some((rival) => beats(rival, best) || takesNoun(rival, best, context));
}

function beats(rival: Place, best: Place): boolean {
  if (rival.ownOverlap < best.ownOverlap - RIVAL_OWN_MARGIN) return false;
  if (rival.overlap > best.overlap + RIVAL_MARGIN) return true;
  return rival.overlap >= best.overlap - RIVAL_MARGIN && rival.said > best.said + RIVAL_SAID_MARGIN;
}

/** The first thing that the claim names and that stands beside one of the two figures only stands beside the other one (未成年读者 … 20册). */
function takesNoun(rival: Place, best: Place, context: FigureContext): boolean {
  const [near, far] = [`${best.context.words}${best.clause.folded}`, rival.context.words].map(foldForMatching);
  const topic = [...best.clause.topic, ...(isContinued(best.context) ? best.clause.earlier : [])];
  for (const noun of nounsOf(removeFrame(foldForMatching(maskFigures(context.words))))) {
    const isNear = near?.includes(noun) === true || topic.some((pair) => noun.startsWith(pair));
    if (isNear !== (far?.includes(noun) === true)) return !isNear;
  }
  return false;
}

/** 一个机制, 一项制度: an article rather than a number. */
function isIndefinite(figure: Figure): boolean {
  return figure.value === 1 && figure.comparator === 'exactly' && /^一[个项种份套位名家批次条]$/.test(figure.text);
}

function isHeadingNumber({ kind, value, unit }: Figure, cited: CitedText): boolean {
  return kind === 'ordinal' && (unit === '' || /^[条项章节款件点]$/.test(unit)) && cited.numbers.has(value);
}

/** A time stands where it is said of the same: with the same figure, or with the same words, and no other time fits them better. */
function isPeriodCited(context: FigureContext, clause: ClaimClause, cited: CitedText): boolean {
  const { figure } = context;
  if (isSetting(figure, cited)) return true;
  const holders = cited.clauses.filter(({ times }) => times.some((period) => sameFigure(period, figure)));
  const others = clause.contexts.filter(({ figure: other }) => !isPeriod(other) && other.kind !== 'ordinal');
  if (others.length > 0) {
    return holders.some((there) => others.some(({ figure: other }) => there.contexts.some((found) => sameFigure(found.figure, other))));
  }
  const timed = timedPairs(clause.written, figure);
  const score = (there: ReadClause): number => measureOverlap(clause.content, there);
  const best = Math.max(0, ...holders.filter((there) => timed.size === 0 || measureOverlap(timed, there) >= LEAST_OVERLAP).map(score));
  if (holders.length === 0 || (best === 0 && clause.content.size > 0)) return false;
  const rivals = cited.clauses.filter((there) => there.periods.length > 0 && !holders.includes(there) && there.periods.some((period) => isRival(figure, period)));
  return rivals.every((there) => score(there) <= best + RIVAL_MARGIN);
}

/** How many letters behind a time, or in front where it ends the clause, tell what it is said of. */
const TIMED_LETTERS = 10;

function timedPairs(written: string, { text }: Figure): ReadonlySet<string> {
  const at = Math.max(0, written.indexOf(text));
  const behind = contentPairs(written.slice(at + text.length, at + text.length + TIMED_LETTERS));
  return behind.size > 0 ? behind : contentPairs(written.slice(Math.max(0, at - TIMED_LETTERS), at));
}

function isSetting(figure: Figure, cited: CitedText): boolean {
  return figure.kind === 'year' && figure.unit === '年' && figure.upper === undefined && figure.comparator === 'exactly' && cited.settingYears.includes(figure.value);
}

/** Times that hold for the cited clause must be told with it: those in front of it, and its own where what they are said of is told. */
export function checkPeriods(there: ReadClause, figure: Figure | undefined, clause: ClaimClause, claim: readonly ClaimClause[], cited: CitedText): Problem[] {
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
