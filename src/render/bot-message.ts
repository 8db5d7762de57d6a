import type { Answer, Citation } from '../answer/answer.ts';
import type { Target } from '../corpus/target.ts';

/** What was told of an answer until now: whole sentences, verified, and the citations that their marks name. */
export interface AnswerSoFar {
  readonly text: string;
  readonly citations: readonly Citation[];
}

/** What a bot says, before a platform's own form is given to it. */
export type BotMessage =
  | { readonly kind: 'answer'; readonly answer: Answer }
  /** Ended by the person who asked; may be empty. */
  | { readonly kind: 'stopped'; readonly soFar: AnswerSoFar }
  /** Broke off: what was told stays, and `text` says that it is not complete. `soFar` may be empty. */
  | { readonly kind: 'broken'; readonly soFar: AnswerSoFar; readonly text: string }
  /** Our own words: help, a new conversation, what cannot be read. */
  | { readonly kind: 'words'; readonly text: string; readonly suggestions: readonly string[] }
  /** A part of the table of targets; `total` counts all that fit. */
  | { readonly kind: 'targets'; readonly targets: readonly Target[]; readonly total: number };
