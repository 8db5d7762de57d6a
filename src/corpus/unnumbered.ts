import type { Line } from './lines.ts';
import type { Marker } from './markers.ts';
import type { MarkerKind } from './notice.ts';
import type { Row } from './tables.ts';
import { continuesLine, looksLikeHeading } from './wrapping.ts';

const LONGEST_UNNUMBERED_HEADING = 25;

/** Where one of these is in use, headings carry it, and a short line is a heading only where numbering starts anew below it. */
const HEADING_KINDS: ReadonlySet<MarkerKind> = new Set(['markdown', 'chapter', 'section', 'article', 'part', 'bracketed', 'task']);

/** A heading without a number. */
export interface UnnumberedHeading {
  /** The marker that starts anew below it and belongs inside it; undefined where the heading is outermost. */
  readonly above: Marker | undefined;
}

/** Short lines that are headings, in a file without headings that carry markers. */
function findPlain(lines: readonly Line[], mayBe: (line: Line, index: number) => boolean): Map<Line, UnnumberedHeading> {
  const headings = new Map<Line, UnnumberedHeading>();
  for (const [index, line] of lines.entries()) {
    const next = lines[index + 1];
    if (next === undefined || !mayBe(line, index)) continue;
    if (next.marker !== undefined || !mayBe(next, index + 1)) headings.set(line, { above: undefined });
  }
  return headings;
}

/** Short lines below which a numbering starts at one, where that happens more than once. */
function findRestarts(lines: readonly Line[], mayBe: (line: Line, index: number) => boolean): Map<Line, UnnumberedHeading> {
  const byMarker = new Map<string, (readonly [Line, UnnumberedHeading])[]>();
  for (const [index, line] of lines.entries()) {
    const above = lines[index + 1]?.marker;
    if (above?.number !== 1 || above.kind === 'markdown' || !mayBe(line, index)) continue;
    const key = `${above.kind} ${above.depth}`;
    byMarker.set(key, [...(byMarker.get(key) ?? []), [line, { above }]]);
  }
  return new Map([...byMarker.values()].filter((found) => found.length > 1).flat());
}

/** The lines that are headings though no marker says so; none above the title, where the letterhead stands. */
export function findUnnumberedHeadings(
  lines: readonly Line[],
  rows: ReadonlyMap<Line, Row>,
  pageWidth: number | undefined,
  titleStart = 0,
): ReadonlyMap<Line, UnnumberedHeading> {
  const mayBe = (line: Line, index: number): boolean => {
    if (line.start < titleStart || line.marker !== undefined || rows.has(line) || !looksLikeHeading(line, LONGEST_UNNUMBERED_HEADING)) return false;
    // 【咨询电话】 alone on its line heads the one below.
    const above = lines[index - 1];
    if (above?.marker?.kind === 'label' && above.text.length <= above.marker.length) return false;
    return !continuesLine(above, line, pageWidth);
  };
  const carryMarkers = lines.some(({ marker }) => marker !== undefined && HEADING_KINDS.has(marker.kind));
  return carryMarkers ? findRestarts(lines, mayBe) : findPlain(lines, mayBe);
}
