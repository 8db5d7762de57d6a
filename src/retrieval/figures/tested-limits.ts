import { parseFigures } from '../../text/figures.ts';
import type { Figure } from '../../text/figures.ts';
import { foldForMatching } from '../../text/normalize.ts';
import { predicateOf } from '../question/predicate.ts';
import { isOfDay } from '../question/question.ts';
import type { Question } from '../question/question.ts';
import { isDay, isSameMeasure, valueOf } from '../../text/same-measure.ts';
import type { SceneClause } from '../evidence/scene.ts';

/** What a question asks of whoever its figure tells of: 300万元的项目〔必须公开吗〕, 停课四天,〔用不用报批〕. */
const ASKS_OF_IT = /能|可以|必须|要不要|要(?!求|达|到)|用不用|需要|应当|应该|得|还|算|是否|允许|属于/u;
const SHORTEST_PREDICATE = 3;
/** A figure that is said of the thing itself: 达到95%, 是3年. */
const IS_SAID = /(?:达到|达|是|为|到|要|有|超过|低于|高于|至少|最多|不少于|补|给|罚|奖|收|交|付)$/u;

/** What stands before a comma is told, and so is whose figure it is: 村里有300人,〔会…吗〕, 不到三十户的村〔是不是…〕. */
const IS_TOLD = /^\p{Script=Han}{0,3}[,，]/u;
const ASKS_OF_TOLD = /^(?:\p{Script=Han}{0,3}[,，]|的\p{Script=Han}{1,8}).*(?:是不是|会)/u;

/** First and last day of a date as digits; undefined for what is no day, month or year with its year. */
function daysOf({ unit, value }: Figure): readonly [number, number] | undefined {
  if (unit.startsWith('年月日')) return [value, value];
  if (unit.startsWith('年月')) return [value * 100 + 1, value * 100 + 31];
  if (unit === '年底') return [value * 10_000 + 1201, value * 10_000 + 1231];
  return unit === '年' ? [value * 10_000 + 101, value * 10_000 + 1231] : undefined;
}

/** 10月20号〔一次交完有优惠吗〕: something done on that day is asked about, and not the day. */
const DONE_THEN = /^(?:号|日)?(?!是|才|就是|开始|截止|结束|之?前|以前|到期)[^,，]{3,}(?:有|能|可以|还|算|来得及)[^,，]{0,8}$/u;

/** Whether a question only asks of what is done on a day. */
export const isDoneThen = (folded: string, { text, comparator, unit }: Figure): boolean => comparator === 'exactly' && unit.endsWith('日') && DONE_THEN.test(folded.slice(folded.indexOf(foldForMatching(text)) + text.length));

/** Whether a day that tells what is asked about is before or behind the one that a clause sets as a limit; undefined where it sets none, or the day may be either. */
function testDay(question: Question, limit: Figure, asked: Figure): boolean | undefined {
  const { folded } = question;
  const read = [limit, asked].every(({ unit }) => unit === '月日') ? dayOfYear : daysOf;
  const [limits, days] = [read(limit), read(asked)];
  if (limits === undefined || days === undefined || (folded.includes(foldForMatching(asked.text)) && !isOfDay(folded, asked) && !isDoneThen(folded, asked))) return undefined;
  if (limit.comparator === 'at-most') return days[1] <= limits[1] ? true : days[0] > limits[1] ? false : undefined;
  if (limit.comparator === 'at-least') return days[0] >= limits[0] ? true : days[1] < limits[0] ? false : undefined;
  return undefined;
}

const DAY_MINUTES = 1440;
const JOINS = /^(?:次日|第二天)?\s*(?:至|到|-|—|~|～)+\s*(?:次日|第二天|当日)?$/u;

const NEXT_DAY = /次日|第二天/u;
const BEHIND_NOON = /(?:下午|晚上|傍晚|夜间|晚)$/u;

