import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { selectTop } from '../../src/indexes/top-scores.ts';

describe('the best of many scores', () => {
  it('are those of a full sort, whatever k and whichever are allowed', () => {
    const score = fc.oneof(fc.constantFrom(0, 1, 2, 3), fc.float({ min: 0, max: 10, noNaN: true }));
    const entry = fc.array(fc.tuple(score, fc.boolean()), { maxLength: 200 });
    fc.assert(
      fc.property(entry, fc.integer({ min: -1, max: 250 }), fc.boolean(), (entries, k, isFiltered) => {
        const scores = Float32Array.from(entries, ([value]) => value);
        const allowed = Uint8Array.from(entries, ([, isAllowed]) => (isAllowed ? 1 : 0));
        const sorted = [...scores.keys()]
          .filter((ordinal) => scores[ordinal]! > 0 && (!isFiltered || allowed[ordinal] === 1))
          .sort((left, right) => scores[right]! - scores[left]! || left - right);
        expect(selectTop(scores, k, isFiltered ? allowed : undefined)).toEqual(sorted.slice(0, Math.max(0, k)));
      }),
      { numRuns: 300 },
    );
  });

  it('passes over what is not a number, and gives nothing for a k that is none', () => {
    const scores = Float32Array.of(NaN, 1, NaN, 2);
    expect(selectTop(scores, 3)).toEqual([3, 1]);
    expect(selectTop(scores, NaN)).toEqual([]);
  });
});
