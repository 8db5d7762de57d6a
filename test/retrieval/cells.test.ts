import { beforeAll, describe, expect, it } from 'vitest';
import { openNotice } from './ask-notice.ts';
import type { AskedNotice } from './ask-notice.ts';
import { openLexicon, pointsOf } from './notices.ts';

let notice: AskedNotice;

beforeAll(async () => {
  notice = await openNotice(
    `关于2026年公共场馆和农田建设有关事项的通知

一、公共场馆
全市场馆全年开放不少于300天，市体育馆新增停车位85个。各场馆情况如下：

| 场馆 | 所属街道 | 开放时间 | 座位数 | 年补助（万元） | 牵头单位 | 配合单位 | 完成时限 |
| --- | --- | --- | --- | --- | --- | --- | --- |
| 金桂园体育馆 | 北塔街道 | 8:30至21:00 | 1200个 | 42 | 市体育局 | 市财政局 | 2026年9月底 |
| 南门体育馆 | 南门街道 | 8:00至20:00 | 600个 | 20 | 市体育局 | 市教育局 | 2026年8月底 |
| 河东少儿图书馆 | 河东街道 | 9:00至18:00 | 380个 | 16 | 市文广局 | 市教育局 | 2026年12月20日 |
| 柳营文化站 | 河东街道 | 9:00至20:00 | 150个 | 9 | 市教育局 | 市红十字会 | 2026年7月底 |

二、农田建设

表2  2026年农田建设任务（单位：亩）
乡镇      新建      改造提升    包片人数
石桥镇    11200     7800        6
白云乡    6800      —           4
合计      18000     7800        10
`,
    await openLexicon(),
  );
});

async function outcome(question: string): Promise<string | undefined> {
  const { reading } = await notice.gather(question);
  return reading.verdict === 'answered' && reading.opening?.kind === 'compare' ? reading.opening.outcome : reading.verdict;
}

describe('a cell', () => {
  it.each([
    ['金桂园体育馆一年补多少钱', '42'],
    ['金桂园几点关门', '8:30至21:00'],
    ['少儿图书馆有多少个座位', '380个'],
    ['柳营文化站谁牵头', '市教育局'],
    ['柳营文化站由谁配合', '市红十字会'],
    ['河东少儿图书馆什么时候完工', '2026年12月20日'],
    ['柳营文化站在哪个街道', '河东街道'],
    ['石桥镇新建多少亩', '11200'],
    ['白云乡几个人包片', '4'],
  ])('is found by the row that is named and the column that is asked for: %s', async (question, expected) => {
    expect(pointsOf((await notice.gather(question)).reading)[0]?.lead).toBe(expected);
  });

  it('is quoted as its row, with the names of the columns', async () => {
    expect((await notice.quote('石桥镇新建多少亩')).split('\n').map((line) => line.split(/\s+/u)[0])).toEqual(['石桥镇', '乡镇']);
  });

  it.each(['金桂园体育馆的物业费多少钱', '菊花园体育馆一年补多少钱', '白云乡改造提升多少亩', '石桥镇新建的每亩补多少钱'])('is not given where it tells something else, or nothing: %s', async (question) => {
    expect(await notice.missing(question)).toBeDefined();
  });

  it('is asked of no row that the table has: 双塔体育馆有多少个座位', async () => {
    expect(await notice.missing('双塔体育馆有多少个座位')).toBe('双塔体育馆');
  });

  it.each([
    ['柳营文化站是市教育局牵头吗', 'yes'],
    ['柳营文化站是市红十字会牵头吗', 'no'],
    ['金桂园体育馆是市财政局牵头的吧', 'no'],
    ['金桂园体育馆在河东街道吗', 'no'],
    ['河东少儿图书馆有500个座位吗', 'no'],
    ['石桥镇新建11200亩对吗', 'yes'],
    ['白云乡有改造提升任务吗', 'no'],
  ] as const)('is held against what is asked of its column: %s', async (question, expected) => {
    expect(await notice.judge(question)).toBe(expected);
  });
});

describe('rows', () => {
  it.each([
    ['河东街道有哪些场馆', ['河东少儿图书馆', '柳营文化站']],
    ['市教育局牵头的是哪个场馆', ['柳营文化站']],
  ])('are found by a cell that the question says: %s', async (question, names) => {
    const quoted = await notice.quote(question);
    expect(['金桂园体育馆', '河东少儿图书馆', '柳营文化站'].filter((name) => quoted.includes(name))).toEqual(names);
  });

  it.each([
    ['哪个场馆座位最多', '金桂园体育馆'],
    ['哪个场馆补助最少', '柳营文化站'],
    ['哪个场馆最早完工', '柳营文化站'],
    ['哪个乡镇新建的最多', '石桥镇'],
  ])('stand out by their figures: %s', async (question, name) => {
    expect(await notice.quote(question)).toMatch(new RegExp(`^\\|? ?${name}`, 'u'));
  });

  it.each([
    ['金桂园体育馆和河东少儿图书馆补助差多少', '26万元'],
    ['金桂园和南门体育馆座位一共多少', '1800个'],
    ['石桥镇比白云乡多建多少亩', '4400亩'],
    ['石桥镇新建比改造提升多多少亩', '3400亩'],
    ['少儿图书馆和柳营文化站一共多少个座位', '530个'],
  ])('and columns are compared in figures with their units: %s', async (question, expected) => {
    expect(await outcome(question)).toBe(expected);
  });
});
