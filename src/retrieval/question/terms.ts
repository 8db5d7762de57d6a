import type { Lexicon } from '../../corpus/lexicon.ts';
import { parseFigures } from '../../text/figures.ts';
import { isCommonWord } from '../../text/common-words.ts';
import { isStopWord } from '../../text/segment.ts';
import { cutAtNames } from './cut-words.ts';
import { findScopeWords } from './scope-words.ts';
import { findTeller } from './told-by.ts';
import { findOpeningPlace, isPlace } from './places.ts';
import { createTerm } from './term.ts';
import type { Term, TermRole } from './term.ts';
import { findTurns } from './turns.ts';

const WEIGHTS = { content: 1, name: 1, place: 1, level: 1, year: 0.9, attribute: 1, figure: 0.8, ordinal: 0.8, sort: 0.8, frame: 0.2, single: 0.25 } as const;

/** What a question is made of besides its subject; taken out before it is cut into words. */
const SCAFFOLD =
  /[(（]?(?:带|有|含)书名号(?:的)?[)）]?|散(?:落|布)?在(?:全文|各个?(?:部分|处|章)|各处)?(?:里|中)?(?:的)?|(?:请|都|也|要|帮我)*(?:找齐|找全|列齐|列全|一并列出|一次(?:性)?列)|从头到尾|前前后后|通篇|全篇|(?:整份|整篇|全)(?:文件|通知|文|篇)(?:里|中)?|(?:写|注|标|点)明|哪几大|几大(?=\p{Script=Han}{2})|(?<=\p{Script=Han}{3})(?<!(?<!中)心|家|手|城|村|屋|嘴|眼|夜)(?:里面|里头|里边|里)(?=[,，]|$|有|的)|哪(?:一)?(?:级|档|类|层)|[,，;；]?(?:可)?(?:别|不要|勿)(?:跟|和|把|与)?.{0,10}?(?:搞混|弄混|混淆|搞错|弄错)(?:了)?|(?:我)?(?:的)?(?:报表|报告|材料|表格|汇报|总结)(?:里|上|中)?(?:要|该|应该|得)?(?:怎么|咋|如何)?(?:填|写|报|用)(?!了)|全部(?:列|说|讲)(?:一)?(?:下|出来)?|(?:给我)?(?:拉|列|出)(?:个|一个|张|份)?(?:清单|单子|表)|来着|会(?=怎样|怎么|咋|如何|有什么|有啥|受到?什么)|(?<=[人谁些的样])(?:才)?算(?:是|作|得上)?(?=\p{Script=Han})|^那(?:么|个)?|下一步|请问|请教|麻烦(?:问|帮)?(?:一下)?|想(?:问|知道|了解|查)(?:一?下)?|帮(?:我|忙)?(?:查|找|看|问)?(?:一?下)?|(?:查|找|看|问|说|讲|列|介绍|汇总|整理|罗列)(?:一下|下|一查)|告诉我|咱们?(?:市里|这里|这儿|这|那)?|我们?(?:市里|这里|这儿|这|那)?|有(?:哪些|哪几[个项种条所]?|哪|啥|没有)|是不是|能不能|会不会|要不要|算不算|可不可以|可以|需不需要|对不对|(?:这|本|该)(?:些|个|项|份)?(?:政策|措施|规定|办法|条例|细则|意见|计划|方案)(?=[吗呢吧么?？,，的]|$)|(?:个|些|点)(?=什么|啥)|(?:那|这)(?:句话|句|段话|段|条|批|群|种|些)|多少(?:辆(?=车)|[台张条](?=\p{Script=Han}{2}))|最(?:起码|贵|便宜|多(?!跑)|少|高|低(?!生活|工资)|快|慢|迟|晚|大|长)(?:能|要|得|可以|会)?|起码|至少(?=得|要|有|多少|几)|(?<=\p{Script=Han})(?<![达得])到(?=什么时候|啥时候|何时|哪[年月天日]|几[年月号天点岁]|多[少大久])|(?<=[哪几](?:年|天|日|月|号|点|时候)|什么时候|啥时候)为止|(?:封顶|上限|下限|顶格|底线|天花板)(?:线|价)?(?=[\s是为要能给罚补奖收交付花掏领拿借到定]{0,4}(?:多[少大高低长]|几))|什么时候|什么时间|啥时候|为什么|多长时间(?:以内|之内|内(?![容部]))?|百分之多少|百分之几|第几(?:大)?(?:部分|章|条|项|点|段)?|多少(?:天|日|年|个月|小时|分钟|个工作日)?(?:以内|之内|内(?![容部]))?|(?:几|多少)块(?:钱)?(?!地|田|牌|屏)|多久(?:以内|之内|内(?![容部]))?|(?:按|以|有|到)?多[大高深宽厚重远快](?:的)?(?!型|数|学|家|会)|有?什么|怎么(?:样|个|办)?|怎样|如何|咋(?:样|整|办)?|为何|为啥|哪(?:一|两|几|三|四|五|六)?(?:些|个|年|天|里|儿|项|条|部分|块|段|处|所|家|种|类|章|方面|本|点)?|(?:打)?几(?:个|所|名|家|门|项|件|次|年|天|月份|月|号|成|折|处|时|点|分(?!之|钟|项|类|级|期|店|公司)|本|种|条|座|台|张|支|公里|克|级|人)?(?:以内|之内|内(?![容部]))?|谁|啥|是否|能否|可否|吗|呢|吧|嘛|啊|呀|哦|嗯+|呃|那个(?=[,，])|对吧|对吗|(?:一共|总共|合计|具体|到底|究竟|大概|一般(?=要|得|多|在|是|几|怎|有|什)|分别|现在|目前|马上|以后|后面|这头|那头|[两二三四五六七八九十]+(?:个|大)?(?:方面|板块)(?=(?:分别)?(?:是|有|指|包括))|这块|那块|这边|那边|这儿|这里|里面|里头|这事儿|这件事|这篇|这个|那个|这份|本文件|该文件|通知里|文件里|文中|通知中|文件中|文件)|不$|没$/gu;

