import { readAskedNoun } from '../question/asked-noun.ts';
import { countCalled, countDivided } from '../evidence/enumerated.ts';
import { findListHeading } from '../evidence/list-entries.ts';
import type { ReadingMatter } from '../evidence/reading.ts';
import type { ScoredSentence } from '../evidence/scoring.ts';
import { isTableRow } from '../evidence/table-rows.ts';
import { isHeading, topicShare } from '../evidence/topic-share.ts';

/** How much of the question must stand in and around the clause, how nearly it must score as the best, and how many sentences are looked at. */
const CALLED = { coverage: 0.5, nearly: 0.85, sentences: 6 } as const;
/** What anything may be called, so that a run of names that ends with it need not be the one asked for. */
const CALLS_ANYTHING = /^(?:内容|措施|工作|情况|情形|地方|地点|方面|人|人员|单位|部门|任务|要求|问题|规定|活动)$/u;

/**
 * The sentence that enumerates what is asked for by its very noun (装哪些设备: 北斗定位、车载视频和5G传输设备), and how many that are; undefined where none of the best does,
 * or a heading with entries names it better.
 */
export function findCalled(matter: ReadingMatter): { readonly scored: ScoredSentence; readonly n: number } | undefined {
  const noun = readAskedNoun(matter.question.folded);
  const [best] = matter.sentences;
  if (noun === undefined || best === undefined || CALLS_ANYTHING.test(noun)) return undefined;
  const sorts = [noun, ...matter.question.terms.flatMap(({ role, text, alternatives }) => (role === 'sort' && text === '方式' ? [text, ...alternatives] : []))];
  const divided = (folded: string): number | undefined => !ASKS_KINDS.test(matter.question.folded) ? undefined : sorts.map((sort) => countDivided(folded, sort)).find((n) => n !== undefined);
  for (const scored of matter.sentences.slice(0, CALLED.sentences)) {
    if (isHeading(scored) || isTableRow(scored)) continue;
    const isNear = scored.score >= best.score * CALLED.nearly;
    const index = scored.clauses.findIndex(({ clause, coverage, own }) => coverage >= CALLED.coverage && own > 0 && (divided(clause.folded) ?? (isNear ? countCalled(clause.folded, noun) : undefined)) !== undefined);
    if (index < 0) continue;
    const folded = scored.clauses[index]?.clause.folded ?? '';
    if (divided(folded) !== undefined) return { scored, n: divided(folded) ?? 0 };
    const heading = findListHeading(matter);
    const isNamedBetter = heading !== undefined && heading.score >= scored.score && topicShare(matter, heading, false) > topicShare(matter, scored, false);
    return isNamedBetter ? undefined : { scored, n: countCalled(folded, noun) ?? 0 };
  }
  return undefined;
}

/** 「哪几种交法」: of what one thing is divided into. */
const ASKS_KINDS = /(?:几|哪|多少)(?:几|些)?[种类样档]|分为|方式/u;

/** What names of the sort end in, where every name of it does. */
const NAMES: Readonly<Record<string, RegExp>> = {
  乡镇: /\p{Script=Han}{2}(?:镇|(?<!城)乡(?!村)|街道)/gu, 镇: /\p{Script=Han}{2}镇/gu, 镇街: /\p{Script=Han}{2}(?:镇|街道)/gu, 街道: /\p{Script=Han}{2}街道/gu, 社区: /\p{Script=Han}{2}社区/gu, 村: /\p{Script=Han}{2}村(?!级|民)/gu,
  街区: /\p{Script=Han}{2}[街巷]/gu, 小区: /\p{Script=Han}{2}(?:小区|花园|家园|苑|新村)/gu, 道路: /\p{Script=Han}{2}(?:路|街|大道|巷)/gu, 医院: /\p{Script=Han}{2}(?:医院|卫生院)/gu, 公园: /\p{Script=Han}{2}公园/gu,
};
const LOOKED_AT = 40;
const SEVERAL = 2;
/** A word that counts, and stands near enough where it stands in a heading above. */
const COUNTS = { weight: 0.4, strength: 0.5 } as const;

/** Whether the question asks for things of a sort whose names tell it (哪几个乡镇), and how many such names a text holds; undefined for any other sort. */
export function countsNamesOf(folded: string): ((text: string) => number) | undefined {
  const pattern = NAMES[readAskedNoun(folded) ?? ''];
  return pattern === undefined || !ASKS_WHICH.test(folded) ? undefined : (text) => new Set(text.match(pattern)).size;
}
const ASKS_WHICH = /哪(?:些|几|[两二三四五六七八九])|叫(?:什么|啥)/u;

/** The best sentence that names several of the sort, where all else that is asked about stands in or around it. */
export function findNaming({ question, sentences, terms }: ReadingMatter, count: (text: string) => number): ScoredSentence | undefined {
  const noun = readAskedNoun(question.folded) ?? '';
  const asked = terms.flatMap(({ term, weight }, index) => (term.role === 'frame' || weight < COUNTS.weight || term.text === noun ? [] : [index]));
  if (asked.length === 0) return undefined;
  return sentences.slice(0, LOOKED_AT).find((scored) => !isHeading(scored) && !isTableRow(scored) && asked.every((index) => (scored.strengths[index] ?? 0) >= COUNTS.strength) && count(scored.sentence.sentence.text) >= SEVERAL);
}
