import { CsvError, parse } from 'csv-parse/sync';
import { findNearName } from '../text/near-names.ts';
import type { LocatedRecord } from './cases.ts';

/** Columns whose cells hold several values, parted by a bar. */
const LISTS: ReadonlySet<string> = new Set(['gold.sections', 'gold.must_not', 'gold.quotes', 'tags', 'turns', 'must_not', 'must_any']);
const TEXTS: ReadonlySet<string> = new Set(['id', 'kind', 'question', 'notice', 'note', 'gold.quote', 'gold.polarity', 'text']);
const KNOWN: readonly string[] = [...TEXTS, ...LISTS, 'gold.must', 'gold.refuse', 'history'];
const NUMBERED = /^(?:gold\.must\.(\d+)|history\.(\d+)\.(role|content))$/u;

const TRUE = /^(?:true|yes|y|1|是|对)$/iu;
const FALSE = /^(?:false|no|n|0|否|不)$/iu;

/** `a|b`; a bar that belongs to a value is written `\|`. */
const splitCell = (cell: string): readonly string[] => cell.split(/(?<!\\)\|/u).map((part) => part.replaceAll('\\|', '|').trim()).filter((part) => part !== '');

type Fields = Record<string, unknown>;

function readColumn(record: { readonly fields: Fields; readonly gold: Fields; readonly must: Map<number, readonly string[]>; readonly history: Map<number, Fields> }, column: string, cell: string): string | undefined {
  const { fields, gold, must, history } = record;
  const [, group, turn, part = ''] = NUMBERED.exec(column) ?? [];
  if (group !== undefined) must.set(Number(group), splitCell(cell));
  else if (turn !== undefined) history.set(Number(turn), { ...history.get(Number(turn)), [part]: cell });
  else if (column === 'gold.must') {
    if (!cell.trimStart().startsWith('[')) gold['must'] = splitCell(cell).map((alternative) => [alternative]);
    else return readJson(cell, column, (value) => (gold['must'] = value));
  } else if (column === 'history') return readJson(cell, column, (value) => (fields['history'] = value));
  else if (column === 'gold.refuse') {
    if (!TRUE.test(cell.trim()) && !FALSE.test(cell.trim())) return `gold.refuse: read "${cell}"; accepted is true or false`;
    gold['refuse'] = TRUE.test(cell.trim());
  } else {
    const value = LISTS.has(column) ? splitCell(cell) : cell;
    if (column.startsWith('gold.')) gold[column.slice('gold.'.length)] = value;
    else fields[column] = value;
  }
  return undefined;
}

function readJson(cell: string, column: string, put: (value: unknown) => void): string | undefined {
  try {
    put(JSON.parse(cell));
    return undefined;
  } catch {
    return `${column}: is no JSON`;
  }
}

const inOrder = <T>(values: ReadonlyMap<number, T>): readonly T[] => [...values].toSorted(([left], [right]) => left - right).map(([, value]) => value);

function toRecord(row: Readonly<Record<string, string>>, line: number): LocatedRecord {
  const record = { fields: {} as Fields, gold: {} as Fields, must: new Map<number, readonly string[]>(), history: new Map<number, Fields>() };
  const problems: string[] = [];
  for (const [column, cell] of Object.entries(row)) {
    if (cell.trim() === '') continue;
    const problem = readColumn(record, column, cell);
    if (problem !== undefined) problems.push(problem);
  }
  if (problems.length > 0) return { line, problem: problems.join('; ') };
  const { fields, gold, must, history } = record;
  const whole = { ...gold, ...(must.size > 0 && { must: inOrder(must) }) };
  return { line, value: { ...fields, ...(Object.keys(whole).length > 0 && { gold: whole }), ...(history.size > 0 && { history: inOrder(history) }) } };
}

/**
 * The records of CSV text whose first row names the fields: nested ones by dots (`gold.quote`), lists parted by bars, must groups in columns of
 * their own (`gold.must.1`, alternatives parted by bars) or in one (`gold.must`: groups of one alternative each, or JSON). Empty cells are
 * fields that are left out.
 */
export function splitCsv(content: string): readonly LocatedRecord[] {
  let rows: readonly { readonly record: Readonly<Record<string, string>>; readonly info: { readonly lines: number } }[];
  let columns: readonly string[] = [];
  try {
    rows = parse(content, {
      bom: true, info: true, skip_empty_lines: true, skip_records_with_empty_values: true, relax_column_count: false,
      columns: (header: readonly string[]) => (columns = header.map((name) => name.trim())) as string[],
    }) as unknown as typeof rows;
  } catch (error) {
    const line = error instanceof CsvError && typeof error['lines'] === 'number' ? error['lines'] : 1;
    return [{ line, problem: `no CSV (${error instanceof Error ? error.message : String(error)}). Save it as CSV with commas, in UTF-8.` }];
  }
  const unknown = columns.filter((column) => !KNOWN.includes(column) && !NUMBERED.test(column));
  if (unknown.length > 0) {
    const told = unknown.map((column) => {
      const meant = findNearName(column, KNOWN);
      return `there is no field "${column}"${meant === undefined ? '' : `; was ${meant} meant?`}`;
    });
    return [{ line: 1, problem: `${told.join('; ')}. The columns are ${KNOWN.join(', ')}, gold.must.1 … and history.1.role, history.1.content …` }];
  }
  const clashes = [
    ...columns.filter((column, index) => columns.indexOf(column) < index).map((column) => `the column "${column}" stands twice; keep one`),
    ...['gold.must', 'history'].filter((whole) => columns.includes(whole) && columns.some((column) => column.startsWith(`${whole}.`))).map((whole) => `there are both "${whole}" and "${whole}.1"; keep one way of writing it`),
  ];
  if (clashes.length > 0) return [{ line: 1, problem: clashes.join('; ') }];
  return rows.map(({ record, info }) => toRecord(record, info.lines - linesWithin(record)));
}

/** csv-parse counts to where a row ends; cells may hold line breaks. */
function linesWithin(row: Readonly<Record<string, string>>): number {
  return Object.values(row).reduce((sum, cell) => sum + (cell.match(/\r\n|\n|\r/gu)?.length ?? 0), 0);
}
