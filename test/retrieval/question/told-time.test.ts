import { beforeAll, describe, expect, it } from 'vitest';
import { openNotice } from '../ask-notice.ts';
import type { AskedNotice } from '../ask-notice.ts';
import { openLexicon } from '../notices.ts';

const TEXT = `云岙市2023年便民维修和申报通知

一、管网抢修

抢修电话24小时有人值守，抢修人员城区40分钟内到场。

二、项目申报

第一批申报截止到3月20日，第二批截止到7月10日。

三、录取

录取结果8月2日公布，录取通知书8月9日前寄出。
`;

describe('times that answer something else', () => {
  let notice: AskedNotice;
  beforeAll(async () => {
    notice = await openNotice(TEXT, await openLexicon());
  });

  it('is not how long it takes that somebody is there all day', async () => {
    expect(await notice.quote('抢修的人多久能到')).toBe('抢修人员城区40分钟内到场');
  });

  it('is not when it begins that it ends', async () => {
    expect(await notice.quote('第二批申报从哪天开始')).not.toContain('7月10日');
    expect(await notice.quote('第二批申报哪天截止')).toContain('7月10日');
  });

  it('is of a letter by its name, not of the notice itself', async () => {
    expect(await notice.quote('录取通知书什么时候发')).toContain('8月9日前');
  });
});
