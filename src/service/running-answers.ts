import { createAnswerId } from '../answer/answer-id.ts';
import type { Message } from '../answer/answer.ts';
import type { AskOptions } from '../assistant.ts';
import { AssistantError } from '../errors.ts';
import type { Channel } from '../store/store.ts';
import type { Admission } from './access/admission.ts';
import type { Metrics } from './access/metrics.ts';
import { HttpError } from './http-error.ts';
import type { Keeper, KeptTurn } from './keeper.ts';
import type { Lifecycle } from './lifecycle.ts';
import { runAnswer } from './running-answer.ts';
import type { Readers, RunningAnswer } from './running-answer.ts';
import { StoppedByPerson, tellAnswer } from './tell-answer.ts';

export interface Ask {
  readonly question: string;
  readonly options: Pick<AskOptions, 'noticeIds' | 'explain'> & { readonly history?: readonly Message[] };
  /** False: nothing is kept of it. */
  readonly isKept: boolean;
  /** Of the conversation that it goes on; a new one where left out. */
  readonly conversationId?: string | undefined;
  readonly replaces?: string | undefined;
  readonly owner?: string | undefined;
  readonly channel: Channel;
  /** A bot's own name for the conversation, where it is new. */
  readonly key?: string | undefined;
  readonly readers: Readers;
  /** Withdraws the question; left out, it is answered whoever listens. */
  readonly signal?: AbortSignal;
}

export interface StartedAnswer extends RunningAnswer {
  readonly answerId: string;
  /** Undefined where it is not kept, or without readers not yet. */
  readonly conversationId: string | undefined;
  /** Ends it, as the person who asked may. */
  stop(): void;
}

/** The answers of this process: those that come, and for a while those that came. */
export interface RunningAnswers {
  /** @throws HttpError where the conversation cannot be gone on with */
  start(ask: Ask): Promise<StartedAnswer>;
  /** One that readers may follow; undefined where there is none, or it is someone else's. */
  find(answerId: string, owner: string | undefined): StartedAnswer | undefined;
  /** Stops what is being answered in a conversation and waits for its last event; false where nothing is, or it is someone else's. */
  stop(conversationId: string, owner: string | undefined): Promise<boolean>;
  /** The same, and forgets what came in it. */
  forget(conversationId: string, owner: string | undefined): Promise<void>;
}

export interface RunningAnswersOptions {
  readonly lifecycle: Lifecycle;
  readonly keeper: Keeper;
  /** The limit in front of answers; default none. */
  readonly admission?: Admission;
  /** Told how each answer ended. */
  readonly metrics?: Pick<Metrics, 'answered' | 'ended'>;
  /** No answer takes longer. */
  readonly longestMs: number;
  /** How long an answer that came is kept for readers who come back: after that the store has it. */
  readonly lingerMs?: number;
}

const LINGER_MS = 60_000;
/** Of the answers that came, so many at most. */
const MOST_LINGERING = 200;

interface Entry extends StartedAnswer {
  readonly owner: string | undefined;
  readonly readers: Readers;
  isSettled: boolean;
}

/** Ended by a person: stopped, or the client left. */
function wasStopped(error: unknown): boolean {
  return error instanceof StoppedByPerson || (error instanceof AssistantError && error.code === 'aborted') || (error instanceof HttpError && error.code === 'stopped');
}

