import { beforeAll, describe, expect, it } from 'vitest';
import { openPassageIndex } from '../../../src/indexes/build.ts';
import { createRetriever } from '../../../src/retrieval/retriever.ts';
import type { Retriever } from '../../../src/retrieval/retriever.ts';
import { openLexicon, pointsOf, readNotice } from '../notices.ts';

let retriever: Retriever;
beforeAll(async () => {
  const notice = readNotice('2024-table-targets.txt');
  const lexicon = await openLexicon();
  const { index } = await openPassageIndex({ passages: notice.passages, titles: new Map([[notice.id, notice.title]]), corpusHash: 'test' });
  retriever = createRetriever({ index, notices: [notice], lexicon });
});

describe('a figure of a table', () => {
  it.each([
    ['崧厦街道要整治多少家工业固废企业', '35家'],
    ['曹娥街道要整治多少家工业固废企业', '20家'],
    ['杭州湾经开区垃圾分类示范小区几个', '3个'],
    ['PM2.5浓度2025年要降到多少', '26微克/立方米'],
    ['PM2.5浓度2024年目标是多少', '28微克/立方米'],
    ['百官片区雨污分流总投资多少', '1.6亿元'],
    ['百官片区雨污分流2024年计划投资多少', '9000万元'],
    ['垃圾分类示范小区什么时候完成', '2024年10月底'],
  ])('is that of the column that is asked for: %s', async (question, figure) => {
    const { reading } = await retriever.gather(question);
    expect(pointsOf(reading)[0]?.lead).toContain(figure.replace(/\/立方米$/u, ''));
  });

  it('is quoted with its row and the names of the columns', async () => {
    const { reading } = await retriever.gather('崧厦街道要整治多少家工业固废企业');
    expect(pointsOf(reading).map(({ span }) => span.text)).toEqual([expect.stringContaining('工业固废规范化整治企业'), expect.stringContaining('完成时限')]);
  });
});
