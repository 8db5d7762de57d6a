import { citeClauses, widenClause } from '../evidence/reading.ts';
import type { Reading, ReadingMatter } from '../evidence/reading.ts';
import { readName } from './read-sentences.ts';

const ASKS = /(?:电话|热线|号码)(?:号码|号)?(?:是|为)?(?:多少|几号)|(?:打|拨打?)(?:哪一?个|什么|啥)(?:电话|热线|号码)/u;
/** 0578-6612019, 12345, 6210001（转802）. */
const NUMBER = /(?<![\d.])(?:(?:0\d{2,3}[-—\s]?)?\d{3,8}(?:[-—\s]\d{3,4})?(?<=\d{5}|\d[-—\s]\d{3,8})|1[3-9]\d{9}|(?<=(?:电话|热线|拨打|号码)[为是:：]?\s?)1\d{2})(?![\d.%％]|[年月日时元名个人户家所处条亩万亿公米])/u;

/** Whether a number that one calls is asked for: it counts nothing. */
export const asksTelephone = (folded: string): boolean => ASKS.test(folded);

/** The first number in a text that one can call. */
export const findNumber = (text: string | undefined): string | undefined => NUMBER.exec(text ?? '')?.[0].trim();

/** The number to call, with what stands right with it: a sentence often gives several. */
export function readTelephone(matter: ReadingMatter): Reading {
  const reading = readName(matter);
  if (reading.verdict === 'refused') return reading;
  const holding = matter.sentences.filter(({ sentence: { sentence, source } }) => reading.points.some(({ span }) => source.noticeId === span.noticeId && sentence.start <= span.start && span.start < sentence.end));
  // 【咨询电话】 names what stands below it.
  const headed = new Set(holding.flatMap(({ sentence: { sentence, source } }) => (sentence.isHeading ? [source.passageId] : [])));
  const named = headed.size === 0 ? holding : matter.sentences.filter((scored) => holding.includes(scored) || headed.has(scored.sentence.source.passageId));
  const told = named.flatMap((scored) => scored.clauses.flatMap(({ clause, own }, index) => {
    const number = findNumber(clause.text);
    return number === undefined ? [] : [{ scored, index, number, own }];
  }));
  const [best] = told.toSorted((left, right) => right.own - left.own);
  if (best === undefined) return { verdict: 'refused', reason: 'attribute', missing: [], isFirm: true };
  const { scored, index, number } = best;
  const [from, to] = widenClause(matter, scored, index, (other) => findNumber(scored.clauses[other]?.clause.text) === undefined);
  return { ...reading, points: [{ span: citeClauses(scored, from, to), lead: number }] };
}
