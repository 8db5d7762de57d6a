import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Embedder } from '../../src/models/embedder.ts';
import { createHashedEmbedder } from '../../src/models/hashed.ts';
import { createOpenAIEmbedder } from '../../src/models/openai-embedder.ts';
import { openFakeOpenAI } from '../helpers/fake-openai.ts';
import type { FakeOpenAI } from '../helpers/fake-openai.ts';

const TEXTS = ['普惠性幼儿园覆盖面达到90%', '建设67所幼儿园', '加强冬季供暖', '完成职业教育综合改革', '职称评审办法'];

let fake: FakeOpenAI;
beforeAll(async () => {
  fake = await openFakeOpenAI({ dimensions: 32 });
});
afterAll(() => fake.close());

const TENANTS: { name: string; open: () => Embedder; dimensions: number }[] = [
  { name: 'hashed', open: () => createHashedEmbedder(), dimensions: 512 },
  { name: 'hashed, 64 dimensions', open: () => createHashedEmbedder({ dimensions: 64 }), dimensions: 64 },
  {
    name: 'openai',
    open: () => createOpenAIEmbedder({ model: 'fake-model', baseUrl: fake.baseUrl, apiKey: 'sk-test', batchSize: 2 }),
    dimensions: 32,
  },
];

describe.each(TENANTS)('the embedder contract: $name', ({ open, dimensions }) => {
  it('gives every text a vector of one dimension, finite and of length 1, in the order of the texts', async () => {
    const vectors = await open().embedDocuments(TEXTS);
    expect(vectors).toHaveLength(TEXTS.length);
    for (const vector of vectors) {
      expect(vector).toBeInstanceOf(Float32Array);
      expect(vector).toHaveLength(dimensions);
      expect(Math.abs(Math.sqrt(dot(vector!, vector!)) - 1)).toBeLessThan(1e-5);
    }
  });

  it('finds each text nearest to itself, asked as a question', async () => {
    const embedder = open();
    const vectors = await embedder.embedDocuments(TEXTS);
    for (const [index, text] of TEXTS.entries()) {
      const query = await embedder.embedQuery(text);
      const scores = vectors.map((vector) => dot(query!, vector!));
      expect(scores.indexOf(Math.max(...scores))).toBe(index);
      expect(scores[index]).toBeCloseTo(1, 4);
    }
  });

  it.each(['', '  \n\t', '\u200b\ufeff', '。,、…'])('gives null for %j, which holds nothing to embed', async (blank) => {
    const embedder = open();
    expect(await embedder.embedQuery(blank)).toBeNull();
    const [first, none, last] = await embedder.embedDocuments([TEXTS[0]!, blank, TEXTS[1]!]);
    expect([first === null, none, last === null]).toEqual([false, null, false]);
  });

  it('gives nothing for no texts', async () => {
    expect(await open().embedDocuments([])).toEqual([]);
  });

  it('tells how far it is, to the end', async () => {
    const seen: [number, number][] = [];
    await open().embedDocuments([...TEXTS, ''], { onProgress: (done, total) => seen.push([done, total]) });
    expect(seen.at(-1)).toEqual([6, 6]);
    expect(seen.map(([done]) => done)).toEqual(seen.map(([done]) => done).toSorted((a, b) => a - b));
  });

  it('throws the reason of an aborted signal', async () => {
    const signal = AbortSignal.abort(new Error('no longer wanted'));
    await expect(open().embedDocuments(TEXTS, { signal })).rejects.toThrow('no longer wanted');
    await expect(open().embedQuery(TEXTS[0]!, { signal })).rejects.toThrow('no longer wanted');
  });

  it('takes half a character and control characters without failing', async () => {
    const [vector] = await open().embedDocuments(['教育\ud83d\u0000提升']);
    expect(vector).toHaveLength(dimensions);
  });
});

function dot(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, index) => sum + value * b[index]!, 0);
}
