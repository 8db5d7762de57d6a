import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyRequest } from 'fastify';
import type { Turn } from '../store/store.ts';
import type { EventStreamLimits } from './event-stream.ts';
import { HttpError, createInterruptedError, createNoAnswerError } from './http-error.ts';
import type { Keeper } from './keeper.ts';
import type { Lifecycle } from './lifecycle.ts';
import { readOwner } from './owner.ts';
import { feedbackResponseSchema } from './response-schemas.ts';
import { documentEvents, documentResponses } from './route.ts';
import type { App } from './route.ts';
import type { PlacedEvent } from './running-answer.ts';
import type { RunningAnswers } from './running-answers.ts';
import { eventsQuerySchema, feedbackBodySchema, idParametersSchema, lastEventIdSchema } from './schemas.ts';
import { sendEvents } from './send-events.ts';
import { retellTurn } from './told-events.ts';
import { beginReading, beginWork } from './work.ts';

/** How often an answer that another process gives is looked after. */
const LOOK_EVERY_MS = 500;

type FindTurn = () => Promise<{ readonly conversationId: string; readonly turn: Turn } | undefined>;

/** The kept events after the place `after`, and always the last one; throws where the answer broke off. */
function* retellAfter(turn: Turn, after: number): Generator<PlacedEvent, void, undefined> {
  const events = [...retellTurn(turn)];
  const isWhole = turn.state === 'complete' || turn.state === 'stopped';
  for (let at = Math.min(after, events.length - (isWhole ? 1 : 0)); at < events.length; at += 1) {
    const event = events[at];
    if (event !== undefined) yield { id: at + 1, event };
  }
  if (!isWhole) throw createInterruptedError();
}

/** The same for one that may still come, in another process or under a reader of its own. */
async function* followTurn(first: Turn, findTurn: FindTurn, after: number, signal: AbortSignal): AsyncGenerator<PlacedEvent, void, undefined> {
  let turn = first;
  while (turn.state === 'running') {
    await delay(LOOK_EVERY_MS, undefined, { signal });
    const found = await findTurn();
    if (found === undefined) throw createNoAnswerError();
    turn = found.turn;
  }
  yield* retellAfter(turn, after);
}

/** The place of the last event that the client saw: by header, as browsers tell it, or by query. */
function readLastEventId(request: FastifyRequest, lastEventId: number | undefined): number {
  const header = request.headers['last-event-id'];
  if (header === undefined || header === '') return lastEventId ?? 0;
  const { data } = lastEventIdSchema.safeParse(header);
  if (data === undefined) throw new HttpError(400, 'bad-request', 'Last-Event-ID must be the id of an event: a whole number.');
  return data;
}

export interface AnswerRoutesOptions {
  readonly lifecycle: Lifecycle;
  readonly keeper: Keeper;
  readonly answers: RunningAnswers;
  readonly limits: EventStreamLimits;
}

/** GET /api/answers/:id/events and POST /api/feedback. */
export function addAnswerRoutes(app: App, { lifecycle, keeper, answers, limits }: AnswerRoutesOptions): void {
  app.get(
    '/api/answers/:id/events',
    {
      schema: {
        summary: 'Follow an answer',
        description:
          'The events of an answer after the one named by `Last-Event-ID` (header, or `lastEventId`), each once, as they come, up to the last one, ' +
          'which is told in any case; of an answer that came long ago, too. `error` with the code `interrupted` ends one that broke off.',
        tags: ['answers'],
        params: idParametersSchema,
        querystring: eventsQuerySchema,
        response: documentEvents(400, 404, 503),
      },
    },
    async (request, reply) => {
      const owner = readOwner(request);
      const { id } = request.params;
      const after = readLastEventId(request, request.query.lastEventId);
      const running = answers.find(id, owner);
      if (running !== undefined) {
        const { conversationId } = running;
        await sendEvents({ events: running.follow(after), conversationId, signal: beginReading(lifecycle, reply) }, request, reply, limits);
        return reply;
      }
      const findTurn: FindTurn = () => keeper.use(({ conversations }) => conversations.findTurn(id, owner));
      const found = await findTurn();
      if (found === undefined) throw createNoAnswerError();
      const signal = beginWork(lifecycle, reply);
      await sendEvents({ events: followTurn(found.turn, findTurn, after, signal), conversationId: found.conversationId, signal }, request, reply, limits);
      return reply;
    },
  );

  app.post(
    '/api/feedback',
    {
      schema: {
        summary: 'Judge an answer',
        description: 'A later verdict takes the place of an earlier one; null takes it back.',
        tags: ['answers'],
        body: feedbackBodySchema,
        response: documentResponses(feedbackResponseSchema, 400, 404, 413, 415, 503),
      },
    },
    async (request) => {
      const { answerId, verdict } = request.body;
      const isSet = await keeper.use(({ feedback }) => feedback.set(request.body, readOwner(request)));
      if (isSet !== true) throw createNoAnswerError();
      return { answerId, verdict };
    },
  );
}

