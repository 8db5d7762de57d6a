import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { IndexablePassage } from '../../src/indexes/passage-fields.ts';
import type { Hit, PassageIndex } from '../../src/indexes/passage-index.ts';
import type { Embedder } from '../../src/models/embedder.ts';
import { foldForMatching } from '../../src/text/normalize.ts';
import { segmentFields } from '../../src/text/segment.ts';
import { createTopicEmbedder, makePassages } from './synthetic.ts';

/** What a tenant is given to hold. */
export interface ContractCorpus {
  readonly passages: readonly IndexablePassage[];
  readonly titles: ReadonlyMap<string, string>;
  readonly embedder?: Embedder;
}

function passage(id: string, text: string, headings: readonly string[] = []): IndexablePassage {
  return { id, noticeId: id.split('/')[0]!, headings, text };
}

const SMALL: ContractCorpus = {
  titles: new Map([['edu', '教育工作要点'], ['health', '卫生健康工作要点'], ['bare', '']]),
  passages: [
    passage('edu/1', '建成二级以上标准幼儿园67所，普惠性幼儿园覆盖面达到90%。', ['聚焦重点']),
    passage('edu/2', '全年计划完成项目投入68亿元。', ['聚焦重点']),
    passage('edu/3.1', '新建公办初中2所。', ['聚焦惠民', '办好十件实事']),
    passage('edu/3.2', '为中小学教室安装空调。', ['聚焦惠民', '办好十件实事']),
    passage('health/1', '每千人口床位数达到5.8张。', ['主要目标']),
    passage('health/2', '新建幼儿园医务室30所。', ['主要目标']),
    passage('bare/1', '台州湾新区设立。'),
    passage('bare/2', '————'),
  ],
};

