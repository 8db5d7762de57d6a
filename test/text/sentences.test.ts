import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TextSpan } from '../../src/text/span.ts';
import { splitClauses, splitSentences, trimSpan } from '../../src/text/sentences.ts';

const read = (text: string, spans: readonly TextSpan[]): string[] => spans.map(({ start, end }) => text.slice(start, end));
const sentencesOf = (text: string): string[] => read(text, splitSentences(text));
const clausesOf = (text: string): string[] => read(text, splitClauses(text));

describe('sentences', () => {
  it.each([
    ['出台意见。制定方案!落实了吗?', ['出台意见。', '制定方案!', '落实了吗?']],
    ['改扩建30所;创成1个；', ['改扩建30所;', '创成1个；']],
    ['他说：“好。很好！”然后走了。', ['他说：“好。很好！”然后走了。']],
    ['“不忘初心。”落实机制。', ['“不忘初心。”落实机制。']],
    ['要求如下（一是甲；二是乙。）。完。', ['要求如下（一是甲；二是乙。）。', '完。']],
    ['《关于甲。乙的意见》出台。', ['《关于甲。乙的意见》出台。']],
    ['真的?!是的……好。', ['真的?!', '是的……', '好。']],
    ['数学、物理……等学科发展。', ['数学、物理……等学科发展。']],
    ['见https://a.cn/x?y=1;z=2。', ['见https://a.cn/x?y=1;z=2。']],
    ['达到99.5%。PM2.5下降', ['达到99.5%。', 'PM2.5下降']],
    ['没有句号的一行', ['没有句号的一行']],
    ['  前后有空。　\n', ['前后有空。']],
    ['。。！', []],
    ['', []],
    [`“${'长'.repeat(70)}。没有合上`, [`“${'长'.repeat(70)}。`, '没有合上']],
  ])('of 「%s」', (text, sentences) => {
    expect(sentencesOf(text)).toEqual(sentences);
  });

  it('of a stretch count from the whole text', () => {
    const text = '前。甲。乙。后。';
    expect(read(text, splitSentences(text, 2, 6))).toEqual(['甲。', '乙。']);
  });
});

describe('clauses', () => {
  it.each([
    ['加大投入,装备值力争达到5500元，比例达到70%。', ['加大投入', '装备值力争达到5500元', '比例达到70%']],
    ['出台《关于甲,乙的意见》,制定方案(一,二)。', ['出台《关于甲,乙的意见》', '制定方案(一,二)']],
    ['投入1,000万元,16:30开始,比例1:3。', ['投入1,000万元', '16:30开始', '比例1:3']],
    ['占3.5,2021年完成。', ['占3.5', '2021年完成']],
    ['目标：普惠；等级:优。', ['目标', '普惠', '等级', '优']],
    ['改扩建30所;', ['改扩建30所']],
    ['说“甲,乙”,好。', ['说“甲,乙”', '好']],
    ['见https://a.cn,电话1。', ['见https://a.cn', '电话1']],
    ['然后……', ['然后']],
    [`“${'长'.repeat(70)}。”后,完`, [`“${'长'.repeat(70)}`, '后', '完']],
    [',，：', []],
  ])('of 「%s」', (text, clauses) => {
    expect(clausesOf(text)).toEqual(clauses);
  });
});

describe('any text', () => {
  const mark = fc.constantFrom('教育', '。', '；', '“', '”', '（', '）', '《', '》', ',', '，', ':', '…', '16:30', '1,000', ' ', '\n');
  const text = fc.array(fc.oneof(fc.string({ unit: 'binary', maxLength: 5 }), mark), { maxLength: 40 }).map((parts) => parts.join(''));

  it('is divided in order, every letter in one sentence and one clause at most', () => {
    fc.assert(
      fc.property(text, (given) => {
        for (const spans of [splitSentences(given), splitClauses(given)]) {
          let from = 0;
          for (const { start, end } of spans) {
            expect(start).toBeGreaterThanOrEqual(from);
            expect(end).toBeGreaterThan(start);
            expect(given.slice(start, end)).toMatch(/[\p{L}\p{N}]/u);
            from = end;
          }
          expect(from).toBeLessThanOrEqual(given.length);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('loses no letter or digit in its sentences', () => {
    fc.assert(
      fc.property(text, (given) => {
        const letters = (part: string): string => part.replace(/[^\p{L}\p{N}]/gu, '');
        expect(letters(sentencesOf(given).join(''))).toBe(letters(given));
        expect(letters(clausesOf(given).join(''))).toBe(letters(given));
      }),
      { numRuns: 1000 },
    );
  });

  it.each(['“', '（', '。', '，', '…', '1,', ' ', '”', '甲'])('takes no more than its length for 100,000 of %j', (unit) => {
    const long = unit.repeat(100_000);
    const started = performance.now();
    splitSentences(long);
    splitClauses(long);
    expect(performance.now() - started).toBeLessThan(4000);
  });
});

describe('trimming', () => {
  it('leaves out white space, full-width space too', () => {
    expect(trimSpan(' 　甲 乙\n', 0, 6)).toEqual({ start: 2, end: 5 });
    expect(trimSpan(' \n', 0, 2)).toBeUndefined();
    expect(trimSpan('甲', 0, 0)).toBeUndefined();
  });
});
