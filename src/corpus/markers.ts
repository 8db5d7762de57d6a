import { parseNumeral } from '../text/numerals.ts';
import type { MarkerKind } from './notice.ts';

/** What opens a line of an official document: its kind, its number, and how much of the line it takes. */
export interface Marker {
  readonly kind: MarkerKind;
  /** Separates depths within a kind (Markdown `##` is 2, `1.1` is 1 below `1`, an indented bullet its indent); 0 elsewhere. */
  readonly depth: number;
  /** The number that the marker names; undefined where position counts (bullets, Markdown without a number). */
  readonly number: number | undefined;
  /** The marker as it stands, without the spaces behind it. */
  readonly text: string;
  /** The bullet in front of a marker that counts (★ 任务一); left out where none is. */
  readonly bullet?: string;
  /** Where the heading or text begins, in UTF-16 units from the line's start. */
  readonly length: number;
}

interface Rule {
  readonly kind: MarkerKind;
  /** Groups: 1 the marker, 2 the number in it. */
  readonly pattern: RegExp;
}

const HAN = '[一二三四五六七八九十百零〇]{1,6}';
const DIGIT = String.raw`[\d０-９]`;
/** What counts what is to be done: 任务一：…, 【措施2】…. */
const TASK = '(?:重点|主要)?(?:任务|项目|措施|举措|事项|行动|专项|步骤|阶段|问题|专题|板块|目标|要点|课题|清单)';
/** Behind a number these make it a quantity (项目3个). */
const NO_QUANTITY = '(?![个项件名所家座处万千百亿元月日年])';
const BEHIND_ORDINAL = String.raw`[\s、,，:：.．]*`;

/** Tried in order. A digit behind `1.` means a decimal, not a marker, unless it is a year or a month: `1.2020年重点工作`, `1.3月31日前`. */
const RULES: readonly Rule[] = [
  { kind: 'chapter', pattern: new RegExp(`^(第\\s?(${HAN}|${DIGIT}{1,3})\\s?(?:编|章|部分))(?![的中内])${BEHIND_ORDINAL}`, 'u') },
  { kind: 'section', pattern: new RegExp(`^(第\\s?(${HAN}|${DIGIT}{1,3})\\s?节)(?![的中内课])${BEHIND_ORDINAL}`, 'u') },
  { kind: 'article', pattern: new RegExp(`^(第\\s?(${HAN}|${DIGIT}{1,4})\\s?条(?:之${HAN})?)(?![的中内规款至和]|、第)${BEHIND_ORDINAL}`, 'u') },
  { kind: 'part', pattern: new RegExp(`^((${HAN})[、．.])\\s*`, 'u') },
  { kind: 'bracketed', pattern: new RegExp(`^([(（](${HAN})[)）])[\\s、]*`, 'u') },
  { kind: 'item', pattern: new RegExp(`^((${HAN})(?:是|要))(?![否求素点])[\\s:：,，]*`, 'u') },
  { kind: 'task', pattern: new RegExp(`^(${TASK}\\s?(${HAN}|${DIGIT}{1,2}))[\\s:：、．.]+${NO_QUANTITY}(?=[\\p{Script=Han}“《])`, 'u') },
  { kind: 'task', pattern: new RegExp(`^([【[]${TASK}\\s?(${HAN}|${DIGIT}{1,2})[】\\]])[\\s:：、．.]*`, 'u') },
  { kind: 'task', pattern: new RegExp(`^(第(${HAN})(?:阶段|步))(?:[\\s:：、．.]+|(?=[(（]))`, 'u') },
  { kind: 'number', pattern: new RegExp(`^((${DIGIT}{1,3})(?:、|[．.](?!${DIGIT})|[．.](?=(?:19|20)\\d{2}年|(?:1[0-2]|[1-9])月)))\\s*`, 'u') },
  { kind: 'bracketed-number', pattern: new RegExp(`^([(（](${DIGIT}{1,3})[)）])[\\s、]*`, 'u') },
  { kind: 'bracketed-number', pattern: new RegExp(`^((${DIGIT}{1,3})[)）])[\\s、]*`, 'u') },
];

/** `1.1 编制目的`: what stands behind it must not be what a decimal measures. */
const DECIMAL = /^((?:\d{1,2}[.．]){1,3}(\d{1,2}))[.．、]?\s+(?=[\p{Script=Han}“《])(?![万亿千百个元倍米吨亩年月])/u;
/** `1 总则`, in a file that numbers by decimals. */
const PLAIN_NUMBER = /^((\d{1,2}))\s+(?=[\p{Script=Han}“《])/u;

/** Characters that are markers by themselves: first and last of a run, and the number of the first. */
const SINGLE: readonly (readonly [MarkerKind, first: string, last: string, number: number])[] = [
  ['circled', '①', '⑳', 1], ['circled', '㉑', '㉟', 21], ['circled', '㊱', '㊿', 36], ['circled', '❶', '❿', 1], ['circled', '➀', '➉', 1],
  ['circled', '➊', '➓', 1], ['bracketed-number', '⑴', '⒇', 1], ['number', '⒈', '⒛', 1], ['bracketed', '㈠', '㈩', 1],
];
const BEHIND_SINGLE = /[\s、.．]*/uy;

