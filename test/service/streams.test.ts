import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import type { AnswerEvent } from '../../src/answer/answer.ts';
import { createAnswerEvents, kindergartens } from '../helpers/fake-assistant.ts';
import { build, listen, parseEvents, post } from './build.ts';

const body = { question: '覆盖面?' };
const events = { accept: 'text/event-stream' };
const answerEvents = createAnswerEvents(body.question, kindergartens.passages);

function until(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => signal?.addEventListener('abort', () => resolve(), { once: true }));
}

describe('a reader that leaves', () => {
  it.each([
    { kind: 'a stream', headers: events },
    { kind: 'a whole answer', headers: {} },
  ])('aborts the ask behind $kind', async ({ headers }) => {
    const aborted = vi.fn();
    const { app, lifecycle, records } = await build({
      async *ask(_question, { signal }) {
        yield* answerEvents.slice(0, 2);
        await until(signal);
        aborted();
      },
    });
    const { url } = await listen(app);
    const controller = new AbortController();
    const response = post(`${url}/api/ask`, body, headers, controller.signal);
    await delay(100);
    expect(aborted).not.toHaveBeenCalled();
    controller.abort();
    await expect(response.then((received) => received.text())).rejects.toThrow(/abort/i);
    await vi.waitFor(() => expect(aborted).toHaveBeenCalledOnce());
    await lifecycle.idle();
    expect(records().filter(({ msg }) => msg === 'request')).toEqual([expect.objectContaining({ route: '/api/ask', left: true })]);
  });

  it('does not disturb others, whose signal stays silent', async () => {
    let signal: AbortSignal | undefined;
    const { app } = await build({
      async *ask(_question, options) {
        signal = options.signal;
        await delay(50);
        yield* answerEvents;
      },
    });
    const { url } = await listen(app);
    const controller = new AbortController();
    const leaver = post(`${url}/api/ask`, body, events, controller.signal).catch(() => undefined);
    const stayer = post(`${url}/api/ask`, body, events);
    controller.abort();
    await leaver;
    expect(parseEvents(await (await stayer).text()).at(-1)?.event).toBe('answer-end');
    expect(signal?.aborted).toBe(false);
  });

  it('leaves nothing behind, 200 at a time', async () => {
    let running = 0;
    const { app, lifecycle } = await build({
      async *ask(_question, { signal }) {
        running += 1;
        try {
          yield* answerEvents.slice(0, 1);
          await until(signal);
        } finally {
          running -= 1;
        }
      },
    });
    const { url } = await listen(app);
    const controllers = Array.from({ length: 200 }, () => new AbortController());
    const responses = controllers.map(
      (controller) => post(`${url}/api/ask`, body, events, controller.signal).then((response) => response.text()).catch(() => 'left'),
    );
    await vi.waitFor(() => expect(running).toBe(200), { timeout: 5000 });
    for (const controller of controllers) controller.abort();
    expect(new Set(await Promise.all(responses))).toEqual(new Set(['left']));
    await vi.waitFor(() => expect(running).toBe(0), { timeout: 1000 });
    await lifecycle.idle();
  });
});

describe('a stream', () => {
  it('passes on each event as it comes', async () => {
    const gates = answerEvents.map(() => openGate());
    const { app } = await build({
      async *ask() {
        for (const [index, event] of answerEvents.entries()) {
          await gates[index]?.promise;
          yield event;
        }
      },
    });
    const { url } = await listen(app);
    const reader = (await post(`${url}/api/ask`, body, events)).body?.pipeThrough(new TextDecoderStream()).getReader();
    const seen: string[] = [];
    for (const gate of gates) {
      gate.resolve();
      seen.push(...parseEvents((await reader?.read())?.value ?? '').map(({ event }) => event));
    }
    expect(seen).toEqual(answerEvents.map(({ type }) => type));
  });

  it('waits for a slow reader instead of piling up what it has not read', async () => {
    const big: AnswerEvent = { type: 'text-delta', text: 'x'.repeat(10_000) };
    let given = 0;
    const { app } = await build({
      async *ask() {
        for (; given < 5_000; given++) yield big;
        yield* answerEvents.slice(-1);
      },
    });
    const { url } = await listen(app);
    const response = await post(`${url}/api/ask`, body, events);
    await delay(300);
    const before = given;
    expect(before).toBeLessThan(1_500);
    await delay(200);
    expect(given).toBe(before);
    const text = await response.text();
    expect(given).toBe(5_000);
    expect(text.match(/^event: text-delta$/gm)).toHaveLength(5_000);
    expect(text).toContain('event: answer-end');
  });

  it('is closed when its reader takes nothing for too long, and the ask ends', async () => {
    const big: AnswerEvent = { type: 'text-delta', text: 'x'.repeat(100_000) };
    let isOver = false;
    const { app, lifecycle } = await build(
      {
        async *ask() {
          try {
            for (;;) yield big;
          } finally {
            isOver = true;
          }
        },
      },
      { eventStreamLimits: { heartbeatMs: 20, writeIdleMs: 200 } },
    );
    const { port } = await listen(app);
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.pause();
    const text = JSON.stringify(body);
    const head = ['POST /api/ask HTTP/1.1', 'Host: x', 'Accept: text/event-stream', 'Content-Type: application/json'];
    socket.write([...head, `Content-Length: ${Buffer.byteLength(text)}`, '', text].join('\r\n'));
    await vi.waitFor(() => expect(isOver).toBe(true), { timeout: 3000 });
    await lifecycle.idle();
    socket.destroy();
  });

  it('of 300 readers at once is whole for each', async () => {
    const { app } = await build();
    const { url } = await listen(app);
    const texts = await Promise.all(Array.from({ length: 300 }, async () => (await post(`${url}/api/ask`, body, events)).text()));
    const complete = texts.map(parseEvents).filter(
      (received) => received.length === answerEvents.length && received.at(-1)?.event === 'answer-end',
    );
    expect(complete).toHaveLength(300);
  });
});

function openGate(): { readonly promise: Promise<void>; resolve(): void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((open) => (resolve = open));
  return { promise, resolve };
}
