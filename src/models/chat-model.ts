import type { Callbacks } from '@langchain/core/callbacks/manager';
import type { BaseMessage } from '@langchain/core/messages';
import { AssistantError } from '../errors.ts';

/** The ways in which a model's reply fails; they travel in answers as `degraded.reason`. */
export type ModelFailure =
  | 'model-unreachable'
  | 'model-timeout'
  | 'model-rate-limited'
  | 'model-quota'
  | 'model-refused'
  | 'model-error'
  | 'model-incomplete'
  | 'model-empty';

/** LangChain's callbacks for one call of a model: whoever hands them on need not know LangChain. */
export type ModelCallbacks = Callbacks;

/** A model that did not do its work. The message is ours: nothing of the upstream's text is in it. */
export class ModelError extends AssistantError {
  readonly failure: ModelFailure;

  constructor(failure: ModelFailure, message: string, options?: ErrorOptions) {
    super('model-failed', message, options);
    this.name = 'ModelError';
    this.failure = failure;
  }
}

export interface ChatModel {
  /** Model name and host, for explain and logs; never a key. */
  readonly id: string;
  /**
   * The reply, piece by piece, as it arrives. Ends normally only after the model said that it was finished
   * (finish_reason `stop`) and at least one visible character came; anything else throws `ModelError`, within the limits
   * for the first byte, for silence and in all. Retries only before the first piece. When `signal` aborts, the request is aborted
   * upstream too and the signal's reason is thrown.
   */
  stream(messages: readonly BaseMessage[], options?: { readonly signal?: AbortSignal; readonly callbacks?: ModelCallbacks }): AsyncIterable<string>;
}

/** Limits on one call, in milliseconds. */
export interface ModelLimits {
  /** From the request to the first event of the reply. */
  readonly firstByteMs: number;
  /** Between two events. */
  readonly idleMs: number;
  /** From the request to the end, retries included. */
  readonly totalMs: number;
}
