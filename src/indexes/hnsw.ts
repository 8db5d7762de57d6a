import { createRequire } from 'node:module';
import type { HierarchicalNSW } from 'hnswlib-node';
import { LRUCache } from 'lru-cache';
import { AssistantError } from '../errors.ts';
import { HNSW_PARAMETERS } from './hnsw-parameters.ts';
import { selectTop } from './top-scores.ts';

/** A passage near the question: its ordinal and the cosine of the angle between the two, −1 to 1. */
export interface Neighbor {
  readonly ordinal: number;
  readonly similarity: number;
}

export interface VectorShape {
  readonly dimensions: number;
  /** How many vectors; passages without one are not counted. */
  readonly count: number;
}

/** Vectors of passages, found by nearness; passages are known by their ordinal. */
export interface VectorIndex extends VectorShape {
  /** The nearest, best first; `k` above the count gives them all. Only ordinals that `isAllowed` says yes to. */
  search(vector: Float32Array, k: number, isAllowed?: (ordinal: number) => boolean): Neighbor[];
  /** The exact similarity of one passage; undefined where it has no vector. About 40 µs where it was not asked lately: for a few, not for all. */
  similarity(vector: Float32Array, ordinal: number): number | undefined;
  /** Writes hnswlib's own file. Returns normally on a full disk: the caller checks what was written. */
  writeTo(path: string): Promise<void>;
}

/** A vector with the ordinal of its passage. */
export interface PlacedVector {
  readonly ordinal: number;
  readonly vector: Float32Array;
}

/**
 * A vector at its passage, scaled to length 1; undefined for null and all-zero vectors (punctuation only), since nothing is near them.
 * Throws `model-failed` where it holds NaN or infinity or has another number of dimensions: hnswlib would take both in
 * silence. `name` says whose it is.
 */
export function placeVector(
  vector: Float32Array | null,
  ordinal: number,
  dimensions: number,
  name = `passage ${ordinal}`,
): PlacedVector | undefined {
  const scaled = vector === null ? undefined : scaleVector(vector, dimensions, name);
  return scaled === undefined ? undefined : { ordinal, vector: scaled };
}

/** How many dimensions the vectors have: those of the first, 0 where there is none. */
export function findDimensions(vectors: readonly (Float32Array | null)[]): number {
  return vectors.find((vector) => vector !== null)?.length ?? 0;
}

/** The vector at length 1; undefined where it is all zero. Throws where it cannot be compared; `name` says whose it is. */
function scaleVector(vector: Float32Array, dimensions: number, name: string): Float32Array | undefined {
  if (vector.length !== dimensions) {
    const found = `it has ${vector.length} dimensions where ${dimensions} were expected`;
    throw new AssistantError('model-failed', `Cannot use the vector of ${name}: ${found}. Check EMBEDDING_MODEL.`);
  }
  let squares = 0;
  for (let index = 0; index < vector.length; index += 1) squares += vector[index]! * vector[index]!;
  if (!Number.isFinite(squares)) {
    const found = 'it holds numbers that are not finite';
    throw new AssistantError('model-failed', `Cannot use the vector of ${name}: ${found}. Check EMBEDDING_MODEL.`);
  }
  if (squares === 0) return undefined;
  const length = Math.sqrt(squares);
  return Math.abs(length - 1) < 1e-6 ? vector : vector.map((value) => value / length);
}

const require = createRequire(import.meta.url);

/** Loaded when the first vectors come, and by a plain require: the native module costs 5 ms of the start, 7 through an import. */
const loadHnswlib = (): typeof import('hnswlib-node') => require('hnswlib-node') as typeof import('hnswlib-node');

/** An empty graph with room for `capacity` vectors. The same vectors in the same order give the same graph (fixed seed). */
export function createGraph(dimensions: number, capacity: number): HierarchicalNSW {
  const hnswlib = loadHnswlib();
  const graph = new hnswlib.HierarchicalNSW('ip', dimensions);
  graph.initIndex({ maxElements: capacity, ...HNSW_PARAMETERS.graph });
  return graph;
}

/** The numbers in a plain array, since hnswlib accepts nothing else; by a loop, which takes a tenth of the time of `Array.from`. */
function listNumbers(vector: Float32Array): number[] {
  const numbers: number[] = [];
  for (let index = 0; index < vector.length; index += 1) numbers.push(vector[index]!);
  return numbers;
}

/** Adds vectors that were placed. */
export function addVector(graph: HierarchicalNSW, { ordinal, vector }: PlacedVector): void {
  graph.addPoint(listNumbers(vector), ordinal);
}

