/** Columns as wide as their longest cells; Han characters count two. */
export function alignTable(rows: readonly (readonly string[])[], leftAligned: number): string[] {
  const widthOf = (text: string): number => [...text].reduce((sum, character) => sum + (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/u.test(character) ? 2 : 1), 0);
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => widthOf(row[column] ?? ''))));
  const pad = (cell: string, column: number): string => {
    const space = ' '.repeat(Math.max(0, (widths[column] ?? 0) - widthOf(cell)));
    return column < leftAligned ? cell + space : space + cell;
  };
  return rows.map((row) => row.map(pad).join('  ').trimEnd());
}
