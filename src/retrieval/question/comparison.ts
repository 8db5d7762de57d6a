import { foldForMatching } from '../../text/normalize.ts';
import { completeNames, splitNames } from './compared-names.ts';

/** What is wanted of the figures: which is more or less (and by how much), all of them together, or how many times the other. */
export type ComparisonAim = 'more' | 'less' | 'sum' | 'times';

/** Measured things that a question sets against one another. */
export interface Comparison {
  readonly aim: ComparisonAim;
  /** Ways to read what is compared, likeliest first: each thing with what it is measured by. */
  readonly readings: readonly (readonly string[])[];
  /** What to ask of each thing to get its figure (是多少, 多少张), likeliest first. */
  readonly askings: readonly string[];
}

const MORE = '多|高|大|长|久|贵|重|慢|晚|迟|松|宽|严|远';
const LESS = '(?<!多)少|低|小|短|便宜|省|轻|快|早|先|近';
const EITHER = `(?:${MORE}|${LESS})`;
const WHICH = '(?:哪(?:一)?(?:个|项|边|类|方|样|者|块|条|家|种|处|所|档|头|件|门|地|里|座|款|年)?|谁)';
const DEGREE = '(?:更|最|比较|还|要|会|能|可以|就|相对|稍)*';
const SLIGHTLY = '(?:一些|一点儿?|些|点儿?)?';
const GIVES = '(?:出|了|拿|发|给|补|奖|建|投|招|缴|交|花|罚|有|是)*';
const HOW_MUCH = '(?:多少|几|百分)(?<by>\\p{Script=Han}*)';
/** By how much, where it is told at the end of what judges: 哪个多〔多少张〕, 高〔几个百分点〕, 多〔借几册〕. */
const BY = `(?:${GIVES}|\\p{Script=Han}{1,2}?)${HOW_MUCH}`;

/** 「哪个的覆盖目标更高」, 「谁分到的多」, 「哪个高哪个低」 */
const ASKS_WHICH = new RegExp(`^(?<before>[^哪谁]*?)${WHICH}(?:的)?(?<measure>[^,哪谁]{0,12}?)${DEGREE}(?<way>${EITHER})${SLIGHTLY}(?:${BY}|${WHICH}${DEGREE}${EITHER}${SLIGHTLY})?$`, 'u');
/** 「罚得重的是哪个」 */
const WHICH_LAST = new RegExp(`^(?<measure>.{0,10}?)${DEGREE}(?<way>${EITHER})${SLIGHTLY}的(?:是|那(?:个|边|项)是)${WHICH}$`, 'u');
/** 「多还是少」, 「更高还是更低」 */
const WHICH_WAY = new RegExp(`^(?<before>.*?)${DEGREE}${EITHER}(?:呢)?(?:还是|或者?)${DEGREE}${EITHER}(?:了|些)?$`, 'u');
/** 「相差多少」, 「有啥差别」 */
const ASKS_GAP = /^(?<before>.*?)(?:(?:相差|差距|差额|差别|差值|差(?!异|评|错))(?:有|是|为|了|出|到)*(?:多少|几|多大)(?<by>\p{Script=Han}*)|(?:有)?(?:多大|什么|啥)(?:差距|差别))$/u;
/** 「甲比乙高多少」, 「甲比乙多还是少」 */
const ASKS_MORE_THAN = new RegExp(`^(?<left>.{2,40}?)(?:要)?比(?!例|率|重(?!点|庆|度|症)|值|较|如|起)(?<right>.{2,30}?)${DEGREE}(?<way>${EITHER})(?:(?:还是|或者?)${DEGREE}${EITHER}|${BY})$`, 'u');
/** 「甲多还是乙多」, 「甲还是乙高」 */
const EACH_OR = new RegExp(`^(?<left>.{2,40}?)${DEGREE}${EITHER}?[,，]?还是(?<right>.{2,40}?)(?:的)?(?:要求|目标|指标|标准)?(?:定得|要求得)?${DEGREE}(?<way>${EITHER})${SLIGHTLY}$`, 'u');
/** 「甲和乙加起来多少」 */
const ASKS_SUM = /^(?<before>.+?)(?:加起来|加(?:在)?一(?:块|起)儿?|合起来|合在一起|合计|总计|总共|一共|总和)(?:的)?(?<measure>[^,多几]{0,10}?)(?:是|有|为|要|达)*(?:多少|几)(?<by>\p{Script=Han}*)$/u;
/** 「甲是乙的几倍」 */
const ASKS_TIMES = /^(?<left>.{2,40}?)(?:大概|大约|差不多)?(?:是|为|相当于|有|等于)(?<right>.{2,30}?的?)(?:几|多少)倍(?:多)?$/u;
/** 「多多少张?」 after 「哪边床位多?」 */
const ONLY_BY = new RegExp(`^(?:具体|到底|大概|大约|那么?|又|要|各)*(?:(?:(?:相)?差(?:距|额|别)?|${DEGREE}${EITHER})${GIVES}|${DEGREE}[多少]\\p{Script=Han}{1,2}?)${HOW_MUCH}$`, 'u');

