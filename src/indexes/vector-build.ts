import { rmSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { AssistantError, describeError } from '../errors.ts';
import { checkGraphFile } from './hnsw-file.ts';
import { addVector, createGraph, createVectorIndex, findDimensions, placeVector, readGraph } from './hnsw.ts';
import type { PlacedVector, VectorIndex } from './hnsw.ts';
import { createTimeSlices, indexingAborted } from './time-slices.ts';
import { DONE, STOP } from './vector-worker-flags.ts';
import type { VectorWork, VectorWorkMessage } from './vector-worker.ts';

/** Fewer vectors are linked faster than a worker starts. */
export const WORKER_THRESHOLD = 200;

/** A vector takes a millisecond or so; writing the file takes longer. */
const LONGEST_WAIT_AT_EXIT_MS = 2000;

export interface VectorBuildOptions {
  /** Whether a worker thread does the work: by default from `WORKER_THRESHOLD` vectors on. */
  readonly useWorker?: boolean;
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal | undefined;
  /** Told why no worker could be used, where one was wanted; the work is then done here, in slices. */
  readonly onWorkerFailed?: (reason: string) => void;
}

/**
 * An index over the vectors, one for each passage in order; undefined where none can be compared. In a worker or here, the same vectors
 * give the same graph. Throws `model-failed` where a vector holds NaN or has other dimensions than the first.
 */
export async function buildVectorIndex(
  vectors: readonly (Float32Array | null)[],
  options: VectorBuildOptions = {},
): Promise<VectorIndex | undefined> {
  const placed = await placeVectors(vectors, options.signal);
  if (placed.length === 0) return undefined;
  if (options.useWorker ?? placed.length >= WORKER_THRESHOLD) {
    try {
      return await buildInWorker(placed, vectors.length, options);
    } catch (error) {
      if (options.signal?.aborted) throw indexingAborted(options.signal);
      options.onWorkerFailed?.(describeError(error));
    }
  }
  return await buildInSlices(placed, options);
}

async function placeVectors(vectors: readonly (Float32Array | null)[], signal?: AbortSignal): Promise<PlacedVector[]> {
  const dimensions = findDimensions(vectors);
  const slices = createTimeSlices(signal);
  const placed: PlacedVector[] = [];
  for (const [ordinal, vector] of vectors.entries()) {
    const found = placeVector(vector, ordinal, dimensions);
    if (found !== undefined) placed.push(found);
    await slices.next();
  }
  return placed;
}

async function buildInSlices(placed: readonly PlacedVector[], { onProgress, signal }: VectorBuildOptions): Promise<VectorIndex> {
  const graph = createGraph(placed[0]!.vector.length, placed.length);
  const slices = createTimeSlices(signal);
  for (const [index, vector] of placed.entries()) {
    addVector(graph, vector);
    onProgress?.(index + 1, placed.length);
    await slices.next();
  }
  return createVectorIndex(graph);
}

async function buildInWorker(placed: readonly PlacedVector[], passages: number, options: VectorBuildOptions): Promise<VectorIndex> {
  const dimensions = placed[0]!.vector.length;
  const folder = await mkdtemp(join(tmpdir(), 'wence-vectors-'));
  try {
    const path = join(folder, 'vectors.hnsw');
    const values = new Float32Array(placed.length * dimensions);
    const slices = createTimeSlices(options.signal);
    for (const [index, { vector }] of placed.entries()) {
      values.set(vector, index * dimensions);
      await slices.next();
    }
    await runWorker({ dimensions, ordinals: Uint32Array.from(placed, ({ ordinal }) => ordinal), values, path }, options);
    const problem = checkGraphFile(await readFile(path), { dimensions, count: placed.length }, passages);
    if (problem !== undefined) {
      throw new AssistantError('unavailable', `Cannot use ${path}: ${problem}. Check that ${tmpdir()} has space left.`);
    }
    return createVectorIndex(await readGraph(path, dimensions));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Runs the work in a thread, which is never terminated: while it is in native code that aborts the whole process. It is told to stop
 * instead, and a process that ends meanwhile waits until it has, and clears away its file.
 */
function runWorker(work: Omit<VectorWork, 'flags'>, { onProgress, signal }: VectorBuildOptions): Promise<void> {
  const flags = new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
  const stop = (): void => void Atomics.store(flags, STOP, 1);
  const stopAndWait = (): void => {
    stop();
    Atomics.wait(flags, DONE, 0, LONGEST_WAIT_AT_EXIT_MS);
    rmSync(dirname(work.path), { recursive: true, force: true });
  };
  process.once('exit', stopAndWait);
  signal?.addEventListener('abort', stop, { once: true });
  if (signal?.aborted) stop();
  const ended = new Promise<void>((resolve, reject) => {
    const worker = startWorker({ ...work, flags });
    let isDone = false;
    worker.on('message', (message: VectorWorkMessage) => {
      if (message.type === 'progress') onProgress?.(message.done, work.ordinals.length);
      else isDone = message.type === 'done';
    });
    worker.once('error', reject);
    worker.once('exit', (code) => {
      if (isDone) resolve();
      else reject(new Error(`The worker ended with code ${code} before the vectors were linked.`));
    });
  });
  return ended.finally(() => {
    process.off('exit', stopAndWait);
    signal?.removeEventListener('abort', stop);
  });
}

/** The worker is the file beside this one: .js where it was built, .ts where it runs from source. A thread does not know tsx by itself. */
function startWorker(workerData: VectorWork): Worker {
  const transferList = [workerData.values.buffer as ArrayBuffer];
  const isSource = import.meta.url.endsWith('.ts');
  const url = new URL(isSource ? './vector-worker.ts' : './vector-worker.js', import.meta.url);
  if (!isSource) return new Worker(url, { workerData, transferList });
  const code = `import('tsx/esm/api').then(({ register }) => { register(); return import(${JSON.stringify(url.href)}); });`;
  return new Worker(code, { eval: true, workerData, transferList });
}
