import { describe, expect, it } from 'vitest';
import { isCommonWord } from '../../src/text/common-words.ts';

describe('words that say nothing of what a notice is about', () => {
  it.each([['开始', 'v'], ['一起', 'd'], ['下面', 'f'], ['那么', 'r'], ['一堆', 'm'], ['这根', 'x'], ['家里', 's']])('are %s', (word, tag) => {
    expect(isCommonWord(word, tag)).toBe(true);
  });

  it.each([['招生', 'v'], ['高考', 'v'], ['一级', 'm'], ['校车', 'n'], ['寒假', 't'], ['支付宝', 'n']])('are not %s', (word, tag) => {
    expect(isCommonWord(word, tag)).toBe(false);
  });
});
