import { PASSAGE_PARAMETERS, type Bm25Index, type Bm25Parameters } from './bm25.ts';
import { createGrowingNumbers } from './growing-numbers.ts';

export interface Bm25Builder {
  /** Adds the next text. One without tokens takes its ordinal too, and is never found. */
  add(tokens: readonly string[]): void;
  /** The index of all texts added; call it once, last. */
  build(): Bm25Index;
}

/** Builds an index text by text, so that the caller decides when other work gets its turn. */
export function createBm25Builder(parameters: Bm25Parameters = PASSAGE_PARAMETERS): Bm25Builder {
  const vocabulary = new Map<string, number>();
  /** In how many texts each token stands. */
  const frequencies = createGrowingNumbers();
  /** Distinct tokens and their counts, text after text; `ends` tells where each text's stop. */
  const terms = createGrowingNumbers();
  const counts = createGrowingNumbers();
  const ends = createGrowingNumbers();
  const lengths = createGrowingNumbers();
  return {
    add(tokens) {
      const countOf = new Map<number, number>();
      for (const token of tokens) {
        let term = vocabulary.get(token);
        if (term === undefined) {
          term = vocabulary.size;
          vocabulary.set(token, term);
          frequencies.push(0);
        }
        countOf.set(term, (countOf.get(term) ?? 0) + 1);
      }
      const seen = frequencies.view();
      for (const [term, count] of countOf) {
        terms.push(term);
        counts.push(count);
        seen[term]! += 1;
      }
      ends.push(terms.length);
      lengths.push(tokens.length);
    },
    build() {
      const offsets = startOffsets(frequencies.view());
      const texts = new Uint32Array(terms.length);
      const weights = new Float32Array(terms.length);
      const next = offsets.slice();
      const held = holdBack(lengths.view(), parameters);
      const [termView, countView, endView] = [terms.view(), counts.view(), ends.view()];
      for (let text = 0, entry = 0; text < endView.length; text += 1) {
        for (; entry < endView[text]!; entry += 1) {
          const posting = next[termView[entry]!]!++;
          const count = countView[entry]!;
          texts[posting] = text;
          weights[posting] = (count * (parameters.k1 + 1)) / (count + held[text]!);
        }
      }
      return { size: endView.length, parameters, vocabulary, offsets, texts, weights };
    },
  };
}

/** An index of all the texts at once. */
export function buildBm25(texts: Iterable<readonly string[]>, parameters?: Bm25Parameters): Bm25Index {
  const builder = createBm25Builder(parameters);
  for (const tokens of texts) builder.add(tokens);
  return builder.build();
}

function startOffsets(frequencies: Uint32Array): Uint32Array {
  const offsets = new Uint32Array(frequencies.length + 1);
  for (let term = 0; term < frequencies.length; term += 1) offsets[term + 1] = offsets[term]! + frequencies[term]!;
  return offsets;
}

/**
 * BM25's k1 · (1 − b + b · length / average) for every text. Empty texts are left out of the average: a field that few texts have keeps
 * its own.
 */
function holdBack(lengths: Uint32Array, { k1, b }: Bm25Parameters): Float64Array {
  let sum = 0;
  let filled = 0;
  for (const length of lengths) {
    sum += length;
    if (length > 0) filled += 1;
  }
  const average = filled === 0 ? 1 : sum / filled;
  return Float64Array.from(lengths, (length) => k1 * (1 - b + (b * length) / average));
}
