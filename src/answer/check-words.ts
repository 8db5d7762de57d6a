import { parseFigures } from '../text/figures.ts';
import { foldForMatching } from '../text/normalize.ts';
import { isStopWord } from '../text/segment.ts';
import type { AlignedClause, Alignment } from './alignment.ts';
import type { CitedText } from './cited-text.ts';
import { removeFrame, type ClaimClause } from './claim-words.ts';
import type { Problem } from './problems.ts';
import { tagWordsOnce } from './tagged-words.ts';

/** Share of a claim's letters, in words that mean something, that may stand nowhere in the cited text: a synonym or two. */
const TOLERANCE = 0.25;
/** The same for a clause of the claim. */
const CLAUSE_TOLERANCE = 0.4;

/** Words that a faithful sentence may use for one another. Those that differ in degree or sort (建设, 建成; 新建, 改扩建) are no such words. */
const SYNONYMS: readonly (readonly string[])[] = [
  ['教师', '老师'], ['覆盖面', '覆盖率', '覆盖'], ['比例', '占比', '比率', '率', '%'], ['项目', '工程'], ['投入', '投资', '资金'], ['增加', '新增', '增建', '增'],
  ['制定', '编制', '制订'], ['出台', '印发'], ['实施', '落实', '施行', '推行'], ['补助', '给予', '补贴'], ['下降', '降低'], ['提高', '提升'], ['改革', '改'],
  ['整治', '治理'], ['选派', '派出'], ['开设', '开'], ['建设', '建'], ['创建', '创成', '建设'], ['实现', '达到', '覆盖'], ['响应', '回应'], ['保持', '稳定'],
  ['期限', '有效期'], ['目标', '争'], ['发布', '公布'], ['推动', '推进'], ['至少', '以上'], ['建设', '新建'], ['担任', '兼任', '任组长'],
];

/** Sorts that must not be taken for one another: a claim that names one needs it in the cited text. */
const SORTS = new RegExp(
  [
    '幼儿园|(?<!中)小学|中小学生|中小学|初中|高中|中职|高职|职业院校|高校|大学|研究生|公办|民办|国家级|省级|市级|县级|区级|校级|城镇|农村|乡村|学生|教师|校长|家长|干部|在职|退休|新建|改扩建|迁建|扩建|增建',
    '新增|门诊|住院|近视|肥胖|上升|下降|增加|减少|提高|降低|扩大|缩小|引进|输出|首批|省本级|市本级|县本级|区本级|高级|中级|初级|正高|副高|副[一-龥]{2}|上午|下午|晚上',
    '每(?:学期|学年|个?月|年|周|日|天|季度|半年|次|生|人|户|餐)',
  ].join('|'),
  'g',
);
const SORT_STANDS_IN: Readonly<Record<string, RegExp>> = {
  小学: /(?<!中)小学/, 学生: /学生|中小学/, 教师: /教师|老师/, 增加: /增/, 新增: /新增|增建|增加/, 降低: /降/, 下降: /降/, 提高: /提高|提升/, 大学: /大学|学院/, 中小学生: /中小学生/,
  扩建: /扩建/, 新建: /新建|(?<!改扩建|迁建)建设(?=[^,|]{2})/, 减少: /减|降|少/, 家长: /家长|父母/, 每人: /每[人名位]/,
};

const GENERIC_END = /(?:工作|活动|建设|项目|情况|任务|方面|问题)$/;
/** Yes and no in a list are another check's. */
const DENIAL = /^[不没未]/;
const OFFICE = /.(?:局|厅|委|署|院|中心|协会|公司|政府|街道|中学|大学|医院|委员会)$/;

/** Nouns that a faithful sentence may bring along. */
export const GENERIC: ReadonlySet<string> = new Set(
  (
    '目标 任务 工作 内容 情况 方面 措施 要求 数量 总数 总量 规模 时间 日期 期限 范围 方式 计划 项目 ' +
    '指标 比例 占比 人员 名称 标准 规定 方案 文件 意见 办法 通知 重点 机构 单位 部分 数字 数值 事项 原文 条件 类型'
  ).split(' '),
);

