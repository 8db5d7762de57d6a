import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Answer } from '../answer/answer.ts';
import type { Assistant, AskOptions } from '../assistant.ts';
import { renderEvent, renderStreamError } from '../render/sse.ts';
import { untilAborted } from './abort.ts';
import { openEventStream } from './event-stream.ts';
import type { EventStreamLimits } from './event-stream.ts';
import { toErrorBody, toHttpError } from './http-error.ts';
import type { Lifecycle } from './lifecycle.ts';
import { checkNoticeIds } from './notice-ids.ts';
import { answerSchema } from './response-schemas.ts';
import { documentResponses } from './route.ts';
import type { App } from './route.ts';
import { askBodySchema } from './schemas.ts';
import type { AskBody } from './schemas.ts';
import { beginWork } from './work.ts';

interface Ask {
  readonly assistant: Assistant;
  readonly question: string;
  readonly options: AskOptions & { readonly signal: AbortSignal };
}

/** For the log: what kind of answer it was, and nothing that it said. */
function describeAnswer({ answerId, status, mode, degraded, refusal }: Answer): Record<string, unknown> {
  return { answerId, answer: status, mode, ...(degraded && { degraded: degraded.reason }), ...(refusal && { refusal: refusal.kind }) };
}

/** What a stream without its last event is: a failure, not an answer. */
const NO_ANSWER = 'The assistant ended without an answer.';

async function answerWhole({ assistant, question, options }: Ask, reply: FastifyReply): Promise<Answer> {
  for await (const event of untilAborted(assistant.ask(question, options), options.signal)) {
    if (event.type !== 'answer-end') continue;
    reply.logDetails = describeAnswer(event.answer);
    return event.answer;
  }
  throw new Error(NO_ANSWER);
}

async function answerAsEvents(ask: Ask, request: FastifyRequest, reply: FastifyReply, limits: EventStreamLimits): Promise<void> {
  const { assistant, question, options } = ask;
  const stream = openEventStream(reply, limits);
  try {
    let isAnswered = false;
    for await (const event of untilAborted(assistant.ask(question, options), options.signal)) {
      if (event.type === 'answer-end') {
        isAnswered = true;
        reply.logDetails = describeAnswer(event.answer);
      }
      await stream.send(renderEvent(event));
    }
    if (!isAnswered) throw new Error(NO_ANSWER);
  } catch (error) {
    const shown = toHttpError(error);
    if (shown.status >= 500 && !options.signal.aborted) request.log.error({ err: error }, 'answer failed');
    reply.logDetails = { error: shown.code };
    await stream.send(renderStreamError(toErrorBody(shown, request.id).error));
  }
  stream.end();
}

function wantsEvents(request: FastifyRequest): boolean {
  return /(^|[\s,])text\/event-stream\b/i.test(request.headers.accept ?? '');
}

function toAskOptions({ history, noticeIds, explain }: AskBody): AskOptions {
  return { ...(history && { history }), ...(noticeIds && { noticeIds }), ...(explain !== undefined && { explain }) };
}

/** POST /api/ask: the answer as JSON, or as it comes, as server-sent events. */
export function addAskRoute(app: App, lifecycle: Lifecycle, limits: EventStreamLimits): void {
  app.post(
    '/api/ask',
    {
      schema: {
        summary: 'Answer a question',
        description:
          'With `Accept: text/event-stream` the answer comes as events: `answer-start`, `evidence-found`, `citation-added`, `text-delta` ' +
          '(one verified sentence), `answer-end` (the whole object), `error`, `heartbeat`. The deltas put together are the answer.',
        tags: ['answers'],
        body: askBodySchema,
        response: documentResponses(answerSchema, 400, 404, 413, 415, 503),
      },
    },
    async (request, reply) => {
      const { assistant } = lifecycle;
      checkNoticeIds(assistant, request.body.noticeIds);
      request.log.debug({ question: request.body.question }, 'question');
      const options = { ...toAskOptions(request.body), signal: beginWork(lifecycle, reply) };
      const ask = { assistant, question: request.body.question, options };
      if (!wantsEvents(request)) return answerWhole(ask, reply);
      await answerAsEvents(ask, request, reply, limits);
      return reply;
    },
  );
}
