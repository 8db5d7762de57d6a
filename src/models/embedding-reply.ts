import { ModelError } from './chat-model.ts';
import { cannot } from './upstream-error.ts';

/**
 * The vectors of an embeddings reply, in the order of the texts that were sent (by `index`, which LangChain ignores), each scaled to
 * length 1. Throws `ModelError` that names what was found where the reply isn't exactly that: another number of vectors, an index twice or
 * out of range, another dimension than `dimensions` or than the first vector's, a value that is no finite number, a vector of zeros.
 * @param dimensions what every vector must have; undefined takes the first vector's.
 */
export function readEmbeddingReply(host: string, reply: unknown, count: number, dimensions: number | undefined): Float32Array[] {
  const fail = (found: string): ModelError => new ModelError('model-error', `${cannot(host)} ${found}`);
  const data = typeof reply === 'object' && reply !== null && 'data' in reply ? reply.data : undefined;
  if (!Array.isArray(data)) throw fail('what came is no list of embeddings. Check OPENAI_BASE_URL.');
  if (data.length !== count) throw fail(`${data.length} vectors came for ${count} texts.`);

  const vectors = Array.from<Float32Array | undefined>({ length: count });
  let expected = dimensions;
  data.forEach((entry: unknown, position) => {
    const { index, embedding } = readEntry(entry);
    const place = index ?? position;
    if (!Number.isInteger(place) || place < 0 || place >= count) throw fail(`a vector came for text ${place} of ${count}.`);
    if (vectors[place] !== undefined) throw fail(`two vectors came for text ${place}.`);
    if (!Array.isArray(embedding) || embedding.length === 0) throw fail(`the vector of text ${place} is no list of numbers.`);
    expected ??= embedding.length;
    if (embedding.length !== expected) {
      const found = `the vector of text ${place} has ${embedding.length} dimensions, not ${expected}`;
      throw fail(`${found}. Check EMBEDDING_MODEL, and build the index anew after a change.`);
    }
    const vector = scaleToLengthOne(embedding);
    if (vector === undefined) throw fail(`the vector of text ${place} holds what is no finite number, or only zeros.`);
    vectors[place] = vector;
  });
  return vectors.filter((vector) => vector !== undefined);
}

function readEntry(entry: unknown): { readonly index: number | undefined; readonly embedding: unknown } {
  if (typeof entry !== 'object' || entry === null) return { index: undefined, embedding: undefined };
  const index = 'index' in entry && entry.index !== null ? Number(entry.index) : undefined;
  return { index, embedding: 'embedding' in entry ? entry.embedding : undefined };
}

/** Undefined for anything that has no direction. */
function scaleToLengthOne(values: readonly unknown[]): Float32Array | undefined {
  let squares = 0;
  for (const value of values) {
    if (typeof value !== 'number' || !Number.isFinite(value)) return undefined;
    squares += value * value;
  }
  const length = Math.sqrt(squares);
  if (length === 0 || !Number.isFinite(length)) return undefined;
  const vector = new Float32Array(values.length);
  for (let index = 0; index < values.length; index += 1) vector[index] = Number(values[index]) / length;
  return vector;
}
