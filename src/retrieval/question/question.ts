import type { Lexicon } from '../../corpus/lexicon.ts';
import { parseFigures } from '../../text/figures.ts';
import type { Figure, FigureKind } from '../../text/figures.ts';
import { foldForMatching } from '../../text/normalize.ts';
import { parseNumeral } from '../../text/numerals.ts';
import { parseAskedFigure } from './asked-figure.ts';
import type { AskedFigure } from './asked-figure.ts';
import { writeConfirmation } from './confirm-tag.ts';
import { findAsking } from './find-asking.ts';
import type { Asking } from './find-asking.ts';
import { parseQuestionKind } from './question-kind.ts';
import type { QuestionKind } from './question-kind.ts';
import { writeUnits } from './said-units.ts';
import { createTerm } from './term.ts';
import type { Term } from './term.ts';
import { parseTerms } from './terms.ts';

/** The question as understood. */
export interface Question {
  /** As it stands after follow-ups were resolved: the standalone question. */
  readonly text: string;
  /** For matching only; of a long message the part that asks. */
  readonly folded: string;
  readonly kind: QuestionKind;
  readonly terms: readonly Term[];
  readonly asked: AskedFigure;
  /** Figures that the question itself names (95%吗). */
  readonly figures: readonly Figure[];
  /** Of a yes-no question: what it tells of whoever it asks about, in figures that only a limit can be held against (我今年36周岁,…; 第三年). */
  readonly cases: readonly Figure[];
  /** Supposes that the thing is done (已经…了吗). */
  readonly supposesDone: boolean;
  /** Supposes that the thing is obligatory (必须, 硬指标). */
  readonly supposesMust: boolean;
  /** What stands right behind the classifier: 多少个座位 counts 座位; empty where nothing does. */
  readonly counted: string;
  /** What a yes-no question puts to the test (扩大的是小学吗: 小学), folded; undefined where the whole is. */
  readonly tested: string | undefined;
  /** What the question quotes in marks of quotation, folded; short words left out. */
  readonly quoted: readonly string[];
  /** The sort of thing asked for (哪个计划 asks for a 计划); undefined where none is named. */
  readonly wanted: string | undefined;
  /** Asks for a whole list, from everywhere. */
  readonly asksAll: boolean;
}

const DAYS = new Set<FigureKind>(['date', 'year']);

/** Who speaks of money leaves its unit out: 封顶一万二, 都是15万. */
const SPEAKS_OF_MONEY = /[补贴罚奖钱款贷掏]|(?:资|租|奖|押|定|基|保证|备用|周转|补偿|公积)金|金额|工资|经费|投资|收入|封顶|[一多]块|价格|单价|费用|[学安][费家]/u;
const LEAST_MONEY = 100;
/** 「能拿十万吗」: what one gets, where nothing stands behind the number that it could count. */
const GETS = /(?:拿|领|挣|赚|给)到?$/u;
const NOTHING_COUNTED = /^(?:吗|吧|么|不|嘛)?[?？]?$/u;

/** 一年, 一场, 一个: of each, or an article, wherever another figure is named. */
const ONE_OF = /^一\p{Script=Han}{1,2}$/u;

/** Figures that the question names, quantities before days, and those before one of anything: 「2020年要达到6000元吗」 asks about 6000元. */
function findNamedFigures(text: string): Figure[] {
  const named = parseFigures(text).filter(({ kind }) => kind !== 'name' && kind !== 'ordinal');
  const speaksOfMoney = SPEAKS_OF_MONEY.test(text);
  const isMoney = ({ unit, kind, value, start, end }: Figure): boolean => unit === '' && kind === 'count' && value >= LEAST_MONEY && (speaksOfMoney || (GETS.test(text.slice(0, start)) && NOTHING_COUNTED.test(text.slice(end))));
  const figures = named.map((figure): Figure => (isMoney(figure) ? { ...figure, unit: '元', kind: 'money' } : figure));
  const rank = (figure: Figure): number => (DAYS.has(figure.kind) || (figure.kind === 'duration' && figure.start === 0) ? 1 : ONE_OF.test(figure.text) ? 2 : 0);
  return figures.toSorted((left, right) => rank(left) - rank(right));
}

