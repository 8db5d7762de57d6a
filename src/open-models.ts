import type { Message } from './answer/answer.ts';
import type { Answerer } from './answer/draft.ts';
import type { Problem } from './answer/problems.ts';
import type { VerifyContext } from './answer/verify.ts';
import type { Config } from './config.ts';
import { AssistantError, describeError } from './errors.ts';
import type { ChatModel, ModelCallbacks } from './models/chat-model.ts';
import type { Embedder } from './models/embedder.ts';
import { createHashedEmbedder } from './models/hashed.ts';
import type { CitedSpan } from './retrieval/evidence/evidence.ts';

export type ModelCheck = { readonly state: 'ok' | 'not-configured' } | { readonly state: 'failed'; readonly message: string };

/** The models of the settings; what isn't configured isn't loaded either. */
export interface Models {
  readonly embedder: Embedder;
  readonly chatModelId: string | undefined;
  /** The answerer by the chat model over a generation; undefined without a model. */
  readonly createGenerativeAnswerer?: (options: GenerativeOptions) => Answerer;
  /** The question as it stands without its history, by the chat model; undefined where it found none. Throws what the chat model throws. */
  readonly standaloneQuestion?: (
    history: readonly Message[],
    question: string,
    options: { readonly signal?: AbortSignal | undefined; readonly callbacks?: ModelCallbacks | undefined },
  ) => Promise<string | undefined>;
  check(signal: AbortSignal | undefined): Promise<{ readonly chat: ModelCheck; readonly embedder: ModelCheck }>;
}

/** What of a generation and a question the generative answerer works with. */
export interface GenerativeOptions extends VerifyContext {
  readonly allSentences: () => readonly CitedSpan[];
  readonly onDropped: (text: string, problems: readonly Problem[]) => void;
}

/** Tokens of numbered sentences in a prompt: our first notice fits whole. */
export const TOKEN_BUDGET = 12_000;
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

/** The model that judges answers in evaluations; undefined where none is set. */
export async function openJudgeModel({ judge, modelLimits: limits }: Config): Promise<ChatModel | undefined> {
  if (judge === undefined) return undefined;
  const { createOpenAIChatModel } = await import('./models/openai-chat-model.ts');
  return createOpenAIChatModel({ ...judge, limits });
}

/** The rooms that only a chat model needs, loaded with it. */
async function openGenerative(chatModel: ChatModel): Promise<Pick<Models, 'createGenerativeAnswerer' | 'standaloneQuestion'>> {
  const [{ createGenerativeAnswerer }, { createStandaloneQuestion }, { loadPrompts }] = await Promise.all([
    import('./answer/generative.ts'), import('./answer/standalone.ts'), import('./answer/prompt.ts'),
  ]);
  const prompts = loadPrompts();
  const rewrite = createStandaloneQuestion({ chatModel, prompts });
  return {
    createGenerativeAnswerer: (options) => createGenerativeAnswerer({ ...options, chatModel, prompts, tokenBudget: TOKEN_BUDGET }),
    standaloneQuestion: (history, question, { signal, callbacks }) => rewrite(history, question, signal, callbacks),
  };
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
  const generative = chatModel === undefined ? {} : await openGenerative(chatModel);
  return {
    ...generative,
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
