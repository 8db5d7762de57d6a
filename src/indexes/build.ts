import { join } from 'node:path';
import { describeError } from '../errors.ts';
import type { Embedder } from '../models/embedder.ts';
import { embedPassages } from './embed-passages.ts';
import { chooseFusionWeights, type FusionWeights } from './fusion.ts';
import type { VectorIndex } from './hnsw.ts';
import { createMemoryIndex } from './memory.ts';
import { buildFields, hashPassages, hashTokens, renderForEmbedding, type IndexablePassage } from './passage-fields.ts';
import type { PassageIndex } from './passage-index.ts';
import { loadSnapshot, saveSnapshot, type SnapshotContent } from './snapshot.ts';
import type { SnapshotIdentity } from './snapshot-manifest.ts';
import { indexingAborted } from './time-slices.ts';
import { buildVectorIndex } from './vector-build.ts';

/** What long work is at: cutting passages into tokens, embedding them, linking their vectors. */
export type IndexingStep = 'segment' | 'embed' | 'link';

export interface IndexLogger {
  info(message: string): void;
  warn(message: string): void;
}

export interface OpenIndexOptions {
  readonly passages: readonly IndexablePassage[];
  /** Titles of the notices, by id. */
  readonly titles: ReadonlyMap<string, string>;
  /** Left out, ranking is lexical alone. */
  readonly embedder?: Embedder | undefined;
  /** Where snapshot (`index/`) and paid vectors (`embeddings/`) are kept; left out, nothing is. */
  readonly dataDir?: string | undefined;
  /** Of notices and lexicon: another one means another corpus. */
  readonly corpusHash: string;
  /** Put over the weights of the embedder's kind. */
  readonly weights?: Partial<FusionWeights> | undefined;
  readonly onProgress?: ((done: number, total: number, step: IndexingStep) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly logger?: IndexLogger | undefined;
}

export interface OpenedIndex {
  readonly index: PassageIndex;
  readonly origin: 'snapshot' | 'built';
  /**
   * What whoever runs this should know: why a snapshot was not used or not saved, why there are no vectors. Left out where all went as
   * usual.
   */
  readonly note?: string;
  /** The embedder failed: ranking is lexical alone, and no snapshot was saved, so that the next opening tries again. */
  readonly degraded?: 'embedder-failed';
  /** Passages that were given to the embedder, and those whose vectors were there already. */
  readonly embedded: number;
  readonly reused: number;
}

/**
 * The index over these passages: from the snapshot where it is whole and of the same corpus, segmenter and embedder; built otherwise, and
 * saved. Long work is cut into slices and done in a worker thread, so that a server goes on answering. Nothing that is on the disk, or is
 * not, makes it fail; only an abort does (`aborted`).
 */
export async function openPassageIndex(options: OpenIndexOptions): Promise<OpenedIndex> {
  const { passages, titles, embedder, corpusHash, dataDir, logger } = options;
  const weights = chooseFusionWeights(embedder?.kind ?? 'hashed', options.weights);
  const places = passages.map(({ id, noticeId }) => ({ id, noticeId }));
  const open = ({ fields, vectors }: SnapshotContent): PassageIndex => createMemoryIndex({ passages: places, fields, vectors, weights });
  const identity: SnapshotIdentity = {
    corpusHash,
    passagesHash: await hashPassages(passages, titles, options.signal),
    tokensHash: hashTokens(passages, titles),
    embedderId: embedder?.id ?? '',
    passages: passages.length,
  };
  const folder = dataDir === undefined ? undefined : join(dataDir, 'index');
  const notes: string[] = [];
  const note = (message: string): void => {
    notes.push(message);
    logger?.warn(message);
  };

  if (folder !== undefined) {
    const loaded = await loadSnapshot(folder, identity);
    if (loaded.state === 'loaded') return { index: open(loaded.content), origin: 'snapshot', embedded: 0, reused: passages.length };
    const message = `The index in ${folder} is built anew: ${loaded.detail}.`;
    if (loaded.reason === 'damaged' || loaded.reason === 'unreadable') note(message);
    else logger?.info(message);
  }
  const report = (step: IndexingStep) => (done: number, total: number): void => options.onProgress?.(done, total, step);
  const fields = await buildFields(passages, titles, { onProgress: report('segment'), signal: options.signal });
  const { vectors, embedded, reused, failure } = await buildVectors(options, report, note);
  if (failure !== undefined) {
    note(`Passages are ranked by their words alone until the index is built again: ${failure}`);
  } else if (folder !== undefined) {
    await saveSnapshot(folder, { fields, vectors }, identity).catch((error: unknown) => note(describeError(error)));
  }
  if (options.signal?.aborted) throw indexingAborted(options.signal);
  return {
    index: open({ fields, vectors }),
    origin: 'built',
    ...(notes.length > 0 ? { note: notes.join(' ') } : {}),
    ...(failure === undefined ? {} : { degraded: 'embedder-failed' as const }),
    embedded,
    reused,
  };
}

interface BuiltVectors {
  readonly vectors?: VectorIndex | undefined;
  readonly embedded: number;
  readonly reused: number;
  readonly failure?: string;
}

async function buildVectors(
  { passages, embedder, dataDir, signal }: OpenIndexOptions,
  report: (step: IndexingStep) => (done: number, total: number) => void,
  note: (message: string) => void,
): Promise<BuiltVectors> {
  if (embedder === undefined || passages.length === 0) return { embedded: 0, reused: 0 };
  try {
    const { vectors, embedded, reused } = await embedPassages(passages.map(renderForEmbedding), {
      embedder,
      cacheFolder: dataDir === undefined ? undefined : join(dataDir, 'embeddings'),
      onProgress: report('embed'),
      signal,
      onCacheFailed: note,
    });
    const index = await buildVectorIndex(vectors, {
      onProgress: report('link'),
      signal,
      onWorkerFailed: (reason) => note(`Vectors are linked without a worker thread: ${reason}`),
    });
    return { vectors: index, embedded, reused };
  } catch (error) {
    if (signal?.aborted) throw indexingAborted(signal);
    return { embedded: 0, reused: 0, failure: describeError(error) };
  }
}
