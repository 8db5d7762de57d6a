import type { Channel, TurnState, Verdict } from './store.ts';

/**
 * The tables, in column types that SQLite and PostgreSQL both have. What people wrote, or what was made of it, is kept as JSON text: it escapes
 * NUL and lone surrogates, which one database refuses and the other replaces. Times are milliseconds of Unix time.
 */
export interface Tables {
  conversations: ConversationsTable;
  turns: TurnsTable;
  inbound_events: InboundEventsTable;
}

interface ConversationsTable {
  id: string;
  /** JSON, as are `bot_key` and `title`. */
  owner: string | null;
  bot_key: string | null;
  channel: Channel;
  title: string;
  created_at: number;
  updated_at: number;
}

interface TurnsTable {
  answer_id: string;
  conversation_id: string;
  /** From 1, in the order in which they were asked. */
  position: number;
  /** JSON, as is every other column of texts and objects below. */
  question: string;
  asked_at: number;
  state: TurnState;
  /** The process that answers; see worker.ts. */
  worker: string;
  /** The turn that took the place of this one. */
  replaced_by: string | null;
  /** What was shown. */
  text: string;
  /** What was shown with it, where the turn is not complete: else it is in the answer. */
  citations: string | null;
  answer: string | null;
  evidence: string | null;
  steps: string | null;
  verdict: Verdict | null;
  reason: string | null;
  comment: string | null;
  /** When somebody asked to stop it, by way of a process that does not answer it. */
  stop_requested_at: number | null;
}

interface InboundEventsTable {
  /** JSON, as is `body`. */
  key: string;
  channel: 'slack' | 'dingtalk';
  body: string;
  attempts: number;
  claimed_at: number;
  settled_at: number | null;
}
