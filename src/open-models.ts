import type { Message } from './answer/answer.ts';
import type { Answerer } from './answer/draft.ts';
import type { Config } from './config.ts';
import { AssistantError, describeError } from './errors.ts';
import type { Generation } from './generation.ts';
import type { ChatModel } from './models/chat-model.ts';
import type { Embedder } from './models/embedder.ts';
import { createHashedEmbedder } from './models/hashed.ts';

export type ModelCheck = { readonly state: 'ok' | 'not-configured' } | { readonly state: 'failed'; readonly message: string };

/** The models of the settings; what isn't configured isn't loaded either. */
export interface Models {
  readonly embedder: Embedder;
  readonly chatModelId: string | undefined;
  /** The answerer by the chat model over a generation; undefined without a model. */
  readonly generativeAnswerer?: (generation: Generation, known: WeakMap<Generation, Answerer>) => Promise<Answerer>;
  /** The question as it stands without its history, by the chat model; undefined without a model, or where it did not find one. */
  readonly standaloneQuestion?: (history: readonly Message[], question: string, signal: AbortSignal | undefined) => Promise<string | undefined>;
  check(signal: AbortSignal | undefined): Promise<{ readonly chat: ModelCheck; readonly embedder: ModelCheck }>;
}

const DIMENSIONS_OF_HASHED = 512;

async function openEmbedder(config: Config): Promise<Embedder> {
  if (config.embeddingModel === undefined) return createHashedEmbedder({ dimensions: DIMENSIONS_OF_HASHED });
  const { createOpenAIEmbedder } = await import('./models/openai-embedder.ts');
  const { embeddingModel: model, openaiBaseUrl: baseUrl, openaiApiKey: apiKey, embeddingDimensions: dimensions, embeddingBatch: batchSize } = config;
  return createOpenAIEmbedder({ model, baseUrl, apiKey, dimensions, batchSize });
}

async function openChatModel(config: Config): Promise<ChatModel | undefined> {
  if (config.chatModel === undefined) return undefined;
  const { createOpenAIChatModel } = await import('./models/openai-chat-model.ts');
  return createOpenAIChatModel({ model: config.chatModel, baseUrl: config.openaiBaseUrl, apiKey: config.openaiApiKey, limits: config.modelLimits });
}

async function tryOut(isConfigured: boolean, call: () => Promise<unknown>): Promise<ModelCheck> {
  if (!isConfigured) return { state: 'not-configured' };
  try {
    await call();
    return { state: 'ok' };
  } catch (error) {
    return { state: 'failed', message: error instanceof AssistantError ? error.message : describeError(error) };
  }
}

/** Opens the models that the settings name; the key-less start loads none of their modules. */
export async function openModels(config: Config): Promise<Models> {
  const [embedder, chatModel] = await Promise.all([openEmbedder(config), openChatModel(config)]);
  return {
    embedder,
    chatModelId: chatModel?.id,
    async check(signal) {
      const options = signal === undefined ? {} : { signal };
      const [chat, embedding] = await Promise.all([
        tryOut(chatModel !== undefined, async () => {
          const { HumanMessage } = await import('@langchain/core/messages');
          for await (const piece of chatModel?.stream([new HumanMessage('请只回复“好”。')], options) ?? []) if (piece !== '') break;
        }),
        tryOut(config.embeddingModel !== undefined, () => embedder.embedQuery('问策', options)),
      ]);
      return { chat, embedder: embedding };
    },
  };
}