const OPENING = /^.*?(?:我就?(?:只是|只|是)?想(?:问|知道|了解|搞清楚)(?:一?下)?|想问下?|请问(?:一下)?|问一下|帮(?:我|忙)(?:看|比|查|算|比较)(?:一?下|一比|看)?|比(?:较)?一下)[,，:：]?(?=.{6})|^(?:那么?|在?(?:通知|文件)(?:里|中)|(?:哎|嗯|呃|对了|话说|另外|就是说?))+[,，]?/u;
const TRAILING = /(?:呢|啊|呀|吧|来着|哦|嘛)$/u;
/** Looks back at what is no longer in force; the notice itself must say how things changed. */
const EARLIER = /^.{0,2}(?:去年|上年|往年|前年|以前|原来|之前|上一年|过去)|(?:去年|上年|往年)$/u;

const bare = (text: string): string => foldForMatching(text).replace(/[?？。!！\s]+$/u, '').replace(TRAILING, '');

/** Whether a part of a message only asks by how much, and so goes with the part before it. */
export function asksOnlyByHowMuch(part: string): boolean {
  return ONLY_BY.test(bare(part));
}

/** 「哪个多、多多少」 is parted as with a comma. */
const ENDS_CLAUSE = new RegExp(`[,，?？。;；!！]+|、(?=(?:相?差|${EITHER})(?:多少|几|出))`, 'u');

/** 「顺产的话职工比居民多补多少」 */
const TOPIC = /^(?<topic>\p{Script=Han}{2,8}?)(?:的话|这块|方面)[,，]?(?=\p{Script=Han}{3})/u;

interface Judged {
  readonly aim: ComparisonAim;
  /** The likeliest split first. */
  readonly names: readonly (readonly string[])[];
  readonly measure: string;
  readonly way: string;
  readonly by: string;
}

const aimOf = (way: string): 'more' | 'less' => (new RegExp(`^(?:${LESS})$`, 'u').test(way) ? 'less' : 'more');

/** Reads a clause that sets things against one another by itself. */
function judgePair(clause: string, topic: string): Judged | undefined {
  const pair = (aim: ComparisonAim, { left = '', right = '', way = '', by = '' }: Record<string, string | undefined>): Judged => ({ aim, names: [[left, right]], measure: topic, way, by });
  const than = ASKS_MORE_THAN.exec(clause)?.groups;
  if (than !== undefined) return pair('more', than);
  const times = ASKS_TIMES.exec(clause)?.groups;
  if (times !== undefined) return pair('times', times);
  const or = EACH_OR.exec(clause)?.groups;
  if (or !== undefined) return pair(aimOf(or['way'] ?? ''), or);
  const { before = '', measure = '', by = '' } = ASKS_SUM.exec(clause)?.groups ?? {};
  const summed = splitNames(before, false);
  return summed.length === 0 ? undefined : { aim: 'sum', names: summed, measure: `${topic}${measure}`, way: '', by };
}

