import { initChatModel } from 'langchain/chat_models/universal';
import type { BaseMessage } from '@langchain/core/messages';
import { DEFAULT_BASE_URL, checkBaseUrl, hostOf } from './base-url.ts';
import { createBreaker } from './breaker.ts';
import type { Breaker, CallOutcome } from './breaker.ts';
import { ModelError } from './chat-model.ts';
import type { ChatModel, ModelFailure, ModelLimits } from './chat-model.ts';
import { createChatFetch } from './openai-fetch.ts';
import { createReplyCleaner } from './reply-text.ts';
import { createRetryBudget, pause, retryDelay } from './retry.ts';
import { cannot, findModelError } from './upstream-error.ts';
import { openWatchdog } from './watchdog.ts';

export interface OpenAIChatModelOptions {
  readonly model: string;
  /** https://api.openai.com/v1 by default. */
  readonly baseUrl?: string | undefined;
  /** Servers of one's own (Ollama, vLLM) need none. */
  readonly apiKey?: string | undefined;
  readonly limits: ModelLimits;
  /** How often a request is made again that failed before anything of the reply came; 1 by default. */
  readonly maxRetries?: number;
  /** The longest reply that is read, in characters; 8,000 by default. What goes on beyond it fails as `model-incomplete`. */
  readonly maxCharacters?: number;
  readonly breaker?: Breaker;
}

type StreamOptions = NonNullable<Parameters<ChatModel['stream']>[1]>;
type LangChainModel = Awaited<ReturnType<Awaited<ReturnType<typeof initChatModel>>['_getModelInstance']>>;

/** After finish_reason the reply is whole: only usage and the end of the stream may follow, and they aren't waited for longer. */
const END_GRACE_MS = 300;
/** The client wants a key; servers that want none ignore this one. */
const NO_KEY = 'none';

/** A chat model behind the OpenAI API. Throws `bad-setting` for a base URL that can't be used. */
export function createOpenAIChatModel(options: OpenAIChatModelOptions): ChatModel {
  const baseUrl = checkBaseUrl(options.baseUrl ?? DEFAULT_BASE_URL, options.apiKey !== undefined);
  const host = hostOf(baseUrl);
  const { limits, maxRetries = 1, maxCharacters = 8_000, breaker = createBreaker() } = options;
  const budget = createRetryBudget();
  // Loaded ahead, so that the first question need not wait; what goes wrong is told to the first caller.
  const model = loadModel(options, baseUrl, host);
  model.catch(() => undefined);

  async function* streamWithRetries(messages: readonly BaseMessage[], callOptions: StreamOptions): AsyncGenerator<string, void, undefined> {
    const deadline = performance.now() + limits.totalMs;
    budget.earn();
    for (let retries = 0; ; retries += 1) {
      let hasBegun = false;
      try {
        for await (const piece of streamReply(await model, messages, { host, limits, deadline, maxCharacters, ...callOptions })) {
          hasBegun = true;
          yield piece;
        }
        return;
      } catch (error) {
        callOptions.signal?.throwIfAborted();
        const delay = hasBegun || retries >= maxRetries ? undefined : retryDelay(error, retries, deadline - performance.now());
        if (delay === undefined || !budget.spend()) throw error;
        await pause(delay, callOptions.signal);
      }
    }
  }

  return {
    id: `${options.model} @ ${host}`,
    async *stream(messages, callOptions = {}) {
      callOptions.signal?.throwIfAborted();
      const endCall = breaker.begin();
      let outcome: CallOutcome = 'abandoned';
      try {
        yield* streamWithRetries(messages, callOptions);
        outcome = 'ok';
      } catch (error) {
        if (error instanceof ModelError) outcome = error.failure;
        throw error;
      } finally {
        endCall(outcome);
      }
    },
  };
}

/**
 * LangChain's model, made by its initChatModel and then used itself: the ConfigurableModel around it keeps a copy of the model for every
 * different set of callbacks that it was ever called with.
 */
