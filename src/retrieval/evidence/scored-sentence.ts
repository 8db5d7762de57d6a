import type { Scene, SceneClause, SceneSentence } from './scene.ts';

export interface ScoredClause {
  readonly clause: SceneClause;
  /** Share of the question's weight that the clause and what surrounds it hold, 0 to 1. */
  readonly coverage: number;
  /** Share that the clause itself holds. */
  readonly own: number;
  readonly score: number;
  /** Strength of each term in the clause with its surroundings, in the question's order. */
  readonly strengths: readonly number[];
  /** Strength of each term in the clause itself. */
  readonly ownStrengths: readonly number[];
}

export interface ScoredSentence {
  readonly scene: Scene;
  readonly sentence: SceneSentence;
  /** Position among the passage's sentences. */
  readonly index: number;
  readonly clauses: readonly ScoredClause[];
  /** Coverage by the sentence as a whole with its surroundings. */
  readonly coverage: number;
  readonly score: number;
  readonly strengths: readonly number[];
}

/** A sentence before its clauses are read. */
export interface Unread extends Omit<ScoredSentence, 'clauses' | 'score'> {
  /** Of its passage among the hits, 0 to 1. */
  readonly rank: number;
}

type ScoreClauses = (sentence: Unread) => readonly ScoredClause[];

/** A sentence whose clauses may be scored only when somebody reads them: of most sentences nobody does. */
export class LazySentence implements ScoredSentence, Unread {
  readonly scene: Scene;
  readonly sentence: SceneSentence;
  readonly index: number;
  readonly coverage: number;
  readonly score: number;
  readonly strengths: readonly number[];
  readonly rank: number;
  private scored: readonly ScoredClause[] | ScoreClauses;

  constructor({ scene, sentence, index, coverage, strengths, rank }: Unread, score: number, clauses: readonly ScoredClause[] | ScoreClauses) {
    this.scene = scene;
    this.sentence = sentence;
    this.index = index;
    this.coverage = coverage;
    this.score = score;
    this.strengths = strengths;
    this.rank = rank;
    this.scored = clauses;
  }

  get clauses(): readonly ScoredClause[] {
    if (typeof this.scored === 'function') this.scored = this.scored(this);
    return this.scored;
  }
}
