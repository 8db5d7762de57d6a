import type { Answer, AnswerEvent, DegradedReason, Message } from './answer/answer.ts';
import { createAnswerId } from './answer/answer-id.ts';
import { createComposer } from './answer/compose.ts';
import { concludeAnswer, explainAnswer } from './answer/conclude.ts';
import { createExtractiveAnswerer } from './answer/extractive.ts';
import { isLasting, readFailure, respond } from './answer/respond.ts';
import type { Outcome } from './answer/respond.ts';
import { chooseSuggestions } from './answer/suggestions.ts';
import type { Config } from './config.ts';
import type { CorpusProblem } from './corpus/load.ts';
import type { Lexicon } from './corpus/lexicon.ts';
import type { Notice, Passage } from './corpus/notice.ts';
import { findTargets } from './corpus/find-targets.ts';
import type { TargetFilter } from './corpus/find-targets.ts';
import type { Target } from './corpus/target.ts';
import { AssistantError } from './errors.ts';
import { openGenerations } from './generations.ts';
import type { ReloadReport } from './generations.ts';
import type { Hit } from './indexes/passage-index.ts';
import { silentLogger } from './logger.ts';
import type { Logger } from './logger.ts';
import type { ModelCallbacks } from './models/chat-model.ts';
import { openModels } from './open-models.ts';
import type { ModelCheck } from './open-models.ts';
import type { CitedSpan } from './retrieval/evidence/evidence.ts';
import { resolveFollowUp } from './retrieval/question/follow-up.ts';
import { gatherParts } from './retrieval/gather-parts.ts';
import { parseQuestionKind } from './retrieval/question/question-kind.ts';
import { foldForMatching } from './text/normalize.ts';
import { loadPhrases } from './text/phrases.ts';
import { isTooLong, LONGEST_QUESTION } from './text/question-problem.ts';
import { loadSegmenter } from './text/segment.ts';

export type { Answer, AnswerEvent, Citation, Message } from './answer/answer.ts';
export type { CorpusProblem } from './corpus/load.ts';
export type { ReloadReport } from './generations.ts';
export type { ModelCheck } from './open-models.ts';

export interface AskOptions {
  /** The conversation so far, oldest first; what the question leaves unsaid is taken from it. */
  readonly history?: readonly Message[];
  /** Only these notices; all where left out. */
  readonly noticeIds?: readonly string[];
  /** Adds to the answer how it came about. */
  readonly explain?: boolean;
  /** The answer's id, for callers that must know it beforehand; default a new one. */
  readonly answerId?: string;
  readonly signal?: AbortSignal;
  /** LangChain's callbacks: told of each run of the chat model. */
  readonly callbacks?: ModelCallbacks;
}

export interface CorpusState {
  /** SHA-256 over notices, lexicon and embedder: names the generation that answers. */
  readonly generation: string;
  readonly notices: readonly Notice[];
  readonly passages: number;
  readonly problems: readonly CorpusProblem[];
  /** How the generation came to be: `snapshot` loaded as it was, `built` anew; with why, where it matters (a damaged snapshot). */
  readonly origin: 'snapshot' | 'built';
  readonly note?: string;
  /** What became different: against the snapshot on disk at the start, against the generation before after a reload. */
  readonly changes?: ReloadReport;
}

export interface PassageHit extends Hit {
  readonly passage: Passage;
}

export interface Assistant {
  /**
   * Answers one question, as events; `answer-end` is always the last. Throws `aborted` when the signal does, and `bad-request` for a question
   * of more than 2,000 characters.
   */
  ask(question: string, options?: AskOptions): AsyncGenerator<AnswerEvent, void, undefined>;
  /** Passages for a question, best first; empty where nothing in common stands. `k` is 10 by default. */
  search(question: string, options?: { readonly k?: number; readonly noticeIds?: readonly string[]; readonly signal?: AbortSignal }): Promise<readonly PassageHit[]>;
  /** The table of targets of the notices, in their order. */
  targets(filter?: TargetFilter): readonly Target[];
  /** Up to so many questions that the notices can answer, spread over them. */
  examples(count: number): readonly string[];
  /** The generation that answers now. */
  readonly corpus: CorpusState;
  /** Name of the chat model in use (`gpt-4o-mini @ api.openai.com`), undefined where answers are extractive. */
  readonly chatModelId: string | undefined;
  readonly embedderId: string;
  /** Reads the corpus again and, if it changed, swaps the new generation in; says what changed. Answers under way finish on the old one. */
  reload(options?: { readonly onProgress?: (done: number, total: number, step: string) => void }): Promise<ReloadReport>;
  /** Follows changes in the corpus folder until closed. */
  watch(): void;
  /** One tiny call to the chat model and the embedder, for doctor: ok or why not. */
  checkModels(signal?: AbortSignal): Promise<{ readonly chat: ModelCheck; readonly embedder: ModelCheck }>;
  close(): Promise<void>;
}