async function loadModel({ model, apiKey }: OpenAIChatModelOptions, baseURL: string, host: string): Promise<LangChainModel> {
  const configurable = await initChatModel(model, {
    modelProvider: 'openai',
    apiKey: apiKey ?? NO_KEY,
    // Reasoning models accept no temperature.
    ...(/^(o\d|gpt-5(?!-chat))/.test(model) ? {} : { temperature: 0 }),
    streaming: true,
    maxRetries: 0,
    outputVersion: 'v0',
    configuration: { baseURL, logLevel: 'off', organization: null, project: null, fetch: createChatFetch(host) },
  });
  return await configurable._getModelInstance();
}

interface ReplyOptions extends StreamOptions {
  readonly host: string;
  readonly limits: ModelLimits;
  readonly deadline: number;
  readonly maxCharacters: number;
}

/** One request and its reply, checked. */
async function* streamReply(
  model: LangChainModel,
  messages: readonly BaseMessage[],
  options: ReplyOptions,
): AsyncGenerator<string, void, undefined> {
  const { host, limits, callbacks, maxCharacters } = options;
  const fail = (failure: ModelFailure, found: string): ModelError => new ModelError(failure, `${cannot(host)} ${found}`);
  const watchdog = openWatchdog(options);
  const cleaner = createReplyCleaner();
  let characters = 0;
  let isVisible = false;
  let finishReason = '';
  try {
    const request = model.stream([...messages], { signal: watchdog.signal, ...(callbacks === undefined ? {} : { callbacks }) });
    const chunks = await watchdog.wait(request, limits.firstByteMs, 'limit on the first byte');
    for (;;) {
      // The first chunk is there already: stream() waits for it.
      const patience = finishReason === '' ? limits.idleMs : Math.min(limits.idleMs, END_GRACE_MS);
      const next = await watchdog.wait(chunks.next(), patience, 'limit on silence');
      if (next.done === true) break;
      finishReason ||= readFinishReason(next.value.response_metadata);
      const piece = cleaner.clean(next.value.text);
      if (piece === '') continue;
      characters += piece.length;
      if (characters > maxCharacters) throw fail('model-incomplete', `it is longer than ${maxCharacters} characters.`);
      isVisible ||= /\S/u.test(piece);
      yield piece;
    }
  } catch (error) {
    options.signal?.throwIfAborted();
    // What fails after the model said that it was finished takes nothing away from its reply.
    if (finishReason !== '' && characters <= maxCharacters) return checkFinish(host, finishReason, isVisible);
    const known = findModelError(error);
    if (characters > 0 && known?.failure === 'model-unreachable') throw fail('model-incomplete', 'the connection broke within it.');
    throw known ?? fail('model-error', 'what came could not be read.');
  } finally {
    watchdog.close();
  }
  checkFinish(host, finishReason, isVisible);
}

function readFinishReason(metadata: unknown): string {
  const reason = typeof metadata === 'object' && metadata !== null && 'finish_reason' in metadata ? metadata.finish_reason : undefined;
  return typeof reason === 'string' ? reason : '';
}

/** Throws unless the model said that it was finished, and had said something. */
function checkFinish(host: string, finishReason: string, isVisible: boolean): void {
  const fail = (failure: ModelFailure, found: string): ModelError => new ModelError(failure, `${cannot(host)} ${found}`);
  if (finishReason === '') throw fail('model-incomplete', 'it ended without saying that it was finished.');
  if (finishReason === 'length') throw fail('model-incomplete', 'it was cut off at the length that the model allows.');
  if (finishReason === 'content_filter' || finishReason === 'sensitive') throw fail('model-refused', 'a content filter stopped it.');
  if (finishReason !== 'stop') throw fail('model-error', 'it ended for another reason than being finished.');
  if (!isVisible) throw fail('model-empty', 'it holds no text.');
}
