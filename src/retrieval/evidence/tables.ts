import type { Notice, Passage } from '../../corpus/notice.ts';
import { MAY_BE_ROW, splitCells } from '../../corpus/tables.ts';
import { parseFigures } from '../../text/figures.ts';
import type { Figure } from '../../text/figures.ts';
import { foldForMatching } from '../../text/normalize.ts';
import type { CitedSpan } from './evidence.ts';
import type { ScoredSentence } from './scoring.ts';

/** A column by what its header calls it. */
export interface Column {
  /** Folded, without what stands in brackets: 户数 of 户数（户）. */
  readonly label: string;
  /** As the header writes it. */
  readonly written: string;
  /** With it, folded: 乡镇街道 of 乡镇（街道）. */
  readonly called: string;
  /** In which its bare numbers are told, by the header or the caption; empty where neither says. */
  readonly unit: string;
}

export interface Cell {
  readonly text: string;
  readonly folded: string;
  /** What the cell is, where it is one figure and no more; a bare number in the unit of its column. Its text is as the cell has it. */
  readonly figure: Figure | undefined;
}

export interface TableRow {
  readonly cells: readonly Cell[];
  readonly span: CitedSpan;
  /** All of it, folded. */
  readonly folded: string;
}

/** A table written as text, whole, so that a row can be told from all others. */
export interface Table {
  readonly columns: readonly Column[];
  /** Without those that sum up. */
  readonly rows: readonly TableRow[];
  /** What sums the rows up; cells at its end may be missing. */
  readonly total: TableRow | undefined;
  /** Every row has a cell for each column, and none is a part of another. */
  readonly isWhole: boolean;
  /** Positions of columns whose cells may name their rows, the likeliest first. */
  readonly keys: readonly number[];
  /** What the names of several rows end in, folded: 小区, 卫生院. */
  readonly kinds: readonly string[];
  readonly header: CitedSpan;
  /** Title, headings and caption, folded. */
  readonly around: string;
  readonly year: number | undefined;
}

/** What sums the rows up is none of them. */
export const TOTALS = /^(?:合计|总计|小计|累计|共计|总数)$/u;
const BRACKETS = /[(（]([^)）]*)[)）]/gu;
const CAPTION_UNIT = /单位[:：]\s*(?<unit>[^)）\s、，,/]{1,6})/u;
/** 班数, 招聘人数, 场次: what is counted is the unit. */
const COUNTS = /(人次|人|户|班|亩|辆|台|所|件|栋|幢|座|间|场|套|床|家|处|条|张|株|头|册|个)[数次]$|^(?:人|户)[数口]/u;

const PER = /[/／](?:\p{Script=Han}{1,3})$/u;

const unitOf = (text: string): string => (parseFigures(`1${text}`)[0]?.end === text.length + 1 ? text : '');

/** The unit that a column's header tells: 户数（户）, 人数. */
export function readUnit(header: string): string {
  for (const [, inner = ''] of header.matchAll(BRACKETS)) {
    // 元/月: counted in 元.
    const unit = unitOf(inner.trim().replace(PER, '')) === '' ? '' : inner.trim();
    if (unit !== '') return unit;
  }
  const folded = foldForMatching(header.replace(BRACKETS, ''));
  return COUNTS.exec(folded)?.[1] ?? '';
}

/** A figure in its column's unit. */
export function measureCell(figure: Figure, unit: string): Figure {
  if (unit === '' || figure.unit !== '' || figure.kind !== 'count') return figure;
  const [measured] = parseFigures(`${figure.text}${unit}`);
  return measured === undefined ? figure : { ...measured, text: figure.text, start: figure.start, end: figure.end };
}

/** The unit of the caption above a table. */
export const readCaptionUnit = (headings: readonly string[]): string => CAPTION_UNIT.exec(headings.join(' '))?.groups?.['unit'] ?? '';

function readCell(text: string, unit: string): Cell {
  const [figure, other] = parseFigures(text);
  const rest = figure === undefined ? text : text.slice(0, figure.start) + text.slice(figure.end);
  const isFigure = figure !== undefined && other === undefined && !/[\p{L}\p{N}]/u.test(rest.replace(/^(?:不[低高少多]于|不超过|约|达到)|以[上内下]$/u, ''));
  return { text, folded: foldForMatching(text), figure: isFigure ? measureCell(figure, unit) : undefined };
}

const LONGEST_KEY = 16;
const MOSTLY = 0.8;
const BARE_NUMBER = /^[\d.]*$/u;

/** The columns whose cells tell the rows from one another by words, the first of the table first. */
function findKeys(columns: readonly Column[], rows: readonly TableRow[]): readonly number[] {
  const first = columns.findIndex((_, column) => rows.some(({ cells }) => !BARE_NUMBER.test(cells[column]?.folded ?? '')));
  return columns.flatMap((_, column) => {
    if (column === first) return [column];
    const texts = rows.map(({ cells }) => cells[column]).filter((cell) => cell !== undefined);
    const words = texts.filter(({ folded, figure }) => figure === undefined && /\p{L}/u.test(folded));
    const length = words.reduce((sum, { folded }) => sum + folded.length, 0);
    return words.length >= rows.length * MOSTLY && new Set(words.map(({ folded }) => folded)).size >= words.length * MOSTLY && length <= words.length * LONGEST_KEY ? [column] : [];
  });
}