/** Reads a clause that judges (哪个更高, 差几个点) with the clauses beside it, one of which names what is compared. */
function judgeBeside(clause: string, clauses: readonly string[], order: number): Judged | undefined {
  const found = ASKS_WHICH.exec(clause) ?? WHICH_LAST.exec(clause) ?? WHICH_WAY.exec(clause) ?? ASKS_GAP.exec(clause);
  const { before = '', measure = '', way = '', by = '' } = found?.groups ?? {};
  if (found === null) return undefined;
  const earlier = [...clauses.slice(0, order), ...(before === '' ? [] : [before])];
  const beside = earlier.length === 0 ? clauses.slice(order + 1) : earlier;
  const splits = beside.map((part) => splitNames(part, clause.includes('最')));
  const held = splits.findLastIndex((names) => names.length > 0);
  if (held < 0) return undefined;
  return { aim: aimOf(way), names: splits[held] ?? [], measure: `${beside.filter((_, index) => index !== held).join('')}${measure}`, way, by };
}

let last: { readonly text: string; readonly comparison: Comparison | undefined } | undefined;

/** What a question compares; undefined where it compares nothing. A question is looked at three times on its way, so the last one's is kept. */
export function parseComparison(text: string): Comparison | undefined {
  if (last?.text !== text) last = { text, comparison: findComparison(text) };
  return last.comparison;
}

function findComparison(text: string): Comparison | undefined {
  const folded = bare(text).replace(OPENING, '').replace(TOPIC, '$<topic>,');
  const clauses = folded.split(ENDS_CLAUSE).map((clause) => clause.trim().replace(TRAILING, '')).filter((clause) => clause !== '');
  const tail = clauses.length > 1 ? ONLY_BY.exec(clauses.at(-1) ?? '') : null;
  const judging = tail === null ? clauses : clauses.slice(0, -1);
  let judged: Judged | undefined;
  for (const [order, clause] of judging.entries()) {
    judged ??= judgeBeside(clause, judging, order) ?? judgePair(clause, judging.slice(0, order).join(''));
  }
  if (judged === undefined && tail !== null) judged = judgeBeside(clauses.at(-1) ?? '', clauses, clauses.length - 1);
  if (judged === undefined || judged.names.some((names) => names.some((name) => EARLIER.test(name) || /多少|几|什么|哪/u.test(name)))) return undefined;
  const by = tail?.groups?.['by'] ?? judged.by;
  // 哪个公示得久: how long each 公示.
  const measures = judged.measure.endsWith('得') ? [judged.measure, judged.measure.slice(0, -1)] : [judged.measure];
  const { names: compared } = judged;
  const readings = measures.flatMap((measure) => compared.flatMap((names) => completeNames(names, measure)));
  return readings.length === 0 ? undefined : { aim: judged.aim, readings, askings: chooseAskings(judged.way, by, judged.measure) };
}

const PAID = /([奖补罚贴给收交])得?$/u;

/** What to ask for the figure: by the unit that the difference is asked in, else by what judges. */
function chooseAskings(way: string, by: string, measure: string): readonly string[] {
  const unit = by.replace(/^个(?=\p{Script=Han})/u, '').replace(/(?:呢|啊|的)$/u, '');
  // 哪个奖得多 asks how much each 奖.
  const paid = PAID.exec(measure)?.[1];
  if (paid !== undefined && unit === '') return [`${paid}多少钱`, '是多少'];
  if (/^(?:百分点|点|百分)/u.test(unit)) return ['是百分之多少', '是多少'];
  if (/^[万亿]?(?:元|块|钱)/u.test(unit) || /贵|便宜|省/u.test(way) || /花钱|花费|掏钱/u.test(measure)) return ['是多少钱', '是多少'];
  if (unit !== '') return [`多少${unit}`, '是多少'];
  if (measure.endsWith('人')) return ['是多少人', '是多少'];
  if (/[早晚先迟]/u.test(way)) return ['什么时候'];
  if (/[快慢久]/u.test(way)) return ['多长时间', '是多少'];
  return /[长短]/u.test(way) ? ['是多少', '多长时间'] : ['是多少'];
}