/** When hours end that a clause tells: 下午2时至6时30分 in the same afternoon, 21时至7时 on the next day. */
export function closeSpan(from: Figure, to: Figure, joint: string, text: string): number {
  if (to.value > from.value) return to.value;
  const isAfternoon = BEHIND_NOON.test(text.slice(0, from.start)) && !NEXT_DAY.test(joint) && to.value + DAY_MINUTES / 2 > from.value;
  return to.value + (isAfternoon ? DAY_MINUTES / 2 : DAY_MINUTES);
}

const DAYS_OFF = /周末|双休日|休息日|节假日|(?:周|星期)[六日天]/u;
const WORKDAYS = /工作日|(?:周|星期)[一二三四五]/u;

/** Whether a clause tells of days off where the question asks of a workday, or the other way round. */
export function isOfOtherDays({ folded }: Question, text: string): boolean {
  const isOther = (asked: RegExp, other: RegExp): boolean => asked.test(folded) && !other.test(folded) && other.test(text) && !asked.test(text);
  return isOther(DAYS_OFF, WORKDAYS) || isOther(WORKDAYS, DAYS_OFF);
}

/** Whether a time of day is within the hours that a clause tells (8:30至21:00, 21时至次日7时, 22时以后); undefined where it tells none. */
function testHour(asked: Figure, text: string): boolean | undefined {
  const times = parseFigures(text).filter(({ kind }) => kind === 'time');
  const spans = times.flatMap((from, index) => {
    const to = times[index + 1];
    const joint = to === undefined ? '' : text.slice(from.end, to.start);
    return to !== undefined && JOINS.test(joint) ? [[from.value, closeSpan(from, to, joint, text)] as const] : [];
  });
  if (spans.length > 0) return spans.some(([from, to]) => [asked.value, asked.value + DAY_MINUTES].some((time) => time >= from && time <= to));
  const [only] = times;
  if (only === undefined || times.length > 1) return undefined;
  return only.comparator === 'at-most' ? asked.value <= only.value : only.comparator === 'at-least' ? asked.value >= only.value : undefined;
}

/** Month and day of a date, for one that bears no year. */
const dayOfYear = ({ unit, value }: Figure): readonly [number, number] | undefined => (unit === '月日' ? [value, value] : undefined);

/** Whether a date falls between the two that a clause tells (2021年9月1日至2022年8月31日, 7月1日至8月31日, 10月1日至7日). */
export function isBetween(asked: Figure, text: string): boolean {
  const [from, to, other] = parseFigures(text).filter(isDay);
  const isOfMonth = to?.unit === '日' && from?.unit === '月日';
  const until = isOfMonth ? { ...to, unit: '月日', value: Math.floor(from.value / 100) * 100 + to.value } : to;
  const read = [from, until, asked].every((figure) => figure?.unit === '月日') ? dayOfYear : daysOf;
  const [first, last, meant] = [from, until, asked].map((figure) => (figure === undefined ? undefined : read(figure)));
  if (from === undefined || to === undefined || other !== undefined || first === undefined || last === undefined || meant === undefined) return false;
  return /^\s*(?:至|到|-|—|~|～)/u.test(text.slice(from.end)) && first[0] <= meant[0] && meant[1] <= last[1];
}

/** 年满60周岁, 使用满12年: what is reached, and may be passed. */
const HAS_REACHED = '满';
const NAMES_LIMIT_ITSELF = /^(?:以上|以下|以后|之后|后)?才(?:能|不|可|准|让|算|给|得)/u;

/** Whether the question's figure only tells of whom or what it asks. */
export function isCondition({ folded, kind }: Question, asked: Figure): boolean {
  const at = folded.indexOf(foldForMatching(asked.text));
  // What is told beside the question tells nothing else.
  if (at < 0 || (kind === 'yes-no' && !predicateOf(folded).includes(foldForMatching(asked.text)))) return true;
  const behind = folded.slice(at + foldForMatching(asked.text).length).replace(/[?？吗么吧呢]+$/u, '');
  if (IS_SAID.test(folded.slice(0, at)) && !IS_TOLD.test(behind)) return false;
  // 「用满10年才不能用吗」 tells a limit, and no case.
  if (NAMES_LIMIT_ITSELF.test(behind) || (folded.slice(0, at).endsWith(HAS_REACHED) && behind.startsWith('就'))) return false;
  return behind.length >= SHORTEST_PREDICATE && (ASKS_OF_IT.test(behind) || ASKS_OF_TOLD.test(behind));
}

