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
