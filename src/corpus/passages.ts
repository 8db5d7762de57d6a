import { removeInvisible } from '../text/normalize.ts';
import { renderSectionName, separateHeading } from './headings.ts';
import type { HeadingReference, Notice, Passage, Section, Span } from './notice.ts';
import { isNode } from './outline-node.ts';
import type { Branch, OutlineNode, Paragraph } from './outline-node.ts';
import type { Outline } from './outline.ts';
import { toSentence, toSentences } from './sentences.ts';

/** Between the headings of a label. */
export const LABEL_SEPARATOR = ' › ';
/** A row is called by its first cell that says more than a number. */
const LONGEST_ROW_NAME = 30;

/** Where in the outline something stands. */
interface Place {
  readonly path: string;
  readonly label: string;
  readonly headings: readonly string[];
  readonly ancestors: readonly HeadingReference[];
}

/** What is being built of one notice. */
interface Build {
  readonly noticeId: string;
  readonly text: string;
  readonly leftOut: readonly Span[];
  readonly passages: Passage[];
  /** How often each path was asked for. */
  readonly paths: Map<string, number>;
}

const join = (parent: string, part: number): string => (parent === '' ? String(part) : `${parent}.${part}`);
const renderLabel = (parent: string, name: string): string => removeInvisible(parent === '' ? name : `${parent}${LABEL_SEPARATOR}${name}`);

/** Paths that the file's own numbering repeats get `-2`, `-3`. */
function claimPath(build: Build, path: string): string {
  const count = (build.paths.get(path) ?? 0) + 1;
  build.paths.set(path, count);
  return count === 1 ? path : claimPath(build, `${path}-${count}`);
}

function addPassage(build: Build, place: Place, { start, end }: Span, heading: Span | undefined, paragraphs: readonly Paragraph[]): void {
  const { noticeId, text, passages } = build;
  const { path, label, headings, ancestors } = place;
  const own = heading === undefined ? [] : [toSentence(text, heading, true)];
  const sentences = [...own, ...paragraphs.flatMap((paragraph) => toSentences(text, paragraph))];
  if (sentences.length === 0) return;
  const id = `${noticeId}/${path}`;
  passages.push({ id, noticeId, section: path, label, headings, ancestors, start, end, text: text.slice(start, end), sentences });
}

function nameParagraph(text: string, { name, row }: Paragraph, number: number): string {
  if (name !== undefined) return name;
  if (row?.isHeader === true) return '表头';
  const cells = row?.cells.map(({ start, end }) => text.slice(start, end)) ?? [];
  const called = cells.find((cell) => cell.length <= LONGEST_ROW_NAME && /\p{L}/u.test(cell));
  return called ?? (number === 0 ? '开头' : `第${number}段`);
}

/** Paragraphs without a marker, as sections counted by position: `parent.1`, `parent.2` … */
function addParagraphs(build: Build, place: Place, paragraphs: readonly Paragraph[], firstNumber = 1): Section[] {
  const { noticeId, text } = build;
  return paragraphs.map((paragraph, index) => {
    const number = firstNumber + index;
    const path = claimPath(build, join(place.path, number));
    const { start, end, row } = paragraph;
    const columns = row?.header !== undefined ? [text.slice(row.header.start, row.header.end)] : paragraph.isRecord === true && paragraph.name !== undefined ? [paragraph.name] : [];
    const label = renderLabel(place.label, nameParagraph(text, paragraph, number));
    addPassage(build, { ...place, path, label, headings: [...place.headings, ...columns] }, paragraph, undefined, [paragraph]);
    const id = `${noticeId}/${path}`;
    return { start, end, path, id, marker: 'text', markerText: '', heading: '', headingSpan: { start, end: start }, children: [] };
  });
}

const numberOf = (branch: Branch, index: number): number => (isNode(branch) ? branch.number : undefined) ?? index + 1;

