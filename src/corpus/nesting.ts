import type { Line } from './lines.ts';
import type { Marker } from './markers.ts';
import type { MarkerKind, Span } from './notice.ts';
import type { Branch, OutlineNode, Paragraph } from './outline-node.ts';
import { continuesLine, endsUnfinished, looksLikeHeading, opensParagraph } from './wrapping.ts';

/** A node while its lines are still being read. */
export interface OpenNode extends OutlineNode {
  readonly depth: number;
  /** The bullet in front of its marker. */
  readonly bullet?: string | undefined;
  line: Span;
  inline: Span | undefined;
  readonly paragraphs: Paragraph[];
  readonly children: Branch[];
}

/** Kinds that nest within themselves, by depth. */
const NESTED: ReadonlySet<MarkerKind> = new Set(['markdown', 'number', 'bullet']);

/** Bullets that writers choose by rank (★ above ◆ above →), as nobody does with strokes and dots. */
const RANKED = /^[●◆■▪◇○►➢★☆▲△▶▷→⇒※✓✔√◎❖✦□☐]$/u;

/** Bullets of the same indent are entries of one list, unless each has a sign of its own. */
const isDeeper = (node: OpenNode, text: string): boolean => node.markerText !== text && RANKED.test(node.markerText) && RANKED.test(text);

/** How many of the open nodes stay open above a marker: kinds nest in the order in which they appear, and a kind that is open closes. */
export function countOpen(stack: readonly OpenNode[], { kind, depth, text }: Pick<Marker, 'kind' | 'depth' | 'text'>): number {
  if (kind === 'markdown') {
    const index = stack.findIndex((node) => node.kind === 'markdown' && node.depth >= depth);
    return index >= 0 ? index : stack.findLastIndex((node) => node.kind === 'markdown') + 1;
  }
  const index = stack.findIndex((node) => (kind === 'bullet' && node.bullet === text) || (node.kind === kind && (!NESTED.has(kind) || (kind === 'bullet' && node.depth === depth ? !isDeeper(node, text) : node.depth >= depth))));
  return index >= 0 ? index : stack.length;
}

/** Whether a line that opens like an entry is only the rest of the line above: 「…共改造⏎12、13号楼」. */
export function isOnlyText(
  line: Line,
  marker: Marker,
  previous: Line | undefined,
  stack: readonly OpenNode[],
  pageWidth: number | undefined,
): boolean {
  if (marker.number === undefined || marker.number === 1 || marker.kind === 'markdown') return false;
  if (!continuesLine(previous, line, pageWidth)) return false;
  if (pageWidth !== undefined && endsUnfinished(previous)) return true;
  const sibling = stack.find(({ kind, depth }) => kind === marker.kind && depth === marker.depth);
  return sibling?.number !== marker.number - 1;
}

/**
 * Where an unmarked paragraph goes, closing what stands inside: to what stands last, but below the entries of an article to the article
 * itself, and below a list of bullets, after a blank line, to the section around it. Undefined where nothing is open.
 */
export function findHome(stack: OpenNode[], line: Line): Branch[] | undefined {
  const article = stack.findLastIndex(({ kind }) => kind === 'article');
  const bullet = stack.findIndex(({ kind }) => kind === 'bullet');
  if (article >= 0) stack.length = article + 1;
  else if (bullet >= 0 && line.followsGap && !opensParagraph(line)) stack.length = bullet;
  const last = stack.at(-1);
  return last === undefined || last.children.length > 0 ? last?.children : last.paragraphs;
}

/** Kinds whose heading may stand on the line below the marker: 第二章⏎附则. */
const HEADED_BELOW: ReadonlySet<MarkerKind> = new Set(['chapter', 'section', 'part']);
const LONGEST_HEADING_BELOW = 30;

export function isHeadingBelow(stack: readonly OpenNode[], line: Line): boolean {
  const last = stack.at(-1);
  if (last === undefined || !HEADED_BELOW.has(last.kind) || last.inline !== undefined) return false;
  return last.paragraphs.length + last.children.length === 0 && looksLikeHeading(line, LONGEST_HEADING_BELOW);
}
