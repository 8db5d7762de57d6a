import { predicateOf } from '../question/predicate.ts';
import type { ReadingMatter } from '../evidence/reading.ts';
import type { ScoredSentence, WeightedTerm } from '../evidence/scoring.ts';
import { STANDS_NEAR } from './yes-no-candidate.ts';

/** Nouns that name no thing: what people only put a question in. */
const NAMES_NOTHING = new Set(
  '问题 日子 范围 之列 性质 世界 对头 层面 月份 年份 结论 对外 封顶 全额 双向 国家 面向 硬性 刚性 命令 块钱 家里 规矩 意思 道理 好处 坏处 关系 原因 理由 结果 效果 作用 机会 方法 方式 手续 流程 地点 事儿 人家 大家 老百姓 群众 本人 自己 自家 一分钱 白纸黑字 汇报 得出 条件 资格 额度 个人 部门 公家 上头 上面 下面 里面 外面 旁边 附近 当地 本地 外地 现场 网上 线上 线下 手头 眼下 日常 平常 全程 全天 整天 半天 白天 夜里 晚上 上午 下午 早上 中午 周末 平日 工作日 双休日 节假日'.split(' '),
);
/** 次数, 比例; or a wrong cut: 区用行. */
const NO_THING = /[数率量例度行成]$/u;
const ASKS = /能|可以|要(?!求)|会(?!议)|得|有|给|让|是|允许/u;
const SHORTEST = 2;

/** The things that a yes-no question puts to the test by their names, and which the notices never name: 有〔充电桩〕吗. */
export function findUntoldThings({ question, terms }: ReadingMatter, { clauses }: ScoredSentence): readonly WeightedTerm[] {
  const predicate = predicateOf(question.folded);
  // What stands before the verb that asks is of the case: 〔水管爆了〕能抢修吗.
  const from = Math.max(0, predicate.search(ASKS));
  return terms.filter(({ term: { text, isNoun, isGuess, isCommon, isBefore, isAside, role }, isUnheard }, index) =>
    isUnheard && isNoun && !isGuess && !isCommon && !isBefore && !isAside && role !== 'frame' && role !== 'figure' && role !== 'year' && text.length >= SHORTEST && !NAMES_NOTHING.has(text) && !NO_THING.test(text) && predicate.includes(text, from) && clauses.every(({ ownStrengths }) => (ownStrengths[index] ?? 0) < STANDS_NEAR));
}
