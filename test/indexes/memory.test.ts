import { describe, expect, it } from 'vitest';
import { openPassageIndex } from '../../src/indexes/build.ts';
import type { FusionWeights } from '../../src/indexes/fusion.ts';
import type { PassageIndex } from '../../src/indexes/passage-index.ts';
import { createHashedEmbedder } from '../../src/models/hashed.ts';
import { segmentFields } from '../../src/text/segment.ts';
import { describePassageIndex } from './passage-index.contract.ts';
import { makePassages } from './synthetic.ts';

describePassageIndex('in memory', async (corpus) => (await openPassageIndex({ ...corpus, corpusHash: 'contract' })).index);

describe('the memory index', () => {
  const passages = makePassages(60);
  const openWith = async (weights: Partial<FusionWeights>): Promise<PassageIndex> =>
    (await openPassageIndex({ passages, titles: new Map(), embedder: createHashedEmbedder(), corpusHash: 'x', weights })).index;
  const tokens = segmentFields('规范校外培训机构');

  it('asks hashed vectors only where the words cover little of the question', async () => {
    const vector = await createHashedEmbedder().embedQuery('规范校外培训机构');
    const index = await openWith({ similarityFloor: 0 });
    expect(await index.search({ tokens, vector, k: 5 })).toEqual(await index.search({ tokens, k: 5 }));
    const always = await openWith({ similarityFloor: 0, askVectorsBelow: 1.01 });
    expect(await always.search({ tokens, vector, k: 5 })).not.toEqual(await always.search({ tokens, k: 5 }));
    const misspelt = { tokens: segmentFields('规犯校内陪训机购'), vector: await createHashedEmbedder().embedQuery('规犯校内陪训机购'), k: 5 };
    expect(await index.search(misspelt)).not.toEqual(await index.search({ ...misspelt, vector: null }));
  });

  it('gives the plain sum of the fields by the weights', async () => {
    const alone = async (weights: Partial<FusionWeights>): Promise<Map<string, number>> => {
      const none = { words: 0, bigrams: 0, characters: 0, headings: 0 };
      const hits = await (await openWith({ ...none, ...weights })).search({ tokens, k: 60 });
      return new Map(hits.map(({ passageId, score }) => [passageId, score]));
    };
    const [words, bigrams, characters] = [await alone({ words: 1 }), await alone({ bigrams: 1 }), await alone({ characters: 1 })];
    for (const { passageId, score } of await (await openWith({ headings: 0 })).search({ tokens, k: 60 })) {
      const sum = (words.get(passageId) ?? 0) + 0.3 * (bigrams.get(passageId) ?? 0) + 0.6 * (characters.get(passageId) ?? 0);
      expect(score).toBeCloseTo(sum, 4);
    }
  });

  it('is not changed by headings where no passage has any', async () => {
    const bare = passages.map((passage) => ({ ...passage, headings: [] }));
    const ids = new Map(bare.map(({ noticeId }) => [noticeId, noticeId]));
    const hitsWith = async (headings: number): Promise<unknown> => {
      const { index } = await openPassageIndex({ passages: bare, titles: ids, corpusHash: 'x', weights: { headings } });
      return index.search({ tokens: segmentFields('n1 规范校外培训机构第1部分'), k: 60 });
    };
    expect(await hitsWith(5)).toEqual(await hitsWith(0));
  });

  it('leaves nothing of one search, nor of one that failed, to the next', async () => {
    const index = await openWith({ askVectorsBelow: 1.01 });
    const before = await index.search({ tokens, k: 60 });
    await expect(index.search({ tokens, vector: new Float32Array(3).fill(1), k: 5 })).rejects.toThrow(/3 dimensions where 512/);
    expect(await index.search({ tokens, k: 60 })).toEqual(before);
  });

  it('refuses to search once it was closed', async () => {
    const index = await openWith({});
    await index.close();
    await expect(index.search({ tokens, k: 1 })).rejects.toMatchObject({ code: 'unavailable' });
  });
});
