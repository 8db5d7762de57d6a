import type { Logger } from '../logger.ts';
import { ModelError } from '../models/chat-model.ts';
import type { Evidence } from '../retrieval/evidence.ts';
import { foldForMatching } from '../text/normalize.ts';
import type { Phrases } from '../text/phrases.ts';
import type { AnswerEvent, AnswerMode, AnswerStatus, DegradedReason, Message, RefusalKind } from './answer.ts';
import type { Composer } from './compose.ts';
import type { Answerer } from './draft.ts';
import { parseChatKind } from '../retrieval/question-kind.ts';
import { NoAnswerError } from './no-answer-error.ts';
import { wordRefusal, citeNearest } from './refusal.ts';
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
  readonly logger: Logger;
}

/** How one question ended. */
export interface Outcome {
  readonly status: AnswerStatus;
  readonly mode: AnswerMode;
  readonly degraded?: DegradedReason;
  readonly refusal?: Refusal;
}

async function* tellDrafts(answerer: Answerer, evidence: Evidence, options: RespondOptions, isNew: (draft: Parameters<Composer['add']>[0]) => boolean): AsyncGenerator<AnswerEvent, void, undefined> {
  const { composer, history, signal } = options;
  for await (const draft of answerer.answer({ evidence, history, ...(signal === undefined ? {} : { signal }) })) {
    if (isNew(draft)) yield* composer.add(draft);
  }
}

function* refuse(evidence: Evidence, kind: RefusalKind, missing: readonly string[], { composer, phrases }: RespondOptions): Generator<AnswerEvent, Refusal, undefined> {
  const nearest = kind === 'steering' || kind === 'off-topic' ? [] : citeNearest(evidence.sentences, composer.citations.length + 1);
  const { refusal, text } = wordRefusal(phrases, kind, missing, nearest);
  yield* composer.say(text);
  return refusal;
}

function readFailure(error: unknown): DegradedReason | undefined {
  if (error instanceof NoAnswerError) return error.reason === 'not-written' ? undefined : 'model-unverified';
  return error instanceof ModelError ? error.failure : 'model-error';
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

  const claimsBefore = composer.claims.length;
  let degraded: DegradedReason | undefined;
  if (generative !== undefined && !(reading.verdict === 'refused' && reading.isFirm)) {
    try {
      yield* tellDrafts(generative, evidence, options, () => true);
      if (composer.claims.length > claimsBefore) return { status: 'answered', mode: 'generative' };
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
  const said = composer.claims.length > claimsBefore;
  const fallback = degraded === undefined ? {} : { degraded };
  if (reading.verdict === 'answered') {
    yield* tellDrafts(extractive, evidence, options, (draft) => !said || !draft.cites.every((span) => composer.hasCited(span)));
    if (composer.claims.length > claimsBefore) return { status: 'answered', mode: said ? 'generative' : 'extractive', ...fallback };
    return { status: 'refused', mode: 'extractive', ...fallback, refusal: yield* refuse(evidence, 'outside', [], options) };
  }
  if (said) return { status: 'answered', mode: 'generative', ...fallback };
  return { status: 'refused', mode: 'extractive', ...fallback, refusal: yield* refuse(evidence, reading.reason, reading.missing, options) };
}
