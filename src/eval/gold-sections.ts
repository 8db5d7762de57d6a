import type { Notice, Section } from '../corpus/notice.ts';
import { foldToLetters } from '../text/normalize.ts';
import { parseNumeral } from '../text/numerals.ts';

const NUMBERED = /^第?([零〇一二两三四五六七八九十百]+|\d+)(?:章|节|条|款|项|部分|点|是)?$/u;

function readNumber(written: string): number | undefined {
  const digits = NUMBERED.exec(written.normalize('NFKC').replace(/[、.()（）\s]/gu, ''))?.[1];
  if (digits === undefined) return undefined;
  return /^\d+$/.test(digits) ? Number(digits) : parseNumeral(digits);
}

function findChild(sections: readonly Section[], part: string): Section | undefined {
  const number = readNumber(part);
  const wanted = foldToLetters(part);
  const hasNumber = ({ path, marker }: Section): boolean => marker !== 'text' && path.split('.').at(-1) === String(number);
  const byNumber = sections.find(hasNumber);
  if (byNumber !== undefined) return byNumber;
  if (wanted === '') return undefined;
  if (number !== undefined) return sections.find(({ heading, marker }) => marker === 'text' && foldToLetters(heading) === wanted);
  const exact = sections.find(({ heading }) => foldToLetters(heading) === wanted);
  return exact ?? sections.find(({ heading }) => foldToLetters(heading).includes(wanted));
}

function flatten(sections: readonly Section[]): readonly Section[] {
  return sections.flatMap((section) => [section, ...flatten(section.children)]);
}

/** Articles are numbered through, and a heading may be named alone: where it stands just once, the way down to it may be left out. */
function findAnywhere(sections: readonly Section[], part: string): Section | undefined {
  const isArticle = /^第.+条$/u.test(part);
  if (readNumber(part) !== undefined && !isArticle) return undefined;
  const all = flatten(sections).filter(({ marker }) => !isArticle || marker === 'article');
  const found = all.filter((section) => findChild([section], part) !== undefined);
  return found.length === 1 ? found[0] : undefined;
}

/** What of a notice tells where a section is. */
export type NoticeOutline = Pick<Notice, 'id' | 'sections'> & { readonly passages: readonly { readonly section: string }[] };

/**
 * The path (`2.5.3`) of a section named in a question set: 「二/五/3」, 「第二章/第六条/二」, headings (「重点任务/优化政务服务」),
 * a path, or a passage's id. Where the outline ends above what is named (an item inside a paragraph), the leaf that holds it.
 * Undefined where it isn't there.
 */
export function findGoldSection(notice: NoticeOutline, name: string): string | undefined {
  const path = name.startsWith(`${notice.id}/`) ? name.slice(notice.id.length + 1) : name;
  if (notice.passages.some(({ section }) => section === path)) return path;
  let sections = notice.sections;
  let found: Section | undefined;
  for (const part of name.split('/')) {
    const child: Section | undefined = findChild(sections, part) ?? (found === undefined ? findAnywhere(sections, part) : undefined);
    if (child === undefined) {
      const endsHere = found?.children.every(({ marker }) => marker === 'text') === true;
      return endsHere ? found?.path : undefined;
    }
    found = child;
    sections = child.children;
  }
  return found?.path;
}
