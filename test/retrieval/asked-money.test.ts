import { describe, expect, it } from 'vitest';
import { openNotice } from './ask-notice.ts';
import { openLexicon } from './notices.ts';

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
});
