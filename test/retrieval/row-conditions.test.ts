import { beforeAll, describe, expect, it } from 'vitest';
import { openNotice } from './ask-notice.ts';
import type { AskedNotice } from './ask-notice.ts';
import { openLexicon } from './notices.ts';

let notice: AskedNotice;

beforeAll(async () => {
  notice = await openNotice(
    `平安县2026年养老机构情况通报

现将考评结果通报如下。

机构名称|床位（张）|护理员人数|月收费（元/月）|得分|奖补资金（万元）|所在乡镇
幸福苑|120|18|1800|95.5|10|城关镇
康乐园|80|9|1200|88|5|城关镇
松鹤居|60|9|1500|79|0|河西镇
长青院|45|5|900|72.5|—|东川乡

对得分末位的，由县民政局约谈负责人。
`,
    await openLexicon(),
  );
});

const rowsOf = async (question: string): Promise<readonly string[]> => (await notice.quote(question)).split('\n').map((line) => line.split('|')[0] ?? '').filter((name) => name !== '机构名称');

describe('rows asked for by their figures', () => {
  it.each([
    ['床位超过60张的机构有哪些', ['幸福苑', '康乐园']],
    ['床位不少于60张的机构有哪些', ['幸福苑', '康乐园', '松鹤居']],
    ['有哪些机构床位在50张以下', ['长青院']],
    ['奖补资金超过4万元的有哪些机构', ['幸福苑', '康乐园']],
    ['月收费低于1500元的机构有哪些', ['康乐园', '长青院']],
    ['80分以上的机构有哪些', ['幸福苑', '康乐园']],
    ['护理员有9人的是哪些机构', ['康乐园', '松鹤居']],
    ['哪些机构没有奖补资金', ['松鹤居', '长青院']],
  ])('are those within the bounds: %s', async (question, expected) => {
    expect(await rowsOf(question)).toEqual(expected);
  });

  it.each(['床位超过500张的机构有哪些', '面积超过60亩的机构有哪些', '哪些机构没有食堂'])('are none where no cell is, or no column tells it: %s', async (question) => {
    const rows = await rowsOf(question);
    expect(rows.filter((name) => /苑|园|居|院$/u.test(name))).toEqual([]);
  });
});

describe('all rows of a table', () => {
  it.each([
    '一共几家机构',
    '通报了几个机构',
    '表里有多少个机构',
    '养老机构有哪些',
  ])('are told, and counted without being summed up, where nothing more is asked of them: %s', async (question) => {
    expect(await rowsOf(question)).toEqual(['幸福苑', '康乐园', '松鹤居', '长青院']);
    expect((await notice.gather(question)).reading).toMatchObject({ opening: { kind: 'count', n: 4 } });
  });

  it.each(['康乐园有几个机构', '城关镇有几个学校', '一共几家医院', '机构配几个护士', '所有机构一共多少机位', '新建的养老机构有哪些'])('are not where more is said of them, or others are meant: %s', async (question) => {
    expect((await notice.gather(question)).reading).not.toMatchObject({ opening: { n: 4 } });
  });
});
