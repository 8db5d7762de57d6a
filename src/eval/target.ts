import type { Answer, Message } from '../answer/answer.ts';
import { AssistantError } from '../errors.ts';
import type { ScoreContext } from './measures.ts';
import { DEPTH } from './measures.ts';
import type { KeptAnswer, Timing } from './record.ts';

/** What a question is asked over, made ready. */
export interface Matter {
  readonly context: ScoreContext;
  /** Names the notices and the lexicon that answer. */
  readonly corpus: string;
}

/** A target that cannot ask a case, with why. */
export interface Unasked {
  readonly skip: string;
}

export interface TargetQuestion {
  readonly question: string;
  readonly history: readonly Message[];
  /** The notice that is asked alone; all where left out. */
  readonly notice?: string | undefined;
  readonly signal: AbortSignal;
}

export interface TargetAnswer {
  readonly answer: KeptAnswer;
  readonly answerId: string;
  readonly tokens?: Timing['tokens'];
}

/** Who is asked: the assistant in this process, or a server. */
export interface Target {
  /** `in process`, or the server's address. */
  readonly name: string;
  /** `extractive`, or the chat model's name. */
  readonly mode: string;
  /** Whether a chat model answers, that may cost and be limited. */
  readonly isGenerative: boolean;
  /** Makes ready what cases over this notice need; once a notice, before its first question. */
  prepare(notice: string | undefined): Promise<Matter | Unasked>;
  /** @throws AskError where no answer came, or the model was out of order; `aborted` where the signal says so. */
  ask(question: TargetQuestion): Promise<TargetAnswer>;
  close(): Promise<void>;
}

/** No answer that could be scored came. */
export class AskError extends AssistantError {
  /** Worth another try after so many milliseconds; undefined where it isn't. */
  readonly retryAfterMs: number | undefined;

  constructor(message: string, retryAfterMs?: number, options?: ErrorOptions) {
    super('unavailable', message, options);
    this.name = 'AskError';
    this.retryAfterMs = retryAfterMs;
  }
}

/** A model that was not there: what stood in for it must not be taken for its answer. */
const OUTAGES: ReadonlySet<string> = new Set(['model-unreachable', 'model-timeout', 'model-rate-limited', 'model-quota', 'model-error']);
const RETRY_MS = 2_000;
/** The breaker leaves the model alone for so long. */
const RATE_LIMIT_MS = 16_000;

/** What is kept of an answer. @throws AskError where the model was out of order and another answer stands in for its own. */
export function keepAnswer(answer: Answer): KeptAnswer {
  const { status, mode, degraded, standaloneQuestion, lead, claims, citations, refusal, explain } = answer;
  if (degraded !== undefined && OUTAGES.has(degraded.reason)) {
    const retryAfterMs = degraded.reason === 'model-quota' ? undefined : degraded.reason === 'model-rate-limited' ? RATE_LIMIT_MS : RETRY_MS;
    throw new AskError(`the model did not answer: ${degraded.reason}`, retryAfterMs);
  }
  return {
    status, mode, ...(degraded && { degraded: { reason: degraded.reason } }), standaloneQuestion, answer: answer.answer, ...(lead && { lead }),
    claims, citations, ...(refusal && { refusal }), ...(explain && { evidence: explain.evidence.slice(0, DEPTH).map(({ passageId, start, end, score }) => ({ passageId, start, end, score })) }),
  };
}
