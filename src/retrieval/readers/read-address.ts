import { parseFigures } from '../../text/figures.ts';
import { foldForMatching } from '../../text/normalize.ts';
import { parseNumeral } from '../../text/numerals.ts';
import type { Notice, Passage, Section } from '../../corpus/notice.ts';
import type { CitedSpan } from '../evidence/evidence.ts';
import { everySection, findOutlineLists } from '../evidence/outline-lists.ts';
import type { Question } from '../question/question.ts';
import { isTarget } from './read-list.ts';
import { ASKS_TARGETS } from '../evidence/topic-share.ts';
import type { Point, Reading } from '../evidence/reading.ts';

const NUMBER = '([一二三四五六七八九十百\\d]{1,4})';
const CONTENT = '(?:主要|具体|都|又)*(?:的)?(?:讲|说|写|是|提|规定|要求|包括|有|内容|指|为)?(?:了|的)?(?:什么|啥|哪些|哪|内容|标题|主题|要求|$)';
/** 第二部分第三项讲什么: a place of the outline by its numbers, and then nothing but what stands there. */
const ADDRESS = new RegExp(`^(?:请问|那|这个|通知|文件|原文|正文|重点|工作|要点|方案|计划)*(?:[^第]{0,10}(?:里|中|里面|当中|的)|[^第]{2,12}(?=第[一二三四五六七八九十\\d]+件))?((?:的?第${NUMBER}(?:大)?(?:个)?(?:部分|章|节|条|项|点|款|段|块|方面|大项|小点|件实事|件|个))+).{0,12}?${CONTENT}`, 'u');
/** The same where what stands below is counted, whatever is said of it in between. */
const COUNTED_ADDRESS = new RegExp(`^(?:请问|那|这个|通知|文件|原文|正文)*((?:的?第${NUMBER}(?:大)?(?:个)?(?:部分|章|节|条|项|点|款|段|块|方面|大项))+)`, 'u');
const STEP = new RegExp(`第${NUMBER}(?:大)?(?:个)?(部分|章|节|条|项|点|款|段|块|方面|大项|小点|件实事|件|个)`, 'gu');
/** 第一部分有几项工作: what stands below is counted. */
const COUNT_ENTRIES = /(?:有|分|包括|含|列|共|提|写|下设|设)(?:了|为|出了?|到了?)?(?:几|多少)(?:个|项|件|条|点|款|小点|方面|大项)/u;
const COUNT_PARTS = /(?:一共|总共|共|总体|全文)?(?:分(?:为|成)?|有|包括)?(?<!第)(?:几|多少)(?:个|大)?(?:大)?(?:部分|章|块(?![牌钱地砖板屏田区])|方面)|(?:分|有)(?:哪)?几(?:大)?(?:部分|块|方面)|哪几(?:个)?(?:大)?(?:部分|方面|章|块)/u;
/** 「五个部分的标题分别是什么」 */
const NAMES_PARTS = /^(?:请问|这|通知|文件|全文|整篇|里|的|,)*(?:[两二三四五六七八九十几\d]|各|每)(?:个|一)?(?:大)?(?:部分|章|板块|方面)(?:的)?(?:大|一级|小)?(?:标题|题目|名字|名称|主题)/u;
/** 「围绕哪几大工程展开」: the parts by the sort of thing that their headings name. */
const COUNT_SORT = /几大(?:项|类|块)?(\p{Script=Han}{2})/u;
/** 「五大工程都叫什么」 */
const NAMED_SORT = /[两三四五六七八九十\d]大(?:项|类|块)?(\p{Script=Han}{2})(?:的)?(?:名字|名称|标题|名头)?(?:分别|都|各)?(?:是|有|叫|给我|指)?(?:什么|哪|啥|列|说|讲|念)/u;
/** So many of the headings must name it. */
const MOST_PARTS = 0.6;
/** 「管理规定这一部分分成几块」 */
const OF_ONE_PART = /(?:这|那)(?:一)?(?:个)?(?:大)?(?:部分|章|块)/u;
/** 「几个部分加起来一共多少项」「全文总共多少条」: what stands one level below the parts. */
const COUNT_ITEMS = /^(?:请问)?(?:这|本|该|整)?(?:个|篇|份)?(?:通知|文件|全文|方案|计划|规定|办法|(?:[一二三四五六七八九十几\d]+|各|所有)(?:个|大)?(?:部分|章|块|方面))(?:里|中|里面)?(?:加起来|加在一起|合起来|合计)?[,，]?(?:一共|总共|共|合计)(?:有|列了|写了|分)?(?:多少|几)(?:个|大|小)?(?:项|条|点)/u;
const NOTICE_WORD = /通知|文件|方案|全文|计划|工作重点|一共|总共|^分|规定|办法|意见|^共|^有/u;
const ENTRY_UNITS = new Set(['件实事', '件']);

const headingOf = (notice: Notice, section: Section): CitedSpan => {
  const { start, end } = section.headingSpan;
  return { noticeId: notice.id, passageId: section.id, section: section.path, label: labelOf(notice, section), start, end, text: notice.text.slice(start, end) };
};

