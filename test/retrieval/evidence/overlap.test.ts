import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measureOverlap } from '../../../src/retrieval/evidence/match.ts';
import { createOverlap } from '../../../src/retrieval/evidence/overlap.ts';

describe('createOverlap', () => {
  it.each([
    ['老年大学', '新建老年大学(学堂)10个', 4],
    ['老年学堂', '新建老年大学(学堂)10个', 2],
    ['校车', '老年大学', 0],
    ['', '老年大学', 0],
    ['老年大学', '', 0],
  ])('%s and %s share a stretch of %i', (text, other, expected) => {
    expect(createOverlap(text)(other)).toBe(expected);
  });

  it('measures as measureOverlap does, every time anew', () => {
    // 一 and 伀 end in the same bits, as 丁 and 企 do nearly.
    const letters = fc.string({ unit: fc.constantFrom(...'一伀丁企学校a1'), maxLength: 24 });
    fc.assert(
      fc.property(letters, fc.array(letters, { maxLength: 4 }), (text, others) => {
        const overlap = createOverlap(text);
        for (const other of others) expect(overlap(other)).toBe(measureOverlap(text, other));
      }),
    );
  });
});
