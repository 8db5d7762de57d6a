import { isRule } from './lines.ts';
import type { Line } from './lines.ts';
import type { Span } from './notice.ts';
import { endsSentence } from './wrapping.ts';

/** A row of a table written as text. */
export interface Row {
  readonly cells: readonly Span[];
  /** The table's first row, where it names the columns; undefined for that row itself. */
  readonly header?: Span;
  readonly isHeader: boolean;
}

/** A list of at least this many columns begins with their names; one of two columns only where its second one holds figures. */
const COLUMNS_WITH_NAMES = 3;
const LONGEST_CELL = 200;

const isPipe = (character: string | undefined): boolean => character === '|' || character === '｜';
const isSpace = (character: string | undefined): boolean => character === ' ' || character === '\u3000' || character === '\u00a0';

/** Where a gap between cells ends that begins at `from`: a tab, a pipe, or two spaces at least. `from` where there is none. */
function skipGap(text: string, from: number, end: number): number {
  let to = from;
  let isGap = false;
  while (to < end && (isSpace(text[to]) || text[to] === '\t' || isPipe(text[to]))) {
    isGap ||= !isSpace(text[to]);
    to += 1;
  }
  return isGap || to - from > 1 ? to : from;
}

/** The cells of a line, without the pipes, tabs or spaces between them. */
export function splitCells(text: string, { start, end }: Span): Span[] {
  const cells: Span[] = [];
  let from = skipGap(text, start, end);
  let last = from;
  for (let index = from; index < end; ) {
    const to = skipGap(text, index, end);
    if (to > index) {
      if (last > from) cells.push({ start: from, end: last });
      from = to;
      last = to;
      index = to;
      continue;
    }
    index += 1;
    if (!isSpace(text[index - 1])) last = index;
  }
  if (last > from) cells.push({ start: from, end: last });
  return cells;
}

/** What every row of a table written as text holds, and prose but rarely: a tab, a pipe, or spaces side by side. */
export const MAY_BE_ROW = /\t|[|｜]|[ \u3000\u00a0]{2}/u;

/** The cells of a line that may be a row; a marker is only the number in its first column. */
function readCells(text: string, line: Line, isInside: boolean): readonly Span[] {
  if (!MAY_BE_ROW.test(line.text) || (line.marker !== undefined && !isInside)) return [];
  const cells = splitCells(text, line);
  if (line.marker !== undefined && splitCells(text, { start: line.start + line.marker.length, end: line.end }).length < 2) return [];
  const isFramed = isPipe(line.text[0]) && isPipe(line.text.at(-1));
  const isProse = !isFramed && (endsSentence(line) || cells.some(({ start, end }) => end - start > LONGEST_CELL));
  return isProse ? [] : cells;
}

function holdsFigure(text: string, span: Span | undefined): boolean {
  return span !== undefined && /[\d０-９]/u.test(text.slice(span.start, span.end));
}

function namesColumns(text: string, [first, second]: readonly (readonly Span[])[]): boolean {
  if (first === undefined || second === undefined || first.some(({ start, end }) => /[：:]/u.test(text.slice(start, end)))) return false;
  if (first.length >= COLUMNS_WITH_NAMES) return true;
  return !first.some((cell) => holdsFigure(text, cell)) && holdsFigure(text, second.at(-1));
}

/** 表1  2025年重点项目; （单位：亩） at the end of what stands right above the rows. */
const CAPTION = /^附?表\s*[一二三四五六七八九十\d]{1,3}(?:[-－.]\d{1,2})?(?=[\s\u3000:：.、])|[(（]单位[:：]\s*[^)）]{1,8}[)）]$/u;
const LONGEST_CAPTION = 60;

/** Whether a line names the table below it, however wide its spaces. */
export const isCaption = ({ text }: Pick<Line, 'text'>): boolean => text.length <= LONGEST_CAPTION && CAPTION.test(text);

const isRow = (line: Line | undefined, rows: ReadonlyMap<Line, Row>): boolean => line !== undefined && rows.has(line);

/** The lines that name the tables right below them. */
export function findCaptions(lines: readonly Line[], rows: ReadonlyMap<Line, Row>): ReadonlySet<Line> {
  return new Set(lines.filter((line, index) => !rows.has(line) && line.marker === undefined && isCaption(line) && isRow(lines[index + 1], rows)));
}

/** The tables of a notice: lines one below the other that fall into cells. A single such line is prose with wide spaces. */
export function findRows(text: string, lines: readonly Line[]): ReadonlyMap<Line, Row> {
  const rows = new Map<Line, Row>();
  let run: { readonly line: Line; readonly cells: readonly Span[] }[] = [];
  const close = (): void => {
    if (run.length > 1) {
      const hasHeader = namesColumns(text, run.map(({ cells }) => cells));
      const header = hasHeader ? run[0]?.line : undefined;
      for (const { line, cells } of run) {
        const named = header === undefined || header === line ? {} : { header: { start: header.start, end: header.end } };
        rows.set(line, { cells, isHeader: header === line, ...named });
      }
    }
    run = [];
  };
  for (const line of lines) {
    if (isRule(line) && run.length > 0) continue;
    if (line.followsGap) close();
    const cells = isCaption(line) ? [] : readCells(text, line, (run[0]?.cells.length ?? 0) >= COLUMNS_WITH_NAMES);
    if (cells.length > 1) run.push({ line, cells });
    else close();
  }
  close();
  return rows;
}