/** What a name ends in as another does. */
export function sharedEnd(name: string, other: string): string {
  let length = 0;
  while (length < name.length && length < other.length && name.at(-1 - length) === other.at(-1 - length)) length += 1;
  return name.slice(name.length - length);
}

function findKinds(key: number, rows: readonly TableRow[]): readonly string[] {
  const names = rows.map(({ cells }) => cells[key]?.folded ?? '');
  const ends = names.flatMap((name, index) => names.slice(index + 1).map((other) => (name === other ? '' : sharedEnd(name, other))));
  return [...new Set(ends)].filter((end) => end.length > 1 && /^\p{Script=Han}+$/u.test(end));
}

/** The row that sums all others up, and not only those of a part. */
function findTotal(summing: readonly TableRow[]): TableRow | undefined {
  const [only, other] = summing.length > 1 ? summing.filter(({ cells }) => !cells.some(({ folded }) => folded === '小计')) : summing;
  return other === undefined ? only : undefined;
}

/** 「其中：小学」 is counted in the row above it. */
const PART_OF = /(?:^|[|\t\s])其中/u;

function readTable(notice: Notice, header: string, passages: readonly Passage[]): Table | undefined {
  const [first] = passages;
  if (first === undefined) return undefined;
  const captioned = readCaptionUnit(first.headings);
  const columns = splitCells(header, { start: 0, end: header.length }).map(({ start, end }): Column => {
    const text = header.slice(start, end);
    return { written: text, label: foldForMatching(text.replace(BRACKETS, '')), called: foldForMatching(text.replace(/[()（）]/gu, '')), unit: readUnit(text) || captioned };
  });
  const read = ({ id: passageId, noticeId, section, label, sentences: [sentence] }: Passage): TableRow | undefined => {
    if (sentence === undefined) return undefined;
    const cells = splitCells(sentence.text, { start: 0, end: sentence.text.length }).map(({ start, end }, column) => readCell(sentence.text.slice(start, end), columns[column]?.unit ?? ''));
    return { cells, span: { noticeId, passageId, section, label, start: sentence.start, end: sentence.end, text: sentence.text }, folded: foldForMatching(sentence.text) };
  };
  const all = passages.flatMap((passage) => read(passage) ?? []);
  const sumsUp = ({ cells }: TableRow): boolean => cells.some(({ folded }) => TOTALS.test(folded));
  const single = all.filter((row) => !sumsUp(row));
  const rows = single.filter(({ cells }) => cells.length === columns.length);
  const start = notice.text.lastIndexOf(header, first.start);
  const heading = notice.passages.find((passage) => passage.start <= start && start + header.length <= passage.end);
  if (rows.length === 0 || heading === undefined) return undefined;
  const title = /(?:19|20)\d{2}/u.exec(notice.title)?.[0] ?? notice.date?.slice(0, 4);
  const keys = findKeys(columns, rows);
  return {
    columns, rows, total: findTotal(all.filter((row) => sumsUp(row) && row.cells.length <= columns.length)), isWhole: rows.length === single.length && !rows.some(({ folded }) => PART_OF.test(folded)), keys, kinds: findKinds(keys[0] ?? 0, rows),
    header: { noticeId: notice.id, passageId: heading.id, section: heading.section, label: heading.label, start, end: start + header.length, text: header },
    around: foldForMatching([notice.title, ...first.headings.slice(0, -1)].join(' ')),
    year: title === undefined ? undefined : Number(title),
  };
}

const tablesByNotice = new WeakMap<Notice, readonly Table[]>();

/** The tables of a notice whose columns have names; read once. */
export function tablesOf(notice: Notice): readonly Table[] {
  const known = tablesByNotice.get(notice);
  if (known !== undefined) return known;
  const runs: { header: string; above: string; passages: Passage[] }[] = [];
  for (const passage of notice.passages) {
    const header = passage.headings.at(-1) ?? '';
    if (!MAY_BE_ROW.test(header) || !MAY_BE_ROW.test(passage.text)) continue;
    const above = passage.id.slice(0, passage.id.lastIndexOf('.'));
    const run = runs.at(-1);
    if (run?.header === header && run.above === above) run.passages.push(passage);
    else runs.push({ header, above, passages: [passage] });
  }
  const found = runs.flatMap(({ header, passages }) => readTable(notice, header, passages) ?? []);
  tablesByNotice.set(notice, found);
  return found;
}

/** The row that a sentence is, with its table; undefined for prose, for what sums up, and for rows that don't fit their header. */
export function findRow(tables: readonly Table[], { sentence: { sentence: { start }, source } }: ScoredSentence): { readonly table: Table; readonly row: TableRow } | undefined {
  for (const table of tables) {
    if (table.header.noticeId !== source.noticeId) continue;
    const row = table.rows.find(({ span }) => span.start === start);
    if (row !== undefined) return { table, row };
  }
  return undefined;
}
