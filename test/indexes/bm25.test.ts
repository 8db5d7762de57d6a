import fc from 'fast-check';
import { deserialize, serialize } from 'node:v8';
import { describe, expect, it } from 'vitest';
import { buildBm25 } from '../../src/indexes/bm25-builder.ts';
import { addScores, hasToken, inverseFrequency, restoreBm25, serializeBm25, weighTerms } from '../../src/indexes/bm25.ts';
import { SENTENCE_PARAMETERS } from '../../src/indexes/bm25.ts';
import type { Bm25Index, SerializedBm25 } from '../../src/indexes/bm25.ts';

const TEXTS = [['幼儿园', '建成', '67', '所'], ['教师', '培训', '教师', '教师'], [], ['幼儿园', '教师']];

function score(index: Bm25Index, question: readonly string[], factor?: number): number[] {
  const scores = new Float32Array(index.size);
  addScores(index, weighTerms(question), scores, factor);
  return [...scores];
}

describe('BM25 over one field', () => {
  it('scores as the formula does by hand', () => {
    const index = buildBm25(TEXTS, { k1: 1.2, b: 0.75 });
    // Four texts, three with tokens: average length 10/3. 教师 stands in two: idf = ln(1 + (4 − 2 + 0.5) / (2 + 0.5)) = ln 2.
    const idf = Math.log(2);
    const long = (3 * 2.2) / (3 + 1.2 * (0.25 + (0.75 * 4) / (10 / 3)));
    const short = (1 * 2.2) / (1 + 1.2 * (0.25 + (0.75 * 2) / (10 / 3)));
    const scores = score(index, ['教师']);
    expect(scores[0]).toBe(0);
    expect(scores[1]).toBeCloseTo(idf * long, 5);
    expect(scores[2]).toBe(0);
    expect(scores[3]).toBeCloseTo(idf * short, 5);
  });

  it('adds the terms of a question, repeated ones as often as they stand, times the factor', () => {
    const index = buildBm25(TEXTS);
    const [kindergarten, teacher] = [score(index, ['幼儿园']), score(index, ['教师'])];
    const both = score(index, ['教师', '幼儿园', '教师', '没有'], 0.5);
    both.forEach((sum, text) => expect(sum).toBeCloseTo(0.5 * (kindergarten[text]! + 2 * teacher[text]!), 5));
  });

  it('counts a stop word what its weight says', () => {
    const index = buildBm25(TEXTS);
    const scores = new Float32Array(4);
    addScores(index, weighTerms(['教师'], () => 0.1), scores);
    expect(scores[1]).toBeCloseTo(0.1 * score(index, ['教师'])[1]!, 5);
  });

  it('holds a word that stands nowhere for the rarest, and one in all texts for worth more than nothing', () => {
    const index = buildBm25([['的', '甲'], ['的', '乙'], ['的', '丙']]);
    expect(inverseFrequency(index, '无')).toBeCloseTo(Math.log(1 + 3.5 / 0.5), 10);
    expect(inverseFrequency(index, '甲')).toBeCloseTo(Math.log(1 + 2.5 / 1.5), 10);
    expect(inverseFrequency(index, '的')).toBeCloseTo(Math.log(1 + 0.5 / 3.5), 10);
    expect(inverseFrequency(index, '的')).toBeGreaterThan(0);
  });

  it('takes words that are names of object properties for words', () => {
    const index = buildBm25([['constructor', '__proto__'], ['toString']]);
    expect(score(index, ['__proto__'])[0]).toBeGreaterThan(0);
    expect(score(index, ['hasOwnProperty'])).toEqual([0, 0]);
  });

  it.each([[[]], [[[]]], [[[], []]]])('is searched without harm where there is nothing: %j', (texts) => {
    const index = buildBm25(texts);
    expect(score(index, ['教师'])).toEqual(texts.map(() => 0));
    expect(hasToken(index, '教师', 0)).toBe(false);
    expect(Number.isFinite(inverseFrequency(index, '教师'))).toBe(true);
  });

  const token = fc.constantFrom('一', '二', '三', '四', '五', '六', '七', '八');
  const texts = fc.array(fc.array(token, { maxLength: 12 }), { maxLength: 40 });

  it('scores every text as a scan of all texts does', () => {
    const scan = (all: readonly (readonly string[])[], question: readonly string[], text: number): number => {
      const { k1, b } = SENTENCE_PARAMETERS;
      const filled = all.filter((tokens) => tokens.length > 0);
      const average = filled.reduce((sum, tokens) => sum + tokens.length, 0) / filled.length;
      return question.reduce((sum, term) => {
        const frequency = all.filter((tokens) => tokens.includes(term)).length;
        const count = all[text]!.filter((other) => other === term).length;
        const idf = Math.log(1 + (all.length - frequency + 0.5) / (frequency + 0.5));
        return count === 0 ? sum : sum + (idf * count * (k1 + 1)) / (count + k1 * (1 - b + (b * all[text]!.length) / average));
      }, 0);
    };
    fc.assert(
      fc.property(texts, fc.array(token, { maxLength: 6 }), (all, question) => {
        const index = buildBm25(all, SENTENCE_PARAMETERS);
        score(index, question).forEach((found, text) => expect(found).toBeCloseTo(scan(all, question, text), 4));
        all.forEach((tokens, text) => expect(hasToken(index, '三', text)).toBe(tokens.includes('三')));
      }),
      { numRuns: 150 },
    );
  });

  it('scores to the bit the same after it was saved and restored', () => {
    fc.assert(
      fc.property(texts, fc.array(token, { maxLength: 6 }), (all, question) => {
        const index = buildBm25(all);
        const restored = restoreBm25(deserialize(serialize(serializeBm25(index))) as SerializedBm25);
        expect(score(restored, question)).toEqual(score(index, question));
        expect(restored.parameters).toEqual(index.parameters);
      }),
      { numRuns: 100 },
    );
  });
});
