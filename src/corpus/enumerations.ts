import { parseMarker } from './markers.ts';
import { readLine } from './lines.ts';
import type { Line } from './lines.ts';

const ENTRY_END = /[。；;]["”’」』）)]?\s{0,4}/gu;
/** No marker is longer. */
const LONGEST_MARKER = 16;

/**
 * A line that opens with an entry and holds those that follow it (`一是…。二是…。`), as one line an entry; any other line as it is. Lists
 * that begin in mid-paragraph stay: where they end, and what their introduction says, can only be read in one piece.
 */
export function splitEnumeration(text: string, line: Line): readonly Line[] {
  const { marker } = line;
  if (marker?.number === undefined || marker.kind === 'markdown' || marker.kind === 'article') return [line];
  const raw = text.slice(line.start, line.end);
  const starts = [0];
  let expected = marker.number + 1;
  for (const match of raw.matchAll(ENTRY_END)) {
    const at = match.index + match[0].length;
    const next = parseMarker(raw.slice(at, at + LONGEST_MARKER));
    if (next?.kind !== marker.kind || next.depth !== marker.depth || next.number !== expected) continue;
    starts.push(at);
    expected += 1;
  }
  if (starts.length === 1) return [line];
  const { number, followsGap, indent } = line;
  return starts.flatMap((start, index) => {
    const stretch = { start: line.start + start, end: line.start + (starts[index + 1] ?? raw.length) };
    const entry = readLine(text, stretch, { number, followsGap });
    return entry === undefined ? [] : [{ ...entry, indent }];
  });
}
