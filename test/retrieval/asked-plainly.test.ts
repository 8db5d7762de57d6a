import { describe, expect, it } from 'vitest';
import { resolveFollowUp } from '../../src/retrieval/question/follow-up.ts';
import { openNotice } from './ask-notice.ts';
import { openLexicon } from './notices.ts';

const lexicon = await openLexicon();

const NOTICE = `
二〇二四年码头管理工作安排

一、建设
（一）码头改造。全年新建码头12座，改造码头30座。三门要完成渔港清淤。启动西湾泵站搬迁前期工作。
（二）停泊优惠。渔船在公共码头停泊，每日首次3小时内免费；在货运码头停泊的，不享受该项优惠。
（三）节庆。4月12日至18日举办开渔节。三级响应自6月18日起启动。

二、管理
（一）巡查。每季度开展一次安全检查。C类船员子女可以在所在县（区）范围内选择学校。
（二）服务。设立24小时求助电话。应急响应期间船长不得离船，确需离船的须报站长批准。
（三）排班。在港内抢修的，应当在6小时内修复。

表1  码头经费（单位：万元）
码头    人员    设备
东码头    12    30
西码头    15    22
`.trim();

const notice = await openNotice(NOTICE, lexicon);

describe('a plain yes or no', () => {
  it.each([
    ['渔船停在公共码头前三小时免费吗', 'yes'],
    ['渔船停在货运码头也免费三小时吗', 'no'],
    ['开渔节是五月份办吗', 'no'],
    ['安全检查是一个月一次吗', 'no'],
    ['C类船员的孩子可以随便选学校吗', 'no'],
  ])('%s: %s', async (question, expected) => {
    expect(await notice.judge(question)).toBe(expected);
  });

  it('takes a day for the month that it is in', async () => {
    expect(await notice.judge('开渔节是四月份办吗')).not.toBe('no');
  });

  it('is no no where what is forbidden may be done with leave, and that is asked', async () => {
    expect(await notice.judge('响应期间船长离船要先报批吗')).not.toBe('no');
  });
});

describe('what is not told', () => {
  it.each(['求助电话是多少', '西湾泵站要搬到哪儿', '三级响应哪天解除', '开渔节在哪个镇办', '求助电话怎么开通'])('is not told: %s', async (question) => {
    expect(await notice.judge(question)).toBe('refused');
  });

  it('is told where it stands', async () => {
    expect(await notice.quote('三门县有啥任务')).toContain('三门要完成渔港清淤');
    expect(await notice.quote('改造码头多少座')).toContain('改造码头30座');
    expect(await notice.quote('安全检查多久一次')).toContain('每季度');
  });
});

describe('a table without a sum', () => {
  it('gives no single row for all together, but what they come to, and gives a row that is named', async () => {
    expect(await notice.quote('码头人员经费一共多少')).toMatch(/东码头[^]*西码头/u);
    expect(await notice.quote('西码头的设备经费是多少')).toContain('西码头');
  });
});

describe('a question that leans on the conversation', () => {
  const asked = (...contents: readonly string[]): { readonly role: 'user'; readonly content: string }[] => contents.map((content) => ({ role: 'user', content }));

  it.each([
    [['新建码头多少座', '改造多少座'], '刚才第一个问题的答案是多少来着', '新建码头多少座'],
    [['渔港第八件实事是什么'], '最后一件呢', '渔港最后一件实事是什么'],
    [['新建码头覆盖率多少', '改造码头覆盖率多少'], '两个差多少', '新建码头覆盖率和改造码头覆盖率相差多少'],
    [['码头改造率的目标是多少'], '是硬性的吗', '码头改造率是必须的吗'],
    [['小班招多少人'], '托班呢', '托班招多少人'],
    [['东码头站长是谁'], '那应急工作领导小组组长呢', '应急工作领导小组组长是谁'],
  ])('%j, then %s', (before, question, expected) => {
    expect(resolveFollowUp(asked(...before), question, lexicon)).toBe(expected);
  });
});
