import { describe, expect, it } from 'vitest';
import { openNotice } from '../ask-notice.ts';
import { openLexicon } from '../notices.ts';

const NOTICE = `
石浦县渔船贷款管理办法

第一条 申请人应当是本县渔民。
第二条 有下列情形之一的，不予贷款：船龄超过二十年的；已列入减船计划的；保险过期的。
第三条 同一艘渔船不得重复贷款。任何单位不得代收贷款。
第四条 有下列情形之一的，不得出海：
（一）风力超过八级的；
（二）救生设备不全的。
`.trim();

const notice = await openNotice(NOTICE, await openLexicon());

describe('the cases in which something is not given', () => {
  it('are those that the notice lists, whatever else it forbids', async () => {
    const quoted = await notice.quote('哪些情况渔船不给放贷');
    expect(quoted).toMatch(/船龄超过二十年[^]*减船计划[^]*保险过期/u);
    expect(quoted).not.toContain('重复');
    expect(await notice.quote('什么情况不能贷')).toMatch(/船龄超过二十年[^]*保险过期/u);
  });

  it('are those of the deed that is asked about', async () => {
    const quoted = await notice.quote('哪些情况不能出海');
    expect(quoted).toMatch(/风力超过八级[^]*救生设备不全/u);
    expect(quoted).not.toContain('减船计划');
  });
});
