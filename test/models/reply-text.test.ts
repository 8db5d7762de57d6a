import { describe, expect, it } from 'vitest';
import { createReplyCleaner } from '../../src/models/reply-text.ts';

const clean = (...pieces: string[]) => {
  const cleaner = createReplyCleaner();
  return pieces.map((piece) => cleaner.clean(piece)).join('');
};

describe('cleaning a reply', () => {
  it.each([
    ['覆盖面达到90%。[1]', '覆盖面达到90%。[1]'],
    ['甲\n乙', '甲\n乙'],
    ['甲\r\n乙', '甲\n乙'],
    ['甲\t乙\v丙', '甲 乙 丙'],
    ['甲\u2028乙', '甲\n乙'],
    ['甲\u0000\u0007\u001b[31m乙\u009b', '甲[31m乙'],
    ['甲\u202e乙\u2066\u200b\ufeff丙', '甲乙丙'],
    ['甲\u{e0041}乙', '甲乙'],
    ['甲\ud83d乙', '甲乙'],
    ['甲\ude00乙', '甲乙'],
    ['甲😀乙', '甲😀乙'],
    ['甲\ud83d', '甲'],
  ])('makes of %j %j', (text, cleaned) => {
    expect(clean(text)).toBe(cleaned);
  });

  it('puts together a character that came in two pieces', () => {
    expect(clean('甲\ud83d', '\ude00乙')).toBe('甲😀乙');
    expect(clean('甲\ud83d', '', '\ude00乙')).toBe('甲😀乙');
    expect(clean('甲\ud83d', '乙')).toBe('甲乙');
  });
});