/** Modal words that would stick to the word behind them (要建, 还要, 做些). */
const MODAL = /(?<![重需主必纪摘索])要(?![求闻点素领])|(?<![可功职技智潜才性节动热产失])能(?![力源够量手耗级])|(?<=\p{Script=Han})些(?!许)|(?<![取获值觉不所显难记懂心赢使非必博来看听做跑晓舍])得(?=具备|满足|符合|达到|准备|提供|提交|带|交(?!流|通|易|往)|先|自己)|(?:还|也|(?<![成莲首])都|就(?![业诊医读近餐学地任])|再(?!生)|又|已经|正在)(?=\p{Script=Han})/gu;
/** 改罚多少, 各补多少: the verb before 多少 stands by itself. */
const PAYS = /(罚|补|奖|赔|扣|缴|交|花|砸|拨|退|收|投)(?:了|过)?(?=(?:多少|几)(?!何|次|种))/gu;
/** 一天〔下多少雨〕, 一年〔生几次〕, where segmentation would see 天下 and 一年生. */
const SPAN_BEFORE_VERB = /(?<=[一每半几两])[天年](?=[下生](?:多少|几))/gu;
/** What rains in a day is told of 24 hours. */
const RAINS_A_DAY = /[一每](?:天|昼夜)(?=[里内]?(?:要|会)?[下降]?(?:多少|几|多大的?)(?:毫米)?的?雨)/gu;
/** 「是力争还是必须」: what stands there is asked, so that neither word is looked for. */
const COMMITMENTS = '(?:力争|争取|计划|必须|要求|务必|一定|达到|完成|硬性|强制|确保|努力|预期|约束性|鼓励|支持|探索|试点|推动|目标)';
const EITHER_COMMITMENT = new RegExp(`(?:是|算|属于)?(?:要)?${COMMITMENTS}(?:要|得)?(?:的|到|做到|达到|完成|指标)?[,，]?还是(?:要|只是)?${COMMITMENTS}(?:要|得)?(?:的|到|做到|达到|完成|指标)?`, 'gu');
const A_NOT_A = /(\p{Script=Han})不\1/gu;