/** A leaf is one passage, unless something left out stands between its heading and its text: then the text alone is. */
function addLeaf(build: Build, place: Place, node: OutlineNode, heading: Span | undefined, bodies: readonly Paragraph[]): void {
  const { start } = node.line;
  const body = bodies[0];
  const end = body?.end ?? node.line.end;
  const isBroken = body !== undefined && build.leftOut.some((span) => span.start < end && span.end > start);
  if (isBroken) addPassage(build, place, body, undefined, bodies);
  else addPassage(build, place, { start, end }, heading, bodies);
}

function addNode(build: Build, node: OutlineNode, parent: Place, number: number, position: number): Section {
  const { text, noticeId } = build;
  const { children, line, kind, markerText } = node;
  const path = claimPath(build, join(parent.path, number));
  const id = `${noticeId}/${path}`;
  const { heading, bodies } = separateHeading(text, node);
  const headingText = heading === undefined ? '' : text.slice(heading.start, heading.end);
  const label = renderLabel(parent.label, renderSectionName(node, headingText, position));
  const own = heading === undefined ? [] : [{ sectionId: id, section: path, label, sentence: toSentence(text, heading, true) }];
  const place: Place = {
    path, label,
    headings: headingText === '' ? parent.headings : [...parent.headings, headingText],
    ancestors: [...parent.ancestors, ...own],
  };
  const sections: Section[] = [];
  if (children.length > 0) sections.push(...addIntroduction(build, place, bodies), ...addBranches(build, children, place));
  else if (bodies.length <= 1 && bodies[0]?.isRecord !== true) addLeaf(build, place, node, heading, bodies);
  else sections.push(...addParagraphs(build, place, bodies));
  return {
    start: line.start,
    end: Math.max(line.end, bodies.at(-1)?.end ?? 0, sections.at(-1)?.end ?? 0),
    path, id, marker: kind, markerText, heading: headingText,
    headingSpan: { start: line.start, end: heading?.end ?? line.start + markerText.length },
    children: sections,
  };
}

function addBranches(build: Build, branches: readonly Branch[], parent: Place): Section[] {
  return branches.flatMap((branch, index) => {
    const number = numberOf(branch, index);
    return isNode(branch) ? [addNode(build, branch, parent, number, index + 1)] : addParagraphs(build, parent, [branch], number);
  });
}

/** What stands above the first child: `0`, or `0.1`, `0.2` … */
function addIntroduction(build: Build, place: Place, paragraphs: readonly Paragraph[]): Section[] {
  if (paragraphs.length === 1) return addParagraphs(build, place, paragraphs, 0);
  const isRoot = place.path === '';
  return addParagraphs(build, { ...place, path: isRoot ? '0' : `${place.path}.0`, label: isRoot ? '开头' : place.label }, paragraphs);
}

/**
 * Sections and passages of an outline. Passages are its leaves in the notice's order; paragraphs without a marker count by position,
 * those above the first section as `0`, those below the last one onwards from it, enclosures behind them.
 */
export function buildPassages(noticeId: string, text: string, outline: Outline): Pick<Notice, 'sections' | 'passages'> {
  const { preamble, sections: branches, closing, enclosures, leftOut } = outline;
  const build: Build = { noticeId, text, leftOut, passages: [], paths: new Map() };
  const root: Place = { path: '', label: '', headings: [], ancestors: [] };
  const opening = branches.length === 0 ? addParagraphs(build, root, preamble) : addIntroduction(build, root, preamble);
  const sections = [...opening, ...addBranches(build, branches, root)];
  const least = branches.length === 0 ? preamble.length : 0;
  const last = branches.reduce((highest, branch, index) => Math.max(highest, numberOf(branch, index)), least);
  const ending = addParagraphs(build, root, closing, last + 1);
  const enclosed = enclosures.map((node, index) => {
    const number = last + closing.length + index + 1;
    return addNode(build, node, root, number, number);
  });
  return { sections: [...sections, ...ending, ...enclosed], passages: build.passages };
}