export interface OpenAssistantOptions {
  readonly logger?: Logger;
  /** Long work at the start: cutting, embedding and linking passages. */
  readonly onProgress?: (done: number, total: number, step: string) => void;
}

interface Understood {
  readonly standaloneQuestion: string;
  /** Why the model did not tell; left out where it did, or was not asked. */
  readonly failure?: DegradedReason | undefined;
}

const SUGGESTIONS = 3;
const HISTORY_TURNS = 20;

/**
 * notice file → sections → passages → tokens + embeddings → index → hits → evidence → claims + citations → verified → events
 *
 * @throws AssistantError `bad-setting` where phrases, lexicon or corpus folder can't be used.
 */
export async function openAssistant(config: Config, { logger = silentLogger, onProgress }: OpenAssistantOptions = {}): Promise<Assistant> {
  const phrases = loadPhrases();
  loadSegmenter();
  const models = await openModels(config);
  const generations = await openGenerations({
    corpusDir: config.corpusDir, lexiconFile: config.lexiconFile, thesaurusFile: config.thesaurusFile, dataDir: config.dataDir, embedder: models.embedder, logger, onProgress,
    onEmbedderFailure: () => logger.warn('the embedder failed; the question was looked up by its words alone'),
  });
  const extractive = createExtractiveAnswerer(phrases);

  /** The question as it stands by itself: by the model where there is one, else by rules. Small talk needs neither. */
  async function understand(question: string, history: readonly Message[], lexicon: Lexicon, options: AskOptions): Promise<Understood> {
    const { signal, callbacks } = options;
    if (history.length === 0) return { standaloneQuestion: question };
    const standaloneQuestion = resolveFollowUp(history, question, lexicon);
    const kind = parseQuestionKind(foldForMatching(question));
    if (kind === 'chat' || kind === 'steering') return { standaloneQuestion };
    try {
      return { standaloneQuestion: (await models.standaloneQuestion?.(history, question, { signal, callbacks })) ?? standaloneQuestion };
    } catch (error) {
      signal?.throwIfAborted();
      return { standaloneQuestion, failure: readFailure(error) };
    }
  }

  async function* ask(question: string, options: AskOptions = {}): AsyncGenerator<AnswerEvent, void, undefined> {
    const { history = [], noticeIds, explain = false, answerId = createAnswerId(), signal, callbacks } = options;
    const started = performance.now();
    const { generation, release } = generations.acquire();
    try {
      throwIfAborted(signal);
      if (isTooLong(question)) throw new AssistantError('bad-request', `Cannot answer: the question has more than ${LONGEST_QUESTION} characters. Ask a shorter one.`);
      const { retriever, lexicon, notices } = generation;
      const recent = history.slice(-HISTORY_TURNS).map((message) => (message.role === 'user' ? { ...message, content: generation.readLatin(message.content) } : message));
      const asked = generation.readLatin(question);
      const isChosen = (id: string): boolean => noticeIds === undefined || noticeIds.includes(id);
      const { standaloneQuestion, failure: failedBefore } = await understand(asked, recent, lexicon, options);
      const context = { names: generation.names, settingOf: generation.settingOf };
      const composer = createComposer(context);
      const allSentences = (): readonly CitedSpan[] => generation.allSentences().filter(({ noticeId }) => isChosen(noticeId));
      const generative = models.createGenerativeAnswerer?.({ ...context, allSentences, onDropped: composer.drop });
      yield { type: 'answer-start', answerId, standaloneQuestion, mode: generative === undefined ? 'extractive' : 'generative' };

      const evidences = await gatherParts(retriever, standaloneQuestion, lexicon, { noticeIds, signal });
      const retrievalMs = performance.now() - started;
      const ranked = evidences.flatMap(({ sentences }) => sentences.map(({ passageId, start, end, score }) => ({ passageId, start, end, score })));
      yield { type: 'evidence-found', evidence: ranked };

      const outcomes: Outcome[] = [];
      let firstSentenceMs: number | undefined;
      let failure = failedBefore;
      for (const evidence of evidences) {
        // A model that is down is not waited for again with the next part of the same message.
        const answerers = { extractive, generative: isLasting(failure) ? undefined : generative };
        const events = respond(evidence, { ...answerers, composer, phrases, history: recent, signal, callbacks, logger, contact: config.contact });
        const outcome = yield* watchEvents(events, ({ type }) => {
          throwIfAborted(signal);
          if (type === 'text-delta') firstSentenceMs ??= performance.now() - started;
        });
        outcomes.push(outcome);
        failure = outcome.degraded ?? failure;
      }
      throwIfAborted(signal);
      const near = evidences.flatMap(({ sentences }) => sentences.slice(0, 5).map(({ passageId }) => passageId));
      const chosen = generation.suggestions.filter(({ noticeId }) => isChosen(noticeId));
      const suggestions = notices.length === 0 ? [] : chooseSuggestions(chosen, [...new Set(near)], standaloneQuestion, SUGGESTIONS, composer.citations);
      const timing = { retrievalMs, totalMs: performance.now() - started, ...(firstSentenceMs === undefined ? {} : { firstSentenceMs }) };
      const explanation = explain ? { explain: explainAnswer(evidences, composer, phrases) } : {};
      const conclusion = concludeAnswer(outcomes, evidences, composer, isLasting(failedBefore) ? failedBefore : evidences.some(({ embedderFailed }) => embedderFailed) ? 'embedder-failed' : undefined);
      yield { type: 'answer-end', answer: { ...conclusion, answerId, standaloneQuestion, suggestions, timing, ...explanation } };
    } catch (error) {
      throwIfAborted(signal);
      throw error;
    } finally {
      release();
    }
  }

  return {
    ask,
    async search(question, { k = 10, ...options } = {}) {
      const { generation, release } = generations.acquire();
      try {
        const hits = await generation.retriever.search(question, { k, ...options });
        return hits.flatMap((hit) => {
          const passage = generation.passages.get(hit.passageId);
          return passage === undefined ? [] : [{ ...hit, passage }];
        });
      } finally {
        release();
      }
    },
    targets: (filter = {}) => findTargets(generations.current.targets(), filter),
    examples: (count) => chooseSuggestions(generations.current.suggestions, [], '', count),
    get corpus() {
      const { id, notices, passages, problems, origin, note } = generations.current;
      return { generation: id, notices, passages: passages.size, problems, origin, changes: generations.report, ...(note === undefined ? {} : { note }) };
    },
    chatModelId: models.chatModelId,
    embedderId: models.embedder.id,
    reload: (options) => generations.reload(options?.onProgress),
    watch: () => generations.watch(),
    checkModels: (signal) => models.check(signal),
    close: () => generations.close(),
  };
}

/** The last event's answer, for callers that want no stream. */
export async function askOnce(assistant: Assistant, question: string, options?: AskOptions): Promise<Answer> {
  let answer: Answer | undefined;
  for await (const event of assistant.ask(question, options)) if (event.type === 'answer-end') answer = event.answer;
  if (answer === undefined) throw new AssistantError('internal', 'The assistant ended without an answer.');
  return answer;
}

function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new AssistantError('aborted', 'The question was withdrawn before it was answered.', { cause: signal.reason });
}

/** Hands events on and returns what they return; closes their source when the caller leaves early. */
async function* watchEvents<T>(
  events: AsyncGenerator<AnswerEvent, T, undefined>,
  onEvent: (event: AnswerEvent) => void,
): AsyncGenerator<AnswerEvent, T, undefined> {
  try {
    for (;;) {
      const next = await events.next();
      if (next.done === true) return next.value;
      onEvent(next.value);
      yield next.value;
    }
  } finally {
    await events.return(undefined as never);
  }
}
