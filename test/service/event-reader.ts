import { parsePlacedEvents } from './build.ts';
import type { PlacedServerEvent } from './build.ts';

/** Reads a stream event by event. */
export interface EventReader {
  /** The next so many events, heartbeats left out; fewer where the stream ends before. */
  take(count: number): Promise<PlacedServerEvent[]>;
  rest(): Promise<PlacedServerEvent[]>;
  /** Leaves, as a client does whose page is closed. */
  leave(): void;
}

export async function openEvents(url: string, init: RequestInit = {}): Promise<EventReader> {
  const controller = new AbortController();
  const response = await fetch(url, { ...init, signal: controller.signal });
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  const waiting: PlacedServerEvent[] = [];
  let partial = '';

  async function readMore(): Promise<boolean> {
    const { done, value = '' } = (await reader?.read()) ?? { done: true };
    const end = (partial + value).lastIndexOf('\n\n') + 2;
    const text = partial + value;
    partial = text.slice(end < 2 ? 0 : end);
    waiting.push(...parsePlacedEvents(text.slice(0, end < 2 ? 0 : end)).filter(({ event }) => event !== 'heartbeat'));
    return !done;
  }

  async function take(count: number): Promise<PlacedServerEvent[]> {
    while (waiting.length < count && (await readMore()));
    return waiting.splice(0, count);
  }

  return { take, rest: () => take(Number.POSITIVE_INFINITY), leave: () => controller.abort() };
}

/** Asks so that the answer comes whether or not anybody reads it. */
export function openAsk(url: string, body: Readonly<Record<string, unknown>>): Promise<EventReader> {
  const headers = { accept: 'text/event-stream', 'content-type': 'application/json' };
  return openEvents(`${url}/api/ask`, { method: 'POST', headers, body: JSON.stringify({ conversationId: 'new', ...body }) });
}
