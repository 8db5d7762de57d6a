import { describe, expect, it } from 'vitest';
import { openNotice } from './ask-notice.ts';
import { openLexicon } from './notices.ts';

const notice = await openNotice(
  `
2025年湖区民生事项安排

一、补贴
（一）护林员。申请护林员补贴的，申请时年龄不超过60周岁。
（二）渔船。2010年12月31日前建造的渔船，可以申请更新补助。
（三）茶园。享受改种补贴的茶园，5年内不得改种其他作物。
（四）补交。急诊住院后7日内补交材料的，视同按期申报。
（五）船费。70周岁以上老年人凭证免费乘坐轮渡，残疾人乘坐轮渡享受半价。
（六）水费。水费补贴每户每年最高1200元，最长3年。
（七）摊位。享受租金减免的摊位不得转租、转让。
（八）渡口。北岸渡口仅节假日开放。
（九）工程。新渡口2026年9月启用，北堤力争明年一季度动工。
（十）网上办理。困难补助申请实现线上办理全覆盖。
（十一）比武。曾获一等奖的渔民不再参加同一项目的比武；往年获二等奖的渔民可直接参加决赛。
（十二）报警器。已安装过报警器的渔户不再免费安装。
（十三）困难渔民。困难渔民每人补助1200元，2024年每人补助1000元。
`.trim(),
  await openLexicon(),
);

describe('a case that is told beside the question', () => {
  it.each([
    ['我今年63岁,还能申请护林员补贴吗', 'no'],
    ['我妈58岁了,能申请护林员补贴吗', 'yes'],
    ['2012年建的渔船也能申请更新补助吗', 'no'],
    ['2008年造的渔船能申请更新补助吗', 'yes'],
    ['拿了改种补贴的茶园,第三年能改种别的作物吗', 'no'],
    ['急诊住院第五天补交的材料,算按期申报吗', 'yes'],
  ] as const)('%s is held against the limit: %s', async (question, polarity) => expect(await notice.judge(question)).toBe(polarity));

  it.each(['拿了改种补贴的茶园,第八年能改种别的作物吗', '我今年63岁,还能坐轮渡吗'])('%s is not decided by a limit that does not reach it', async (question) => {
    expect(await notice.judge(question)).not.toBe('yes');
    expect(await notice.judge(question)).not.toBe('no');
  });
});

describe('what somebody did in a year before', () => {
  it.each([
    ['去年得过一等奖的渔民今年还能参加比武吗', 'no'],
    ['前年获二等奖的渔民今年还能直接参加决赛吗', 'yes'],
    ['去年装过报警器的渔户今年还能免费装吗', 'no'],
  ] as const)('%s is told by what holds of any year: %s', async (question, polarity) => expect(await notice.judge(question)).toBe(polarity));

  it('is missed where the notice speaks of nothing that was before', async () => {
    expect(await notice.judge('去年领过护林员补贴的今年还能申请护林员补贴吗')).toBe('refused');
  });

  it('is of that year where what it was then is asked', async () => {
    const { reading } = await notice.gather('去年困难渔民每人补助多少');
    expect(reading).toMatchObject({ points: [{ lead: '1000元' }] });
  });
});

describe('what a yes-no question puts to the test', () => {
  it('is the sum, and not that it is for one year', async () => {
    expect(await notice.judge('水费补贴一年封顶一千二,对吧')).toBe('yes');
    expect(await notice.judge('水费补贴一年最高1500元吗')).toBe('no');
  });

  it('is no yes where the notice forbids it', async () => {
    expect(await notice.judge('享受租金减免的摊位,我转让给亲戚行不行')).toBe('no');
  });

  it('is what is so instead, where one thing is denied for it', async () => {
    expect(await notice.judge('北岸渡口平时不开,就节假日开放吧')).toBe('yes');
  });

  it('is not free for whom only part of it is waived', async () => {
    expect(await notice.judge('残疾人坐轮渡不要钱吧')).not.toBe('yes');
  });

  it.each(['新渡口今年9月启用吗', '北堤今年就动工吧', '新渡口今年9月就启用?'])('is no day of this year: %s', async (question) => {
    expect(await notice.judge(question)).toBe('no');
  });

  it('is no share of what the notice does as a whole', async () => {
    expect(await notice.judge('困难补助申请只有部分能线上办理吧')).toBe('no');
  });
});

const DESK = await openNotice(
  `
石坪镇便民服务须知

一、外出务工不能到场的，可以委托成年近亲属代为申请，委托书须经村民委员会见证。
二、减免须每年申请，不自动延续。
三、2005年12月31日前建成的住宅，可以申请加装电梯。
四、轮椅、雨伞不受限制，可免费借用，归还时登记。
五、禁止携带宠物入内，导盲犬除外。
六、小学入学不以上过幼儿园为前提，任何学校不得查验幼儿园毕业证。
七、无正当理由全年授课不足20课时的，停发下一年度补助。
`.trim(),
  await openLexicon(),
);

describe('what is only of the asker’s own case', () => {
  it.each([
    ['where he is', '我在广东打工回不去，能委托我哥代为申请吗', '外出务工'],
    ['what he had before', '去年批过减免了，今年还得再申请吗', '每年申请'],
    ['since when something is', '2003年建的住宅能申请加装电梯吧', '加装电梯'],
    ['what is free has no price of another name', '借轮椅不收租金吧', '免费借用'],
    ['an exception speaks of what it excepts', '我眼睛看不见，导盲犬能带吧', '导盲犬除外'],
    ['at which stage, told in front', '小学报名要交幼儿园毕业证吗', '不得查验'],
  ])('refuses nothing: %s', async (_, question, told) => {
    expect(await DESK.quote(question)).toContain(told);
  });

  it('has a verb chosen by 发不发 denied by 停发', async () => {
    expect(await DESK.judge('全年授课不足20课时，补助还发不发')).toBe('no');
  });
});