const FRAME_WORDS = new Set(
  (
    '盘子 口径 意思 意图 原话 措辞 提法 表述 字眼 名头 说头 来头 今年 本年 本年度 全年 年度 年内 当年 目标 要求 指标 任务 计划 规定 情况 内容 文件 通知 方案 工作 方面 数量 比例 占比 达到 达 完成 定 写 提 讲 说 提到 写到 点名 说法 要 得 给 做 搞 弄 抓 办 ' +
    '占到 定在 定为 讲到 全部 所有 清单 量化 情形 动作 回 那块 这块 那件 这件 推进 推动 降到 升到 涨到 压到 减到 增到 提到 提高到 增加到 下降到 控制到 控制在 起来 出来 下来 下去 上去 过来 过去 换成 变成 原来 原先 之前 既然 摊到 拿到 拿下 安排到 想着 看看 听说 据说 加强 开展 落实 完善 建设 建立 健全 深化 实施 提升 提高 强化 做好 进一步 组织 支持 安排 打算 准备 采取 措施 举措 做法 办法 行动 下一步 重点 主要 相关 有关 继续 增加 新增 需要 应该 应当 必须 一定 属于 ' +
    '进行 部分 一部分 分成 分为 列了 位置 出处 一段 一条 一项 一块 句话 那句 出自 归 放 占 标准值 最少 至少 最多 最高 最低 不低于 不超过 左右 以上 以下 以内 之内 之前 之后 超过 低于 高于 名额 人数 总数 数 人 名 个 所 家 门 项 件 次 条 座 台 张 元 钱 亿 万 年 月 日 天 岁 率 ' +
    '政府 市里 市 省里 省 县里 县 区里 镇里 乡里 村里 校里 区 全市 全省 全县 局里 局 单位 地方 名字 名称 全称 叫 叫做 东西 事 事情 时候 时间 定的 是 算 想 会 能 再 还 也 都 只 就 只要 总 总的 某 各 每 一年 一个 每个 每年 每人 一次 标准 水平 程度 现有 共有 列出 列举 部署 提出 明确 设定 规定的 拟 须 是否 其 其中 本次 该项 涉及 实际 实际上 排名 要求的 目标值 任务量 整体 阶段 期间 时期 领域 群体 人员 对象 具体 一下 硬指标 硬任务 硬要求 硬性任务 硬性要求 死任务 死指标 死命令 已经 了 有人 管管 教教 怎么个 法 全力 加快 大力 冲到 冲刺到 保住 稳住 守住 往下压 往上提 压低 拉高 补到 干到 扩到 稳定在 截止'
  ).split(/\s+/),
);

const YEAR = /(?<!\d)(?:19|20)\d{2}(?:年)?(?!\d|行动|规划|远景|愿景|战略|纲要)/gu;
/** 「比去年多多少」 asks for the change, which a notice may tell without naming the year. */
const COMPARED_YEARS = /(?:(?<![占百])比|跟|和|与|同|较)(?:起)?(?:去年|上年|上一年|往年|之前|以前|原来)(?:同期)?(?:相比|比较|比)?/gu;
const RELATIVE_YEARS = /去年|前年|上年|明年|后年|[上下]一年(?!级)|往年|历年/gu;
/** 「去年参加过的今年还能报吗」: what somebody has done before, whatever the year; a notice writes 往年 or 已…过. */
const DONE_BEFORE = /(?:去年|前年|上一?年|前几年)(?=[^,，的]{0,12}(?:过|了|被|得|没|通过|(?<!年)的)[^?？]{0,24}(?:今年|还|再)[^?？]{0,8}(?:能|可以|要|用|得|算|行|报|领|参加|申请))/u;
const BEFORE = createTerm({ text: '往年', role: 'year', weight: 0.3, alternatives: ['以往', '此前', '已', '曾', '上年', '上一年', '历年', '去年', '重复', '每年', '逐年', '延续', '重新'] });
/** Segmentation keeps 9月30日 whole, but not 9月底. */
const PART_OF_MONTH = /\d{1,2}月(?:底|初|末|[上中下]旬)/gu;
/** 目标值, 任务量, 总数: what any figure may be called. */
const FRAME_MEASURE = /^(?:目标|任务|指标|计划|要求|规定|标准|总|数|金|名|人|比|具体)(?:值|量|数|额|度|例|率)$/u;
const GRADE = /^(?:[一二三四五六特甲乙丙]级|[a-z][类级档]?)$/u;

/** 电话, and 咨询电话 too. */
function isAttribute(word: string, lexicon: Lexicon): boolean {
  return lexicon.attributes.has(word) || (word.length > 2 && !lexicon.alternatives.has(word) && (lexicon.attributes.has(word.slice(-2)) || lexicon.attributes.has(word.slice(-3))));
}

/** 各县区, 各乡镇: all of them, so that none is missed. */
const DISTRIBUTES = /^各(?:个)?(?:县|市|区|县区|区县|县市区|地|地区|乡镇|镇街|街道|部门|单位|市县)$/u;

