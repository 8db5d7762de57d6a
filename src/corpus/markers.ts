import type { MarkerKind } from './notice.ts';

/** What opens a line of an official document: its kind, its number, and how much of the line it takes. */
export interface Marker {
  readonly kind: MarkerKind;
  /** Separates heading depths within a kind (Markdown `##` is 2); 0 elsewhere. */
  readonly depth: number;
  /** The number that the marker names; undefined where position counts (bullets, Markdown without a number). */
  readonly number: number | undefined;
  /** The marker as it stands, without the spaces behind it. */
  readonly text: string;
  /** Where the heading or text begins, in UTF-16 units from the line's start. */
  readonly length: number;
}

const DIGITS = new Map([...'零一二三四五六七八九'].map((digit, value) => [digit, value]));
DIGITS.set('〇', 0);
DIGITS.set('两', 2);

/** Reads 一 to 九百九十九, and plain or full-width digits; undefined for anything else. */
export function parseOrdinal(text: string): number | undefined {
  const folded = text.normalize('NFKC');
  if (/^\d{1,4}$/.test(folded)) return Number(folded);
  const match = /^(?:([一二三四五六七八九])百)?零?(?:([一二三四五六七八九])?(十))?([一二三四五六七八九])?$/u.exec(folded);
  if (match === null || folded === '') return undefined;
  const [, hundreds, tens, ten, ones] = match;
  const digit = (character: string | undefined, otherwise: number): number => (character === undefined ? otherwise : (DIGITS.get(character) ?? 0));
  return digit(hundreds, 0) * 100 + (ten === undefined ? 0 : digit(tens, 1) * 10) + digit(ones, 0);
}

const HAN_NUMBER = '[一二三四五六七八九十百零〇]{1,6}';

interface Rule {
  readonly kind: MarkerKind;
  /** Groups: 1 the marker, 2 the number in it. */
  readonly pattern: RegExp;
}

/** Tried in order; a digit behind `1.` means a decimal, not a marker. */
const RULES: readonly Rule[] = [
  { kind: 'chapter', pattern: new RegExp(`^(第(${HAN_NUMBER}|\\d{1,3})(?:编|章|部分))(?![的中内])[\\s、,，:：.．]*`, 'u') },
  { kind: 'section', pattern: new RegExp(`^(第(${HAN_NUMBER}|\\d{1,3})节)(?![的中内课])[\\s、,，:：.．]*`, 'u') },
  { kind: 'article', pattern: new RegExp(`^(第(${HAN_NUMBER}|\\d{1,4})条)(?![的中内规款])[\\s、,，:：.．]*`, 'u') },
  { kind: 'part', pattern: new RegExp(`^((${HAN_NUMBER})[、．.])\\s*`, 'u') },
  { kind: 'bracketed', pattern: new RegExp(`^([(（](${HAN_NUMBER})[)）])[\\s、]*`, 'u') },
  { kind: 'item', pattern: new RegExp(`^((${HAN_NUMBER})(?:是|要))(?!否|求)[\\s:：,，]*`, 'u') },
  { kind: 'number', pattern: /^(([\d０-９]{1,3})(?:[、．]|\.(?![\d０-９])))\s*/u },
  { kind: 'bracketed-number', pattern: /^([(（]([\d０-９]{1,3})[)）])[\s、]*/u },
  { kind: 'bracketed-number', pattern: /^(([\d０-９]{1,3})[)）])[\s、]*/u },
];

const CIRCLED = /^([①-⑳❶-❿➀-➉])[\s、.．]*/u;
const BULLET = /^([-*+•·●◆■▪◇○►➢–—]|\p{Co})\s+|^([•●◆■▪◇►➢])/u;
const MARKDOWN = /^(#{1,6})\s+/u;

function readCircled(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code >= 0x2460 && code <= 0x2473) return code - 0x2460 + 1;
  return code >= 0x2780 ? code - 0x2780 + 1 : code - 0x2776 + 1;
}

function parsePlainMarker(line: string): Marker | undefined {
  for (const { kind, pattern } of RULES) {
    const match = pattern.exec(line);
    if (match === null) continue;
    const number = parseOrdinal(match[2] ?? '');
    if (number !== undefined) return { kind, depth: 0, number, text: match[1] ?? '', length: match[0].length };
  }
  const circled = CIRCLED.exec(line);
  if (circled !== null) return { kind: 'circled', depth: 0, number: readCircled(circled[1] ?? ''), text: circled[1] ?? '', length: circled[0].length };
  return undefined;
}

/** The marker that opens a line (white space before it already removed); undefined for plain text. */
export function parseMarker(line: string): Marker | undefined {
  const markdown = MARKDOWN.exec(line);
  if (markdown !== null) {
    const inner = parsePlainMarker(line.slice(markdown[0].length));
    const depth = (markdown[1] ?? '').length;
    if (inner === undefined) return { kind: 'markdown', depth, number: undefined, text: '', length: markdown[0].length };
    return { kind: 'markdown', depth, number: inner.number, text: inner.text, length: markdown[0].length + inner.length };
  }
  const plain = parsePlainMarker(line);
  if (plain !== undefined) return plain;
  const bullet = BULLET.exec(line);
  if (bullet === null) return undefined;
  const rest = line.slice(bullet[0].length);
  const inner = parsePlainMarker(rest);
  if (inner !== undefined) return { ...inner, length: bullet[0].length + inner.length };
  return { kind: 'bullet', depth: 0, number: undefined, text: bullet[1] ?? bullet[2] ?? '', length: bullet[0].length };
}
