import { describe, expect, it } from 'vitest';
import { openNotice } from './ask-notice.ts';
import { openLexicon } from './notices.ts';

const POOL = await openNotice(
  `
云塘市民休闲中心服务须知

一、游泳
（一）初学者无需提供体检证明，入池前应当淋浴。
（二）深水区谢绝12周岁以下儿童入内。
（三）储物柜不作为贵重物品寄存处。
（四）东馆设有母婴室，西馆没有。
（五）押金自本须知施行之日起取消，已经收取的在30日内退还。
（六）残疾人免于排队，优先入场。
（七）泳帽可以现场购买，不得转借。

二、停车与缴费
（一）夜间停车不收费。
（二）中心不得拒收现金。
（三）未出示工作证的，顾客可以拒绝其检查。
（四）积分有效期为12个月。

三、建设计划
（一）启动城南游泳馆项目前期。
（二）开工建设滨河体育馆。
（三）试点开展夜场开放。
（四）救生员培训班设在县职业中专学校。预约热线设在县第二文化馆。
（五）逐步开放全部场地。
（六）开馆仪式视筹备情况适时举行。
（七）淋浴房正在建设，尚未投入使用。
`.trim(),
  await openLexicon(),
);

describe('the first word of an answer', () => {
  it.each([
    ['what is not needed need not be brought', '初学者要提供体检证明吗', 'no'],
    ['nor is it denied that it need not', '初学者不用提供体检证明吧', 'yes'],
    ['what declines somebody lets him not in', '我孙子11岁，深水区能进吗', 'no'],
    ['what is not taken for a thing is none', '储物柜能算贵重物品寄存处吧', 'no'],
    ['the one of two that has none has none', '从西馆进，那边有母婴室吗', 'no'],
    ['who is freed of it needn’t', '我是残疾人，是不是不用排队', 'yes'],
    ['a ban says no to what is asked', '我把泳帽借给同学，转借行不行', 'no'],
    ['what is free at night is not charged', '晚上夜间停车不收费,对吧对吧', 'yes'],
    ['may not be refused is as good as allowed', '办卡给现金，中心能收吧', 'yes'],
    ['may refuse is as good as needn’t', '检查的人不出示工作证，我可以不让查吧', 'yes'],
    ['what ends is not for ever', '积分是一直有效的吗', 'no'],
    ['what is only prepared is not begun', '城南游泳馆今年动工了是真的吗', 'no'],
    ['what is begun is not finished', '滨河体育馆今年就能建成吧', 'no'],
    ['what is begun is past preparing', '滨河体育馆是不是仍停留在前期阶段', 'no'],
    ['what is tried out is not everywhere', '夜场开放是不是全市都铺开了', 'no'],
    ['another one of its kind is told', '预约热线是设在县体育馆吗', 'no'],
    ['step by step is not all at once', '全部场地是一次性开放吗', 'no'],
    ['what hangs on more is not certain', '开馆仪式今年肯定举行?', 'no'],
  ])('%s: %s', async (_, question, expected) => {
    expect(await POOL.judge(question)).toBe(expected);
  });

  it('is no “yes” where a thing is not in use yet', async () => {
    expect(await POOL.judge('中心有淋浴房吗')).not.toBe('yes');
  });

  it.each([
    ['what was taken is given back, though no more is', '以前交的押金能退给我吗'],
    ['who else is meant isn’t told', '我外孙女9岁，泳帽能买吗'],
  ])('is no “no” where %s: %s', async (_, question) => {
    expect(await POOL.judge(question)).not.toBe('no');
  });
});

describe('a thing that the notice never names', () => {
  it.each(['夜间停车有充电桩吗', '初学者能租潜水镜吗', '残疾人优先入场可以坐缆车吗'])('is neither there nor not: %s', async (question) => {
    expect(['neither', 'refused']).toContain(await POOL.judge(question));
  });

  it('is not said to be what the notice writes', async () => {
    const { reading } = await POOL.gather('夜间停车有充电桩吗');
    expect(reading).toMatchObject({ leavesUntold: true });
  });
});
