import { parseFigures } from '../text/figures.ts';
import { trimSpan } from '../text/sentences.ts';
import type { Passage, Sentence, Span } from './notice.ts';
import { MAY_BE_ROW, splitCells } from './tables.ts';
import { lastYearOf } from './target-period.ts';
import { isPlace } from './target-places.ts';
import type { ClauseMatter, TargetDraft } from './target.ts';

const AIM = /目标|计划|任务|指标值|投资|资金|预算|要求|标准|\d{4}年?$/u;
const STATE = /实绩|实际|现状|基数|基准|完成(?:情况|值)|上年|去年|增幅|排名|备注/u;
const DEADLINE = /时限|期限|完成时间|时间|进度/u;
const WHO = /单位|部门|责任|牵头|主体|地区|区域/u;
const YEAR = /(?:19|20)\d\d年?(?:底|末)?/u;

/** What a column holds. */
interface Column {
  readonly kind: 'name' | 'aim' | 'state' | 'deadline' | 'who' | 'text';
  readonly period: string;
  readonly place: string;
}

/** The cells of a row and the columns that they stand in; undefined for what is no row of a table with named columns. */
export interface TableRow {
  readonly cells: readonly Span[];
  readonly columns: readonly Column[];
}

function readColumn(name: string, index: number, year: number | undefined): Column {
  const period = YEAR.exec(name)?.[0] ?? '';
  const isPast = year !== undefined && (lastYearOf(period) ?? year) < year;
  const place = isPlace(name, () => false) ? name : '';
  const kind = index === 0 ? 'name' : STATE.test(name) || isPast ? 'state' : DEADLINE.test(name) ? 'deadline' : WHO.test(name) ? 'who' : AIM.test(name) || place !== '' ? 'aim' : 'text';
  return { kind, period, place };
}

/** Reads the columns of a header once for all its rows. */
export function createRowReader(year: number | undefined): (text: string, passage: Passage, sentence: Sentence) => TableRow | undefined {
  const known = new Map<string, readonly Column[]>();
  return (text, passage, sentence) => {
    const header = passage.headings.at(-1) ?? '';
    if (!MAY_BE_ROW.test(sentence.text) || !MAY_BE_ROW.test(header)) return undefined;
    let columns = known.get(header);
    if (columns === undefined) {
      columns = splitCells(header, { start: 0, end: header.length }).map(({ start, end }, index) => readColumn(header.slice(start, end), index, year));
      known.set(header, columns);
    }
    const cells = splitCells(text, sentence);
    return cells.length === columns.length ? { cells, columns } : undefined;
  };
}

/** A cell that is a figure and nothing else. */
function readCell(text: string, cell: Span): ReturnType<typeof parseFigures>[number] | undefined {
  const [figure, other] = parseFigures(text.slice(cell.start, cell.end));
  if (figure === undefined || other !== undefined || figure.kind === 'name' || figure.kind === 'date' || figure.kind === 'year') return undefined;
  const rest = text.slice(cell.start, cell.start + figure.start) + text.slice(cell.start + figure.end, cell.end);
  return /[\p{L}\p{N}]/u.test(rest) ? undefined : { ...figure, start: figure.start + cell.start, end: figure.end + cell.start };
}

/** The targets of a row: its figures in columns that say what is aimed at, measured by the row's name. Cells of text are read by `readClause`. */
export function readRowTargets(text: string, { cells, columns }: TableRow, readClause: (cell: Span) => readonly TargetDraft[], isKnownName: ClauseMatter['isKnownName']): { readonly cell: Span; readonly draft: TargetDraft }[] {
  const name = trimSpan(text, cells[0]?.start ?? 0, cells[0]?.end ?? 0);
  if (name === undefined) return [];
  const cellOf = (kind: Column['kind']): string => {
    const index = columns.findIndex((column) => column.kind === kind);
    const cell = cells[index];
    return cell === undefined ? '' : text.slice(cell.start, cell.end);
  };
  const [deadline, who] = [cellOf('deadline'), cellOf('who')];
  return cells.flatMap((cell, index): { readonly cell: Span; readonly draft: TargetDraft }[] => {
    const column = columns[index];
    if (column === undefined || index === 0) return [];
    const headerPlace = column.place;
    const place = headerPlace !== '' || isPlace(headerPlace, isKnownName) ? headerPlace : who;
    if (column.kind === 'text') return readClause(cell).map((draft) => ({ cell, draft: { ...draft, carried: draft.carried ?? name, period: draft.period || deadline, place: draft.place || place } }));
    const figure = column.kind === 'aim' ? readCell(text, cell) : undefined;
    return figure === undefined ? [] : [{ cell, draft: { kind: 'figure', measured: name, figure, strength: '', period: column.period || deadline, place } }];
  });
}