/** From where to where the values reach that a figure tells; open towards what it doesn't bound. */
interface Span {
  readonly low: number;
  readonly high: number;
}

/** 三百多人, 200余户: past so much, but not up to the next round number. */
const AND_SOME = /[多余]/u;
/** 近300人, 将近, 快: not quite so many. */
const NOT_QUITE = /近/u;
const ABOUT = 0.1;
/** Less than what two values of a notice ever differ by. */
const A_BIT = 1e-6;

/** What the last digit that is told counts: 100 of 300, 10 of 120. */
function stepOf(value: number): number {
  let step = 1;
  while (value !== 0 && value % (step * 10) === 0) step *= 10;
  return step;
}

/** The values that a figure tells; `isReached` where what is told as a plain value may be passed (年满60周岁). */
function spanOf(figure: Figure, isReached = false): Span {
  const value = valueOf(figure);
  if (figure.upper !== undefined) return { low: value, high: valueOf({ ...figure, value: figure.upper }) };
  switch (isReached ? 'at-least' : figure.comparator) {
    case 'less-than': return { low: -Infinity, high: value - A_BIT };
    case 'at-most': return { low: -Infinity, high: value };
    case 'at-least': return { low: value, high: Infinity };
    case 'more-than': return { low: value + A_BIT, high: AND_SOME.test(figure.text) ? value + valueOf({ ...figure, value: stepOf(figure.value) }) - A_BIT : Infinity };
    case 'about': return { low: value * (1 - ABOUT), high: NOT_QUITE.test(figure.text) ? value - A_BIT : value * (1 + ABOUT) };
    default: return { low: value, high: value };
  }
}

/**
 * Whether what a question's figure tells of falls under a limit of the clause (200万元以上, 未满16周岁, 年满60周岁, 18至45周岁); undefined where the one is no
 * limit, or the other no such figure, or one that may fall on either side (不到300人, where 200人 are the limit).
 */
export function testLimit(question: Question, limit: Figure, asked: Figure, { text }: Pick<SceneClause, 'text'>): boolean | undefined {
  const isAge = limit.unit === '岁' && asked.unit === '岁';
  if (isDay(limit) && isDay(asked) && question.kind === 'yes-no') return testDay(question, limit, asked);
  if (limit.kind === 'time' && asked.kind === 'time') return testHour(asked, text);
  if (!isSameMeasure(limit, asked) || isDay(asked) || NAMES_LIMIT.has(asked.comparator) || (!isAge && question.kind !== 'figure' && !isCondition(question, asked))) return undefined;
  const isReached = limit.upper === undefined && limit.comparator === 'exactly' && text.slice(0, limit.start).endsWith(HAS_REACHED);
  if (limit.upper === undefined && !isReached && !SETS_LIMIT.has(limit.comparator)) return undefined;
  const [within, told] = [spanOf(limit, isReached), spanOf(asked)];
  if (told.low >= within.low && told.high <= within.high) return true;
  return told.high < within.low || told.low > within.high ? false : undefined;
}

/** 「3年内要…吗」 names a limit itself, where 不到3年 tells a case. */
const NAMES_LIMIT: ReadonlySet<Figure['comparator']> = new Set(['at-least', 'at-most']);

/** Whether the case that a question tells may fall on either side of such a limit: 四百到六百人, where 500人 are the limit. */
export const isOnEitherSide = (question: Question, limit: Figure, asked: Figure, clause: Pick<SceneClause, 'text'>): boolean =>
  SETS_LIMIT.has(limit.comparator) && (asked.upper !== undefined || asked.comparator !== 'exactly') && !NAMES_LIMIT.has(asked.comparator) && isSameMeasure(limit, asked) && isCondition(question, asked) && testLimit(question, limit, asked, clause) === undefined;

const SETS_LIMIT: ReadonlySet<Figure['comparator']> = new Set(['less-than', 'at-most', 'at-least', 'more-than']);
