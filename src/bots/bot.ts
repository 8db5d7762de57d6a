import type { AnswerSoFar, BotMessage } from '../render/bot-message.ts';

/** A message to the bot, in the terms that all platforms share. */
export interface Incoming {
  readonly channel: 'slack' | 'dingtalk';
  /** `slack:T1:C1:1700000000.000100`, `dingtalk:ding1:cid1:user1`: messages with the same key are one conversation. */
  readonly conversationKey: string;
  /** A conversation that rested for so long is not gone on with; left out: it never ends by itself. */
  readonly idleMs?: number;
  /** As the person typed it: mentions of the bot taken off, the platform's escapes undone. Empty for a bare mention, or an attachment alone. */
  readonly text: string;
  /** Others read along: there the bot may be set to stay silent unless it is sure. */
  readonly isGroup: boolean;
  /** Told where the message carries something that the bot does not read: a picture, a file. */
  readonly hasAttachment?: boolean;
}

/** Where a reply goes; made by the adapter for one incoming message. Each of them may throw: it is logged, and the next is tried. */
export interface Reply {
  /** An answer is being worked out. Not called where the reply may turn out to be silence. */
  begin?(run: { readonly answerId: string }): Promise<void>;
  /** More was verified; called again and again while an answer comes, one call at a time, never after `finish`. May be skipped. */
  progress?(soFar: AnswerSoFar): Promise<void>;
  /** The last word. Sends by itself up to three times where the platform falters; throws where that did not help. */
  finish(message: BotMessage): Promise<void>;
  /** There is nothing to say: takes back what `begin` showed. */
  cancel?(): Promise<void>;
}

/** The part of a chat bot that all platforms share. */
export interface Bot {
  /**
   * Understands a message and replies to it. Never throws but for `signal`, when the service closes: the event stays open then, and is taken up
   * again after the next start.
   */
  handle(incoming: Incoming, reply: Reply, signal: AbortSignal): Promise<void>;
  /** Stops what is being answered in a conversation; false where nothing is. */
  stop(conversationKey: string): Promise<boolean>;
  /** Keeps a verdict on an answer; false where there is no such answer in that conversation. */
  setFeedback(feedback: { readonly answerId: string; readonly verdict: 'up' | 'down' | null; readonly reason?: string; readonly comment?: string }): Promise<boolean>;
  /** Whether a conversation has begun: in a thread where the bot takes part it need not be mentioned again. */
  knows(conversationKey: string): Promise<boolean>;
  /** Questions that the notices can answer, for prompts on opening a chat. */
  examples(count: number): readonly string[];
}
