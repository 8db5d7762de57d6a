import type { Lexicon } from '../../corpus/lexicon.ts';
import type { Figure } from '../../text/figures.ts';
import { findStep, TELLS_CASE, testCase } from '../figures/figure-cases.ts';
import { keepAnswering } from '../figures/figure-checks.ts';
import { findEntryOf } from '../figures/figure-entry.ts';
import { findFirmMisses } from '../evidence/firm-misses.ts';
import { fitFigure, readLimit } from '../figures/fit-figure.ts';
import { findWaiver } from '../evidence/find-waiver.ts';
import { findMoneyAsShare } from '../figures/money-as-share.ts';
import { placeFigures, weighChange, weighMeasured } from '../figures/place-figures.ts';
import { citeClauses, citePart, goesOnBefore, LIMITS_BEFORE, listMissing, refuse, widenClause } from '../evidence/reading.ts';
import type { PlacedFigure, Point, Reading, ReadingMatter } from '../evidence/reading.ts';
import { readChange } from './read-change.ts';
import { figuresOf } from '../evidence/scene.ts';
import type { SceneClause } from '../evidence/scene.ts';
import type { ScoredClause, ScoredSentence } from '../evidence/scoring.ts';
import { findNobodys } from '../figures/shared-total.ts';
import { leadByTime } from '../question/told-time.ts';

/** Chosen on the development sets: how much of the question's weight a figure's clause and surroundings must hold. */
const ENOUGH = 0.4;
/** Two figures this close in score are both said, each with its own words. */
const TIE = 0.02;
/** Where less than this of the question is held, figures that come less close are said as well. */
const UNSURE = { coverage: 0.5, tie: 0.12 } as const;

/** A figure that may be taken for the one that answers; a bare year is only for a year. */
function hasRival(sentence: ScoredSentence, index: number, { kind: own }: Figure): boolean {
  const clause = sentence.clauses[index]?.clause;
  return clause !== undefined && figuresOf(clause).some(({ kind }) => kind !== 'name' && kind !== 'ordinal' && (kind !== 'year' || own === 'year'));
}

/** Says something of the clause before, and is nothing without it: 「比上年增加1500万元」. */
const SAYS_OF_BEFORE = /^(?:比|较|同比|分别|其中)/u;

const saysOfBefore = (clause: SceneClause | undefined, sentence: ScoredSentence): boolean => clause !== undefined && (SAYS_OF_BEFORE.test(clause.text) || (goesOnBefore(clause, sentence) && !LIMITS_BEFORE.test(clause.text)));

/** The place to quote for a figure: its clause, widened to what it is about, but never over another figure. */
function citeFigure(matter: ReadingMatter, placed: PlacedFigure): Point {
  const { sentence, clauseIndex, figure } = placed;
  const entry = findEntryOf(matter, placed);
  const told = sentence.clauses[clauseIndex]?.clause;
  const lead = matter.question.kind !== 'when' || told === undefined ? figure.text : leadByTime(matter.question, figure, told.text, figuresOf(told));
  if (entry !== undefined) return { span: citePart(sentence, clauseIndex, entry), lead: figure.text };
  const [widened, to] = widenClause(matter, sentence, clauseIndex, (clause) => !hasRival(sentence, clause, figure));
  let from = widened;
  while (from > 0 && saysOfBefore(sentence.clauses[from]?.clause, sentence)) from -= 1;
  // 「投资1000万元以上的,奖励20万元」: for whom it is.
  if (from === clauseIndex && testCase(matter, placed) !== undefined && TELLS_CASE.test(sentence.clauses[from - 1]?.clause.text ?? '')) from -= 1;
  return { span: citeClauses(sentence, from, to), lead };
}

/** 「最大能做到多少平」: the limit that the sentence of the likeliest figure sets, where the figure is none itself (以40平方米左右为主,最大不得超过60平方米). */
function findLimit(comparator: Figure['comparator'] | undefined, likeliest: PlacedFigure, fits: readonly PlacedFigure[]): PlacedFigure {
  const { figure: { comparator: own, unit, kind }, sentence, clauseIndex } = likeliest;
  if (comparator === undefined || own === comparator) return likeliest;
  return fits.find((other) => other.sentence === sentence && other.clauseIndex > clauseIndex && (other.figure.unit === unit || kind === 'money') && other.figure.kind === kind && other.figure.comparator === comparator) ?? likeliest;
}

