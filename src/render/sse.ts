import type { AnswerEvent } from '../answer/answer.ts';

/** A failure after the stream has begun, in the words of the error bodies. */
export interface StreamError {
  readonly code: string;
  readonly message: string;
  readonly requestId: string;
}

/** JSON holds no raw line breaks, so that one `data` line is always enough. */
function renderFrame(name: string, data: unknown): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}

/**
 * One answer event as a server-sent event. The data is what the event carries: the whole answer for `answer-end`, the citation for
 * `citation-added`, else an object of the event's fields without its type.
 */
export function renderEvent(event: AnswerEvent): string {
  switch (event.type) {
    case 'answer-end':
      return renderFrame(event.type, event.answer);
    case 'citation-added':
      return renderFrame(event.type, event.citation);
    default: {
      const { type, ...data } = event;
      return renderFrame(type, data);
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
