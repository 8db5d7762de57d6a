import { parseFigures } from '../../text/figures.ts';
import { RISES_FROM, RISES_TO } from '../question/asked-change.ts';
import { formatAmount, scaleOf } from '../evidence/computed.ts';
import type { Computed } from '../evidence/computed.ts';
import type { Question } from '../question/question.ts';
import type { Point } from '../evidence/reading.ts';

/** 「比原来多了多少」, 「涨了几块」: by how much something changed. */
const ASKS_BY = /(?:比|较|跟|和)(?:起)?(?:原来|原先|之前|以前|过去|从前)(?:相比)?[^,，]{0,6}(?:多|少|高|低|涨|降|增|提|减)|(?:涨|提高|上调|上涨|增加|多|降|降低|下调|减少|少|缩短|压缩)了(?:多少|几)/u;

/** What comes out of 由750元提高到810元 where the change is asked for; undefined where it isn't, or the place tells no such change. */
export function readChange({ folded }: Question, { span: { text }, lead }: Point): Computed | undefined {
  if (!ASKS_BY.test(folded)) return undefined;
  const figures = parseFigures(text);
  for (const [index, from] of figures.entries()) {
    const to = figures[index + 1];
    if (to === undefined || from.kind !== to.kind || from.unit !== to.unit || from.comparator !== 'exactly' || to.comparator !== 'exactly' || (lead !== from.text && lead !== to.text)) continue;
    if (from.upper !== undefined || to.upper !== undefined || !RISES_FROM.test(text.slice(0, from.start)) || !RISES_TO.test(text.slice(from.end, to.start))) continue;
    const things = [from, to].map((figure) => ({ name: '', figure: figure.text }));
    return { kind: 'compare', aim: 'change', scale: scaleOf(to), things, outcome: formatAmount(Math.abs(to.value - from.value), to, true) };
  }
  return undefined;
}
