import type { MarkerKind, Span } from './notice.ts';
import type { OutlineNode, Paragraph } from './outline-node.ts';

/** Longer first sentences are text, not a run-in heading. */
const LONGEST_RUN_IN_HEADING = 30;
/** A marker's line up to this long is the heading of what stands below it. */
const LONGEST_HEADING = 80;
const LONGEST_COLON_HEADING = 15;

const RUN_IN_HEADING = /^([^。！？!?；;，,：:]{1,30})。[*_]{0,2}\s*(?=\S)/u;
/** The colon of a time (每日8:30) parts no heading from its text. */
const COLON_HEADING = /^([^。！？!?；;，,：:]{1,15})(?!(?<=\d)[：:]\d)[：:][*_]{0,2}\s*(?=\S)/u;
const INNER_END = /[。！？!?；;]/u;
const CLOSING_MARKS = new Set('。；;：:，,.*_#'.split(''));
/** An article's first sentence is a rule of its own, never its heading. */
const NEVER_RUN_IN: ReadonlySet<MarkerKind> = new Set(['article', 'bullet', 'text']);

/** A node's own words: what names it, and what it says. */
export interface NodeText {
  readonly heading: Span | undefined;
  readonly bodies: readonly Paragraph[];
}

/** The end of a heading line without the marks that close it. */
function trimClosing(text: string, { start, end }: Span): number {
  let to = end;
  while (to > start && (CLOSING_MARKS.has(text[to - 1] ?? '') || /\s/u.test(text[to - 1] ?? ''))) to -= 1;
  return to;
}

function splitRunIn(line: string): { readonly heading: number; readonly body: number } | undefined {
  const sentence = RUN_IN_HEADING.exec(line);
  const match = sentence ?? COLON_HEADING.exec(line);
  const heading = match?.[1]?.length ?? 0;
  if (match === null || heading > (sentence === null ? LONGEST_COLON_HEADING : LONGEST_RUN_IN_HEADING)) return undefined;
  return { heading, body: match[0].length };
}

/** Tells a node's heading from its text: a whole line above children or paragraphs, or a run-in first sentence. */
export function separateHeading(text: string, { inline, kind, markerText, line: { start: from }, children, paragraphs }: OutlineNode): NodeText {
  if (kind === 'label') return { heading: { start: from + 1, end: from + markerText.length - 1 }, bodies: inline === undefined ? paragraphs : [inline, ...paragraphs] };
  if (inline === undefined) return { heading: undefined, bodies: paragraphs };
  const end = trimClosing(text, inline);
  const line = text.slice(inline.start, inline.end);
  const isBare = end === inline.end;
  const isOneSentence = line.length <= LONGEST_HEADING && !INNER_END.test(text.slice(inline.start, end));
  const introduces = children.length > 0 || (paragraphs.length > 0 && isBare);
  const standsAlone = kind === 'markdown' || kind === 'text' || (isOneSentence && introduces);
  if (standsAlone) return { heading: end > inline.start ? { start: inline.start, end } : undefined, bodies: paragraphs };
  const split = NEVER_RUN_IN.has(kind) ? undefined : splitRunIn(line);
  if (split === undefined) return { heading: undefined, bodies: [inline, ...paragraphs] };
  const { start } = inline;
  return { heading: { start, end: start + split.heading }, bodies: [{ start: start + split.body, end: inline.end }, ...paragraphs] };
}

/** Where the text behind a heading that ends at `end` goes on: past the marks that close it. */
export function skipClosing(text: string, end: number): number {
  let to = end;
  while (CLOSING_MARKS.has(text.charAt(to))) to += 1;
  return to;
}

/** How a section is named in a label: 「二、聚焦改革治理」, 「五是办好十件教育实事」, 「第十条」, 「4」. */
export function renderSectionName({ markerText, kind }: OutlineNode, heading: string, position: number): string {
  const isUnnumbered = markerText === '' || kind === 'bullet' || kind === 'label';
  if (heading === '') return isUnnumbered ? `第${position}项` : markerText.replace(/[、．.\s]{1,4}$/u, '');
  if (isUnnumbered) return heading;
  return kind === 'task' || /^(?:第|附件)|\d$/u.test(markerText) ? `${markerText} ${heading}` : `${markerText}${heading}`;
}
