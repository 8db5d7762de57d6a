import { parentPort, workerData } from 'node:worker_threads';
import { addVector, createGraph } from './hnsw.ts';
import { DONE, STOP } from './vector-worker-flags.ts';

/** What the worker is handed: vectors of length 1, one after the other, with the ordinals of their passages. */
export interface VectorWork {
  readonly dimensions: number;
  readonly ordinals: Uint32Array;
  readonly values: Float32Array;
  /** Where the graph is to be written; the native object itself cannot leave the thread. */
  readonly path: string;
  /** Shared with whoever started the work: it sets `STOP`, the worker sets `DONE` once it calls native code no more. */
  readonly flags: Int32Array;
}

export type VectorWorkMessage = { readonly type: 'progress'; readonly done: number } | { readonly type: 'done' | 'stopped' };

/** How many vectors between two messages. */
const REPORT_EVERY = 100;

const report = (message: VectorWorkMessage): void => parentPort?.postMessage(message);

/** Whether the graph was written: it is not where the work was stopped. */
function link({ dimensions, ordinals, values, path, flags }: VectorWork): boolean {
  const graph = createGraph(dimensions, ordinals.length);
  for (const [index, ordinal] of ordinals.entries()) {
    if (Atomics.load(flags, STOP) === 1) return false;
    addVector(graph, { ordinal, vector: values.subarray(index * dimensions, (index + 1) * dimensions) });
    if ((index + 1) % REPORT_EVERY === 0) report({ type: 'progress', done: index + 1 });
  }
  graph.writeIndexSync(path);
  return true;
}

const work = workerData as VectorWork;
try {
  report({ type: link(work) ? 'done' : 'stopped' });
} finally {
  Atomics.store(work.flags, DONE, 1);
  Atomics.notify(work.flags, DONE);
}
