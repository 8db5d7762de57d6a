import type { FigureKind } from '../../text/figures.ts';
import { ASKS_LENGTH, asksDuration } from './question-kind.ts';
import type { QuestionKind } from './question-kind.ts';

/** What figure would do for an answer. */
export interface AskedFigure {
  /** The classifier asked for (所, 门, 人); undefined where the question names none. */
  readonly unit: string | undefined;
  /** Kinds that fit; empty where any does. */
  readonly kinds: readonly FigureKind[];
  /** Asks how high it stands now, which a change (下降1个百分点) does not tell. */
  readonly isLevel?: boolean;
  /** Asks within what time, which 每半年 does not tell. */
  readonly isDeadline?: boolean;
  /** 「留几个点」 may mean a share as well as a change. */
  readonly isShare?: boolean;
}

const MONEY = /(?<![分供拨送发])给(?:我们?|他们?|你们?|每人|一个人)?多少(?:钱|元|万|[?？呢啊了]|$)|(?:罚|补|奖|赔|扣(?!分)|缴|交|花|砸|拨|退)(?:款|助|贴|励|费|给|了|要|到)?(?:多少|几)(?!个|所|名|位|人|家|项|次|天|年|月|分|成|百分|本|件|份|套|钱?(?:时间|功夫))|(?:学费|学位费|拨款|拨付|奖金|津贴|工资|租金|收费|缴费|罚款|单价|房价|价格)(?:标准)?(?:是|为|要)?(?:一|每)?(?:平米|平方米|平方|个月|年|天|次|套|间|张|辆|亩|斤)?(?:是|为|要)?(?:多少|几)|多少(?:个)?(?:亿|万)?(?:元|块|钱|亿|万元)|多少\p{Script=Han}{0,4}(?:投资|投入|资金|经费|补贴|补助|奖励|奖金|津贴|费用)|几个?亿|几万元|多(?:大|少)(?:的)?一?笔|钱(?:一共|总共|合计|到底)?(?:是|有|要)?多(?:大|少)|(?:投资|投入|资金|经费|金额|费用|补贴|补助|罚款|造价|工资|预算)(?:计划|安排|标准|总额)?(?:一共|总共|合计|总计)?(?:提高|降低|上调|增加|涨|降)?(?:到|至)?(?:是|为|要|有|达)?(?:了)?(?:多少|几|是|$)/u;
/** 水费多少, 电费一度多少: what is paid, by the unit or not. */
const FEE = /(?<![免缴交消浪花经])费(?:用)?(?:(?:是|要|得|按)?(?:一|每)(?:吨|度|方|立方米?|平米|平方米?|亩|斤|公里|张|次|人|天|个?月|年|个?小时))?(?:是|要|得)?多少(?=[?？呢啊呀]|$)|多少(?:钱的?)?(?:养护|管护|维护|保养|保洁|清运|维修|运维|看护)费(?=[?？呢啊呀]|$)/u;
/** 投入多少辆客车: no money, whatever is put in. */
const COUNTS_THINGS = /(?:多少|几)(?:辆|台|套|艘|名(?!额)|所|座|间|张|支|对|架|头|只|棵|株|本|册|份|公里|亩|吨|门|箱|床(?!位))/u;
const COUNTS_MONEY = /(?:多少|几)(?:个|万|千|百)?(?:亿|万|钱|元|块)/u;
/** 收多少, 掏多少: money, or a share of it. */
const PAYS = /(?<![招接吸回])(?:收|掏|摊|贴|报|扛|投|垫|借|贷)(?:了|过|得|到|取|销)?多少(?:[?？,，。啊呀呢了]|$)/u;
const PERCENT = /百分之|几[成折]|占比|比例|比率|(?:\p{Script=Han}率|覆盖面)(?:要|得|是|为|到|达|目标|要求|定|的|多少|$|[?？])/u;
const PEOPLE = /多少(?:名(?!额)|人|位(?![子置数])|个人|老师|教师|学生|校长|医生|干部)(?!额)|几(?:名(?!额)|人|位(?![子置数])|个人)|(?:几|多少)个(?:学生|老师|教师|孩子|小孩|娃|老人|医生|护士|工人|干部|员工|专家|志愿者|工作人员)/u;
const UNIT = /(?:多少|几)(?:个|万|亿|千|百)?(个|所|名(?!额)|人次|批次|家次|户次|台次|件次|场次|人|家|门|项|件|次|座|台|张|条|支|套|间|户(?![主籍口型外])|辆|亩|吨|公里|厘米|毫米|微米|海里|分贝|千帕|兆帕|平方米|平米|平方|平|米|克|千克|公斤|度|岁|天|日|小时|分钟|个月|月|年|周|级|分|本|种|类|处|元|块|钱|例|场|件|支|万|亿|成|对|双|盏|艘|头|只|棵|株|趟|批|期|届|节|课时|学时|片|扇|幢|栋|眼|千瓦|兆瓦|立方米|吨|班次|车次|班|盘|篇|首|幅|份|册|笔|架|口|枚|箱|袋|桶|瓶|羽|尾|卷|封|床(?!位)|组(?!织|长|成)|队(?!伍|员|长)|根(?!据|本)|单(?!位|独|价|元))/u;