function labelOf(notice: Notice, section: Section): string {
  const holder = notice.passages.find(({ section: path }) => path === section.path || path.startsWith(`${section.path}.`));
  return holder?.ancestors.find(({ section: path }) => path === section.path)?.label ?? holder?.label ?? section.heading;
}

function sayPassage(passage: Passage): Point[] {
  const { noticeId, id: passageId, section, label } = passage;
  const sentences = passage.sentences.filter(({ isHeading }) => !isHeading);
  return (sentences.length > 0 ? sentences : passage.sentences).map(({ start, text }) => {
    const kept = text.replace(/[;；]+$/u, '');
    return { span: { noticeId, passageId, section, label, start, end: start + kept.length, text: kept } };
  });
}

/** What stands at a section: its text where it is a leaf, else its heading and those below. */
export function saySection(notice: Notice, section: Section): Point[] {
  const passage = notice.passages.find(({ id }) => id === section.id);
  if (passage !== undefined) return [...(section.heading === '' ? [] : [{ span: headingOf(notice, section) }]), ...sayPassage(passage)];
  const below = section.children.flatMap((child) => {
    if (child.heading !== '') return [{ span: headingOf(notice, child) }];
    return notice.passages.filter(({ id }) => id === child.id || id.startsWith(`${child.id}.`)).flatMap(sayPassage);
  });
  return [...(section.heading === '' ? [] : [{ span: headingOf(notice, section) }]), ...below];
}

/** Every clause below a section that holds a quantified target. */
function sayTargets(notice: Notice, section: Section): Point[] {
  const inside = notice.passages.filter(({ id }) => id === section.id || id.startsWith(`${section.id}.`));
  return inside.flatMap(({ noticeId, id: passageId, section: path, label, sentences }) =>
    sentences.filter(({ isHeading }) => !isHeading).flatMap(({ clauses }) =>
      clauses.filter(({ text }) => parseFigures(text).some(isTarget)).map(({ start, end, text }) => ({ span: { noticeId, passageId, section: path, label, start, end, text } }))),
  );
}

/** An entry by its heading, or by its text where it has none. */
export function sayChild(notice: Notice, child: Section): Point {
  const passage = notice.passages.find(({ id }) => id === child.id || id.startsWith(`${child.id}.`));
  const [first] = passage === undefined ? [] : sayPassage(passage);
  return child.heading === '' && first !== undefined ? first : { span: headingOf(notice, child) };
}

/** The headings of the parts where most of them name the sort of thing; empty where they don't. */
function partsOfSort(notice: Notice, sort: string): Point[] {
  const parts = notice.sections.filter(({ marker, heading }) => marker !== 'text' && heading !== '');
  const named = parts.filter(({ heading }) => foldForMatching(heading).includes(sort));
  return named.length < 2 || named.length < parts.length * MOST_PARTS ? [] : parts.map((section) => ({ span: headingOf(notice, section) }));
}

const numbered = (sections: readonly Section[], number: number): Section | undefined =>
  sections.find((section) => section.marker !== 'text' && Number(section.path.split('.').at(-1)) === number);

function readSteps(address: string): { readonly number: number; readonly unit: string }[] {
  return [...address.matchAll(STEP)].flatMap(([, number = '', unit = '']) => {
    const value = /^\d+$/u.test(number) ? Number(number) : parseNumeral(number);
    return value === undefined ? [] : [{ number: value, unit }];
  });
}

/** Follows the numbers down the outline; 条 and 件 are looked for anywhere, since they are counted through or listed once. */
function findSection(notice: Notice, steps: readonly { readonly number: number; readonly unit: string }[]): Section | undefined {
  let level: readonly Section[] = notice.sections;
  let found: Section | undefined;
  for (const { number, unit } of steps) {
    const anywhere = unit === '条' ? everySection(notice.sections).filter(({ marker }) => marker === 'article') : ENTRY_UNITS.has(unit) ? everySection(notice.sections).filter(({ marker, path }) => marker === 'number' && path.split('.').length > 1) : [];
    found = numbered(anywhere, number) ?? numbered(level, number);
    if (found === undefined) return undefined;
    level = found.children;
  }
  return found;
}

/** 「第二阶段做什么」「任务四是什么」: an entry by its number and what the notice's entries are called, with nothing asked but what it is. */
const CALLED = /^(?:请问|那|这个|方案|里|的)*(?:第(?<number>[一二三四五六七八九十]|\d{1,2})(?:个|项)?(?<name>阶段|步骤|步|环节|任务)|(?<marked>任务|步骤)(?<behind>[一二三四五六七八九十]|\d{1,2}))的?(?:是|要|该|具体|主要|都)*(?:做|干|讲|说|包括|有)?(?:些|点)?(?:什么|啥|哪些|内容)(?:事情?|内容|工作|要求)?$/u;

