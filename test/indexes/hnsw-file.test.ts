import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkGraphFile, checkGraphHeader } from '../../src/indexes/hnsw-file.ts';
import { buildVectorIndex } from '../../src/indexes/vector-build.ts';
import { makeVectors } from './synthetic.ts';

const SHAPE = { dimensions: 10, count: 300 };
let folder = '';
let bytes = Buffer.alloc(0);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wence-graph-'));
  const index = await buildVectorIndex(makeVectors(SHAPE.count, SHAPE.dimensions), { useWorker: false });
  await index!.writeTo(join(folder, 'graph'));
  bytes = await readFile(join(folder, 'graph'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("hnswlib's file", () => {
  it('is sound as hnswlib writes it', () => {
    expect(checkGraphFile(bytes, SHAPE, 300)).toBeUndefined();
    expect(checkGraphHeader(bytes.subarray(0, 128), SHAPE)).toBeUndefined();
  });

  it('is noticed to be cut short anywhere, as a full disk leaves it', () => {
    for (let length = 0; length < bytes.length; length += 97) {
      expect(checkGraphFile(bytes.subarray(0, length), SHAPE, 300)).toBeTypeOf('string');
    }
    expect(checkGraphFile(bytes.subarray(0, bytes.length - 1), SHAPE, 300)).toBeTypeOf('string');
    expect(checkGraphFile(Buffer.concat([bytes, Buffer.alloc(4)]), SHAPE, 300)).toBeTypeOf('string');
  });

  it.each([
    ['other dimensions', { dimensions: 12, count: 300 }],
    ['another count', { dimensions: 10, count: 299 }],
  ])('is noticed to be of %s from its header', (_, shape) => {
    expect(checkGraphHeader(bytes.subarray(0, 128), shape)).toMatch(/where .* was expected/);
  });

  it('is noticed to hold a label beyond the passages, or a link that leads nowhere', () => {
    expect(checkGraphFile(bytes, SHAPE, 299)).toMatch(/belongs to no passage/);
    const wild = Buffer.from(bytes);
    wild.writeUInt32LE(4_000_000, 96 + 4);
    expect(checkGraphFile(wild, SHAPE, 300)).toMatch(/lead nowhere/);
  });
});
