import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { citationScores } from '../../src/eval/citation-scores.ts';

const known = (citation: number): boolean => citation >= 1 && citation <= 9;
/** Places 1 and 2 prove a claim each by itself; 3 and 4 only together. */
const entails = (citations: readonly number[]): boolean => citations.includes(1) || citations.includes(2) || (citations.includes(3) && citations.includes(4));
const score = (...claims: number[][]) => citationScores(claims.map((citations) => ({ citations })), entails, known);

describe('citation recall and precision of ALCE', () => {
  it.each([
    ['one that proves', [[1]], 1, 1],
    ['one that does not', [[5]], 0, 0],
    ['one that proves, and one beside it that adds nothing', [[1, 5]], 1, 0.5],
    ['two that each prove', [[1, 2]], 1, 1],
    ['two that prove together only', [[3, 4]], 1, 1],
    ['two needed ones and a third that adds nothing', [[3, 4, 5]], 1, 2 / 3],
    ['half of what is needed', [[3]], 0, 0],
    ['no citation', [[]], 0, 0],
    ['a claim that is proved and one without citation', [[1], []], 0.5, 1],
    ['a place that is not there', [[1, 12]], 0, 0],
    ['more than three: the fourth is not looked at', [[5, 6, 7, 1]], 0, 0],
    ['more than three: the fourth does not help to prove', [[1, 5, 6, 2]], 1, 1 / 3],
    ['a place that is not there, behind the first three', [[1, 2, 3, 12]], 0, 0],
    ['a place that is not there, beside a claim that is proved', [[1], [2, 12]], 0.5, 1 / 3],
    ['one that proves, named twice', [[1, 1]], 1, 1],
    ['citations of a claim that is not proved, among others', [[1], [5, 6]], 0.5, 1 / 3],
  ])('%s', (_, claims, recall, precision) => {
    expect(score(...claims)).toEqual({ recall, precision });
  });

  it('do not apply to an answer without claims', () => {
    expect(score()).toBeUndefined();
  });

  it('lie between 0 and 1', () => {
    fc.assert(fc.property(fc.array(fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 5 }), { minLength: 1 }), (claims) => {
      const { recall = -1, precision = -1 } = score(...claims) ?? {};
      return recall >= 0 && recall <= 1 && precision >= 0 && precision <= 1 && (recall > 0) === (precision > 0);
    }));
  });
});
