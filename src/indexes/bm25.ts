/**
 * How much repetition and length count.
 * `k1`: how fast repeated tokens stop adding, from 0 (presence only). Recommended 1.0 for passages, 0.4 for sentences.
 * `b`: how much longer texts are held back, 0 (not at all) to 1 (in full). Recommended 0.75 for passages, 0.2 for sentences.
 */
export interface Bm25Parameters {
  readonly k1: number;
  readonly b: number;
}

/** Best on CMRC 2018 trial and DRCD test passages (whole paragraphs). */
export const PASSAGE_PARAMETERS: Bm25Parameters = { k1: 1.0, b: 0.75 };
/** Best on the same sets cut into sentences: single sentences hardly repeat a word, and a long one is no worse. */
export const SENTENCE_PARAMETERS: Bm25Parameters = { k1: 0.4, b: 0.2 };

/**
 * An inverted index over one field. Texts are known by their ordinal, from 0 in the order they were added. The postings of token t are
 * `texts` and `weights` from `offsets[t]` to `offsets[t + 1]`, texts ascending; a weight is BM25's part for frequency and length, tf ·
 * (k1 + 1) / (tf + k1 · (1 − b + b · length / average length)), worked out beforehand so that scoring only multiplies and adds.
 */
export interface Bm25Index {
  /** How many texts, empty ones included. */
  readonly size: number;
  readonly parameters: Bm25Parameters;
  readonly vocabulary: ReadonlyMap<string, number>;
  readonly offsets: Uint32Array;
  readonly texts: Uint32Array;
  readonly weights: Float32Array;
}

/** What a snapshot holds of an index: typed arrays and strings that survive `v8.serialize`. */
export interface SerializedBm25 {
  readonly size: number;
  readonly parameters: Bm25Parameters;
  /** In the order of their numbers. */
  readonly tokens: readonly string[];
  readonly offsets: Uint32Array;
  readonly texts: Uint32Array;
  readonly weights: Float32Array;
}

/** A token of a question, with what it counts. */
export type TermWeights = ReadonlyMap<string, number>;

/** Each token with the sum of what its appearances count: 1 each, or what `weightOf` says. */
export function weighTerms(tokens: readonly string[], weightOf: (token: string) => number = () => 1): TermWeights {
  const weights = new Map<string, number>();
  for (const token of tokens) weights.set(token, (weights.get(token) ?? 0) + weightOf(token));
  return weights;
}

/** BM25's inverse document frequency, ln(1 + (N − df + 0.5) / (df + 0.5)): above 0 always, highest for a token that stands nowhere. */
export function inverseFrequency(index: Bm25Index, token: string): number {
  const term = index.vocabulary.get(token);
  const frequency = term === undefined ? 0 : index.offsets[term + 1]! - index.offsets[term]!;
  return Math.log(1 + (index.size - frequency + 0.5) / (frequency + 0.5));
}

/** Whether the text holds the token. */
export function hasToken(index: Bm25Index, token: string, text: number): boolean {
  const term = index.vocabulary.get(token);
  if (term === undefined) return false;
  let low = index.offsets[term]!;
  let high = index.offsets[term + 1]!;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (index.texts[middle]! < text) low = middle + 1;
    else high = middle;
  }
  return low < index.offsets[term + 1]! && index.texts[low] === text;
}

/**
 * Adds the BM25 score of every text, times `factor`, to `scores` (one number a text): term at a time, so that several fields can be
 * summed into one array. Unknown tokens add nothing.
 */
export function addScores(index: Bm25Index, terms: TermWeights, scores: Float32Array, factor = 1): void {
  const { offsets, texts, weights } = index;
  for (const [token, weight] of terms) {
    const term = index.vocabulary.get(token);
    if (term === undefined) continue;
    const multiplier = factor * weight * inverseFrequency(index, token);
    const end = offsets[term + 1]!;
    for (let posting = offsets[term]!; posting < end; posting += 1) scores[texts[posting]!]! += multiplier * weights[posting]!;
  }
}

export function serializeBm25(index: Bm25Index): SerializedBm25 {
  const { vocabulary, ...rest } = index;
  return { ...rest, tokens: [...vocabulary.keys()] };
}

/** The index that was serialised; ranks exactly as it did. */
export function restoreBm25({ tokens, ...rest }: SerializedBm25): Bm25Index {
  const vocabulary = new Map<string, number>();
  for (const token of tokens) vocabulary.set(token, vocabulary.size);
  return { ...rest, vocabulary };
}
