import { describe, expect, it } from 'vitest';
import { openNotice } from './ask-notice.ts';
import { openLexicon } from './notices.ts';

const notice = await openNotice(`
关于做好重污染天气应对和医疗机构管理工作的通知

一、响应
（一）Ⅲ级响应期间，工业企业限产15%。
（二）II级响应期间，工业企业限产30%。
（三）Ⅰ级响应期间，渣土车禁止上路。
（四）Ⅰ级响应由县长签发，II级响应由分管副县长签发，Ⅲ级响应由县生态环境局局长签发。

二、诊疗
（一）Ⅰ型糖尿病患者每人每年补助1200元，Ⅱ型糖尿病患者每人每年补助600元。
`.trim(), await openLexicon());

describe('grades in Roman numerals', () => {
  it.each([
    ['三级响应的时候企业要限产多少', '15%'],
    ['2级响应企业限产多少', '30%'],
    ['2型糖尿病一年补多少钱', '600元'],
  ])('are asked for by others: %s', async (question, told) => {
    expect(await notice.quote(question)).toContain(told);
  });

  it('are no others for that', async () => {
    expect(await notice.quote('2型糖尿病一年补多少钱')).not.toContain('1200元');
    expect(await notice.judge('一级响应渣土车还能上路吗')).toBe('no');
    expect(await notice.judge('四级响应企业限产多少')).toBe('refused');
  });

  it('are quoted as they are written', async () => {
    expect(await notice.quote('二级响应企业限产多少')).toContain('II级响应');
  });
});
