import type { AnswerEvent, Answer, Message } from './answer/answer.ts';
import type { Hit } from './indexes/passage-index.ts';
import type { Notice, Passage } from './corpus/notice.ts';

export interface AskOptions {
  readonly history?: readonly Message[];
  readonly noticeIds?: readonly string[];
  readonly explain?: boolean;
  readonly signal?: AbortSignal;
}

/** A file of the corpus that could not be read, worded for whoever keeps the folder. */
export interface CorpusProblem {
  readonly file: string;
  readonly message: string;
}

export interface CorpusState {
  /** SHA-256 over corpus, lexicon and embedder: names the generation that answers. */
  readonly generation: string;
  readonly notices: readonly Notice[];
  readonly passages: number;
  readonly problems: readonly CorpusProblem[];
  /** How the generation came to be: `snapshot` loaded as it was, `built` anew; with why, where it matters (a damaged snapshot). */
  readonly origin: 'snapshot' | 'built';
  readonly note?: string;
}

export interface PassageHit extends Hit {
  readonly passage: Passage;
}

export interface Assistant {
  /** Answers one question, as events; `answer-end` is always the last. Throws `aborted` when the signal does. */
  ask(question: string, options?: AskOptions): AsyncGenerator<AnswerEvent, void, undefined>;
  /** Passages for a question, best first; empty where nothing in common stands. */
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

export type ModelCheck = { readonly state: 'ok' | 'not-configured' } | { readonly state: 'failed'; readonly message: string };

export interface ReloadReport {
  readonly changed: boolean;
  readonly added: readonly string[];
  readonly updated: readonly string[];
  readonly removed: readonly string[];
  readonly embedded: number;
  readonly reused: number;
  readonly problems: readonly CorpusProblem[];
}

/** The last event's answer, for callers that want no stream. */
export async function askOnce(assistant: Assistant, question: string, options?: AskOptions): Promise<Answer> {
  let answer: Answer | undefined;
  for await (const event of assistant.ask(question, options)) if (event.type === 'answer-end') answer = event.answer;
  if (answer === undefined) throw new Error('The assistant ended without an answer.');
  return answer;
}
