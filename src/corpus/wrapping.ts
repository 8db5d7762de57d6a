import { isDateLine } from './dates.ts';
import type { Line } from './lines.ts';

/** Lines of prose are cut at their width; a shorter one that ends without a mark is a heading. */
const SHORTEST_WRAPPED_LINE = 20;
/** Columns. Wider lines are paragraphs. */
const WIDEST_PAGE = 120;
const NARROWEST_PAGE = 50;
/** Columns: two full-width spaces, or what stands for them. */
const PARAGRAPH_INDENT = 4;
/** A word, or a mark that may not open a line, moves the cut by this many columns. */
const RAGGED = 4;
/** How many lines must be full for a page, and which share of those must break off in mid-sentence. */
const FEWEST_FULL_LINES = 3;
const FULL_SHARE = 0.25;
const BROKEN_SHARE = 0.6;
/** Or which share of the lines that may go on with the one above stand below a full one. */
const BELOW_FULL_SHARE = 0.8;

const ENDS_SENTENCE = /[。！？!?；;：:…]["”’」』）)]{0,4}$/u;
const ENDS_CLAUSE = /[，,、]$/u;

/** Whether a line ends with a mark that closes a sentence, or introduces what follows. */
export function endsSentence(line: Pick<Line, 'text'>): boolean {
  return ENDS_SENTENCE.test(line.text);
}

/** Short, without a mark at its end: a title or a heading, if more text follows. */
export function looksLikeHeading(line: Pick<Line, 'text'>, longest: number): boolean {
  const { text } = line;
  return text.length <= longest && !endsSentence(line) && !ENDS_CLAUSE.test(text) && !isDateLine(text) && /\p{L}/u.test(text);
}

/** The columns up to a line's end, those before it included. */
function measureWidth({ text, indent }: Line): number {
  let width = indent;
  for (const character of text) width += character < '\u1100' ? 1 : 2;
  return width;
}

/** Whether a line's indent begins a paragraph. */
export function opensParagraph({ indent }: Line): boolean {
  return indent >= PARAGRAPH_INDENT;
}

const isBelow = (previous: Line, line: Line): boolean => !line.followsGap && !opensParagraph(line) && line.number === previous.number + 1;

/** Whether a line breaks off: no mark at its end closes a sentence. */
export function endsUnfinished(line: Line | undefined): boolean {
  return line !== undefined && !endsSentence(line);
}

/** The columns at which a file's lines are cut; undefined where a line is a paragraph, or an entry of a list. */
export function findPageWidth(lines: readonly Line[]): number | undefined {
  if (lines.some(({ text }) => text.length > WIDEST_PAGE)) return undefined;
  const widths = lines.map(measureWidth);
  const widest = widths.reduce((most, width) => Math.max(most, width), 0);
  if (widest < NARROWEST_PAGE || widest > WIDEST_PAGE) return undefined;
  const above = lines.filter((line, index) => {
    const next = lines[index + 1];
    return next !== undefined && next.marker === undefined && isBelow(line, next);
  });
  const full = above.filter((line) => measureWidth(line) >= widest - RAGGED);
  const isFull = full.length >= FEWEST_FULL_LINES && (full.length >= lines.length * FULL_SHARE || full.length >= above.length * BELOW_FULL_SHARE);
  return isFull && full.filter(endsUnfinished).length >= full.length * BROKEN_SHARE ? widest : undefined;
}

/** Whether a line only goes on with the one above it. A marker that opens it is not looked at. */
export function continuesLine(previous: Line | undefined, line: Line, pageWidth: number | undefined): boolean {
  if (previous === undefined || !isBelow(previous, line)) return false;
  if (pageWidth !== undefined && measureWidth(previous) >= pageWidth - RAGGED) return true;
  return !endsSentence(previous) && previous.text.length >= SHORTEST_WRAPPED_LINE;
}
