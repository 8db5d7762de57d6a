import type { Logger } from '../logger.ts';
import { ModelError } from '../models/chat-model.ts';
import type { ModelCallbacks } from '../models/chat-model.ts';
import type { Evidence } from '../retrieval/evidence/evidence.ts';
import { foldForMatching } from '../text/normalize.ts';
import type { Phrases } from '../text/phrases.ts';
import type { AnswerEvent, AnswerMode, AnswerStatus, DegradedReason, Message, RefusalKind } from './answer.ts';
import type { Composer } from './compose.ts';
import type { Answerer } from './draft.ts';
import { parseChatKind } from '../retrieval/question/question-kind.ts';
import { NoAnswerError } from './no-answer-error.ts';
import { citeNearest, findTopic, wordRefusal } from './refusal.ts';
import { choosePhrase } from './wording.ts';
import type { Refusal } from './answer.ts';

export interface RespondOptions {
  readonly composer: Composer;
  readonly phrases: Phrases;
  readonly extractive: Answerer;
  /** Left out, answers are extractive. */
  readonly generative?: Answerer | undefined;
  readonly history: readonly Message[];
  readonly signal?: AbortSignal | undefined;
  readonly callbacks?: ModelCallbacks | undefined;
  readonly logger: Logger;
  /** Whom to ask what the notices don't say; told once. */
  readonly contact?: string | undefined;
}

/** How one question ended. */
export interface Outcome {
  readonly status: AnswerStatus;
  readonly mode: AnswerMode;
  readonly degraded?: DegradedReason;
  readonly refusal?: Refusal;
}

/** Whether the answer holds anything to the question at hand: told now, or to a question before it. */
interface Progress {
  isAnswered: boolean;
}

/** Tells what an answerer says; with `skipsSaid`, only what other words have not said yet. */
async function* tellDrafts(
  answerer: Answerer,
  evidence: Evidence,
  skipsSaid: boolean,
  progress: Progress,
  options: RespondOptions,
): AsyncGenerator<AnswerEvent, void, undefined> {
  const { composer, history, signal, callbacks } = options;
  for await (const draft of answerer.answer({ evidence, history, ...(signal && { signal }), ...(callbacks && { callbacks }) })) {
    const isSaid = skipsSaid && draft.cites.length > 0 && draft.cites.every((span) => composer.hasSaid(span));
    const isKnown = isSaid || composer.hasClaim(draft.text);
    const before = composer.claims.length;
    if (!isKnown) yield* composer.add(draft);
    progress.isAnswered ||= isKnown || composer.claims.length > before;
  }
}

function* refuse(evidence: Evidence, kind: RefusalKind, missing: readonly string[], { composer, phrases, contact }: RespondOptions): Generator<AnswerEvent, Refusal, undefined> {
  const nearest = kind === 'steering' || kind === 'off-topic' ? [] : citeNearest(evidence.sentences, composer.citations.length + 1);
  const { refusal, text } = wordRefusal(phrases, kind, missing, nearest, { asked: evidence.question.kind, topic: findTopic(evidence), contact: contact !== undefined && composer.text.includes(contact) ? undefined : contact });
  yield* composer.say(text);
  return refusal;
}

/** Why what a model was asked for is not there; undefined where it worked, and found nothing. */
export function readFailure(error: unknown): DegradedReason | undefined {
  if (error instanceof NoAnswerError) return error.reason === 'not-written' ? undefined : 'model-unverified';
  return error instanceof ModelError ? error.failure : 'model-error';
}

/** Failures of one reply, not of the server: the next question may well be answered. */
const PASSING: ReadonlySet<DegradedReason> = new Set<DegradedReason>(['model-unverified', 'model-empty', 'model-incomplete', 'model-refused']);

/** Whether asking the model again at once would only cost time. */
export function isLasting(reason: DegradedReason | undefined): boolean {
  return reason !== undefined && !PASSING.has(reason);
}

/**
 * Answers one question from its evidence: by the model where there is one and nothing that discriminates is missing, else with the notice's
 * own words; these also take over where the model fails, from where it stopped. Small talk and steering get a phrase of ours.
 */
export async function* respond(evidence: Evidence, options: RespondOptions): AsyncGenerator<AnswerEvent, Outcome, undefined> {
  const { composer, phrases, extractive, generative, signal, logger } = options;
  const { question, reading } = evidence;
  if (question.kind === 'chat') {
    yield* composer.say(choosePhrase(phrases.chat, parseChatKind(foldForMatching(question.text)) ?? 'help'));
    return { status: 'chat', mode: 'extractive' };
  }
  if (question.kind === 'steering') return { status: 'refused', mode: 'extractive', refusal: yield* refuse(evidence, 'steering', [], options) };

  composer.startPart();
  const progress: Progress = { isAnswered: false };
  let degraded: DegradedReason | undefined;
  if (generative !== undefined && !(reading.verdict === 'refused' && reading.isFirm)) {
    try {
      yield* tellDrafts(generative, evidence, false, progress, options);
      if (progress.isAnswered) return { status: 'answered', mode: 'generative' };
      degraded = 'model-unverified';
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof NoAnswerError && error.reason === 'not-written' && reading.verdict === 'refused') {
        return { status: 'refused', mode: 'generative', refusal: yield* refuse(evidence, reading.reason, reading.missing, options) };
      }
      degraded = readFailure(error);
      if (degraded !== undefined) logger.warn({ failure: degraded }, 'the model did not answer; the notice is quoted instead');
    }
  }
  const mode = progress.isAnswered ? 'generative' : 'extractive';
  const fallback = degraded === undefined ? {} : { degraded };
  if (reading.verdict === 'answered') yield* tellDrafts(extractive, evidence, progress.isAnswered, progress, options);
  if (progress.isAnswered) return { status: 'answered', mode, ...fallback };
  const [kind, missing] = reading.verdict === 'answered' ? (['outside', []] as const) : ([reading.reason, reading.missing] as const);
  return { status: 'refused', mode, ...fallback, refusal: yield* refuse(evidence, kind, missing, options) };
}
