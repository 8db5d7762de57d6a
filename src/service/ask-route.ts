import type { FastifyRequest } from 'fastify';
import type { EventStreamLimits } from './event-stream.ts';
import type { Lifecycle } from './lifecycle.ts';
import { checkNoticeIds } from './notice-ids.ts';
import { readOwner } from './owner.ts';
import { askResponseSchema } from './response-schemas.ts';
import { documentResponses } from './route.ts';
import type { App } from './route.ts';
import type { Ask, RunningAnswers } from './running-answers.ts';
import { NEW_CONVERSATION, askBodySchema } from './schemas.ts';
import type { AskBody } from './schemas.ts';
import { describeAnswer, sendEvents } from './send-events.ts';
import { beginReading } from './work.ts';

const DESCRIPTION =
  'With `Accept: text/event-stream` the answer comes as events: `answer-start`, `evidence-found`, `citation-added`, `text-delta` ' +
  '(one verified sentence), `answer-end` (the whole object), `answer-stopped`, `error`, `heartbeat`. The deltas put together are the answer. ' +
  'Events of the answer have ids 1, 2, 3 …; `GET /api/answers/{id}/events` tells those after one of them.\n\n' +
  'With `conversationId` ("new", or the id of a conversation) the answer comes to its end whether or not the client stays. Without, a new ' +
  'conversation is begun, and the question is withdrawn when the client leaves.';

function wantsEvents(request: FastifyRequest): boolean {
  return /(^|[\s,])text\/event-stream\b/i.test(request.headers.accept ?? '');
}

/** The question as it is to be answered; `left` aborts when the client leaves. */
function toAsk(body: AskBody, request: FastifyRequest, left: AbortSignal): Ask {
  const { question, history, noticeIds, explain, conversationId, replaces, keep = true } = body;
  const isLasting = conversationId !== undefined;
  return {
    question,
    options: { ...(history && { history }), ...(noticeIds && { noticeIds }), ...(explain !== undefined && { explain }) },
    isKept: keep,
    conversationId: conversationId === NEW_CONVERSATION ? undefined : conversationId,
    replaces,
    owner: readOwner(request),
    channel: isLasting ? 'web' : 'api',
    readers: isLasting ? 'any' : wantsEvents(request) ? 'one' : 'none',
    ...(isLasting ? {} : { signal: left }),
  };
}

/** POST /api/ask: the answer as JSON, or as it comes, as server-sent events. */
export function addAskRoute(app: App, lifecycle: Lifecycle, answers: RunningAnswers, limits: EventStreamLimits): void {
  app.post(
    '/api/ask',
    {
      schema: {
        summary: 'Answer a question',
        description: DESCRIPTION,
        tags: ['answers'],
        body: askBodySchema,
        response: documentResponses(askResponseSchema, 400, 404, 409, 413, 415, 503),
      },
    },
    async (request, reply) => {
      checkNoticeIds(lifecycle.assistant, request.body.noticeIds);
      request.log.debug({ question: request.body.question }, 'question');
      const left = beginReading(lifecycle, reply);
      const started = await answers.start(toAsk(request.body, request, left));
      if (wantsEvents(request)) {
        await sendEvents({ events: started.follow(0), conversationId: started.conversationId, signal: left }, request, reply, limits);
        return reply;
      }
      const answer = await started.whole;
      reply.logDetails = describeAnswer(answer);
      const { conversationId } = started;
      return conversationId === undefined ? answer : { ...answer, conversationId };
    },
  );
}
