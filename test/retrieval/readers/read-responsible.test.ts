import { describe, expect, it } from 'vitest';
import { openNotice } from '../ask-notice.ts';
import { openLexicon } from '../notices.ts';

const NOTICE = `
石浦县渔港整治若干措施

一、港区管理
1.清理废旧渔船，腾出岸线400米。【县农业农村局、县交通运输局】
2.渔港照明实行统一维护，资金由县渔港公司运营。【县财政局】
3.对港区环境开展季度评比（县生态环境局）。
二、奖励
4.经县人才办认定的优秀船长，每人奖励3000元。
`.trim();

const notice = await openNotice(NOTICE, await openLexicon());

describe('who is responsible, in brackets at the end of an item', () => {
  it('is told where the whole of it is asked for', async () => {
    expect(await notice.quote('废旧渔船清理归哪个部门管')).toContain('县农业农村局、县交通运输局');
    expect(await notice.quote('港区环境评比找哪个局')).toContain('县生态环境局');
  });

  it('is not who does one thing, for which the item names another', async () => {
    expect(await notice.quote('渔港照明的资金由谁运营')).toContain('县渔港公司');
    expect(await notice.quote('渔港照明的资金由谁运营')).not.toContain('【县财政局】');
  });
});

describe('which body does something', () => {
  it('is told by 经…办认定', async () => {
    expect(await notice.quote('优秀船长是哪个部门认定的')).toContain('经县人才办认定');
  });
});