const EMPHASIS = /^(?:\*\*|__)/u;
const BULLET = /^([-*+•·●◆■▪◇○►➢–—★☆▲△▶▷→⇒※✓✔√◎❖✦□☐]|\p{Co})\s+|^([•●◆■▪◇►➢★☆▲△▶▷→⇒※✓✔◎❖✦])/u;
const MARKDOWN = /^#{1,6}\s+/u;
const MARKDOWN_DEPTH = /^#+/u;

/** 一、二年级 and 1、2号楼 count things of two numbers; they mark nothing. */
const SERIES = /^([一二三四五六七八九十]|\d{1,3})(?:、(?:[一二三四五六七八九十]|\d{1,3}))*(?:年级|季度|等奖|产业|号|类|级|线)/u;

/** Reads the number of a marker: 二十三, 12, １２; undefined for anything else. */
export function parseOrdinal(text: string): number | undefined {
  const folded = text.normalize('NFKC');
  return /^\d{1,4}$/.test(folded) ? Number(folded) : parseNumeral(folded);
}

function isSeries(kind: MarkerKind, number: number, rest: string): boolean {
  if (kind !== 'part' && kind !== 'number') return false;
  const next = SERIES.exec(rest)?.[1];
  return next !== undefined && parseOrdinal(next) === number + 1;
}

function parseSingle(line: string): Marker | undefined {
  const text = line.charAt(0);
  const run = SINGLE.find(([, first, last]) => first <= text && text <= last);
  if (run === undefined) return undefined;
  const [kind, first, , number] = run;
  BEHIND_SINGLE.lastIndex = 1;
  const length = 1 + (BEHIND_SINGLE.exec(line)?.[0].length ?? 0);
  return { kind, depth: 0, number: number + text.charCodeAt(0) - first.charCodeAt(0), text, length };
}

function parseDecimal(line: string): Marker | undefined {
  const match = DECIMAL.exec(line);
  const text = match?.[1] ?? '';
  if (match === null) return undefined;
  return { kind: 'number', depth: text.split(/[.．]/u).length - 1, number: Number(match[2]), text, length: match[0].length };
}

function parsePlain(line: string): Marker | undefined {
  const decimal = parseDecimal(line);
  if (decimal !== undefined) return decimal;
  for (const { kind, pattern } of RULES) {
    const match = pattern.exec(line);
    if (match === null) continue;
    const number = parseOrdinal(match[2] ?? '');
    if (number === undefined || isSeries(kind, number, line.slice(match[0].length, match[0].length + 20))) continue;
    return { kind, depth: 0, number, text: match[1] ?? '', length: match[0].length };
  }
  return parseSingle(line);
}

/** A marker, also one in bold type. */
function parseInner(line: string): Marker | undefined {
  const bold = EMPHASIS.test(line) ? 2 : 0;
  const marker = parsePlain(line.slice(bold));
  return marker === undefined ? undefined : { ...marker, length: bold + marker.length };
}

/** The marker that opens a line; white space and invisible characters before and in it already removed. Undefined for plain text. */
export function parseMarker(line: string): Marker | undefined {
  const markdown = MARKDOWN.exec(line)?.[0].length ?? 0;
  if (markdown > 0) {
    const inner = parseInner(line.slice(markdown));
    const depth = MARKDOWN_DEPTH.exec(line)?.[0].length ?? 0;
    return { kind: 'markdown', depth, number: inner?.number, text: inner?.text ?? '', length: markdown + (inner?.length ?? 0) };
  }
  const plain = parseInner(line);
  if (plain !== undefined) return plain;
  const bullet = BULLET.exec(line);
  if (bullet === null) return undefined;
  const inner = parseInner(line.slice(bullet[0].length));
  const sign = bullet[1] ?? bullet[2] ?? '';
  if (inner !== undefined) return { ...inner, bullet: sign, length: bullet[0].length + inner.length };
  return { kind: 'bullet', depth: 0, number: undefined, text: sign, length: bullet[0].length };
}

/** The number alone that opens a line of a file numbered by decimals (`1 总则` above `1.1 编制目的`); undefined for anything else. */
export function parsePlainNumber(line: string): Marker | undefined {
  const match = PLAIN_NUMBER.exec(line);
  if (match === null) return undefined;
  return { kind: 'number', depth: 0, number: Number(match[2]), text: match[1] ?? '', length: match[0].length };
}

/** 【服务时间】7月7日至8月8日。 */
const LABEL = /^(【([^【】]{2,12})】)[\s:：]*/u;

/** The label in heavy brackets that opens a line, in a file that uses several; undefined for anything else. */
export function parseLabel(line: string): Marker | undefined {
  const match = LABEL.exec(line);
  return match === null ? undefined : { kind: 'label', depth: 0, number: undefined, text: match[1] ?? '', length: match[0].length };
}

/** Whether a marker is one of a decimal numbering: `1.1`, `2.3.1`. */
export function isDecimal({ kind, depth }: Marker): boolean {
  return kind === 'number' && depth > 0;
}
