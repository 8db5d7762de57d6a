import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { loadConfig } from '../../src/config.ts';
import { buildApp } from '../../src/service/app.ts';
import type { AppOptions } from '../../src/service/app.ts';
import { createLifecycle } from '../../src/service/lifecycle.ts';
import type { Lifecycle } from '../../src/service/lifecycle.ts';
import type { App } from '../../src/service/route.ts';
import { createFakeAssistant } from '../helpers/fake-assistant.ts';
import type { FakeAssistant, FakeAssistantOptions } from '../helpers/fake-assistant.ts';

export interface Built {
  readonly app: App;
  readonly assistant: FakeAssistant;
  readonly lifecycle: Lifecycle;
  /** The log so far, parsed; a line that is no JSON throws. */
  records(): readonly Record<string, unknown>[];
  readonly lines: readonly string[];
}

export interface BuildOptions extends Partial<AppOptions> {
  readonly env?: Record<string, string>;
}

/** An application over a fake assistant; closes with the test. */
export async function build(script: FakeAssistantOptions = {}, options: BuildOptions = {}): Promise<Built> {
  const assistant = createFakeAssistant(script);
  const lifecycle = options.lifecycle ?? createLifecycle(assistant);
  const lines: string[] = [];
  // Most tests ask far more than anybody may.
  const config = loadConfig({ RATE_LIMIT_PER_MINUTE: '0', MAX_ANSWERS_AT_ONCE: '100000', ...options.env }, { cwd: '/nowhere' });
  const app = await buildApp({ config, lifecycle, writeLog: (line) => lines.push(line), ...options });
  onTestFinished(async () => {
    lifecycle.abortAll();
    app.server.closeAllConnections();
    await app.close();
  });
  return { app, assistant, lifecycle, lines, records: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
}

export async function listen(app: App): Promise<{ readonly url: string; readonly port: number }> {
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, port };
}

export function post(url: string, body: unknown, headers: Record<string, string> = {}, signal?: AbortSignal): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
    ...(signal && { signal }),
  });
}

export interface ServerEvent {
  readonly event: string;
  readonly data: Record<string, unknown>;
}

export interface PlacedServerEvent extends ServerEvent {
  /** Undefined for what has no place in its answer: heartbeats and errors. */
  readonly id: number | undefined;
}

/** The events of a stream's text with their places; a frame without event or data throws. */
export function parsePlacedEvents(text: string): PlacedServerEvent[] {
  return text
    .split('\n\n')
    .filter((frame) => frame !== '')
    .map((frame) => {
      const { event, data, id } = /^event: (?<event>[\w-]+)\ndata: (?<data>.*)(?:\nid: (?<id>\d+))?$/.exec(frame)?.groups ?? {};
      if (event === undefined || data === undefined) throw new Error(`This is no event: ${frame}`);
      return { event, data: JSON.parse(data) as Record<string, unknown>, id: id === undefined ? undefined : Number(id) };
    });
}

export function parseEvents(text: string): ServerEvent[] {
  return parsePlacedEvents(text).map(({ event, data }) => ({ event, data }));
}

/** Sends bytes as they are; resolves with everything that came back once the server has closed the connection. */
export function sendRaw(port: number, parts: readonly (string | Buffer)[], limitMs = 5_000): Promise<{ text: string; ms: number }> {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let text = '';
    const clock = setTimeout(() => {
      socket.destroy();
      reject(new Error(`The connection was still open after ${limitMs} ms; so far: ${text}`));
    }, limitMs);
    socket.on('data', (chunk) => (text += chunk.toString('latin1')));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(clock);
      resolve({ text, ms: performance.now() - started });
    });
    for (const part of parts) socket.write(part);
  });
}
