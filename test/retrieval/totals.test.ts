import { beforeAll, describe, expect, it } from 'vitest';
import { openNotice } from './ask-notice.ts';
import type { AskedNotice } from './ask-notice.ts';
import { openLexicon, pointsOf } from './notices.ts';

let works: AskedNotice;
let courses: AskedNotice;

beforeAll(async () => {
  const lexicon = await openLexicon();
  works = await openNotice(
    `临水县2026年水利工程任务表
（单位：亩）
乡镇\t新增灌溉\t改造渠系\t总投资（万元）\t责任人\t2026年投资（万元）
柳河镇\t1200\t800\t300\t李建国\t200
白塔乡\t900\t—\t450\t王秀兰\t150
石桥乡\t600\t2000\t250\t赵永强\t100
合计\t2700\t2800\t1000\t\t450

备注：1. 渠系完好率要达到85%以上。
2. 每年检查2次。
`,
    lexicon,
  );
  courses = await openNotice(
    `城南街道2026年夏令营开营通知

各社区：

现将今年夏令营安排通知如下。

| 营地 | 名额（人） | 费用标准（元） | 经费（万元） | 排名 | 场地宽度（米） | 活动内容 |
|---|---|---|---|---|---|---|
| 科学营 | 30 | 120 | 3 | 1 | 20 | 实验6次，每次补助500元 |
| 军事营 | 45 | 200 | 4.5 | 2 | 50 | 拉练 |
| 合唱营 | 25 | 80 | 2 | 3 | 15 | 排练 |

报名时间为6月20日至6月28日，不足10人的不开营。
`,
    lexicon,
  );
});

describe('the row that sums a table up', () => {
  it.each([
    ['全县改造渠系总共多少亩', '2800'],
    ['新增灌溉合计多少亩', '2700'],
    ['全县新增灌溉多少亩', '2700'],
    ['总投资多少', '1000'],
    ['三个乡镇一共投资多少钱', '1000'],
    ['今年一共投资多少钱', '450'],
  ])('answers in the column that is asked for, wherever empty cells put it: %s', async (question, expected) => {
    expect(pointsOf((await works.gather(question)).reading).map(({ lead }) => lead)).toEqual([expected, undefined]);
  });

  it.each(['合计多少', '两个乡镇一共投资多少钱', '白塔乡改造渠系多少亩', '全县一共多少亩', '柳河镇一共多少亩'])('is not read where a part is asked for, or no column: %s', async (question) => {
    expect(await works.missing(question)).toBeDefined();
  });

  it('is no row of those it sums up', async () => {
    expect(pointsOf((await works.gather('哪个乡镇新增灌溉最多')).reading)[0]?.span.text).toContain('柳河镇');
    expect(pointsOf((await works.gather('柳河镇新增灌溉多少亩')).reading)[0]?.lead).toBe('1200');
  });
});

describe('a column without such a row', () => {
  it.each([
    ['一共招多少人的名额', '100人'],
    ['总名额多少', '100人'],
    ['三个营地一共多少经费', '9.5万元'],
  ])('is added up from its cells, which are quoted: %s', async (question, expected) => {
    const { reading } = await courses.gather(question);
    expect(reading).toMatchObject({ opening: { kind: 'compare', aim: 'sum', outcome: expected } });
    expect(pointsOf(reading).map(({ span }) => span.text)).toEqual(expect.arrayContaining(['科学营', '军事营', '合唱营'].map((name) => expect.stringContaining(name))));
  });

  it.each(['费用标准一共多少元', '两个营地一共多少经费', '排名一共多少', '场地宽度一共多少米', '全街道一共多少名额的住宿'])('is not where it tells something of each, or less is meant: %s', async (question) => {
    expect((await courses.gather(question)).reading).not.toHaveProperty('opening.outcome');
  });
});

describe('what each of several gets', () => {
  it('is told by the cell that says so, not by that of the whole', async () => {
    expect(pointsOf((await courses.gather('科学营每次补助多少钱')).reading)[0]?.lead).toBe('500元');
  });
});
