import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editDistance, findNearName } from '../../src/text/near-names.ts';

describe('the distance of two names', () => {
  it.each([
    ['', '', 0], ['a', '', 1], ['port', 'port', 0], ['prot', 'port', 1], ['ports', 'port', 1], ['post', 'port', 1], ['modle', 'model', 1],
    ['kitten', 'sitting', 3], ['abc', 'xyz', 3],
  ])('%s → %s is %i', (left, right, distance) => {
    expect(editDistance(left, right)).toBe(distance);
  });

  it('is symmetric, zero only for the same name, and at most the longer length', () => {
    const name = fc.string({ maxLength: 12 });
    fc.assert(
      fc.property(name, name, (left, right) => {
        const distance = editDistance(left, right);
        expect(editDistance(right, left)).toBe(distance);
        expect(distance === 0).toBe(left === right);
        expect(distance).toBeLessThanOrEqual(Math.max(left.length, right.length));
      }),
    );
  });
});

describe('the name that was meant', () => {
  const known = ['PORT', 'OPENAI_BASE_URL', 'OPENAI_API_KEY'];
  it.each([
    ['PORT', undefined], ['PROT', 'PORT'], ['PPROTS', undefined], [
      'OPENAI_BASEURL',
      'OPENAI_BASE_URL',
    ], ['OPENAI_BASURL', 'OPENAI_BASE_URL'], ['OPENAI_URL', undefined],
  ])('%s → %s', (name, meant) => {
    expect(findNearName(name, known)).toBe(meant);
  });
});
