import { ApiError } from './api.ts';
import type { Api } from './api.ts';
import type { LocalConversations } from './conversations.ts';
import { followAnswer } from './follow-answer.ts';
import type { AnswerListener } from './follow-answer.ts';
import type { Answer, Citation, StoredConversation, StoredTurn, TurnState, Verdict } from './types.ts';

/** A question and its answer as far as it has come. */
export interface Turn {
  readonly question: string;
  answerId?: string | undefined;
  /** The answer that it was asked to take the place of. */
  replaces?: string | undefined;
  state: TurnState;
  activity: 'waiting' | 'checking' | 'reconnecting';
  text: string;
  citations: Citation[];
  answer?: Answer | undefined;
  verdict?: Verdict | undefined;
  problem?: ApiError | undefined;
  /** Seconds until the question is asked again by itself. */
  retryIn?: number | undefined;
}

export interface Feedback {
  readonly verdict: Verdict | null;
  readonly reason?: string;
  readonly comment?: string;
}

export interface ChatListener {
  added(turn: Turn): void;
  changed(turn: Turn): void;
  removed(turn: Turn): void;
  busy(isBusy: boolean): void;
  answered(turn: Turn, answer: Answer): void;
  failed(error: ApiError): void;
}

export interface Chat {
  readonly turns: readonly Turn[];
  /** @param replaces the last turn, where its question is asked again or in other words */
  ask(question: string, replaces?: Turn): void;
  stop(): void;
  /** After a failure: goes on where it broke off, or asks again. */
  retry(turn: Turn): void;
  vote(turn: Turn, feedback: Feedback): Promise<void>;
  /** Shows a conversation of before; an answer of it that is being given is followed. @throws ApiError */
  load(conversationId: string): Promise<void>;
  /** Leaves the conversation as it is, for a new one. */
  reset(): void;
  readonly conversationId: string | undefined;
  /** Nothing is told any more; answers on the server run on. */
  destroy(): void;
}

export interface ChatOptions {
  readonly api: Api;
  readonly conversations: LocalConversations;
  readonly noticeIds?: readonly string[] | undefined;
}

interface Run {
  readonly turn: Turn;
  readonly control: AbortController;
  /** Stopped by the person: what still comes is not shown. */
  isStopped: boolean;
  /** Ends the countdown. */
  retryNow?: () => void;
  /** Tells that the server has been told to stop. */
  settle?: (stopped?: unknown) => void;
}

/** A stopped question whose answer has no name yet is waited for so long, so that the server can be told. */
const LATE_START_MS = 5000;
const MOST_RETRIES = 3;
const MOST_HISTORY = 20;
const DEFAULT_WAIT_MS = 5000;

/** Failures that pass by themselves. */
function isPassing({ status, code, retryAfterMs }: ApiError): boolean {
  return status === 429 || code === 'busy' || (status === 503 && retryAfterMs !== undefined);
}

/** What a turn has before its answer. */
function createBlank(): Pick<Turn, 'state' | 'activity' | 'text' | 'citations'> {
  return { state: 'running', activity: 'waiting', text: '', citations: [] };
}

function toTurn({ answerId, question, state, text, citations, answer, verdict }: StoredTurn): Turn {
  const problem = state === 'failed' ? new ApiError(503, 'interrupted') : undefined;
  return { question, answerId, state, activity: 'waiting', text: answer?.answer ?? text, citations: [...(answer?.citations ?? citations)], answer, verdict, problem };
}

