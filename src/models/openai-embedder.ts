import { DEFAULT_BASE_URL, checkBaseUrl, hostOf } from './base-url.ts';
import { createBreaker } from './breaker.ts';
import type { Breaker, CallOutcome } from './breaker.ts';
import { EmbeddingsRequest } from './embeddings-request.ts';
import { ModelError } from './chat-model.ts';
import { isEmbeddable } from './embeddable.ts';
import type { Embedder, EmbedOptions } from './embedder.ts';
import { readEmbeddingReply } from './embedding-reply.ts';
import { createRetryBudget, pause, retryDelay } from './retry.ts';
import { cannot, findModelError } from './upstream-error.ts';
import { openWatchdog } from './watchdog.ts';

/** Limits on embedding, in milliseconds. */
export interface EmbedLimits {
  /** One request. */
  readonly callMs: number;
  /** A batch of documents, its retries included. */
  readonly batchMs: number;
  /** A question, its retries included: someone is waiting. */
  readonly queryMs: number;
}

export interface OpenAIEmbedderOptions {
  readonly model: string;
  /** https://api.openai.com/v1 by default. */
  readonly baseUrl?: string | undefined;
  readonly apiKey?: string | undefined;
  /** Asked of the model, and demanded of every vector. By default the model's own, learnt from the first vector. */
  readonly dimensions?: number | undefined;
  /** Texts a request; 64 by default. DashScope takes 10. */
  readonly batchSize?: number;
  /** Requests at once; 2 by default. */
  readonly concurrency?: number;
  /** 20, 60 and 5 seconds by default. */
  readonly limits?: EmbedLimits;
  /** How often a failed request is made again; 2 by default. */
  readonly maxRetries?: number;
  /** What is embedded of a longer text; 6,000 characters by default, which models that take 8,192 tokens can take in. */
  readonly maxCharacters?: number;
  readonly breaker?: Breaker;
}

const DEFAULT_LIMITS: EmbedLimits = { callMs: 20_000, batchMs: 60_000, queryMs: 5_000 };

/**
 * An embedder behind the OpenAI API. Either all of the texts get their vector or it throws `ModelError`: nothing half done is handed on.
 * Throws `bad-setting` for a base URL that can't be used.
 */
export function createOpenAIEmbedder(options: OpenAIEmbedderOptions): Embedder {
  const baseUrl = checkBaseUrl(options.baseUrl ?? DEFAULT_BASE_URL, options.apiKey !== undefined);
  const host = hostOf(baseUrl);
  const { batchSize = 64, concurrency = 2, limits = DEFAULT_LIMITS } = options;
  const { maxRetries = 2, maxCharacters = 6_000, breaker = createBreaker() } = options;
  const budget = createRetryBudget();
  let dimensions = options.dimensions;

  async function requestVectors(texts: readonly string[], deadline: number, signal: AbortSignal | undefined): Promise<Float32Array[]> {
    const watchdog = openWatchdog({ host, deadline, signal });
    try {
      const { model, apiKey, dimensions: asked } = options;
      const request = new EmbeddingsRequest({ model, baseUrl, host, apiKey, dimensions: asked, signal: watchdog.signal });
      const reply = await watchdog.wait(request.send([...texts]), limits.callMs, 'limit on one call');
      const vectors = readEmbeddingReply(host, reply, texts.length, dimensions);
      dimensions ??= vectors[0]?.length;
      return vectors;
    } catch (error) {
      signal?.throwIfAborted();
      throw findModelError(error) ?? new ModelError('model-error', `${cannot(host)} what came could not be read.`);
    } finally {
      watchdog.close();
    }
  }

  /** A batch that fits one request, with its retries. */
  async function embedBatch(texts: readonly string[], totalMs: number, signal: AbortSignal | undefined): Promise<Float32Array[]> {
    signal?.throwIfAborted();
    const deadline = performance.now() + totalMs;
    const endCall = breaker.begin();
    let outcome: CallOutcome = 'abandoned';
    budget.earn();
    try {
      for (let retries = 0; ; retries += 1) {
        try {
          const vectors = await requestVectors(texts, deadline, signal);
          outcome = 'ok';
          return vectors;
        } catch (error) {
          const delay = retries >= maxRetries ? undefined : retryDelay(error, retries, deadline - performance.now());
          if (delay === undefined || !budget.spend()) throw error;
          await pause(delay, signal);
        }
      }
    } catch (error) {
      if (error instanceof ModelError) outcome = error.failure;
      throw error;
    } finally {
      endCall(outcome);
    }
  }

  return {
    id: `openai:${options.model}@${options.dimensions ?? 'auto'}`,
    kind: 'semantic',
    isRemote: true,
    async embedDocuments(texts, { signal, onProgress }: EmbedOptions = {}) {
      signal?.throwIfAborted();
      const vectors: (Float32Array | null)[] = texts.map(() => null);
      const batches = splitIntoBatches(texts, batchSize);
      let done = texts.length - batches.reduce((sum, batch) => sum + batch.length, 0);
      // The first failure ends the others: what they would bring is not used.
      const stop = new AbortController();
      const batchSignal = signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]);
      const work = async (): Promise<void> => {
        for (let batch = batches.shift(); batch !== undefined; batch = batches.shift()) {
          const found = await embedBatch(batch.map((index) => prepare(texts[index]!, maxCharacters)), limits.batchMs, batchSignal);
          batch.forEach((index, position) => (vectors[index] = found[position]!));
          done += batch.length;
          onProgress?.(done, texts.length);
        }
      };
      const workers = Array.from({ length: Math.min(concurrency, batches.length) }, work);
      try {
        await Promise.all(workers);
      } catch (error) {
        stop.abort();
        await Promise.allSettled(workers);
        throw error;
      }
      return vectors;
    },
    async embedQuery(text, { signal }: EmbedOptions = {}) {
      signal?.throwIfAborted();
      if (!isEmbeddable(text)) return null;
      const [vector] = await embedBatch([prepare(text, maxCharacters)], limits.queryMs, signal);
      return vector ?? null;
    },
  };
}

/** Positions of the texts that have something to embed, so many together. */
function splitIntoBatches(texts: readonly string[], batchSize: number): number[][] {
  const positions = texts.flatMap((text, index) => (isEmbeddable(text) ? [index] : []));
  const batches: number[][] = [];
  for (let start = 0; start < positions.length; start += batchSize) batches.push(positions.slice(start, start + batchSize));
  return batches;
}

/** Line breaks lower the quality of some models' vectors (LangChain takes them out too); some servers refuse half characters. */
function prepare(text: string, maxCharacters: number): string {
  return text.slice(0, maxCharacters).replace(/\s+/gu, ' ').replace(/\p{Surrogate}/gu, '');
}
