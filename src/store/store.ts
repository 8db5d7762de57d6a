import type { Answer, Citation, DegradedReason, Message, RankedSentence, RefusalKind } from '../answer/answer.ts';

/** What survives a restart: conversations, the question log, feedback. Milliseconds of Unix time everywhere. */
export interface Store {
  readonly conversations: Conversations;
  readonly questions: QuestionLog;
  readonly feedback: FeedbackStore;
  readonly inbound: InboundEvents;
  /**
   * Deletes what is older than it may be kept, and marks answers that a process left unfinished as `failed`; gives how many conversations and
   * how many turns. Answers of living processes are left alone until they are older than any answer takes, so that it may run at any time.
   */
  sweep(): Promise<{ readonly deleted: number; readonly failed: number }>;
  /** Looks through the whole file, which blocks; the problems found, empty where it is sound. */
  check(): Promise<readonly string[]>;
  measure(): Promise<StoreSize>;
  /** Marks as `failed` what this process has not ended. */
  close(): Promise<void>;
}

export interface StoreSize {
  readonly conversations: number;
  readonly turns: number;
  /** On disk, what is not merged yet included. */
  readonly bytes: number;
}

/** Where a question came from. */
export type Channel = 'web' | 'api' | 'slack' | 'dingtalk';

/** `stopped` by the person who asked; `failed` where the answer broke off; what was shown until then is kept. */
export type TurnState = 'running' | 'complete' | 'stopped' | 'failed';

export type Verdict = 'up' | 'down';

/** A question and what came of it. */
export interface Turn {
  readonly answerId: string;
  readonly question: string;
  readonly askedAt: number;
  readonly state: TurnState;
  /** Where the turn is complete. */
  readonly answer?: Answer;
  /** What was shown, where it is not. */
  readonly text: string;
  readonly citations: readonly Citation[];
  /** What the answer was drawn from, where it was handed over at the end. */
  readonly evidence?: readonly RankedSentence[];
  /** In which steps it was told, likewise. */
  readonly steps?: readonly number[];
  readonly verdict?: Verdict;
}

export interface ConversationSummary {
  readonly conversationId: string;
  /** The first question, cut to 60 characters. */
  readonly title: string;
  readonly createdAt: number;
  /** Of the last question. */
  readonly updatedAt: number;
}

export interface Conversation extends ConversationSummary {
  /** Whose it is; undefined without a login. */
  readonly owner?: string;
  readonly channel: Channel;
  /** In the order in which they were asked. */
  readonly turns: readonly Turn[];
}

export interface NewTurn {
  readonly answerId: string;
  readonly question: string;
  /** The turn that the new one takes the place of: the last, or nothing happens and `conflict` is told. It leaves the conversation, not the question log. */
  readonly replaces?: string | undefined;
  /** Default now. */
  readonly askedAt?: number | undefined;
}

export interface Conversations {
  /**
   * Begins a conversation with its first turn, `running`; with `end` it has ended already, and is written once instead of twice.
   * @param key a bot's own name for the conversation (a Slack thread), by which `findByKey` finds it again
   */
  create(conversation: { readonly conversationId: string; readonly owner?: string | undefined; readonly channel: Channel; readonly key?: string | undefined }, turn: NewTurn, end?: TurnEnd): Promise<void>;
  /**
   * Adds a turn, `running`; gives the conversation so far as messages, oldest first, at most twenty, without what is replaced and without
   * answers of which nothing was shown. `busy` while another turn of it runs, `missing` where there is no such conversation
   * or it is someone else's.
   */
  addTurn(conversationId: string, turn: NewTurn, owner?: string): Promise<{ readonly status: 'added'; readonly history: readonly Message[] } | { readonly status: 'busy' | 'conflict' | 'missing' }>;
  /** Ends a turn. Nothing happens where it was deleted or has ended otherwise than by failing. */
  endTurn(answerId: string, end: TurnEnd): Promise<void>;
  /** Undefined where there is none, or it is someone else's: an owned one is only found by its owner, one without an owner by anybody who knows its id. */
  find(conversationId: string, owner?: string): Promise<Conversation | undefined>;
  /** Its id, by a bot's own name for it; the newest, if anything was asked in it since. */
  findByKey(key: string, askedSince?: number): Promise<string | undefined>;
  /** From now on no conversation has the name: the next one under it is new. */
  forgetKey(key: string): Promise<void>;
  findTurn(answerId: string, owner?: string): Promise<{ readonly conversationId: string; readonly turn: Turn } | undefined>;
  /** Asks whichever process answers in the conversation to stop; false where nothing is being answered. */
  requestStop(conversationId: string): Promise<boolean>;
  isStopRequested(answerId: string): Promise<boolean>;
  /** Of one owner, newest first, at most 100. */
  list(owner: string): Promise<readonly ConversationSummary[]>;
  /** With its turns, log entries and feedback. Whether there was one. */
  delete(conversationId: string, owner?: string): Promise<boolean>;
  /** Every conversation of one owner; gives their ids. */
  deleteAll(owner: string): Promise<readonly string[]>;
}

