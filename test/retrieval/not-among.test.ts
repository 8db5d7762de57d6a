import { describe, expect, it } from 'vitest';
import { openNotice } from './ask-notice.ts';
import { openLexicon } from './notices.ts';

const notice = await openNotice(`
关于做好惠民服务工作的通知

一、筛查
（一）具有本县户籍或在本县连续居住满半年、年龄在35至64周岁的妇女，均可参加筛查。
二、体检
（一）在本县居住半年以上的65周岁及以上老年人，不论户籍，每年免费体检一次。
（二）胸部CT不属于免费项目，需要的自费。
三、通行
（一）救护车、消防车不在禁行之列。
（二）新能源汽车不属于免征通行费范围。
（三）不在岗的人员，由所在单位通知。
`.trim(), await openLexicon());

describe('what is told to be none of a class', () => {
  it.each(['做胸部CT也不要钱吧', '胸部CT免费吗', '救护车也禁行吗', '新能源车免通行费吗'])('is not so: %s', async (question) => {
    expect(await notice.judge(question)).toBe('no');
  });

  it('is no yes for what isn’t named there', async () => {
    expect(await notice.judge('燃油车免通行费吗')).not.toBe('yes');
  });

  it.each(['救护车不禁行吧', '胸部CT不免费吧'])('is so where the question denies it itself: %s', async (question) => {
    expect(await notice.judge(question)).toBe('yes');
  });
});

describe('what is told not to be free', () => {
  it('is no waiver of what it costs', async () => {
    expect(await notice.judge('做胸部CT自费要多少钱')).toBe('refused');
  });
});

describe('a case that a question tells', () => {
  it('is held against the limit of what is asked for', async () => {
    expect(await notice.judge('我妈70岁了，没有本县户口，能免费体检吗')).toBe('yes');
  });
});
