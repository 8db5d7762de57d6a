/**
 * Turns text into vectors. The verbs are LangChain's own, so that an adapter renames nothing.
 * Every vector has `dimensions` finite numbers and is not all zero, unless the text has nothing to embed
 * (then `null`), and is scaled to length 1.
 */
export interface Embedder {
  /** Names model, version and dimensions; a snapshot made by another id is rebuilt. E.g. `hashed-1-512`, `openai:text-embedding-3-small@1536`. */
  readonly id: string;
  /** `hashed` vectors know no meaning and get little weight in fusion; `semantic` ones get much. */
  readonly kind: 'hashed' | 'semantic';
  /** Whether a text costs money or network: then vectors are cached by content. */
  readonly isRemote: boolean;
  embedDocuments(texts: readonly string[], options?: EmbedOptions): Promise<(Float32Array | null)[]>;
  embedQuery(text: string, options?: EmbedOptions): Promise<Float32Array | null>;
}

export interface EmbedOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}
