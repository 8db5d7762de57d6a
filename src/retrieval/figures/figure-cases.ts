import type { Figure } from '../../text/figures.ts';
import type { Question } from '../question/question.ts';
import type { PlacedFigure, ReadingMatter } from '../evidence/reading.ts';
import { figuresOf } from '../evidence/scene.ts';
import { testLimit } from './tested-limits.ts';

/** 「投资1000万元以上的,」 tells for whom the figure of the next clause is. */
export const TELLS_CASE = /的\p{Script=Han}{0,6}$/u;

/** 「工作12年」, 「干了6年」, 「缴费满15年」, 「贷二十年」: how long somebody has done something, or is to do it. */
const HAS_DONE = /(?:工作|干|做|教书|任教|从业|服务|缴费|参保|居住|住|租|经营|开业|满|用|使用|超期|逾期|欠|贷款?|借款?|存款?|签|期限)(?:了|满|过)*$/u;

/** 一个月 and 一亩 tell no case, nor does a span of time by itself. */
const casesOf = ({ figures, folded }: Question): readonly Figure[] => figures.filter(({ kind, value, start }) => value !== 1 && (kind !== 'duration' || HAS_DONE.test(folded.slice(0, start))));

/** A limit beside a figure, and whether the case that the question tells is within it. */
interface TestedLimit {
  readonly limit: Figure;
  readonly isWithin: boolean;
}

/** The limits of the figure's own clause, or the one before it, under which a case that the question tells (83岁, 800名学生) may fall: 60至79周岁的每餐补贴2元. */
function testLimits({ question }: ReadingMatter, { sentence: { clauses }, clauseIndex, figure }: PlacedFigure): readonly TestedLimit[] {
  const own = clauses[clauseIndex]?.clause;
  if (own === undefined || question.figures.length === 0) return [];
  const before = clauses[clauseIndex - 1]?.clause;
  const told = figuresOf(own).some(({ start }) => start !== figure.start) || before === undefined || !TELLS_CASE.test(before.text) ? [own] : [before, own];
  return casesOf(question).flatMap((asked) => told.flatMap((clause) => figuresOf(clause).flatMap((limit) => {
    const isWithin = clause === own && limit.start === figure.start ? undefined : testLimit(question, limit, asked, clause);
    return isWithin === undefined ? [] : [{ limit, isWithin }];
  })));
}

/** Whether the case that the question tells is within all limits of the figure; undefined where they set none. */
export function testCase(matter: ReadingMatter, placed: PlacedFigure): boolean | undefined {
  const tests = testLimits(matter, placed);
  return tests.length === 0 ? undefined : tests.every(({ isWithin }) => isWithin);
}

/** What a case must reach for the figure; undefined where that is told otherwise than by one such limit. */
function readStep(matter: ReadingMatter, placed: PlacedFigure): number | undefined {
  const [only, other] = testLimits(matter, placed);
  if (only === undefined || other !== undefined) return undefined;
  const { value, upper, comparator } = only.limit;
  return upper !== undefined || comparator === 'at-most' || comparator === 'less-than' ? undefined : value;
}

/** 「满50人奖励2000元,满100人奖励5000元」: of the steps that a case reaches the highest counts, as far as they stand in one passage. */
export function findStep(matter: ReadingMatter, likeliest: PlacedFigure, fits: readonly PlacedFigure[]): PlacedFigure {
  const reached = readStep(matter, likeliest);
  if (reached === undefined) return likeliest;
  const { figure: { unit }, sentence: { scene } } = likeliest;
  const higher = fits.flatMap((each) => {
    const step = each.sentence.scene === scene && each.figure.unit === unit && testCase(matter, each) === true ? readStep(matter, each) : undefined;
    return step === undefined || step <= reached ? [] : [{ each, step }];
  });
  return higher.toSorted((left, right) => right.step - left.step)[0]?.each ?? likeliest;
}

const ENDS_AS_LIMIT = /以[上下内]$/u;

/** 80至89周岁, where the question tells an age: the limit of a case, and no answer. */
export function isLimit({ question }: ReadingMatter, { sentence: { clauses }, clauseIndex, figure }: PlacedFigure): boolean {
  const clause = clauses[clauseIndex]?.clause;
  return clause !== undefined && (figure.kind !== 'money' || ENDS_AS_LIMIT.test(figure.text)) && casesOf(question).some((asked) => testLimit(question, figure, asked, clause) !== undefined);
}
