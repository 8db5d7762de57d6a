import type { ReadingMatter } from './reading.ts';
import type { ScoredSentence } from './scoring.ts';

export const ASKS_DOCUMENTS = /文件|意见|方案|规划|办法|通知|纲要|制度文件|政策/u;
/** What is done to documents; says nothing of what they are about. */
const ISSUES = /^(?:出台|制定|编制|印发|起草|发布|制订|修订|编)$/u;
/** Words for quantified targets. */
export const ASKS_TARGETS = /指标|(?:哪些|什么|有)数字|量化|目标值|(?<!监测|检测|统计|公共|政务|个人|企业|相关)数据(?!局|办|中心|共享|平台|安全|造假|资源|(?:[要得该应都]|应当|多久|怎么)*(?:录|上?传|填|上?报|存|归集|采集|更新|[由归向]))|任务指标|百分比|百分数/u;

/** An outline heading that holds this share of the question names the list. */
export const NAMES_LIST = 0.6;

export const isHeading = (scored: ScoredSentence): boolean => scored.sentence.sentence.isHeading;
/** By notice, and by place in it. */
export const inOrder = (sentences: readonly ScoredSentence[]): ScoredSentence[] =>
  sentences.toSorted((left, right) => left.sentence.source.noticeId.localeCompare(right.sentence.source.noticeId) || left.sentence.sentence.start - right.sentence.sentence.start);

/** Share of the content words that the sentence itself holds, words of the kind asked for (指标, 文件) left out. */
export function topicShare(matter: ReadingMatter, scored: ScoredSentence, around: boolean): number {
  const counted = matter.terms.flatMap(({ term, weight }, index) => (term.role === 'frame' || ASKS_TARGETS.test(term.text) || ASKS_DOCUMENTS.test(term.text) || ISSUES.test(term.text) ? [] : [{ weight, index }]));
  const total = counted.reduce((sum, { weight }) => sum + weight, 0);
  if (total === 0) return around ? 1 : 0;
  const strength = (index: number): number => (around ? (scored.strengths[index] ?? 0) : Math.max(0, ...scored.clauses.map(({ ownStrengths }) => ownStrengths[index] ?? 0)));
  return counted.reduce((sum, { weight, index }) => sum + weight * strength(index), 0) / total;
}
