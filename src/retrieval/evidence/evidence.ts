import type { Span } from '../../corpus/notice.ts';
import type { Question } from '../question/question.ts';
import type { Reading } from './reading.ts';

/** A place in a notice that may be cited: a sentence, a clause or a heading, with the passage it belongs to. */
export interface CitedSpan extends Span {
  readonly noticeId: string;
  readonly passageId: string;
  readonly section: string;
  readonly label: string;
  readonly text: string;
}

/** A sentence that may be said. `score` ranks sentences of one question; it is no probability. */
export interface EvidenceSentence extends CitedSpan {
  readonly score: number;
  /** Headings above the sentence, outermost first, its own item's included. */
  readonly headings: readonly string[];
}

/** One of the question's words and whether the evidence holds it. */
export interface EvidenceTerm {
  readonly text: string;
  /** After rarity, 0 to 1. */
  readonly weight: number;
  readonly isFound: boolean;
  /** The notice's word that it was found by, where that is another. */
  readonly through?: string;
}

/** What the notices hold on a question, and whether that is enough to answer. */
export interface Evidence {
  readonly question: Question;
  /** Best first. */
  readonly sentences: readonly EvidenceSentence[];
  /** Share of the question's weight that stands in the best evidence, 0 to 1. */
  readonly coverage: number;
  readonly terms: readonly EvidenceTerm[];
  /** The embedder failed, so that words alone decided what was found. */
  readonly embedderFailed: boolean;
  /** Answered with places to quote, or refused with what is missing. */
  readonly reading: Reading;
}
