import { findFirmMisses } from './firm-misses.ts';
import { citeClauses, findKnownMisses, widenClause } from './reading.ts';
import type { Reading, ReadingMatter } from './reading.ts';

/** How often something is done: 多久更新一次, 一年几次. */
export const ASKS_HOW_OFTEN = /(?:多久|多长时间|(?:几|多少)(?:天|周|个?月|年|分钟|个?小时)).{0,8}一(?:次|回|趟|遍|班)|(?:一年|每年|一个月|每月|一周|每周|一学期)(?:要|得|至少)?.{0,6}(?:几|多少)(?:次|回|趟)/u;
const TELLS_HOW_OFTEN = /间隔(?:时间|时长)?(?:约|大约|为|是|不超过)*\d+|每隔?\d+(?:至\d+)?(?:分钟|小时)|每(?:个|隔)?(?:\d+|[一二两三四五六半])?(?:个)?(?:年|学期|学年|季度?|月|旬|周|星期|天|日)|[年月周日]均|逐[日周月]|(?:全年|一年|年内).{0,8}(?:\d+|[一二两三四五六])(?:次|期|场)/u;
const ENOUGH = 0.4;
const LOOKED_AT = 6;

/** Reads how often something is done, which need be no figure (每季度); undefined where the question asks something else, or it isn't told. */
export function readFrequency(matter: ReadingMatter): Reading | undefined {
  if (!ASKS_HOW_OFTEN.test(matter.question.folded)) return undefined;
  const told = matter.sentences.slice(0, LOOKED_AT).flatMap((sentence) => sentence.clauses.flatMap((clause, index) => (TELLS_HOW_OFTEN.test(clause.clause.text) && clause.coverage >= ENOUGH && findFirmMisses(matter, clause.strengths).length === 0 && findKnownMisses(matter, clause.strengths).length === 0 ? [{ sentence, index, clause }] : [])));
  const best = told.toSorted((left, right) => right.clause.score - left.clause.score)[0];
  if (best === undefined) return undefined;
  const [from, to] = widenClause(matter, best.sentence, best.index, () => true);
  return { verdict: 'answered', shape: 'sentences', points: [{ span: citeClauses(best.sentence, from, to) }] };
}
