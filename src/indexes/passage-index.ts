import type { FieldTokens } from '../text/segment.ts';

/** A passage and its score: a number, not yet evidence. */
export interface Hit {
  readonly passageId: string;
  /** Fused score, higher is better; comparable within one search only. */
  readonly score: number;
}

export interface PassageQuery {
  /** The question's tokens, field by field. */
  readonly tokens: FieldTokens;
  /** The question's vector; left out, or null, the vectors are not asked. */
  readonly vector?: Float32Array | null;
  /** How many hits at most. */
  readonly k: number;
  /** Only passages of these notices; all where left out. */
  readonly noticeIds?: readonly string[];
}

/**
 * Built once, searched often. Methods are asynchronous because a database tenant must be; the memory tenant answers at once.
 * Every tenant passes `test/indexes/passage-index.contract.ts`.
 */
export interface PassageIndex {
  readonly size: number;
  /** Best first; hits with no common token and no near vector are left out, so that the list may be empty. */
  search(query: PassageQuery): Promise<readonly Hit[]>;
  /**
   * How rare each word is among the passages: ln(1 + (N − df + 0.5) / (df + 0.5)) (BM25's idf);
   * a word that stands nowhere gets the highest value.
   */
  rarity(words: readonly string[]): Promise<readonly number[]>;
  close(): Promise<void>;
}
