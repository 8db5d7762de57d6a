import { describe, expect, it } from 'vitest';
import { buildLexicon } from '../../../src/corpus/lexicon.ts';
import { findDimension } from '../../../src/retrieval/evidence/dimensions.ts';
import { matchByRole, matchYear } from '../../../src/retrieval/evidence/match-role.ts';
import type { Term, TermRole } from '../../../src/retrieval/question/term.ts';

const lexicon = buildLexicon({});
const term = (text: string, role: TermRole): Term => ({ text, role, alternatives: [] as readonly string[], broader: [] as readonly string[] }) as Term;

describe('a place', () => {
  it.each(['东港、南港、北港3个镇各15万元', '南港、东港镇各15万元', '南港和东港2个渔港镇', '东港镇15万元'])('stands in %s', (text) => {
    expect(matchByRole(term('东港镇', 'place'), text, lexicon)).toBeGreaterThanOrEqual(0.9);
  });

  it.each(['东港区南岛镇15万元', '东港路边的镇区', '南港镇15万元'])('does not stand in %s', (text) => {
    expect(matchByRole(term('东港镇', 'place'), text, lexicon)).toBeLessThan(0.45);
  });
});

describe('last year', () => {
  it.each([['上年度未裁员的', 1], ['去年已建成', 1], ['60岁以上年老职工', 0], ['5年以上年度考核', 0]])('in %s counts %d', (text, expected) => {
    expect(matchYear(term('去年', 'year'), text, '', 2025)).toBe(expected);
  });
});

describe('what is measured', () => {
  it.each([['面积', '40平方米以内'], ['距离', '200米以内'], ['年龄', '年满60周岁'], ['期限', '最长不超过3年'], ['时限', '30个工作日内办结'], ['深度', '积水超过27厘米']])('%s is told by %s', (word, text) => {
    expect(findDimension(word)?.(text)).toBe(true);
  });

  it.each([['期限', '会议于2025年召开'], ['期限', '2025年底前完工'], ['温度', '用电100度'], ['浓度', '覆盖率90%'], ['面积', '40所'], ['名称', '40平方米']])('%s is not told by %s', (word, text) => {
    expect(findDimension(word)?.(text) ?? false).toBe(false);
  });
});
