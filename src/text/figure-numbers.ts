import { parseNumeral, scale } from './numerals.ts';

export interface ReadNumber {
  readonly value: number;
  readonly upper?: number;
  readonly end: number;
  readonly isNumeral: boolean;
  /** 余, 多 inside: 200余名, 10多亿. */
  readonly isMore: boolean;
  /** The 万 or 亿 behind it, which a range's lower end may share. */
  readonly mark: string;
}

const DIGITS = /\d{1,3}(?:,\d{3}){1,5}(?!\d)(?:\.\d{1,8})?|\d{1,20}(?:\.\d{1,8})?/y;
const MARK = / {0,2}([余多几]?)(万亿|千万|百万|十万|[百千]亿|亿|万|千(?![克米瓦])|百(?!分))([余多]?)/y;
/** 1亿2000万, 5万5千. */
const SMALLER: Readonly<Record<string, RegExp>> = { 亿: /(\d{1,4}(?:\.\d{1,4})?)(万)/y, 万: /(\d)(千)/y };
const MORE = / {0,1}[余多](?=[个所名人门项件家户座处间张台套辆次场例位县元年天月平公岁头只株棵亩吨斤米])/y;
/** In front of a numeral these make another word: 统一, 同一个, 每一名, 万一, 之一; 高三, 周一; 几十, 数十. */
const PART_OF_WORD: readonly (readonly [string, string])[] = [['统唯同每任单专进万之某逐', '一'], ['初高周', '一二三四五六'], ['几数', '十']];
/** Where a run of Chinese numerals may be a number. */
export const NUMERAL = /[一二两三四五六七八九十][零〇一二两三四五六七八九十百千万亿点]{0,23}/y;

/** A sticky pattern at an index. */
export const exec = (pattern: RegExp, text: string, index: number): RegExpExecArray | null => {
  pattern.lastIndex = index;
  return pattern.exec(text);
};

/** What may stand behind a digit for it to be more than a bare number; other numbers are spared the patterns. */
export const MAY_CONTINUE = /[ 余多几万亿千百十%‰成折个-]/;

/** The number at `index` of folded text, in digits or Chinese numerals, with 万 and 亿; undefined where none begins. */
export function readNumber(text: string, index: number): ReadNumber | undefined {
  const character = text[index] ?? '';
  if (character >= '0' && character <= '9') return readArabic(text, index);
  const written = exec(NUMERAL, text, index)?.[0];
  if (written === undefined || isPartOfWord(text[index - 1] ?? ' ', character)) return undefined;
  // 七八个, 三五名: so many or so many.
  const [low, high] = written.length === 2 ? [parseNumeral(written.charAt(0)), parseNumeral(written.charAt(1))] : [];
  if (low !== undefined && high !== undefined && high < 10 && low < high) {
    return { value: low, upper: high, end: index + 2, isNumeral: true, isMore: false, mark: '' };
  }
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
