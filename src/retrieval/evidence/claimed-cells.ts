import type { Span } from '../../corpus/notice.ts';
import { sameFigure } from '../../text/figures.ts';
import type { Figure } from '../../text/figures.ts';
import { blankOut, findLabels } from './find-cell.ts';
import type { Question } from '../question/question.ts';
import { isMeasure, isSameMeasure } from '../../text/same-measure.ts';
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

/** 「90分以上」, of 得分: the column's name tells what its bare numbers count. */
const countAs = (figure: Figure, asked: Figure, label: string): Figure => (figure.unit === '' && figure.kind === 'count' && asked.kind === 'count' && asked.unit !== '' && label.endsWith(asked.unit) ? { ...figure, unit: asked.unit } : figure);

/** Whether a cell's figure is within the bounds that are asked for; undefined where they are counted differently. */
function isWithinBounds(asked: Figure, figure: Figure): boolean | undefined {
  if (!isMeasure(figure) || !isSameMeasure(asked, figure) || figure.upper !== undefined || figure.comparator !== 'exactly') return undefined;
  switch (asked.comparator) {
    case 'more-than': return figure.value > asked.value;
    case 'at-least': return figure.value >= asked.value;
    case 'less-than': return figure.value < asked.value;
    case 'at-most': return figure.value <= asked.value;
    case 'exactly': return sameFigure(asked, figure);
    case 'about': return undefined;
  }
}

function saysFigure(asked: Figure, { figure, folded }: Cell, label: string, isNamed: boolean): boolean {
  if (figure === undefined || figure.kind !== asked.kind) return false;
  if (figure.kind !== 'date') return isNamed && (isWithinBounds(asked, countAs(figure, asked, label)) ?? sameFigure(asked, figure));
  const day = asked.text.replace(DUE, '');
  return sameFigure(asked, figure) || (folded.endsWith(day) && !/\d/u.test(folded.charAt(folded.length - day.length - 1)));
}

/** The column by whose figures a bound is asked (招生超过100人), where no other is counted alike. */
function findOnlyCounted({ columns, rows }: Table, asked: Figure): number | undefined {
  if (asked.kind === 'date' || asked.unit === '' || asked.unit === '个') return undefined;
  const [only, other] = columns.flatMap(({ label, unit }, column) => (rows.some(({ cells }) => cells[column]?.figure !== undefined && isWithinBounds(measureCell(asked, unit), countAs(cells[column].figure, asked, label)) !== undefined) ? [column] : []));
  return other === undefined ? only : undefined;
}

/**
 * The columns of which the question says a day of some row (11月底 of 2024年11月底), or names the column with a figure of one (总投资1850万元) or with the bounds
 * of some (投资超过3000万元); without words where no row is within them.
 */
export function findClaimedFigures(table: Table, { folded, figures }: Question): readonly Claimed[] {
  if (figures.length === 0) return [];
  const labels = new Set(findLabels(table, folded, []).map(({ column }) => column));
  return figures.flatMap((asked) => {
    const only = findOnlyCounted(table, asked);
    return table.columns.flatMap(({ unit, label }, column): Claimed[] => {
      const isNamed = labels.has(column) || column === only;
      const words = table.rows.flatMap(({ cells }) => (cells[column] !== undefined && saysFigure(measureCell(asked, unit), cells[column], label, isNamed) ? [cells[column].folded] : []));
      const isOutside = isNamed && asked.comparator !== 'exactly' && table.rows.some(({ cells }) => cells[column]?.figure !== undefined && isWithinBounds(measureCell(asked, unit), countAs(cells[column].figure, asked, label)) === false);
      return words.length === 0 && !isOutside ? [] : [{ column, words, values: [{ start: asked.start, end: asked.end }] }];
    });
  });
}

/** Without any of it, or with none told. */
const NONE = /^(?:[-—–/无\s]+|0)$/u;
const ASKS_NONE = /没有?(?!人|谁)|无(?!偿|人)|不(?:用|需)/u;

/** The column of which the question wants the rows that have none: 「哪些村没有奖励」. */
export function findClaimedEmpty(table: Table, { folded }: Question): readonly Claimed[] {
  const none = ASKS_NONE.exec(folded);
  if (none === null) return [];
  const end = none.index + none[0].length;
  return findLabels(table, folded, []).flatMap(({ column, stretch }): Claimed[] => {
    const words = table.rows.flatMap(({ cells }) => (NONE.test(cells[column]?.folded ?? '') ? [cells[column]?.folded ?? ''] : []));
    return words.length === 0 || stretch.start < end || stretch.start > end + REACH ? [] : [{ column, words, values: [{ start: none.index, end: stretch.end }] }];
  });
}
const REACH = 2;

/** Whether the row bears one of the claimed cells. */
export const bears = ({ cells }: TableRow, { column, words }: Claimed): boolean => {
  const cell = cells[column];
  return cell !== undefined && (words.includes(cell.folded) || valuesOf(cell).some((value) => words.includes(value)));
};
