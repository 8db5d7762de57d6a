import type { Lexicon } from '../corpus/lexicon.ts';
import type { CitedSpan, Evidence } from './evidence/evidence.ts';
import type { Question } from './question/question.ts';
import type { Term } from './question/term.ts';

/** Below this, what the notices' own words find is looked up through other words as well. */
const SURE_ENOUGH = 0.5;
/** A word of this weight that was not found, and that is said for one of the notices', is looked up as that in any case. */
const HEARD_OTHERWISE = 0.1;
/** An answer is taken for another only where that holds so much more of the question. */
const MUCH_BETTER = 0.15;
/** Or where the place of the first scores so much less by the words as understood later, which may all in all be found so much less. */
const CLEARLY_MORE = 0.15;
const LITTLE_WORSE = 0.1;

/** 「局长是谁」: an office that the notices don't name has no other holder. */
const ASKS_HOLDER = /谁是|是谁|谁当|谁任|叫什么|姓什么/u;

/**
 * Whether a question is to be looked up once more in what people say for the notices' words: where it was refused, where little of it was found, or where a word
 * was not found that is said for one of theirs.
 */
export function mayBeSaidOtherwise({ question: { kind, quoted, folded }, coverage, reading, terms }: Evidence, spoken: Lexicon): boolean {
  // Who quotes a notice speaks in its words; places, years and offices have no other.
  if (quoted.length > 0 || kind === 'chat' || kind === 'steering') return false;
  if (reading.verdict === 'refused') return !(reading.isFirm && (reading.reason === 'scope' || (kind === 'who' && ASKS_HOLDER.test(folded))));
  return coverage < SURE_ENOUGH || reading.leavesUntold === true || terms.some(({ text, isFound, weight }) => !isFound && weight >= HEARD_OTHERWISE && spoken.phrases.has(text));
}

const isSameTerm = (left: Term, right: Term): boolean => left.text === right.text && left.alternatives.length === right.alternatives.length && left.broader.length === right.broader.length;

/** Whether the second reading of a question knows no other word for any of its terms. */
export const asksInSameWords = (first: Question, second: Question): boolean => second.terms.every((term) => first.terms.some((known) => isSameTerm(known, term)));

/** How well a place scores in what was found; 0 where it is not among the best. */
function scoreOf({ sentences }: Evidence, { noticeId, start }: CitedSpan): number {
  return sentences.find((sentence) => sentence.noticeId === noticeId && sentence.start <= start && start < sentence.end)?.score ?? 0;
}

/** Whether the first answer stands where less of the question does, as understood later. Yes or no hangs on more than that. */
function standsAside(first: Evidence, second: Evidence): boolean {
  const [before, now] = [first, second].map(({ reading }) => (reading.verdict === 'answered' ? reading.points[0]?.span : undefined));
  return first.question.kind !== 'yes-no' && before !== undefined && now !== undefined && second.coverage >= first.coverage - LITTLE_WORSE && scoreOf(second, now) >= scoreOf(second, before) + CLEARLY_MORE;
}

/** Whether what was found in other words is to be said instead: any answer for a refusal, but not one that only comes near. */
export function answersBetter(first: Evidence, second: Evidence): boolean {
  if (second.reading.verdict === 'refused' || second.reading.isNear === true) return false;
  if (first.reading.verdict === 'answered' && first.reading.leavesUntold === true && second.reading.leavesUntold !== true && (second.reading.polarity !== undefined || second.coverage >= first.coverage)) return true;
  return first.reading.verdict === 'refused' || second.coverage >= first.coverage + MUCH_BETTER || standsAside(first, second);
}
