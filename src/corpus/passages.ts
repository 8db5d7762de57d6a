import { splitClauses, splitSentences, trimSpan } from '../text/sentences.ts';
import type { HeadingReference, Passage, Section, Sentence, Span } from './notice.ts';
import type { Outline, OutlineNode, Paragraph } from './outline.ts';

/** Longer first sentences are text, not a run-in heading. */
const LONGEST_RUN_IN_HEADING = 30;
/** A marker's line up to this long is the heading of what stands below it. */
const LONGEST_HEADING = 80;
const LONGEST_COLON_HEADING = 15;
const RUN_IN_HEADING = /^([^。！？!?；;，,：:]+)。\s*(?=\S)/u;
const COLON_HEADING = /^([^。！？!?；;，,：:]+)[：:]\s*(?=\S)/u;
const CLOSING_MARKS = /[。；;：:，,.]+$/u;
/** An article's first sentence is a rule of its own, never its heading. */
const NEVER_RUN_IN = new Set(['article', 'bullet', 'circled', 'text']);
const LABEL_SEPARATOR = ' › ';

interface Place {
  readonly noticeId: string;
  readonly text: string;
  readonly path: string;
  readonly label: string;
  readonly headings: readonly string[];
  readonly ancestors: readonly HeadingReference[];
}

interface Parts {
  readonly heading: Span | undefined;
  readonly bodies: readonly Paragraph[];
}

const asParagraph = (span: Span): Paragraph => ({ start: span.start, end: span.end, isRow: false });

function splitRunIn(text: string, inline: Span, kind: OutlineNode['kind']): Parts {
  if (!NEVER_RUN_IN.has(kind)) {
    const line = text.slice(inline.start, inline.end);
    const match = [RUN_IN_HEADING.exec(line), COLON_HEADING.exec(line)].find(
      (found, index) => (found?.[1]?.length ?? Infinity) <= (index === 0 ? LONGEST_RUN_IN_HEADING : LONGEST_COLON_HEADING),
    );
    if (match !== undefined && match !== null) {
      const end = inline.start + (match[1] ?? '').length;
      return { heading: { start: inline.start, end }, bodies: [asParagraph({ start: inline.start + match[0].length, end: inline.end })] };
    }
  }
  return { heading: undefined, bodies: [asParagraph(inline)] };
}

/** Tells a node's heading from its text: a whole line above children or paragraphs, or a run-in first sentence. */
function separateHeading(text: string, node: OutlineNode): Parts {
  const { inline, kind } = node;
  if (inline === undefined) return { heading: undefined, bodies: node.paragraphs };
  const line = text.slice(inline.start, inline.end);
  const bare = line.replace(CLOSING_MARKS, '');
  const headingSpan = { start: inline.start, end: inline.start + bare.length };
  const isOneSentence = !/[。！？!?；;]/u.test(bare) && line.length <= LONGEST_HEADING;
  const standsAlone = kind === 'markdown' || kind === 'text' || (isOneSentence && (node.children.length > 0 || (node.paragraphs.length > 0 && bare === line)));
  if (standsAlone) return { heading: headingSpan, bodies: node.paragraphs };
  const { heading, bodies } = splitRunIn(text, inline, kind);
  return { heading, bodies: [...bodies, ...node.paragraphs] };
}

/** How a section is named in a label: 「二、聚焦改革治理」, 「五是办好十件教育实事」, 「第十条」, 「4」. */
function renderName(node: OutlineNode, heading: string, position: number): string {
  const { markerText, kind } = node;
  if (heading === '') return markerText === '' || kind === 'bullet' ? `第${position}项` : markerText.replace(/[、．.\s]+$/u, '');
  if (markerText === '' || kind === 'bullet') return heading;
  return /^第/u.test(markerText) ? `${markerText} ${heading}` : `${markerText}${heading}`;
}

const SPACED_CELLS = /\t+|[ \u3000]{2,}|\s*[|｜]\s*/gu;

function splitCells(text: string, row: Span): Span[] {
  const cells: Span[] = [];
  let from = row.start;
  const push = (to: number): void => {
    const span = trimSpan(text, from, to);
    if (span !== undefined) cells.push(span);
  };
  for (const match of text.slice(row.start, row.end).matchAll(SPACED_CELLS)) {
    push(row.start + match.index);
    from = row.start + match.index + match[0].length;
  }
  push(row.end);
  return cells;
}

function toSentence(text: string, span: Span, isHeading: boolean, clauses: readonly Span[] = splitClauses(text, span.start, span.end)): Sentence {
  return {
    ...span,
    text: text.slice(span.start, span.end),
    isHeading,
    clauses: clauses.map((clause) => ({ ...clause, text: text.slice(clause.start, clause.end) })),
  };
}

function toSentences(text: string, paragraph: Paragraph): Sentence[] {
  const { start, end } = paragraph;
  if (paragraph.isRow) return [toSentence(text, { start, end }, false, splitCells(text, paragraph))];
  return splitSentences(text, start, end).map((span) => toSentence(text, span, false));
}

/** Collects sections and passages of one notice; paths that the file's own numbering repeats get `-2`, `-3`. */
class PassageCollector {
  readonly passages: Passage[] = [];
  private readonly paths = new Map<string, number>();
  private readonly noticeId: string;
  private readonly text: string;

