import { AssistantError } from '../errors.ts';
import { trimSpan } from '../text/sentences.ts';
import { isDateLine, isFurniture } from './furniture.ts';
import { parseMasthead } from './masthead.ts';
import type { Metadata } from './masthead.ts';
import { parseMarker } from './markers.ts';
import type { Marker } from './markers.ts';
import type { MarkerKind, Span } from './notice.ts';

/** A branch of the outline as the lines give it, before headings and passages are told apart. */
export interface OutlineNode {
  readonly kind: MarkerKind;
  readonly depth: number;
  readonly number: number | undefined;
  readonly markerText: string;
  /** From the marker to the end of its line. */
  readonly line: Span;
  /** What follows the marker on its line; undefined where nothing does. */
  readonly inline: Span | undefined;
  /** Unmarked paragraphs below the marker's line, above any child. */
  readonly paragraphs: Paragraph[];
  readonly children: OutlineNode[];
  /** Unmarked paragraphs of an article below its items. */
  readonly trailing: Paragraph[];
}

export interface Paragraph extends Span {
  /** A row of a table written as text: its cells belong together. */
  readonly isRow: boolean;
  /** The first row of its table; undefined for other text and for that row itself. */
  readonly header?: Span;
}

export interface Outline {
  readonly title: string | undefined;
  readonly metadata: Metadata;
  /** Paragraphs above the first section. */
  readonly preamble: readonly Paragraph[];
  readonly sections: readonly OutlineNode[];
  /** Closing words, enclosures, signature and date below the last section. */
  readonly closing: readonly Paragraph[];
}

interface Line extends Span {
  readonly number: number;
  readonly text: string;
  readonly marker: Marker | undefined;
  readonly followsBlank: boolean;
}

/** Where one of these is in use, headings carry it; elsewhere a short line may be one. */
const HEADING_KINDS: ReadonlySet<MarkerKind> = new Set(['markdown', 'chapter', 'section', 'article', 'part', 'bracketed']);

