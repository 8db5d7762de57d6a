import { holdsInvisible, removeInvisible } from '../text/normalize.ts';
import { isDecimal, parseLabel, parseMarker, parsePlainNumber } from './markers.ts';
import type { Marker } from './markers.ts';
import type { Span } from './notice.ts';

/** A line of a notice, or what is left of one beside hidden text: where it stands, and what it looks like. */
export interface Line extends Span {
  /** Counted from 1. */
  readonly number: number;
  /** What can be seen of it: for recognising, not for quoting. */
  readonly text: string;
  /** Its length is counted in the notice's own characters. */
  readonly marker: Marker | undefined;
  /** A blank line, or something left out, stands above. */
  readonly followsGap: boolean;
  /** Columns of white space before it. */
  readonly indent: number;
}

const LINE = /[^\r\n\u2028\u2029]*(?:\r\n|[\r\n\u2028\u2029]|$)/gu;
const QUOTE = /^(?:>[ \t]+|>(?=[\p{Script=Han}“*_]|$))+/u;
const BREADCRUMB = />\s*\S/u;
const SAYS_SOMETHING = /[\p{L}\p{N}]/u;
const LONGEST_NUMBERED_HEADING = 30;

/** Nothing but strokes and marks: between the rows of a table, or between parts of a page. */
export function isRule({ text }: Pick<Line, 'text'>): boolean {
  return !SAYS_SOMETHING.test(text);
}

const isBlank = (character: string): boolean => /\s/u.test(character) || holdsInvisible(character);

/** The character that ends at `end`, surrogates together. */
function characterBefore(text: string, end: number): string {
  const pair = text.slice(end - 2, end);
  return [...pair].length === 1 ? pair : text.charAt(end - 1);
}

/** Narrows a stretch to what can be seen of it at its ends; undefined where that is nothing. */
export function trimVisible(text: string, start: number, end: number): Span | undefined {
  let from = start;
  let to = end;
  while (from < to) {
    const character = String.fromCodePoint(text.codePointAt(from) ?? 0);
    if (!isBlank(character)) break;
    from += character.length;
  }
  while (to > from) {
    const character = characterBefore(text, to);
    if (!isBlank(character)) break;
    to -= character.length;
  }
  return from < to ? { start: from, end: to } : undefined;
}

/** How many characters of `raw` its first `visible` visible ones take. */
function measureRaw(raw: string, visible: number): number {
  let seen = 0;
  let index = 0;
  for (const character of raw) {
    if (seen >= visible) break;
    index += character.length;
    if (!holdsInvisible(character)) seen += character.length;
  }
  return index;
}

function readMarker(raw: string, visible: string, indent: number): Marker | undefined {
  const marker = SAYS_SOMETHING.test(visible) ? parseMarker(visible) : undefined;
  if (marker === undefined) return undefined;
  const depth = marker.kind === 'bullet' ? indent : marker.depth;
  return { ...marker, depth, length: raw === visible ? marker.length : measureRaw(raw, marker.length) };
}

const COLUMNS = new Map([[' ', 1], ['\u00a0', 1], ['\u3000', 2], ['\t', 4]]);

function measureIndent(space: string): number {
  let columns = 0;
  for (const character of space) columns += COLUMNS.get(character) ?? 0;
  return columns;
}

/** A stretch of the text as a line of its own. Undefined where nothing can be seen. */
export function readLine(text: string, stretch: Span, place: Pick<Line, 'number' | 'followsGap'>): Line | undefined {
  const span = trimVisible(text, stretch.start, stretch.end);
  if (span === undefined) return undefined;
  const raw = text.slice(span.start, span.end);
  const visible = holdsInvisible(raw) ? removeInvisible(raw) : raw;
  const indent = measureIndent(text.slice(stretch.start, span.start));
  return { ...span, ...place, text: visible, marker: readMarker(raw, visible, indent), indent };
}

/** Quotation marks of Markdown stand before the text; a breadcrumb begins with one too. */
function skipQuote(text: string, start: number, end: number): number {
  const quote = QUOTE.exec(text.slice(start, end))?.[0].length ?? 0;
  return quote > 0 && !BREADCRUMB.test(text.slice(start + quote, end)) ? start + quote : start;
}

/** What stays of a stretch when hidden blocks are taken out. `next` is the first block that may reach into it. */
function cutOut(stretch: Span, blocks: readonly Span[], next: number): Span[] {
  const pieces: Span[] = [];
  let from = stretch.start;
  for (let index = next; index < blocks.length; index += 1) {
    const block = blocks[index] as Span;
    if (block.start >= stretch.end) break;
    if (block.start > from) pieces.push({ start: from, end: block.start });
    from = Math.max(from, block.end);
  }
  if (from < stretch.end) pieces.push({ start: from, end: stretch.end });
  return pieces;
}

/** `1 总则` is a heading where `1.1 编制目的` shows how the file counts. */
function markPlainNumbers(lines: readonly Line[]): readonly Line[] {
  if (!lines.some(({ marker }) => marker !== undefined && isDecimal(marker))) return lines;
  return lines.map((line) => {
    const marker = line.marker === undefined && line.text.length <= LONGEST_NUMBERED_HEADING ? parsePlainNumber(line.text) : undefined;
    return marker === undefined ? line : { ...line, marker };
  });
}

const FEWEST_LABELS = 2;

/** 【服务时间】 heads what stands behind it, where more than one line has such a label. */
function markLabels(lines: readonly Line[]): readonly Line[] {
  const labels = new Map(lines.flatMap((line) => {
    const marker = line.marker === undefined ? parseLabel(line.text) : undefined;
    return marker === undefined ? [] : [[line, marker] as const];
  }));
  return labels.size < FEWEST_LABELS ? lines : lines.map((line) => {
    const marker = labels.get(line);
    return marker === undefined ? line : { ...line, marker };
  });
}

/** The lines that can be seen, in order, without white space at their ends. `blocks` are stretches to be passed over. */
export function readLines(text: string, blocks: readonly Span[] = []): readonly Line[] {
  const lines: Line[] = [];
  let followsGap = true;
  let number = 0;
  let next = 0;
  for (const match of text.matchAll(LINE)) {
    if (match[0] === '' && match.index === text.length) break;
    number += 1;
    const stretch = { start: match.index, end: match.index + match[0].length };
    while ((blocks[next]?.end ?? Infinity) <= stretch.start) next += 1;
    const pieces = cutOut(stretch, blocks, next);
    const isWhole = pieces.length === 1 && pieces[0]?.start === stretch.start && pieces[0].end === stretch.end;
    const before = lines.length;
    for (const piece of pieces) {
      const span = trimVisible(text, piece.start, piece.end);
      if (span === undefined) continue;
      const start = skipQuote(text, span.start, span.end);
      const isQuoted = start > span.start;
      const line = readLine(text, isQuoted ? { start, end: span.end } : piece, { number, followsGap: followsGap || isQuoted || !isWhole });
      if (line === undefined) continue;
      lines.push(line);
      followsGap = false;
    }
    followsGap = lines.length === before || !isWhole;
  }
  return markLabels(markPlainNumbers(lines));
}