export interface TurnEnd {
  readonly state: Exclude<TurnState, 'running'>;
  /** Where it is complete. */
  readonly answer?: Answer | undefined;
  /** What was shown, where it is not. */
  readonly text?: string | undefined;
  readonly citations?: readonly Citation[] | undefined;
  /** For whoever tells the answer's events again. */
  readonly evidence?: readonly RankedSentence[] | undefined;
  /** In which steps it was told, for them, too; in a code of their own. */
  readonly steps?: readonly number[] | undefined;
}

/** One asked question, for reports: complete turns only. */
export interface LoggedQuestion {
  readonly answerId: string;
  readonly conversationId: string;
  readonly channel: Channel;
  readonly askedAt: number;
  readonly question: string;
  readonly standaloneQuestion: string;
  readonly status: Answer['status'];
  readonly mode: Answer['mode'];
  readonly refusalKind?: RefusalKind;
  readonly missing: readonly string[];
  readonly degraded?: DegradedReason;
  readonly support: number;
  readonly dropped: number;
  readonly totalMs: number;
  /** Cited, or nearest where refused. */
  readonly citations: readonly Citation[];
  readonly verdict?: Verdict;
  readonly reason?: string;
  readonly comment?: string;
}

export interface QuestionLog {
  /** Oldest first. `since` and `until`: from, and up to but without. */
  list(filter?: { readonly since?: number | undefined; readonly until?: number | undefined }): Promise<readonly LoggedQuestion[]>;
}

export interface Feedback {
  readonly answerId: string;
  /** Null takes an earlier verdict back. */
  readonly verdict: Verdict | null;
  /** One of the reasons that the channel offers. */
  readonly reason?: string | undefined;
  readonly comment?: string | undefined;
}

export interface FeedbackStore {
  /** One verdict an answer: a later one takes the place of an earlier. False where there is no such answer, or it is someone else's. */
  set(feedback: Feedback, owner?: string): Promise<boolean>;
}

/** What a chat platform sent; it sends again until it is told that it arrived. */
export interface InboundEvent {
  /** The platform's own id of the event. */
  readonly key: string;
  readonly channel: 'slack' | 'dingtalk';
  readonly body: string;
}

export interface AbandonedEvent extends InboundEvent {
  /** This one included; those that were released do not count. */
  readonly attempts: number;
}

export interface InboundEvents {
  /** True for the one that claimed it first: it does the work. */
  claim(event: InboundEvent): Promise<boolean>;
  /** The work is done; the body is forgotten at once, the key after 48 hours. */
  settle(key: string): Promise<void>;
  /** The work goes on: its claims count from now. */
  renew(keys: readonly string[]): Promise<void>;
  /** The work was not done, and is nobody's: whoever looks for abandoned events takes it next; the attempt does not count. */
  release(key: string): Promise<void>;
  /**
   * Claims again what was claimed at least so long ago and never settled, oldest first; each to one process only, at most 3 attempts in all.
   * @param channels only of these; of all where left out
   */
  takeAbandoned(olderThanMs: number, limit: number, channels?: readonly InboundEvent['channel'][]): Promise<readonly AbandonedEvent[]>;
}
