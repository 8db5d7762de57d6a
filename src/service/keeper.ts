import { createAnswerId } from '../answer/answer-id.ts';
import type { Message } from '../answer/answer.ts';
import type { Logger } from '../logger.ts';
import type { Channel, Store, TurnEnd } from '../store/store.ts';
import { createBusyError, createConflictError, createNoConversationError, createStoreError } from './http-error.ts';
import { createStoreGuard } from './store-guard.ts';
import type { StoreState } from './store-guard.ts';
import { toHistory } from './turn-history.ts';
import { createUnsavedEnds } from './unsaved-ends.ts';

export interface TurnToKeep {
  readonly answerId: string;
  readonly question: string;
  /** Of the conversation that it belongs to; a new one where left out. */
  readonly conversationId?: string | undefined;
  readonly replaces?: string | undefined;
  readonly owner?: string | undefined;
  readonly channel: Channel;
  /** A bot's own name for the conversation, where it is new. */
  readonly key?: string | undefined;
}

export interface EndedTurn extends Omit<TurnToKeep, 'conversationId' | 'replaces'> {
  /** Milliseconds of Unix time. */
  readonly askedAt: number;
}

export interface KeptTurn {
  /** Undefined where nothing is kept of the turn. */
  readonly conversationId?: string | undefined;
  /** The conversation so far. */
  readonly history?: readonly Message[] | undefined;
}

/** Keeps conversations in the store, and never stops an answer where that does not work. */
export interface Keeper {
  readonly state: StoreState;
  /** From now on turns are kept there. */
  open(store: Store): void;
  /** There is no store, although there should be. */
  fail(error: unknown): void;
  /**
   * Begins a turn. Where the store does not work, the turn is not kept, but has its history as far as that can be read.
   * @throws HttpError `not-found`, `busy` or `conflict` for a conversation to which the turn cannot be added
   */
  begin(turn: TurnToKeep): Promise<KeptTurn>;
  /**
   * Keeps the only turn of a new conversation that has ended, in one writing; for answers that nobody can follow while they come. Gives the conversation's id;
   * undefined where the store does not work.
   */
  keepEnded(turn: EndedTurn, end: TurnEnd): Promise<string | undefined>;
  /** Ends a kept turn; tried again later where the store does not work. */
  end(answerId: string, end: TurnEnd): Promise<void>;
  /** Anything else; undefined where nothing is kept at all. @throws HttpError `store-unavailable` where the store does not work */
  use<T>(work: (store: Store) => Promise<T>): Promise<T | undefined>;
  /** Deletes what is due. */
  sweep(): Promise<void>;
  close(): Promise<void>;
}

export interface KeeperOptions {
  readonly store?: Store | undefined;
  readonly logger: Logger;
  /** Milliseconds that only ever grow. */
  readonly clock?: () => number;
}

export function createKeeper({ store, logger, clock = () => performance.now() }: KeeperOptions): Keeper {
  const guard = createStoreGuard({ store, logger, clock });
  const unsaved = createUnsavedEnds(guard);

  /** A conversation that can be read, but not written to: a full disk. */
  async function readHistory(conversationId: string, { owner, replaces }: TurnToKeep): Promise<KeptTurn> {
    try {
      const conversation = await guard.store?.conversations.find(conversationId, owner);
      if (conversation === undefined && guard.store !== undefined) throw createNoConversationError();
      return { history: conversation && toHistory(conversation.turns, replaces) };
    } catch (error) {
      guard.note(error);
      return {};
    }
  }

  /** Gives the new conversation's id; undefined where the store does not work. */
  async function create({ answerId, question, askedAt, owner, channel, key }: TurnToKeep & Partial<EndedTurn>, end?: TurnEnd): Promise<string | undefined> {
    const conversationId = createAnswerId();
    return guard.attempt(async ({ conversations }) => {
      await conversations.create({ conversationId, owner, channel, key }, { answerId, question, askedAt }, end);
      return conversationId;
    });
  }

  async function continueConversation(conversationId: string, turn: TurnToKeep): Promise<KeptTurn> {
    const { answerId, question, replaces, owner } = turn;
    const added = await guard.attempt(({ conversations }) => conversations.addTurn(conversationId, { answerId, question, replaces }, owner));
    switch (added?.status) {
      case undefined:
        return readHistory(conversationId, turn);
      case 'added':
        return { conversationId, history: added.history };
      case 'busy':
        throw createBusyError();
      case 'conflict':
        throw createConflictError();
      case 'missing':
        throw createNoConversationError();
    }
  }

  return {
    get state() {
      return guard.state;
    },
    open: (opened) => guard.open(opened),
    fail: (error) => guard.note(error),
    async begin(turn) {
      await unsaved.save();
      return turn.conversationId === undefined ? { conversationId: await create(turn) } : continueConversation(turn.conversationId, turn);
    },
    async keepEnded(turn, end) {
      await unsaved.save();
      return create(turn, end);
    },
    end: (answerId, end) => unsaved.end(answerId, end),
    async use(work) {
      if (guard.store === undefined && guard.state === 'none') return undefined;
      try {
        if (guard.store !== undefined) return await work(guard.store);
      } catch (error) {
        guard.note(error);
      }
      throw createStoreError();
    },
    async sweep() {
      const swept = await guard.attempt((opened) => opened.sweep());
      if (swept !== undefined) logger.info(swept, 'store swept');
    },
    async close() {
      await unsaved.close();
      await guard.store?.close();
    },
  };
}
