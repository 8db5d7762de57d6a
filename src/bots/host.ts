import type { ShownEvent } from '../render/sse.ts';
import type { Target } from '../corpus/target.ts';
import type { Feedback, InboundEvents } from '../store/store.ts';
import type { Incoming } from './bot.ts';

/** An answer that has begun. */
export interface AskedAnswer {
  readonly answerId: string;
  /** From the first, as they come; throws where the answer fails. */
  readonly events: AsyncIterable<ShownEvent>;
}

/** What the bots need of the service that they live in. */
export interface BotHost {
  /**
   * Asks in the conversation of that key, a new one where it has none yet. `busy`: a question of that conversation is being answered, by whichever
   * process; `full`: too many answers are under way.
   */
  ask(incoming: Pick<Incoming, 'channel' | 'conversationKey' | 'idleMs'>, question: string): Promise<AskedAnswer | 'busy' | 'full'>;
  /** Stops what is being answered in it; false where nothing is. */
  stop(conversationKey: string): Promise<boolean>;
  /** The next question under that key begins a new conversation. */
  endConversation(conversationKey: string): Promise<void>;
  knows(conversationKey: string): Promise<boolean>;
  setFeedback(feedback: Feedback): Promise<boolean>;
  targets(query: string): readonly Target[];
  examples(count: number): readonly string[];
  /** Claims of events that hold as far as the store does, and within this process in any case. */
  readonly claims: InboundEvents;
  /** A piece of work that the end of the service waits for; `abort` is called when waiting is over. */
  begin(abort: (reason: Error) => void): { finish(): void };
}
