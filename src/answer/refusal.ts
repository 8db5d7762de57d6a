import type { Evidence, EvidenceSentence } from '../retrieval/evidence/evidence.ts';
import type { QuestionKind } from '../retrieval/question/question-kind.ts';
import type { RefusalReason } from '../retrieval/evidence/reading.ts';
import { isCommonWord } from '../text/common-words.ts';
import { fillPhrase } from '../text/phrases.ts';
import type { Phrases } from '../text/phrases.ts';
import type { Citation, Refusal, RefusalKind } from './answer.ts';
import { choosePhrase } from './wording.ts';

const MOST_NEAREST = 3;
const MOST_MISSING = 4;

/** The nearest sentences, one a passage, as citations numbered from `firstNumber`. */
export function citeNearest(sentences: readonly EvidenceSentence[], firstNumber: number): Citation[] {
  const seen = new Set<string>();
  const nearest: Citation[] = [];
  for (const { noticeId, passageId, section, label, text, start, end } of sentences) {
    if (nearest.length === MOST_NEAREST) break;
    if (seen.has(passageId)) continue;
    seen.add(passageId);
    nearest.push({ n: firstNumber + nearest.length, noticeId, passageId, section, label, citedText: text, start, end });
  }
  return nearest;
}

const SHORTEST_TOPIC = 2;

/** The longest stretch of the question that the evidence holds: what the notice does speak of. Undefined where there is none. */
export function findTopic({ question, terms }: Pick<Evidence, 'question' | 'terms'>): string | undefined {
  const { folded } = question;
  const isHeld = Array.from({ length: folded.length }, () => false);
  for (const { text, isFound, weight } of terms) {
    if (!isFound || weight < LEAST_WEIGHT || isCommonWord(text, '')) continue;
    for (let at = folded.indexOf(text); at >= 0; at = folded.indexOf(text, at + 1)) isHeld.fill(true, at, at + text.length);
  }
  let longest = '';
  for (let start = 0; start < folded.length; start += 1) {
    let end = start;
    while (isHeld[end] === true) end += 1;
    if (end - start > longest.length) longest = folded.slice(start, end);
    start = Math.max(start, end);
  }
  return longest.length >= SHORTEST_TOPIC && /\p{Script=Han}/u.test(longest) ? longest : undefined;
}

/** What only frames a question names no topic. */
const LEAST_WEIGHT = 0.3;

export interface RefusalWording {
  /** What the question asks for; where there is a phrase for it, the refusal says so (没有写明时间). */
  readonly asked?: QuestionKind | undefined;
  /** What the notice does speak of. */
  readonly topic?: string | undefined;
  /** Whom to ask instead. */
  readonly contact?: string | undefined;
}

/** Kinds of refusal after which somebody else may know. */
const MAY_BE_KNOWN: ReadonlySet<string> = new Set(['outside', 'attribute', 'scope']);

/** A refusal and its words: what is missing, that the notice doesn't say, and whom to ask where somebody is named. */
export function wordRefusal(
  phrases: Phrases, kind: RefusalKind | RefusalReason, missing: readonly string[], nearest: readonly Citation[], { asked, topic, contact }: RefusalWording = {},
): { refusal: Refusal; text: string } {
  const named = missing.slice(0, MOST_MISSING);
  const suffix = named.length > 0 ? '' : 'Unnamed';
  const particular = `${kind}-${asked}${suffix}`;
  const words = named.map((word) => `“${word}”`).join('、');
  const said = fillPhrase(choosePhrase(phrases.refusal, Object.hasOwn(phrases.refusal, particular) ? particular : `${kind}${suffix}`), { missing: words, topic: topic === undefined ? choosePhrase(phrases.refusal, 'topicUnnamed') : `“${topic}”` });
  const advice = contact !== undefined && MAY_BE_KNOWN.has(kind) ? fillPhrase(choosePhrase(phrases.refusal, 'contact'), { contact }) : '';
  return { refusal: { kind, missing: named, nearest }, text: `${said}${advice}` };
}
