import { ApiError } from './api.ts';
import { createFrameParser } from './event-frames.ts';
import type { Frame } from './event-frames.ts';
import { onWake } from './wake.ts';

/** Heartbeats come each 5 seconds: two of them missed, and the connection is taken for dead. */
const STALL_MS = 12_000;
/** After a page was in the background a connection is dead if its last heartbeat is older than this. */
const STALE_MS = 6_500;

/**
 * Opens a stream of events and reads it to its end.
 * @param open is handed the signal that closes the connection
 * @param signal closes it on the person's behalf
 * @throws ApiError `network` where the connection broke, fell silent, or was ended by the browser
 */
export async function readEvents(open: (signal: AbortSignal) => Promise<Response>, onFrame: (frame: Frame) => void, signal: AbortSignal): Promise<void> {
  const connection = new AbortController();
  const close = (): void => connection.abort();
  let seenAt = Date.now();
  const clock = setInterval(() => {
    if (Date.now() - seenAt > STALL_MS) close();
  }, 1000);
  const stopWaking = onWake((isDead) => {
    if (isDead || Date.now() - seenAt > STALE_MS) close();
  });
  signal.addEventListener('abort', close);
  try {
    const response = await open(connection.signal);
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    const decoder = new TextDecoder();
    const parse = createFrameParser();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      seenAt = Date.now();
      parse(decoder.decode(value, { stream: true })).forEach(onFrame);
    }
  } catch (error) {
    throw error instanceof ApiError ? error : new ApiError(0, 'network', String(error));
  } finally {
    clearInterval(clock);
    stopWaking();
    signal.removeEventListener('abort', close);
    close();
  }
}
