import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createGraph, createVectorIndex, readGraph } from '../../src/indexes/hnsw.ts';
import { buildVectorIndex } from '../../src/indexes/vector-build.ts';
import { makeVectors } from './synthetic.ts';

describe('vectors by nearness', () => {
  it('finds each vector as its own nearest, with similarity 1', async () => {
    const vectors = makeVectors(150, 16);
    const index = await buildVectorIndex(vectors);
    vectors.forEach((vector, ordinal) => {
      const [first] = index!.search(vector, 3);
      expect(first!.ordinal).toBe(ordinal);
      expect(first!.similarity).toBeCloseTo(1, 5);
      expect(index!.similarity(vector, ordinal)).toBeCloseTo(1, 5);
    });
  });

  it('gives all where k is above the count, and none where k is not above 0', async () => {
    const vectors = makeVectors(5, 8);
    const index = await buildVectorIndex(vectors);
    expect(index!.search(vectors[0]!, 1000).map(({ ordinal }) => ordinal).sort()).toEqual([0, 1, 2, 3, 4]);
    for (const k of [0, -1, NaN]) expect(index!.search(vectors[0]!, k)).toEqual([]);
  });

  it('compares each of many with a question of few filled places: the nearest are those of a full sort', async () => {
    const vectors = makeVectors(600, 128);
    const index = await buildVectorIndex(vectors, { useWorker: false });
    const question = new Float32Array(128);
    for (const place of [3, 40, 77, 99]) question[place] = 0.5;
    const similarityOf = (vector: Float32Array): number => vector.reduce((sum, value, place) => sum + value * question[place]!, 0);
    const isAllowed = (ordinal: number): boolean => ordinal % 3 > 0;
    const expected = vectors.flatMap((vector, ordinal) => (isAllowed(ordinal) ? [{ ordinal, similarity: similarityOf(vector) }] : [])).sort((left, right) => right.similarity - left.similarity);
    expect(index!.search(question, 20, isAllowed).map(({ ordinal }) => ordinal)).toEqual(expected.slice(0, 20).map(({ ordinal }) => ordinal));
    // Those that stand away from it come as well, where as many are wanted.
    expect(index!.search(question, 400, isAllowed).at(-1)!.similarity).toBeLessThan(0);
  });

  it.each([16, 160])('finds as many allowed ones as there are, however far they stand, in %i dimensions', async (dimensions) => {
    const vectors = makeVectors(600, dimensions);
    const index = await buildVectorIndex(vectors, { useWorker: false });
    const hits = index!.search(vectors[0]!, 10, (ordinal) => ordinal % 60 === 7);
    expect(hits.map(({ ordinal }) => ordinal % 60)).toEqual(Array(10).fill(7));
  });

  it('passes over null and all-zero vectors: they are near nothing and disturb nothing', async () => {
    const vectors = makeVectors(40, 16);
    const planted = vectors.flatMap((vector, at) => (at % 4 === 0 ? [at % 8 === 0 ? null : new Float32Array(16), vector] : [vector]));
    const [plain, disturbed] = [await buildVectorIndex(vectors), await buildVectorIndex(planted)];
    expect(disturbed!.count).toBe(40);
    for (const vector of vectors) {
      const expected = plain!.search(vector, 10).map(({ ordinal }) => vectors[ordinal]);
      expect(disturbed!.search(vector, 10).map(({ ordinal }) => planted[ordinal])).toEqual(expected);
    }
    expect(disturbed!.similarity(vectors[0]!, 0)).toBeUndefined();
    expect(disturbed!.search(new Float32Array(16), 5)).toEqual([]);
  });

  it('is none where no passage has anything to embed', async () => {
    expect(await buildVectorIndex([null, new Float32Array(4), null])).toBeUndefined();
    expect(await buildVectorIndex([])).toBeUndefined();
  });

  it.each([
    ['NaN', [Float32Array.of(1, 0), Float32Array.of(NaN, 1)], /passage 1.*not finite/],
    ['infinity', [Float32Array.of(Infinity, 0)], /passage 0.*not finite/],
    ['another number of dimensions', [null, Float32Array.of(1, 0), Float32Array.of(1, 0, 0)], /passage 2.*3 dimensions where 2/],
  ])('refuses %s, and says whose vector it is', async (_, vectors, message) => {
    await expect(buildVectorIndex(vectors)).rejects.toThrow(message);
  });

  it('refuses a question of other dimensions or with NaN', async () => {
    const index = await buildVectorIndex(makeVectors(3, 4));
    expect(() => index!.search(new Float32Array(5).fill(1), 1)).toThrow(/question.*5 dimensions where 4/);
    expect(() => index!.search(Float32Array.of(1, NaN, 0, 0), 1)).toThrow(/not finite/);
  });

  it('scales what comes longer or shorter than 1', async () => {
    const index = await buildVectorIndex([Float32Array.of(30, 0), Float32Array.of(0, 0.01)]);
    const half = expect.closeTo(Math.SQRT1_2, 5);
    expect(index!.search(Float32Array.of(5, 5), 2).map(({ similarity }) => similarity)).toEqual([half, half]);
  });

  it('answers alike after it was written and read', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'wence-hnsw-'));
    try {
      const vectors = makeVectors(120, 12);
      const index = await buildVectorIndex(vectors);
      await index!.writeTo(join(folder, 'graph'));
      const again = createVectorIndex(await readGraph(join(folder, 'graph'), 12));
      for (const vector of vectors) expect(again.search(vector, 7)).toEqual(index!.search(vector, 7));
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('starts from an empty graph without harm', () => {
    expect(createVectorIndex(createGraph(4, 1)).search(Float32Array.of(1, 0, 0, 0), 3)).toEqual([]);
  });
});
