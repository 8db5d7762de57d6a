/** Of a platform's answer; a longer one is none. */
const MOST_CHARACTERS = 256 * 1024;

/** What a platform answered, as JSON; undefined for what is none, and for what is too long to be one. */
export async function readJson(response: Response): Promise<unknown> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    if (text.length > MOST_CHARACTERS) return undefined;
  }
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Why a request got no answer: `no answer within 5 s`, `the connection failed (ECONNREFUSED)`; never where it went. */
export function describeFetchError(error: unknown, limitMs: number): string {
  if (error instanceof Error && error.name === 'TimeoutError') return `no answer within ${limitMs / 1_000} s`;
  const code = (error as { readonly cause?: { readonly code?: unknown } } | undefined)?.cause?.code;
  return typeof code === 'string' && /^[A-Z\d_]{1,60}$/.test(code) ? `the connection failed (${code})` : 'the connection failed';
}

/** Does something within a limit, and until the signal ends it. By hand: what AbortSignal.any makes of a signal that lives as long as the process is never freed. */
export async function withinLimit<T>(limitMs: number, signal: AbortSignal | undefined, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  signal?.throwIfAborted();
  const controller = new AbortController();
  const end = (): void => controller.abort(signal?.reason);
  const clock = setTimeout(() => controller.abort(new DOMException('The limit of time was reached.', 'TimeoutError')), limitMs);
  signal?.addEventListener('abort', end);
  try {
    return await work(controller.signal);
  } finally {
    clearTimeout(clock);
    signal?.removeEventListener('abort', end);
  }
}
