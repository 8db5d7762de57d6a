import { ModelError } from './chat-model.ts';
import { parseCompletionEvent, readErrorCode, renderCompletionEvent } from './completion-events.ts';
import type { CompletionEvent } from './completion-events.ts';
import { EventTooLong, readServerEvents } from './server-events.ts';
import { cannot, errorOfConnection, errorOfStatus } from './upstream-error.ts';

/** Far above any reply (an event is about 300 bytes a token, reasoning included), far below what would hurt. */
const MAX_REPLY_BYTES = 32 * 1024 * 1024;
const MAX_EVENT_CHARACTERS = 256 * 1024;
/** An error's body is read for its code alone, so far and so long. */
const MAX_ERROR_BYTES = 64 * 1024;
const MAX_ERROR_MS = 500;

/**
 * The fetch that LangChain's chat client is given: it lets through well-formed completion events and nothing else, so that neither the
 * server's error texts nor foreign bytes reach the client, its logs or its callbacks. Failures are thrown as `ModelError`, which the client
 * wraps: `findModelError` gets them out again.
 */
export function createChatFetch(host: string): typeof fetch {
  return async (input, init) => {
    const response = await fetchReply(host, input, init);
    const type = response.headers.get('content-type') ?? '';
    if (response.body === null || /\b(html|json)\b/i.test(type)) {
      await discard(response);
      throw new ModelError('model-error', `${cannot(host)} what came is no event stream. Check OPENAI_BASE_URL.`);
    }
    return new Response(ReadableStream.from(relayEvents(host, response.body)), { headers: { 'content-type': 'text/event-stream' } });
  };
}

/**
 * Fetches, and throws `ModelError` for a failed connection, a redirection (key and question must not go elsewhere) and any status but 2xx.
 * What the caller's signal aborts is thrown as it is.
 */
export async function fetchReply(host: string, input: Parameters<typeof fetch>[0], init?: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(input, { ...init, redirect: 'manual' });
  } catch (error) {
    if (init?.signal?.aborted === true) throw error;
    throw errorOfConnection(host, error);
  }
  if (response.ok) return response;
  const code = await readCode(response);
  throw errorOfStatus(host, response.status, code, parseRetryAfter(response.headers));
}

/**
 * The chunks of a body, counted in `size`; throws `ModelError` when the connection breaks or there are more than `maxBytes`, decompressed.
 */
export async function* readBody(
  host: string,
  body: AsyncIterable<Uint8Array>,
  maxBytes: number,
  size = { bytes: 0 },
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    for await (const chunk of body) {
      size.bytes += chunk.byteLength;
      if (size.bytes > maxBytes) throw new ModelError('model-error', `${cannot(host)} it is larger than ${maxBytes} bytes.`);
      yield chunk;
    }
  } catch (error) {
    if (error instanceof ModelError || (error instanceof Error && error.name === 'AbortError')) throw error;
    throw errorOfConnection(host, error);
  }
}

async function* relayEvents(host: string, body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  const encoder = new TextEncoder();
  let usage: CompletionEvent['usage'];
  const size = { bytes: 0 };
  let events = 0;
  try {
    for await (const event of readServerEvents(readBody(host, body, MAX_REPLY_BYTES, size), MAX_EVENT_CHARACTERS)) {
      events += 1;
      if (event.data.startsWith('[DONE]')) continue;
      const completion = parseCompletionEvent(event, host);
      usage = completion.usage ?? usage;
      yield encoder.encode(renderCompletionEvent(completion));
    }
  } catch (error) {
    if (!(error instanceof EventTooLong)) throw error;
    throw new ModelError('model-error', `${cannot(host)} an event of the reply is longer than ${MAX_EVENT_CHARACTERS} characters.`);
  }
  if (size.bytes === 0) throw new ModelError('model-empty', `${cannot(host)} it is empty.`);
  if (events === 0) throw new ModelError('model-error', `${cannot(host)} what came is no event stream. Check OPENAI_BASE_URL.`);
  if (usage !== undefined) yield encoder.encode(`data: ${JSON.stringify({ choices: [], usage })}\n\n`);
  yield encoder.encode('data: [DONE]\n\n');
}

async function readCode(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  if (reader === undefined) return '';
  const timer = setTimeout(() => void reader.cancel().catch(() => undefined), MAX_ERROR_MS);
  const decoder = new TextDecoder();
  let text = '';
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      text += decoder.decode(part.value, { stream: true });
      if (text.length > MAX_ERROR_BYTES) return '';
    }
    return readErrorCode(JSON.parse(text));
  } catch {
    return '';
  } finally {
    clearTimeout(timer);
    void reader.cancel().catch(() => undefined);
  }
}

/** Closes the connection of a body that nobody wants. */
async function discard(response: Response): Promise<void> {
  await response.body?.cancel().catch(() => undefined);
}

/** Milliseconds that `retry-after-ms` or `Retry-After` (seconds, or a date) ask to wait; undefined where neither can be read. */
function parseRetryAfter(headers: Headers): number | undefined {
  const milliseconds = Number.parseFloat(headers.get('retry-after-ms') ?? '');
  if (Number.isFinite(milliseconds)) return Math.max(0, milliseconds);
  const value = headers.get('retry-after') ?? '';
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}
