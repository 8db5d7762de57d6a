import { beforeAll, describe, expect, it } from 'vitest';
import { openNotice } from './ask-notice.ts';
import type { AskedNotice } from './ask-notice.ts';
import { openLexicon, pointsOf } from './notices.ts';

let notice: AskedNotice;
beforeAll(async () => {
  const text = `关于做好社区服务工作的通知
一、全市10个街道、120个社区组建志愿队伍。
二、设立5个检查站、12个流动岗。
三、第一批20个村、第二批30个村开展试点。
四、城区6所学校、乡镇8所学校接入平台。
五、对86家养老机构、43家医院开展全覆盖排查。
六、每队配备2名医生、4名护士、1名司机。
七、招录15名教师和9名辅导员，补充到乡镇中学。
八、购置3台抽水泵、5台发电机和2台照明车。
九、整治40个老旧小区、新建6个口袋公园、改造15个农贸市场。
十、新改建农村公路480公里（2024年160公里、2025年180公里、2026年140公里）。
十一、小学、初中巩固率分别达到100%和99.2%。
十二、技能大赛设一等奖3名、二等奖6名、三等奖10名，每名分别奖励5000元、3000元、1000元。
十三、一季度完成投资8亿元、上半年完成20亿元、全年完成45亿元。
十四、工作满3年不满5年的每月补贴300元，满5年不满10年的每月补贴500元，满10年的每月补贴800元。
十五、1月至3月完成摸底调查，4月至8月开展集中整治。`;
  notice = await openNotice(text, await openLexicon());
});

const leadOf = async (question: string): Promise<string | undefined> => pointsOf((await notice.gather(question)).reading)[0]?.lead;

describe('figures of one unit side by side', () => {
  it.each([
    ['多少个社区', '120个'], ['有几个街道', '10个'], ['检查站有几个', '5个'], ['流动岗设几个', '12个'],
    ['第二批多少个村试点', '30个'], ['第一批多少个村', '20个'], ['乡镇有多少所学校接入平台', '8所'], ['城区几所学校接入平台', '6所'],
    ['养老机构有多少家要排查', '86家'], ['要排查多少家医院', '43家'], ['每队几名护士', '4名'], ['每队几个医生', '2名'],
    ['招多少名辅导员', '9名'], ['补充多少名教师', '15名'], ['买几台发电机', '5台'], ['抽水泵几台', '3台'], ['照明车买几台', '2台'],
    ['农贸市场改造几个', '15个'], ['新建几个口袋公园', '6个'], ['整治多少个老旧小区', '40个'],
  ])('count each what stands behind it: %s %s', async (question, figure) => {
    expect(await leadOf(question)).toBe(figure);
  });

  it.each([['2024年新改建农村公路多少公里', '160公里'], ['2025年修多少公里农村公路', '180公里'], ['三年一共新改建多少公里农村公路', '480公里']])('are each of their year: %s %s', async (question, figure) => {
    expect(await leadOf(question)).toBe(figure);
  });

  it.each([['小学巩固率多少', '100%'], ['初中巩固率多少', '99.2%'], ['二等奖奖多少钱', '3000元'], ['三等奖奖金多少', '1000元'], ['一等奖奖励多少', '5000元']])('are each of whose turn it is: %s %s', async (question, figure) => {
    expect(await leadOf(question)).toBe(figure);
  });

  it.each([['上半年要完成多少投资', '20亿元'], ['一季度完成多少', '8亿元'], ['全年完成投资多少', '45亿元']])('are each of their part of the year: %s %s', async (question, figure) => {
    expect(await leadOf(question)).toBe(figure);
  });

  it.each([['干了6年每月补多少', '500元'], ['工作12年每月补贴多少', '800元'], ['工作满4年一个月补多少', '300元']])('are each for who has worked so long: %s %s', async (question, figure) => {
    expect(await leadOf(question)).toBe(figure);
  });

  it.each([['集中整治什么时候', '4月至8月'], ['摸底调查到几月', '3月'], ['摸底调查从几月开始', '1月'], ['集中整治从几月到几月', '4月至8月']])('tell a span of time, or the end of it that is asked for: %s %s', async (question, time) => {
    expect(await leadOf(question)).toBe(time);
  });

  it('tell nothing of the year that they are compared with', async () => {
    const asked = await openNotice('关于做好住房工作的通知\n一、财政安排资金5600万元，比上年增长12%。\n二、提前退租的，应当提前30日书面告知；超过3个月的申请强制执行。\n三、社区食堂日供餐不少于100份。', await openLexicon());
    expect(await asked.missing('去年安排了多少钱')).toBe('去年');
    expect(pointsOf((await asked.gather('想退租要提前多久说')).reading)[0]?.lead).toBe('30日');
    expect(pointsOf((await asked.gather('食堂一天供应多少份')).reading)[0]?.lead).toBe('不少于100份');
  });

  it.each([
    ['铁路预计多少人次', '68万人次'], ['铁路增长多少', '12%'], ['公路下降多少', '1.2%'], ['投入多少辆客车', '820辆'], ['春运什么时候结束', '3月13日'], ['春运从哪天开始', '2月2日'], ['学生票打几折', '5折'],
  ])('are of what the sentence before tells as a whole, with how they change: %s %s', async (question, figure) => {
    const asked = await openNotice(`春运方案
一、2026年春运从2月2日开始至3月13日结束，共40天。
二、预计全市发送旅客186万人次，同比增长4.5%。其中公路102万人次，下降1.2%；铁路68万人次，增长12%；水路16万人次，增长6%。
三、投入客车820辆、座位3.1万个，由两家公司各提供30辆。
四、学生凭学生证购票享受5折优惠，残疾军人半价。`, await openLexicon());
    expect(pointsOf((await asked.gather(question)).reading)[0]?.lead).toBe(figure);
    // No change is how many there are.
    expect(await asked.quote('水路旅客有多少')).not.toContain('6%');
  });

  describe('of schools', () => {
    const TEXT = `招生通知
一、全县小学招收一年级新生4600人、初中招收七年级新生4350人，其中实验小学8个班360人、城东小学6个班270人。
二、起始年级每班小学不超过45人，初中不超过50人。
三、作业本费小学每生每学期20元、初中28元。家庭经济困难寄宿生每年补助小学1000元、初中1250元。`;

    it.each([
      ['初中作业本费多少', '28元'], ['小学作业本费多少', '20元'], ['困难寄宿生初中补多少', '1250元'], ['城东小学招多少学生', '270人'], ['小学一个班最多多少学生', '不超过45人'], ['初中招多少新生', '4350人'],
    ])('are of their level, and count pupils where nobody else is named: %s %s', async (question, figure) => {
      const asked = await openNotice(TEXT, await openLexicon());
      expect(pointsOf((await asked.gather(question)).reading)[0]?.lead).toBe(figure);
    });

    it('are not of a school that the notice does not name', async () => {
      expect(await (await openNotice(TEXT, await openLexicon())).missing('城南小学招多少人')).toBe('城南');
    });
  });
});
