import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createHashedEmbedder } from '../../src/models/hashed.ts';

const embedder = createHashedEmbedder();

async function similarity(a: string, b: string): Promise<number> {
  const [first, second] = await embedder.embedDocuments([a, b]);
  return first!.reduce((sum, value, index) => sum + value * second![index]!, 0);
}

describe('the hashed embedder', () => {
  it('names its version and dimensions', () => {
    expect(embedder).toMatchObject({ id: 'hashed-1-512', kind: 'hashed', isRemote: false });
    expect(createHashedEmbedder({ dimensions: 64 }).id).toBe('hashed-1-64');
  });

  it('gives the same vector on every machine', async () => {
    const vector = await createHashedEmbedder({ dimensions: 16 }).embedQuery('新增幼儿园67所');
    expect([...vector!].map((value) => Number(value.toFixed(4)))).toMatchInlineSnapshot(`
      [
        -0.056,
        0,
        0.112,
        -0.168,
        0,
        0,
        0,
        -0.168,
        0.6159,
        -0.6159,
        0,
        -0.224,
        -0.2799,
        -0.112,
        0,
        -0.168,
      ]
    `);
  });

  it.each([
    ['普惠性幼儿园覆盖面达到90%', '普惠性幼儿园覆盖面达到90%'],
    ['ESI前1%学科', 'esi前１％学科'],
    ['新增 幼儿园', '新\u200b增幼儿园'],
    ['普惠性幼兒園', '普惠性幼儿园'],
  ])('takes %s and %s for the same', async (a, b) => {
    expect(await similarity(a, b)).toBeCloseTo(1, 5);
  });

  it('sees the order of characters', async () => {
    expect(await similarity('教育部', '部教育')).toBeLessThan(0.9);
  });

  it('puts a text that shares runs nearer than one that shares none', async () => {
    const near = await similarity('普惠性幼儿园覆盖面达到90%', '普惠幼儿园的覆盖面是多少');
    expect(near).toBeGreaterThan(0.25);
    expect(near).toBeGreaterThan((await similarity('普惠性幼儿园覆盖面达到90%', '加强冬季供暖保障')) + 0.2);
  });

  it('spreads texts over all dimensions', async () => {
    const used = new Set<number>();
    for (let start = 0x4e00; start < 0x4e00 + 2000; start += 4) {
      const vector = await embedder.embedQuery(String.fromCharCode(start, start + 1, start + 2, start + 3));
      vector!.forEach((value, index) => value !== 0 && used.add(index));
    }
    expect(used.size).toBe(512);
  });

  it('lets other work run while it embeds many texts, and stops when told', async () => {
    const controller = new AbortController();
    setImmediate(() => controller.abort(new Error('enough')));
    const seen: number[] = [];
    const texts = Array.from({ length: 2000 }, (_, index) => `第${index}条`);
    const work = embedder.embedDocuments(texts, { signal: controller.signal, onProgress: (done) => seen.push(done) });
    await expect(work).rejects.toThrow('enough');
    expect(seen.length).toBeLessThan(4);
  });

  it.each([0, 15, 1.5, Number.NaN])('refuses %d dimensions', (dimensions) => {
    expect(() => createHashedEmbedder({ dimensions })).toThrow(RangeError);
  });

  it('gives any text null or a finite vector of length 1', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 60 }), async (text) => {
        const vector = await embedder.embedQuery(text);
        if (vector === null) return;
        const squares = vector.reduce((sum, value) => sum + value * value, 0);
        expect(Math.abs(squares - 1)).toBeLessThan(1e-4);
      }),
      { numRuns: 300 },
    );
  });
});