/** 三百多, 六十多岁: what no notice writes. */
const NUMERAL = /^[一二两三四五六七八九十百千]+多(?:周?岁|[人户名头亩家天])?$/u;

/** A word and the classifier-like or frame words around it don't discriminate; names, places and levels do. */
function classify(word: string, tag: string, lexicon: Lexicon): TermRole {
  if (DISTRIBUTES.test(word)) return 'frame';
  // 12345 may be what a thing is called, 83 is not.
  if ((/^\d/u.test(word) && !/^\d{3,}$/u.test(word)) || NUMERAL.test(word)) return 'figure';
  if (isPlace(word, tag, lexicon)) return 'place';
  if (isAttribute(word, lexicon)) return 'attribute';
  if (lexicon.levels.has(word)) return 'level';
  if (lexicon.names.has(word) || GRADE.test(word)) return 'name';
  return FRAME_WORDS.has(word) || FRAME_MEASURE.test(word) ? 'frame' : 'content';
}

/** Parts of speech (in jieba's tags) whose words are chosen freely: verbs, adverbs, adjectives, pronouns, idioms. */
const LOOSE_TAG = /^(?:v|d|a|ad|z|r|l|i|f|t|c|p|u|y|e|o)$/u;
/** What the dictionary doesn't know and is short is more often a wrong cut than a word. */
const isWrongCut = (word: string, tag: string): boolean => tag === 'x' && word.length <= 2;
const MOST_REWRITES = 8;
/** 投资额 is 投资. */
const MEASURE_SUFFIX = /^.{2,}[额数量]$/u;

/** 养护费 is what is paid for 养护. */
const WORK_FEE = /^(养护|管护|维护|保养|保洁|清运|维修|运维|运行|管理|看护|护理|监测|检测|培训|宣传|租赁|运输)费用?$/u;

/** Beginnings and ends of a word from two characters on, the longest first. */
function partsOf(word: string): string[] {
  const parts: string[] = [];
  for (let length = word.length - 1; length >= 2; length -= 1) parts.push(word.slice(0, length), word.slice(-length));
  return parts;
}

/** 脱贫户: people are called by what they are in more ways than one. */
const OF_PEOPLE = /^(脱贫|低保|特困|困难|贫困|搬迁|移民|残疾|退捕|失地|低收入)户$/u;
const PEOPLE = ['家庭', '人口', '人员', '劳动力', '对象', '群众'];

/** What a notice may have written: the lexicon's words for the term, or for a part of it (住院病人 → 住院患者). */
function findAlternatives(word: string, lexicon: Lexicon): readonly string[] {
  const known = lexicon.alternatives.get(word);
  const work = WORK_FEE.exec(word)?.[1];
  if (work !== undefined) return [...(known ?? []), work, ...(lexicon.alternatives.get(work) ?? [])];
  const stem = word.slice(0, -1);
  const people = OF_PEOPLE.exec(word)?.[1];
  if (people !== undefined) return [...new Set([...(known ?? []), ...PEOPLE.map((name) => `${people}${name}`)])];
  if (known === undefined && MEASURE_SUFFIX.test(word) && lexicon.vocabulary.has(stem)) return [stem, ...(lexicon.alternatives.get(stem) ?? [])];
  if (known !== undefined || word.length < 3) return known ?? [];
  const rewrites: string[] = [];
  for (const part of partsOf(word)) {
    for (const other of lexicon.alternatives.get(part) ?? []) if (rewrites.length < MOST_REWRITES) rewrites.push(word.replace(part, other), ...(lexicon.spoken.has(part) && other.length > 1 ? [other] : []));
  }
  return rewrites;
}

/** 一部补多少 asks for each: 每部补助20万元. */
const ONE_OF = /^一(个月|个(?:班|人|学生|孩子|村|社区|镇|乡镇|街道|学校|单位|家庭|企业|点|站|房间)|届|部|桌|人|天|亩|套|户|次|件|辆|张|门|所|名|位|家|棵|间|台|床|户|斤|吨|公里|小时|平米|平方|平方米)$/u;

/** 「一平米一个月补多少」 */
const FOR_EACH = /(?<![第哪每])一(?:(个(?:月|班|人|学生|孩子|村|社区|镇|乡镇|街道|学校|单位|家庭|企业|点|站|房间)|平米|平方米|平方)(?=[^,，。?？]{0,8}(?:多少|几))|(公里|小时|吨|亩)(?=[^,，。?？]{0,8}(?:多少|几[块元毛])))/gu;

