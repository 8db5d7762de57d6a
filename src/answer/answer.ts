import type { Span } from '../corpus/notice.ts';
import type { ModelFailure } from '../models/chat-model.ts';

/** Exact characters of a notice: `notice.text.slice(start, end) === citedText`, always. */
export interface Citation extends Span {
  /** The mark [n] in the answer, from 1 in order of appearance. */
  readonly n: number;
  readonly noticeId: string;
  readonly passageId: string;
  readonly section: string;
  readonly label: string;
  readonly citedText: string;
}

/** One sentence of an answer and the marks that prove it; at least one. */
export interface Claim {
  readonly text: string;
  readonly citations: readonly number[];
}

/**
 * Why the notice does not answer: `outside` nothing about it is written; `attribute` the topic is there, but not the number, date, person
 * or thing asked; `scope` another year, place or level than the notice speaks of; `off-topic` not a question about notices;
 * `steering` an attempt to steer the assistant.
 */
export type RefusalKind = 'outside' | 'attribute' | 'scope' | 'off-topic' | 'steering';

export interface Refusal {
  readonly kind: RefusalKind;
  /** The question's words that stand nowhere in the evidence, as asked. */
  readonly missing: readonly string[];
  /** The nearest passages, best first, at most three; `n` counts on from the answer's citations. */
  readonly nearest: readonly Citation[];
}

/** Why a model's answer was replaced, wholly or in part, by the extractive one. */
export type DegradedReason = ModelFailure | 'model-unverified' | 'embedder-failed';

export type AnswerStatus = 'answered' | 'refused' | 'chat';
export type AnswerMode = 'extractive' | 'generative';

/** What every channel shows. `answer` is the claims with their [n] marks, put together. */
export interface Answer {
  readonly answerId: string;
  readonly status: AnswerStatus;
  readonly mode: AnswerMode;
  readonly degraded?: { readonly reason: DegradedReason };
  /** The question as understood with the history. */
  readonly standaloneQuestion: string;
  readonly answer: string;
  /** The figure or name alone, cut from a cited text. */
  readonly lead?: { readonly text: string; readonly citations: readonly number[] };
  readonly claims: readonly Claim[];
  readonly citations: readonly Citation[];
  readonly refusal?: Refusal;
  /** Questions that the notices can answer. */
  readonly suggestions: readonly string[];
  /** How much of the question's weight stands in the evidence, 0 to 1; of several questions in one message the least. */
  readonly support: number;
  /** How many sentences the verifier replaced or dropped. */
  readonly dropped: number;
  readonly timing: Timing;
  readonly explain?: Explanation;
}

/** Milliseconds from the question's arrival. */
export interface Timing {
  readonly retrievalMs: number;
  readonly firstSentenceMs?: number;
  readonly totalMs: number;
}

export interface Explanation {
  readonly kind: string;
  /** The kind in words that people read. */
  readonly kindText: string;
  readonly terms: readonly { readonly text: string; readonly weight: number; readonly found: boolean; readonly through?: string }[];
  readonly evidence: readonly (RankedSentence & { readonly label: string; readonly text: string })[];
  /** How much of the question's weight stands in the evidence, 0 to 1. */
  readonly coverage: number;
  /** Sentences that the verifier replaced or dropped, and why. */
  readonly dropped: readonly { readonly text: string; readonly problems: readonly string[]; readonly problemTexts: readonly string[] }[];
}

export interface RankedSentence extends Span {
  readonly passageId: string;
  readonly score: number;
}

/** One turn of the conversation so far. */
export interface Message {
  readonly role: 'user' | 'assistant';
  readonly content: string;
}

/** What `ask` yields, in this order: answer-start, evidence-found, then citation-added before the text-delta that uses it, answer-end last. */
export type AnswerEvent =
  | { readonly type: 'answer-start'; readonly answerId: string; readonly standaloneQuestion: string; readonly mode: AnswerMode }
  | { readonly type: 'evidence-found'; readonly evidence: readonly RankedSentence[] }
  | { readonly type: 'citation-added'; readonly citation: Citation }
  /** One verified sentence with its marks; the deltas put together are `answer.answer`. */
  | { readonly type: 'text-delta'; readonly text: string }
  | { readonly type: 'answer-end'; readonly answer: Answer };
