import { parseFigures } from '../../text/figures.ts';
import { parseNumeral } from '../../text/numerals.ts';
import { matchTerm } from './match.ts';
import { isOfOtherOfKind } from './other-of-kind.ts';
import type { Question } from '../question/question.ts';
import type { Term } from '../question/term.ts';

/** Asks whether something holds of every one, without exception. */
const ALL = /(?:全[市县区省]|到处|各地|哪里|什么\p{Script=Han}{1,4}|随便\p{Script=Han}{1,4}|谁)都|都(?:铺开|推开)|全[市县区省](?:都|就)?(?:铺开|推开|推行|实行)|所有|全部|全体|每一?(?:个|所|家|名|位|县|校)|一律|统统|全都|无一例外|一个都?不(?:落|漏|少)|百分之?百|全面(?:铺开|推开|推行|实施)|100%/u;
const SOME = /试点|部分|一批|若干|逐步|分批/u;

/** 全是新能源的, 都必须是低地板: of all, where the notice gives a share. */
const ALL_OF = /(?<![安健齐])全(?:是|为|都|换|改|变)|(?<!每[年月天次周]|成|首)都(?:必须|得|要|是)/u;

/** The notice says it of some, or of a share below all. */
function isOfSome(question: string, clause: string): boolean {
  if (ALL.test(clause) || /全覆盖/u.test(clause)) return false;
  const isShare = (): boolean => parseFigures(clause).some(({ kind, value }) => kind === 'percent' && value < 100);
  if (ALL_OF.test(question) && !question.includes('%') && isShare()) return true;
  if (!ALL.test(question)) return false;
  return SOME.test(clause) || isShare();
}

const AS_A_WHOLE = /全覆盖|全部|所有|全面|一律/u;

/** Taken for some, as against all that the notice says it of. */
const isOfAll = (question: string, clause: string): boolean => /部分|个别|少数/u.test(question) && AS_A_WHOLE.test(clause) && !AS_A_WHOLE.test(question) && !SOME.test(clause);

const THIS_YEAR = /今年|年内|本年|年底|当年/u;
const YEARS = /(\d+|[两二三四五六七八九十])年(?:内|之内|以内|左右|时间)/u;

/** Due this year, as the question has it, where the notice gives years. */
const isDueLater = (question: string, clause: string): boolean => (THIS_YEAR.test(question) && !NEXT_YEAR.test(question) && NEXT_YEAR.test(clause) && !THIS_YEAR.test(clause)) || isDueInYears(question, clause);
const NEXT_YEAR = /明年|次年|后年/u;

const isDueInYears = (question: string, clause: string): boolean => THIS_YEAR.test(question) && !YEARS.test(question) && YEARS.test(clause) && !/^[1一]年/u.test(YEARS.exec(clause)?.[0] ?? '');

const EVERY = /(?<!\p{Script=Han}人)每(?:隔)?(\d+|[两二三四五六半])?(?:个)?(年|月|季度|周|学期|天|日)(?!均)/gu;

const ONCE_IN = /(\d+|[一二两三四五六半])(?:个)?(年|月|季度|周|学期|天|日)一(?:次|回|趟)/gu;

const DAYS: Readonly<Record<string, number>> = { 年: 365, 季度: 91, 月: 30, 周: 7, 学期: 150, 天: 1, 日: 1 };
const TIMES = /^[^,，;；]{0,8}?(\d+|[一二两三四五六])(?:次|遍|趟)/u;
const readNumber = (said: string): number => (said === '半' ? 0.5 : /^\d/u.test(said) ? Number(said) : (parseNumeral(said) ?? 1));

/** How often in a year something is done that texts tell by intervals (每周2次, 两年一次). */
function readRates(text: string): number[] {
  return [...text.matchAll(EVERY), ...text.matchAll(ONCE_IN)].map(({ 0: said, 1: number = '1', 2: unit = '', index }) => {
    const times = TIMES.exec(text.slice(index + said.length))?.[1];
    return ((times === undefined || said.includes('一次') ? 1 : readNumber(times)) * 365) / (readNumber(number) * (DAYS[unit] ?? 1));
  });
}

const ABOUT = 0.15;

/** How often it is done: every year, where the notice says every second. */
function isOtherInterval(question: string, clause: string): boolean {
  const [asked, said] = [readRates(question), readRates(clause)];
  return asked.length > 0 && said.length > 0 && !asked.some((rate) => said.some((other) => Math.abs(rate - other) <= ABOUT * other));
}

const BY_TIMES = /每[年月季]|按[年月季]|逐[年月]|分[期年月]/u;
const AT_ONCE = /一次性/u;

/** Given time after time, as the question has it, where the whole sentence gives it once and for all. */
export const isGivenOnce = (question: string, sentence: string): boolean => BY_TIMES.test(question) && !AT_ONCE.test(question) && AT_ONCE.test(sentence) && !BY_TIMES.test(sentence);

const DEPARTMENT = /\p{Script=Han}{2,8}(?:局|委|厅|部门)(?![属直长员])/gu;

export const isDepartment = ({ role, text }: Term): boolean => role === 'name' && /(?:局|委|厅|部门)$/u.test(text);

/** Done by one body, as the question has it, where the notice names another. */
export function isDoneByOther({ terms }: Question, clause: string): boolean {
  const asked = terms.filter(isDepartment);
  return asked.length > 0 && new RegExp(DEPARTMENT).test(clause) && asked.every((term) => matchTerm(term, clause) === 0);
}

