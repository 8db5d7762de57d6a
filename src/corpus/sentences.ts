import { splitClauses, splitSentences } from '../text/sentences.ts';
import type { Sentence, Span } from './notice.ts';
import type { Paragraph } from './outline-node.ts';

/** A stretch of the notice as a sentence that can be cited; its clauses are found where none are given. */
export function toSentence(text: string, { start, end }: Span, isHeading: boolean, given?: readonly Span[]): Sentence {
  const clauses = (given ?? splitClauses(text, start, end)).map((clause) => ({
    start: clause.start, end: clause.end, text: text.slice(clause.start, clause.end),
  }));
  return { start, end, text: text.slice(start, end), isHeading, clauses };
}

/** The sentences of a paragraph; a row of a table is one, its cells the clauses. */
export function toSentences(text: string, { start, end, row, lines }: Paragraph): Sentence[] {
  if (row !== undefined) return [toSentence(text, { start, end }, false, row.cells)];
  if (lines !== undefined) return lines.map((line) => toSentence(text, line, false));
  return splitSentences(text, start, end).map((span) => toSentence(text, span, false));
}
