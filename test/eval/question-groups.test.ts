import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALIKE, groupQuestions } from '../../src/eval/question-groups.ts';

const group = (...questions: readonly string[]): string[][] => groupQuestions(questions, (question) => question).map((wordings) => wordings.map(({ question }) => question));

describe('wordings of a question', () => {
  it.each([
    ['but for width, script, punctuation and spaces', '普惠性幼儿园 覆盖面?', '普惠性幼儿園覆盖面？'],
    ['but for fillers', '幼儿园月租多少', '请问幼儿园的月租是多少呢?'],
    ['nearly', '网络同步课程要开多少门', '网络同步课程今年要开多少门?'],
  ])('that are the same %s stand together', (_name, one, other) => {
    expect(group(one, other).length).toBe(1);
  });

  it.each([
    ['another year', '2021年要建多少所幼儿园?', '2022年要建多少所幼儿园?'],
    ['another place', '临海今年要创什么县', '仙居今年要创什么县?'],
    ['another school', '普通高中标准化学校建设比例的目标值是多少?', '义务教育标准化学校建设比例的目标值是多少?'],
  ])('that ask for %s do not', (_name, one, other) => {
    expect(group(one, other).length).toBe(2);
  });

  it('the one that was asked most comes first, the others with how alike they are', () => {
    const [wordings = []] = groupQuestions(['党建品牌叫啥', '党建品牌叫什么?', '党建品牌叫什么'], (question) => question);
    expect(wordings.map(({ question, asked }) => [question, asked.length])).toEqual([['党建品牌叫什么?', 2], ['党建品牌叫啥', 1]]);
    expect(wordings[1]?.similarity).toBeCloseTo(0.8);
  });

  it.each(['', '?', '的', '\u200b', '👍'])('%j is a question like any other', (question) => {
    expect(group(question, '要建多少所?')).toEqual([[question], ['要建多少所?']]);
  });

  it('each is in one group, whatever was asked', () => {
    const question = fc.oneof(fc.string({ maxLength: 12 }), fc.stringMatching(/^[幼儿园多少所建要的]{0,10}$/u));
    fc.assert(fc.property(fc.array(question, { maxLength: 40 }), (questions) => {
      const groups = groupQuestions(questions, (each) => each);
      expect(groups.flat().flatMap(({ asked }) => asked).toSorted()).toEqual(questions.toSorted());
      for (const { similarity } of groups.flat()) expect(similarity).toBeGreaterThanOrEqual(ALIKE);
    }));
  });

  it('of twenty thousand questions are put together within seconds', () => {
    const questions = Array.from({ length: 20_000 }, (_, index) => `普惠性幼儿园覆盖面要达到多少${String.fromCharCode(0x4e00 + (index % 4_000), 0x5e00 + (index % 37))}`);
    const startedAt = performance.now();
    groupQuestions(questions, (question) => question);
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  });
});
