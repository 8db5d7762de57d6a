import type { FastifyReply } from 'fastify';
import { AssistantError } from '../errors.ts';
import type { Lifecycle } from './lifecycle.ts';

function createLeftError(): AssistantError {
  return new AssistantError('aborted', 'The client left before the answer was complete.');
}

/** A signal for the work behind one response: aborts when the client leaves early, or when the service ends it; counted until then. */
export function beginWork(lifecycle: Lifecycle, reply: FastifyReply): AbortSignal {
  return watchResponse(lifecycle, reply, true);
}

/** The same for a response that only tells of work: aborts when its client leaves early; when the service ends, the work sees to its last words. */
export function beginReading(lifecycle: Lifecycle, reply: FastifyReply): AbortSignal {
  return watchResponse(lifecycle, reply, false);
}

function watchResponse(lifecycle: Lifecycle, reply: FastifyReply, endsWithService: boolean): AbortSignal {
  const controller = new AbortController();
  const work = lifecycle.begin((reason) => {
    if (endsWithService) controller.abort(reason);
  });
  // Of the reply, since the request's own 'close' comes as soon as its body is read.
  reply.raw.once('close', () => {
    work.finish();
    if (!reply.raw.writableFinished) controller.abort(createLeftError());
  });
  return controller.signal;
}