/** The entry that a question calls so; undefined where there is none, or several may be meant. */
function readCalled(asked: string, notices: readonly Notice[]): Reading | undefined {
  const { number = '', name = '', marked = '', behind = '' } = CALLED.exec(asked)?.groups ?? {};
  const written = number + behind;
  const value = /^\d/u.test(written) ? Number(written) : parseNumeral(written);
  const sort = name === '步' ? '步骤' : name + marked;
  const lists = value === undefined || sort === '' ? [] : notices.flatMap(findOutlineLists).filter((list) => list.marked === sort || list.names.every((each) => each.endsWith(sort)));
  const [list, other] = lists;
  const entry = list?.entries[(value ?? 0) - 1];
  return list === undefined || entry === undefined || other !== undefined ? undefined : { verdict: 'answered', shape: 'list', points: saySection(list.notice, entry) };
}

/** The ids of the sections that a question names by their numbers before it asks for something in them (第三章里讲的…); empty where it names none. */
export function findNamedSections({ folded }: Question, notices: readonly Notice[]): readonly string[] {
  const address = COUNTED_ADDRESS.exec(folded)?.[1];
  if (address === undefined || /^(?:[\p{Script=Han}]{0,6})[?？]?$/u.test(folded.slice(folded.indexOf(address) + address.length))) return [];
  return notices.flatMap((notice) => findSection(notice, readSteps(address))?.id ?? []);
}

/** Articles are counted through; else what stands one level below the parts, or the parts where most of them hold nothing numbered. */
function itemsOf({ sections }: Notice, asked: string): readonly Section[] {
  const articles = COUNTS_ARTICLES.test(asked) ? everySection(sections).filter(({ marker }) => marker === 'article') : [];
  if (articles.length > 1) return articles;
  const parts = sections.filter(isNumbered);
  const divided = parts.filter(({ children }) => children.some(isNumbered));
  return divided.length * 2 < parts.length ? parts : divided.flatMap(({ children }) => children.filter(isNumbered));
}
const isNumbered = ({ marker }: Section): boolean => marker !== 'text';
const COUNTS_ARTICLES = /(?:几|多少)条/u;

/** Reads what stands at a numbered place of the outline, or how many parts there are; undefined where the question asks for something else. */
export function readAddress(question: Question, notices: readonly Notice[]): Reading | undefined {
  const { folded } = question;
  const asked = folded.replace(/[?？。!！]+$/u, '');
  // 「第三章里讲的“不得申请”的情形」 asks for something in it, not for the whole.
  if (/倒数/u.test(asked)) return undefined;
  const called = readCalled(asked, notices);
  if (called !== undefined) return called;
  const address = (COUNT_ENTRIES.test(asked) ? COUNTED_ADDRESS.exec(asked) : undefined)?.[1] ?? (question.quoted.length > 0 ? undefined : ADDRESS.exec(asked)?.[1]);
  if (address !== undefined && question.kind !== 'yes-no' && question.kind !== 'who' && question.kind !== 'when' && (question.kind !== 'figure' || COUNT_ENTRIES.test(asked))) {
    const steps = readSteps(address);
    const asksTargets = ASKS_TARGETS.test(folded);
    const points = notices.flatMap((notice) => {
      const section = findSection(notice, steps);
      return section === undefined ? [] : asksTargets ? sayTargets(notice, section) : saySection(notice, section);
    });
    if (points.length === 0 && asksTargets) return { verdict: 'refused', reason: 'attribute', missing: ['指标'], isFirm: true };
    if (COUNT_ENTRIES.test(asked)) {
      const below = notices.flatMap((notice) => (findSection(notice, steps)?.children ?? []).map((child) => sayChild(notice, child)));
      if (below.length > 0) return { verdict: 'answered', shape: 'list', points: below, opening: { kind: 'count', n: below.length, unit: 'entries' } };
    }
    if (points.length > 0) return { verdict: 'answered', shape: 'list', points };
  }
  if (NAMES_PARTS.test(asked) || (COUNT_PARTS.test(asked) && !OF_ONE_PART.test(asked) && NOTICE_WORD.test(asked) && asked.length <= 20)) {
    const points = notices.flatMap((notice) => notice.sections.filter(({ marker, heading }) => marker !== 'text' && heading !== '').map((section) => ({ span: headingOf(notice, section) })));
    if (points.length > 1) return { verdict: 'answered', shape: 'list', points, opening: { kind: 'count', n: points.length, unit: 'parts' } };
  }
  const sort = COUNT_SORT.exec(asked)?.[1] ?? NAMED_SORT.exec(asked)?.[1];
  const parts = sort === undefined ? [] : notices.flatMap((notice) => partsOfSort(notice, sort));
  if (parts.length > 1) return { verdict: 'answered', shape: 'list', points: parts, opening: { kind: 'count', n: parts.length, unit: 'parts' } };
  if (COUNT_ITEMS.test(asked)) {
    const items = notices.flatMap((notice) => itemsOf(notice, asked).map((section) => sayChild(notice, section)));
    if (items.length > 1) return { verdict: 'answered', shape: 'list', points: items, opening: { kind: 'count', n: items.length, unit: 'entries' } };
  }
  return undefined;
}
