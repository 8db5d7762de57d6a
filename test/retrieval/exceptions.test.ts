import { describe, expect, it } from 'vitest';
import { openNotice } from './ask-notice.ts';
import { openLexicon } from './notices.ts';

const NOTICE = `
石浦县渔民服务若干规定

一、证件
（一）船员证首次办理免费，费用由县财政承担。遗失补办的，由本人支付工本费15元。
（二）救生衣自然老化的免费更换。人为损坏的由船主赔偿。
（三）渔民可以在码头设摊，不再办理占道许可。从事水产加工的除外。

二、补助
（一）休渔补助每船3000元。
（二）燃油补助每船5000元。
（三）以上各项补助不得叠加，就高享受一项。
（四）渔民保险补贴与贷款贴息可以同时享受。
（五）减船奖励和更新补助不得重复领取。
`.trim();

const notice = await openNotice(NOTICE, await openLexicon());

describe('what is free at first', () => {
  it('is not where it is lost or broken, as the sentence behind says', async () => {
    expect(await notice.judge('船员证丢了补办也是免费的吧')).toBe('no');
    expect(await notice.quote('船员证丢了补办也是免费的吧')).toContain('工本费15元');
    expect(await notice.judge('救生衣自己弄坏了也免费换吗')).toBe('no');
    expect(await notice.judge('船员证丢了重新办要钱吗')).toBe('yes');
  });

  it('stays free where the question tells no such case', async () => {
    expect(await notice.judge('船员证首次办理免费吗')).toBe('yes');
    expect(await notice.judge('救生衣老化了免费更换吗')).toBe('yes');
  });
});

describe('whether two grants may be had together', () => {
  it.each([
    ['休渔补助和燃油补助能加在一块儿领吧', 'no', '不得叠加'],
    ['保险补贴跟贷款贴息能一起拿不', 'yes', '可以同时享受'],
    ['减船奖励和更新补助可以同时领吗', 'no', '不得重复领取'],
  ])('%s: %s', async (question, polarity, quoted) => {
    expect(await notice.judge(question)).toBe(polarity);
    expect(await notice.quote(question)).toContain(quoted);
  });

  it('is not told by what is said of others', async () => {
    expect(await notice.quote('渔民保险补贴和高龄津贴能一起领吗')).not.toContain('不得叠加');
    expect(await notice.judge('休渔补助和保险补贴能一起领吗')).not.toBe('yes');
  });
});

describe('those who are excepted by what they do', () => {
  it('have no part in what is granted, though the rule also says what is no longer needed', async () => {
    expect(await notice.judge('我是做水产加工的，可以在码头设摊吗')).toBe('no');
  });
});
