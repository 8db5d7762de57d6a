import { readComparatorAfter, readComparatorBefore } from './figure-comparators.ts';
import { readUnit } from './figure-units.ts';
import type { Figure } from './figure.ts';
import { parseNumeral, scale } from './numerals.ts';

/** A figure of folded text, or a stretch that holds none and is to be passed over. */
export interface FoundFigure {
  readonly start: number;
  readonly end: number;
  readonly figure?: FigureReading;
}

export type FigureReading = Omit<Figure, 'text' | 'start' | 'end'>;

interface ReadNumber {
  readonly value: number;
  readonly upper?: number;
  readonly end: number;
  readonly isNumeral: boolean;
  /** 余, 多 inside: 200余名, 10多亿. */
  readonly isMore: boolean;
  /** The 万 or 亿 behind it, which a range's lower end may share. */
  readonly mark: string;
}

type Measure = Pick<Figure, 'unit' | 'kind'> & { readonly end: number; readonly factor?: number };

const DIGITS = /\d{1,3}(?:,\d{3}){1,5}(?!\d)(?:\.\d{1,8})?|\d{1,20}(?:\.\d{1,8})?/y;
/** Longer runs are serial numbers or noise. */
const LONG_RUN = /\d{21,}|[零〇一二两三四五六七八九十百千万亿]{25,}/y;
const MAY_RUN = /[\d零〇一二两三四五六七八九十百千万亿]/;
const NUMERAL = /[一二两三四五六七八九十][零〇一二两三四五六七八九十百千万亿点]{0,23}/y;
const MARK = / {0,2}([余多几]?)(万亿|千万|百万|十万|[百千]亿|亿|万|千(?![克米瓦])|百(?!分))([余多]?)/y;
/** 1亿2000万, 5万5千. */
const SMALLER: Readonly<Record<string, RegExp>> = { 亿: /(\d{1,4}(?:\.\d{1,4})?)(万)/y, 万: /(\d)(千)/y };
const MORE = / {0,1}[余多](?=[个所名人门项件家户座处间张台套辆次场例位县元年天月平公])/y;
const SHARE = /([百千万])分之(?:(\d{1,3}(?:\.\d{1,4})?)|([零一二两三四五六七八九十百点]{1,10}))/y;
const FRACTION = /([二三四五六七八九十]{1,3})分之([一二三四五六七八九十]{1,3})/y;
const TENTHS = / ?成(?![立为员果功效本长绩熟型品分人都体就])(半)?/y;
const SIGN = / {0,2}([%‰])/y;
const SPACES = / {0,2}/y;
const HALF = /半(年|个月|天|小时)(?![来前后]?期)/y;
const POINTS = / {0,2}个?百分点/y;
const MAY_RANGE = /[ 至到-]/;
const RANGE = / ?(?:-|至|到) ?(?=[\d一二两三四五六七八九十百])/y;
const MONEY_AFTER = /^(?:的)?(?:[一-龥]{0,2})?(?:投资|资金|经费|投入|补助|贷款|产值|营收|资产|财政)/;
const MONEY_BEFORE = /(?:投资|资金|经费|投入|补助|贷款|产值|营收|资产|拨款|专项)[额约近达到超过为计了共]{0,4}$/;
/** In front of a numeral these make another word: 统一, 同一个, 每一名, 万一, 之一; 高三, 周一; 几十, 数十. */
const PART_OF_WORD: readonly (readonly [string, string])[] = [['统唯同每任单专进万之某逐', '一'], ['初高周', '一二三四五六'], ['几数', '十']];

const exec = (pattern: RegExp, text: string, index: number): RegExpExecArray | null => {
  pattern.lastIndex = index;
  return pattern.exec(text);
};

