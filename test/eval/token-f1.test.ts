import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { characterF1, cmrcExactMatch, cmrcF1, segmentMixed } from '../../src/eval/token-f1.ts';

describe('segmentation of CMRC 2018', () => {
  it.each([
    ['普惠性幼儿园', ['普', '惠', '性', '幼', '儿', '园']],
    ['达到90%。', ['达', '到', '90', '%']],
    ['ESI前1%，GDP 3.5 亿', ['esi', '前', '1', '%', 'gdp', '3.5', '亿']],
    ['1,000名（含）', ['1,000', '名', '含']],
    ['，。《》', []],
    ['提高3.5.', ['提', '高', '3.5', '.']],
    ['5G与K12共20km', ['5g', '与', 'k12', '共', '20km']],
    // As the script has it: what is dropped parts nothing.
    ['K12，20km，3-5', ['k1220km35']],
    ['临卫健〔2023〕18号', ['临', '卫', '健', '〔2023〕18', '号']],
    ['推进(AI)应用……', ['推', '进', '(', 'ai', ')', '应', '用', '……']],
    ['a,b 1,a wait... it\'s.', ['a', ',', 'b', '1', ',', 'a', 'wait', '...', 'it\'s', '.']],
  ])('of %s is %j', (text, tokens) => {
    expect(segmentMixed(text)).toEqual(tokens);
  });
});

describe('CMRC F1', () => {
  it.each([
    // 三门 in common in one piece, of five tokens and of four: P = 2/5, R = 2/4, F1 = 4/9; the names in another order are no 1.
    ['三门和黄岩', ['黄岩、三门'], 2 * (2 / 5) * (2 / 4) / (2 / 5 + 2 / 4)],
    // 90 and % of 13 tokens: P = 1, R = 2/13, F1 = 4/15.
    ['90%', ['普惠性幼儿园覆盖面达到90%'], 2 * (2 / 13) / (1 + 2 / 13)],
    ['普惠性幼儿园', ['普惠性幼儿园。'], 1],
    ['完全不同', ['幼儿园'], 0],
    ['', ['幼儿园'], 0],
    ['，。', ['。'], 0],
    ['67所', ['98%', '67所'], 1],
  ])('of %s against %j', (prediction, golds, expected) => {
    expect(cmrcF1(prediction, golds)).toBeCloseTo(expected, 10);
  });

  it('counts the longest run in one piece, not the characters in any order', () => {
    expect(cmrcF1('甲乙丙丁', ['丁丙乙甲'])).toBeCloseTo(0.25, 10);
    expect(characterF1('甲乙丙丁', ['丁丙乙甲'])).toBe(1);
  });

  it('of identical Chinese texts is 1', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom(...'建成二级以上标准幼儿园67所9%'), { minLength: 1 }), (characters) => {
      const text = characters.join('');
      expect(cmrcF1(text, [text])).toBeCloseTo(1, 12);
      expect(characterF1(text, [text])).toBeCloseTo(1, 12);
      expect(cmrcExactMatch(text, [text])).toBe(1);
    }));
  });

  it('is symmetric, never above F1 on characters, and the best over the golds', () => {
    const texts = fc.array(fc.constantFrom(...'甲乙丙丁，90'), { minLength: 1, maxLength: 12 }).map((characters) => characters.join(''));
    fc.assert(fc.property(texts, texts, texts, (left, right, other) => {
      const score = cmrcF1(left, [right]) ?? -1;
      expect(cmrcF1(right, [left])).toBeCloseTo(score, 12);
      expect(characterF1(left, [right])).toBeGreaterThanOrEqual(score - 1e-12);
      expect(cmrcF1(left, [right, other])).toBeCloseTo(Math.max(score, cmrcF1(left, [other]) ?? 0), 12);
    }));
  });

  it('is quick for a long answer', () => {
    const gold = '建成二级以上标准幼儿园'.repeat(18);
    expect(cmrcF1(`${'普惠性'.repeat(600)}${gold}`, [gold])).toBeCloseTo(2 * (198 / 1998) / (198 / 1998 + 1), 12);
  }, 2000);

  it('does not apply without a gold', () => {
    expect([cmrcF1('甲', []), characterF1('甲', []), cmrcExactMatch('甲', [])]).toEqual([undefined, undefined, undefined]);
  });
});

describe('exact match', () => {
  it('leaves punctuation and case out of account', () => {
    expect(cmrcExactMatch('《ESI》前1%。', ['esi前1%'])).toBe(1);
    expect(cmrcExactMatch('67所', ['67 所'])).toBe(0);
    expect(cmrcExactMatch('，。', ['《》'])).toBe(1);
    expect(cmrcExactMatch('以及……', ['以及'])).toBe(0);
  });
});