const NOW = /现在|目前|如今|眼下|当前|现有|已经(?:是|有|到)/u;
const CHANGES = /降|升|提高|增|减|涨|压|百分点|个点/u;
/** By so many points something changes, or differs. */
const CHANGES_BY = /降|升|提高|增|减|涨|压|差|多几|少几|高几|低几|百分点/u;
const VOLUME = /(?:装|蓄|存)(?:得下|下|的下)?(?:多少|几)(?:方|水)|库容(?:是|有|为)?(?:多少|多大)/u;
/** 下多少雨, which is measured by its depth. */
const RAIN = /(?:多少|多大)的?(?:雨|毫米)|雨(?:下)?(?:到|得)?(?:多少|多大)/u;
const DISTANCE = new RegExp(`多远|多长的[路河沟渠管线道堤]|${ASKS_LENGTH}`, 'u');
const AGE = /(?:干|做|开|活|到)(?:到)?多大(?:岁数|年纪)?(?:就|才|还|$|[?？])|岁数|多大(?:年纪|岁数|年龄|可以|才|能|的(?:人|孩子|老人|小孩|学生))|(?:几|多少)(?:周)?岁|年[龄纪](?:要求|限制|上限|条件)?(?:是|为|要)?(?:多少|多大|几)/u;

/** A number of things, whatever they are counted by. */
const NUMBER = /(?:总数|数量|个数|人数|所数|名额)(?:是|为|有|要|多少|目标|$|[?？])|多少名额/u;

function parseQuantity(folded: string): AskedFigure {
  const written = UNIT.exec(folded)?.[1];
  const unit = written !== undefined && written.startsWith('平') ? '平方米' : written;
  if (FEE.test(folded) || (MONEY.test(folded) && (COUNTS_MONEY.test(folded) || !COUNTS_THINGS.test(folded))) || unit === '元' || unit === '钱' || unit === '块') return { unit: '元', kinds: ['money'] };
  if (AGE.test(folded)) return { unit: '岁', kinds: ['count'] };
  if (VOLUME.test(folded)) return { unit: '立方米', kinds: ['count'] };
  if (RAIN.test(folded)) return { unit: '毫米', kinds: ['count'] };
  if (DISTANCE.test(folded)) return { unit: '米', kinds: ['count'] };
  if (PEOPLE.test(folded) || unit === '人' || unit === '名' || unit === '人次') return { unit: '人', kinds: ['count'] };
  if (PAYS.test(folded) && !/学生|孩子|娃|招生|小学|初中|高中|学校|幼儿园/u.test(folded)) return { unit: undefined, kinds: ['money', 'percent'] };
  if (/(?:百分点|几个点|个点)/u.test(folded)) return { unit: '百分点', kinds: ['percentage-point'], ...(!CHANGES_BY.test(folded) && { isShare: true }) };
  if (unit !== undefined && /^(?:天|日|小时|分钟|个月|月|年|周)$/u.test(unit)) return { unit, kinds: ['duration', 'date', 'year', 'time'] };
  if (unit !== undefined && unit !== '成' && unit !== '万' && unit !== '亿') return { unit, kinds: ['count', 'ordinal', 'rank'] };
  if (NUMBER.test(folded)) return { unit: undefined, kinds: ['count'] };
  if (PERCENT.test(folded.replace(NOW, ''))) return { unit: '%', kinds: ['percent', 'percentage-point'], ...(NOW.test(folded) && !CHANGES.test(folded) && { isLevel: true }) };
  return { unit: undefined, kinds: [] };
}

const ASKS_DAY = /几月|几号|哪[天年月日]|哪一[天年月日]|什么时候|何时|几点/u;

/** 几点关门: the hour, which a day doesn't tell; 几点要求 counts. */
const ASKS_CLOCK = /(?<![有这那哪讲提说写列])几点(?!要求|意见|建议|内容|措施|注意|规定|说明|原因|理由|好处|区别|提示|以上|是|需|值得|工作|任务)/u;

/** 几天内, 多久之内 */
const ASKS_DEADLINE = /(?:多久|多长时间|(?:几|多少)(?:个)?(?:年|月|天|日|小时|分钟|工作日|周))(?:之内|以内|内(?![容部]))/u;

/** 扣多少, 奖多少: money, or a share of it, where no money is named. */
const MONEY_OR_SHARE = /(?:补|奖|扣|减|拨)(?:减|给|了|掉|付|发)?多少(?:[?？,，。啊呀呢了]|$)/u;
const NAMES_MONEY = /钱|元|块|费|款|资金|金额/u;
/** Whether a share (扣减10%) would do as well, where no money is told. */
export const takesShare = (folded: string): boolean => MONEY_OR_SHARE.test(folded) && !NAMES_MONEY.test(folded);

/** What figure a folded question asks for; for `when` questions, a day or a span of time. */
export function parseAskedFigure(folded: string, kind: QuestionKind): AskedFigure {
  const asked = parseQuantity(folded);
  if (kind !== 'when') return asked;
  if (ASKS_CLOCK.test(folded)) return { unit: undefined, kinds: ['time'] };
  if (ASKS_DEADLINE.test(folded)) return { unit: asked.unit, kinds: ['duration'], isDeadline: true };
  return { unit: asked.unit, kinds: ASKS_DAY.test(folded) || !asksDuration(folded) ? ['date', 'year', 'time'] : ['duration'] };
}
