import { beforeAll, describe, expect, it } from 'vitest';
import { openNotice } from '../ask-notice.ts';
import type { AskedNotice } from '../ask-notice.ts';
import { openLexicon, pointsOf } from '../notices.ts';

let notice: AskedNotice;
beforeAll(async () => {
  notice = await openNotice(`清河区暑期安排通知
一、招收托管学生485人，分6个班。
二、咨询电话6210001，投诉电话0578-6210002，值班电话6210003；夜间故障请拨打96119。
三、实验小学负责午餐，由东关食堂配送。
`, await openLexicon());
});

describe('a telephone number', () => {
  it.each([['值班电话多少', '6210003'], ['咨询电话是多少', '6210001'], ['投诉电话号码是多少', '0578-6210002']])('is the one that is asked for, of several in a sentence: %s', async (question, number) => {
    const [point] = pointsOf((await notice.gather(question)).reading);
    expect(point?.lead).toBe(number);
    expect(point?.span.text).not.toContain(number === '6210003' ? '6210001' : '6210003');
  });

  it('is not told by a number of something else', async () => {
    expect(await notice.quote('实验小学电话多少')).toBe('');
  });
});
