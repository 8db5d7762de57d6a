import type { Lexicon } from '../corpus/lexicon.ts';
import type { Figure } from '../text/figures.ts';
import { isPartOfTotal } from './entries.ts';
import { tellsOneEach } from './enumerated.ts';
import { countsWhatIsAsked, isAnothers, isBound, isForOther, standsOut } from './figure-binding.ts';
import { findFirmMisses } from './firm-misses.ts';
import { fitFigure, readLimit, tellsValidity } from './fit-figure.ts';
import { findEntryOf } from './figure-entry.ts';
import { findWaiver } from './find-waiver.ts';
import { placeFigures, weighChange, weighMeasured } from './place-figures.ts';
import { citeClauses, citePart, contradictsTerm, findKnownMisses, goesOnBefore, LIMITS_BEFORE, listMissing, refuse, widenClause } from './reading.ts';
import type { PlacedFigure, Point, Reading, ReadingMatter } from './reading.ts';
import { readChange } from './read-change.ts';
import { goesOtherWay } from './money-ways.ts';
import { figuresOf } from './scene.ts';
import type { SceneClause } from './scene.ts';
import type { Question } from './question.ts';
import type { Term } from './term.ts';
import type { ScoredClause, ScoredSentence } from './scoring.ts';
import { testLimit } from './tested-limits.ts';
import { isAllDay, tellsEventItself, tellsOtherEnd } from './told-time.ts';

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
  if (entry !== undefined) return { span: citePart(sentence, clauseIndex, entry), lead: figure.text };
  const [widened, to] = widenClause(matter, sentence, clauseIndex, (clause) => !hasRival(sentence, clause, figure));
  let from = widened;
  while (from > 0 && saysOfBefore(sentence.clauses[from]?.clause, sentence)) from -= 1;
  // 「投资1000万元以上的,奖励20万元」: for whom it is.
  if (from === clauseIndex && testCase(matter, placed) !== undefined && CONDITION.test(sentence.clauses[from - 1]?.clause.text ?? '')) from -= 1;
  return { span: citeClauses(sentence, from, to), lead: figure.text };
}

/** The clause answers a word of the question with its opposite (省级 with 市级, 总投资 with 当年投资). */
function contradicts(matter: ReadingMatter, { sentence, clauseIndex }: PlacedFigure, lexicon: Lexicon): boolean {
  const clause = sentence.clauses[clauseIndex];
  if (clause === undefined) return false;
  // A figure and no more is of what the clause before it names.
  const from = goesOnBefore(clause.clause, sentence) ? Math.max(0, clauseIndex - 1) : clauseIndex;
  return sentence.clauses.slice(from, clauseIndex + 1).some((each) => matter.terms.some(({ term }, index) => contradictsTerm(term, each.ownStrengths[index] ?? 0, each.clause.folded, matter.question, lexicon)));
}

/** Nothing that the question names is missing, or one noun at most where the figure stands out and no other one holds more. */
function isAboutIt(matter: ReadingMatter, each: PlacedFigure, placed: readonly PlacedFigure[], lexicon: Lexicon): boolean {
  const missesOf = ({ sentence, clauseIndex }: PlacedFigure): number => findKnownMisses(matter, sentence.clauses[clauseIndex]?.strengths ?? []).filter(({ term }) => !isOfTheRest(each, term, lexicon)).length;
  const misses = missesOf(each);
  if (misses === 0) return true;
  const coverage = ({ sentence, clauseIndex }: PlacedFigure): number => sentence.clauses[clauseIndex]?.coverage ?? 0;
  // Of what age people are says who they are.
  return misses <= Number(testCase(matter, each) === true || standsOut(matter, placed, each)) && !placed.slice(0, LOOKED_AT).some((other) => coverage(other) > coverage(each) && missesOf(other) === 0);
}

const LOOKED_AT = 8;

const SUBJECT = { weight: 0.3, strength: 0.45, covered: 0.8 } as const;

/** Where a clause speaks of the level of school that is asked about only by a word for several (中小学): whether it holds anything else that the question names. */
function holdsSubject({ terms }: ReadingMatter, strengths: readonly number[]): boolean {
  const levels = terms.flatMap(({ term }, index) => (term.role === 'level' ? [strengths[index] ?? 0] : []));
  if (levels.length === 0 || levels.some((strength) => strength > SUBJECT.covered)) return true;
  const subjects = terms.flatMap(({ term, weight }, index) => ((term.role === 'content' || term.role === 'name' || term.role === 'attribute') && !term.isAside && weight >= SUBJECT.weight && term.text.length > 1 ? [index] : []));
  return subjects.some((index) => (strengths[index] ?? 0) >= SUBJECT.strength);
}

