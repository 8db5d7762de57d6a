import { stringify } from 'csv-stringify/sync';
import { toPrintableLine } from './printable.ts';

/** Spreadsheets take a file for UTF-8 by it. */
export const CSV_START = '\ufeff';

/** A cell that a spreadsheet would take for a formula is text. */
export function toCsvCell(text: string): string {
  const line = toPrintableLine(text);
  return /^[=+\-@]/u.test(line) ? `'${line}` : line;
}

/** A line of cells as RFC 4180 has it, ended by CRLF. */
export function toCsvLine(cells: readonly string[]): string {
  return stringify([[...cells]], { record_delimiter: '\r\n' });
}
