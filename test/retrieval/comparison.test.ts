import { describe, expect, it } from 'vitest';
import { parseComparison } from '../../src/retrieval/comparison.ts';

describe('a comparison', () => {
  it.each([
    ['普惠性幼儿园覆盖面和等级幼儿园覆盖面哪个更高?', '普惠性幼儿园覆盖面', '等级幼儿园覆盖面'],
    ['请问普惠园与等级园的覆盖面相差多少', '普惠园覆盖面', '等级园的覆盖面'],
    ['等级幼儿园覆盖面比普惠性幼儿园高多少个百分点?', '等级幼儿园覆盖面', '普惠性幼儿园覆盖面'],
    ['哪个更多,网络课程还是微课资源?', '网络课程', '微课资源'],
    ['老年大学多还是实践基地多', '老年大学', '实践基地'],
    ['签约率，重点人群跟全人群差多少？', '重点人群签约率', '全人群签约率'],
    ['要建多少所幼儿园和小学', undefined, undefined],
    ['公办学校和民办学校同步招生吗', undefined, undefined],
    ['教育投入和去年一样吗', undefined, undefined],
  ])('in “%s” is of %s and %s', (question, left, right) => {
    const found = parseComparison(question);
    expect([found?.left, found?.right]).toEqual([left, right]);
  });
});
