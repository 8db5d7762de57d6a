import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { buildVectorIndex } from '../../src/indexes/vector-build.ts';
import { makeVectors } from './synthetic.ts';

const VECTORS: (Float32Array | null)[] = [...makeVectors(300, 48), null];

describe('linking vectors', () => {
  it('gives in a worker thread the same graph as here', async () => {
    const reasons: string[] = [];
    const inWorker = await buildVectorIndex(VECTORS, { onWorkerFailed: (reason) => reasons.push(reason) });
    const here = await buildVectorIndex(VECTORS, { useWorker: false });
    expect(reasons).toEqual([]);
    expect(inWorker!.count).toBe(300);
    for (const vector of makeVectors(40, 48, 5)) expect(inWorker!.search(vector, 20)).toEqual(here!.search(vector, 20));
  });

  it('reports how far it is, to the end', async () => {
    for (const useWorker of [true, false]) {
      const done: number[] = [];
      await buildVectorIndex(VECTORS, { useWorker, onProgress: (count, total) => done.push(count / total) });
      expect(done.at(-1)).toBe(1);
      expect([...done].sort((left, right) => left - right)).toEqual(done);
    }
  });

  it.each([true, false])('stops when told to (in a worker: %s)', async (useWorker) => {
    const controller = new AbortController();
    const { signal } = controller;
    const building = buildVectorIndex(makeVectors(3000, 64), { useWorker, signal, onProgress: () => controller.abort() });
    await expect(building).rejects.toMatchObject({ code: 'aborted' });
    await expect(buildVectorIndex(VECTORS, { useWorker, signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'aborted' });
  });

  it('lets the process end in mid-work, without a crash and without a file left behind', async () => {
    const program = fileURLToPath(new URL('./exit-while-linking.ts', import.meta.url));
    const folder = await mkdtemp(join(tmpdir(), 'wence-exit-'));
    const env = { ...process.env, TMPDIR: folder };
    const runs = Array.from({ length: 6 }, async () => {
      const [code] = (await once(spawn(process.execPath, ['--import', 'tsx', program], { stdio: 'ignore', env }), 'exit')) as [number | null];
      return code;
    });
    expect(await Promise.all(runs)).toEqual(Array(6).fill(7));
    expect((await readdir(folder)).filter((name) => name.startsWith('wence-'))).toEqual([]);
    await rm(folder, { recursive: true });
  }, 30_000);

  /** The thread's file goes to the temporary folder, which other test files use at the same time. */
  async function withTemporaryFolder(folder: string, work: () => Promise<void>): Promise<void> {
    const before = process.env['TMPDIR'];
    process.env['TMPDIR'] = folder;
    try {
      await work();
    } finally {
      if (before === undefined) delete process.env['TMPDIR'];
      else process.env['TMPDIR'] = before;
    }
  }

  it('does the work here, and says so, where the worker cannot write', async () => {
    const reasons: string[] = [];
    await withTemporaryFolder('/nowhere/at/all', async () => {
      const index = await buildVectorIndex(VECTORS, { onWorkerFailed: (reason) => reasons.push(reason) });
      expect(index!.count).toBe(300);
    });
    expect(reasons).toEqual([expect.stringContaining('/nowhere/at/all')]);
  });

  it('leaves no file behind', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'wence-link-'));
    await withTemporaryFolder(folder, async () => void (await buildVectorIndex(VECTORS, { useWorker: true })));
    expect((await readdir(folder)).filter((name) => name.startsWith('wence-'))).toEqual([]);
    await rm(folder, { recursive: true });
  });
});
