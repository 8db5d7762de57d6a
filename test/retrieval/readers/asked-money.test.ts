import { describe, expect, it } from 'vitest';
import { openNotice } from '../ask-notice.ts';
import { openLexicon, pointsOf } from '../notices.ts';

const NOTICE = `
二〇二五年礁石湾便民服务安排

一、潜水员培训
全年培训潜水员600人。每期培训8学时，收费全免，证书有效期3年。

二、接电
验收合格的，3个工作日内送电，并当面讲解用电方法。除电费外，任何单位不得收取送电费、初装费。

三、渡轮
渔民每月免收4次渡轮票，超出部分照价收取，当月未用完的不结转。

四、浴室
码头浴室每次收取8元。

五、签约服务包
（一）初级服务包：每人每年80元，其中个人承担20元，医保基金承担40元，基本公卫经费承担20元。
（二）签约团队考核不合格的扣减经费10%，设服务点24个。
`.trim();

const notice = await openNotice(NOTICE, await openLexicon());

describe('what is asked of money', () => {
  it.each([
    ['潜水员培训免费吗', 'yes'],
    ['送电的时候要另交一笔送电费吗', 'no'],
  ])('%s is answered by the clause that speaks of money', async (question, word) => {
    expect(await notice.judge(question)).toBe(word);
  });

  it('is no yes for a thing that only is called free', async () => {
    expect(await notice.judge('渔民这个月没用完的免费渡轮票能留到下个月用吗')).not.toBe('yes');
  });

  it('is not free what costs something', async () => {
    expect(await notice.judge('码头浴室免费吗')).not.toBe('yes');
  });

  it('is the price, and what somebody pays of it only where that is asked', async () => {
    const leadOf = async (question: string): Promise<string | undefined> => pointsOf((await notice.gather(question)).reading)[0]?.lead;
    expect(await leadOf('初级包一年多少钱')).toBe('80元');
    expect(await leadOf('初级包个人掏多少')).toBe('20元');
    expect(await leadOf('医保给初级包出多少')).toBe('40元');
  });

  it('may be a share, where no money is named', async () => {
    expect(await notice.quote('签约团队不合格扣多少')).toContain('10%');
  });
});

describe('kinds', () => {
  it('are not counted by 个', async () => {
    expect(await notice.quote('有几种服务包')).not.toContain('24个');
  });
});
