import type { Span } from '../corpus/notice.ts';
import { blankOut } from './find-cell.ts';
import type { Cell, Table, TableRow } from './tables.ts';

/** Cells of the table that a question says by whole, by their column. */
export interface Claimed {
  readonly column: number;
  /** Folded, as the table has them. */
  readonly words: readonly string[];
  readonly values: readonly Span[];
}

const VALUES = /[、,，]/u;
const SHORTEST_VALUE = 2;

/** Parts of a cell that may be asked for by themselves: 市教育局、市文化旅游局. */
export const valuesOf = ({ folded }: Cell): readonly string[] => folded.split(VALUES).map((value) => value.trim()).filter((value) => value.length >= SHORTEST_VALUE);

export const saysWhole = (folded: string, value: string): boolean => folded.includes(value) || (/^[省市县区]\p{Script=Han}{3,}/u.test(value) && folded.includes(value.slice(1)));

/** The columns of which the question says a cell of some row. */
export function findClaimed({ rows, columns }: Table, folded: string, taken: readonly Span[]): readonly Claimed[] {
  const rest = blankOut(folded, taken);
  return columns.flatMap((_, column): Claimed[] => {
    const said = new Set(rows.flatMap(({ cells }) => (cells[column]?.figure === undefined ? valuesOf(cells[column]!) : [])).filter((value) => saysWhole(rest, value)));
    const values = [...said].map((value): Span => {
      const text = rest.includes(value) ? value : value.slice(1);
      return { start: rest.indexOf(text), end: rest.indexOf(text) + text.length };
    });
    return values.length === 0 ? [] : [{ column, words: [...said], values }];
  });
}

/** Whether the row bears one of the claimed cells. */
export const bears = ({ cells }: TableRow, { column, words }: Claimed): boolean => {
  const cell = cells[column];
  return cell !== undefined && valuesOf(cell).some((value) => words.includes(value));
};
