import type { Lexicon } from '../../corpus/lexicon.ts';
import { foldForMatching } from '../../text/normalize.ts';
import { tagWords } from '../../text/segment.ts';
import { TELLS_ERRAND, TELLS_SITE } from '../evidence/find-telling.ts';
import type { Question } from '../question/question.ts';
import { ASKS_HOW_OFTEN } from '../readers/read-frequency.ts';
import type { Reading } from '../evidence/reading.ts';

/** What is asked of a thing, by what name it is missed, and what a text holds that tells it. */
interface Asked {
  readonly asks: RegExp;
  /** Left out, it is missed as the question puts it. */
  readonly name?: string;
  readonly tells: RegExp;
}

/** A town or village by its name. */
const TOWN = /\p{Script=Han}{2,3}(?:镇|(?<!城)乡(?!村)|街道|村(?!级|民|集体)|社区)/gu;

/** Which body, or who, does it: 「归哪个股管」, 「由谁来修」. */
const ASKS_BODY = /(?:哪个|哪家|什么)(?:单位|部门|局|股|科室?|处室|机构)(?!的)|谁(?:来|去)?(?:管|罚|修|负责|牵头|审|批|承包|承办|运营|维护|处罚|检查|监督)/u;
const TELLS_BODY = /(?:经|由|报)\p{Script=Han}{1,12}(?:办(?![法理公事学])|院|所)|局|委|部门|厅|股|科|处室|办公室|机构|政府|协会|公司|中心|[总支大]队|法院|机关|单位|企业|学校|医院|村|社区|街道|站|办事处|由|负责|牵头|[长员师者人](?=[^\p{Script=Han}]|$|负责|组织|应)/u;

const ASKED: readonly Asked[] = [
  { asks: /电话(?:号码)?(?:是|为)?(?:多少|几)|号码(?:是|为)?(?:多少|几)|热线(?:是|为)?(?:多少|几)|打(?:什么|哪个|几|多少)(?:电话|号|热线)/u, name: '电话号码', tells: /\d{3,}/u },
  { asks: /(?:哪天|什么时候|何时|几号|多久)(?:能|会|才|可以|要)?(?:解除|结束|取消|停止|关闭|到期|终止)|(?:解除|结束|到期|终止)(?:的)?(?:时间|日期|是(?:哪天|什么时候))/u, name: '结束时间', tells: /解除|结束|取消|停止|关闭|到期|截止|终止|为止|有效期|[至到]\d/u },
  { asks: /(?:怎么|如何|怎样|咋)(?:样)?(?:去)?(?:注册|登录|下载|安装|激活|绑定|退款|充值|打印|开通|补办)/u, name: '办法', tells: /注册|登录|下载|安装|激活|绑定|退|充值|打印|开通|补办/u },
  { asks: /(?:建|搬|办|设|放|落|迁|位于)(?:在|到|于|至)?(?:了)?(?:哪(?:里|儿|个(?:镇|乡|县|区|村|街道|地方|位置|城市)|条(?:路|街|巷))|什么地方|啥地方|何处)/u, name: '地点', tells: TELLS_SITE },
  { asks: /(?:去|到|在|上)(?:哪(?:里|儿)?|什么地方|啥地方|何处)(?:去)?(?:办|领|买|报名|交|申请|登记|退|换(?!成)|开通|充值|取)/u, name: '地点', tells: TELLS_ERRAND },
  { asks: /(?:怎么|如何|怎样|咋)(?:样)?(?:个)?(?:被)?(?:处分|处罚|惩罚|惩处|追责|问责)|(?:有|受|给|挨)(?:到)?(?:什么|啥)(?:样的)?(?:处分|处罚|惩罚)/u, tells: /罚|处分|处以?\d|问责|追究|责任|撤销|取消|吊销|暂停|停[职业产课]|扣[减除分发]|责令|没收|拘留|约谈|通报|移送|警告|不得|名单/u },
  { asks: ASKS_BODY, tells: TELLS_BODY },
  { asks: ASKS_HOW_OFTEN, name: '频次', tells: /每|次|定期|经常|间隔|[周月季年]度|逐[日周月]|(?:全年|一年|年内).{0,8}[场期]/u },
  { asks: /(?<!引|考)(?:招|聘|招聘|招录|录用|录取|招收)(?:了|进|用)?(?:多少|几)(?:名|位|个)?\p{Script=Han}{0,4}?(?:老师|教师|教练|医生|护士|员工|职工|干部|工作人员|医务人员)/u, name: '招聘人数', tells: /招|聘|录[用取]|引进|吸纳/u },
  { asks: /为什么|为何|为啥|(?:理由|原因|缘由|缘故)(?:是|在)?(?:什么|啥|哪)?[呢啊]?[?？]?$/u, name: '原因', tells: /(?:^|[,，。;；:：])\s*为(?!主|期|止|准)|为了|因(?!地制宜|材施教)|由于|鉴于|依据|根据|以便|从而|旨在|目的|针对|暴露出|以确保|以满足|[,，](?:以)?(?:方便|便于|利于)|避免|防止|有利于|[,，、](?:以|进一步|切实|全面|不断)*(?:扩大|提高|提升|增强|促进|改善|保障|解决|满足|缓解|减轻)/u },
  { asks: /(?:钱|经费|资金|费用)(?:都|是|要|该|得)*(?:从|由)?(?:哪|谁|啥|什么)(?:里|儿|笔钱|个?渠道|方面)?(?:来|出|拿|掏|里)|谁(?:来)?(?:出钱|掏钱|买单|出资)|(?:经费|资金)来源/u, name: '经费来源', tells: /财政|资金|经费|承担|负担|列支|自筹|出资|支付|拨付|统筹|自理|由.{2,16}解决/u },
  { asks: /比(?:起)?(?:去年|上年|前年|往年|以前|之前|上一年)(?:同期)?(?:多|少|增|减|高|低|涨|降|快|慢)/u, name: '与上年的比较', tells: /比|较|上年|去年|同期|增|减|降|提高|上升|扩大|压减/u },
];