/** Of which rank a thing is, and how a clause says so of it. */
const RANKS: readonly (readonly [string, RegExp])[] = [
  ['国家级', /国家级|全国|国家(?=[“"])|部级/u], ['省级', /省级|全省|省(?=[“"]|内|一流|示范|重点|特色|优秀|首批)/u], ['市级', /市级|全市|市(?=[“"])/u], ['县级', /县级|全县/u], ['校级', /校级/u],
];

/** Told of another rank: 国家级, where the notice writes 省“双高”. */
function isOfOtherRank(question: string, clause: string): boolean {
  const asked = RANKS.filter(([rank]) => question.includes(rank));
  const said = RANKS.filter(([, writes]) => writes.test(clause));
  return asked.length > 0 && said.length > 0 && !asked.some(([rank]) => said.some(([other]) => other === rank));
}

/** What a question supposes, what a clause tells against it, and what takes that back where the clause holds it as well. */
interface Clash {
  readonly supposes: RegExp;
  readonly tells: RegExp;
  readonly unless?: RegExp;
}

const CHANGES = /(?<!不)(?:涨|[上下]调|调整|变(?![电压异])|提高|降(?![水雨温])|增加|减少)/u;
const INCLUDED = /包(?:含|括|在)|含在|含着|算(?:在|进)|(?<!不)含(?=[^,，]{1,6}[吗吧么])/u;
const ENDED = /废止|失效|停止(?:执行|使用)|不再(?:执行|适用|有效)|终止执行/u;

const CLASHES: readonly Clash[] = [
  // 「全市随便挑」, where only what is near or in one's own place may be chosen.
  { supposes: /随便|任意|任选|哪里都|不限/u, tells: /范围内|所在(?:县|区|地|市)|就近|指定|限于/u },
  // 「能骑到区外吗」, of what is confined to the district.
  { supposes: /[出到去在][^,，]{0,6}(?:外面?|以外|之外|外地)(?!语|国|科|卖|婆)/u, tells: /(?:仅|只)(?:限|能|可|准)?(?:于|在)|限(?:于|在)/u },
  // 「会涨吗」, of what stays as it is.
  { supposes: CHANGES, tells: /(?:保持|维持|标准|金额|比例|额|价)不变|(?:保持|维持)原|仍(?:按|执行)|照旧|沿用|继续(?:执行|按)/u, unless: CHANGES },
  // Part of something, where others pay for it.
  { supposes: INCLUDED, tells: /由[^,，。;；]{1,12}(?:承担|负担|自理|支付|缴纳)|自理|自付|自行承担|另行?(?:收|计|缴|交|付)|单独(?:收|计|缴)|不(?:含|包)/u, unless: INCLUDED },
  // 「买了门票,船就不用再花钱了吧」
  { supposes: /(?:不用|不要|不必|无需|用不着)(?:再|另|另外|额外|单独)*(?:花|交|出|付|掏|买|缴)/u, tells: /不(?:含|包)|另(?:行|外)?(?:收|计|缴|交|付|购)|单独(?:收|计|购)/u },
  // Taken away, where the notice leaves it.
  { supposes: /收走|收回|没收|取消|拿走|作废|没了/u, tells: /保留|不变|继续有效|不受影响|不收回|不取消/u, unless: /收走|(?<!不)收回|没收|(?<!不)取消|拿走|作废|没了/u },
  // 「要自己掏钱修吗」, of what somebody else does or pays.
  { supposes: /(?:要|得|让|是)(?:我们?|用户|家长|村民|个人)?(?:自己|自家|本人)(?:来)?(?:掏|(?:出|付|花)(?=钱|费))/u, tells: /由(?!我|用户|个人|本人|居民|家长|业主|承租人|申请人|患者|考生|参保人|经营者|摊主|农户|村民|自)\p{Script=Han}{2,12}?(?:承担|维修|支付|负担|更换|免费(?:安排|提供))/u, unless: /自理|自付|自费|自行承担|个人(?:承担|负担|缴)/u },
  // All at once, where it is done step by step.
  { supposes: /一步到位|一次性|一下子|一口气|一把(?!手)|(?<![安健齐])全(?:都|部)?(?:给|发(?!展)|拨|付)/u, tells: /逐步|分步|分批|分期|(?<![部充学百])分[两二三四]?(?:期|次|批|年(?![级龄轻]))/u, unless: /一次性/u },
  // Without end, where it ends.
  { supposes: /一直(?:都)?(?:有效|能用|可以用|有)|永久|永远|终身|无限期/u, tells: /有效期|期限[为是]|为期|不超过\d+(?:个?月|年)/u, unless: /长期有效|永久|终身/u },
  // Still in force, where the notice ends it; said to be ended in the question, it is.
  { supposes: new RegExp(`^(?!.*(?:${ENDED.source})).*(?:有效|作数|算数|管用|适用|还(?:在)?执行|照样执行|还(?:能|可以)?用)`, 'u'), tells: ENDED },
  // As before, where the notice puts itself in its place.
  { supposes: /^(?!.*不).*(?:原来|以前|之前|从前|过去|老(?:规定|办法|标准|政策)|旧)/u, tells: /(?:以|按照?|执行)(?:本|新)(?:通知|办法|规定|细则|方案|意见|标准)/u },
];

/** Whether what a clause says of the thing shuts out what the question supposes of it: by whom, of all, by this year, so often, still. Both folded. */
export function clashes(question: Question, clause: string): boolean {
  const { folded } = question;
  return isDoneByOther(question, clause) || CLASHES.some(({ supposes, tells, unless }) => supposes.test(folded) && tells.test(clause) && unless?.test(clause) !== true) || isOfOtherOfKind(folded, clause) || isOfOtherRank(folded, clause) || isOfSome(folded, clause) || isOfAll(folded, clause) || isDueLater(folded, clause) || isOtherInterval(folded, clause);
}