export function createRunningAnswers({ lifecycle, keeper, admission, metrics, longestMs, lingerMs = LINGER_MS }: RunningAnswersOptions): RunningAnswers {
  const entries = new Map<string, Entry>();

  const isOpenTo = (entry: Entry, owner: string | undefined): boolean => entry.owner === undefined || entry.owner === owner;
  const entriesOf = (conversationId: string, owner: string | undefined): Entry[] =>
    [...entries.values()].filter((entry) => entry.conversationId === conversationId && isOpenTo(entry, owner));

  async function stop(conversationId: string, owner: string | undefined): Promise<boolean> {
    const running = entriesOf(conversationId, owner).filter(({ isSettled }) => !isSettled);
    for (const entry of running) entry.stop();
    await Promise.all(running.map(({ settled }) => settled));
    return running.length > 0;
  }

  function retire(entry: Entry): void {
    entry.isSettled = true;
    entries.delete(entry.answerId);
    if (entry.readers !== 'any') return;
    // Again, behind those that came before: the first of the map is the oldest.
    entries.set(entry.answerId, entry);
    setTimeout(() => entries.delete(entry.answerId), lingerMs).unref();
    const lingering = [...entries.values()].filter(({ isSettled }) => isSettled);
    if (lingering.length > MOST_LINGERING && lingering[0] !== undefined) entries.delete(lingering[0].answerId);
  }

  /** What may end an answer before it is complete: whoever withdraws the question, the end of the service, and time. */
  function openRun(withdrawn: AbortSignal | undefined): { readonly signal: AbortSignal; abort(reason: unknown): void; finish(): void } {
    const place = admission?.enter();
    const controller = new AbortController();
    const abort = (reason: unknown): void => controller.abort(reason);
    const work = lifecycle.begin(abort);
    const withdraw = (): void => abort(withdrawn?.reason);
    withdrawn?.addEventListener('abort', withdraw, { once: true });
    if (withdrawn?.aborted === true) withdraw();
    const limit = setTimeout(() => abort(new AssistantError('unavailable', `No answer came within ${longestMs} ms.`)), longestMs);
    return {
      signal: controller.signal,
      abort,
      finish() {
        clearTimeout(limit);
        withdrawn?.removeEventListener('abort', withdraw);
        work.finish();
        place?.leave();
      },
    };
  }

  return {
    async start(ask) {
      const { question, options, isKept, readers, owner, replaces, channel, key } = ask;
      const { assistant } = lifecycle;
      const { signal, abort, finish } = openRun(ask.signal);
      try {
        const answerId = createAnswerId();
        const turn = { answerId, question, owner, channel, key };
        // Nobody can find what has no readers before its end: then it is kept, in one writing.
        const isKeptAtEnd = isKept && readers === 'none' && ask.conversationId === undefined;
        const askedAt = Date.now();
        const begun: KeptTurn = isKept && !isKeptAtEnd ? await keeper.begin({ ...turn, conversationId: ask.conversationId, replaces }) : {};
        const { history } = begun;
        let { conversationId } = begun;
        const onEnd: Parameters<typeof tellAnswer>[0]['onEnd'] = async (end) => {
          if (isKeptAtEnd) conversationId = await keeper.keepEnded({ ...turn, askedAt }, end);
          else if (conversationId !== undefined) await keeper.end(answerId, end);
        };
        const source = tellAnswer({ assistant, question, options: { ...options, ...(history && { history }), answerId, signal }, onEnd });
        const entry: Entry = {
          ...runAnswer(source, readers, signal), answerId, owner, readers, isSettled: false,
          get conversationId() {
            return conversationId;
          },
          stop: () => abort(new StoppedByPerson()),
        };
        entries.set(answerId, entry);
        entry.whole.then((answer) => metrics?.answered(channel, answer), (error: unknown) => metrics?.ended(channel, wasStopped(error) ? 'stopped' : 'failed'));
        void entry.settled.then(() => {
          finish();
          retire(entry);
        });
        return entry;
      } catch (error) {
        finish();
        throw error;
      }
    },
    find(answerId, owner) {
      const entry = entries.get(answerId);
      return entry?.readers === 'any' && isOpenTo(entry, owner) ? entry : undefined;
    },
    stop,
    async forget(conversationId, owner) {
      await stop(conversationId, owner);
      for (const { answerId } of entriesOf(conversationId, owner)) entries.delete(answerId);
    },
  };
}