const NTH = /第([二三四五六七八九十]|\d{1,2})(年|天|日|周|个月)/gu;
const UNITS: Readonly<Record<string, string>> = { 日: '天', 个月: '月' };

/** 第三年 is past two years, and not yet three. */
function findNth(folded: string): Figure[] {
  return [...folded.matchAll(NTH)].flatMap(({ 0: text, 1: order = '', 2: unit = '', index: start }) => {
    const value = /^\d/u.test(order) ? Number(order) : parseNumeral(order);
    return value === undefined ? [] : [{ text, start, end: start + text.length, value: value - 0.5, unit: UNITS[unit] ?? unit, kind: 'duration', comparator: 'exactly' } as const];
  });
}

/** 「2008年建的房子」: since when something is what it is, which tells what is asked about. */
const IS_OF_DAY = /^(?:以?[前后])?\p{Script=Han}{1,6}的/u;

/** Whether a day of a folded text only tells of what the text speaks. */
export const isOfDay = (folded: string, { text }: Figure): boolean => IS_OF_DAY.test(folded.slice(folded.indexOf(foldForMatching(text)) + text.length));

/** What is told beside the question in figures: of days, only since when something is what it is. */
function findToldFigures(told: string): Figure[] {
  return findNamedFigures(told).filter((figure) => !ONE_OF.test(figure.text) && (!DAYS.has(figure.kind) || isOfDay(told, figure)));
}

const COUNTED = /(?:多少(?![雨雪])|(?<!第|哪)几)(?:个|所|名|家|门|项|件|次|座|台|张|条|支|套|间|户|辆|种|位)?(\p{Script=Han}{2,6})/u;
const TESTED = /(?:的)?(?:就是|是不是|是否(?:为|是)|是|叫|为)([^是吗吧,，]{1,14})(?:吗|吧|么|对吧|对吗|对不对)?[?？]?$/u;

