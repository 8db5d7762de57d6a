import { describe, expect, it } from 'vitest';
import { openNotice } from './ask-notice.ts';
import { openLexicon } from './notices.ts';

const lexicon = await openLexicon();

const NOTICE = `
沙洲县城市公园管理暂行办法

一、收费
（一）游船。脚踏船每小时收取30元，押金不得超过100元；电瓶观光车起步5元，超过起步里程的每公里1.5元。
（二）年卡。公园年卡首次办理免费，补办收取工本费12元，65周岁以上的享受5折优惠。
（三）摊位。摊位租金每月不得超过600元。
（四）场地。居民每场200元，非居民每场500元。
（五）入园。预约入园率去年为82%，力争今年底达到88%，夜间开放率达到60%。
（六）步道。全年疏浚河道6.5公里，其中东湖4公里、西湖2.5公里。

二、维护
（一）报修。游乐设施接到报修后24小时内到场查看，5天内修复。
（二）检查。对大型游乐设施每半年至少抽查一次；经营者申请检验的，自受理之日起15个工作日内完成检查。
（三）消杀。第一次消杀在4月8日至12日，第二次在7月1日至5日，第三次在9月20日至25日。
（四）花事。办好3月20日的樱花节和10月28日的菊花展。

三、附则
（一）理事会。公园理事会每届任期4年。
（二）施行。本办法自2025年3月1日起施行，有效期3年。
`.trim();

const notice = await openNotice(NOTICE, lexicon);

describe('a figure', () => {
  it.each([
    ['is the limit, whatever people call it', '摊位租金一个月封顶多少', '不得超过600元', '1.5元'],
    ['is the limit, called so by name', '脚踏船押金的上限是多少', '不得超过100元', '30元'],
    ['is money where something is collected', '公园年卡丢了补办收多少', '12元', '5折'],
    ['is told for each of what one is asked for', '观光车过了起步那段,一公里收多少', '每公里1.5元', '起步5元'],
    ['is of the ones themselves, not of all others', '居民用场地一场收多少', '居民每场200元', '〇'],
    ['is of the others where they are asked for', '非居民用场地一场多少钱', '非居民每场500元', '〇'],
    ['is what is aimed at, not what was', '预约入园率今年想达到多少', '今年底达到88%', '60%'],
    ['is a length, where so long a thing is asked for', '今年总共要疏浚多长的河道', '河道6.5公里', '2.5'],
    ['is counted by a unit of two characters', '西湖要疏浚几公里河道', '西湖2.5公里', '88%'],
    ['is the term of office', '公园理事会一届干几年', '每届任期4年', '有效期'],
  ])('%s', async (_, question, told, other) => {
    const quoted = await notice.quote(question);
    expect(quoted).toContain(told);
    expect(quoted).not.toContain(other);
  });

  it('is what was first, where that is asked for', async () => {
    expect((await notice.gather('预约入园率去年是多少')).reading).toHaveProperty('points.0.lead', '82%');
  });

  it('is of what stands behind it, where that is what it tells the day of', async () => {
    for (const [question, lead] of [['菊花展是哪天', '10月28日'], ['樱花节是哪天', '3月20日']] as const) {
      expect((await notice.gather(question)).reading).toMatchObject({ points: [{ lead }] });
    }
  });
});

describe('a time', () => {
  it.each([
    ['is that of what is asked for, not of what it begins with', '游乐设施报修后几天之内得修复', '5天内修复', '24小时'],
    ['within which something is done is none that comes again', '大型游乐设施递了申请,多少天内来检查', '15个工作日', '每半年'],
    ['is that of one of a row which the first names', '第二次消杀是几号到几号', '第二次在7月1日至5日', '4月8日'],
    ['until which the notice holds is its validity', '这个办法管到什么时候', '有效期3年', '〇'],
    ['until which the notice holds is asked for as a policy as well', '这套政策管几年', '有效期3年', '〇'],
    ['from which the notice holds is another', '这个办法什么时候生效', '2025年3月1日起施行', '3年'],
  ])('%s', async (_, question, told, other) => {
    const quoted = await notice.quote(question);
    expect(quoted).toContain(told);
    expect(quoted).not.toContain(other);
  });
});

describe('no figure answers', () => {
  it.each(['停车费封顶多少', '门票的上限是多少', '第五次消杀是几号', '荷花展是哪天'])('%s', async (question) => {
    expect(await notice.quote(question)).toBe('');
  });
});
