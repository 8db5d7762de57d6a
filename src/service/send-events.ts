import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Answer } from '../answer/answer.ts';
import { renderEvent, renderStreamError } from '../render/sse.ts';
import { untilAborted } from './abort.ts';
import { openEventStream } from './event-stream.ts';
import type { EventStreamLimits } from './event-stream.ts';
import { toErrorBody, toHttpError } from './http-error.ts';
import type { PlacedEvent } from './running-answer.ts';

/** For the log: what kind of answer it was, and nothing that it said; its id would open it to whoever reads the log. */
export function describeAnswer({ status, mode, degraded, refusal }: Answer): Record<string, unknown> {
  return { answer: status, mode, ...(degraded && { degraded: degraded.reason }), ...(refusal && { refusal: refusal.kind }) };
}

export interface EventsToSend {
  readonly events: AsyncIterable<PlacedEvent>;
  readonly conversationId: string | undefined;
  /** Aborts when the reader leaves. */
  readonly signal: AbortSignal;
}

/** Answers with the events of an answer; what goes wrong is told by a last `error` event, which has no place in the answer and so no id. */
export async function sendEvents({ events, conversationId, signal }: EventsToSend, request: FastifyRequest, reply: FastifyReply, limits: EventStreamLimits): Promise<void> {
  const stream = openEventStream(reply, limits);
  try {
    for await (const { id, event } of untilAborted(events, signal)) {
      if (event.type === 'answer-end') reply.logDetails = describeAnswer(event.answer);
      await stream.send(renderEvent(event, { id, conversationId }));
    }
  } catch (error) {
    const shown = toHttpError(error);
    if (shown.status >= 500 && shown.code === 'internal') request.log.error({ err: error }, 'answer failed');
    reply.logDetails = { error: shown.code };
    await stream.send(renderStreamError(toErrorBody(shown, request.id).error));
  }
  stream.end();
}
