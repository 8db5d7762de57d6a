import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loadEmbeddingCache } from '../../src/indexes/embedding-cache.ts';
import { makeVectors } from './synthetic.ts';

let root = '';
let folder = '';
let folders = 0;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'wence-embeddings-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));
beforeEach(() => {
  folder = join(root, `folder-${(folders += 1)}`);
});

const TEXTS = ['一是扎实推进', '二是', '三是 with WVC1 inside', '', '五是办好十件教育实事'];
const VECTORS = [...makeVectors(4, 6), null];
const filePath = async (): Promise<string> => join(folder, (await readdir(folder))[0]!);

describe('the cache of embeddings', () => {
  it('gives back to the bit what it was given, and knows nothing else', async () => {
    const cache = await loadEmbeddingCache(folder, 'model-a');
    expect(cache.get(TEXTS[0]!)).toBeUndefined();
    await cache.add(TEXTS, VECTORS);
    const again = await loadEmbeddingCache(folder, 'model-a');
    TEXTS.forEach((text, index) => expect(again.get(text)).toEqual(VECTORS[index]));
    expect(again.get('六是')).toBeUndefined();
  });

  it('keeps embedders apart', async () => {
    await (await loadEmbeddingCache(folder, 'model-a')).add(TEXTS, VECTORS);
    expect((await loadEmbeddingCache(folder, 'model-b')).get(TEXTS[0]!)).toBeUndefined();
  });

  it('ignores a record torn at any byte, and goes on after it', async () => {
    await (await loadEmbeddingCache(folder, 'a')).add(TEXTS.slice(0, 2), VECTORS.slice(0, 2));
    const path = await filePath();
    const whole = await readFile(path);
    const record = whole.length / 2;
    for (let length = record; length < whole.length; length += 5) {
      await writeFile(path, whole.subarray(0, length));
      const torn = await loadEmbeddingCache(folder, 'a');
      expect(torn.get(TEXTS[0]!)).toEqual(VECTORS[0]);
      expect(torn.get(TEXTS[1]!)).toBeUndefined();
      await torn.add([TEXTS[2]!], [VECTORS[2]!]);
      const after = await loadEmbeddingCache(folder, 'a');
      expect([after.get(TEXTS[0]!), after.get(TEXTS[1]!), after.get(TEXTS[2]!)]).toEqual([VECTORS[0], undefined, VECTORS[2]]);
    }
  });

  it('never gives a vector with a flipped bit', async () => {
    await (await loadEmbeddingCache(folder, 'a')).add([TEXTS[0]!], [VECTORS[0]!]);
    const path = await filePath();
    const whole = await readFile(path);
    for (let bit = 0; bit < whole.length * 8; bit += 7) {
      const flipped = Buffer.from(whole);
      flipped[bit >>> 3]! ^= 1 << (bit & 7);
      await writeFile(path, flipped);
      expect((await loadEmbeddingCache(folder, 'a')).get(TEXTS[0]!)).toBeUndefined();
    }
  });

  it('is empty where the file is foreign or a folder', async () => {
    await (await loadEmbeddingCache(folder, 'a')).add(TEXTS, VECTORS);
    const path = await filePath();
    await writeFile(path, 'WVC1 '.repeat(500));
    expect((await loadEmbeddingCache(folder, 'a')).get(TEXTS[0]!)).toBeUndefined();
    await rm(path);
    await mkdir(path);
    expect((await loadEmbeddingCache(folder, 'a')).get(TEXTS[0]!)).toBeUndefined();
  });

  it('takes in what several append at once', async () => {
    const caches = await Promise.all([1, 2, 3].map(() => loadEmbeddingCache(folder, 'a')));
    const vectors = makeVectors(30, 6);
    await Promise.all(vectors.map((vector, index) => caches[index % 3]!.add([`text ${index}`], [vector])));
    const all = await loadEmbeddingCache(folder, 'a');
    vectors.forEach((vector, index) => expect(all.get(`text ${index}`)).toEqual(vector));
  });

  it('forgets what no text needs any more once that is most of it', async () => {
    const vectors = makeVectors(20, 6);
    const texts = vectors.map((_, index) => `text ${index}`);
    const cache = await loadEmbeddingCache(folder, 'a');
    await cache.add(texts, vectors);
    const { size } = await stat(await filePath());
    await cache.prune(texts.slice(0, 6));
    expect((await stat(await filePath())).size).toBe(size);
    await cache.prune(texts.slice(0, 4));
    expect((await stat(await filePath())).size).toBe(size / 5);
    expect(await readdir(folder)).toHaveLength(1);
    const again = await loadEmbeddingCache(folder, 'a');
    expect([again.get('text 3'), again.get('text 4')]).toEqual([vectors[3], undefined]);
  });

  it('says what to do when it cannot be written', async () => {
    await writeFile(folder, 'in the way');
    const cache = await loadEmbeddingCache(folder, 'a');
    await expect(cache.add(TEXTS, VECTORS)).rejects.toMatchObject({ code: 'unavailable', message: expect.stringContaining('DATA_DIR') });
  });
});
