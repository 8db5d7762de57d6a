/** Text as it stands, or the number of a citation. */
export type Piece = string | number;

/** Cuts an answer's text at its `[n]` marks; a number that is no known citation stays text, brackets and all. */
export function parseMarks(text: string, isKnown: (n: number) => boolean): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(/\[(\d{1,4})\]/g)) {
    const n = Number(match[1]);
    if (!isKnown(n)) continue;
    if ((match.index ?? 0) > from) pieces.push(text.slice(from, (match.index ?? 0)));
    pieces.push(n);
    from = (match.index ?? 0) + match[0].length;
  }
  if (from < text.length) pieces.push(text.slice(from));
  return pieces;
}

/** The text without the marks of known citations: for reading aloud, and to compare with. */
export function withoutMarks(text: string, isKnown: (n: number) => boolean): string {
  return parseMarks(text, isKnown)
    .filter((piece) => typeof piece === 'string')
    .join('');
}