/** What the claim says in words stands in the cited text, its headings or the notice's title. */
export function checkWords(claim: readonly AlignedClause[], cited: CitedText): Problem[] {
  const problems: Problem[] = [];
  const known = [cited.folded, cited.headings, cited.setting].join('\n');
  let all = 0;
  let unsupported = 0;
  for (const { clause, alignment } of claim) {
    const words = contentWords(clause.folded);
    const missing = words.filter((word) => !isSupported(word, known));
    const [size, lost] = [lengthOf(words), lengthOf(missing)];
    all += size;
    unsupported += lost;
    const strange = nounsOf(clause.folded).filter((word) => !isSupported(word, known));
    problems.push(...strange.map((found): Problem => ({ kind: 'unsupported', found })));
    if (size > 0 && lost / size > CLAUSE_TOLERANCE && lost > 2) problems.push({ kind: 'unsupported', found: missing.join(' ') });
    problems.push(...checkSorts(clause, alignment, cited), ...checkItems(clause, known));
  }
  if (problems.length === 0 && all > 0 && unsupported / all > TOLERANCE) {
    problems.push({ kind: 'unsupported', found: claim.map(({ clause }) => clause.written).join(',') });
  }
  return problems;
}

function checkSorts(clause: ClaimClause, { sources }: Alignment, cited: CitedText): Problem[] {
  const there = `${sources.map(({ folded, written }) => folded + written).join(',')},${cited.headings}`;
  const topics = new Set(sources.flatMap(({ topic }) => [...topic]));
  const missing = missingSorts(clause.folded, there).filter((word) => !(word.length === 2 && topics.has(word)));
  return missing.map((found) => ({ kind: 'subject', found }));
}

/** Levels and kinds that are named in folded text and not in the other. */
export function missingSorts(folded: string, there: string): string[] {
  const named = new Set([...folded.matchAll(SORTS)].map(([word]) => word));
  return [...named].filter((word) => !(SORT_STANDS_IN[word] ?? new RegExp(word)).test(there));
}

/** Items of a list, and the names of offices, can't be put in other words. */
function checkItems({ written }: ClaimClause, known: string): Problem[] {
  const items = written.includes('、') ? written.split(/[、和与及]/).flatMap((item) => wordsOf(foldForMatching(item))) : [];
  const offices = contentWords(foldForMatching(written)).filter((word) => OFFICE.test(word) && !known.includes(word));
  return [...offices, ...items.filter((word) => !DENIAL.test(word) && !isSupported(word, known))].map((found) => ({ kind: 'name', found }));
}

/** Things and kinds of things, but for words that fit any notice. */
export function nounsOf(folded: string): string[] {
  return tagWordsOnce(removeFrame(folded).replaceAll('|', ' | '))
    .filter(({ word, tag }) => word.length > 1 && /^(?:n|b|j|l|eng)/.test(tag) && !GENERIC.has(word) && !isStopWord(word))
    .map(({ word }) => word);
}

/** Words of two letters and more that mean something. */
export function wordsOf(folded: string): string[] {
  return contentWords(folded).filter((word) => word.length > 1);
}

function contentWords(folded: string): string[] {
  return tagWordsOnce(removeFrame(folded).replaceAll('|', ' | '))
    .filter(({ word }) => !isStopWord(word) && /[\p{L}\p{N}]/u.test(word) && parseFigures(word).length === 0)
    .map(({ word }) => word);
}

function isSupported(word: string, known: string): boolean {
  if (known.includes(word)) return true;
  // 前期工作 for what is called 前期 there.
  const bare = word.replace(GENERIC_END, '');
  if (bare.length >= 2 && bare !== word && known.includes(bare)) return true;
  const others = SYNONYMS.filter((group) => group.includes(word)).flat();
  if (others.some((other) => known.includes(other))) return true;
  return word.length >= 3 && word.length <= LONGEST_SHORTENED && isShortened(word, known);
}

/** Longer words aren't made by leaving letters out. */
const LONGEST_SHORTENED = 8;

/** 普惠园 for 普惠性幼儿园, 覆盖率 for 覆盖面: the letters in order and near one another, or all but one of them together. */
function isShortened(word: string, known: string): boolean {
  if (known.includes(word.slice(0, -1)) || known.includes(word.slice(1))) return true;
  const between = String.raw`[\p{L}]{0,3}`;
  return new RegExp([...word].map((letter) => letter.replace(/[^\p{L}\p{N}]/u, '.')).join(between), 'u').test(known);
}

function lengthOf(words: readonly string[]): number {
  return words.reduce((sum, word) => sum + word.length, 0);
}