const ALL_BUT = { held: 0.85, more: 0.35 } as const;

/** Another sentence holds all but everything that is asked and gives no such figure: one that stands where much less of it does is of something else. */
function isOfLess({ sentence, clauseIndex }: PlacedFigure, top: ScoredSentence, placed: readonly PlacedFigure[]): boolean {
  const held = sentence.clauses[clauseIndex]?.coverage ?? 0;
  return top !== sentence && top.coverage >= ALL_BUT.held && top.coverage - held >= ALL_BUT.more && !top.sentence.sentence.isHeading && !placed.some((other) => other.sentence === top);
}

/** Reads the figure or date that the question asks for; refuses where the place that speaks of it names none. */
export function readFigure(matter: ReadingMatter, lexicon: Lexicon): Reading {
  const { question, sentences } = matter;
  const isWhen = question.kind === 'when';
  if (matter.terms.every(({ term }) => term.role === 'frame')) return refuse([], [], false);
  const placed = weighChange(matter, weighMeasured(matter, placeFigures(matter, (figure, clause) => fitFigure(figure, clause, question.asked, isWhen))));
  const top = sentences[0];
  const clauseOf = ({ sentence, clauseIndex }: PlacedFigure): ScoredClause | undefined => sentence.clauses[clauseIndex];
  const nobodys = findNobodys(question, placed, lexicon);
  const fits = keepAnswering(matter, placed, lexicon).filter((each) => !nobodys.has(each));
  const holdsEnough = (each: PlacedFigure): boolean => (clauseOf(each)?.coverage ?? 0) >= ENOUGH;
  const inCase = fits.find((each) => holdsEnough(each) && testCase(matter, each) === true);
  const likeliest = inCase === undefined ? fits.find(holdsEnough) : findStep(matter, inCase, fits);
  const [first] = placed;
  // What comes nearest is not for the case that is told: nor is what stands elsewhere.
  const isOutside = inCase === undefined && first !== undefined && first.sentence.scene !== likeliest?.sentence.scene && testCase(matter, first) === false;
  if (likeliest !== undefined && top !== undefined && (isOutside || isOfLess(likeliest, top, placed))) return { verdict: 'refused', reason: 'attribute', missing: listMissing(matter, top.strengths), isFirm: true };
  const best = likeliest === undefined ? undefined : findLimit(readLimit(question), likeliest, fits);
  if (best === undefined) {
    const waived = findWaiver(matter);
    if (waived !== undefined) return { verdict: 'answered', shape: 'sentences', points: [waived] };
    const share = findMoneyAsShare(matter);
    if (share !== undefined) return { verdict: 'answered', shape: 'figure', points: [share] };
    const nearest = placed[0] === undefined || fits.length > 0 ? undefined : clauseOf(placed[0])?.strengths;
    const ofTop = findFirmMisses(matter, top?.strengths ?? []);
    const misses = ofTop.length > 0 || nearest === undefined ? ofTop : findFirmMisses(matter, nearest);
    if (misses.length > 0) return refuse(misses, [], true);
    const speaksOfIt = (top?.coverage ?? 0) >= 0.8;
    return { verdict: 'refused', reason: speaksOfIt ? 'attribute' : 'outside', missing: listMissing(matter, top?.strengths ?? []), isFirm: speaksOfIt };
  }
  const tie = (clauseOf(best)?.coverage ?? 0) < UNSURE.coverage ? UNSURE.tie : TIE;
  const ties = fits.filter(
    (other) => best === likeliest && testCase(matter, best) !== true && other.score >= best.score - tie && (other.sentence !== best.sentence || other.clauseIndex !== best.clauseIndex),
  );
  const chosen = [best, ...ties.slice(0, 1)];
  const points = chosen.map((each) => citeFigure(matter, each));
  const change = points[0] === undefined ? undefined : readChange(question, points[0]);
  return change === undefined || points[0] === undefined ? { verdict: 'answered', shape: 'figure', points } : { verdict: 'answered', shape: 'figure', points: [points[0]], opening: change };
}
