import { dispatchCustomEvent } from '@langchain/core/callbacks/dispatch/web';
import type { CallbackManagerForChainRun } from '@langchain/core/callbacks/manager';
import { Document } from '@langchain/core/documents';
import { BaseMessage } from '@langchain/core/messages';
import { BaseRetriever } from '@langchain/core/retrievers';
import type { BaseRetrieverInput } from '@langchain/core/retrievers';
import { Runnable, ensureConfig, getCallbackManagerForConfig, patchConfig } from '@langchain/core/runnables';
import type { RunnableConfig } from '@langchain/core/runnables';
import type { Answer, AnswerEvent, Message, RankedSentence } from './answer/answer.ts';
import type { Assistant, AskOptions } from './assistant.ts';
import type { Notice } from './corpus/notice.ts';
import { AssistantError } from './errors.ts';
import { findQuestionProblem } from './text/question-problem.ts';

/** A question alone, or with what it is asked in. Of its messages, those of people and models are the conversation; others are left out. */
export type AskInput = string | AskInputFields;

export interface AskInputFields extends Pick<AskOptions, 'noticeIds' | 'explain'> {
  readonly question: string;
  /** Oldest first. */
  readonly history?: readonly (BaseMessage | Message)[];
}

/** Where a document stands: `notice.text.slice(start, end)` is its `pageContent`. */
export interface PassageMetadata {
  readonly noticeId: string;
  /** Of the notice. */
  readonly title: string;
  readonly passageId: string;
  readonly section: string;
  readonly label: string;
  readonly start: number;
  readonly end: number;
  /** Higher is better; comparable within one search only. */
  readonly score: number;
}

/** With LangChain's own: callbacks, tags and metadata of every run. */
export interface NoticeRetrieverOptions extends BaseRetrieverInput {
  /** How many passages at most; 4 by default. */
  readonly k?: number;
  /** Only these notices; all where left out. */
  readonly noticeIds?: readonly string[];
}

/** LangChain wants an index signature, which an interface has not. */
type Metadata = Record<string, unknown> & PassageMetadata;
type Config = Partial<RunnableConfig>;
type SearchOptions = Pick<NoticeRetrieverOptions, 'k' | 'noticeIds'> & Pick<AskOptions, 'signal'>;

/**
 * The passages of the notices as a LangChain retriever, best first, each run of it traced. It throws `bad-request` for what is no question
 * and `not-found` for a notice that isn't there when it is asked.
 */
export function createNoticeRetriever(assistant: Assistant, options: NoticeRetrieverOptions = {}): BaseRetriever<Metadata> {
  const { k, noticeIds, ...own } = options;
  return new NoticeRetriever(assistant, { ...(k !== undefined && { k }), ...(noticeIds && { noticeIds }) }, own);
}

/**
 * The assistant as a step of a LangChain chain: question in, whole answer out. Streamed, it yields the answer once, when it is whole: the
 * chunks of a LangChain stream must add up, and half an answer is none. What happens until then is told to callbacks and `streamEvents`:
 * each `AnswerEvent` as a custom event under its own name, retrieval as a retriever's run, the chat model's calls as its runs. The signal
 * and the timeout of a config withdraw the question. It throws like `createNoticeRetriever`.
 */
export function createAssistantRunnable(assistant: Assistant): Runnable<AskInput, Answer> {
  return new AskRunnable('Wence', assistant, (event) => (event.type === 'answer-end' ? event.answer : undefined));
}

/**
 * The same for the answer's text alone: streamed, it yields each sentence with its marks as soon as it is verified; put together, they are
 * `answer.answer`.
 */
export function createAnswerStream(assistant: Assistant): Runnable<AskInput, string> {
  return new AskRunnable('WenceText', assistant, (event) => (event.type === 'text-delta' ? event.text : undefined));
}

const DEFAULT_K = 4;
const INPUT = 'Give a string, or { question, history?, noticeIds?, explain? }.';