/** 哪条路, 哪个酒店: the sort of place or body asked for, and what its names end in. */
const SORTS: Readonly<Record<string, RegExp>> = {
  路: /路|街|巷|大道/u, 街: /街|路|巷/u, 镇: /镇|(?<!城)乡(?!村)|街道/u, 乡: /(?<!城)乡(?!村)|镇/u, 村: /村|社区/u, 酒店: /酒店|宾馆|饭店/u, 宾馆: /酒店|宾馆|饭店/u, 会场: /会场|会堂|会议中心|礼堂|剧院/u, 场馆: /馆|场|中心|公园|剧院|礼堂/u, 楼: /楼|层|室/u, 栋: /栋|幢|楼/u,
  医院: /医院|卫生院|诊所|门诊/u, 学校: /学校|中学|小学|幼儿园|学院|大学|高中|初中|[一二三四五六七八九十]中|园|校区/u, 大学: /大学|学院/u, 银行: /银行|信用社/u, 公司: /公司|集团|企业/u, 网站: /网站|网|平台|门户/u, 小区: /小区|社区|花园|家园|苑/u, 公园: /公园|广场/u, 车站: /站/u,
};
const SORT_ASKED = new RegExp(`(?:哪(?:一)?(?:个|条|家|座|所|栋|幢|间)|什么|啥)(${Object.keys(SORTS).join('|')})(?!长|面|区|费|政|理)|(?:在|设在|搬到|放)(?:哪(?:一)?)?(?:几|哪)(楼|栋)`, 'u');

/** 「园长叫啥名字」 is answered with a name of a person, 「校长是谁」 by that or by who is appointed. */
const ASKS_PERSON_NAME = /(?:长|主任|书记|老师|负责人|经理|专家)(?:的)?(?:叫|姓|名字|姓名)(?:是|叫)?(?:什么|啥|谁)/u;
const ASKS_HOLDER = /(?<office>[校园院局站所馆会组队镇乡县市村班]长|主任|书记|秘书长)(?:(?:是|叫)(?:谁|哪位)|(?:叫|姓)(?:什么|啥))/u;
/** 宣传部, which segmentation takes for a person's name. */
const NAMES_NO_PERSON = /[部局委办院校厅科处会站室所园镇乡县市村]$/u;
const TELLS_HOLDER = /(?<!主)任(?!务)|兼|由[^,，]|[：:]/u;

