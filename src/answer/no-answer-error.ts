import { AssistantError } from '../errors.ts';

/**
 * Why a model that replied in full has said nothing: `not-written`, it told that the notices don't answer (as it was asked to);
 * `model-unverified`, nothing that it said could be verified.
 */
export type NoAnswerReason = 'not-written' | 'model-unverified';

/** Thrown at the end of a generative answer that held no claim. The model worked: for `not-written` a refusal is the right answer. */
export class NoAnswerError extends AssistantError {
  readonly reason: NoAnswerReason;

  constructor(reason: NoAnswerReason) {
    const isUnwritten = reason === 'not-written';
    super('model-failed', isUnwritten ? 'The model found no answer in the notices.' : 'Nothing that the model said could be verified; quote the notice.');
    this.name = 'NoAnswerError';
    this.reason = reason;
  }
}
