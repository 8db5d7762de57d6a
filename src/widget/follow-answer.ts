import { ApiError } from './api.ts';
import type { Api } from './api.ts';
import type { Frame } from './event-frames.ts';
import { readEvents } from './read-events.ts';
import type { Answer, Citation, StoredConversation, StoredTurn } from './types.ts';
import { pause } from './wake.ts';

/** What is told of an answer as it comes: each thing once, in order, however often the connection breaks. */
export interface AnswerListener {
  'answer-start'(begun: { readonly answerId: string; readonly conversationId?: string }): void;
  'evidence-found'(): void;
  'citation-added'(citation: Citation): void;
  /** One sentence. */
  'text-delta'(delta: { readonly text: string }): void;
  'answer-end'(answer: Answer): void;
  /** Ended by the person, here or elsewhere. */
  'answer-stopped'(): void;
  /** The connection broke, and is being restored; a later event says that it is. */
  reconnecting(): void;
}

export interface Followed {
  readonly api: Api;
  /** The body of the question; where it is left out there is an answer to follow already. */
  readonly body?: Readonly<Record<string, unknown>>;
  readonly answerId?: string | undefined;
  readonly conversationId?: string | undefined;
  /** Answers of the conversation that are known here. */
  readonly known: ReadonlySet<string>;
  readonly signal: AbortSignal;
}

/** Of tries in a row that bring nothing: before the first event, and after it. */
const MOST_FIRST_TRIES = 4;
const MOST_TRIES = 16;
const LONGEST_PAUSE_MS = 10_000;

function backOff(tries: number): number {
  return Math.min(LONGEST_PAUSE_MS, 400 * 2 ** tries) * (0.5 + Math.random() / 2);
}

/**
 * Asks, or follows an answer that is being given, to its end.
 * @throws ApiError where it cannot be had; nothing is thrown once `signal` is given
 */
export async function followAnswer(followed: Followed, listener: AnswerListener): Promise<void> {
  const { api, body, known, signal } = followed;
  let { answerId, conversationId } = followed;
  let lastId = 0;
  let isOver = false;
  let tries = 0;

  /** What a later service may tell besides is left out. */
  function isEvent(name: string): name is Exclude<keyof AnswerListener, 'reconnecting'> {
    return name !== 'reconnecting' && Object.keys(listener).includes(name);
  }

  function take({ event, data, id }: Frame): void {
    tries = 0;
    if (isOver || event === 'heartbeat') return;
    if (id !== undefined) {
      // Replayed: it was told before.
      if (Number(id) <= lastId) return;
      lastId = Number(id);
    }
    const value = JSON.parse(data) as never;
    if (event === 'error') {
      const { code, message }: { code: string; message: string } = value;
      throw new ApiError(503, code === 'aborted' ? 'interrupted' : code, message);
    }
    if (event === 'answer-start') ({ answerId, conversationId = conversationId } = value as { answerId: string; conversationId?: string });
    isOver = event === 'answer-end' || event === 'answer-stopped';
    if (isEvent(event)) listener[event](value);
  }

  const open = (connection: AbortSignal): Promise<Response> => {
    const options = { accept: 'text/event-stream', signal: connection };
    // In the query, since the header would need another request's leave on another site's page.
    return answerId === undefined ? api.request('POST', '/api/ask', { ...options, body }) : api.request('GET', `/api/answers/${answerId}/events?lastEventId=${lastId}`, options);
  };

  async function findTurn(isWanted: (turn: StoredTurn) => boolean): Promise<StoredTurn | undefined> {
    if (conversationId === undefined) return undefined;
    const { turns } = await api.get<StoredConversation>(`/api/conversations/${conversationId}`);
    return turns.find(isWanted);
  }

  /** The stream is not to be had any more: what became of the answer? */
  async function settle(): Promise<void> {
    const turn = await findTurn((each) => each.answerId === answerId);
    if (turn?.answer) listener['answer-end'](turn.answer);
    else if (turn?.state === 'stopped') listener['answer-stopped']();
    else throw new ApiError(503, 'interrupted');
    isOver = true;
  }

  /** The question went out, and nothing came back: did it arrive? */
  async function findLost(): Promise<void> {
    const turn = await findTurn((each) => !known.has(each.answerId) && each.question === body?.['question']);
    if (turn) ({ answerId } = turn);
  }

  while (!isOver && !signal.aborted) {
    try {
      if (tries > 0 && answerId === undefined) await findLost();
      await readEvents(open, take, signal);
      if (!isOver) throw new ApiError(0, 'network');
    } catch (error) {
      if (signal.aborted || isOver) return;
      if (!(error instanceof ApiError)) throw error;
      if (error.status === 404 && answerId !== undefined) {
        await settle();
        return;
      }
      const isTemporary = error.status === 0 || (answerId !== undefined && error.retryAfterMs !== undefined);
      if (!isTemporary || tries >= (answerId === undefined ? MOST_FIRST_TRIES : MOST_TRIES)) throw error;
      listener.reconnecting();
      // Without a network no try counts; its return ends the pause.
      await pause(error.retryAfterMs ?? (navigator.onLine ? backOff(tries) : LONGEST_PAUSE_MS), signal);
      if (navigator.onLine) tries += 1;
    }
  }
}
