import type { FastifyReply } from 'fastify';
import { renderHeartbeat } from '../render/sse.ts';

export interface EventStreamLimits {
  /** Between two heartbeats. */
  readonly heartbeatMs: number;
  /** How long a reader may leave sent text unread before the connection is closed. */
  readonly writeIdleMs: number;
}

export const EVENT_STREAM_LIMITS: EventStreamLimits = { heartbeatMs: 5_000, writeIdleMs: 30_000 };

/** An open server-sent event response. */
export interface EventStream {
  /** Hands over one frame; the promise waits until the reader has room for more. */
  send(frame: string): Promise<void>;
  /** Sends what is left, then ends the response. */
  end(): void;
}

/** Text that is waiting in this process before it is written without waiting for the end of the turn. */
const MOST_PENDING = 16_384;

/**
 * Answers with an event stream. Frames of one turn of the event loop go out as one write. The reader's leaving is not told here:
 * watch `reply.raw` 'close'.
 */
export function openEventStream(reply: FastifyReply, limits: EventStreamLimits): EventStream {
  const { raw } = reply;
  reply.hijack();
  raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  raw.flushHeaders();

  let pending = '';
  let scheduled: NodeJS.Immediate | undefined;
  let stalled: NodeJS.Timeout | undefined;
  let waiting: (() => void)[] = [];

  function startStallClock(): void {
    stalled ??= setTimeout(() => raw.destroy(), limits.writeIdleMs);
  }

  function flush(): void {
    clearImmediate(scheduled);
    scheduled = undefined;
    if (pending === '' || raw.destroyed) return;
    const text = pending;
    pending = '';
    if (!raw.write(text)) startStallClock();
  }

  function release(): void {
    clearTimeout(stalled);
    stalled = undefined;
    const resolved = waiting;
    waiting = [];
    for (const resolve of resolved) resolve();
  }

  const heartbeat = setInterval(() => {
    if (!raw.writableNeedDrain) raw.write(renderHeartbeat());
  }, limits.heartbeatMs);

  raw.on('drain', release);
  raw.once('close', () => {
    clearInterval(heartbeat);
    clearImmediate(scheduled);
    release();
  });

  return {
    async send(frame) {
      if (raw.destroyed) return;
      pending += frame;
      if (pending.length > MOST_PENDING) flush();
      else scheduled ??= setImmediate(flush);
      if (raw.writableNeedDrain) await new Promise<void>((resolve) => waiting.push(resolve));
    },
    end() {
      clearInterval(heartbeat);
      flush();
      raw.end();
      if (!raw.writableFinished) startStallClock();
    },
  };
}
