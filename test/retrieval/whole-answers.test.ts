import { beforeAll, describe, expect, it } from 'vitest';
import type { Lexicon } from '../../src/corpus/lexicon.ts';
import { parseNotice } from '../../src/corpus/load.ts';
import type { Notice } from '../../src/corpus/notice.ts';
import { openPassageIndex } from '../../src/indexes/build.ts';
import { createRetriever } from '../../src/retrieval/retriever.ts';
import type { Reading } from '../../src/retrieval/evidence/reading.ts';
import { openLexicon, textsOf } from './notices.ts';

let lexicon: Lexicon;
beforeAll(async () => {
  lexicon = await openLexicon();
});

async function read(notice: Notice, question: string): Promise<Reading> {
  const { index } = await openPassageIndex({ passages: notice.passages, titles: new Map([[notice.id, notice.title]]), embedder: undefined, corpusHash: 'test' } as never);
  const { reading } = await createRetriever({ index, notices: [notice], lexicon }).gather(question);
  for (const { span } of reading.verdict === 'answered' ? reading.points : []) expect(notice.text.slice(span.start, span.end)).toBe(span.text);
  return reading;
}

const rules = parseNotice('rules.txt', Buffer.from(`图书馆管理办法

第一章 借阅

第一条 下列读者免收押金：
（一）持有教师资格证的读者；
（二）六十五周岁以上的老年人；
（三）现役军人。
读者证遗失的，应当在三日内挂失。

第二条 逾期不超过7天的，不收滞纳金。借期届满可以续借，续借期限十五天，每册限续借一次。

第三条 下列图书不得外借：
（一）孤本和善本；
（二）工具书。

第二章 设施

第四条 今年推出3条流动线路:①山区线,停靠12个村；②海岛线,停靠5个岛；③厂区线,停靠9家企业。线路由馆办公室负责。

第五条 新建阅览室，主馆4间、分馆11间，年底前开放；社区书屋探索建设20间。海澄馆、临湾馆要创建省级示范馆。推荐《湖山志》《海澄旧事》《临湾风物》等地方读本。
`));

describe('an answer says enough by itself', () => {
  it('closes a condition with what holds under it', async () => {
    expect(textsOf(await read(rules, '逾期不超过7天要交滞纳金吗'))[0]).toContain('逾期不超过7天的，不收滞纳金');
  });

  it('quotes what announces an entry, before it', async () => {
    expect(textsOf(await read(rules, '现役军人要不要押金'))).toEqual([expect.stringContaining('下列读者免收押金'), expect.stringContaining('现役军人')]);
  });

  it('quotes what stands beside a yes or a no', async () => {
    expect(textsOf(await read(rules, '借期届满可以续借吗'))[0]).toContain('借期届满可以续借，续借期限十五天');
  });
});

describe('lists', () => {
  it('of entries say what announces them, and leave out the paragraph behind them', async () => {
    const reading = await read(rules, '哪些读者免收押金');
    const texts = textsOf(reading);
    expect(texts[0]).toContain('下列读者免收押金');
    expect(texts.slice(1)).toEqual([expect.stringContaining('教师资格证'), expect.stringContaining('老年人'), expect.stringContaining('现役军人')]);
    expect(reading).toMatchObject({ opening: { kind: 'count', n: 3 } });
  });

  it('that are written on one line are read to their end, and no further', async () => {
    const texts = textsOf(await read(rules, '三条流动线路都叫什么'));
    expect(texts).toEqual([expect.stringContaining('山区线'), expect.stringContaining('海岛线'), expect.stringContaining('厂区线')]);
  });

  it('that are forbidden are found by what announces them', async () => {
    expect(textsOf(await read(rules, '哪些书不能外借')).join()).toMatch(/孤本和善本.*工具书/u);
  });
});

describe('several shares asked for at once', () => {
  it('are quoted in whole sentences', async () => {
    const texts = textsOf(await read(rules, '阅览室主馆、分馆、社区各建几间'));
    expect(texts.join()).toContain('主馆4间、分馆11间');
    expect(texts.join()).toContain('社区书屋探索建设20间');
  });
});

describe('names that a clause enumerates', () => {
  it.each([
    ['要创建省级示范馆的有几家', 2, '海澄馆、临湾馆要创建省级示范馆'],
    ['推荐的地方读本有几本', 3, '《湖山志》《海澄旧事》《临湾风物》'],
  ])('are counted: %s', async (question, n, quoted) => {
    const reading = await read(rules, question);
    expect(reading).toMatchObject({ opening: { kind: 'count', n } });
    expect(textsOf(reading).join()).toContain(quoted);
  });

  it('are not counted where they may be of several kinds', async () => {
    const mixed = parseNotice('mixed.txt', Buffer.from('工作要点\n\n一、抓好重点工作。加强阅览室建设、读者服务和安全管理。\n'));
    expect(await read(mixed, '重点工作有几项')).not.toMatchObject({ opening: { kind: 'count', n: 3 } });
  });
});
