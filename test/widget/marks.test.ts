import { describe, expect, it } from 'vitest';
import { parseMarks, withoutMarks } from '../../src/widget/marks.ts';

const isKnown = (n: number): boolean => n === 1 || n === 2;

describe('the marks of an answer', () => {
  it.each([
    ['建成67所。[1]', ['建成67所。', 1]],
    ['[1][2]', [1, 2]],
    ['甲[1]乙[2]丙', ['甲', 1, '乙', 2, '丙']],
    ['按文件[3]和[2020]办理[1]', ['按文件[3]和[2020]办理', 1]],
    ['[01] [-1] [1 ] [99999]', [1, ' [-1] [1 ] [99999]']],
    ['', []],
  ])('%s', (text, pieces) => {
    expect(parseMarks(text, isKnown)).toEqual(pieces);
  });

  it('are left out where a text is read aloud', () => {
    expect(withoutMarks('建成67所。[1][2]见[3]', isKnown)).toBe('建成67所。见[3]');
  });
});
