import { AssistantError } from '../errors.ts';
import { isRule, trimVisible } from './lines.ts';
import type { Line } from './lines.ts';
import type { Marker } from './markers.ts';
import { countOpen, findHome, isHeadingBelow, isOnlyText } from './nesting.ts';
import type { OpenNode } from './nesting.ts';
import { isNode } from './outline-node.ts';
import type { Branch, Paragraph } from './outline-node.ts';
import { findRecords, spansOf } from './records.ts';
import { findCaptions } from './tables.ts';
import type { Row } from './tables.ts';
import { findUnnumberedHeadings } from './unnumbered.ts';
import { continuesLine } from './wrapping.ts';

/** 「问：租房能不能报名？」 over 「答：…」 */
const ASKS = /^(?:问题?|提问|Q)\s*(?:\d{1,3}|[一二三四五六七八九十]{1,3})?\s*[:：.．、]/iu;
const ANSWERS = /^(?:答复?|回答|解答|A)\s*(?:\d{1,3}|[一二三四五六七八九十]{1,3})?\s*[:：.．、]/iu;

/** What opens a section that no marker does. */
const UNMARKED: Marker = { kind: 'text', depth: 0, number: undefined, text: '', length: 0 };

export interface Tree {
  /** Paragraphs above the first section. */
  readonly preamble: readonly Paragraph[];
  readonly sections: readonly Branch[];
}

export interface TreeLines {
  readonly text: string;
  readonly file: string;
  readonly lines: readonly Line[];
  readonly rows: ReadonlyMap<Line, Row>;
  /** Columns at which lines are cut; undefined where they are not. */
  readonly pageWidth: number | undefined;
  /** Where the title stood among the lines; undefined where they have none. */
  readonly titleStart?: number | undefined;
}

function checkFirstItem(line: Line, marker: Marker, above: readonly Line[], file: string): void {
  if (marker.kind !== 'item' || marker.number === 1 || above.some(({ text }) => text.includes(`一${marker.text.slice(-1)}`))) return;
  throw new AssistantError(
    'bad-notice',
    `Cannot parse ${file}: line ${line.number} starts item "${marker.text}" before any part heading. Check that the headings were kept.`,
  );
}

/** Drops markers that nothing follows: there is nothing to cite, and the heading above them would be no leaf. */
function dropEmpty(branches: readonly Branch[]): Branch[] {
  return branches.flatMap((branch): Branch[] => {
    if (!isNode(branch)) return [branch];
    const children = dropEmpty(branch.children);
    return branch.inline === undefined && branch.paragraphs.length + children.length === 0 ? [] : [{ ...branch, children }];
  });
}

function nameNode(node: OpenNode | undefined, { start, end }: Line): void {
  if (node === undefined) return;
  node.inline = { start, end };
  node.line = { ...node.line, end };
}

/**
 * The tree that the lines' markers make.
 *
 * @throws AssistantError `bad-notice` where the first marker is an item that isn't the first of its list.
 */
export function buildTree({ text, file, lines, rows, pageWidth, titleStart }: TreeLines): Tree {
  const headings = findUnnumberedHeadings(lines, rows, pageWidth, titleStart);
  const captions = findCaptions(lines, rows);
  const records = findRecords(lines, rows);
  const inRecords = new Set([...records.values()].flatMap((record) => record.lines));
  const preamble: Paragraph[] = [];
  const sections: Branch[] = [];
  const stack: OpenNode[] = [];
  /** Lengthens what was read last, up to the end of a line that only goes on with it. */
  let lengthen: ((end: number) => void) | undefined;
  let previous: Line | undefined;
  /** How many nodes are open above the table's caption, while its rows are read. */
  let aboveTable: number | undefined;
  /** A question of the notice's own is open, and its answer stands below. */
  let isAsked = false;

  const addParagraph = (line: Line, paragraph: Paragraph): void => {
    const home = findHome(stack, line) ?? (sections.length === 0 ? preamble : sections);
    const index = home.push(paragraph) - 1;
    lengthen = paragraph.row === undefined && paragraph.isRecord !== true ? (end) => home.splice(index, 1, { ...paragraph, end }) : undefined;
  };

  const openNode = (line: Line, { kind, depth, number, bullet, text: markerText, length }: Marker, level: number): void => {
    stack.length = level;
    const behind = trimVisible(text, line.start + length, line.end);
    const inline = behind !== undefined && !isRule({ text: text.slice(behind.start, behind.end) }) ? behind : undefined;
    const { start, end } = line;
    const node: OpenNode = { kind, depth, number, bullet, markerText, line: { start, end }, inline, paragraphs: [], children: [] };
    (stack.at(-1)?.children ?? sections).push(node);
    stack.push(node);
    lengthen = inline === undefined ? undefined : (to) => {
      node.line = { start, end: to };
      node.inline = { start: inline.start, end: to };
    };
  };

  for (const [index, line] of lines.entries()) {
    if (isRule(line)) continue;
    const row = rows.get(line);
    const heading = headings.get(line);
    const isMarked = line.marker !== undefined && !isOnlyText(line, line.marker, previous, stack, pageWidth);
    const marker = isMarked ? line.marker : undefined;
    if (row === undefined && aboveTable !== undefined) {
      stack.length = Math.min(stack.length, aboveTable);
      aboveTable = undefined;
    }
    if (isAsked && !ANSWERS.test(line.text) && (line.marker !== undefined || line.followsGap || ASKS.test(line.text))) {
      stack.length = Math.max(0, stack.length - 1);
      isAsked = false;
    }
    const record = records.get(line);
    if (captions.has(line)) {
      findHome(stack, line);
      aboveTable = stack.length;
      openNode(line, UNMARKED, stack.length);
      lengthen = undefined;
    } else if (row !== undefined) addParagraph(line, { start: line.start, end: line.end, row });
    else if (ASKS.test(line.text) && (line.marker === undefined || line.marker.kind === 'task') && ANSWERS.test(lines[index + 1]?.text ?? '')) {
      findHome(stack, line);
      isAsked = true;
      openNode(line, UNMARKED, stack.length);
      lengthen = undefined;
    } else if (record !== undefined) addParagraph(line, { start: line.start, end: record.lines.at(-1)?.end ?? line.end, lines: spansOf(record), name: record.name, isRecord: true });
    else if (inRecords.has(line)) lengthen = undefined;
    else if (marker !== undefined) {
      if (sections.length === 0) checkFirstItem(line, marker, lines.slice(0, index), file);
      openNode(line, marker, countOpen(stack, marker));
    } else if (heading !== undefined) {
      const { above } = heading;
      const level = above === undefined ? 0 : Math.min(countOpen(stack, UNMARKED), countOpen(stack, above));
      openNode(line, UNMARKED, level);
    } else if (isHeadingBelow(stack, line)) nameNode(stack.at(-1), line);
    else if (lengthen !== undefined && continuesLine(previous, line, pageWidth)) lengthen(line.end);
    else addParagraph(line, { start: line.start, end: line.end });
    previous = line;
  }
  return { preamble, sections: dropEmpty(sections) };
}
