import { parseNumeral } from '../text/numerals.ts';
import { foldForMatching } from '../text/normalize.ts';
import type { Notice } from '../corpus/notice.ts';
import { everySection } from './evidence/outline-lists.ts';
import { saySection } from './readers/read-address.ts';
import type { Point, Reading } from './evidence/reading.ts';

/** Some entries of a list, by where they stand in it or by what is left out. */
export interface Selection {
  /** The list asked for as a whole: 「十件实事有哪些」. */
  readonly list: string;
  /** Named by its number, counted from the first, as an address is. */
  readonly isNumbered: boolean;
  /** How many there are is asked, too. */
  readonly isCounted: boolean;
  /** By which they are counted; undefined where they aren't. */
  readonly classifier?: string;
  /** Those of so many entries that are meant, by position; empty where the list has no such entry. */
  readonly pick: (entries: readonly Point[]) => readonly Point[];
}

const NUMBER = '[一二两三四五六七八九十\\d]{1,3}';
const CLASSIFIER = '(?:大|小)?(?:件|条|项|点|类|款|种|块|样|步|个(?!月|工作日|小时|学期|百分|人))(?<noun>实事|任务|工作|项目|内容|线路|指标)?';
const FROM_END = new RegExp(`倒数(?:第)?(?<number>${NUMBER})${CLASSIFIER}`, 'u');
const FIRST = new RegExp(`(?<![之目以])(?:前|头)(?:面)?(?<number>${NUMBER})${CLASSIFIER}`, 'u');
const LAST_OF = new RegExp(`(?:最后|末尾|后)(?:面)?(?<number>${NUMBER})${CLASSIFIER}`, 'u');
const LAST = new RegExp(`(?:最后|最末|末尾|压轴|收尾|打头阵|打头|头)(?:的)?(?:是)?(?:那|哪)?(?:一|1)?(?:${CLASSIFIER}|(?<=压轴的(?:是)?哪?一?|收尾的(?:是)?哪?一?)(?:个)?)`, 'u');
const NTH = new RegExp(`第(?<number>${NUMBER})${CLASSIFIER}`, 'u');
const EXCEPT = /除(?:了|开|去|掉)?(?<thing>[^,，除]{2,14}?)(?:以外|之外|外)?(?:[,，]|(?=还))(?:还|别的|其他|其它|另外|剩下)/u;

/** 「重大项目清单里有几个项目」: what is written one below the other is counted. */
const COUNTED = /^(?:请问)?(?<list>.{1,16}?(?:表|清单|目录|一览|名录|项目|任务|材料|条件))(?:里面?|中|上|当中)?(?:一共|总共|共|总计|合计|都)?(?:要|得|需要)?(?:列|写|有|包括|安排|含|备|交|准备|提交|提供)?(?:了|出|齐)?(?:几|多少)(?:个|项|条|件|类|种|样|份)(?:项目|任务|指标|品类|内容|材料|条件)?[呀啊呢]?[?？]?$/u;

/** 「申请要备齐几样材料」 */
const HANDED_IN = /^(?:请问)?(?<list>.{2,12}?)(?:的时候|时)?(?:一共|总共)?(?:要|得|需要|应当)?(?:备齐|准备|提交|提供|带|交|备)(?:几|多少)(?:样|份|种|项|类|个)(?<papers>材料|证件|资料)[呀啊呢]?[?？]?$/u;

/** What asks behind it: 说的什么, 是哪件, 列给我. */
const ASKS = /(?:说|讲|是|叫|写|做|干|指|有|包括|列)*(?:的|了)?(?:是)?(?:什么|啥|哪(?:些|几|个|一)?(?:件|条|项|个|种|类|样|指标)?|怎么(?:说|写)|内容)(?:名字|内容)?$|(?:请|帮我|麻烦)?(?:列|念|说|报|讲|发|给)(?:一下|出来|给我|一遍)?(?:给?我)?(?:听听|看看|听|看)?$/u;
const SHORTEST_LIST = 2;
const FEWEST = 2;

const read = (number = ''): number => (/^\d+$/u.test(number) ? Number(number) : (parseNumeral(number.replace('两', '二')) ?? 0));

