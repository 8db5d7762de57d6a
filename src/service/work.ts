import type { FastifyReply } from 'fastify';
import { AssistantError } from '../errors.ts';
import type { Lifecycle } from './lifecycle.ts';

/** A signal for the work behind one response: aborts when the client leaves early, or when the service ends it; counted until then. */
export function beginWork(lifecycle: Lifecycle, reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  const work = lifecycle.begin((reason) => controller.abort(reason));
  // Of the reply, since the request's own 'close' comes as soon as its body is read.
  reply.raw.once('close', () => {
    work.finish();
    if (!reply.raw.writableFinished) controller.abort(new AssistantError('aborted', 'The client left before the answer was complete.'));
  });
  return controller.signal;
}
