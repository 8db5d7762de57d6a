import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { perturbQuestion } from '../../src/eval/perturb.ts';
import { PERTURBATIONS } from '../../src/eval/record.ts';
import { foldForMatching, removeInvisible } from '../../src/text/normalize.ts';

const QUESTION = '2020年全市普惠性幼儿园覆盖面要达到多少,等级幼儿园三十所够不够?';
const digitsOf = (text: string): string => (text.normalize('NFKC').match(/[\d零〇一二三四五六七八九十百千万亿]/gu) ?? []).join('');

/** Characters replaced, left out, put in, or swapped with their neighbour (optimal string alignment). */
function countSlips(left: readonly string[], right: readonly string[]): number {
  const rows = [Array.from({ length: right.length + 1 }, (_, index) => index)];
  const at = (row: number, column: number): number => rows[row]?.[column] ?? Number.POSITIVE_INFINITY;
  for (let row = 1; row <= left.length; row += 1) {
    rows.push([row]);
    for (let column = 1; column <= right.length; column += 1) {
      const isSwap = left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      const same = left[row - 1] === right[column - 1] ? 0 : 1;
      rows[row]?.push(Math.min(at(row - 1, column) + 1, at(row, column - 1) + 1, at(row - 1, column - 1) + same, isSwap ? at(row - 2, column - 2) + 1 : Number.POSITIVE_INFINITY));
    }
  }
  return at(left.length, right.length);
}

describe('a spoilt question', () => {
  it.each(PERTURBATIONS)('by %s is the same for the same seed, and holds its figures', (perturbation) => {
    expect(perturbQuestion(QUESTION, perturbation, 7)).toBe(perturbQuestion(QUESTION, perturbation, 7));
    for (let seed = 0; seed < 50; seed += 1) expect(digitsOf(perturbQuestion(QUESTION, perturbation, seed))).toBe(digitsOf(QUESTION));
    expect(perturbQuestion(QUESTION, perturbation, 1)).not.toBe(QUESTION);
  });

  it.each(PERTURBATIONS)('by %s keeps each of its figures by itself', (perturbation) => {
    const unit = fc.constantFrom(...'教育投入和幼儿园点所个,，?0189一二十百千万亿两%.');
    const figuresOf = (text: string): string[] => removeInvisible(foldForMatching(text)).match(/[\d零〇一二三四五六七八九十百千万亿两]+/gu) ?? [];
    fc.assert(fc.property(fc.string({ unit, minLength: 1, maxLength: 30 }), fc.nat(), (question, seed) => {
      expect(figuresOf(perturbQuestion(question, perturbation, seed))).toEqual(figuresOf(question));
    }), { numRuns: 300 });
  });

  it.each(['typo', 'filler', 'zero-width'] as const)('by %s is another for another seed', (perturbation) => {
    expect(new Set(Array.from({ length: 20 }, (_, seed) => perturbQuestion(QUESTION, perturbation, seed))).size).toBeGreaterThan(5);
  });

  it('by slips differs in three places at most', () => {
    for (let seed = 0; seed < 100; seed += 1) {
      const spoilt = perturbQuestion(QUESTION, 'typo', seed);
      const slips = countSlips([...QUESTION], [...spoilt]);
      expect(slips).toBeGreaterThanOrEqual(1);
      expect(slips).toBeLessThanOrEqual(3);
      expect(spoilt[0]).toBe(QUESTION[0]);
    }
  });

  it('by slips mostly sounds the same', () => {
    const spoilt = Array.from({ length: 30 }, (_, seed) => perturbQuestion('教育', 'typo', seed));
    expect(new Set(spoilt)).toEqual(new Set(['教育']));
    expect(new Set(Array.from({ length: 30 }, (_, seed) => perturbQuestion('三万教育二', 'typo', seed)))).toEqual(new Set(['三万教育二']));
    expect(perturbQuestion('教育投入', 'typo', 1)).not.toBe('教育投入');
    expect(Array.from({ length: 60 }, (_, seed) => perturbQuestion('教育投入资金', 'typo', seed)).some((text) => [...text].length === 6 && text !== '教育投入资金')).toBe(true);
  });

  it.each([
    ['traditional', '教育质量与幼儿园覆盖面', '教育質量與幼兒園覆蓋面'],
    ['fullwidth', '2020年90%?', '２０２０年９０％？'],
    ['fullwidth', '覆盖面多少', '覆盖面多少'],
  ] as const)('by %s: %s becomes %s', (perturbation, question, expected) => {
    expect(perturbQuestion(question, perturbation, 1)).toBe(expected);
  });

  it('by invisible characters reads as before', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...'教育投入是多少?67') }), fc.nat(), (question, seed) => {
      expect(removeInvisible(perturbQuestion(question, 'zero-width', seed))).toBe(question);
    }));
  });

  it('by fillers holds the question, with its mark at the end', () => {
    const spoilt = perturbQuestion('普惠园覆盖率多少?', 'filler', 3);
    expect(spoilt).toContain('普惠园覆盖率多少');
    expect(spoilt.endsWith('?')).toBe(true);
  });

  it('is never empty, and never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), fc.constantFrom(...PERTURBATIONS), fc.nat(), (question, perturbation, seed) => {
      expect(perturbQuestion(question, perturbation, seed)).not.toBe('');
    }));
    expect(foldForMatching(perturbQuestion('教育', 'fullwidth', 1))).toBe('教育');
  });
});
