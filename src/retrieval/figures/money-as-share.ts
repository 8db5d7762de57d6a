import { findFirmMisses } from '../evidence/firm-misses.ts';
import { citeClauses } from '../evidence/reading.ts';
import type { Point, ReadingMatter } from '../evidence/reading.ts';
import { figuresOf } from '../evidence/scene.ts';

/** So much of the question must stand in the clause itself: it can be about nothing else. */
const ALL = 0.9;
/** 按80%发放, 按工资的60%计发 */
const BY_SHARE = /按(?:照)?[^,，]{0,12}$/u;

/** The share by which a sum of money is told, where the best sentence holds all that is asked and names no sum: 试用期工资按80%发放. */
export function findMoneyAsShare(matter: ReadingMatter): Point | undefined {
  const [best] = matter.sentences;
  if (matter.question.asked.unit !== '元' || best === undefined || findFirmMisses(matter, best.strengths).length > 0) return undefined;
  const index = best.clauses.findIndex(({ own }) => own >= ALL);
  const clause = best.clauses[index]?.clause;
  const [figure, other] = clause === undefined ? [] : figuresOf(clause);
  if (clause === undefined || figure?.kind !== 'percent' || other !== undefined || !BY_SHARE.test(clause.text.slice(0, figure.start))) return undefined;
  return { span: citeClauses(best, index, index), lead: figure.text };
}