/** 「每日15元,托班每日12元」: the clause that names nobody is of those whom the other one doesn't name (小班). */
function isOfTheRest({ sentence, clauseIndex }: PlacedFigure, { text }: Term, lexicon: Lexicon): boolean {
  const others = lexicon.opposites.get(text) ?? [];
  const names = (index: number): boolean => others.some((other) => sentence.clauses[index]?.clause.folded.includes(other) ?? false);
  return others.length > 0 && !names(clauseIndex) && sentence.clauses.some(({ clause }, index) => index !== clauseIndex && names(index) && figuresOf(clause).length > 0);
}

/** 「最大能做到多少平」: the limit that the sentence of the likeliest figure sets, where the figure is none itself (以40平方米左右为主,最大不得超过60平方米). */
function findLimit(comparator: Figure['comparator'] | undefined, likeliest: PlacedFigure, fits: readonly PlacedFigure[]): PlacedFigure {
  const { figure: { comparator: own, unit, kind }, sentence, clauseIndex } = likeliest;
  if (comparator === undefined || own === comparator) return likeliest;
  return fits.find((other) => other.sentence === sentence && other.clauseIndex > clauseIndex && other.figure.unit === unit && other.figure.kind === kind && other.figure.comparator === comparator) ?? likeliest;
}

/** Whether a case that the question tells (83岁, 800名学生) is within the limits of the figure's own clause, or the one before it: 60至79周岁的每餐补贴2元; undefined where they set none. */
function testCase({ question }: ReadingMatter, { sentence: { clauses }, clauseIndex, figure }: PlacedFigure): boolean | undefined {
  const own = clauses[clauseIndex]?.clause;
  if (own === undefined || question.figures.length === 0) return undefined;
  const before = clauses[clauseIndex - 1]?.clause;
  const told = figuresOf(own).some(({ start }) => start !== figure.start) || before === undefined || !CONDITION.test(before.text) ? [own] : [before, own];
  const tests = casesOf(question).flatMap((asked) => told.flatMap((clause) => figuresOf(clause).flatMap((limit) => (clause === own && limit.start === figure.start ? [] : (testLimit(question, limit, asked, clause) ?? [])))));
  return tests.length === 0 ? undefined : tests.every((isWithin) => isWithin);
}
const CONDITION = /的\p{Script=Han}{0,6}$/u;

/** 一个月 and 一亩 tell no case. */
const casesOf = ({ figures }: Question): readonly Figure[] => figures.filter(({ kind, value }) => kind !== 'duration' && value !== 1);

/** 80至89周岁, where the question tells an age: the limit of a case, and no answer. */
function isLimit({ question }: ReadingMatter, { sentence: { clauses }, clauseIndex, figure }: PlacedFigure): boolean {
  const clause = clauses[clauseIndex]?.clause;
  return clause !== undefined && (figure.kind !== 'money' || ENDS_AS_LIMIT.test(figure.text)) && casesOf(question).some((asked) => testLimit(question, figure, asked, clause) !== undefined);
}
const ENDS_AS_LIMIT = /以[上下内]$/u;

/** A price is asked for, and the clause tells what is given. */
function isOtherMoney({ question: { folded } }: ReadingMatter, { sentence: { clauses, scene }, clauseIndex }: PlacedFigure): boolean {
  return goesOtherWay(folded, clauses[clauseIndex]?.clause.folded ?? '', `${scene.heading} ${scene.ancestors}`);
}

/** The time of something else than what is asked: when it ends, where it is asked when it begins. */
function isOtherTime({ question }: ReadingMatter, { sentence: { clauses }, clauseIndex, figure }: PlacedFigure): boolean {
  const text = clauses[clauseIndex]?.clause.text ?? '';
  return isAllDay(figure, text) || tellsOtherEnd(question, figure, text) || tellsEventItself(question, figure, text);
}

