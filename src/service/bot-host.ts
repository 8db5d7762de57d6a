import { createClaims } from '../bots/claims.ts';
import type { AskedAnswer, BotHost } from '../bots/host.ts';
import type { ShownEvent } from '../render/sse.ts';
import { HttpError } from './http-error.ts';
import type { Keeper } from './keeper.ts';
import type { Lifecycle } from './lifecycle.ts';
import type { PlacedEvent } from './running-answer.ts';
import type { RunningAnswers, StartedAnswer } from './running-answers.ts';

export interface BotHostOptions {
  readonly lifecycle: Lifecycle;
  readonly keeper: Keeper;
  readonly answers: RunningAnswers;
  readonly clock?: () => number;
  /** How often it is looked whether another process was told to stop an answer. */
  readonly stopEveryMs?: number;
}

const STOP_EVERY_MS = 1_000;

/** Failures that waiting may help against, by the code of their error. */
const WAITED_FOR: ReadonlyMap<string, 'busy' | 'full'> = new Map([['busy', 'busy'], ['overloaded', 'full']]);

async function* toEvents(placed: AsyncIterable<PlacedEvent>): AsyncGenerator<ShownEvent, void, undefined> {
  for await (const { event } of placed) yield event;
}

/** The service as its bots see it: conversations go by the platforms' own names. */
export function createBotHost({ lifecycle, keeper, answers, clock = Date.now, stopEveryMs = STOP_EVERY_MS }: BotHostOptions): BotHost {
  /** Undefined where there is none, and where the store does not work: then a question stands by itself. */
  async function findConversation(key: string, idleMs?: number): Promise<string | undefined> {
    const since = idleMs === undefined ? undefined : clock() - idleMs;
    return keeper.use(({ conversations }) => conversations.findByKey(key, since)).catch(() => undefined);
  }

  /** By conversation, whether or not it is kept. */
  const running = new Map<string, StartedAnswer>();

  function follow(conversationKey: string, started: StartedAnswer): AskedAnswer {
    running.set(conversationKey, started);
    const { answerId } = started;
    // Another process may be told to stop what this one answers.
    const stops = setInterval(async () => {
      const isRequested = await keeper.use(({ conversations }) => conversations.isStopRequested(answerId)).catch(() => false);
      if (isRequested === true) started.stop();
    }, stopEveryMs).unref();
    void started.settled.then(() => {
      clearInterval(stops);
      if (running.get(conversationKey) === started) running.delete(conversationKey);
    });
    return { answerId, events: toEvents(started.follow(0)) };
  }

  async function requestStop(conversationKey: string): Promise<boolean> {
    const conversationId = await findConversation(conversationKey);
    if (conversationId === undefined) return false;
    return (await keeper.use(({ conversations }) => conversations.requestStop(conversationId)).catch(() => false)) ?? false;
  }

  return {
    async ask({ channel, conversationKey, idleMs }, question): Promise<AskedAnswer | 'busy' | 'full'> {
      try {
        const conversationId = await findConversation(conversationKey, idleMs);
        return follow(conversationKey, await answers.start({ question, options: {}, isKept: true, conversationId, channel, key: conversationKey, readers: 'any' }));
      } catch (error) {
        const waited = error instanceof HttpError ? WAITED_FOR.get(error.code) : undefined;
        if (waited === undefined) throw error;
        return waited;
      }
    },
    async stop(conversationKey) {
      const started = running.get(conversationKey);
      if (started === undefined) return requestStop(conversationKey);
      started.stop();
      await started.settled;
      return true;
    },
    async endConversation(conversationKey) {
      await keeper.use(({ conversations }) => conversations.forgetKey(conversationKey)).catch(() => undefined);
    },
    knows: async (conversationKey) => (await findConversation(conversationKey)) !== undefined,
    setFeedback: async (feedback) => (await keeper.use(({ feedback: kept }) => kept.set(feedback)).catch(() => undefined)) ?? false,
    targets: (query) => lifecycle.assistant.targets({ query }),
    examples: (count) => lifecycle.assistant.examples(count),
    claims: createClaims((work) => keeper.use(work)),
    begin: (abort) => lifecycle.begin(abort),
  };
}
