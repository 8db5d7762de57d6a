import { readComparatorAfter, readComparatorBefore } from './figure-comparators.ts';
import { readMeasure, type Measure } from './figure-measures.ts';
import { exec, NUMERAL, readNumber, type ReadNumber } from './figure-numbers.ts';
import type { Figure } from './figure.ts';
import { parseNumeral, scale } from './numerals.ts';

/** A figure of folded text, or a stretch that holds none and is to be passed over. */
export interface FoundFigure {
  readonly start: number;
  readonly end: number;
  readonly figure?: FigureReading;
}

export type FigureReading = Omit<Figure, 'text' | 'start' | 'end'>;

/** Longer runs are serial numbers or noise. */
const LONG_RUN = /\d{21,}|[零〇一二两三四五六七八九十百千万亿]{25,}/y;
const MAY_RUN = /[\d零〇一二两三四五六七八九十百千万亿]/;
const SHARE = /([百千万])分之(?:(\d{1,3}(?:\.\d{1,4})?)|([零一二两三四五六七八九十百点]{1,10}))/y;
const FRACTION = /([二三四五六七八九十]{1,3})分之([一二三四五六七八九十]{1,3})/y;
const HALF = /半(年|个月|天|个?小时|个?学[期年])(?![来前后]?期)/y;
/** 一个半小时, 两年半: half a unit more than the number says. */
const AND_HALF = /个半(小时|月|学期|学年|工作日)/y;
const HALF_BEHIND = /半(?![价夜天年个日月途路截数票岛径边程载成山导决])/y;
const HALVED: ReadonlySet<string> = new Set(['年', '天', '周', '月', '小时']);
const MAY_RANGE = /[ 至到-]/;
const RANGE = / ?(?:-|至|到) ?(?=[\d一二两三四五六七八九十百])/y;