function listOf(folded: string, said: string, noun: string): string | undefined {
  const rest = folded.replace(said, noun).replace(/[?？。!！\s]+$/u, '').replace(/[呢啊呀吗]$/u, '').replace(ASKS, '').replace(/(?:里面?|中|当中|的|那|是)+$/u, '').replace(/[,，、]+$/u, '');
  return rest.length < SHORTEST_LIST ? undefined : `${rest}有哪些`;
}

const bare = (text: string): string => foldForMatching(text).replace(/[^\p{L}\p{N}]/gu, '');

/** Which entries of which list a question asks for; undefined where it asks for none by their place. */
export function parseSelection(text: string): Selection | undefined {
  const folded = foldForMatching(text);
  const select = (match: RegExpExecArray | null, pick: Selection['pick'], isNumbered = false): Selection | undefined => {
    const list = match === null ? undefined : listOf(folded, match[0], match.groups?.['noun'] ?? '');
    return list === undefined ? undefined : { list, pick, isNumbered, isCounted: false };
  };
  const counted = COUNTED.exec(folded) ?? HANDED_IN.exec(folded);
  if (counted !== null) return { list: `${counted.groups?.['list'] ?? ''}${counted.groups?.['papers'] === undefined ? '' : `应当提交${counted.groups['papers']}`}有哪些`, pick: (entries) => entries, isNumbered: false, isCounted: true, classifier: /(?:几|多少)(.)/u.exec(counted[0].replace(/.*(?=几|多少)/u, ''))?.[1] ?? '个' };
  const fromEnd = FROM_END.exec(folded);
  const first = FIRST.exec(folded);
  const lastOf = LAST_OF.exec(folded);
  const except = EXCEPT.exec(folded);
  const last = LAST.exec(folded);
  const nth = NTH.exec(folded);
  const one = (entries: readonly Point[], index: number): readonly Point[] => entries.slice(index, index + 1).filter(() => index >= 0);
  if (fromEnd !== null) return select(fromEnd, (entries) => one(entries, entries.length - read(fromEnd.groups?.['number'])));
  if (first !== null && read(first.groups?.['number']) > 1) return select(first, (entries) => entries.slice(0, read(first.groups?.['number'])));
  if (lastOf !== null && read(lastOf.groups?.['number']) > 1) return select(lastOf, (entries) => entries.slice(-read(lastOf.groups?.['number'])));
  if (last !== null && !last[0].startsWith('头')) return select(last, (entries) => one(entries, last[0].startsWith('打头') ? 0 : entries.length - 1));
  if (nth !== null) return select(nth, (entries) => one(entries, read(nth.groups?.['number']) - 1), true);
  const thing = bare(except?.groups?.['thing'] ?? '');
  return select(except, (entries) => (entries.some(({ span }) => bare(span.text).includes(thing)) ? entries.filter(({ span }) => !bare(span.text).includes(thing)) : []));
}

/** An entry with what stands below it. */
function sayEntry(point: Point, notices: readonly Notice[]): readonly Point[] {
  const notice = notices.find(({ id }) => id === point.span.noticeId);
  const section = notice === undefined ? undefined : everySection(notice.sections).find(({ id }) => id === point.span.passageId);
  return notice === undefined || section === undefined || section.heading === '' ? [point] : saySection(notice, section);
}

/** The entries meant out of a list that was read as a whole; undefined where it is no numbered or counted list, or has no such entry. */
export function readSelection({ pick, isCounted, classifier }: Selection, whole: Reading, notices: readonly Notice[]): Reading | undefined {
  if (whole.verdict === 'refused' || whole.shape !== 'list' || whole.opening?.kind !== 'count' || whole.opening.n < FEWEST) return undefined;
  // What announces the entries stands before them, and is none.
  const entries = whole.points.slice(whole.points.length - whole.opening.n);
  if (isCounted) return { ...whole, opening: { ...whole.opening, ...(classifier !== undefined && { classifier }) } };
  const points = pick(entries).flatMap((point) => sayEntry(point, notices));
  return points.length === 0 ? undefined : { verdict: 'answered', shape: 'list', points };
}