class NoticeRetriever extends BaseRetriever<Metadata> {
  static override lc_name(): string {
    return 'NoticeRetriever';
  }

  override lc_namespace = ['wence', 'retrievers'];
  readonly #assistant: Assistant;
  readonly #options: SearchOptions;

  constructor(assistant: Assistant, options: SearchOptions, own: BaseRetrieverInput) {
    super(own);
    this.#assistant = assistant;
    this.#options = options;
  }

  /** LangChain hands no signal on to `_getRelevantDocuments`: a retriever made for this one question knows it. */
  override async invoke(question: string, options?: Config): Promise<Document<Metadata>[]> {
    const config = ensureConfig(options);
    config.signal?.throwIfAborted();
    if (config.signal === undefined || config.signal === this.#options.signal) return super.invoke(question, config);
    return new NoticeRetriever(this.#assistant, { ...this.#options, signal: config.signal }, this).invoke(question, config);
  }

  override async _getRelevantDocuments(question: string): Promise<Document<Metadata>[]> {
    const { k = DEFAULT_K, ...options } = this.#options;
    checkQuestion(question);
    checkNoticeIds(this.#assistant, options.noticeIds);
    const { notices } = this.#assistant.corpus;
    const hits = await this.#assistant.search(question, { k, ...options });
    return hits.map(({ passage, score }) => {
      const { id, noticeId, section, label, start, end, text } = passage;
      const title = notices.find((notice) => notice.id === noticeId)?.title ?? '';
      return new Document({ id, pageContent: text, metadata: { noticeId, title, passageId: id, section, label, start, end, score } });
    });
  }
}

/** Not a RunnableLambda: that one never ends the generator of a stream which its reader left, and the question would go on. */
class AskRunnable<Output extends Answer | string> extends Runnable<AskInput, Output> {
  override lc_namespace = ['wence', 'runnables'];
  readonly #assistant: Assistant;
  readonly #toChunk: (event: AnswerEvent) => Output | undefined;

  constructor(name: string, assistant: Assistant, toChunk: (event: AnswerEvent) => Output | undefined) {
    super();
    this.name = name;
    this.#assistant = assistant;
    this.#toChunk = toChunk;
  }

  override async invoke(input: AskInput, options?: Config): Promise<Output> {
    const ask = async (given: AskInput, config?: Config, runManager?: CallbackManagerForChainRun): Promise<Output> => {
      let output: Output | undefined;
      for await (const chunk of this.#ask(given, runManager, config)) {
        output = output === undefined ? chunk : this._concatOutputChunks(output, chunk);
      }
      if (output === undefined) throw new AssistantError('internal', 'The assistant ended without an answer.');
      return output;
    };
    return this._callWithConfig(ask, input, options);
  }

  override async *_streamIterator(input: AskInput, options?: Config): AsyncGenerator<Output> {
    yield* this._transformStreamWithConfig(only(input), this.#askEach, options);
  }

  async *#askEach(inputs: AsyncGenerator<AskInput>, runManager?: CallbackManagerForChainRun, config?: Config): AsyncGenerator<Output> {
    for await (const input of inputs) yield* this.#ask(input, runManager, config);
  }

  async *#ask(input: AskInput, runManager: CallbackManagerForChainRun | undefined, options: Config | undefined): AsyncGenerator<Output> {
    const callbacks = runManager?.getChild();
    const config = patchConfig(options, callbacks === undefined ? {} : { callbacks });
    for await (const event of askTraced(this.#assistant, input, config)) {
      const chunk = this.#toChunk(event);
      if (chunk !== undefined) yield chunk;
    }
  }
}

async function* only<T>(value: T): AsyncGenerator<T> {
  yield value;
}

/** The answer's events, each told to the config's callbacks before it is handed on. */
async function* askTraced(assistant: Assistant, input: AskInput, config: RunnableConfig): AsyncGenerator<AnswerEvent> {
  const { question, ...options } = readInput(input);
  checkNoticeIds(assistant, options.noticeIds);
  const { callbacks, signal } = config;
  // Read in the same turn in which the question is put: evidence counts into these texts, whatever is swapped in meanwhile.
  const { notices } = assistant.corpus;
  const events = assistant.ask(question, { ...options, ...(signal && { signal }), ...(callbacks && { callbacks }) });
  // A reader that is told of the signal by LangChain reads no further, and would leave the question where it stands.
  const withdraw = (): void => void events.return().catch(() => undefined);
  signal?.addEventListener('abort', withdraw, { once: true });
  let retrieval: Awaited<ReturnType<typeof startRetrieval>>;
  try {
    for await (const event of events) {
      if (event.type === 'answer-start') retrieval = await startRetrieval(event.standaloneQuestion, config);
      if (event.type === 'evidence-found') {
        await retrieval?.handleRetrieverEnd(event.evidence.map((sentence) => quoteSentence(sentence, notices)));
        retrieval = undefined;
      }
      await dispatchCustomEvent(event.type, event, config);
      yield event;
    }
  } catch (error) {
    await retrieval?.handleRetrieverError(error);
    throw error;
  } finally {
    signal?.removeEventListener('abort', withdraw);
  }
}

/** Retrieval as LangChain's callbacks know it, though it happens within the assistant; undefined where nobody listens. */
async function startRetrieval(question: string, config: RunnableConfig) {
  const manager = await getCallbackManagerForConfig(config);
  return manager?.handleRetrieverStart({ lc: 1, type: 'not_implemented', id: ['wence', 'retrievers', 'EvidenceRetriever'] }, question);
}

function quoteSentence({ passageId, start, end, score }: RankedSentence, notices: readonly Notice[]): Document<Metadata> {
  const notice = notices.find(({ id }) => passageId.startsWith(`${id}/`));
  const { section = '', label = '' } = notice?.passages.find(({ id }) => id === passageId) ?? {};
  const metadata = { noticeId: notice?.id ?? '', title: notice?.title ?? '', passageId, section, label, start, end, score };
  return new Document({ pageContent: notice?.text.slice(start, end) ?? '', metadata });
}

function readInput(input: AskInput): Omit<AskInputFields, 'history'> & { readonly history: readonly Message[] } {
  const { question, history = [], noticeIds, explain } = typeof input === 'string' ? { question: input } : (input ?? {});
  checkQuestion(question);
  return { question, history: history.flatMap(toMessage), ...(noticeIds && { noticeIds }), ...(explain !== undefined && { explain }) };
}

const ROLES: Readonly<Record<string, Message['role']>> = { user: 'user', human: 'user', assistant: 'assistant', ai: 'assistant' };

function toMessage(message: BaseMessage | Message): Message[] {
  const [type, content] = BaseMessage.isInstance(message) ? [message.type, message.text] : [message.role, message.content];
  const role = ROLES[type];
  return role === undefined || content === '' ? [] : [{ role, content }];
}

function checkQuestion(question: unknown): asserts question is string {
  if (typeof question !== 'string') throw new AssistantError('bad-request', `Cannot ask: the input holds no question. ${INPUT}`);
  const problem = findQuestionProblem(question);
  if (problem !== undefined) throw new AssistantError('bad-request', `Cannot ask: the question ${problem}.`);
}

/** A notice that isn't there is an error: silently asking fewer would pass for an answer about all that were named. */
function checkNoticeIds(assistant: Assistant, noticeIds: readonly string[] = []): void {
  const unknown = noticeIds.find((id) => !assistant.corpus.notices.some((notice) => notice.id === id));
  if (unknown === undefined) return;
  throw new AssistantError('not-found', `Cannot ask: there is no notice "${unknown}". assistant.corpus.notices lists those there are.`);
}
