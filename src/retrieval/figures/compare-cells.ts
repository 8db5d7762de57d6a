import type { Lexicon } from '../../corpus/lexicon.ts';
import type { Span } from '../../corpus/notice.ts';
import type { Comparison } from '../question/comparison.ts';
import type { Evidence } from '../evidence/evidence.ts';
import { findColumn, findLabels, findNamedRows, isAllHeld } from '../evidence/find-cell.ts';
import type { Found } from '../evidence/computed.ts';
import { isCountable } from '../../text/same-measure.ts';
import type { WeightedTerm } from '../evidence/scoring.ts';
import type { Table, TableRow } from '../evidence/tables.ts';

/** A cell's figure with its name, as the comparison tells it; undefined where the cell holds none that can be counted. */
function findCell(name: string, { columns, header }: Table, row: TableRow, column: number): Found | undefined {
  const cell = row.cells[column];
  if (cell?.figure === undefined || !isCountable(cell.figure)) return undefined;
  const { figure } = cell;
  // A bare number is told in the unit of its column.
  const text = /\p{L}|%/u.test(figure.text) ? figure.text : `${figure.text}${columns[column]?.unit ?? ''}`;
  return { name, figure: { ...figure, text }, points: [{ span: row.span }, { span: header }] };
}

const allOf = (cells: readonly (Found | undefined)[]): readonly Found[] | undefined => {
  const [first] = cells;
  return first !== undefined && cells.every((cell) => cell?.figure.kind === first.figure.kind && cell.figure.unit === first.figure.unit) ? cells.filter((cell) => cell !== undefined) : undefined;
};

/** Two rows in one column, or two columns of one row, that the question sets against one another. */
function compareIn(table: Table, count: number, { question }: Evidence, terms: readonly WeightedTerm[], lexicon: Lexicon): readonly Found[] | undefined {
  const named = findNamedRows(table, question.folded);
  const taken = named.map(({ stretch }) => stretch);
  const isOf = (stretches: readonly Span[]): boolean => isAllHeld(question, terms, table, named.map(({ row }) => row), [...taken, ...stretches], false, lexicon);
  if (named.length === count) {
    const found = findColumn(question, terms, table, taken, [named[0]?.key ?? 0]);
    if (found === undefined || !isOf(found.stretches)) return undefined;
    const inOrder = named.toSorted((left, right) => left.stretch.start - right.stretch.start);
    return allOf(inOrder.map(({ row, key }) => findCell(row.cells[key]?.text.trim() ?? '', table, row, found.column)));
  }
  const [only] = named;
  if (only === undefined || named.length > 1) return undefined;
  const labels = findLabels(table, question.folded, taken).filter(({ column }) => only.row.cells[column]?.figure !== undefined);
  return labels.length === count && isOf(labels.map(({ stretch }) => stretch)) ? allOf(labels.map(({ column }) => findCell(table.columns[column]?.label ?? '', table, only.row, column))) : undefined;
}

/** The cells of one table that a question compares; undefined where it names no rows for that, or more than one table has them. */
export function compareCells({ readings: [names = []] }: Comparison, whole: Evidence, tables: readonly Table[], lexicon: Lexicon): readonly Found[] | undefined {
  const weights = new Map(whole.terms.map(({ text, weight }) => [text, weight]));
  const terms = whole.question.terms.map((term): WeightedTerm => ({ term, weight: weights.get(term.text) ?? 0, isKnown: true, isUnheard: false, isWritten: true }));
  const [found, other] = tables.flatMap((table) => {
    const cells = compareIn(table, names.length, whole, terms, lexicon);
    return cells === undefined ? [] : [cells];
  });
  return other === undefined ? found : undefined;
}