/** 表1, 附件2: what a table or an annex is called by, and no count of what follows. */
const CALLS_BY_NUMBER = /(?:(?:^|[附见如按("“\s])表|附件) ?$/;
const ENDS_NUMBER = /(?:$|[ :、)])/y;

function isOfTable(text: string, index: number, end: number): boolean {
  ENDS_NUMBER.lastIndex = end;
  return CALLS_BY_NUMBER.test(text.slice(Math.max(0, index - 4), index)) && ENDS_NUMBER.test(text);
}

/** The quantity whose number stands at `index` of folded text; comparing words around it are part of it. */
export function readQuantity(text: string, index: number): FoundFigure | undefined {
  const run = MAY_RUN.test(text[index + 20] ?? '') ? exec(LONG_RUN, text, index) : null;
  if (run !== null) return { start: index, end: index + run[0].length };
  const isNumeral = text.charCodeAt(index) > 0x7f;
  const share = isNumeral ? readShare(text, index) : undefined;
  if (share !== undefined) return finish(text, index, share.end, share.figure, false);
  const number = readNumber(text, index);
  if (number === undefined) return readHalf(text, index) ?? skipMalformed(text, index);
  if (isOfTable(text, index, number.end)) return { start: index, end: number.end, figure: { value: number.value, unit: '', kind: 'name', comparator: 'exactly' } };
  const measure = readMeasure(text, index, number);
  const withHalf = readAndHalf(text, index, number) ?? readHalfMore(text, index, number, measure);
  if (withHalf !== undefined) return withHalf;
  const rest = readRange(text, number, measure);
  const end = rest?.end ?? measure?.end ?? number.end;
  const unit = rest?.measure ?? measure;
  if (unit === undefined) {
    if (number.isNumeral && number.mark === '') return isOrdinal(text, index) ? bare(text, index, number) : undefined;
    return bare(text, index, number);
  }
  const upper = rest?.upper ?? number.upper;
  const value = rest?.value ?? number.value * (unit.factor ?? 1);
  const figure = upper === undefined ? { value, unit: unit.unit, kind: unit.kind } : { value, upper, unit: unit.unit, kind: unit.kind };
  return finish(text, index, end, figure, number.isMore);
}

/** Adds what stands before and behind: 第, 前, 不少于, 以上. */
function finish(text: string, index: number, end: number, found: Omit<FigureReading, 'comparator'>, isMore: boolean): FoundFigure {
  const previous = text[index - 1];
  if (previous === '第') return { start: index - 1, end, figure: withComparator(found, 'ordinal', 'exactly') };
  if (previous === '前' && (found.kind === 'percent' || found.kind === 'count')) {
    return { start: index - 1, end, figure: withComparator(found, 'rank', 'exactly') };
  }
  const after = readComparatorAfter(text, end, found.kind === 'duration');
  const before = readComparatorBefore(text, index);
  // 约…以上 says at least, 不超过…左右 about: the words behind are nearer to the value.
  const comparator = after?.comparator ?? before?.comparator ?? (isMore ? 'more-than' : 'exactly');
  return { start: before?.start ?? index, end: after?.end ?? end, figure: withComparator(found, found.kind, comparator) };
}

/** Written out: spreading objects was most of the time spent on texts full of numbers. */
function withComparator(found: Omit<FigureReading, 'comparator'>, kind: Figure['kind'], comparator: Figure['comparator']): FigureReading {
  const { value, upper, unit } = found;
  return upper === undefined ? { value, unit, kind, comparator } : { value, upper, unit, kind, comparator };
}

function readShare(text: string, index: number): { end: number; figure: Pick<Figure, 'value' | 'unit' | 'kind'> } | undefined {
  const share = exec(SHARE, text, index);
  if (share !== null) {
    const value = share[2] === undefined ? parseNumeral(share[3] ?? '') : Number(share[2]);
    if (value === undefined) return undefined;
    const unit = share[1] === '百' ? '%' : share[1] === '千' ? '‰' : '万分之';
    return { end: index + share[0].length, figure: { value, unit, kind: 'percent' } };
  }
  const fraction = exec(FRACTION, text, index);
  const [whole, part] = [parseNumeral(fraction?.[1] ?? ''), parseNumeral(fraction?.[2] ?? '')];
  if (fraction === null || whole === undefined || part === undefined) return undefined;
  return { end: index + fraction[0].length, figure: { value: (part / whole) * 100, unit: '%', kind: 'percent' } };
}

/** A long run of numerals that is no number is noise: its tail isn't tried again. */
function skipMalformed(text: string, index: number): FoundFigure | undefined {
  const length = exec(NUMERAL, text, index)?.[0].length ?? 0;
  return length > 4 ? { start: index, end: index + length } : undefined;
}

function readHalf(text: string, index: number): FoundFigure | undefined {
  const match = text[index] === '半' ? exec(HALF, text, index) : null;
  if (match === null) return undefined;
  return finish(text, index, index + match[0].length, { value: 0.5, unit: (match[1] ?? '').replace('个', ''), kind: 'duration' }, false);
}

function readAndHalf(text: string, index: number, number: ReadNumber): FoundFigure | undefined {
  const match = text[number.end] === '个' && Number.isInteger(number.value) ? exec(AND_HALF, text, number.end) : null;
  return match === null ? undefined : finish(text, index, number.end + match[0].length, { value: number.value + 0.5, unit: match[1] ?? '', kind: 'duration' }, false);
}

function readHalfMore(text: string, index: number, { value }: ReadNumber, measure: Measure | undefined): FoundFigure | undefined {
  if (measure === undefined || text[measure.end] !== '半' || measure.kind !== 'duration' || !HALVED.has(measure.unit) || exec(HALF_BEHIND, text, measure.end) === null) return undefined;
  return finish(text, index, measure.end + 1, { value: value + 0.5, unit: measure.unit, kind: 'duration' }, false);
}

interface RangeReading {
  readonly value: number;
  readonly upper: number;
  readonly end: number;
  readonly measure: Measure;
}

/** 3-5万元, 2-3个, 80%-90%: the lower end shares the unit, and the 万, of the upper one. */
function readRange(text: string, low: ReadNumber, measure: Measure | undefined): RangeReading | undefined {
  const from = measure?.end ?? low.end;
  const dash = MAY_RANGE.test(text[from] ?? '') ? exec(RANGE, text, from) : null;
  if (dash === null) return undefined;
  const high = readNumber(text, from + dash[0].length);
  if (high === undefined) return undefined;
  const upper = readMeasure(text, from + dash[0].length, high);
  if (upper === undefined || (measure !== undefined && (measure.unit !== upper.unit || measure.kind === 'ordinal'))) return undefined;
  const shared = measure === undefined && low.mark === '' ? scale(low.value, high.mark) : low.value;
  const [value, top] = [shared * (upper.factor ?? 1), high.value * (upper.factor ?? 1)];
  return value < top ? { value, upper: top, end: upper.end, measure: upper } : undefined;
}

function isOrdinal(text: string, index: number): boolean {
  return text[index - 1] === '第' || (text[index - 1] === '前' && /[三四五六七八九十]/.test(text[index] ?? ''));
}

/** A number without a unit; four digits in front of a word are a year. */
function bare(text: string, index: number, number: ReadNumber): FoundFigure {
  const written = text.slice(index, number.end);
  if (/^(?:19|20)\d\d$/.test(written) && /[一-龥]/.test(text[number.end] ?? '')) {
    return { start: index, end: number.end, figure: { value: number.value, unit: '年', kind: 'year', comparator: 'exactly' } };
  }
  return finish(text, index, number.end, { value: number.value, unit: '', kind: 'count' }, number.isMore);
}
