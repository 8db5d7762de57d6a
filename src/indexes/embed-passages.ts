import { describeError } from '../errors.ts';
import type { Embedder } from '../models/embedder.ts';
import { loadEmbeddingCache, type EmbeddingCache } from './embedding-cache.ts';
import { findDimensions, placeVector } from './hnsw.ts';
import { createTimeSlices } from './time-slices.ts';

/** Texts a call: few enough that local work does not block, and that what was paid for is kept before the next call may fail. */
const LOCAL_BATCH = 16;
const REMOTE_BATCH = 256;

export interface EmbedPassagesOptions {
  readonly embedder: Embedder;
  /** Where vectors of a remote embedder are kept; left out, they are not. */
  readonly cacheFolder?: string | undefined;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told when vectors could not be kept: they are used all the same. */
  readonly onCacheFailed?: ((message: string) => void) | undefined;
}

export interface EmbeddedPassages {
  /** One a text, in order. */
  readonly vectors: readonly (Float32Array | null)[];
  /** How many texts the embedder was given. */
  readonly embedded: number;
  /** How many came from the cache. */
  readonly reused: number;
}

/**
 * The vectors of all texts: those that are kept, and the others from the embedder, each different text once. Throws what the embedder
 * throws.
 */
export async function embedPassages(texts: readonly string[], options: EmbedPassagesOptions): Promise<EmbeddedPassages> {
  const { embedder, cacheFolder, onProgress, signal } = options;
  const cache = embedder.isRemote && cacheFolder !== undefined ? await loadEmbeddingCache(cacheFolder, embedder.id) : undefined;
  const known = new Map<string, Float32Array | null>();
  for (const text of texts) {
    const vector = cache?.get(text);
    if (vector !== undefined) known.set(text, vector);
  }
  let example = [...known.values()].find((vector) => vector !== null) ?? null;
  const missing = [...new Set(texts)].filter((text) => !known.has(text));
  const reused = texts.filter((text) => known.has(text)).length;
  const batchSize = embedder.isRemote ? REMOTE_BATCH : LOCAL_BATCH;
  const slices = createTimeSlices(signal);
  for (let start = 0; start < missing.length; start += batchSize) {
    await slices.next();
    const batch = missing.slice(start, start + batchSize);
    const vectors = await embedder.embedDocuments(batch, signal === undefined ? {} : { signal });
    checkBatch(batch, vectors, example);
    example ??= vectors.find((vector) => vector !== null) ?? null;
    batch.forEach((text, index) => known.set(text, vectors[index] ?? null));
    await keep(cache, batch, vectors, options);
    onProgress?.(Math.min(start + batchSize, missing.length), missing.length);
  }
  await cache?.prune(texts).catch((error: unknown) => options.onCacheFailed?.(describeError(error)));
  return { vectors: texts.map((text) => known.get(text) ?? null), embedded: texts.length - reused, reused };
}

/** Throws before a wrong vector is kept: NaN, or other dimensions than `example`, one that is known. */
function checkBatch(batch: readonly string[], vectors: readonly (Float32Array | null)[], example: Float32Array | null): void {
  if (vectors.length !== batch.length) throw new Error(`The embedder gave ${vectors.length} vectors for ${batch.length} texts.`);
  const dimensions = findDimensions([example, ...vectors]);
  vectors.forEach((vector, index) => placeVector(vector, index, dimensions, JSON.stringify(batch[index]?.slice(0, 30))));
}

async function keep(
  cache: EmbeddingCache | undefined,
  batch: readonly string[],
  vectors: readonly (Float32Array | null)[],
  { onCacheFailed }: EmbedPassagesOptions,
): Promise<void> {
  await cache?.add(batch, vectors).catch((error: unknown) => onCacheFailed?.(describeError(error)));
}
