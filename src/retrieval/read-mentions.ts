import { citeClauses, citeSentence, widenClause } from './reading.ts';
import type { Point, Reading, ReadingMatter } from './reading.ts';
import type { ScoredSentence } from './scoring.ts';

const SAYS = '(?:提到|提及|涉及|说到|讲到|写到|谈到|点到|点名|出现|提过|讲过|说过)';
/** 「提到天台的都有哪些」「近视在几处提到」「哪些工作涉及大陈岛」: every place that speaks of it, not the best one. */
const ASKS_MENTIONS = new RegExp(
  [
    `${SAYS}(?:了|过)?.{1,20}?(?:的)?(?:内容|地方|工作|任务|句子|条款|要求|部分|段落)?(?:都|一共|总共|共)?(?:有|是|在)?(?:哪些|哪几|几处|几次|几个地方|多少处|多少次|什么)`,
    `(?:几|多少|哪几)(?:处|次|个地方|个部分|段)(?:都|有|里|被)?${SAYS}`,
    `(?:哪些|哪几)(?:个|项|条|处|段)?(?:工作|任务|内容|地方|条款|部分|措施|举措|要求|段落|句子)?(?:里|中)?(?:都|有)?(?:${SAYS}|(?:跟|与|和|同).{1,16}(?:有关|相关|沾边))`,
    '(?:关于|有关|涉及|跟|与|和).{1,16}?(?:有关|相关)?(?:的)?(?:所有|全部)?(?:内容|工作|要求|任务|部署|表述|规定|条款|安排)?(?:一共|总共|全部|都)(?:有|是)?(?:哪些|什么|几|列|说)',
    `(?:所有|全部)${SAYS}`, `把.{0,6}${SAYS}`,
  ].join('|'),
  'u',
);
const COUNTS = /几|多少/u;

const LONGEST = 120;
const STANDS = 0.7;
const MOST = 60;

/** Whether the question wants every place that speaks of something. */
export const asksMentions = (folded: string): boolean => ASKS_MENTIONS.test(folded);

/** What is looked for: names, places and nouns; what only frames the question (提到, 工作) is not. */
function subjectsOf({ terms }: ReadingMatter): readonly number[] {
  const counted = terms.flatMap(({ term, isKnown }, index) => (term.role !== 'frame' && term.role !== 'sort' && term.role !== 'year' && term.text.length > 1 && isKnown && !FRAMES.test(term.text) ? [index] : []));
  const firm = counted.filter((index) => terms[index]?.term.isLoose !== true);
  return firm.length > 0 ? firm : counted;
}

const FRAMES = /^(?:提到|提及|涉及|说到|讲到|写到|谈到|点名|出现|有关|相关|关于|内容|地方|条款|句子|段落|工作|任务|全部|所有)$/u;

function holdsAll(scored: ScoredSentence, subjects: readonly number[]): boolean {
  return subjects.every((index) => scored.clauses.some(({ ownStrengths }) => (ownStrengths[index] ?? 0) >= STANDS));
}

function pointOf(matter: ReadingMatter, scored: ScoredSentence, subjects: readonly number[]): Point {
  if (scored.sentence.sentence.text.length <= LONGEST) return { span: citeSentence(scored) };
  const holds = scored.clauses.flatMap(({ ownStrengths }, index) => (subjects.some((subject) => (ownStrengths[subject] ?? 0) >= STANDS) ? [index] : []));
  const [first = 0, last = first] = [holds[0], holds.at(-1)];
  const [from, to] = first === last ? widenClause(matter, scored, first, () => true) : [first, last];
  return { span: citeClauses(scored, from, to) };
}

/**
 * Every sentence that speaks of what is asked for, in the notice's order, and in how many places they stand. Undefined where the question
 * asks for something else, or nothing is found.
 */
export function readMentions(matter: ReadingMatter): Reading | undefined {
  const { folded, kind } = matter.question;
  if (!asksMentions(folded) || kind === 'yes-no') return undefined;
  const subjects = subjectsOf(matter);
  if (subjects.length === 0) return undefined;
  const holding = matter.sentences.filter((scored) => holdsAll(scored, subjects));
  const body = holding.filter(({ sentence }) => !sentence.sentence.isHeading);
  const chosen = (body.length > 0 ? body : holding)
    .toSorted((left, right) => left.sentence.source.noticeId.localeCompare(right.sentence.source.noticeId) || left.sentence.sentence.start - right.sentence.sentence.start);
  if (chosen.length === 0 || chosen.length > MOST) return undefined;
  const places = new Set(chosen.map(({ scene }) => scene.passage.id)).size;
  const unit = COUNTS.test(folded) ? 'places' : 'entries';
  return { verdict: 'answered', shape: 'list', points: chosen.map((scored) => pointOf(matter, scored, subjects)), opening: { kind: 'count', n: unit === 'places' ? places : chosen.length, unit } };
}