/** Opens a file that hnswlib wrote. Only for files that were checked (`hnsw-file.ts`): a damaged one kills the process. */
export async function readGraph(path: string, dimensions: number): Promise<HierarchicalNSW> {
  const hnswlib = loadHnswlib();
  const graph = new hnswlib.HierarchicalNSW('ip', dimensions);
  await graph.readIndex(path);
  return graph;
}

/**
 * So few vectors are each compared with the question, sooner than the graph is asked, which must be handed the numbers one by one; more of them where so
 * few numbers of the question are not 0 (`filled`, as of hashed vectors). They are kept beside the graph.
 */
const FEW = { vectors: 500, sparse: { vectors: 2_000, filled: 125 } } as const;

const listVectors = (graph: HierarchicalNSW): readonly PlacedVector[] => graph.getIdsList().sort((left, right) => left - right).map((ordinal) => ({ ordinal, vector: Float32Array.from(graph.getPoint(ordinal)) }));

/** The places of a vector that are not 0: hashed vectors of questions have few. */
function listFilled(vector: Float32Array): Uint16Array {
  const filled = new Uint16Array(vector.length);
  let count = 0;
  for (let index = 0; index < vector.length; index += 1) if (vector[index] !== 0) filled[count++] = index;
  return filled.subarray(0, count);
}

/** So many vectors asked lately, and no more numbers in them, are kept out of the graph, which takes 40 µs to hand one over: 4 MB at most. */
const MOST_KEPT = { vectors: 2_000, numbers: 1_000_000 } as const;

/** Hands over vectors of the graph, the same that it holds; those asked last are kept. */
function createVectorReader(graph: HierarchicalNSW, dimensions: number): (ordinal: number) => Float32Array {
  const kept = new LRUCache<number, Float32Array>({ max: Math.max(1, Math.min(MOST_KEPT.vectors, Math.floor(MOST_KEPT.numbers / dimensions))) });
  return (ordinal) => {
    const known = kept.get(ordinal);
    if (known !== undefined) return known;
    const vector = Float32Array.from(graph.getPoint(ordinal));
    kept.set(ordinal, vector);
    return vector;
  };
}

/** The graph as a `VectorIndex`. */
export function createVectorIndex(graph: HierarchicalNSW): VectorIndex {
  const dimensions = graph.getNumDimensions();
  const count = graph.getCurrentCount();
  const known = new Set(graph.getIdsList());
  const readVector = createVectorReader(graph, dimensions);
  let few: readonly PlacedVector[] | undefined;

  function compareEach(query: Float32Array, filled: Uint16Array, vectors: readonly PlacedVector[], limit: number, isAllowed: ((ordinal: number) => boolean) | undefined): Neighbor[] {
    const similarities = new Float64Array(vectors.length);
    for (let place = 0; place < vectors.length; place += 1) {
      const { ordinal, vector } = vectors[place]!;
      let similarity = isAllowed === undefined || isAllowed(ordinal) ? 0 : -Infinity;
      for (let index = 0; index < filled.length; index += 1) similarity += vector[filled[index]!]! * query[filled[index]!]!;
      similarities[place] = similarity;
    }
    return selectTop(similarities, limit, undefined, -Infinity).map((place) => ({ ordinal: vectors[place]!.ordinal, similarity: similarities[place]! }));
  }

  function askGraph(query: Float32Array, limit: number, isAllowed: ((ordinal: number) => boolean) | undefined): Neighbor[] {
    graph.setEf(Math.max(HNSW_PARAMETERS.ef, limit));
    const { neighbors, distances } = graph.searchKnn(listNumbers(query), limit, isAllowed);
    const near = neighbors.map((ordinal, index): Neighbor => ({ ordinal, similarity: 1 - distances[index]! }));
    return near.sort((left, right) => right.similarity - left.similarity || left.ordinal - right.ordinal).slice(0, limit);
  }

  return {
    dimensions,
    count,
    search(vector, k, isAllowed) {
      const query = scaleVector(vector, dimensions, 'the question');
      const limit = Math.min(Math.floor(k), count);
      if (query === undefined || !(limit > 0)) return [];
      const filled = listFilled(query);
      const isFew = count <= FEW.vectors || (count <= FEW.sparse.vectors && filled.length <= FEW.sparse.filled);
      if (isFew) few ??= listVectors(graph);
      return isFew && few !== undefined ? compareEach(query, filled, few, limit, isAllowed) : askGraph(query, limit, isAllowed);
    },
    similarity(vector, ordinal) {
      const query = known.has(ordinal) ? scaleVector(vector, dimensions, 'the question') : undefined;
      if (query === undefined) return undefined;
      const own = readVector(ordinal);
      let sum = 0;
      for (let index = 0; index < dimensions; index += 1) sum += own[index]! * query[index]!;
      return sum;
    },
    async writeTo(path) {
      await graph.writeIndex(path);
    },
  };
}
