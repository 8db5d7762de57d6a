import { randomUUID } from 'node:crypto';
import type { Answer, AnswerEvent, Explanation, Message } from './answer/answer.ts';
import { createComposer } from './answer/compose.ts';
import type { Composer } from './answer/compose.ts';
import { createExtractiveAnswerer } from './answer/extractive.ts';
import { respond } from './answer/respond.ts';
import type { Outcome } from './answer/respond.ts';
import { chooseSuggestions } from './answer/suggestions.ts';
import type { Config } from './config.ts';
import type { CorpusProblem } from './corpus/load.ts';
import type { Notice, Passage } from './corpus/notice.ts';
import { AssistantError } from './errors.ts';
import { openGenerations } from './generations.ts';
import type { ReloadReport } from './generations.ts';
import type { Hit } from './indexes/passage-index.ts';
import { silentLogger } from './logger.ts';
import type { Logger } from './logger.ts';
import { openModels } from './open-models.ts';
import type { ModelCheck } from './open-models.ts';
import type { Evidence } from './retrieval/evidence.ts';
import { resolveFollowUp } from './retrieval/follow-up.ts';
import { splitQuestions } from './retrieval/split-questions.ts';
import { loadPhrases } from './text/phrases.ts';
import { loadSegmenter } from './text/segment.ts';

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
  readonly signal?: AbortSignal;
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
  /** Answers one question, as events; `answer-end` is always the last. Throws `aborted` when the signal does. */
  ask(question: string, options?: AskOptions): AsyncGenerator<AnswerEvent, void, undefined>;
  /** Passages for a question, best first; empty where nothing in common stands. `k` is 10 by default. */
  search(question: string, options?: { readonly k?: number; readonly noticeIds?: readonly string[]; readonly signal?: AbortSignal }): Promise<readonly PassageHit[]>;
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
    corpusDir: config.corpusDir, lexiconFile: config.lexiconFile, dataDir: config.dataDir, embedder: models.embedder, logger, onProgress,
    onEmbedderFailure: () => logger.warn('the embedder failed; the question was looked up by its words alone'),
  });
  const extractive = createExtractiveAnswerer(phrases);

  async function* ask(question: string, options: AskOptions = {}): AsyncGenerator<AnswerEvent, void, undefined> {
    const { history = [], noticeIds, explain = false, signal } = options;
    const started = performance.now();
    const { generation, release } = generations.acquire();
    try {
      throwIfAborted(signal);
      const { retriever, lexicon, notices } = generation;
      const recent = history.slice(-HISTORY_TURNS);
      const standaloneQuestion = (await models.standaloneQuestion?.(recent, question, signal)) ?? resolveFollowUp(recent, question, lexicon);
      const context = { names: generation.names, settingOf: generation.settingOf };
      const composer = createComposer(context);
      const generative = models.createGenerativeAnswerer?.({ ...context, allSentences: generation.allSentences, onDropped: composer.drop });
      const answerId = randomUUID();
      yield { type: 'answer-start', answerId, standaloneQuestion, mode: generative === undefined ? 'extractive' : 'generative' };

      const evidences: Evidence[] = [];
      for (const part of splitQuestions(standaloneQuestion)) evidences.push(await retriever.gather(part, { noticeIds, signal }));
      const retrievalMs = performance.now() - started;
      const ranked = evidences.flatMap(({ sentences }) => sentences.map(({ passageId, start, end, score }) => ({ passageId, start, end, score })));
      yield { type: 'evidence-found', evidence: ranked };

      const outcomes: Outcome[] = [];
      let firstSentenceMs: number | undefined;
      for (const evidence of evidences) {
        const events = respond(evidence, { composer, phrases, extractive, generative, history: recent, signal, logger });
        for (let next = await events.next(); ; next = await events.next()) {
          throwIfAborted(signal);
          if (next.done === true) {
            outcomes.push(next.value);
            break;
          }
          if (next.value.type === 'text-delta') firstSentenceMs ??= performance.now() - started;
          yield next.value;
        }
      }
      const near = evidences.flatMap(({ sentences }) => sentences.slice(0, 5).map(({ passageId }) => passageId));
      const chosen = noticeIds === undefined ? generation.suggestions : generation.suggestions.filter(({ noticeId }) => noticeIds.includes(noticeId));
      const suggestions = notices.length === 0 ? [] : chooseSuggestions(chosen, [...new Set(near)], standaloneQuestion, SUGGESTIONS);
      const timing = { retrievalMs, totalMs: performance.now() - started, ...(firstSentenceMs === undefined ? {} : { firstSentenceMs }) };
      const explanation = explain ? { explain: explainAnswer(evidences, composer) } : {};
      yield { type: 'answer-end', answer: { ...concludeAnswer(outcomes, composer), answerId, standaloneQuestion, suggestions, timing, ...explanation } };
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

/** The whole from its parts: answered where any part was; what the others lack is said beside it. */
function concludeAnswer(outcomes: readonly Outcome[], composer: Composer): Omit<Answer, 'answerId' | 'standaloneQuestion' | 'suggestions' | 'timing'> {
  const status = outcomes.find((outcome) => outcome.status === 'answered')?.status ?? outcomes[0]?.status ?? 'refused';
  const mode = outcomes.some((outcome) => outcome.mode === 'generative') ? 'generative' : 'extractive';
  const degraded = outcomes.find((outcome) => outcome.degraded !== undefined)?.degraded;
  const refusals = outcomes.flatMap(({ refusal }) => (refusal === undefined ? [] : [refusal]));
  const [first] = refusals;
  const refusal = first === undefined ? {} : { refusal: { ...first, missing: [...new Set(refusals.flatMap(({ missing }) => missing))] } };
  const { claims, citations, lead, text } = composer;
  return {
    status, mode, answer: text, claims: [...claims], citations: [...citations], ...refusal,
    ...(degraded === undefined ? {} : { degraded: { reason: degraded } }),
    ...(lead === undefined || outcomes.length > 1 ? {} : { lead }),
  };
}

function explainAnswer(evidences: readonly Evidence[], composer: Composer): Explanation {
  return {
    kind: evidences.map(({ question }) => question.kind).join('+'),
    terms: evidences.flatMap(({ terms }) => terms.map(({ text, weight, isFound, through }) => ({ text, weight, found: isFound, ...(through === undefined ? {} : { through }) }))),
    evidence: evidences.flatMap(({ sentences }) => sentences.map(({ passageId, start, end, score }) => ({ passageId, start, end, score }))),
    coverage: Math.min(...evidences.map(({ coverage }) => coverage)),
    dropped: composer.dropped.map(({ text, problems }) => ({ text, problems })),
  };
}
