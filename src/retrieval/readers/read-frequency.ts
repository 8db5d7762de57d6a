import { findFirmMisses } from '../evidence/firm-misses.ts';
import { citeClauses, findKnownMisses, widenClause } from '../evidence/reading.ts';
import type { Reading, ReadingMatter } from '../evidence/reading.ts';

/** How often something is done: 多久更新一次, 一年几次. */
export const ASKS_HOW_OFTEN = /(?:多久|多长时间|(?:几|多少)(?:天|周|个?月|年|分钟|个?小时)).{0,8}一(?:次|回|趟|遍|班)|(?:一年|每年|一个月|每月|一周|每周|一学期)(?:要|得|至少)?.{0,6}(?:几|多少)(?:次|回|趟)/u;
const TELLS_HOW_OFTEN = /每(?:个|隔)?(?:\d+|[一二两三四五六半])?(?:个)?(?:年|学期|学年|季度?|月|旬|周|星期|天|日)|[年月周日]均|逐[日周月]|(?:全年|一年|年内).{0,8}(?:\d+|[一二两三四五六])(?:次|期|场)/u;
/** 「多久一趟」 asks for an interval, which 每日 isn't. */
const ASKS_INTERVAL = /一(?:趟|班)|分钟/u;
const TELLS_INTERVAL = /间隔|每隔?\d+(?:至\d+|-\d+)?(?:分钟|个?小时)|\d+(?:分钟|个?小时)(?:一|1)(?:趟|班|次)/u;
const [BY_DAY, BY_NIGHT] = [/白天|日间|昼间/u, /晚上|夜间|夜里|晚间/u];
const ENOUGH = 0.4;
const LOOKED_AT = 6;

/** Reads how often something is done, which need be no figure (每季度); undefined where the question asks something else, or it isn't told. */
export function readFrequency(matter: ReadingMatter): Reading | undefined {
  const { folded } = matter.question;
  if (!ASKS_HOW_OFTEN.test(folded)) return undefined;
  const tells = ASKS_INTERVAL.test(folded) ? TELLS_INTERVAL : TELLS_HOW_OFTEN;
  const isOther = (text: string, asked: RegExp, other: RegExp): boolean => asked.test(folded) && other.test(text) && !asked.test(text);
  const isOfOtherPart = (text: string): boolean => isOther(text, BY_DAY, BY_NIGHT) || isOther(text, BY_NIGHT, BY_DAY);
  const told = matter.sentences.slice(0, LOOKED_AT).flatMap((sentence) => sentence.clauses.flatMap((clause, index) => (tells.test(clause.clause.text) && !isOfOtherPart(clause.clause.text) && clause.coverage >= ENOUGH && findFirmMisses(matter, clause.strengths).length === 0 && findKnownMisses(matter, clause.strengths).length === 0 ? [{ sentence, index, clause }] : [])));
  const best = told.toSorted((left, right) => right.clause.score - left.clause.score)[0];
  if (best === undefined) return undefined;
  const [from, to] = widenClause(matter, best.sentence, best.index, () => true);
  return { verdict: 'answered', shape: 'sentences', points: [{ span: citeClauses(best.sentence, from, to) }] };
}
