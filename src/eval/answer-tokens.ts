import { parseFigures } from '../text/figures.ts';
import { foldForMatching } from '../text/normalize.ts';
import { parseNumeral, scale } from '../text/numerals.ts';

/** A character, or a whole number, so that 10个 is never found inside 110个. */
export interface AnswerToken {
  /** A folded character, or `#` and the value of a number. */
  readonly text: string;
  /** A number with an enumeration mark behind it: 二、 opens a part, 二是 doesn't. */
  readonly isEnumerated: boolean;
}

const WIDE_COMMA = /[，﹐]/gu;
const SHARE = /(百|千|万)分之(\d+(?:\.\d+)?|[零〇一二两三四五六七八九十百点]+)/y;
const DIGITS = /\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?/y;
const MULTIPLE = /万亿|[百千]亿|[十百千]万|亿|万|千(?![克米瓦])|百(?!分)/y;
/** 1亿2000万 */
const SMALLER: Readonly<Record<string, RegExp>> = { 亿: /(\d{1,4}(?:\.\d{1,4})?)(万)/y, 万: /(\d)(千)/y };
const CHARACTER = /[^]/uy;
const DIGIT_RUN = /\d+/y;
const NUMERAL = /[零〇一二两三四五六七八九十百千万亿]+/y;
const FRACTION = /[零〇一二两三四五六七八九十百千万亿]+点[零〇一二三四五六七八九]+[百千]?[万亿]{0,2}/y;
const KEPT = /[\p{L}\p{N}%‰+°<>≤≥]/u;
const ENUMERATION = /^(?:、|[.．](?!\d))/u;
const SHARE_SIGNS: Readonly<Record<string, string>> = { 百: '%', 千: '‰', 万: '‱' };

const exec = (pattern: RegExp, text: string, index: number): RegExpExecArray | null => {
  pattern.lastIndex = index;
  return pattern.exec(text);
};

interface ReadNumber {
  readonly value: number;
  readonly end: number;
  readonly sign?: string;
}

function readDigits(text: string, index: number): ReadNumber | undefined {
  const digits = exec(DIGITS, text, index);
  if (digits === null) return undefined;
  const plain = Number(digits[0].replaceAll(',', ''));
  // A serial number is more than a double can tell apart.
  if (plain > Number.MAX_SAFE_INTEGER) return undefined;
  const end = index + digits[0].length;
  const multiple = exec(MULTIPLE, text, end)?.[0];
  if (multiple === undefined) return { value: plain, end };
  const pattern = SMALLER[multiple];
  const smaller = pattern === undefined ? null : exec(pattern, text, end + multiple.length);
  const rest = smaller === null ? 0 : scale(Number(smaller[1]), smaller[2] ?? '');
  return { value: scale(plain, multiple) + rest, end: end + multiple.length + (smaller?.[0].length ?? 0) };
}

function readShare(text: string, index: number): ReadNumber | undefined {
  const share = exec(SHARE, text, index);
  if (share === null) return undefined;
  const written = share[2] ?? '';
  const value = /^\d/.test(written) ? Number(written) : written === '百' ? 100 : parseNumeral(written);
  return value === undefined ? undefined : { value, end: index + share[0].length, sign: SHARE_SIGNS[share[1] ?? ''] ?? '' };
}

function readNumeral(text: string, index: number): ReadNumber | undefined {
  for (const pattern of [FRACTION, NUMERAL]) {
    const written = exec(pattern, text, index)?.[0];
    const value = written === undefined ? undefined : parseNumeral(written);
    if (written !== undefined && value !== undefined) return { value, end: index + written.length };
  }
  return undefined;
}

function readNumber(text: string, index: number): ReadNumber | undefined {
  return readShare(text, index) ?? readDigits(text, index) ?? readNumeral(text, index);
}

/** 三门 is a county; where 三门课程 is meant, it is read as a figure. */
function readName(text: string, index: number, names: readonly string[]): number | undefined {
  const name = names.find((candidate) => text.startsWith(candidate, index));
  if (name === undefined || parseFigures(text).some(({ start, kind }) => start === index && kind !== 'name')) return undefined;
  return index + name.length;
}

/**
 * A text as a question set compares it: width, case, white space, punctuation and script folded, numbers by their value (68亿 is 6800000000,
 * 百分之九十 is 90%, 十件 is 10件; 5.2 is not 52). `names` are kept as written though they open with a numeral (三门), folded. Empty where
 * nothing but punctuation stands.
 */
export function tokenizeAnswer(text: string, names: readonly string[] = []): readonly AnswerToken[] {
  const folded = foldForMatching(text.replace(WIDE_COMMA, '、'));
  const numeric = names.filter((name) => NUMERIC_START.test(name));
  const tokens: AnswerToken[] = [];
  const push = (written: string): void => {
    for (const character of written) if (KEPT.test(character)) tokens.push({ text: character, isEnumerated: false });
  };
  for (let index = 0; index < folded.length; ) {
    const nameEnd = readName(folded, index, numeric);
    const number = nameEnd === undefined ? readNumber(folded, index) : undefined;
    if (number !== undefined) {
      tokens.push({ text: `#${number.value}`, isEnumerated: ENUMERATION.test(folded.slice(number.end, number.end + 2)) });
      push(number.sign ?? '');
      index = number.end;
      continue;
    }
    // A run that is no well-formed number (两三, 十四五, a serial number) stays whole, so that no part of it is taken for a number.
    const run = exec(NUMERAL, folded, index) ?? exec(DIGIT_RUN, folded, index) ?? exec(CHARACTER, folded, index);
    const end = nameEnd ?? index + (run?.[0].length ?? 1);
    push(folded.slice(index, end));
    index = end;
  }
  return tokens;
}

const NUMERIC_START = /^[\d零〇一二两三四五六七八九十百千万亿]/u;

/** Whether `wanted` stands in `answer` in one piece. False where `wanted` is empty: nothing can't be looked for. */
export function includesTokens(answer: readonly AnswerToken[], wanted: readonly AnswerToken[]): boolean {
  if (wanted.length === 0) return false;
  // 「二、」 alone means the part's number, not any 2.
  const asksEnumeration = wanted.length === 1 && wanted[0]?.isEnumerated === true;
  for (let start = 0; start + wanted.length <= answer.length; start += 1) {
    const isHere = wanted.every((token, index) => answer[start + index]?.text === token.text);
    if (isHere && (!asksEnumeration || answer[start]?.isEnumerated === true)) return true;
  }
  return false;
}
