import { describe, expect, it } from 'vitest';
import { openNotice } from '../ask-notice.ts';
import { openLexicon } from '../notices.ts';

const NOTICE = `
石浦县渔民贷款和用工若干规定

一、贷款
（一）渔船更新贷款期限3年以下的，年贴息率2%；3年以上的，年贴息率1.5%。
（二）贷款基数为渔船上年度平均产值，上限80万元，下限按最低标准执行：木船5万元。
（三）贷款发放比例为50%至70%。

二、用工
（一）对新招船员并缴纳社保满3个月的企业，按每人1500元补助；招用脱贫劳动力的，按每人2000元补助。
（二）首套救生衣每人补助300元，第二套每人补助100元。
`.trim();

const notice = await openNotice(NOTICE, await openLexicon());

describe('the figure of the case that is asked about', () => {
  it.each([
    ['渔船更新贷款贷五年，年贴息率是多少', '1.5%', '率2%'],
    ['渔船更新贷款贷两年，年贴息率是多少', '2%', '1.5%'],
    ['企业招一个脱贫户能拿多少补助', '2000元', '1500元'],
    ['企业招一个新船员能拿多少补助', '1500元', '2000元'],
    ['头一套救生衣每人补助多少', '300元', '每人补助100元'],
  ])('%s: %s, and not %s', async (question, figure, other) => {
    const quoted = await notice.quote(question);
    expect(quoted).toContain(figure);
    expect(quoted).not.toContain(other);
  });
});

describe('a limit by its name', () => {
  it('is what 最高是多少 asks for', async () => {
    expect(await notice.quote('渔船贷款基数最高是多少')).toContain('上限80万元');
  });
});