/** 日供水规模, 日处理能力: so much a day. */
const BY_DAY = ['日供', '日处理', '日产', '日接', '日客', '日发', '日用', '日取'];

/** What a notice writes for one of a thing; empty where the word is none. */
function writeEach(word: string): readonly string[] {
  const unit = ONE_OF.exec(word)?.[1];
  if (unit === undefined) return [];
  if (unit === '个月') return ['每月', '每个月', '按月', '月均', '/月', '一个月'];
  if (unit.startsWith('个')) return [`每${unit.slice(1)}`, `每${unit}`, `单${unit}`, ...(unit === '个人' ? ['每名', '每位', '个人', '人均'] : [])];
  return unit === '天' ? ['每天', '每日', '单日', '日均', ...BY_DAY] : unit.startsWith('平') ? ['每平方米', '每平米'] : [`每${unit}`, `单${unit}`];
}

/** What people say for 完成, 开展 or 以上 says as little as these. */
const putsFrame = (word: string, alternatives: readonly string[], lexicon: Lexicon): boolean => lexicon.phrases.has(word) && alternatives.length > 0 && alternatives.every((other) => FRAME_WORDS.has(other));

/** Who asks, or for whom, in the asker's own life: a notice speaks of them as residents or relatives. */
const KIN = /^(?:[我你他她]|我家)?(?:[表堂][哥弟姐妹]|[哥弟姐妹爸妈姑姨舅叔伯爷]|哥哥|弟弟|姐姐|妹妹|爸爸|妈妈|姑姑|阿姨|舅舅|叔叔|伯伯|老[爸妈]|男朋友|女朋友|同事|同学|朋友|邻居|亲戚|爷爷|奶奶|外公|外婆|姥姥|姥爷|婆婆|公公|岳父|岳母|侄子|侄女|外甥|孙子|孙女)$/u;

function toTerm(word: string, tag: string, { near, far, sort }: Around, lexicon: Lexicon): Term {
  const alternatives = findAlternatives(word, lexicon);
  const known = putsFrame(word, alternatives, lexicon) ? 'frame' : classify(word, tag, lexicon);
  const each = writeEach(word);
  const role = known === 'content' && (each.length > 0 || (sort !== '' && sort.startsWith(word))) ? 'sort' : known;
  const isSingle = word.length === 1 && role === 'content';
  const teller = role === 'attribute' ? findTeller(word) : undefined;
  return createTerm({
    text: word, role, weight: isSingle ? WEIGHTS.single : WEIGHTS[role], alternatives: each.length > 0 ? each : alternatives, broader: lexicon.broader.get(word) ?? [],
    isNextToAsked: role === 'attribute' ? far.includes(word) : (role === 'content' || role === 'sort') && near.includes(word), isLoose: role === 'content' && (LOOSE_TAG.test(tag) || isWrongCut(word, tag)),
    isCommon: role === 'content' && isCommonWord(word, tag) && !lexicon.phrases.has(word),
    isNoun: tag.startsWith('n') || tag === 'eng' || (tag === 'x' && word.length > 2),
    isGuess: isWrongCut(word, tag),
    isAside: role === 'content' && KIN.test(word),
    teller,
  });
}

const ASKED = /(?:多少|几)(?:个|小时|分钟|工作日|天|日|周|年|月)*(?:之内|以内|内(?![容部]))(?:必须|应该|应当|就|才|能|得|要|会|可以)*|多少|多[大高长宽重快远深厚]|百分之|什么时候|什么|哪(?:个|些|几|两|项|种|天|年|里)?|谁|怎么|怎样|如何|咋|有吗|有没有|几/u;
/** How near, in characters, a word stands to what is asked; a property asked for by name (电话, 牵头) may stand further off. */
const ASKED_REACH = { word: 4, attribute: 9 } as const;

interface Around {
  readonly near: string;
  readonly far: string;
  /** What stands right behind 哪些 or 什么: the sort of thing that answers, not what it is about. */
  readonly sort: string;
}

const SORT = /(?:多[大高深宽厚重远快]|什么|啥|哪(?:几|些|两|三|四)?(?:个|所|家|项|种|类|条|本|位|名|门|件|方面)?|几(?:个|所|家|项|种|类|条|本|位|名|门|件))(?:样的|的)?(\p{Script=Han}{2,4})(?=[?？,，。]|$)/u;

