import type { Answer, Citation } from '../answer/answer.ts';

export type { Answer, Citation };
export type { AnswerEvent, Refusal } from '../answer/answer.ts';

export type Verdict = 'up' | 'down';
export type TurnState = 'running' | 'complete' | 'stopped' | 'failed';

/** A question and what came of it, as `GET /api/conversations/:id` tells it. */
export interface StoredTurn {
  readonly answerId: string;
  readonly question: string;
  readonly askedAt: string;
  readonly state: TurnState;
  readonly answer?: Answer;
  readonly text: string;
  readonly citations: readonly Citation[];
  readonly verdict?: Verdict;
}

export interface ConversationSummary {
  readonly conversationId: string;
  readonly title: string;
  readonly updatedAt: string;
}

export interface StoredConversation extends ConversationSummary {
  readonly createdAt: string;
  readonly expiresAt?: string;
  readonly turns: readonly StoredTurn[];
}

export interface NoticeName {
  readonly id: string;
  readonly title: string;
  readonly source?: string;
  readonly publishedAt?: string;
}

/** `GET /api/widget`: what there is to know before the first question. */
export interface WidgetSettings {
  readonly title: string;
  readonly notices: readonly NoticeName[];
  readonly retentionDays: number;
  readonly longestQuestion: number;
  readonly mode: Answer['mode'];
  readonly examples: readonly string[];
  readonly contact?: string;
  /** Whether one must be logged in. */
  readonly login: boolean;
  readonly publicBaseUrl?: string;
  readonly version: string;
}
