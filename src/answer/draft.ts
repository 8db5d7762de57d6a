import type { Message } from './answer.ts';
import type { ModelCallbacks } from '../models/chat-model.ts';
import type { CitedSpan, Evidence } from '../retrieval/evidence/evidence.ts';

/** A sentence that an answerer wants to say, before it is verified. */
export interface DraftClaim {
  /** Ends with its own punctuation; carries no [n] marks. */
  readonly text: string;
  /** What proves it; without any, the claim is dropped. */
  readonly cites: readonly CitedSpan[];
  /** Words of ours at the opening of `text` that prove nothing and need no proof (「是的,」); they are left out of the checks. Default none. */
  readonly preface?: string;
  /** What parts it from the claim before; default nothing. */
  readonly separator?: '' | '\n';
  /** The figure or name alone; verified like the claim, against the same places. */
  readonly lead?: string;
}

export interface AnswerRequest {
  readonly evidence: Evidence;
  readonly history: readonly Message[];
  readonly signal?: AbortSignal;
  /** Told of the model's run, where a model answers. */
  readonly callbacks?: ModelCallbacks;
}

/** Says what the evidence says, claim by claim, as soon as each is whole. Both answerers pass `test/answer/answerer.contract.ts`. */
export interface Answerer {
  answer(request: AnswerRequest): AsyncIterable<DraftClaim>;
}
