import { beforeAll, describe, expect, it } from 'vitest';
import { openNotice } from './ask-notice.ts';
import type { AskedNotice } from './ask-notice.ts';
import { openLexicon } from './notices.ts';

let notice: AskedNotice;

beforeAll(async () => {
  notice = await openNotice(
    `云岭县2026年林业和防汛工作任务安排

一、造林绿化

表1  2026年造林任务（单位：亩）
乡镇（街道）      人工造林    封山育林    退化林修复    技术指导单位
青峰街道          —           3200        400           县林科所
双河镇            5600        4100        1200          县林科所
马鞍乡            2300        1800        —             县国有林场
龙泉镇            4100        2600        700           县种苗站
合计              12000       11700       2300

二、水库除险加固

| 序号 | 水库名称 | 所在乡镇 | 总库容（万立方米） | 总投资 | 责任单位 | 完成时限 |
| --- | --- | --- | --- | --- | --- | --- |
| 1 | 石门水库 | 双河镇 | 320 | 1850万元 | 县水利局 | 2026年5月底 |
| 2 | 白沙水库 | 马鞍乡 | 86 | 620万元 | 县水利局 | 2026年5月底 |
| 3 | 红旗水库 | 龙泉镇 | 145 | 980万元 | 龙泉镇政府 | 2026年10月底 |
| 4 | 杨梅岭水库 | 青峰街道 | 52 | 410万元 | 县水投集团 | 2027年4月底 |
| 合计 | | | 603 | 3860万元 | | |

三、主要指标

指标名称	2025年完成值	2026年目标	牵头部门
森林覆盖率	61.2%	61.5%	县林业局
森林火灾受害率	0.6‰	0.5‰以下	县应急管理局
古树名木挂牌率	92%	100%	县林业局
水库巡查频次	每周1次	每日1次	县水利局
`,
    await openLexicon(),
  );
});

const NAMES = ['青峰街道', '双河镇', '马鞍乡', '龙泉镇', '石门水库', '白沙水库', '红旗水库', '杨梅岭水库', '森林覆盖率', '森林火灾受害率', '古树名木挂牌率', '水库巡查频次'];

/** The rows that are quoted, by the names that stand first in them. */
async function rowsOf(question: string): Promise<readonly string[]> {
  const lines = (await notice.quote(question)).split('\n').map((line) => line.replace(/^[|\s\d]+/u, ''));
  return NAMES.filter((name) => lines.some((line) => line.startsWith(name)));
}

describe('rows of a table', () => {
  it.each([
    ['县林科所要指导几个乡镇街道', ['青峰街道', '双河镇']],
    ['县林科所指导哪些乡镇', ['青峰街道', '双河镇']],
    ['归县水利局管的水库有哪几座', ['石门水库', '白沙水库']],
    ['县水利局负责几座水库', ['石门水库', '白沙水库']],
    ['主要指标里落到县林业局头上的是哪两项', ['森林覆盖率', '古树名木挂牌率']],
    ['水利局牵头的有几项指标', ['水库巡查频次']],
  ])('are found by who answers for them: %s', async (question, names) => {
    expect(await rowsOf(question)).toEqual(names);
  });

  it.each([
    ['完成时限在5月底的水库有哪些', ['石门水库', '白沙水库']],
    ['5月底前要完成的是哪几座水库', ['石门水库', '白沙水库']],
    ['时限卡在2027年4月底的是哪个', ['杨梅岭水库']],
    ['10月底完成的是哪座水库', ['红旗水库']],
    ['1月底完成的是哪座水库', []],
    ['总投资1850万元的是哪座水库', ['石门水库']],
  ])('are found by a figure or a day in one of their cells: %s', async (question, names) => {
    expect(await rowsOf(question)).toEqual(names);
  });

  it('are counted where so many are asked for', async () => {
    const { reading } = await notice.gather('县水利局负责几座水库');
    expect(reading).toMatchObject({ verdict: 'answered', shape: 'list', opening: { kind: 'count', n: 2 } });
  });

  it('are none where a cell of the table says nothing of it: 县水利局负责几座桥', async () => {
    expect(await rowsOf('县水利局负责几座桥')).toEqual([]);
  });
});

describe('who answers for a row', () => {
  it.each([
    ['森林覆盖率是县住建局牵头的吗', 'no'],
    ['石门水库是由县水投集团负责的吧', 'no'],
    ['红旗水库归龙泉镇政府负责吧', 'yes'],
    ['白沙水库是水利局负责的吗', 'yes'],
    ['杨梅岭那座水库由水利局负责吗', 'no'],
  ] as const)('is no one that the column has not: %s', async (question, expected) => {
    expect(await notice.judge(question)).toBe(expected);
  });
});