  constructor(noticeId: string, text: string) {
    this.noticeId = noticeId;
    this.text = text;
  }

  claimPath(path: string): string {
    const count = (this.paths.get(path) ?? 0) + 1;
    this.paths.set(path, count);
    return count === 1 ? path : this.claimPath(`${path}-${count}`);
  }

  addPassage(place: Omit<Place, 'text'>, span: Span, heading: Span | undefined, paragraphs: readonly Paragraph[]): void {
    const sentences = paragraphs.flatMap((paragraph) => toSentences(this.text, paragraph));
    const own = heading === undefined ? [] : [toSentence(this.text, heading, true)];
    if (own.length + sentences.length === 0) return;
    const { noticeId, path, label, headings, ancestors } = place;
    this.passages.push({
      id: `${noticeId}/${path}`, noticeId, section: path, label, headings, ancestors,
      ...span, text: this.text.slice(span.start, span.end), sentences: [...own, ...sentences],
    });
  }

  /** Paragraphs without a marker, as sections counted by position: `parent.1`, `parent.2` … */
  addParagraphs(place: Place, paragraphs: readonly Paragraph[], firstNumber = 1): Section[] {
    return paragraphs.map((paragraph, index) => {
      const number = firstNumber + index;
      const path = this.claimPath(place.path === '' ? String(number) : `${place.path}.${number}`);
      const label = [place.label, number === 0 ? '开头' : `第${number}段`].filter((part) => part !== '').join(LABEL_SEPARATOR);
      const { start, end, header } = paragraph;
      const headerText = header === undefined ? [] : [this.text.slice(header.start, header.end)];
      this.addPassage({ ...place, path, label, headings: [...place.headings, ...headerText] }, { start, end }, undefined, [paragraph]);
      return { start, end, path, id: `${this.noticeId}/${path}`, marker: 'text', markerText: '', heading: '', headingSpan: { start, end: start }, children: [] };
    });
  }

  addNode(node: OutlineNode, parent: Place, position: number): Section {
    const { text } = this;
    const path = this.claimPath(parent.path === '' ? String(node.number ?? position) : `${parent.path}.${node.number ?? position}`);
    const { heading, bodies } = separateHeading(text, node);
    const headingText = heading === undefined ? '' : text.slice(heading.start, heading.end);
    const label = [parent.label, renderName(node, headingText, position)].filter((part) => part !== '').join(LABEL_SEPARATOR);
    const id = `${this.noticeId}/${path}`;
    const reference: HeadingReference[] = heading === undefined ? [] : [{ sectionId: id, section: path, label, sentence: toSentence(text, heading, true) }];
    const place: Place = {
      ...parent, path, label,
      headings: headingText === '' ? parent.headings : [...parent.headings, headingText],
      ancestors: [...parent.ancestors, ...reference],
    };
    let children: Section[] = [];
    const isLeaf = node.children.length === 0 && bodies.length <= 1;
    const bodyEnd = bodies.at(-1)?.end ?? node.line.end;
    if (isLeaf) this.addPassage(place, { start: node.line.start, end: bodyEnd }, heading, bodies);
    else if (node.children.length === 0) children = this.addParagraphs(place, bodies);
    else {
      if (bodies.length > 0) children = this.addParagraphs({ ...place, path: bodies.length === 1 ? path : `${path}.0` }, bodies, bodies.length === 1 ? 0 : 1);
      children = [...children, ...node.children.map((child, index) => this.addNode(child, place, index + 1))];
      const last = node.children.reduce((highest, child, index) => Math.max(highest, child.number ?? index + 1), 0);
      children = [...children, ...this.addParagraphs(place, node.trailing, last + 1)];
    }
    const end = Math.max(bodyEnd, children.at(-1)?.end ?? 0);
    return {
      start: node.line.start, end, path, id, marker: node.kind, markerText: node.markerText, heading: headingText,
      headingSpan: { start: node.line.start, end: heading?.end ?? node.line.start + node.markerText.length }, children,
    };
  }
}

/**
 * Sections and passages of an outline. Passages are its leaves in the notice's order; paragraphs without a marker count by position,
 * those above the first section as `0` (or `0.1`, `0.2` …), those below the last one onwards from it.
 */
export function buildPassages(noticeId: string, text: string, outline: Outline): { sections: readonly Section[]; passages: readonly Passage[] } {
  const collector = new PassageCollector(noticeId, text);
  const root: Place = { noticeId, text, path: '', label: '', headings: [], ancestors: [] };
  const { preamble, closing } = outline;
  const opening =
    outline.sections.length === 0
      ? collector.addParagraphs(root, preamble)
      : preamble.length === 1
        ? collector.addParagraphs(root, preamble, 0)
        : collector.addParagraphs({ ...root, path: '0', label: '开头' }, preamble);
  const sections = outline.sections.map((node, index) => collector.addNode(node, root, index + 1));
  const lastNumber = outline.sections.reduce((highest, node, index) => Math.max(highest, node.number ?? index + 1), preamble.length);
  const ending = collector.addParagraphs(root, closing, lastNumber + 1);
  return { sections: [...opening, ...sections, ...ending], passages: collector.passages };
}
