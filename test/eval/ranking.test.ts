import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ndcgAt, recallAt, reciprocalRank } from '../../src/eval/ranking.ts';

const gold = (...ids: string[]): ReadonlySet<string> => new Set(ids);

describe('recall@k', () => {
  it.each([
    [['a', 'b', 'c'], ['a'], 1, 1],
    [['x', 'a', 'c'], ['a'], 1, 0],
    [['x', 'a', 'c'], ['a', 'b'], 3, 0.5],
    [['x', 'x', 'a'], ['a'], 2, 1],
    [[], ['a'], 10, 0],
  ])('of %j for %j at %i is %f', (ranked, ids, k, expected) => {
    expect(recallAt(ranked, gold(...ids), k)).toBe(expected);
  });
});

describe('the reciprocal rank', () => {
  // The example of TREC-8's question answering track as it is told everywhere: ranks 3, 2 and 1 give a mean of 11/18.
  it('is 1 by the rank of the first gold id, so that MRR of ranks 3, 2, 1 is 11/18', () => {
    const ranks = [['catten', 'cati', 'cats'], ['torii', 'tori', 'toruses'], ['viruses', 'virii', 'viri']].map((ranked, index) => reciprocalRank(ranked, gold(['cats', 'tori', 'viruses'][index] ?? ''), 10) ?? 0);
    expect(ranks.reduce((sum, rank) => sum + rank, 0) / 3).toBeCloseTo(11 / 18, 12);
  });

  it('is 0 where none is among the best k', () => {
    expect(reciprocalRank(['x', 'a'], gold('a'), 1)).toBe(0);
  });
});

describe('nDCG@k', () => {
  it('is the discounted gain by the ideal one', () => {
    // Relevance 1,0,1,0,0,1 of three gold ids: DCG = 1 + 1/log2(4) + 1/log2(7) = 1.85621; ideal 1 + 1/log2(3) + 1/log2(4) = 2.13093.
    expect(ndcgAt(['a', 'x', 'b', 'y', 'z', 'c'], gold('a', 'b', 'c'), 10)).toBeCloseTo(1.85621 / 2.13093, 5);
    // Wikipedia's example, grades 3, 2, 3, 0, 1, 2 taken as relevant or not: DCG = 1 + 0.63093 + 0.5 + 0.38685 + 0.35621 = 2.87399; the ideal
    // has the five in front: 1 + 0.63093 + 0.5 + 0.43068 + 0.38685 = 2.94846.
    expect(ndcgAt(['d1', 'd2', 'd3', 'd4', 'd5', 'd6'], gold('d1', 'd2', 'd3', 'd5', 'd6'), 6)).toBeCloseTo(2.87399 / 2.94846, 5);
    // Cut at 2, the ideal ranking has two gold ids.
    expect(ndcgAt(['x', 'b', 'a'], gold('a', 'b', 'c'), 2)).toBeCloseTo(0.63093 / 1.63093, 5);
  });
});

describe('every ranking metric', () => {
  const ids = fc.array(fc.constantFrom(...'abcdefghij'), { maxLength: 20 });
  const wanted = fc.uniqueArray(fc.constantFrom(...'abcdefghij'), { minLength: 1, maxLength: 6 });
  const metrics = [recallAt, reciprocalRank, ndcgAt];

  it('does not apply without gold ids', () => {
    expect(metrics.map((metric) => metric(['a'], gold(), 10))).toEqual([undefined, undefined, undefined]);
  });

  it('lies between 0 and 1, is 1 for the perfect ranking, and is not changed by what is ranked twice', () => {
    fc.assert(fc.property(ids, wanted, fc.integer({ min: 1, max: 12 }), (ranked, golds, k) => {
      for (const metric of metrics) {
        const value = metric(ranked, gold(...golds), k) ?? -1;
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1 + 1e-12);
        expect(metric(ranked.flatMap((id) => [id, id]), gold(...golds), k)).toBe(value);
      }
      expect(ndcgAt(golds, gold(...golds), k)).toBeCloseTo(1, 12);
      expect(reciprocalRank(golds, gold(...golds), k)).toBe(1);
      expect(recallAt(golds, gold(...golds), golds.length)).toBe(1);
    }));
  });

  it('does not fall when more is looked at', () => {
    fc.assert(fc.property(ids, wanted, fc.integer({ min: 1, max: 12 }), (ranked, golds, k) => {
      for (const metric of [recallAt, reciprocalRank]) expect(metric(ranked, gold(...golds), k + 1)).toBeGreaterThanOrEqual(metric(ranked, gold(...golds), k) ?? 0);
    }));
  });
});