/** 报修后〔几天内修好〕: what is asked for stands behind alone. */
const AFTER = /(?:后|之日起|[以之]后起?)[,，]?$/u;

/** What stands around the interrogative. */
function readAround(folded: string): Around {
  const match = ASKED.exec(folded);
  const isDueAfter = match !== null && AFTER.test(folded.slice(0, match.index)) && /\p{Script=Han}/u.test(folded.slice(match.index + match[0].length));
  const cut = (reach: number): string => (match === null ? '' : folded.slice(isDueAfter ? match.index : Math.max(0, match.index - reach), match.index + match[0].length + reach));
  return { near: cut(ASKED_REACH.word), far: match === null ? folded : cut(ASKED_REACH.attribute), sort: SORT.exec(folded)?.[1] ?? '' };
}

/** The words of a folded question, each once, in order, with what they do in it. */
export function parseTerms(folded: string, lexicon: Lexicon): Term[] {
  const terms = new Map<string, Term>();
  const add = (term: Term): void => {
    if (!terms.has(term.text)) terms.set(term.text, term);
  };
  const around = readAround(folded);
  let rest = folded.replace(EITHER_COMMITMENT, ' ').replace(COMPARED_YEARS, ' ').replace(RAINS_A_DAY, '24小时 ');
  if (DONE_BEFORE.test(rest)) {
    add(BEFORE);
    rest = rest.replace(DONE_BEFORE, ' ');
  }
  const hasYear = new RegExp(YEAR).test(rest);
  for (const pattern of [YEAR, RELATIVE_YEARS]) {
    if (hasYear && pattern === RELATIVE_YEARS) {
      rest = rest.replace(pattern, ' ');
      continue;
    }
    for (const [year] of rest.matchAll(pattern)) add(createTerm({ text: /^\d/u.test(year) ? year.replace(/年$/u, '') : year, role: 'year', weight: WEIGHTS.year }));
    rest = rest.replace(pattern, ' ');
  }
  for (const { said, term } of findTurns(rest)) {
    add(term);
    rest = rest.replace(said, ' ');
  }
  for (const [said] of rest.matchAll(FOR_EACH)) {
    const texts = writeEach(said);
    if (texts[0] === undefined) continue;
    add(createTerm({ text: texts[0], role: 'sort', weight: WEIGHTS.sort, alternatives: texts.slice(1) }));
    rest = rest.replace(said, ' ');
  }
  for (const [text] of rest.matchAll(PART_OF_MONTH)) {
    add(createTerm({ text, role: 'figure', weight: WEIGHTS.figure }));
    rest = rest.replace(text, ' ');
  }
  for (const { text, role, alternatives } of findScopeWords(rest)) {
    add(createTerm({ text, role, weight: WEIGHTS[role], alternatives, isNoun: true }));
    rest = rest.replace(text, ' ');
  }
  for (const [text, place = ''] of rest.matchAll(/([省市县])一级/gu)) {
    add(createTerm({ text, role: 'name', weight: WEIGHTS.name, alternatives: [`${place}级`], isNoun: true }));
    rest = rest.replace(text, ' ');
  }
  const opening = findOpeningPlace(rest, lexicon);
  if (opening !== undefined) {
    add(createTerm({ text: opening, role: 'place', weight: WEIGHTS.place }));
    rest = rest.replace(opening, ' ');
  }
  for (const { kind, text, start } of parseFigures(rest.replace(/哪一(?=[级档类层])/gu, '哪'))) if (kind === 'ordinal' && text !== '一届' && !lexicon.alternatives.has(rest.slice(start, start + text.length + 1))) add(createTerm({ text, role: 'ordinal', weight: WEIGHTS.ordinal }));
  for (const part of rest.replace(A_NOT_A, '$1').replace(PAYS, ' $1 ').replace(SPAN_BEFORE_VERB, '$& ').replace(SCAFFOLD, ' ').replace(MODAL, ' ').split(/[^\p{L}\p{N}+%.]+/u)) {
    for (const { word, tag } of cutAtNames(part, lexicon)) {
      // 非住宅, which segmentation cuts in two.
      const whole = word.length > 1 && part.includes(`非${word}`) ? `非${word}` : word;
      if (!isStopWord(word) || lexicon.vocabulary.has(word)) add(toTerm(whole, tag, around, lexicon));
    }
  }
  return [...terms.values()];
}