export function createChat({ api, conversations, noticeIds }: ChatOptions, listener: ChatListener): Chat {
  let turns: Turn[] = [];
  let conversationId: string | undefined;
  let running: Run | undefined;
  let stopping: Promise<unknown> = Promise.resolve();

  /** For a conversation that the service does not keep. */
  function toHistory(before: Turn): { role: string; content: string }[] {
    const said = turns.slice(0, turns.indexOf(before)).filter(({ answer }) => answer);
    return said.flatMap(({ question, text }) => [{ role: 'user', content: question }, { role: 'assistant', content: text.slice(0, 8000) }]).slice(-MOST_HISTORY);
  }

  function toBody(turn: Turn): Record<string, unknown> {
    const history = !conversationId ? toHistory(turn) : [];
    return {
      question: turn.question,
      conversationId: conversationId ?? 'new',
      ...(conversationId && turn.replaces && { replaces: turn.replaces }),
      ...(history.length > 0 && { history }),
      ...(noticeIds && { noticeIds }),
    };
  }

  function listenFor(own: Run): AnswerListener {
    const { turn } = own;
    const tell = (change: Partial<Turn>): void => {
      if (own.isStopped) return;
      Object.assign(turn, change);
      listener.changed(turn);
    };
    return {
      'answer-start'({ answerId, conversationId: begun }) {
        turn.answerId = answerId;
        if (begun && turns.includes(turn)) {
          conversationId = begun;
          conversations.add(begun, turn.question);
        }
        if (own.isStopped) {
          own.settle?.(begun && stopAt(begun));
          own.control.abort();
        }
        tell({ activity: 'waiting' });
      },
      'evidence-found': () => tell({ activity: 'checking' }),
      'citation-added': (citation) => turn.citations.push(citation),
      'text-delta': ({ text }) => tell({ text: turn.text + text, activity: 'checking' }),
      'answer-end'(answer) {
        tell({ state: 'complete', answer, text: answer.answer, citations: [...answer.citations] });
        if (!own.isStopped) listener.answered(turn, answer);
      },
      'answer-stopped': () => tell({ state: 'stopped' }),
      reconnecting: () => tell({ activity: 'reconnecting' }),
    };
  }

  function stopAt(id: string): Promise<unknown> {
    return api.post(`/api/conversations/${id}/stop`, {}).catch(() => undefined);
  }

  /** Counts down in sight; ends early where the person says so, or stops. */
  async function countDown(turn: Turn, ms: number, own: Run): Promise<void> {
    const until = Date.now() + ms;
    let isOver = false;
    own.retryNow = () => (isOver = true);
    while (!isOver && !own.control.signal.aborted && Date.now() < until) {
      const seconds = Math.ceil((until - Date.now()) / 1000);
      if (seconds !== turn.retryIn) {
        turn.retryIn = seconds;
        listener.changed(turn);
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    turn.retryIn = undefined;
    turn.problem = undefined;
  }

  async function askUntilAnswered(own: Run): Promise<void> {
    const { turn } = own;
    const { signal } = own.control;
    const updates = listenFor(own);
    for (let retries = 0; ; retries += 1) {
      try {
        const isBegun = turn.answerId;
        const known = new Set(turns.flatMap(({ answerId = '' }) => answerId));
        await stopping;
        await followAnswer({ api, known, signal, answerId: turn.answerId, conversationId, ...(!isBegun && { body: toBody(turn) }) }, updates);
        return;
      } catch (error) {
        if (!(error instanceof ApiError) || signal.aborted) throw error;
        if (error.status === 404 && error.code === 'not-found' && conversationId && !turn.answerId) {
          // Deleted or expired: a new one takes up from what is on the screen.
          conversations.remove(conversationId);
          conversationId = undefined;
          continue;
        }
        if (!isPassing(error) || retries === MOST_RETRIES) throw error;
        turn.problem = error;
        await countDown(turn, error.retryAfterMs ?? DEFAULT_WAIT_MS, own);
        if (signal.aborted) return;
      }
    }
  }

  async function run(turn: Turn): Promise<void> {
    const own: Run = { turn, control: new AbortController(), isStopped: false };
    running = own;
    listener.busy(true);
    try {
      await askUntilAnswered(own);
    } catch (error) {
      if (!own.isStopped && !own.control.signal.aborted) {
        turn.state = 'failed';
        turn.problem = error instanceof ApiError ? error : new ApiError(0, 'internal', String(error));
        listener.failed(turn.problem);
        if (turn.problem.code === 'conflict' && conversationId) await load(conversationId).catch(() => undefined);
      }
    }
    own.settle?.();
    if (running === own) {
      running = undefined;
      listener.busy(false);
    }
    if (turns.includes(turn)) listener.changed(turn);
  }

  function clear(): void {
    running?.control.abort();
    running = undefined;
    listener.busy(false);
    for (const turn of turns.splice(0)) listener.removed(turn);
    conversationId = undefined;
  }

  async function load(id: string): Promise<void> {
    const conversation = await api.get<StoredConversation>(`/api/conversations/${encodeURIComponent(id)}`);
    clear();
    conversationId = id;
    conversations.setCurrent(id);
    turns = conversation.turns.map(toTurn);
    turns.forEach((turn) => listener.added(turn));
    const last = turns.at(-1);
    // All of it is told again: what is shown is what the stream says.
    if (last?.state === 'running') retry(last);
  }

  function retry(turn: Turn): void {
    if (running?.turn === turn) return running.retryNow?.();
    // A settled failure has a name, but nothing more to give.
    if (turn.problem && turn.problem.status !== 0 && turn.answerId) return ask(turn.question, turn);
    Object.assign(turn, createBlank(), { problem: undefined });
    listener.changed(turn);
    void run(turn);
  }

  function ask(question: string, replaces?: Turn): void {
    if (running) return;
    const turn: Turn = { question, ...createBlank() };
    if (replaces) {
      turn.replaces = replaces.answerId ?? replaces.replaces;
      turns = turns.filter((each) => each !== replaces);
      listener.removed(replaces);
    }
    turns.push(turn);
    listener.added(turn);
    void run(turn);
  }

  return {
    get turns() {
      return turns;
    },
    get conversationId() {
      return conversationId;
    },
    ask,
    retry,
    load,
    stop() {
      if (!running) return;
      const own = running;
      const { turn, control } = own;
      own.isStopped = true;
      running = undefined;
      const isAsked = turn.retryIn === undefined;
      if (isAsked && !conversationId) {
        stopping = new Promise((resolve) => (own.settle = resolve));
        setTimeout(() => control.abort(), LATE_START_MS);
      } else {
        if (isAsked && conversationId) stopping = stopAt(conversationId);
        control.abort();
      }
      turn.state = 'stopped';
      turn.retryIn = undefined;
      turn.problem = undefined;
      listener.busy(false);
      listener.changed(turn);
    },
    async vote(turn, { verdict, ...more }) {
      const before = turn.verdict;
      turn.verdict = verdict ?? undefined;
      listener.changed(turn);
      try {
        await api.post('/api/feedback', { answerId: turn.answerId, verdict, ...more });
      } catch (error) {
        turn.verdict = before;
        listener.changed(turn);
        throw error;
      }
    },
    reset() {
      clear();
      conversations.setCurrent(undefined);
    },
    destroy() {
      running?.control.abort();
      running = undefined;
    },
  };
}