const LONGEST_TITLE = 60;
const LONGEST_UNNUMBERED_HEADING = 25;
const SHORTEST_WRAPPED_LINE = 20;
const ENDS_SENTENCE = /[。！？!?；;：:…，,]["”’」』）)]*$/u;
const TABLE_ROW = /\t|\S[ \u3000]{2,}\S|^\|.*\|$|\S\s*[|｜]\s*\S/u;
const TABLE_RULE = /^[\s|+:=-]+$/u;
const CLOSING_WORDS = /^(?:特此(?:通知|公告|函告|报告|通告|批复)|附件?\s*[:：\d]|附[:：])/u;

function readLines(text: string): Line[] {
  const lines: Line[] = [];
  let followsBlank = true;
  let number = 0;
  for (const match of text.matchAll(/[^\r\n\u2028\u2029]*(?:\r\n|[\r\n\u2028\u2029]|$)/gu)) {
    if (match[0] === '' && match.index === text.length) break;
    number += 1;
    const span = trimSpan(text, match.index, match.index + match[0].length);
    if (span === undefined) {
      followsBlank = true;
      continue;
    }
    const content = text.slice(span.start, span.end);
    lines.push({ ...span, number, text: content, marker: TABLE_RULE.test(content) ? undefined : parseMarker(content), followsBlank });
    followsBlank = false;
  }
  return lines;
}

const isRow = (line: Line): boolean => line.marker === undefined && TABLE_ROW.test(line.text);

/** Short, without a mark that ends a sentence: a title or a heading, if more text follows. */
function looksLikeHeading(line: Line, longest: number): boolean {
  return line.text.length <= longest && !ENDS_SENTENCE.test(line.text) && !isRow(line) && !isDateLine(line.text) && /\p{L}/u.test(line.text);
}

/** The title and how many lines it takes: a Markdown `#` that stands alone at its depth, or the first line if it looks like one. */
function findTitle(lines: readonly Line[]): { title: string; index: number } | undefined {
  const first = lines[0];
  if (first === undefined || lines.length < 2) return undefined;
  if (first.marker?.kind === 'markdown') {
    const isAlone = lines.filter((line) => line.marker?.kind === 'markdown' && line.marker.depth <= (first.marker?.depth ?? 0)).length === 1;
    return isAlone ? { title: first.text.slice(first.marker.length), index: 0 } : undefined;
  }
  if (first.marker !== undefined || !looksLikeHeading(first, LONGEST_TITLE)) return undefined;
  return { title: first.text, index: 0 };
}

/** A signature has at most this many lines, the date among them. */
const LONGEST_SIGNATURE = 5;

/** Index of the first line of the closing: enclosure words, or the signature around a date at the very end; `lines.length` where there is none. */
function findClosing(lines: readonly Line[]): number {
  const lastMarked = lines.findLastIndex((line) => line.marker !== undefined && line.marker.kind !== 'bullet');
  for (let index = Math.max(1, lastMarked + 1); index < lines.length; index += 1) if (CLOSING_WORDS.test(lines[index]?.text ?? '')) return index;
  const earliest = Math.max(lastMarked + 1, lines.length - LONGEST_SIGNATURE, 1);
  let from = lines.findLastIndex((line, index) => index >= earliest && isDateLine(line.text));
  if (from < 0) return lines.length;
  while (from - 1 >= earliest && looksLikeHeading(lines[from - 1] as Line, LONGEST_UNNUMBERED_HEADING)) from -= 1;
  return from;
}

function appendParagraph(paragraphs: Paragraph[], line: Line, previous: Line | undefined): void {
  if (TABLE_RULE.test(line.text)) return;
  const last = paragraphs.at(-1);
  if (isRow(line)) {
    const header = last?.isRow === true ? (last.header ?? { start: last.start, end: last.end }) : undefined;
    paragraphs.push({ start: line.start, end: line.end, isRow: true, ...(header === undefined ? {} : { header }) });
    return;
  }
  const continues =
    last !== undefined && !last.isRow && previous !== undefined && last.end === previous.end && !line.followsBlank &&
    !ENDS_SENTENCE.test(previous.text) && previous.text.length >= SHORTEST_WRAPPED_LINE;
  if (continues) paragraphs.splice(-1, 1, { start: last.start, end: line.end, isRow: false });
  else paragraphs.push({ start: line.start, end: line.end, isRow: false });
}

/** Where a marker belongs: kinds nest in the order in which they appear; a kind already open closes what stands inside it. */
function findParent(stack: readonly OutlineNode[], marker: { kind: MarkerKind; depth: number }): number {
  if (marker.kind === 'markdown') {
    const index = stack.findIndex((node) => node.kind === 'markdown' && node.depth >= marker.depth);
    if (index >= 0) return index;
    return stack.findLastIndex((node) => node.kind === 'markdown') + 1;
  }
  const index = stack.findIndex((node) => node.kind === marker.kind);
  return index >= 0 ? index : stack.length;
}

/** An unmarked paragraph continues what stands last; below the items of an article it is the article's own next paragraph. */
function findParagraphs(stack: OutlineNode[]): Paragraph[] | undefined {
  const article = stack.findLastIndex((node) => node.kind === 'article');
  if (article < 0 || article === stack.length - 1) return stack.at(-1)?.paragraphs;
  stack.length = article + 1;
  return stack[article]?.trailing;
}

/**
 * The outline of a notice's text by the markers that its lines open with; page furniture is left out and read for metadata.
 *
 * @throws AssistantError `bad-notice` where the text holds nothing, or its first marker is an item that isn't the first of its list.
 */
export function parseOutline(text: string, file: string): Outline {
  const all = readLines(text);
  const furniture = all.filter((line) => isFurniture(line.text));
  const content = all.filter((line) => !isFurniture(line.text));
  if (!content.some((line) => /[\p{L}\p{N}]/u.test(line.text))) {
    throw new AssistantError('bad-notice', `Cannot parse ${file}: line 1 to the end hold no text. Save the notice's text into the file, or remove it.`);
  }
  const title = findTitle(content);
  const lines = title === undefined ? content : content.filter((_, index) => index !== title.index);
  const closingFrom = findClosing(lines);
  const body = lines.slice(0, closingFrom);
  const mayHaveUnnumberedHeadings = !body.some((line) => line.marker !== undefined && HEADING_KINDS.has(line.marker.kind));

  const preamble: Paragraph[] = [];
  const sections: OutlineNode[] = [];
  const stack: OutlineNode[] = [];
  for (const [index, line] of body.entries()) {
    const next = body[index + 1];
    const isUnnumberedHeading =
      mayHaveUnnumberedHeadings && line.marker === undefined && looksLikeHeading(line, LONGEST_UNNUMBERED_HEADING) &&
      next !== undefined && (next.marker !== undefined || !looksLikeHeading(next, LONGEST_UNNUMBERED_HEADING));
    const marker = line.marker ?? (isUnnumberedHeading ? { kind: 'text' as const, depth: 0, number: undefined, text: '', length: 0 } : undefined);
    if (marker === undefined) {
      appendParagraph(findParagraphs(stack) ?? preamble, line, body[index - 1]);
      continue;
    }
    if (sections.length === 0 && marker.kind === 'item' && marker.number !== 1) {
      throw new AssistantError(
        'bad-notice',
        `Cannot parse ${file}: line ${line.number} starts item "${marker.text}" before any part heading. Check that the headings were kept.`,
      );
    }
    stack.length = findParent(stack, marker);
    const inline = trimSpan(text, line.start + marker.length, line.end);
    const { kind, depth, number, text: markerText } = marker;
    const node: OutlineNode = { kind, depth, number, markerText, line: { start: line.start, end: line.end }, inline, paragraphs: [], children: [], trailing: [] };
    (stack.at(-1)?.children ?? sections).push(node);
    stack.push(node);
  }
  const closing: Paragraph[] = [];
  for (const [index, line] of lines.slice(closingFrom).entries()) appendParagraph(closing, line, lines[closingFrom + index - 1]);
  const above = body.slice(0, Math.max(0, body.findIndex((line) => line.marker !== undefined)));
  const titleLine = title === undefined ? undefined : content[title.index];
  const titleSpan = titleLine === undefined ? undefined : { start: titleLine.end - (title?.title.length ?? 0), end: titleLine.end };
  return { title: title?.title, metadata: parseMasthead(text, [...furniture, ...above], content, titleSpan), preamble, sections, closing };
}
