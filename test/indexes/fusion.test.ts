import { describe, expect, it } from 'vitest';
import { chooseFusionWeights, fuse, type FusionChannels, type FusionWeights } from '../../src/indexes/fusion.ts';

/** Passage 1 leads by words, 4 by vector; 2 is second by both. */
const CHANNELS: FusionChannels = {
  lexical: [1, 2, 3],
  lexicalScore: (ordinal) => [0, 20, 16, 4, 0][ordinal] ?? 0,
  near: [
    { ordinal: 4, similarity: 0.9 },
    { ordinal: 2, similarity: 0.8 },
  ],
  similarity: (ordinal) => (ordinal === 1 ? 0.4 : undefined),
};

const order = (channels: FusionChannels, weights: FusionWeights): number[] => fuse(channels, weights).map(({ ordinal }) => ordinal);

describe('fusing words and vectors', () => {
  it('lets hashed vectors decide between near equals only', () => {
    const weights = chooseFusionWeights('hashed');
    expect(order(CHANNELS, weights)).toEqual([1, 2, 3, 4]);
    const close: FusionChannels = { ...CHANNELS, lexicalScore: (ordinal) => [0, 20, 19.5, 4, 0][ordinal] ?? 0 };
    expect(order(close, weights)).toEqual([2, 1, 3, 4]);
  });

  it('adds both parts, each divided by its highest, above the floor of similarity', () => {
    const fused = fuse(CHANNELS, chooseFusionWeights('semantic', { vectors: 0.5, similarityFloor: 0.2 }));
    const scores = new Map(fused.map(({ ordinal, score }) => [ordinal, score]));
    expect(scores.get(1)).toBeCloseTo(1 + (0.5 * 0.2) / 0.7, 6);
    expect(scores.get(2)).toBeCloseTo(0.8 + (0.5 * 0.6) / 0.7, 6);
    expect(scores.get(3)).toBeCloseTo(0.2, 6);
    expect(scores.get(4)).toBeCloseTo(0.5, 6);
  });

  it('leaves out what has no common token and is no nearer than the floor', () => {
    const far: FusionChannels = { ...CHANNELS, near: [{ ordinal: 4, similarity: 0.1 }] };
    expect(order(far, chooseFusionWeights('hashed'))).toEqual([1, 2, 3]);
    expect(order({ ...far, lexical: [], lexicalScore: () => 0 }, chooseFusionWeights('semantic'))).toEqual([]);
    expect(order(far, chooseFusionWeights('semantic', { method: 'rrf' }))).toEqual([1, 2, 3]);
  });

  it('gives by reciprocal rank 1 / (60 + rank), where the evaluation chose that', () => {
    const fused = fuse(CHANNELS, chooseFusionWeights('semantic', { method: 'rrf', vectors: 1 }));
    expect(fused[0]).toEqual({ ordinal: 2, score: 1 / 62 + 1 / 62 });
    expect(fused.map(({ ordinal }) => ordinal)).toEqual([2, 1, 4, 3]);
  });

  it('never weighs hashed vectors like words, and always asks semantic ones', () => {
    const hashed = { method: 'sum', vectors: 0.1, words: 1, bigrams: 0.3, characters: 0.6, stopWords: 0.1 };
    expect(chooseFusionWeights('hashed')).toMatchObject(hashed);
    expect(chooseFusionWeights('hashed').askVectorsBelow).toBeLessThan(1);
    expect(chooseFusionWeights('semantic').askVectorsBelow).toBeGreaterThan(1);
    expect(chooseFusionWeights('semantic', { headings: 0 }).headings).toBe(0);
  });
});
