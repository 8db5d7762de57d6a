import { AssistantError } from '../errors.ts';
import { findClosing, findEnclosures, findLetterSignature } from './closing.ts';
import type { ClosingBlock, Signature } from './closing.ts';
import { splitEnumeration } from './enumerations.ts';
import { splitFlattened } from './flattened.ts';
import { sortLines } from './furniture.ts';
import { findHiddenText } from './hidden.ts';
import { isRule, readLines } from './lines.ts';
import type { Line } from './lines.ts';
import { parseMasthead } from './masthead.ts';
import type { Metadata } from './masthead.ts';
import type { Span } from './notice.ts';
import { isNode } from './outline-node.ts';
import type { Branch, OutlineNode, Paragraph } from './outline-node.ts';
import { findRows } from './tables.ts';
import { findTitle } from './title.ts';
import { buildTree } from './tree.ts';
import type { TreeLines } from './tree.ts';
import { findPageWidth } from './wrapping.ts';

/** A notice's text by its structure. */
export interface Outline {
  readonly title: string | undefined;
  readonly metadata: Metadata;
  /** Paragraphs above the first section. */
  readonly preamble: readonly Paragraph[];
  readonly sections: readonly Branch[];
  /** Closing words, names of enclosures, signature and date below the last section. */
  readonly closing: readonly Paragraph[];
  /** Enclosures that are in the file itself. */
  readonly enclosures: readonly OutlineNode[];
  /** What no passage may hold, in order: page furniture, comments. */
  readonly leftOut: readonly Span[];
  /** On hidden text, for whoever keeps the file. */
  readonly warnings: readonly string[];
}

type Body = Pick<Outline, 'preamble' | 'sections' | 'closing'> & { readonly signature: Signature | undefined };

const NAMES = { signature: '落款', enclosures: '附件', paragraph: undefined } as const;

function toParagraph({ start, end, lines, part }: ClosingBlock): Paragraph {
  const name = NAMES[part];
  return name === undefined ? { start, end } : { start, end, lines: lines.map((line) => ({ start: line.start, end: line.end })), name };
}

function startOf(branch: Branch | undefined): number {
  if (branch === undefined) return Infinity;
  return isNode(branch) ? branch.line.start : branch.start;
}

/** A covering letter with its signature, and the tree of what it issues; undefined where the signature isn't above every section. */
function readLetter({ lines, ...rest }: TreeLines): Omit<Body, 'closing'> | undefined {
  const letter = findLetterSignature(lines);
  if (letter === undefined) return undefined;
  const { preamble, sections } = buildTree({ ...rest, lines: lines.filter((line) => !letter.block.lines.includes(line)) });
  if (startOf(sections[0]) < letter.block.start) return undefined;
  const signed = [...preamble, toParagraph(letter.block)].toSorted((left, right) => left.start - right.start);
  return { preamble: signed, sections, signature: letter.signature };
}

function readBody({ lines, ...rest }: TreeLines): Body {
  const { from, blocks, signature } = findClosing(lines, 1);
  const above = { ...rest, lines: lines.slice(0, from) };
  const body = readLetter(above) ?? { ...buildTree(above), signature: undefined };
  return { ...body, closing: blocks.map(toParagraph), signature: signature ?? body.signature };
}

/** An enclosure: its first line names it, its title is the heading. */
function readEnclosure({ lines, ...rest }: TreeLines): OutlineNode[] {
  const [first, ...below] = lines;
  if (first === undefined || below.length === 0) return [];
  const title = findTitle(rest.text, below);
  const { preamble, sections, closing } = readBody({ ...rest, titleStart: title?.start, lines: below.filter((line) => title?.lines.includes(line) !== true) });
  const inline = title === undefined ? undefined : { start: title.start, end: title.end };
  const line = { start: first.start, end: inline?.end ?? first.end };
  const markerText = first.text.replace(/[:：\s]+/gu, '');
  return [{ kind: 'text', number: undefined, markerText, line, inline, paragraphs: preamble, children: [...sections, ...closing] }];
}

/** A notice of a single paragraph is one passage, whatever it begins with. */
function readParagraph(line: Line): Body {
  return { preamble: [{ start: line.start, end: line.end }], sections: [], closing: [], signature: undefined };
}

function leaveOut(furniture: readonly Line[], blocks: readonly Span[]): Span[] {
  return [...furniture.map(({ start, end }) => ({ start, end })), ...blocks].toSorted((left, right) => left.start - right.start);
}

const withoutSpaces = (text: string): string => text.replace(/\s/gu, '');

/** Lines above the title that stand below once more: who issues the notice, and signs it. */
function findLetterhead(lines: readonly Line[], title: Span | undefined): readonly Line[] {
  if (title === undefined) return [];
  const below = new Set(lines.filter(({ start }) => start >= title.end).slice(-MOST_SIGNERS).map(({ text }) => withoutSpaces(text)));
  return lines.filter(({ start, text }) => start < title.start && below.has(withoutSpaces(text)));
}

/** A signature stands among so many lines at the end. */
const MOST_SIGNERS = 12;

/**
 * The outline of a notice's text by the markers that its lines open with; page furniture is left out and read for metadata.
 *
 * @throws AssistantError `bad-notice` where the text holds nothing, or its first marker is an item that isn't the first of its list.
 */
export function parseOutline(text: string, file: string): Outline {
  const { blocks, warnings } = findHiddenText(text, file);
  const { furniture, content: read } = sortLines(readLines(text, blocks));
  const content = splitFlattened(text, read);
  if (content.every(isRule)) {
    const remedy = "Save the notice's text into the file, or remove it.";
    throw new AssistantError('bad-notice', `Cannot parse ${file}: line 1 to the end hold no text. ${remedy}`);
  }
  const title = findTitle(text, content);
  const letterhead = findLetterhead(content, title);
  const body = content.filter((line) => title?.lines.includes(line) !== true && !letterhead.includes(line));
  const lines = content.length === 1 ? content : body.flatMap((line) => splitEnumeration(text, line));
  const common = { text, file, rows: findRows(text, lines), pageWidth: findPageWidth(lines) };
  const starts = findEnclosures(lines);
  const only = content.length === 1 ? content[0] : undefined;
  const main = only === undefined ? readBody({ ...common, titleStart: title?.start, lines: lines.slice(0, starts[0]) }) : readParagraph(only);
  const { signature, ...sections } = main;
  return {
    ...sections,
    title: title?.text,
    metadata: parseMasthead(text, furniture, title, signature),
    enclosures: starts.flatMap((start, index) => readEnclosure({ ...common, lines: lines.slice(start, starts[index + 1]) })),
    leftOut: leaveOut([...furniture, ...letterhead], blocks),
    warnings,
  };
}