/** The quantity whose number stands at `index` of folded text; comparing words around it are part of it. */
export function readQuantity(text: string, index: number): FoundFigure | undefined {
  const run = MAY_RUN.test(text[index + 20] ?? '') ? exec(LONG_RUN, text, index) : null;
  if (run !== null) return { start: index, end: index + run[0].length };
  const isNumeral = text.charCodeAt(index) > 0x7f;
  const share = isNumeral ? readShare(text, index) : undefined;
  if (share !== undefined) return finish(text, index, share.end, share.figure, false);
  const number = readNumber(text, index);
  if (number === undefined) return readHalf(text, index) ?? skipMalformed(text, index);
  const measure = readMeasure(text, index, number);
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
function withComparator({ value, upper, unit }: Omit<FigureReading, 'comparator'>, kind: Figure['kind'], comparator: Figure['comparator']): FigureReading {
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

/** What may stand behind a digit for it to be more than a bare number; other numbers are spared the patterns. */
const MAY_CONTINUE = /[ 余多几万亿千百十%‰成个-]/;

function readNumber(text: string, index: number): ReadNumber | undefined {
  const character = text[index] ?? '';
  if (character >= '0' && character <= '9') return readArabic(text, index);
  const written = exec(NUMERAL, text, index)?.[0];
  if (written === undefined || isPartOfWord(text[index - 1] ?? ' ', character)) return undefined;
  // 七八个, 三五名: so many or so many.
  const [low, high] = written.length === 2 ? [parseNumeral(written.charAt(0)), parseNumeral(written.charAt(1))] : [];
  if (low !== undefined && high !== undefined && high < 10 && low < high) return { value: low, upper: high, end: index + 2, isNumeral: true, isMore: false, mark: '' };
  // The last characters may belong to what follows: 三千|克, 三|点.
  for (let length = written.length; length > Math.max(0, written.length - 3); length -= 1) {
    const value = parseNumeral(written.slice(0, length));
    if (value === undefined) continue;
    const end = index + length;
    const more = length < written.length ? null : exec(MORE, text, end);
    const mark = /[万亿]+$/.exec(written.slice(0, length))?.[0] ?? '';
    return { value, end: end + (more?.[0].length ?? 0), isNumeral: true, isMore: more !== null, mark };
  }
  return undefined;
}

function isPartOfWord(previous: string, character: string): boolean {
  return PART_OF_WORD.some(([before, numerals]) => before.includes(previous) && numerals.includes(character));
}

function readArabic(text: string, index: number): ReadNumber | undefined {
  const written = exec(DIGITS, text, index)?.[0];
  if (written === undefined) return undefined;
  const plain = Number(written.includes(',') ? written.replaceAll(',', '') : written);
  const end = index + written.length;
  const mark = MAY_CONTINUE.test(text[end] ?? '') ? exec(MARK, text, end) : null;
  if (mark === null) {
    const more = MAY_CONTINUE.test(text[end] ?? '') ? exec(MORE, text, end) : null;
    return { value: plain, end: end + (more?.[0].length ?? 0), isNumeral: false, isMore: more !== null, mark: '' };
  }
  const multiple = mark[2] ?? '';
  const markEnd = end + mark[0].length;
  const below = SMALLER[multiple];
  const smaller = below === undefined ? null : exec(below, text, markEnd);
  const value = scale(plain, multiple) + (smaller === null ? 0 : scale(Number(smaller[1]), smaller[2] ?? ''));
  const isMore = mark[1] !== '' || mark[3] !== '';
  return { value, end: markEnd + (smaller?.[0].length ?? 0), isNumeral: false, isMore, mark: multiple };
}

/** The unit behind a number: a percent sign, 成, 百分点, a classifier, money; also 亿 without 元 beside 投资. */
function readMeasure(text: string, index: number, number: ReadNumber): Measure | undefined {
  const { end } = number;
  if (!MAY_CONTINUE.test(text[end] ?? '')) {
    const unit = readUnit(text, end, number.isNumeral, end - index);
    return unit ?? measureMoney(text, index, number);
  }
  const percent = exec(SIGN, text, end);
  if (percent !== null) return { unit: percent[1] ?? '%', kind: 'percent', end: end + percent[0].length };
  const points = exec(POINTS, text, end);
  if (points !== null) return { unit: '百分点', kind: 'percentage-point', end: end + points[0].length };
  const tenths = number.value < 10 && number.mark === '' ? exec(TENTHS, text, end) : null;
  if (tenths !== null) return { unit: '%', kind: 'percent', end: end + tenths[0].length, factor: 10 };
  const spaces = number.isNumeral ? 0 : (exec(SPACES, text, end)?.[0].length ?? 0);
  const unit = readUnit(text, end + spaces, number.isNumeral, end - index);
  if (unit !== undefined) return unit;
  return measureMoney(text, index, number);
}

function measureMoney(text: string, index: number, number: ReadNumber): Measure | undefined {
  const { end } = number;
  if (number.mark === '') return undefined;
  const isMoney = MONEY_AFTER.test(text.slice(end, end + 6)) || MONEY_BEFORE.test(text.slice(Math.max(0, index - 10), index));
  return isMoney ? { unit: '元', kind: 'money', end } : undefined;
}

/** 3-5万元, 2-3个, 80%-90%: the lower end shares the unit, and the 万, of the upper one. */
function readRange(text: string, low: ReadNumber, measure: Measure | undefined): { value: number; upper: number; end: number; measure: Measure } | undefined {
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
