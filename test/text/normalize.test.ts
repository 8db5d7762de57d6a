import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldForMatching, foldToLetters, holdsInvisible, removeInvisible } from '../../src/text/normalize.ts';

describe('folding for matching', () => {
  it.each([
    ['width', 'ＥＳＩ前１％', 'esi前1%'],
    ['width of marks', '达到９０％，（试行）；“一”：', '达到90%,(试行);一:'],
    ['case', 'ESI 5G', 'esi 5g'],
    ['zero-width characters', '普\u200b惠\u200c性\u200d幼\u2060儿\ufeff园', '普惠性幼儿园'],
    ['bidirectional controls', '达到\u202e90%\u202c\u2066', '达到90%'],
    ['tag characters', '普惠\u{e0041}\u{e007f}性', '普惠性'],
    ['variation selectors', '葛\ufe00\u{e0100}', '葛'],
    ['soft hyphens and fillers', '教\u00ad育\u3164局\u115f\u034f', '教育局'],
    ['control characters', '教\u0000育\u0007局\u009f', '教育局'],
    ['Traditional characters', '學前教育與義務教育', '学前教育与义务教育'],
    ['Kangxi radicals', '⼀⽣⽬标', '一生目标'],
    ['radicals of their supplement', '⻅习⻓期⻢⻰', '见习长期马龙'],
    ['a Traditional radical', '⻑期', '长期'],
    ['compatibility ideographs', '更\uf901樂\uf914', '更更乐乐'],
    ['units', '18℃、20㎡、3㎞', '18°c、20m2、3km'],
    ['circled and Roman numbers', '①Ⅳ㈠', '1iv(一)'],
    ['numerals of grades', 'Ⅲ级、III类，2型 Ⅰ、Ⅱ级 1—3级', '三级、三类,二型一、二级一-三级'],
    ['no other numerals', 'Ⅱ期 12级 3.5级 A1级 3类型号 VIP级', 'ii期12级3.5级a1级三类型号vip级'],
    ['quotation marks', '“互联网+”《意见》「一」\'二\'', '互联网+意见一二'],
    ['dashes', '2021—2023 2021–2023 2021－2023', '2021-2023 2021-2023 2021-2023'],
    ['spaces beside Chinese', ' 台州 学院　ESI  学科\n', '台州学院esi学科'],
    ['spaces between Latin words', 'open   to\tthe  public', 'open to the public'],
    ['combining marks', 'e\u0301\u200b', 'é'],
    ['a mark cut off from its letter', 'e\u200b\u0301', 'é'],
    ['nothing visible', '\u200b “” \n', ''],
  ])('folds %s', (_, text, folded) => {
    expect(foldForMatching(text)).toBe(folded);
  });

  it('leaves words of Mainland and Taiwan use as they are, character by character', () => {
    expect(foldForMatching('軟體與資訊')).toBe('软体与资讯');
    expect(foldForMatching('著作、瞭解')).toHaveLength(5);
  });

  it('keeps one character for each Han character', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0x3400, max: 0x9fff })), (codes) => {
        const text = String.fromCodePoint(...codes);
        expect([...foldForMatching(text)]).toHaveLength(codes.length);
      }),
    );
  });

  it('changes nothing more the second time', () => {
    const awkward = fc.constantFrom(
      '学', '學', '⻑', 'Ａ', 'a', ' ', '\u3000', '\u200b', '\u0301', '“', '—', '\u1100', '\u1161', 'J\u030c', 'İ', '…', '\ud800',
    );
    const piece = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), awkward);
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const folded = foldForMatching(pieces.join(''));
        expect(foldForMatching(folded)).toBe(folded);
      }),
      { numRuns: 5000 },
    );
  });

  it('folds characters one by one as it folds them together', () => {
    const character = fc.oneof(fc.integer({ min: 0x20, max: 0x7e }), fc.constantFrom(0x20, 0x0a, 0x3000), fc.integer({ min: 0x2e80, max: 0xffff }), fc.constantFrom(...[...'长長,，“”—…。《》％Ａ'].map((each) => each.charCodeAt(0))));
    fc.assert(
      fc.property(fc.array(character, { maxLength: 8 }), (codes) => {
        const text = String.fromCharCode(...codes);
        // A no-break space is folded together with what stands beside it.
        expect(foldForMatching(text)).toBe(foldForMatching(`${text}\u00a0`));
      }),
      { numRuns: 10000 },
    );
  });

  it('gives no invisible character and no upper case', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const folded = foldForMatching(text);
        expect(holdsInvisible(folded)).toBe(false);
        expect(folded).toBe(folded.trim());
        expect(folded).not.toMatch(/[A-ZＡ-Ｚ０-９]/u);
      }),
      { numRuns: 2000 },
    );
  });

  it('folds a question of forty characters in microseconds', () => {
    const question = '2020年台州市普惠性幼兒園覆蓋面要達到百分之多少？ＥＳＩ前1%的學科有哪些呢呀';
    expect(question.length).toBeGreaterThanOrEqual(40);
    const measure = (): number => {
      const started = performance.now();
      for (let index = 0; index < 2000; index += 1) foldForMatching(question);
      return ((performance.now() - started) / 2000) * 1000;
    };
    measure();
    expect(Math.min(measure(), measure(), measure())).toBeLessThan(20);
  });

  it.each([' ', '1', '“', '\u200b', '\u0301', 'a ', '學', '—', '\u1100'])('takes no more than its length for 100,000 of %j', (unit) => {
    const started = performance.now();
    foldForMatching(`甲${unit.repeat(100_000)}乙`);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

describe('folding to letters', () => {
  it('keeps letters, digits, % and +', () => {
    expect(foldToLetters('《“互联网+”教育（试行）》、达到 90％。')).toBe('互联网+教育试行达到90%');
  });
});

describe('invisible characters', () => {
  it('are removed without touching line breaks, tabs and spaces', () => {
    expect(removeInvisible('甲\u200b\r\n\t乙　丙\u202e\u{e0001}')).toBe('甲\r\n\t乙　丙');
    expect(['甲\n', '\t', ' ', '\u3000', '\u00a0', ''].some(holdsInvisible)).toBe(false);
    expect(['\u200b', '\ufeff', '\u00ad', '\u2066', '\u{e0041}', '\ufe0f', '\u0000'].every(holdsInvisible)).toBe(true);
  });
});
