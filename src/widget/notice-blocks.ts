/** A notice as `GET /api/notices/:id` tells it, as far as it is shown. */
export interface NoticeDetails {
  readonly id: string;
  readonly title: string;
  readonly source?: string;
  readonly publishedAt?: string;
  readonly date?: string;
  readonly text: string;
  readonly outline: readonly OutlineEntry[];
}

export interface OutlineEntry {
  readonly section: string;
  readonly markerText: string;
  readonly heading: string;
  /** Behind the heading and what closes it; `start` where there is none. */
  readonly headingEnd: number;
  readonly start: number;
  readonly end: number;
  readonly children: readonly OutlineEntry[];
}

/** A heading or a line of the notice; offsets into its text. */
export interface Block {
  readonly start: number;
  readonly end: number;
  /** 2 to 4 for headings; 0 for a paragraph. */
  readonly level: 0 | 2 | 3 | 4;
  readonly section?: string;
}

interface Heading {
  readonly section: string;
  readonly start: number;
  readonly end: number;
  readonly level: 2 | 3 | 4;
}

/** Headings in order; those of entries without one are empty. */
function listHeadings(entries: readonly OutlineEntry[], depth = 2): Heading[] {
  return entries.flatMap(({ section, headingEnd, start, children }) => [
    { section, start, end: headingEnd, level: Math.min(depth, 4) as 2 | 3 | 4 },
    ...listHeadings(children, depth + 1),
  ]);
}

/** The notice as blocks in order: every character that is no line break stands in exactly one, blank lines in none. */
export function splitBlocks({ text, outline }: NoticeDetails): Block[] {
  const headings = listHeadings(outline).sort((left, right) => left.start - right.start);
  const blocks: Block[] = [];
  const addLines = (from: number, to: number, section?: string): void => {
    for (let start = from; start < to; ) {
      const newline = text.indexOf('\n', start);
      const end = newline < 0 || newline > to ? to : newline;
      if (text.slice(start, end).trim() !== '') blocks.push({ start, end, level: 0, ...(section !== undefined && { section }) });
      start = end + 1;
    }
  };
  let at = 0;
  let section: string | undefined;
  for (const heading of headings) {
    if (heading.start < at) continue;
    addLines(at, heading.start, section);
    section = heading.section;
    at = heading.end;
    if (at > heading.start) blocks.push(heading);
  }
  addLines(at, text.length, section);
  return blocks;
}

/** A stretch of a block's text, and which of the spans it stands in. */
export interface Piece {
  readonly start: number;
  readonly end: number;
  /** Positions of the spans that cover it; empty outside all of them. */
  readonly spans: readonly number[];
}

/** Cuts `start` to `end` at the ends of the spans: the pieces put together are the whole. */
export function cutAtSpans(start: number, end: number, spans: readonly { readonly start: number; readonly end: number }[]): Piece[] {
  const cuts = new Set([start, end]);
  for (const span of spans) for (const cut of [span.start, span.end]) if (cut > start && cut < end) cuts.add(cut);
  const sorted = [...cuts].sort((left, right) => left - right);
  return sorted.slice(0, -1).map((from, index) => {
    const to = sorted[index + 1] ?? end;
    return { start: from, end: to, spans: spans.flatMap((span, position) => (span.start <= from && to <= span.end ? [position] : [])) };
  });
}

/** Full width, capitals and spaces make no difference when one searches; one character stays one, so that places stay. */
const foldCharacter = (character: string): string => character.normalize('NFKC').toLowerCase().charAt(0);

/** Every place of the words in the text; at most `most`. */
export function findWords(text: string, words: string, most = 500): { start: number; end: number }[] {
  const needle = Array.from(words.replace(/\s/g, ''), foldCharacter).join('');
  if (needle === '') return [];
  // Spaces and line breaks of the text are stepped over: words are broken where lines are.
  const folded: string[] = [];
  const places: number[] = [];
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (/\s/.test(character)) continue;
    folded.push(foldCharacter(character));
    places.push(index);
  }
  const haystack = folded.join('');
  const found: { start: number; end: number }[] = [];
  for (let at = haystack.indexOf(needle); at >= 0 && found.length < most; at = haystack.indexOf(needle, at + needle.length)) {
    found.push({ start: places[at] ?? 0, end: (places[at + needle.length - 1] ?? 0) + 1 });
  }
  return found;
}
