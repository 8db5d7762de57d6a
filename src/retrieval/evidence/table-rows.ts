import { MAY_BE_ROW, splitCells } from '../../corpus/tables.ts';
import { foldForMatching } from '../../text/normalize.ts';
import { matchTerm } from './match.ts';
import type { ReadingMatter } from './reading.ts';
import type { SceneClause } from './scene.ts';
import type { ScoredSentence } from './scoring.ts';

/** A row of a table written as text, under the names of its columns. */
interface Row {
  /** In order; offsets count into the notice. */
  readonly cells: readonly { readonly start: number; readonly end: number }[];
  /** Folded, one a cell. */
  readonly columns: readonly string[];
}

const rows = new WeakMap<object, Row | null>();

/** The row that a sentence is; undefined for prose, and for rows that don't fit their header. */
export function readRow({ scene, sentence: { sentence } }: ScoredSentence): Row | undefined {
  const known = rows.get(sentence);
  if (known !== undefined) return known ?? undefined;
  const header = scene.passage.headings.at(-1) ?? '';
  const isTable = MAY_BE_ROW.test(sentence.text) && MAY_BE_ROW.test(header);
  const cells = isTable ? splitCells(sentence.text, { start: 0, end: sentence.text.length }) : [];
  const columns = isTable ? splitCells(header, { start: 0, end: header.length }).map(({ start, end }) => foldForMatching(header.slice(start, end))) : [];
  const row = cells.length > 1 && cells.length === columns.length ? { columns, cells: cells.map(({ start, end }) => ({ start: sentence.start + start, end: sentence.start + end })) } : undefined;
  rows.set(sentence, row ?? null);
  return row;
}

/** Whether the sentence is a row of a table whose columns have names. */
export const isTableRow = (scored: ScoredSentence): boolean => readRow(scored) !== undefined;

/** Share of the question's weight that the name of the column holds in which a figure stands, less what another column holds of it; 0 outside tables. */
export function shareOfColumn(matter: ReadingMatter, scored: ScoredSentence, clause: SceneClause, offset: number): number {
  const row = readRow(scored);
  if (row === undefined) return 0;
  const at = clause.start + offset;
  const index = row.cells.findIndex(({ start, end }) => start <= at && at < end);
  if (index < 0) return 0;
  const total = matter.terms.reduce((sum, { weight }) => sum + weight, 0);
  const share = (column: string): number => (total === 0 ? 0 : matter.terms.reduce((sum, { term, weight }) => sum + weight * (term.role === 'year' ? Number(column.includes(term.text)) : matchTerm(term, column)), 0) / total);
  const own = share(row.columns[index] ?? '');
  const others = Math.max(0, ...row.columns.filter((_, column) => column !== index && column > 0).map(share));
  return own - Math.max(0, others - own);
}

/** Whether the sentence is a row, and what names its columns: the header's sentence, where it is to be cited. */
export function findHeader(matter: ReadingMatter, scored: ScoredSentence): ScoredSentence | undefined {
  if (readRow(scored) === undefined) return undefined;
  const header = scored.scene.passage.headings.at(-1);
  return matter.sentences.find(({ sentence: { sentence, source } }) => source.noticeId === scored.sentence.source.noticeId && sentence.text === header && sentence.end <= scored.sentence.sentence.start);
}

/** Whether the sentence is no row, but names the columns of those below it. */
export function namesColumns({ sentences }: ReadingMatter, { sentence: { sentence, source } }: ScoredSentence): boolean {
  return MAY_BE_ROW.test(sentence.text) && sentences.some((other) => isTableRow(other) && other.sentence.source.noticeId === source.noticeId && other.scene.passage.headings.at(-1) === sentence.text);
}
