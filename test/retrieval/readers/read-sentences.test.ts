import { describe, expect, it } from 'vitest';
import { openNotice } from '../ask-notice.ts';
import { openLexicon } from '../notices.ts';

const NOTICE = `
二〇二四年渔港管理规定

一、渔船停泊
（一）登记。渔船停泊应当登记，渔船停泊登记免费。港务窗口设在码头大楼一层，逾期登记的不予办理。
（二）收费。渔船停泊每日收费20元，由港务管理站负责收取。停泊满30日的渔船停泊费减半。

二、渔具和拖网
（一）拖网。休渔期内渔船拖网作业的，处2000元罚款。违反拖网规定的，由渔政大队责令改正。
（二）缴费。船员连续缴纳渔业保险满6个月的，享受误工津贴。不满6个月的，补足后发给。津贴每年6月发放。
（三）网箱。网箱养殖应当备案，网箱养殖面积不超过300平方米。

三、附则
本规定由渔业局负责解释。
`.trim();

const notice = await openNotice(NOTICE, await openLexicon());
const first = async (question: string): Promise<string> => (await notice.quote(question)).split('\n')[0] ?? '';

describe('who and where', () => {
  it.each([
    ['渔船拖网作业归谁来罚', '渔政大队'],
    ['休渔期拖网归哪个部门管', '渔政大队'],
    ['渔船停泊登记去哪里办', '港务窗口'],
    ['渔船停泊费由谁收', '港务管理站'],
  ])('%s: first the sentence that tells it, %s', async (question, told) => {
    expect(await first(question)).toContain(told);
  });

  it('is refused where none tells it', async () => {
    expect(await notice.judge('网箱养殖备案归谁管')).toBe('refused');
  });
});

describe('what to do', () => {
  it('is told by all of a short item', async () => {
    expect(await notice.quote('渔业保险才缴了5个月，误工津贴怎么办')).toContain('补足后发给');
  });

  it('is not told by an item about something else', async () => {
    expect(await notice.quote('渔业保险才缴了5个月，误工津贴怎么办')).not.toContain('网箱');
  });
});
