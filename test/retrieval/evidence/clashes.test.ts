import { describe, expect, it } from 'vitest';
import { clashes } from '../../../src/retrieval/evidence/clashes.ts';

const clash = (folded: string, clause: string): boolean => clashes({ folded, terms: [] } as never, clause);

describe('what a clause shuts out', () => {
  it.each([
    ['是不是所有码头都要改造', '70%以上的码头完成改造', true],
    ['渔港全部推行了吗', '选择3个渔港开展试点', true],
    ['是不是所有码头都要改造', '所有码头完成改造', false],
    ['是不是所有码头都要改造', '码头改造实现全覆盖', false],
    ['今年年底前就要改完吗', '3年内完成改造', true],
    ['3年内改完吗', '3年内完成改造', false],
    ['租金是不是每年调一次', '每2年调整一次', true],
    ['租金是不是两年调一次,每两年', '每2年调整一次', false],
    ['每月出海2次吗', '每月出海不少于2次', false],
    ['每人每年120元吗', '每人每月120元', false],
  ])('%s | %s: %s', (question, clause, expected) => {
    expect(clash(question, clause)).toBe(expected);
  });
});
