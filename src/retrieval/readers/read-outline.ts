import type { Notice } from '../../corpus/notice.ts';
import { parseNumeral } from '../../text/numerals.ts';
import { findOutlineLists } from '../evidence/outline-lists.ts';
import type { OutlineList } from '../evidence/outline-lists.ts';
import type { Question } from '../question/question.ts';
import { sayChild } from './read-address.ts';
import type { Reading } from '../evidence/reading.ts';

const NUMBER = '[两二三四五六七八九十]|\\d{1,2}';
const CLASSIFIER = '个|项|条|点|件|种|类|块|步|样|批|道|款';
/** 重点工作〔有哪四项〕, 专项整治〔分几个〕阶段, 〔要哪些〕材料 */
const ASKED = new RegExp(
  `^(?<before>\\p{Script=Han}*?)(?:一共|总共|共|都|主要|具体|分别)*(?:有|是|包括|分(?:为|成|作)?|(?:需要|要)?(?:带|交|提交|提供|准备|采取|具备|符合|满足|经过|走)|需要|要|列(?:出|了)*|规定)?了?(?:哪些|(?<any>什么|啥)|(?:哪几|(?<!第)几|多少|哪(?<number>${NUMBER}))(?<classifier>${CLASSIFIER})?)大?(?:方面)?(?:主要|重点|具体)?的?(?<sort>\\p{Script=Han}{2,6})?$`,
  'u',
);
/** 五项任务是哪五项 */
const NAMED = new RegExp(`^(?<number>${NUMBER})(?<classifier>${CLASSIFIER})?大?(?<sort>\\p{Script=Han}{2,6}?)(?:分别|都|各)*(?:是|有|指|包括|叫)(?:哪(?:${NUMBER}|几)(?:${CLASSIFIER})?|哪些|什么|啥)$`, 'u');
const OF_ITSELF = /^(?:请问|那|这个|这份|本|该|此)*(?:(?:通知|文件|方案|办法|公告|计划|意见|指南|规定)(?:里|中|里面|当中|上|规定)?的?)?(?:(?:从)?时间上|总体上?|全部|所有)?/u;
const QUALIFIES = /^(?:主要|重点|具体|各项|工作|相关)+(?=\p{Script=Han}{2})|(?:工作|活动|行动|安排)$/gu;
/** What stands one below the other and is asked for by this word alone. */
const SET_OUT = /^(?:任务|措施|举措|步骤|环节|程序|流程|阶段|条件|材料|手续|行为|情形|职责|项目)$/u;
const LONGEST_HEADING = 8;
/** What is to be done first of all, by either name. */
const MAIN_WORK = /^(?:主要|重点)(?:任务|工作)$/u;
/** A notice that has any says this word, and no other for it. */
const HAS_ONE_NAME = /^(?:主要|重点|工作)?(?:任务|阶段)$/u;
const LONGEST_QUESTION = 30;

interface Asked {
  readonly sort: string;
  /** What it is said to be of. */
  readonly of: string;
  readonly number: number | undefined;
  readonly classifier: string | undefined;
}

function parseAsked(folded: string): Asked | undefined {
  const asked = folded.replace(/[?？。!！]+$/u, '').replace(/(?:呢|啊|呀)$/u, '').replace(/(?<=[步个批段])(?:走|进行|实施|开展|完成|推进)$/u, '');
  const groups = asked.length > LONGEST_QUESTION ? undefined : (NAMED.exec(asked) ?? ASKED.exec(asked.replace(OF_ITSELF, '')))?.groups;
  if (groups === undefined) return undefined;
  const { before = '', sort = '', number: written, classifier, any } = groups;
  // 「什么要求」 asks for what is said, 「什么材料」 for things.
  if (any !== undefined && !SET_OUT.test(sort)) return undefined;
  const owner = sort === '' ? before.lastIndexOf('的') : before.length;
  const of = before.slice(0, Math.max(0, owner)).replace(/的$/u, '');
  const named = sort === '' ? before.slice(owner + 1) : sort;
  const number = written === undefined ? undefined : /^\d/u.test(written) ? Number(written) : written === '两' ? 2 : parseNumeral(written);
  const isOfSteps = named === '' && classifier === '步';
  return named === '' && !isOfSteps ? undefined : { sort: isOfSteps ? '步骤' : named, of, number, classifier };
}

const coreOf = (name: string): string => name.replace(QUALIFIES, '');

/** How surely a list is the one asked for; 0 where it isn't. */
function rate({ heading, around, marked, names }: OutlineList, { sort, of }: Asked): number {
  const core = coreOf(sort);
  if (heading !== '' && heading === `${of}${sort}`) return 4;
  if (of !== '' && !around.includes(coreOf(of))) return 0;
  if (heading !== '' && heading === sort) return 4;
  if (core.length > 1 && (coreOf(heading) === core || marked === core)) return 3;
  if (core.length > 1 && names.every((name) => name.length > core.length && name.endsWith(core))) return 3;
  if (MAIN_WORK.test(heading) && MAIN_WORK.test(sort)) return 2;
  if (heading.length > 2 && sort.length > heading.length && sort.endsWith(heading) && around.includes(coreOf(sort.slice(0, -heading.length)))) return 2;
  return SET_OUT.test(sort) && heading.length <= LONGEST_HEADING && heading.endsWith(sort) ? 1 : 0;
}
/** From here on the list is surely meant, whatever number the question supposes. */
const SURELY = 3;

const SAID = new RegExp(`(${NUMBER})(?:个|项|条|大)*(?:步骤|阶段|任务|方面|类|种|步|措施)`, 'u');

/** Whether what stands in front of the entries speaks of another number of them. */
function isSaidOtherwise({ introduction, entries }: OutlineList): boolean {
  const said = SAID.exec(introduction)?.[1];
  return said !== undefined && (/^\d/u.test(said) ? Number(said) : said === '两' ? 2 : parseNumeral(said)) !== entries.length;
}

/**
 * The entries of the section that a question asks for by its heading (重点工作有哪些), or by what its entries are called (分几个阶段): all of them, counted.
 * Undefined where none is meant, or several may be.
 */
export function readOutline(question: Question, notices: readonly Notice[]): Reading | undefined {
  const { kind, folded } = question;
  if (kind === 'yes-no' || kind === 'who' || kind === 'when' || kind === 'where' || kind === 'chat' || kind === 'steering') return undefined;
  const asked = parseAsked(folded);
  if (asked === undefined) return undefined;
  const rated = notices.flatMap(findOutlineLists).map((list) => ({ list, rate: rate(list, asked) }));
  const highest = Math.max(0, ...rated.map((each) => each.rate));
  if (highest === 0) return asked.of === '' && HAS_ONE_NAME.test(asked.sort) && !notices.some(({ text }) => text.includes(asked.sort.slice(-2))) ? { verdict: 'refused', reason: 'attribute', missing: [asked.sort], isFirm: true } : undefined;
  const best = rated.filter((each) => each.rate === highest).map(({ list }) => list);
  const agreeing = best.filter(({ entries }) => entries.length === asked.number);
  const [list, other] = agreeing.length > 0 ? agreeing : best;
  if (list === undefined || other !== undefined || isSaidOtherwise(list)) return undefined;
  if (asked.number !== undefined && agreeing.length === 0 && highest < SURELY) return { verdict: 'refused', reason: 'attribute', missing: [], isFirm: true };
  const points = list.entries.map((entry) => sayChild(list.notice, entry));
  return { verdict: 'answered', shape: 'list', points, opening: { kind: 'count', n: points.length, unit: 'entries', ...(asked.classifier !== undefined && { classifier: asked.classifier }) } };
}
