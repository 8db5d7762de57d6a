import { beforeAll, describe, expect, it } from 'vitest';
import { openNotice } from './ask-notice.ts';
import type { AskedNotice } from './ask-notice.ts';
import { openLexicon } from './notices.ts';

const TEXT = `临溪市2025年研学旅行和造林补助通知

一、研学

（一）评为省级研学基地的一次性奖励20万元。

（二）旅行社组织研学团队的，每团满50人奖励2000元，满100人奖励5000元。

（三）在后洋村、石梁村各设2个营地。

二、投诉

接到投诉后24小时内受理，核实后5日内作出处理，处理结果作出后2日内告知投诉人。

三、造林

（一）县财政安排造林补助每亩600元。

（二）造林面积50亩以上的奖励2万元，200亩以上的奖励6万元，1000亩以上的奖励20万元。

四、招聘

硕士毕业生来林场就业的，每月发放生活补贴2000元。
`;

let asked: AskedNotice;
beforeAll(async () => {
  asked = await openNotice(TEXT, await openLexicon());
});

describe('steps', () => {
  it.each([
    ['60人的研学团奖励多少?', '2000元'],
    ['120人的研学团奖励多少?', '5000元'],
    ['造林80亩奖励多少?', '2万元'],
    ['造林300亩奖励多少?', '6万元'],
    ['造林1200亩奖励多少?', '20万元'],
  ])('give the highest that the case reaches: %s', async (question, figure) => {
    const quoted = await asked.quote(question);
    expect(quoted).toMatch(new RegExp(`奖励${figure}$`, 'u'));
    expect(quoted).not.toContain('\n');
  });

  it.each(['30人的研学团奖励多少?', '造林20亩奖励多少?'])('give nothing below the lowest, and nothing else does: %s', async (question) => {
    expect(await asked.quote(question)).toBe('');
  });
});

describe('a time limit', () => {
  it.each([
    ['投诉后多久受理?', '24小时内受理'],
    ['投诉多久处理好?', '5日内作出处理'],
  ])('is of the deed that stands behind it: %s', async (question, told) => {
    expect(await asked.quote(question)).toContain(told);
  });
});

describe('so many each', () => {
  it('is not how many there are together', async () => {
    expect(await asked.quote('后洋村设几个营地?')).toContain('2个');
    expect(await asked.quote('两个村一共设多少个营地?')).toBe('');
  });
});

describe('a figure behind a condition', () => {
  it('is of those whom the condition names', async () => {
    expect(await asked.quote('大专毕业来就业每月补贴多少?')).toBe('');
    expect(await asked.quote('硕士来就业每月补贴多少?')).toContain('2000元');
  });
});
