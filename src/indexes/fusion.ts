import type { Embedder } from '../models/embedder.ts';
import type { Neighbor } from './hnsw.ts';

/** What each channel counts in a passage's score. The evaluation may set every one. */
export interface FusionWeights {
  /** Factor on the BM25 score of the field. Recommended 1 : 0.3 : 0.6 for words, bigrams and single characters. */
  readonly words: number;
  readonly bigrams: number;
  readonly characters: number;
  /** Of the notice's title and the headings above the passage, as a field of their own. */
  readonly headings: number;
  /** What a stop word of the question counts against another word, 0 to 1. */
  readonly stopWords: number;
  /** How vectors join: `sum` of both scores, each divided by its highest, or `rrf`, 1 / (60 + rank) of both. */
  readonly method: 'sum' | 'rrf';
  /** Factor on the vectors' part; 0 leaves them unasked. */
  readonly vectors: number;
  /** Vectors are asked only where the best lexical hit covers less than this share of the question's idf mass; above 1 always. */
  readonly askVectorsBelow: number;
  /** A cosine up to this counts as nothing in common. */
  readonly similarityFloor: number;
}

/**
 * The lexical mix that measured best: hit@1 97.8 on CMRC 2018 dev and 95.4 on DRCD dev, as a plain sum of raw BM25 scores (rank fusion of
 * the same fields loses two points). Headings count only where the passage does not repeat them: on the development questions on notices
 * hit@1 is the same from 0 to 1.3, and from 1 on a question that names a heading alone (十件实事) finds what stands under it.
 */
const LEXICAL = { words: 1, bigrams: 0.3, characters: 0.6, headings: 1, stopWords: 0.1 } as const;

/**
 * Hashed vectors are asked in doubt only. On the development questions on notices no threshold (0.3 to always), floor (0 to 0.2) or
 * weight (0.1, 0.3) moves hit@1 by more than one question of 178.
 */
const HASHED_ASK_BELOW = 0.5;
/**
 * Texts without a common character come to 0.12 in the median and 0.25 at most, by colliding features alone (512 dimensions, questions of
 * 4 to 20 characters).
 */
const HASHED_FLOOR = 0.2;
const ALWAYS = 1.01;

/**
 * Weights by the sort of embedder. Hashed vectors know spelling only: fused with the same weight as the words they lose up to 19 points
 * of hit@1, so they get 0.1, and are asked only where the words fail. Semantic ones are always asked; 0.6 is a cautious start, not
 * measured: an evaluation on the corpus and model at hand sets it.
 */
const WEIGHTS: Readonly<Record<Embedder['kind'], FusionWeights>> = {
  hashed: { ...LEXICAL, method: 'sum', vectors: 0.1, askVectorsBelow: HASHED_ASK_BELOW, similarityFloor: HASHED_FLOOR },
  semantic: { ...LEXICAL, method: 'sum', vectors: 0.6, askVectorsBelow: ALWAYS, similarityFloor: 0.2 },
};

/** The weights for an embedder's kind, `changes` put over them. */
export function chooseFusionWeights(kind: Embedder['kind'], changes: Partial<FusionWeights> = {}): FusionWeights {
  return { ...WEIGHTS[kind], ...changes };
}

/** A passage with what its channels say. */
export interface FusedScore {
  readonly ordinal: number;
  readonly score: number;
}

export interface FusionChannels {
  /** Ordinals of the best lexical hits, best first. */
  readonly lexical: readonly number[];
  /** Lexical score of any passage; 0 where it has no common token. */
  readonly lexicalScore: (ordinal: number) => number;
  /** Nearest by vector, best first. */
  readonly near: readonly Neighbor[];
  /** Similarity of a passage that is not among the nearest; undefined where unknown, and then it counts nothing. */
  readonly similarity: (ordinal: number) => number | undefined;
}

/** Cormack, Clarke and Büttcher (2009): the constant that keeps first ranks from deciding alone. */
const RANK_CONSTANT = 60;

/** Both channels in one order, best first; equal scores in the order of ordinals. What neither knows is left out. */
export function fuse(channels: FusionChannels, weights: FusionWeights): FusedScore[] {
  const scores = weights.method === 'rrf' ? scoreByRank(channels, weights) : scoreBySum(channels, weights);
  return [...scores]
    .map(([ordinal, score]) => ({ ordinal, score }))
    .filter(({ score }) => score > 0)
    .sort((left, right) => right.score - left.score || left.ordinal - right.ordinal);
}

function scoreBySum({ lexical, lexicalScore, near, similarity }: FusionChannels, weights: FusionWeights): Map<number, number> {
  const highest = lexical.length === 0 ? 1 : lexicalScore(lexical[0]!);
  const similarities = new Map(near.map((neighbor) => [neighbor.ordinal, neighbor.similarity]));
  for (const ordinal of lexical) if (!similarities.has(ordinal)) similarities.set(ordinal, similarity(ordinal) ?? weights.similarityFloor);
  let nearest = weights.similarityFloor;
  for (const value of similarities.values()) nearest = Math.max(nearest, value);
  const span = nearest - weights.similarityFloor;
  const scores = new Map<number, number>();
  for (const [ordinal, value] of similarities) {
    const nearness = span > 0 ? Math.max(0, value - weights.similarityFloor) / span : 0;
    scores.set(ordinal, lexicalScore(ordinal) / highest + weights.vectors * nearness);
  }
  return scores;
}

function scoreByRank({ lexical, near }: FusionChannels, weights: FusionWeights): Map<number, number> {
  const scores = new Map<number, number>();
  lexical.forEach((ordinal, rank) => scores.set(ordinal, 1 / (RANK_CONSTANT + rank + 1)));
  near.forEach(({ ordinal, similarity }, rank) => {
    if (!(similarity > weights.similarityFloor)) return;
    scores.set(ordinal, (scores.get(ordinal) ?? 0) + weights.vectors / (RANK_CONSTANT + rank + 1));
  });
  return scores;
}
