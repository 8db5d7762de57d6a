import type { Figure } from '../text/figures.ts';
import { foldForMatching } from '../text/normalize.ts';
import { measureOverlap, type CitedText } from './cited-text.ts';
import { missingSorts, nounsOf, wordsOf } from './check-words.ts';
import { contentPairs, maskFigures, removeFrame, type ClaimClause } from './claim-words.ts';
import type { FigureContext, ReadClause } from './clauses.ts';

/** Where a figure of the claim stands in the cited text. */
export interface Place {
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

/** A clause of a claim, the claim, and what it cites. */
export interface FigureMatter {
  readonly clause: ClaimClause;
  readonly claim: readonly ClaimClause[];
  readonly cited: CitedText;
}

/** The places of the cited text whose figure fits, those whose words fit the claim best first. */
export function findPlaces(context: FigureContext, { clause, claim, cited }: FigureMatter, fits: (figure: Figure) => boolean): Place[] {
  const near = contentPairs(context.words);
  // 到2025年达到4.6个: what is measured was told in the clause before.
  const own = near.size > 0 ? near : (claim[claim.indexOf(clause) - 1]?.content ?? near);
  const topic = [...clause.topic].filter((pair) => !own.has(pair));
  const places = cited.clauses.flatMap((there) =>
    there.contexts
      .filter(({ figure, isTime }) => !isTime && fits(figure))
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

/** Whether the claim's words around a figure belong to something else than what it measures there. */
export function isElsewhere(best: Place, rivals: readonly Place[], context: FigureContext, cited: CitedText): boolean {
  // Without words of its own, the figure could be anyone's as soon as there is another of its kind.
  if (Number.isNaN(best.overlap)) return rivals.length > 0 && !isContinued(best.context);
  if (best.overlap < (best.said >= MOSTLY_SAID ? LEAST_OVERLAP_SAID : LEAST_OVERLAP)) return true;
  if (best.ownOverlap < LEAST_OVERLAP && best.said < LEAST_OVERLAP) return true;
  return rivals.some((rival) => beats(rival, best) || takesNoun(rival, best, context, cited));
}

function beats(rival: Place, best: Place): boolean {
  if (rival.ownOverlap < best.ownOverlap - RIVAL_OWN_MARGIN) return false;
  if (rival.overlap > best.overlap + RIVAL_MARGIN) return true;
  return rival.overlap >= best.overlap - RIVAL_MARGIN && rival.said > best.said + RIVAL_SAID_MARGIN;
}

/**
 * The first thing that the claim names and that stands beside one of the two figures only stands beside the other one (未成年读者 … 20册);
 * within one clause (讲座60场、展览24场) the thing nearest to the figure tells.
 */
function takesNoun(rival: Place, best: Place, context: FigureContext, cited: CitedText): boolean {
  const isOneClause = rival.clause === best.clause;
  const at = cited.clauses.indexOf(best.clause);
  const before = cited.clauses.slice(0, at).filter((other) => other.sentence === best.clause.sentence && other !== rival.clause);
  const around = isOneClause ? [] : [best.clause, ...before].map(({ folded }) => folded);
  const near = foldForMatching([best.context.words, ...around].join(','));
  const far = foldForMatching(isOneClause ? besideFigure(rival.context) : rival.context.words);
  const topic = [...best.clause.topic, ...(isContinued(best.context) ? best.clause.earlier : [])];
  for (const noun of isOneClause ? nearestWords(context) : nounsAround(context)) {
    const isNear = near.includes(noun) || topic.some((pair) => noun.startsWith(pair));
    if (isNear !== far.includes(noun)) return !isNear;
  }
  return false;
}

function nounsAround({ words }: FigureContext): readonly string[] {
  return nounsOf(removeFrame(foldForMatching(maskFigures(words))));
}

/** Items of one clause share their verb; only what stands right beside its figure is an item's own. */
const BESIDE_LETTERS = 6;

function besideFigure({ words, figure }: FigureContext): string {
  const at = Math.max(0, words.indexOf(figure.text));
  return words.slice(Math.max(0, at - BESIDE_LETTERS), at + figure.text.length + BESIDE_LETTERS);
}

function nearestWords(context: FigureContext): readonly string[] {
  const masked = foldForMatching(maskFigures(context.words));
  const at = masked.indexOf('|');
  const distance = (noun: string): number => {
    const index = masked.indexOf(noun);
    return index < at ? at - index - noun.length : index - at - 1;
  };
  return wordsOf(removeFrame(masked)).toSorted((left, right) => distance(left) - distance(right));
}

/** A level or kind named beside the figure that isn't named in its clause there. */
export function lacksSort({ clause, context: there }: Place, { words }: FigureContext): boolean {
  const known = `${clause.folded},${there.words}`;
  const around = new Set([...clause.topic, ...clause.earlier]);
  return missingSorts(foldForMatching(words), known).some((word) => ![...around].some((pair) => word.includes(pair)));
}

const CHANGE = /(?:增加|提高|提升|上升|增长|下降|降低|减少|压缩|缩短|扩大)了?$/;
const CHANGE_TO = /(?:增|加|提高|提升|上升|增长|降|低|减少|压缩|缩短|扩大)(?:到|至|为)$/;

/** 增加36名 is not 增加到36名. */
export function changesDirection(said: FigureContext, there: FigureContext): boolean {
  const [ours, theirs] = [said, there].map(({ words, figure }) => words.slice(0, Math.max(0, words.indexOf(figure.text))));
  return (CHANGE.test(ours ?? '') && CHANGE_TO.test(theirs ?? '')) || (CHANGE_TO.test(ours ?? '') && CHANGE.test(theirs ?? ''));
}
