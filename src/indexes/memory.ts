import { AssistantError } from '../errors.ts';
import { isStopWord, type FieldTokens } from '../text/segment.ts';
import { addScores, hasToken, inverseFrequency, weighTerms, type Bm25Index, type TermWeights } from './bm25.ts';
import { fuse, type FusionWeights } from './fusion.ts';
import type { VectorIndex } from './hnsw.ts';
import type { PassageIndex, PassageQuery } from './passage-index.ts';
import { selectTop } from './top-scores.ts';

/** The fields of a passage, each an index of its own over the same passages in the same order. */
export interface FieldIndexes {
  readonly words: Bm25Index;
  readonly bigrams: Bm25Index;
  readonly characters: Bm25Index;
  /** Words of the notice's title and of the headings above the passage. */
  readonly headings: Bm25Index;
}

/** What the index must know of a passage besides its tokens. */
export interface IndexedPassage {
  readonly id: string;
  readonly noticeId: string;
}

export interface MemoryIndexParts {
  /** In the order in which fields and vectors were filled. */
  readonly passages: readonly IndexedPassage[];
  readonly fields: FieldIndexes;
  /** Left out, ranking is lexical alone. */
  readonly vectors?: VectorIndex | undefined;
  readonly weights: FusionWeights;
}

/** How many hits of each channel are fused at least, so that a passage that both know well is not missed. */
const FUSED_CANDIDATES = 50;
/** How many of the best lexical hits that are not among the nearest get their exact similarity (40 µs each). */
const EXACT_SIMILARITIES = 20;

/** The tenant that holds everything in this process: BM25 over four fields, and vectors. */
export function createMemoryIndex({ passages, fields, vectors, weights }: MemoryIndexParts): PassageIndex {
  const ordinalsOf = groupByNotice(passages);
  /** One score a passage, used again by every search: a search does not yield, and leaves it at 0. */
  const scores = new Float32Array(passages.length);
  let isClosed = false;
  const checkOpen = (): void => {
    if (isClosed) throw new AssistantError('unavailable', 'Cannot search an index that was closed. Use the one that replaced it.');
  };

  const fuseWithVectors = (index: VectorIndex, vector: Float32Array, lexical: readonly number[], k: number, allowed?: Uint8Array) => {
    const isAllowed = allowed === undefined ? undefined : (ordinal: number): boolean => allowed[ordinal] === 1;
    const near = index.search(vector, Math.max(k, FUSED_CANDIDATES), isAllowed);
    const looked = new Set(lexical.slice(0, EXACT_SIMILARITIES));
    const similarity = (ordinal: number): number | undefined => (looked.has(ordinal) ? index.similarity(vector, ordinal) : undefined);
    return fuse({ lexical, lexicalScore: (ordinal) => scores[ordinal]!, near, similarity }, weights)
      .slice(0, k)
      .map(({ ordinal, score }) => ({ passageId: passages[ordinal]!.id, score }));
  };

  return {
    size: passages.length,
    async search(query: PassageQuery) {
      checkOpen();
      const k = Math.max(0, Math.floor(query.k) || 0);
      if (k === 0) return [];
      const allowed = query.noticeIds === undefined ? undefined : markAllowed(query.noticeIds, ordinalsOf, passages.length);
      const terms = weighQuestion(query.tokens, weights);
      try {
        addScores(fields.words, terms.words, scores, weights.words);
        addScores(fields.bigrams, terms.bigrams, scores, weights.bigrams);
        addScores(fields.characters, terms.characters, scores, weights.characters);
        addScores(fields.headings, terms.words, scores, weights.headings);
        const lexical = selectTop(scores, Math.max(k, FUSED_CANDIDATES), allowed);
        const isWeak = (): boolean => coverage(fields, terms.words, lexical[0]) < weights.askVectorsBelow;
        if (vectors !== undefined && query.vector && weights.vectors > 0 && isWeak()) {
          return fuseWithVectors(vectors, query.vector, lexical, k, allowed);
        }
        return lexical.slice(0, k).map((ordinal) => ({ passageId: passages[ordinal]!.id, score: scores[ordinal]! }));
      } finally {
        scores.fill(0);
      }
    },
    async rarity(words) {
      checkOpen();
      return words.map((word) => inverseFrequency(fields.words, word));
    },
    async close() {
      isClosed = true;
    },
  };
}

interface QuestionTerms {
  readonly words: TermWeights;
  readonly bigrams: TermWeights;
  readonly characters: TermWeights;
}

function weighQuestion(tokens: FieldTokens, { stopWords }: FusionWeights): QuestionTerms {
  return {
    words: weighTerms(tokens.words, (word) => (isStopWord(word) ? stopWords : 1)),
    bigrams: weighTerms(tokens.bigrams),
    characters: weighTerms(tokens.characters),
  };
}

/** Share of the question's idf mass, 0 to 1, whose words stand in a passage or its headings; 0 without a passage or without words. */
function coverage({ words, headings }: FieldIndexes, terms: TermWeights, ordinal: number | undefined): number {
  if (ordinal === undefined) return 0;
  let found = 0;
  let mass = 0;
  for (const [word, weight] of terms) {
    const part = weight * inverseFrequency(words, word);
    mass += part;
    if (hasToken(words, word, ordinal) || hasToken(headings, word, ordinal)) found += part;
  }
  return mass === 0 ? 0 : found / mass;
}

function groupByNotice(passages: readonly IndexedPassage[]): ReadonlyMap<string, readonly number[]> {
  const groups = new Map<string, number[]>();
  for (const [ordinal, { noticeId }] of passages.entries()) {
    const group = groups.get(noticeId);
    if (group === undefined) groups.set(noticeId, [ordinal]);
    else group.push(ordinal);
  }
  return groups;
}

function markAllowed(noticeIds: readonly string[], ordinalsOf: ReadonlyMap<string, readonly number[]>, size: number): Uint8Array {
  const allowed = new Uint8Array(size);
  for (const noticeId of noticeIds) for (const ordinal of ordinalsOf.get(noticeId) ?? []) allowed[ordinal] = 1;
  return allowed;
}
