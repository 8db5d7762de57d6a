import type { Lexicon } from '../../corpus/lexicon.ts';
import { citeClauses, citeSentence, widenClause } from '../evidence/reading.ts';
import type { Question } from '../question/question.ts';
import type { Point, Reading, ReadingMatter } from '../evidence/reading.ts';
import type { ScoredSentence } from '../evidence/scoring.ts';
import { ASKS_COMMITMENT } from './read-list.ts';
import { ASKS_DOCUMENTS, ASKS_TARGETS } from '../evidence/topic-share.ts';

const SAYS = '(?:提到|提及|涉及|说到|讲到|写到|谈到|点到|点名|出现|提过|讲过|说过)';
/** 「带“专项”两个字的」: what is looked for stands in marks of quotation. */
const NAMES_WORD = '(?:带|有|含|写)(?:有|了|着)?[“"「](?<word>[^”"」]{1,12})[”"」](?:这|的)?(?:几|两|二|三|四|五|六)?个?(?:字|词)?(?:样|眼)?';
/** 「提到天台的都有哪些」「近视在几处提到」「哪些工作涉及大陈岛」: every place that speaks of it, not the best one. */
const ASKS_MENTIONS = new RegExp(
  [
    `${SAYS}(?:了|过)?.{1,20}?(?:的)?(?:内容|地方|工作|任务|句子|条款|要求|部分|段落)?(?:都|一共|总共|共)?(?:有|是|在)?(?:哪些|哪几|几处|几次|几个地方|多少处|多少次|什么)`,
    `(?:几|多少|哪几)(?:处|次|个地方|个部分|段)(?:都|有|里|被)?${SAYS}`,
    `(?:哪些|哪几)(?:个|项|条|处|段)?(?:工作|任务|内容|地方|条款|部分|措施|举措|要求|段落|句子)?(?:里|中)?(?:都|有)?(?:${SAYS}|(?:跟|与|和|同).{1,16}(?:有关|相关|沾边|搭边|挂钩))`,
    '(?:关于|有关|涉及|跟|与|和).{1,16}?(?:有关|相关)?(?:的)?(?:所有|全部)?(?:内容|工作|要求|任务|部署|表述|规定|条款|安排)?(?:一共|总共|全部|都)(?:有|是)?(?:哪些|什么|几|列|说)',
    `(?:讲|说|提|写)(?:了|的是|过)?.{1,16}?的(?:地方|内容|部分|段落|句子)(?:都|一共)?(?:有|是)?(?:哪些|哪几|几|多少)`,
    '(?:提|讲|说|写|出现)(?:到|及)?(?:了|过)?(?:几|多少)(?:回|次|处|遍)',
    '(?:跟|与|和|同|涉及).{1,16}?(?:有关|相关|沾边)的(?:事情?|工作|内容|任务|要求|规定|地方|条款|合作|项目|活动|措施|举措|安排)?[,，]?(?:前前后后|从头到尾|里里外外)?(?:都|一共|总共)?(?:有|是)?(?:几|哪|多少|啥|什么)',
    `(?:所有|全部)${SAYS}`, `把.{0,6}${SAYS}`,
  ].join('|'),
  'u',
);
const ASKS_WORD = new RegExp(`${NAMES_WORD}的`, 'u');
const COUNTS = /几|多少/u;
/** 「…能享受哪些照顾？整份文件里找全」 */
const LOOKS_THROUGH = /(?:整份|整篇|全)(?:文件|通知|文|篇)|通篇|从头到尾|前前后后|找全|找齐|散在|各处|各个?部分/u;

const SORT_OF_PLACE = /^(?:县|市|区|县市区|县区|地方|地区|街道|乡镇|城市|镇|乡|名|点名)$/u;
const SORTS = '(?:县市区|县区|县|市|区|地方|地区|街道|乡镇|城市|镇)';
const ASKS_PLACES = new RegExp(`${SAYS}(?:名)?(?:了|过|到)?的${SORTS}(?:[、和与及]?${SORTS})*(?:都|一共|总共|分别)?(?:有|是)?(?:哪|几|多少)|${SAYS}(?:了|过|到)?(?:哪些|哪几个?|几个|多少个?)${SORTS}`, 'u');

/** Names a place other than the one that the notice is of. */
function namesPlace({ sentence, scene }: ScoredSentence, lexicon: Lexicon): boolean {
  return [...lexicon.places].some((place) => place.length > 1 && sentence.folded.includes(place) && !scene.frame.includes(place));
}

const LONGEST = 120;
const STANDS = 0.7;
const MOST = 60;

/** Whether the question wants every place that speaks of something. */
export const asksMentions = ({ folded, text }: Pick<Question, 'folded' | 'text'>): boolean => ASKS_MENTIONS.test(folded) || ASKS_WORD.test(text);

/** What is looked for: names, places and nouns; what only frames the question (提到, 工作) is not. */
function subjectsOf({ question, terms }: ReadingMatter): readonly number[] {
  const counted = terms.flatMap(({ term, isKnown }, index) => (term.role !== 'frame' && term.role !== 'sort' && term.role !== 'year' && term.text.length > 1 && isKnown && !FRAMES.test(term.text) ? [index] : []));
  const word = new RegExp(NAMES_WORD, 'u').exec(question.text)?.groups?.['word'];
  if (word !== undefined) return terms.flatMap(({ term }, index) => (word.includes(term.text) ? [index] : []));
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
 * asks for something else, or nothing is found. 「点名了哪些县」 is answered with the sentences that name a place.
 */
export function readMentions(matter: ReadingMatter, lexicon: Lexicon): Reading | undefined {
  const { folded, kind } = matter.question;
  const asksPlaces = ASKS_PLACES.test(folded);
  const asksWhole = kind === 'list' && LOOKS_THROUGH.test(matter.question.text) && !ASKS_DOCUMENTS.test(folded) && !ASKS_TARGETS.test(folded) && !ASKS_COMMITMENT.test(folded);
  if ((!asksMentions(matter.question) && !asksPlaces && !asksWhole) || kind === 'yes-no') return undefined;
  const subjects = subjectsOf(matter).filter((index) => !asksPlaces || !SORT_OF_PLACE.test(matter.terms[index]?.term.text ?? ''));
  if (subjects.length === 0 && !asksPlaces) return undefined;
  const holding = matter.sentences.filter((scored) => holdsAll(scored, subjects) && (!asksPlaces || namesPlace(scored, lexicon)));
  const body = holding.filter(({ sentence }) => !sentence.sentence.isHeading);
  const chosen = (body.length > 0 ? body : holding)
    .toSorted((left, right) => left.sentence.source.noticeId.localeCompare(right.sentence.source.noticeId) || left.sentence.sentence.start - right.sentence.sentence.start);
  if (chosen.length === 0 || chosen.length > MOST) return undefined;
  const places = new Set(chosen.map(({ scene }) => scene.passage.id)).size;
  const classifier = /(?:几|多少)(件|条|项)/u.exec(folded)?.[1];
  const unit = COUNTS.test(folded) && classifier === undefined ? 'places' : 'entries';
  return { verdict: 'answered', shape: 'list', points: chosen.map((scored) => pointOf(matter, scored, subjects)), ...(matter.isWhole === true && { opening: { kind: 'count', n: unit === 'places' ? places : chosen.length, unit, ...(classifier !== undefined && { classifier }) } as const }) };
}
