import { splitClauses, splitSentences, trimSpan } from '../text/sentences.ts';
import type { Sentence, Span } from './notice.ts';
import type { Paragraph } from './outline-node.ts';

/** A stretch of the notice as a sentence that can be cited; its clauses are found where none are given. */
export function toSentence(text: string, { start, end }: Span, isHeading: boolean, given?: readonly Span[]): Sentence {
  const clauses = (given ?? splitClauses(text, start, end)).map((clause) => ({
    start: clause.start, end: clause.end, text: text.slice(clause.start, clause.end),
  }));
  return { start, end, text: text.slice(start, end), isHeading, clauses };
}

const BETWEEN_VALUES = /[；;，,]/u;

/** The clauses of a labelled line: each label stays with what stands behind it. */
function splitLabelled(text: string, { start, end }: Span): Span[] {
  const clauses: Span[] = [];
  let from = start;
  for (let index = start; index <= end; index += 1) {
    if (index < end && !BETWEEN_VALUES.test(text.charAt(index))) continue;
    const clause = trimSpan(text, from, index);
    if (clause !== undefined) clauses.push(clause);
    from = index + 1;
  }
  return clauses;
}

/** The sentences of a paragraph; a row of a table is one, its cells the clauses; so is each line of a record. */
export function toSentences(text: string, { start, end, row, lines, isRecord }: Paragraph): Sentence[] {
  if (isRecord === true) return (lines ?? []).map((line) => toSentence(text, line, false, splitLabelled(text, line)));
  if (row !== undefined) return [toSentence(text, { start, end }, false, row.cells)];
  if (lines !== undefined) return lines.map((line) => toSentence(text, line, false));
  return splitSentences(text, start, end).map((span) => toSentence(text, span, false));
}
