import { splitCells } from '../corpus/tables.ts';
import type { CitedSpan } from '../retrieval/evidence/evidence.ts';
import { foldForMatching, foldToLetters } from '../text/normalize.ts';

const cellsOf = ({ text }: CitedSpan): readonly string[] => splitCells(text, { start: 0, end: text.length }).map(({ start, end }) => text.slice(start, end));

/**
 * Whether a claim says one cell of a cited row with the row's name and the name of its column, and nothing else: 「城关小学 · 班数：36」. The names
 * of the columns must be cited, too, and the row must have a cell for each of them.
 */
export function isCell(text: string, cites: readonly CitedSpan[]): boolean {
  if (cites.length !== 2) return false;
  const [said, folded] = [foldToLetters(text), foldForMatching(text)];
  const [row = [], header = []] = cites.map(cellsOf);
  if (row.length < 2 || row.length !== header.length || cites[0]?.noticeId !== cites[1]?.noticeId) return false;
  return row.some((cell, index) => folded.includes(foldForMatching(cell)) && row.some((name, key) => key !== index && foldToLetters(`${name}${header[index] ?? ''}${cell}`) === said));
}
