import type { AnswerEvent } from '../answer/answer.ts';

/** A failure after the stream has begun, in the words of the error bodies. */
export interface StreamError {
  readonly code: string;
  readonly message: string;
  readonly requestId: string;
}

/** The last event of an answer that the person who asked has stopped. */
export interface AnswerStopped {
  readonly type: 'answer-stopped';
  readonly answerId: string;
}

/** What is shown of an answer, in the order of `AnswerEvent`. */
export type ShownEvent = AnswerEvent | AnswerStopped;

export interface EventContext {
  /** The event's place in its answer, from 1: what a reader that comes back names as the last that it saw. */
  readonly id?: number | undefined;
  /** Told by the first event and the last. */
  readonly conversationId?: string | undefined;
}

/** JSON holds no raw line breaks, so that one `data` line is always enough. */
function renderFrame(name: string, data: unknown, id?: number): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n${id === undefined ? '' : `id: ${id}\n`}\n`;
}

/**
 * One answer event as a server-sent event. The data is what the event carries: the whole answer for `answer-end`, the citation for
 * `citation-added`, else an object of the event's fields without its type.
 */
export function renderEvent(event: ShownEvent, { id, conversationId }: EventContext = {}): string {
  switch (event.type) {
    case 'answer-end':
      return renderFrame(event.type, conversationId === undefined ? event.answer : { ...event.answer, conversationId }, id);
    case 'citation-added':
      return renderFrame(event.type, event.citation, id);
    default: {
      const { type, ...data } = event;
      return renderFrame(type, type === 'answer-start' && conversationId !== undefined ? { ...data, conversationId } : data, id);
    }
  }
}

export function renderStreamError(error: StreamError): string {
  return renderFrame('error', error);
}

/** Keeps proxies from closing a stream on which nothing happens; it has data, so that every parser hands it on. */
export function renderHeartbeat(): string {
  return 'event: heartbeat\ndata: {}\n\n';
}