/** 规范招生的文件,其名称是什么. */
const WANTED_NAME = /(文件|通知|意见|方案|办法|规划|纲要|计划|工程|行动|制度|平台|品牌|机制|活动|项目|大会|协会|系统)[,，]?(?:其|的)?(?:名称|全称|名字|名儿|叫什么|叫啥)/u;
const QUOTED = /[“"「]([^”"」]{1,40})[”"」]/gu;
const SHORTEST_QUOTE = 4;
const WANTED = /(?:什么|啥|(?<=编制|制定|出台)哪些|哪(?:个|项|些|几个|几项|两个|两项|种|一个|一项)?)(计划|工程|方案|意见|办法|制度|平台|学校|中学|高中|学科|县|部门|单位|文件|通知|规划|行动|品牌|组织|协会|机制|清单|标准|系统|活动|项目|教材|课程|大会|区)/u;

/** Too little to find anything by: one short word, or none. */
function isThin(terms: readonly Term[]): boolean {
  const words = terms.filter(({ role, text, isCommon }) => role !== 'frame' && !isCommon && text.length > 1);
  return words.length === 0 || (words.length === 1 && (words[0]?.text.length ?? 0) < LONG_WORD);
}
const LONG_WORD = 4;

/** The terms of what is asked, and behind them those of what is told beside it: only their nouns and names may help. */
function gatherTerms({ asking, before, aside }: Asking, lexicon: Lexicon): readonly Term[] {
  const terms = parseTerms(asking, lexicon);
  const known = new Set(terms.map(({ text }) => text));
  const read = (part: string): readonly Term[] => (part === '' ? [] : parseTerms(part, lexicon).filter(({ text, role }) => role !== 'frame' && text.length > 1 && !known.has(text)));
  const near = read(before).map((term) => createTerm({ ...term, isLoose: true, isBefore: true, isNextToAsked: false }));
  const far = read(aside).filter(({ text }) => !near.some((term) => term.text === text));
  return [...terms, ...near, ...far.map((term) => createTerm({ ...term, isAside: true, isNextToAsked: false }))];
}

/** Days that are called by their feasts. */
const HOLIDAYS: Readonly<Record<string, string>> = { 五一: '5月1日', 六一: '6月1日', 七一: '7月1日', 八一: '8月1日', 国庆: '10月1日', 元旦: '1月1日' };

/** 「这个公租房办法哪天实施」: the notice itself, which calls itself so. */
const ITSELF = /(?:这|该|本)(?:个|份|项|部|篇|套|些)?\p{Script=Han}{0,8}?(办法|规定|条例|细则|措施|方案|意见|通知)(?=.{0,8}(?:实施|施行|生效|执行|有效期?|作废|废止|失效|到期))/u;

/** 「这套政策管到什么时候」: how long the notice itself holds, which its last article tells. */
const HOLDS = /(?:这|该|本)(?:个|份|项|部|篇|套|些)?(?:\p{Script=Han}{0,8}?(?:政策|文件|办法|规定|条例|细则|措施|方案|意见|通知))(?:能|会|可以|要|是)?(?:一直)?(?:管|有效|执行|实行|用)(?:到|(?=几年|多久|多长|几个月))/u;

/** 「这个规定从哪天起执行」: the day from which the notice itself holds, whatever verb it writes. */
const HOLDS_FROM = /(本(?:办法|规定|条例|细则|措施|方案|意见|通知)[^,，]{0,8})(?:执行|生效|管用|算数|开始用)/u;

/** Understands a standalone question: its kind, its words and what they do, and what figure would answer it. */
export function parseQuestion(text: string, lexicon: Lexicon): Question {
  const whole = writeConfirmation(writeUnits(foldForMatching(text))).replace(HOLDS, '有效期').replace(ITSELF, '本$1').replace(HOLDS_FROM, '$1施行').replace(/(五一|六一|七一|八一|国庆|元旦)(?:节)?(?=就|前|之前|能|假期|长假|可以|会)/gu, (_, day: string) => HOLIDAYS[day] ?? day);
  const told = findAsking(whole, (part) => isThin(parseTerms(part, lexicon)));
  const folded = told.asking;
  const kind = parseQuestionKind(folded);
  return {
    text, folded, kind,
    asked: parseAskedFigure(folded, kind),
    terms: kind === 'chat' || kind === 'steering' ? [] : gatherTerms(told, lexicon),
    figures: kind === 'figure' && folded.includes('还是') ? [] : findNamedFigures(folded === foldForMatching(text) ? text : folded),
    cases: kind === 'yes-no' ? [...findNth(folded), ...findToldFigures(`${told.before},${told.aside}`)] : [],
    supposesDone: !/不[^,，不]{1,8}了(?:吗|没有?|么)[?？]?$/u.test(folded) && /已经|已(?=通过|完成|建|实现|创成)|(?:好|完|成|过)了(?:吗|没|吧|么|$)|(?<!(?:要|会|能|该).{0,16})(?<!(?:正?在|开始|着手).{1,8})了(?:吗|没有?|么)[?？]?$/u.test(folded),
    supposesMust: /必须|务必|必定|必将|承诺|铁定|笃定|百分百|肯定(?=能|会|要|可以|\p{Script=Han}{2}$|\p{Script=Han}{2}[?？])|确保(?=要|能|会|得|过|完)|一定(?:能|会|可以)|稳(?:了|拿|能)|板上钉钉|非得|非要|硬(?:性)?(?:指标|任务|要求|杠[子杠])|死(?:任务|指标|命令)|一定(?:要|得)|强制|硬性|保证|[“"「](?:确保|必须|务必)[”"」]/u.test(whole),
    counted: COUNTED.exec(folded)?.[1] ?? '',
    tested: TESTED.exec(folded)?.[1],
    wanted: WANTED.exec(folded)?.[1] ?? WANTED_NAME.exec(folded)?.[1],
    quoted: [...text.matchAll(QUOTED)].map(([, inner = '']) => foldForMatching(inner)).filter((inner) => inner.length >= SHORTEST_QUOTE),
    asksAll: /都有|哪些|全部|所有|列|清单|一共|汇总|几处/u.test(folded),
  };
}
