import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mcnemarTest } from '../../src/eval/paired-tests.ts';

describe('the exact test of McNemar', () => {
  it.each([
    // 2 · (C(9,0) + C(9,1)) / 2^9
    [1, 8, 0.0390625],
    [0, 6, 0.03125],
    [0, 5, 0.0625],
    [5, 5, 1],
    [0, 0, 1],
    [3, 4, 1],
    // 2 · Σ C(12, 0…2) / 2^12 = 2 · 79 / 4096
    [2, 10, 0.03857421875],
    // 2 · (C(20,0) + … + C(20,5)) / 2^20 = 2 · 21700 / 1048576
    [5, 15, 0.041389465332],
    // 2 · Σ C(35, 0…10) / 2^35 = 2 · 286457876 / 34359738368
    [10, 25, 0.016673847800],
  ])('of %i gained and %i lost is %f', (gained, lost, expected) => {
    const p = mcnemarTest(gained, lost);
    expect(Math.abs(p - expected)).toBeLessThan(1e-9);
  });

  it('is symmetric, at most 1, and falls with imbalance', () => {
    fc.assert(fc.property(fc.nat(60), fc.nat(60), (gained, lost) => {
      const p = mcnemarTest(gained, lost);
      expect(p).toBeGreaterThanOrEqual(0);
      expect(p).toBeLessThanOrEqual(1);
      expect(mcnemarTest(lost, gained)).toBe(p);
      if (lost > gained) expect(mcnemarTest(gained, lost + 2)).toBeLessThanOrEqual(p + 1e-12);
    }));
  });

  it('agrees with the sum of binomial terms', () => {
    const direct = (gained: number, lost: number): number => {
      const n = gained + lost;
      let [term, sum] = [1, 0];
      for (let k = 0; k <= Math.min(gained, lost); k += 1) {
        sum += term;
        term = (term * (n - k)) / (k + 1);
      }
      return Math.min(1, (2 * sum) / 2 ** n);
    };
    fc.assert(fc.property(fc.nat(25), fc.nat(25), (gained, lost) => {
      if (gained !== lost) expect(mcnemarTest(gained, lost)).toBeCloseTo(direct(gained, lost), 9);
    }));
  });

  it('holds for many flips', () => {
    // Summed exactly, in whole numbers.
    expect(mcnemarTest(50_000, 50_100)).toBeCloseTo(0.7543499228357, 8);
    expect(mcnemarTest(49_000, 51_000) / 2.588716038346898e-10).toBeCloseTo(1, 6);
    expect(mcnemarTest(100_000, 100_000)).toBe(1);
    expect(mcnemarTest(0, 100_000)).toBe(0);
  });
});
