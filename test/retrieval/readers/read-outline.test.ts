import { beforeAll, describe, expect, it } from 'vitest';
import { openNotice } from '../ask-notice.ts';
import type { AskedNotice } from '../ask-notice.ts';
import { openLexicon } from '../notices.ts';

let notice: AskedNotice;
let guide: AskedNotice;
beforeAll(async () => {
  const lexicon = await openLexicon();
  notice = await openNotice(`长桥县河道清淤工作方案

第一部分 工作目标
年底前完成河道清淤46公里。

第二部分 主要任务
任务1 清理淤泥。清淤12万立方米，落实运输单位5家。
任务2 修复堤岸。修复堤岸18公里。
任务3 植树护坡。栽植乔木3200株。

第三部分 时间安排
（一）准备阶段（3月1日至3月31日）
完成测量。
（二）施工阶段（4月1日至10月31日）
集中施工。

第四部分 工作要求
1. 各单位主要负责人为第一责任人。
2. 每月报送进展1次。

第五部分 禁止行为
1. 沿河倾倒渣土；
2. 夜间施工；
3. 围堰养殖。
`, lexicon);
  guide = await openNotice(`清源区户外广告设置指南
【申请条件】
1. 已办理营业执照；
2. 设施经检测合格。
【申请材料】
1. 申请表；
2. 效果图；
3. 检测报告。
【办理流程】
第一步：提交申请。
第二步：现场勘查，3个工作日内完成。
`, lexicon);
});

const counted = async (asked: AskedNotice, question: string): Promise<number | undefined> => {
  const { reading } = await asked.gather(question);
  return reading.verdict === 'answered' && reading.opening?.kind === 'count' ? reading.opening.n : undefined;
};

describe('what the outline sets out', () => {
  it.each(['主要任务有哪几项', '一共有几项任务', '有哪些任务', '重点任务有哪些', '三项任务是哪三项', '河道清淤有哪些任务'])('is listed by the headings of its own section, all of them and counted: %s', async (question) => {
    expect((await notice.quote(question)).split('\n')).toEqual([expect.stringContaining('清理淤泥'), expect.stringContaining('修复堤岸'), expect.stringContaining('植树护坡')]);
    expect(await counted(notice, question)).toBe(3);
  });

  it.each(['分几个阶段', '时间上分几个阶段', '河道清淤分哪两个阶段'])('is found by what its entries are called: %s', async (question) => {
    expect(await notice.quote(question)).toMatch(/^（一）准备阶段[^\n]*\n施工阶段/u);
    expect(await counted(notice, question)).toBe(2);
  });

  it('is told by its text where its entries have no headings', async () => {
    expect(await notice.quote('禁止行为有哪几类')).toBe('沿河倾倒渣土\n夜间施工\n围堰养殖。');
  });

  it.each([['申请条件有哪些', 2], ['条件有哪两条', 2], ['要哪些材料', 3], ['要带什么材料', 3], ['流程分几步', 2], ['分几步走', 2], ['分哪几个步骤', 2]])('may be headed by a label: %s', async (question, n) => {
    expect(await counted(guide, question)).toBe(n);
  });

  it('says how many there are to who supposes another number', async () => {
    expect(await counted(notice, '有哪五项任务')).toBe(3);
    expect(await guide.quote('材料要哪两样')).not.toMatch(/^申请表\n效果图$/u);
  });

  it('is main work by whichever name', async () => {
    const plan = await openNotice('长桥县植树工作安排\n一、重点工作\n1. 备足苗木。\n2. 整理地块。\n二、有关要求\n按时完成。\n', await openLexicon());
    expect(await counted(plan, '主要任务有哪几项')).toBe(2);
  });

  it('is not told by who signed, nor by any sentence where there is none', async () => {
    const plan = await openNotice('长桥县保障局通知\n一、每户补助200元。\n二、5月底前发放。\n长桥县社会保障局\n2025年5月6日\n', await openLexicon());
    expect(await plan.quote('保障措施有哪些')).toBe('');
    expect(await plan.quote('主要任务有哪几项')).toBe('');
    expect(await plan.quote('分几个阶段')).toBe('');
  });

  it.each([['任务2是什么', '修复堤岸18公里'], ['第二项任务是什么', '修复堤岸18公里'], ['第二阶段做什么', '集中施工'], ['第二阶段主要做哪些工作', '集中施工']])('is told of one entry that is called by its number: %s', async (question, told) => {
    const said = await notice.quote(question);
    expect(said).toContain(told);
    expect(said).not.toMatch(/清淤12万|植树|测量/u);
  });

  it('has no entry behind its last', async () => {
    expect(await notice.quote('任务4是什么')).not.toMatch(/清淤12万|修复堤岸18|栽植乔木/u);
  });

  it.each(['应急任务有哪些', '奖励措施有哪些', '收费项目有哪些'])('is not told of something else: %s', async (question) => {
    expect(await counted(notice, question)).toBeUndefined();
    expect(await notice.quote(question)).not.toContain('修复堤岸');
  });
});