/** The behaviour of every tenant; `open` gives one that holds the corpus. */
export function describePassageIndex(tenant: string, open: (corpus: ContractCorpus) => Promise<PassageIndex>): void {
  describe(`a passage index: ${tenant}`, () => {
    let index: PassageIndex;
    const search = (question: string, k = 10, noticeIds?: readonly string[], from = index): Promise<readonly Hit[]> =>
      from.search({ tokens: segmentFields(foldForMatching(question)), k, ...(noticeIds === undefined ? {} : { noticeIds }) });
    const ids = (hits: readonly Hit[]): string[] => hits.map(({ passageId }) => passageId);

    beforeAll(async () => {
      index = await open(SMALL);
    });
    afterAll(() => index.close());

    it.each([
      ['二级以上标准幼儿园要建成几所', 'edu/1'],
      ['今年项目投入多少亿元', 'edu/2'],
      ['每千人口床位数', 'health/1'],
      ['臺州灣新區', 'bare/1'],
      ['教室装空调', 'edu/3.2'],
    ])('finds for 「%s」 %s first', async (question, id) => {
      expect(ids(await search(question))[0]).toBe(id);
    });

    it('says how many passages it holds', () => expect(index.size).toBe(8));

    it('gives scores above 0, best first, each passage once', async () => {
      const hits = await search('新建幼儿园多少所');
      expect(hits.length).toBeGreaterThan(2);
      expect(new Set(ids(hits)).size).toBe(hits.length);
      hits.forEach((hit, rank) => expect(hit.score).toBeLessThanOrEqual(hits[rank - 1]?.score ?? Infinity));
      expect(Math.min(...hits.map(({ score }) => score))).toBeGreaterThan(0);
    });

    it('gives nothing where no token is common, and nothing for a question without tokens', async () => {
      expect(await search('zebra xylophone')).toEqual([]);
      expect(await search('？！…')).toEqual([]);
    });

    it('finds the entries under a heading that only the heading names', async () => {
      expect(ids(await search('十件实事', 2)).sort()).toEqual(['edu/3.1', 'edu/3.2']);
    });

    it('gives k hits at most, and none for k 0', async () => {
      expect(await search('新建幼儿园', 1)).toHaveLength(1);
      expect(await search('新建幼儿园', 0)).toEqual([]);
      expect((await search('新建幼儿园', 1000)).length).toBeLessThanOrEqual(8);
    });

    it('keeps to the notices asked for, even where others rank first', async () => {
      expect(ids(await search('建成幼儿园', 1))).toEqual(['edu/1']);
      expect(ids(await search('建成幼儿园', 1, ['health']))).toEqual(['health/2']);
      expect(ids(await search('建成幼儿园', 9, ['health', 'bare']))).toEqual(['health/2']);
      expect(await search('建成幼儿园', 9, ['nowhere'])).toEqual([]);
      expect(await search('建成幼儿园', 9, [])).toEqual([]);
    });

    it('answers many questions at once as it does one by one', async () => {
      const questions = ['标准幼儿园', '项目投入', '床位数', '空调', '没有任何相同'];
      const single: (readonly Hit[])[] = [];
      for (const question of questions) single.push(await search(question));
      expect(await Promise.all(questions.map((question) => search(question)))).toEqual(single);
    });

    it("says how rare words are by BM25's idf, a word that stands nowhere being the rarest", async () => {
      const [kindergarten, unknown, once] = await index.rarity(['幼儿园', '火星', '空调']);
      expect(kindergarten).toBeCloseTo(Math.log(1 + (8 - 2 + 0.5) / 2.5), 4);
      expect(unknown).toBeCloseTo(Math.log(1 + 8.5 / 0.5), 4);
      expect(once).toBeLessThan(unknown!);
      expect(await index.rarity([])).toEqual([]);
    });

    it('finds by meaning what shares no word, where the vectors know meaning', async () => {
      const embedder = createTopicEmbedder();
      const semantic = await open({ ...SMALL, embedder });
      const vector = await embedder.embedQuery('娃娃');
      const hits = await semantic.search({ tokens: segmentFields('娃娃'), vector, k: 5 });
      expect(ids(hits).sort()).toEqual(['edu/1', 'health/2']);
      const filtered = await semantic.search({ tokens: segmentFields('娃娃'), vector, k: 5, noticeIds: ['health'] });
      expect(ids(filtered)).toEqual(['health/2']);
      expect(await semantic.search({ tokens: segmentFields('娃娃'), vector: null, k: 5 })).toEqual([]);
      await semantic.close();
    });

    it('is not disturbed by passages of punctuation, which have no vector', async () => {
      const planted = Array.from({ length: 12 }, (_, at) => passage(`planted/${at}`, '——。！？'));
      const passages = [...planted.slice(0, 6), ...SMALL.passages, ...planted.slice(6)];
      const disturbed = await open({ ...SMALL, passages, embedder: createTopicEmbedder() });
      const vector = Float32Array.of(1, 0, 0, 0);
      const hits = await disturbed.search({ tokens: segmentFields('幼儿园'), vector, k: 20 });
      expect(ids(hits)).toEqual(['edu/1', 'health/2'].sort((left, right) => ids(hits).indexOf(left) - ids(hits).indexOf(right)));
      await disturbed.close();
    });

    it('holds no passage at all without harm', async () => {
      const empty = await open({ passages: [], titles: new Map() });
      expect(empty.size).toBe(0);
      expect(await search('幼儿园', 5, undefined, empty)).toEqual([]);
      expect((await empty.rarity(['幼儿园'])).every(Number.isFinite)).toBe(true);
      await empty.close();
    });

    it('finds k hits of one notice among many passages', async () => {
      const many = await open({ passages: makePassages(400, 40), titles: new Map() });
      const hits = await search('普惠性幼儿园多少所', 8, ['n7'], many);
      expect(hits).toHaveLength(8);
      expect(ids(hits).every((id) => id.startsWith('n7/'))).toBe(true);
      await many.close();
    });
  });
}