/** 「巩固率多少」: a rate by its name, which no other rate tells. */
const RATE = /(?<of>\p{Script=Han}{2})(?:比)?率/gu;
const SAYS_LITTLE = /^(?:[那这哪]个|完成|达标|合格|增长|增加|下降|提高|通过|达成|综合|平均|目标|利用|比|的)/u;

/** The rate that a folded question asks for by name where what would be said names neither it nor what it is of; undefined where it does. */
function findOtherRate(folded: string, cited: string, lexicon: Lexicon): string | undefined {
  const rates = [...folded.matchAll(RATE)].filter(({ groups }) => !SAYS_LITTLE.test(groups?.['of'] ?? ''));
  const isTold = ([rate]: RegExpExecArray): boolean => [rate.slice(0, 2), ...(lexicon.alternatives.get(rate) ?? []), ...(lexicon.alternatives.get(rate.slice(0, 2)) ?? [])].some((word) => cited.includes(word));
  return rates.length > 0 && !rates.some(isTold) ? rates[0]?.[0] : undefined;
}

/** 「黑名单上都有谁」: who stands on a list, which is told by names side by side. */
const ASKS_LISTED = /(?:哪些(?!情形|情况|行为|条件|问题|人员)|哪几家?|谁).{0,12}(?:上了?|进了?|列入了?|入选了?|登上了?).{0,4}名单|(?:上|进|列入|入选).{0,6}名单.{0,8}(?:有|是|叫)(?:哪些|哪几|谁|什么)(?!情|行为|条件)/u;
const TELLS_LISTED = /\p{Script=Han}{2}、\p{Script=Han}{2}|名单(?:如下|[:：])|情形|条件|下列|以下|的,/u;

/** 「刘某某的手机号」: what is somebody's own. */
const OPENS_WITH_NAME = /^(?:请问)?\p{Script=Han}{2,3}的/u;
const ASKS_OF_PERSON = /电话|手机|号码|邮箱|微信|职务|年龄|学历|多大|几岁/u;

const citedOf = (reading: Extract<Reading, { verdict: 'answered' }>): string => foldForMatching(reading.points.map(({ span }) => span.text).join(' '));

/** Whether what would be said names a place that the question doesn't. */
function namesPlace(cited: string, folded: string, lexicon: Lexicon): boolean {
  return [...lexicon.places].some((place) => cited.includes(place) && !folded.includes(place)) || [...cited.matchAll(TOWN)].some(([town]) => !folded.includes(town));
}

/**
 * What a question asks for by its sort (the reason, who pays, on which road), where nothing that would be said tells any such thing; undefined where it is told, or no
 * such thing is asked.
 */
export function findUntold({ folded, kind }: Question, reading: Extract<Reading, { verdict: 'answered' }>, lexicon: Lexicon): string | undefined {
  if (kind === 'yes-no') return undefined;
  const cited = citedOf(reading);
  if (ASKS_LISTED.test(folded) && !TELLS_LISTED.test(cited)) return '名单';
  if (kind === 'list') return undefined;
  const missed = ASKED.find(({ asks, tells, name: asked }) => asks.test(folded) && !tells.test(cited) && !(asked === '地点' && namesPlace(cited, folded, lexicon)));
  if (missed !== undefined) return missed.name ?? missed.asks.exec(folded)?.[0];
  const office = ASKS_HOLDER.exec(folded)?.groups?.['office'];
  if (office !== undefined && !cited.includes(office)) return '姓名';
  if ((ASKS_PERSON_NAME.test(folded) || (office !== undefined && !TELLS_HOLDER.test(cited))) && !tagWords(cited).some(({ word, tag }) => tag === 'nr' && !NAMES_NO_PERSON.test(word) && !folded.includes(word))) return '姓名';
  const person = ASKS_OF_PERSON.test(folded) && OPENS_WITH_NAME.test(folded) ? tagWords(folded).find(({ word, tag }) => tag === 'nr' && word.length > 1)?.word : undefined;
  if (person !== undefined && !cited.includes(person)) return person;
  const rate = reading.shape === 'figure' ? findOtherRate(folded, cited, lexicon) : undefined;
  if (rate !== undefined) return rate;
  const sort = SORT_ASKED.exec(folded);
  const name = sort?.[1] ?? sort?.[2];
  if (name === undefined || SORTS[name]?.test(cited) !== false) return undefined;
  return name;
}