/** 「甲、乙、丙各设一个」 tells one of each, and three where all are asked for. */
function isOneOfEach({ question: { folded } }: ReadingMatter, { sentence: { clauses }, clauseIndex, figure }: PlacedFigure): boolean {
  if (COUNTS_PLACES.test(folded) && figure.kind === 'count' && !COUNT_PLACES.has(figure.unit)) return true;
  if (ASKS_ALL_TOGETHER.test(folded) && !ASKS_EACH.test(folded) && FOR_EACH_ONE.test(clauses[clauseIndex]?.clause.text.slice(0, figure.start) ?? '')) return true;
  return figure.value === 1 && figure.kind === 'count' && !ASKS_EACH.test(folded) && tellsOneEach(clauses[clauseIndex]?.clause.text ?? '');
}
/** 「在几个地方试点」: no number of vehicles. */
const COUNTS_PLACES = /(?:几|多少)(?:个|处|家)(?:地方|地点|单位|部门|机构|方面)/u;
const COUNT_PLACES: ReadonlySet<string> = new Set(['个', '处', '家', '所', '项', '']);
const ASKS_ALL_TOGETHER = /(?:一共|总共|合计)[^,，]{0,6}(?:几|多少)/u;
const FOR_EACH_ONE = /每(?:一)?[个名户人家所套班校床间处座台辆]/u;
const ASKS_EACH = /[每各]|分别/u;

const ALL_BUT = { held: 0.85, more: 0.35 } as const;

/** Another sentence holds all but everything that is asked and gives no such figure: one that stands where much less of it does is of something else. */
function isOfLess({ sentence, clauseIndex }: PlacedFigure, top: ScoredSentence, placed: readonly PlacedFigure[]): boolean {
  const held = sentence.clauses[clauseIndex]?.coverage ?? 0;
  return top !== sentence && top.coverage >= ALL_BUT.held && top.coverage - held >= ALL_BUT.more && !top.sentence.sentence.isHeading && !placed.some((other) => other.sentence === top);
}

/** No span of time answers it, nor a year by itself. */
const ASKS_DAY = /几[号月]|哪[天月日]|哪一[天月日]/u;

/** Reads the figure or date that the question asks for; refuses where the place that speaks of it names none. */
export function readFigure(matter: ReadingMatter, lexicon: Lexicon): Reading {
  const { question, sentences } = matter;
  const isWhen = question.kind === 'when';
  if (matter.terms.every(({ term }) => term.role === 'frame')) return refuse([], [], false);
  const placed = weighChange(matter, weighMeasured(matter, placeFigures(matter, (figure, clause) => fitFigure(figure, clause, question.asked, isWhen))));
  const top = sentences[0];
  const isOnDay = isWhen && ASKS_DAY.test(question.folded);
  const clauseOf = ({ sentence, clauseIndex }: PlacedFigure): ScoredClause | undefined => sentence.clauses[clauseIndex];
  const fits = placed.filter((each) => {
    const strengths = clauseOf(each)?.strengths ?? [];
    return !(isOnDay && (each.figure.kind === 'duration' || each.figure.kind === 'year') && !tellsValidity(each.figure, clauseOf(each)?.clause.text ?? '')) && isBound(matter, each) && !isForOther(matter.question, each.sentence, each.figure) && !isOtherMoney(matter, each) && !(isWhen && isOtherTime(matter, each)) && !isPartOfTotal(matter, each.sentence) && !isOneOfEach(matter, each) && countsWhatIsAsked(matter, each) && !isLimit(matter, each) && (testCase(matter, each) ?? !isAnothers(matter, each, placed)) && findFirmMisses(matter, strengths).length === 0 && holdsSubject(matter, strengths) && isAboutIt(matter, each, placed, lexicon) && !contradicts(matter, each, lexicon);
  });
  const holdsEnough = (each: PlacedFigure): boolean => (clauseOf(each)?.coverage ?? 0) >= ENOUGH;
  const likeliest = fits.find((each) => holdsEnough(each) && testCase(matter, each) === true) ?? fits.find(holdsEnough);
  if (likeliest !== undefined && top !== undefined && isOfLess(likeliest, top, placed)) return { verdict: 'refused', reason: 'attribute', missing: listMissing(matter, top.strengths), isFirm: true };
  const best = likeliest === undefined ? undefined : findLimit(readLimit(question), likeliest, fits);
  if (best === undefined) {
    const waived = findWaiver(matter);
    if (waived !== undefined) return { verdict: 'answered', shape: 'sentences', points: [waived] };
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
