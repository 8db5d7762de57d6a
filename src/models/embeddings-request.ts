import { OpenAIEmbeddings } from '@langchain/openai';
import { fetchReply, readBody } from './openai-fetch.ts';

/** 64 vectors of 8,192 numbers, 24 characters each, are 13 million: ample. */
const MAX_REPLY_BYTES = 64 * 1024 * 1024;
/** The client wants a key; servers that want none ignore this one. */
const NO_KEY = 'none';

export interface RequestOptions {
  readonly model: string;
  readonly baseUrl: string;
  readonly host: string;
  readonly apiKey?: string | undefined;
  readonly dimensions?: number | undefined;
  readonly signal: AbortSignal;
}

/**
 * One request through LangChain's client. Its public methods drop `index` and know no signal: so the reply is asked for as it came,
 * through a fetch that knows the signal, and a request has a client of its own.
 */
export class EmbeddingsRequest extends OpenAIEmbeddings {
  constructor({ model, baseUrl, host, apiKey, dimensions, signal }: RequestOptions) {
    super({
      model,
      apiKey: apiKey ?? NO_KEY,
      ...(dimensions === undefined ? {} : { dimensions }),
      maxRetries: 0,
      configuration: {
        baseURL: baseUrl,
        logLevel: 'off',
        organization: null,
        project: null,
        fetch: async (input, init) => {
          const response = await fetchReply(host, input, { ...init, signal });
          const body = readBody(host, response.body ?? ReadableStream.from([]), MAX_REPLY_BYTES);
          return new Response(ReadableStream.from(body), { headers: { 'content-type': 'application/json' } });
        },
      },
    });
  }

  /** The reply as it came, unchecked; throws what `findModelError` finds. */
  send(input: string[]): Promise<unknown> {
    const { model, dimensions } = this;
    // The client's default, base64, is not understood by every server.
    return this.embeddingWithRetry({ model, input, encoding_format: 'float', ...(dimensions === undefined ? {} : { dimensions }) });
  }
}
