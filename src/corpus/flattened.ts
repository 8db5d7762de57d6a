import { readLine } from './lines.ts';
import type { Line } from './lines.ts';
import { parseMarker } from './markers.ts';
import type { MarkerKind } from './notice.ts';

/** More lines than these were not run together. */
const MOST_LINES = 3;
const SHORTEST = 80;
/** No marker is longer. */
const LONGEST_MARKER = 16;
/** Where a line may have ended: at blanks between Chinese words, or behind a sentence. */
const MAY_BREAK = /(?<=[\p{Script=Han}\d。；;：:！？!?）)》”])[ \t\u3000]+(?=[\p{Script=Han}\d（(《“①-⑳★◆])|(?<=[。；;！？!?])(?=\S)/gu;
/** Headings, which no sentence of prose counts by. */
const HEADING_KINDS: ReadonlySet<MarkerKind> = new Set(['chapter', 'section', 'article', 'part', 'task']);

/** Where a line begins that was run together with others: at each heading and entry, and at blanks. Empty where it holds no two headings that count on. */
function findBreaks(raw: string): readonly number[] {
  const breaks = [...raw.matchAll(MAY_BREAK)].map((match) => ({ at: match.index + match[0].length, isBlank: match[0] !== '' }));
  const marked = [{ at: 0, isBlank: false }, ...breaks].map((each) => ({ ...each, marker: parseMarker(raw.slice(each.at, each.at + LONGEST_MARKER)) }));
  const countsOn = marked.some(({ marker }) => marker?.number === 1 && HEADING_KINDS.has(marker.kind) && marked.some(({ marker: next }) => next?.kind === marker.kind && next.number === 2));
  return countsOn ? marked.filter(({ at, isBlank, marker }) => at > 0 && (isBlank || marker?.number !== undefined)).map(({ at }) => at) : [];
}

/** The lines of a notice that was copied into one or two, its line breaks lost; any others as they are. */
export function splitFlattened(text: string, lines: readonly Line[]): readonly Line[] {
  if (lines.length > MOST_LINES) return lines;
  return lines.flatMap((line) => {
    const raw = text.slice(line.start, line.end);
    const breaks = raw.length < SHORTEST ? [] : findBreaks(raw);
    if (breaks.length === 0) return [line];
    const starts = [0, ...breaks];
    return starts.flatMap((start, index) => {
      const stretch = { start: line.start + start, end: line.start + (starts[index + 1] ?? raw.length) };
      // Numbered on, so that none is taken for the rest of the one before.
      const each = readLine(text, stretch, { number: line.number, followsGap: true });
      return each === undefined ? [] : [each];
    });
  });
}
