import type { Span } from '../corpus/notice.ts';
import { sameFigure } from '../text/figures.ts';
import type { Figure } from '../text/figures.ts';
import { blankOut, findLabels } from './find-cell.ts';
import type { Question } from './question.ts';
import { measureCell } from './tables.ts';
import type { Cell, Table, TableRow } from './tables.ts';

/** Cells of the table that a question says by whole, by their column. */
export interface Claimed {
  readonly column: number;
  /** Folded, as the table has them. */
  readonly words: readonly string[];
  readonly values: readonly Span[];
}

const VALUES = /[、,，;；]/u;
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

/** 「5月底前」 asks for what is due at the end of May. */
const DUE = /(?:之|以)?前$/u;

function saysFigure(asked: Figure, { figure, folded }: Cell, isNamed: boolean): boolean {
  if (figure === undefined || figure.kind !== asked.kind) return false;
  if (figure.kind !== 'date') return isNamed && sameFigure(asked, figure);
  const day = asked.text.replace(DUE, '');
  return sameFigure(asked, figure) || (folded.endsWith(day) && !/\d/u.test(folded.charAt(folded.length - day.length - 1)));
}

/** The columns of which the question says a day of some row (11月底 of 2024年11月底), or names the column with a figure of one (总投资1850万元). */
export function findClaimedFigures(table: Table, { folded, figures }: Question): readonly Claimed[] {
  if (figures.length === 0) return [];
  const named = new Set(findLabels(table, folded, []).map(({ column }) => column));
  return table.columns.flatMap(({ unit }, column): Claimed[] =>
    figures.flatMap((asked) => {
      const words = table.rows.flatMap(({ cells }) => (cells[column] !== undefined && saysFigure(measureCell(asked, unit), cells[column], named.has(column)) ? [cells[column].folded] : []));
      return words.length === 0 ? [] : [{ column, words, values: [{ start: asked.start, end: asked.end }] }];
    }),
  );
}

/** Whether the row bears one of the claimed cells. */
export const bears = ({ cells }: TableRow, { column, words }: Claimed): boolean => {
  const cell = cells[column];
  return cell !== undefined && (words.includes(cell.folded) || valuesOf(cell).some((value) => words.includes(value)));
};
