import type { TextSpan } from './span.ts';

const SENTENCE_END = new Set(['。', '！', '？', '!', '?', '…', '；', ';']);
const CLAUSE_END = new Set([',', '，', ':', '：']);
const CLOSING = new Set(['”', '’', '」', '』', '）', ')', '》', '"']);
const OPENING_BRACKETS = new Map([
  ['《', '》'],
  ['“', '”'],
  ['「', '」'],
  ['『', '』'],
  ['(', ')'],
  ['（', '）'],
]);
const ELLIPSIS = '…';
/** Behind an ellipsis these go on with the sentence: 「数学、物理……等学科」. */
const GOES_ON = /[，,、：:等的和与及或]/u;
/** Behind a half-width ! ? ; these are part of an address or a formula, not of another sentence. */
const JOINED = /[a-z0-9=&/]/iu;
/** A bracket that isn't closed within this many characters is a slip, not a bracket. */
const LONGEST_BRACKET = 60;

const isDigit = (character: string | undefined): boolean => character !== undefined && /\d/.test(character);
const isSpace = (character: string | undefined): boolean => character !== undefined && /\s/.test(character);

/** Whether a sentence ends with the mark at `index`. */
function endsSentence(text: string, index: number): boolean {
  const mark = text[index] ?? '';
  if (!SENTENCE_END.has(mark)) return false;
  if (mark === ELLIPSIS) return text[index + 1] !== ELLIPSIS && !GOES_ON.test(text[index + 1] ?? '');
  return !('!?;'.includes(mark) && JOINED.test(text[index + 1] ?? '') && JOINED.test(text[index - 1] ?? ''));
}

/** A comma that groups digits (1,000), a colon of a time, a ratio or an address (16:30, 1:3, https://). */
function isInsideFigure(text: string, index: number): boolean {
  const mark = text[index] ?? '';
  if (mark === ':' && text.startsWith('//', index + 1)) return true;
  if (!isDigit(text[index - 1]) || !isDigit(text[index + 1])) return false;
  return mark === ':' || mark === '：' || /^\d{3}(?!\d)/u.test(text.slice(index + 1, index + 5));
}

/** Narrows a stretch to what is left without white space at its ends; undefined where nothing is. */
export function trimSpan(text: string, start: number, end: number): TextSpan | undefined {
  let from = start;
  let to = end;
  while (from < to && isSpace(text[from])) from += 1;
  while (to > from && isSpace(text[to - 1])) to -= 1;
  return from < to ? { start: from, end: to } : undefined;
}

/** Where the bracket that opens at `index` closes, within `end`; undefined where it doesn't. */
function findClosing(text: string, index: number, end: number): number | undefined {
  const closing = OPENING_BRACKETS.get(text[index] ?? '');
  if (closing === undefined) return undefined;
  const limit = Math.min(end, index + LONGEST_BRACKET);
  for (let position = index + 1; position < limit; position += 1) if (text[position] === closing) return position;
  return undefined;
}

/**
 * The sentences of a stretch of text, as offsets into `text`: up to 。！？； and any closing quotation mark behind it, or to the end.
 * Sentences inside “…” don't end the sentence around them, nor does an ellipsis in its midst. White space at the ends is left out; so is
 * a stretch without any letter or digit.
 */
export function splitSentences(text: string, start = 0, end = text.length): TextSpan[] {
  const spans: TextSpan[] = [];
  let from = start;
  const push = (to: number): void => {
    const span = trimSpan(text, from, to);
    if (span !== undefined && /[\p{L}\p{N}]/u.test(text.slice(span.start, span.end))) spans.push(span);
    from = to;
  };
  for (let index = start; index < end; index += 1) {
    const closing = findClosing(text, index, end);
    if (closing !== undefined) {
      index = closing;
      continue;
    }
    if (!endsSentence(text, index)) continue;
    let to = index + 1;
    while (to < end && (SENTENCE_END.has(text[to] ?? '') || CLOSING.has(text[to] ?? ''))) to += 1;
    push(to);
    index = to - 1;
  }
  push(end);
  return spans;
}

/**
 * The clauses of a sentence, as offsets into `text`, without the comma, semicolon, colon or full stop that ends them.
 * Commas inside brackets and titles, commas that group digits (1,000) and colons in times (16:30) don't divide.
 */
export function splitClauses(text: string, start = 0, end = text.length): TextSpan[] {
  const spans: TextSpan[] = [];
  let from = start;
  const push = (until: number): void => {
    let to = until;
    while (to > from && text[to - 1] === ELLIPSIS) to -= 1;
    const span = trimSpan(text, from, to);
    if (span !== undefined && /[\p{L}\p{N}]/u.test(text.slice(span.start, span.end))) spans.push(span);
  };
  for (let index = start; index < end; index += 1) {
    const closing = findClosing(text, index, end);
    if (closing !== undefined) {
      index = closing;
      continue;
    }
    const divides = CLAUSE_END.has(text[index] ?? '') ? !isInsideFigure(text, index) : endsSentence(text, index);
    if (!divides) continue;
    push(index);
    from = index + 1;
    while (CLOSING.has(text[from] ?? '') && from < end) from += 1;
  }
  push(end);
  return spans;
}
