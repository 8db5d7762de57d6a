import { holdsInvisible, removeInvisible } from '../text/normalize.ts';
import type { Span } from './notice.ts';

const COMMENT_START = '<!--';
const COMMENT_END = '-->';
/** Blocks whose content no page shows. */
const BLOCK_START = /<(script|style|template)(?=[\s>])/giu;
/** A file full of hidden characters is told of by its first lines. */
const MOST_WARNINGS = 20;

/** What stands in a file and nobody is shown. */
export interface HiddenText {
  /** HTML comments and blocks, in order; no passage holds any of it. */
  readonly blocks: readonly Span[];
  /** One line each, for whoever keeps the file; empty where nothing is hidden. */
  readonly warnings: readonly string[];
}

const BLANK_LINE = /\n[ \t\r]*\n/gu;

function findBlankLine(text: string, from: number): number {
  BLANK_LINE.lastIndex = from;
  return BLANK_LINE.exec(text)?.index ?? text.length;
}

/** Comments up to their end; one that is never closed hides what stands up to the next blank line. */
function findComments(text: string): Span[] {
  const spans: Span[] = [];
  let mayClose = true;
  let end = 0;
  for (let start = text.indexOf(COMMENT_START); start >= 0; start = text.indexOf(COMMENT_START, end)) {
    const close: number = mayClose ? text.indexOf(COMMENT_END, start + COMMENT_START.length) : -1;
    mayClose = close >= 0;
    end = mayClose ? close + COMMENT_END.length : findBlankLine(text, start);
    spans.push({ start, end });
  }
  return spans;
}

/** Script, style and template blocks; one that is never closed is text. */
function findBlocks(text: string): Span[] {
  const spans: Span[] = [];
  const lowered = text.replace(/[A-Z]/gu, (letter) => letter.toLowerCase());
  const unclosed = new Set<string>();
  let from = 0;
  for (const match of lowered.matchAll(BLOCK_START)) {
    const name = match[1] ?? '';
    if (match.index < from || unclosed.has(name)) continue;
    const close = lowered.indexOf(`</${name}`, match.index);
    if (close < 0) {
      unclosed.add(name);
      continue;
    }
    const bracket = lowered.indexOf('>', close);
    from = bracket < 0 ? text.length : bracket + 1;
    spans.push({ start: match.index, end: from });
  }
  return spans;
}

function mergeSpans(spans: readonly Span[]): Span[] {
  const merged: Span[] = [];
  for (const span of spans.toSorted((left, right) => left.start - right.start)) {
    const last = merged.at(-1);
    if (last !== undefined && span.start <= last.end) merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
    else merged.push(span);
  }
  return merged;
}

function describeBlocks(text: string, blocks: readonly Span[]): string[] {
  let line = 1;
  let from = 0;
  const advance = (to: number): number => {
    line += text.slice(from, to).split('\n').length - 1;
    from = to;
    return line;
  };
  return blocks.map(({ start, end }) => {
    const [first, last] = [advance(start), advance(end)];
    const where = first === last ? `line ${first} holds` : `lines ${first} to ${last} hold`;
    return `${where} an HTML comment or block; it is left out of the passages`;
  });
}

function describeInvisible(text: string): string[] {
  if (!holdsInvisible(text)) return [];
  return text.split(/\r\n|[\r\n]/u).flatMap((line, index) => {
    if (!holdsInvisible(line)) return [];
    const count = [...line].length - [...removeInvisible(line)].length;
    return [`line ${index + 1} holds ${count} invisible character${count === 1 ? '' : 's'}; they are neither matched nor shown`];
  });
}

/** Finds HTML comments and blocks, and the lines that hold characters which nobody sees. */
export function findHiddenText(text: string, file: string): HiddenText {
  const blocks = text.includes('<') ? mergeSpans([...findComments(text), ...findBlocks(text)]) : [];
  const found = [...describeBlocks(text, blocks), ...describeInvisible(text)];
  const more = found.length > MOST_WARNINGS ? [`${found.length - MOST_WARNINGS} more lines hold hidden text`] : [];
  return { blocks, warnings: [...found.slice(0, MOST_WARNINGS), ...more].map((warning) => `${file}: ${warning}.`) };
}
