import { describe, expect, it } from 'vitest';
import { openNotice } from './ask-notice.ts';
import { openLexicon } from './notices.ts';

const lexicon = await openLexicon();

const HALL = await openNotice(
  `
柳溪街道社区食堂和自习室管理办法

一、社区食堂
（一）餐费按成本价收取，早餐每份6元。2026年餐费标准保持不变，包装盒由就餐人自理。
（二）东门店设有老年专座，其余各店不设老年专座。北门店尚在装修。
（三）储值卡不再收取工本费，已收取的于3月底前全部退还。
（四）新增餐位60个以上，志愿者每班不超过5人。
（五）拒不排队的，累计2次的，暂停就餐7日；累计4次的，注销储值卡。

二、自习室
（一）使用2小时以内免费，超过2小时的部分每小时收取3元。
（二）自习室座位仅限在预约时段内使用，电脑只限在室内使用。
（三）大专及以上学历的，可以申请考研专座。
（四）未满10周岁的不得单独入室。

三、附则
（一）原《柳溪街道老年食堂办法》同时废止。自习室继续执行原规定，其中收费部分以本办法为准。
（二）本办法自2025年5月1日起施行，有效期2年。
`.trim(),
  lexicon,
);

describe('yes or no, asked plainly', () => {
  it.each([
    ['what stays as it is has not changed', '2026年餐费会涨吗', 'no'],
    ['what everybody pays for himself is not included', '包装盒包含在餐费里吧', 'no'],
    ['the others have none', '北门店有老年专座吗', 'no'],
    ['the one that is named has it', '东门店有老年专座吗', 'yes'],
    ['what was collected is given back, though no more is collected', '交过的工本费退不退', 'yes'],
    ['at least so many are not at most so many', '新增餐位最多60个对吧', 'no'],
    ['at most so many are not at least so many', '志愿者每班至少5人吧', 'no'],
    ['the step that is reached decides', '插队4次会注销储值卡吗', 'yes'],
    ['a step that is not reached doesn’t', '累计2次会注销储值卡吗', 'no'],
    ['less than the limit is free', '用半个小时自习室要收费吗', 'no'],
    ['more than the limit is not free', '自习室用三个小时要收费吧', 'yes'],
    ['what is confined to a place goes nowhere else', '电脑能拿到室外用吗', 'no'],
    ['a higher degree than the least is enough', '博士能申请考研专座吗', 'yes'],
    ['a lower degree is not', '中专能申请考研专座吗', 'no'],
    ['what is repealed holds no more', '原来的老年食堂办法还有效吗', 'no'],
    ['a part that is told apart is not as before', '自习室收费还按原来的规定吗', 'no'],
  ])('%s: %s', async (_, question, expected) => {
    expect(await HALL.judge(question)).toBe(expected);
  });
});

const ISLAND = await openNotice(
  `
云溪书屋使用须知

一、入馆
（一）电子阅览区可以使用笔记本电脑。
（二）校外读者须先登记。
（九）外文书须先预订，预订后不收取费用。
（三）急诊室不设陪护。
（四）被列为古籍的图书，不得外借。
（五）雨伞由读者自愿寄存，书屋不得强制。

二、借阅
（一）借书证可以转借给家人，春节期间暂停使用。
（二）现役军人免押金借书。
（三）书屋周一至周六开放，周日及法定节假日闭馆。
（四）一年内累计逾期3次的，暂停借书资格90天，阅览不受影响。
（五）办证本人到场即可，复印件无效。三年级以上学生可以自行借书。
（六）不得携带宠物入馆，导盲犬出示有效证件的除外。
（七）夜间22时以后不得施工，因停水停电等需要抢修的除外。
（八）读者证实行年审管理，有效期三年，期满换发；参观卡有效期一年。
`.trim(),
  lexicon,
);

describe('yes or no by what grants, forbids, obliges or exempts', () => {
  it.each([
    ['what is granted may be done', '带笔记本电脑去电子阅览区用行吗', 'yes'],
    ['what has to be done has to be done', '校外读者是不是得先登记', 'yes'],
    ['the deed tells which clause is meant', '看外文书是不是得先预订', 'yes'],
    ['what is forbidden may not be done', '列为古籍的图书是不是就不许外借了', 'yes'],
    ['what is up to everybody need not be done', '雨伞可以不寄存吧', 'yes'],
    ['a grant for others says nothing', '借书要押金吗', 'neither'],
    ['a day within days', '周六书屋开门吧', 'yes'],
    ['a holiday', '国庆书屋开门吗', 'no'],
    ['closed, as it was thought', '国庆节那天书屋不开门吧', 'yes'],
    ['what is told of another card', '参观卡办一次能用三年吗', 'no'],
    ['whom a ban excepts may come', '导盲犬能带进馆吗', 'yes'],
    ['what a ban excepts may be done', '夜间水管爆了能施工抢修吧', 'yes'],
    ['a grade above the lowest', '四年级的孩子能自己借书吗', 'yes'],
  ])('%s: %s', async (_, question, expected) => {
    expect(await ISLAND.judge(question)).toBe(expected);
  });

  it('is not said where one clause grants and another takes back', async () => {
    expect(await ISLAND.judge('春节能把借书证转借给家人吗')).not.toBe('yes');
  });

  it('quotes the case with what follows from it', async () => {
    expect(await ISLAND.quote('逾期了是不是会暂停借书资格')).toContain('一年内累计逾期3次的');
  });
});

describe('the longest question that is taken', () => {
  it.each(['和', '能一起', '以及', '，能', '不在', '对不', '，对不对'])('takes no long time, whatever it repeats: %s', async (repeated) => {
    const startedAt = performance.now();
    await HALL.gather(`${repeated.repeat(Math.floor(1980 / repeated.length))}吗`);
    expect(performance.now() - startedAt).toBeLessThan(2000);
  });
});
