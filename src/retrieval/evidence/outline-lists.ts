import type { Notice, Section } from '../../corpus/notice.ts';
import { foldForMatching } from '../../text/normalize.ts';

/** Sections with all that stand below them. */
export const everySection = (sections: readonly Section[]): Section[] => sections.flatMap((section) => [section, ...everySection(section.children)]);

/** A section with numbered entries. */
export interface OutlineList {
  readonly notice: Notice;
  /** Folded; empty where the entries are the notice's own parts. */
  readonly heading: string;
  /** The notice's title, the headings above it and its own, folded. */
  readonly around: string;
  readonly entries: readonly Section[];
  /** What the entries' marks call them: 任务 of 任务一, 阶段 of 第一阶段. */
  readonly marked: string;
  /** How each entry begins, folded. */
  readonly names: readonly string[];
  /** What stands in front of the entries. */
  readonly introduction: string;
}

const MARKED_NAME = /^[【[]?(?:第[一二三四五六七八九十\d]+)?(\p{Script=Han}{1,2}?)[一二三四五六七八九十\d]*[】\]]?$/u;
const NAME = /^[^(（:：,，。;；—\s]{2,14}/u;
const known = new WeakMap<Notice, readonly OutlineList[]>();

function textOf(notice: Notice, { id, start, end }: Section): string {
  const passage = notice.passages.find((each) => each.id === id || each.id.startsWith(`${id}.`));
  return passage === undefined ? notice.text.slice(start, end) : passage.sentences.map(({ text }) => text).join('');
}

/** What all marks call their entries; empty where they only number them. */
function readMarked(entries: readonly Section[]): string {
  const names = new Set(entries.map(({ marker, markerText }) => (marker === 'task' ? (MARKED_NAME.exec(markerText.replace(/\s/gu, ''))?.[1] ?? '') : '')));
  const [name = ''] = names;
  return names.size > 1 ? '' : name === '步' ? '步骤' : name;
}

/** Whether the entries are numbered through from one: else one of them is not seen, or stands elsewhere. */
const isComplete = (entries: readonly Section[]): boolean => entries.every(({ path }, index) => Number(path.split('.').at(-1)) === index + 1);

function listOf(notice: Notice, { heading, above, children }: { heading: string; above: string; children: readonly Section[] }): OutlineList[] {
  const entries = children.filter(({ marker }) => marker !== 'text');
  if (entries.length < 2 || entries.some(({ marker }) => marker !== entries[0]?.marker || marker === 'label') || !isComplete(entries)) return [];
  const names = entries.map((entry) => NAME.exec(foldForMatching(entry.heading === '' ? textOf(notice, entry) : entry.heading))?.[0] ?? '');
  const first = children.indexOf(entries[0] as Section);
  const introduction = foldForMatching(children.slice(0, first).map((child) => textOf(notice, child)).join(''));
  return [{ notice, heading: foldForMatching(heading), around: foldForMatching(`${notice.title} ${above} ${heading}`), entries, marked: readMarked(entries), names, introduction }];
}

/** Every section of a notice that consists of numbered entries. */
export function findOutlineLists(notice: Notice): readonly OutlineList[] {
  const found = known.get(notice);
  if (found !== undefined) return found;
  const all = everySection(notice.sections);
  const headingsAbove = (section: Section): string => all.filter(({ path }) => section.path.startsWith(`${path}.`)).map(({ heading }) => heading).join(' ');
  const lists = [...listOf(notice, { heading: '', above: '', children: notice.sections }), ...all.flatMap((section) => listOf(notice, { heading: section.heading, above: headingsAbove(section), children: section.children }))];
  known.set(notice, lists);
  return lists;
}
