import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitQuestions } from '../../../src/retrieval/question/split-questions.ts';

describe('splitQuestions', () => {
  it.each([
    ['普惠园覆盖面是多少?等级园呢?', ['普惠园覆盖面是多少?', '等级园呢?']],
    ['普惠园覆盖面是多少？教师持证率是多少？', ['普惠园覆盖面是多少？', '教师持证率是多少？']],
    ['十件实事有哪些\n清廉学校写在哪一部分', ['十件实事有哪些', '清廉学校写在哪一部分']],
    ['普惠园覆盖面是多少;年检要改革吗', ['普惠园覆盖面是多少', '年检要改革吗']],
    ['近视率要降多少? 谁来负责这件事?', ['近视率要降多少?', '谁来负责这件事?']],
    ['项目投入是多少,比去年多多少', ['项目投入是多少', '比去年多多少']],
  ])('parts %j', (message, parts) => {
    expect(splitQuestions(message)).toEqual(parts);
  });

  it.each([
    '普惠园覆盖面是多少?',
    '普惠园和等级园的覆盖面分别是多少?',
    '听说要建老年大学。要建几所?',
    '普惠园覆盖面是多少?谢谢!',
    '真的吗?普惠园覆盖面是多少?',
    '关于近视防控;近视率要降多少?',
    '天台,黄岩;三门要做什么',
    '今年的项目投入,比去年多多少',
    '',
    '?',
    '???',
    '\n\n',
  ])('leaves %j whole', (message) => {
    expect(splitQuestions(message)).toEqual([message]);
  });

  it('leaves more than five whole', () => {
    const message = '普惠园覆盖面是多少?'.repeat(6);
    expect(splitQuestions(message)).toEqual([message]);
    expect(splitQuestions('普惠园覆盖面是多少?'.repeat(5))).toHaveLength(5);
  });

  it('loses nothing that was asked', () => {
    const part = fc.constantFrom('普惠园覆盖面是多少', '谢谢', '年检要改革吗', '', '好', '近视率降几个点');
    const mark = fc.constantFrom('?', '？', ';', '\n', '。', ' ');
    fc.assert(
      fc.property(fc.array(fc.tuple(part, mark), { maxLength: 8 }), (pieces) => {
        const message = pieces.flat().join('');
        const parts = splitQuestions(message);
        expect(parts.length).toBeGreaterThan(0);
        expect(parts.length).toBeLessThanOrEqual(5);
        const letters = (text: string): string => text.replace(/[?？;\s]/gu, '');
        expect(letters(parts.join(''))).toBe(letters(message));
      }),
    );
  });
});
