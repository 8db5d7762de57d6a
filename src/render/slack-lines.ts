import { findBreak } from './break-text.ts';
import type { SlackElement, SlackTextBlock } from './slack-blocks.ts';

/** One line of a block: pieces of text one behind the other. */
export type SlackLine = readonly SlackElement[];

/** Slack's limit for a section, held to here as well: for a block of rich text none is documented. */
const LONGEST_TEXT = 3_000;
/** As JSON, so that a few blocks always fit into one message. */
const LARGEST_BLOCK = 5_000;
const LONGEST_URL = 3_000;
const LONGEST_LINK_TEXT = 500;
/** What a block is made of besides its text. */
const FRAME = 200;
/** Of a text that is to be broken, a little more is looked at than fits. */
const LOOK_FURTHER = 60;

const sizeOf = (elements: SlackLine): number => JSON.stringify(elements).length;
const lengthOf = (elements: SlackLine): number => elements.reduce((sum, { text }) => sum + text.length, 0);
const fits = (elements: SlackLine): boolean => lengthOf(elements) <= LONGEST_TEXT && sizeOf(elements) <= LARGEST_BLOCK;

function hasSameForm(one: SlackElement, other: SlackElement): boolean {
  return one.type === 'text' && other.type === 'text' && one.style?.bold === other.style?.bold && one.style?.italic === other.style?.italic;
}

function join(elements: SlackLine, more: SlackLine): SlackElement[] {
  const joined = [...elements];
  for (const element of more) {
    const last = joined.at(-1);
    if (last !== undefined && hasSameForm(last, element)) joined[joined.length - 1] = { ...last, text: last.text + element.text };
    else if (element.text !== '') joined.push(element);
  }
  return joined;
}

/** How much of a text fits, in code units. */
function measureRoom(text: string): number {
  let end = 0;
  for (let size = 0; end < text.length;) {
    const character = String.fromCodePoint(text.codePointAt(end) ?? 0);
    size += JSON.stringify(character).length - 2;
    if (size > LARGEST_BLOCK - FRAME || end + character.length > LONGEST_TEXT - 1) break;
    end += character.length;
  }
  return end;
}

/** An element as pieces that each fit into a block. A link is never broken: one that is too long is told without its address. */
function breakElement(element: SlackElement): SlackElement[] {
  if (element.type === 'link' && element.url.length <= LONGEST_URL && element.text.length <= LONGEST_LINK_TEXT) return [element];
  const { text, style } = element;
  const pieces: SlackElement[] = [];
  for (let start = 0, end = 0; start < text.length; start = end) {
    const next = text.slice(start, start + LONGEST_TEXT + LOOK_FURTHER);
    end = start + findBreak(next, measureRoom(next));
    pieces.push({ type: 'text', text: text.slice(start, end), ...(style && { style }) });
  }
  return pieces;
}

/** A line as one or more lines that each fit into a block. */
function breakLine(line: SlackLine): SlackElement[][] {
  const lines: SlackElement[][] = [];
  let current: SlackElement[] = [];
  for (const piece of line.flatMap(breakElement)) {
    const longer = join(current, [piece]);
    if (current.length > 0 && !fits(longer)) {
      lines.push(current);
      current = [piece];
    } else {
      current = longer;
    }
  }
  return [...lines, current];
}

/** Lines as blocks, one line below the other, within the limits of a block; a line is broken only where it is longer than a block. */
export function toTextBlocks(lines: readonly SlackLine[]): SlackTextBlock[] {
  const blocks: SlackElement[][] = [];
  let current: SlackElement[] = [];
  for (const line of lines.flatMap(breakLine)) {
    const longer = current.length === 0 ? line : join(current, [{ type: 'text', text: '\n' }, ...line]);
    if (fits(longer)) {
      current = [...longer];
    } else {
      blocks.push(current);
      current = line;
    }
  }
  return [...blocks, current]
    .filter((elements) => elements.some(({ text }) => text.trim() !== ''))
    .map((elements) => ({ type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] }));
}
