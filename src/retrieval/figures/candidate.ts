import type { Lexicon } from '../../corpus/lexicon.ts';
import type { PlacedFigure, ReadingMatter } from '../evidence/reading.ts';
import type { Figure } from '../../text/figures.ts';

/** A figure that may answer, where it stands, and those that it is one of, the likeliest first. */
export interface Candidate {
  readonly matter: ReadingMatter;
  readonly placed: PlacedFigure;
  readonly all: readonly PlacedFigure[];
  /** Of its clause, as written. */
  readonly text: string;
  /** All figures of its clause, in their order. */
  readonly figures: readonly Figure[];
  readonly strengths: readonly number[];
  readonly lexicon: Lexicon;
}

/** Whether the figure is no answer, for one reason. */
export type Check = (candidate: Candidate) => boolean;
