import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { AnswerEvent } from '../../src/answer/answer.ts';
import { createAnswerEvents, heating, kindergartens } from '../helpers/fake-assistant.ts';
import { gateAsk } from '../helpers/gated-ask.ts';
import { createDataDir, openTemporaryStore } from '../helpers/temporary-store.ts';
import { build, listen, parsePlacedEvents } from './build.ts';
import type { PlacedServerEvent } from './build.ts';
import { openAsk, openEvents } from './event-reader.ts';

const question = '普惠性幼儿园覆盖面要达到多少?';
const WHOLE = 7;

function idsOf(events: readonly PlacedServerEvent[]): { readonly conversationId: string; readonly answerId: string } {
  return events[0]?.data as Record<'conversationId' | 'answerId', string>;
}

const follow = (url: string, answerId: string, after?: number) =>
  openEvents(`${url}/api/answers/${answerId}/events`, after === undefined ? {} : { headers: { 'last-event-id': String(after) } });

describe('a reader that leaves and comes back', () => {
  it('misses nothing and sees nothing twice, wherever it left, while the answer comes', async () => {
    let gate = gateAsk();
    const { app } = await build({ ask: (...asked) => gate.ask(...asked) }, { store: await openTemporaryStore() });
    const { url } = await listen(app);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: WHOLE }), { maxLength: 4 }), async (cuts) => {
        gate = gateAsk();
        let [told, reader] = [0, await openAsk(url, { question })];
        gate.release(1);
        const seen = await reader.take(1);
        told = 1;
        for (const cut of cuts.toSorted()) {
          if (cut > told) gate.release(cut - told);
          seen.push(...(await reader.take(Math.max(0, cut - told))));
          told = Math.max(told, cut);
          reader.leave();
          reader = await follow(url, idsOf(seen).answerId, seen.length);
        }
        gate.release();
        seen.push(...(await reader.rest()));
        // The last event is told in any case.
        const once = seen.filter(({ id }, index) => id !== seen[index - 1]?.id);
        expect(once.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 6, 7]);
        const answer = once.at(-1)?.data['answer'];
        expect(once.filter(({ event }) => event === 'text-delta').map(({ data }) => data['text']).join('')).toBe(answer);
      }),
      { numRuns: 50 },
    );
  });

  it('gets the same events at every place when the answer has come, from memory, from the store, and in another process', async () => {
    const dataDir = createDataDir();
    const variants: readonly (readonly AnswerEvent[])[] = [
      createAnswerEvents(question, [...kindergartens.passages, ...heating.passages]),
      createAnswerEvents(question, []),
      // Deltas whose borders cannot be guessed from the text, and citations in a heap.
      shuffle(createAnswerEvents(question, kindergartens.passages)),
    ];
    for (const variant of variants) {
      const ask = async function* (_question: string, { answerId = '' }: { readonly answerId?: string }): AsyncGenerator<AnswerEvent> {
        for (const event of variant) {
          if (event.type === 'answer-start') yield { ...event, answerId };
          else if (event.type === 'answer-end') yield { ...event, answer: { ...event.answer, answerId } };
          else yield event;
        }
      };
      const store = await openTemporaryStore(dataDir);
      const live = await build({ ask }, { store });
      const { body } = await live.app.inject({ method: 'POST', url: '/api/ask', payload: { question, conversationId: 'new' }, headers: { accept: 'text/event-stream' } });
      const told = parsePlacedEvents(body);
      expect(told.map(({ id }) => id)).toEqual(variant.map((_, index) => index + 1));
      const { answerId } = idsOf(told);
      const another = await build({}, { store: await openTemporaryStore(dataDir) });
      for (let after = 0; after <= told.length + 2; after += 1) {
        const wanted = told.slice(Math.min(after, told.length - 1));
        for (const { app } of [live, another]) {
          const headers = { 'last-event-id': String(after) };
          expect(parsePlacedEvents((await app.inject({ url: `/api/answers/${answerId}/events`, headers })).body)).toEqual(wanted);
          expect(parsePlacedEvents((await app.inject(`/api/answers/${answerId}/events?lastEventId=${after}`)).body)).toEqual(wanted);
        }
      }
    }
  });

  it('finds an answer in the store when memory has let go of it', async () => {
    const store = await openTemporaryStore();
    const { app } = await build({}, { store, lingerMs: 10 });
    const { body } = await app.inject({ method: 'POST', url: '/api/ask', payload: { question, conversationId: 'new' }, headers: { accept: 'text/event-stream' } });
    const told = parsePlacedEvents(body);
    await delay(50);
    const { answerId, conversationId } = idsOf(told);
    expect(parsePlacedEvents((await app.inject(`/api/answers/${answerId}/events`)).body)).toEqual(told);
    await store.conversations.delete(conversationId);
    expect((await app.inject(`/api/answers/${answerId}/events`)).statusCode).toBe(404);
  });

  it('does not end the answer, which comes to its end without any reader', async () => {
    const gate = gateAsk();
    const { app } = await build({ ask: gate.ask }, { store: await openTemporaryStore() });
    const { url } = await listen(app);
    const reader = await openAsk(url, { question });
    gate.release(2);
    const { conversationId } = idsOf(await reader.take(1));
    reader.leave();
    await delay(50);
    expect(gate.signals[0]?.aborted).toBe(false);
    gate.release();
    await vi.waitFor(async () => expect((await app.inject(`/api/conversations/${conversationId}`)).json()).toMatchObject({ turns: [{ state: 'complete' }] }));
  });

  it('follows an answer that is not kept, too, as long as it is in memory', async () => {
    const gate = gateAsk();
    const { app } = await build({ ask: gate.ask });
    const { url } = await listen(app);
    const reader = await openAsk(url, { question });
    gate.release(4);
    const { answerId } = idsOf(await reader.take(4));
    reader.leave();
    gate.release();
    expect((await (await follow(url, answerId, 4)).rest()).map(({ id }) => id)).toEqual([5, 6, 7]);
  });

  it('waits for an answer that another process gives', async () => {
    const store = await openTemporaryStore();
    const { app } = await build({}, { store });
    await store.conversations.create({ conversationId: 'c', channel: 'web' }, { answerId: 'a', question });
    const following = app.inject('/api/answers/a/events');
    await delay(100);
    const [end] = createAnswerEvents(question, kindergartens.passages, { answerId: 'a' }).slice(-1);
    if (end?.type !== 'answer-end') throw new Error('no answer');
    await store.conversations.endTurn('a', { state: 'complete', answer: end.answer });
    expect(parsePlacedEvents((await following).body).at(-1)?.event).toBe('answer-end');
  });

  it.each(['x', '-1', '1.5', '1,2'])('is told that %j is no event', async (id) => {
    const { app } = await build({}, { store: await openTemporaryStore() });
    for (const request of [{ url: '/api/answers/a/events', headers: { 'last-event-id': id } }, { url: `/api/answers/a/events?lastEventId=${id}` }]) {
      expect((await app.inject(request)).statusCode).toBe(400);
    }
  });
});

describe('an answer that breaks off', () => {
  it('by a shutdown is told so, kept as far as it was shown, and told again as interrupted', async () => {
    const dataDir = createDataDir();
    const gate = gateAsk();
    const { app, lifecycle } = await build({ ask: gate.ask }, { store: await openTemporaryStore(dataDir) });
    const { url } = await listen(app);
    const reader = await openAsk(url, { question });
    gate.release(4);
    const told = await reader.take(4);
    lifecycle.close();
    lifecycle.abortAll();
    expect(await reader.rest()).toMatchObject([{ event: 'error', data: { code: 'shutting-down' }, id: undefined }]);
    await lifecycle.idle();

    const after = await build({}, { store: await openTemporaryStore(dataDir) });
    const { conversationId, answerId } = idsOf(told);
    expect((await after.app.inject(`/api/conversations/${conversationId}`)).json()).toMatchObject({ turns: [{ state: 'failed', text: '建成二级以上标准幼儿园67所。[1]' }] });
    for (let last = 0; last <= 6; last += 1) {
      const { body } = await after.app.inject({ url: `/api/answers/${answerId}/events`, headers: { 'last-event-id': String(last) } });
      const again = parsePlacedEvents(body);
      expect(again.slice(0, -1)).toEqual(told.slice(last));
      expect(again.at(-1)).toMatchObject({ event: 'error', data: { code: 'interrupted' } });
    }
  });

  it('by a failure of its own is kept as failed, without a word of the failure', async () => {
    const { app } = await build({
      async *ask(_question, { answerId = '' }) {
        yield* createAnswerEvents(question, kindergartens.passages, { answerId }).slice(0, 4);
        throw new Error('sk-secret at /var/lib');
      },
    }, { store: await openTemporaryStore() });
    const { body } = await app.inject({ method: 'POST', url: '/api/ask', payload: { question, conversationId: 'new' }, headers: { accept: 'text/event-stream' } });
    const told = parsePlacedEvents(body);
    expect(told.at(-1)).toMatchObject({ event: 'error', data: { code: 'internal' } });
    expect(body).not.toContain('sk-secret');
    expect((await app.inject(`/api/conversations/${idsOf(told).conversationId}`)).json()).toMatchObject({ turns: [{ state: 'failed', text: '建成二级以上标准幼儿园67所。[1]' }] });
  });
});

describe('readers of one answer', () => {
  it('each have their own pace: one that takes nothing holds nobody up and costs little', async () => {
    const text = 'x'.repeat(10_000);
    const { app } = await build({
      async *ask(_question, { answerId = '' }) {
        const events = createAnswerEvents(question, [], { answerId });
        yield* events.slice(0, 2);
        await delay(100);
        for (let given = 0; given < 150; given += 1) yield { type: 'text-delta', text };
        yield* events.slice(-1);
      },
    }, { store: await openTemporaryStore(), eventStreamLimits: { heartbeatMs: 50, writeIdleMs: 500 } });
    const { url, port } = await listen(app);
    const reader = await openAsk(url, { question });
    const { answerId } = idsOf(await reader.take(1));
    const stalled = Array.from({ length: 20 }, () => {
      const socket = connect(port, '127.0.0.1');
      socket.on('error', () => undefined);
      socket.pause();
      socket.write(`GET /api/answers/${answerId}/events HTTP/1.1\r\nHost: x\r\n\r\n`);
      return socket;
    });
    const started = performance.now();
    const before = process.memoryUsage().rss;
    expect((await reader.rest()).at(-1)?.event).toBe('answer-end');
    expect(performance.now() - started).toBeLessThan(1_500);
    expect((process.memoryUsage().rss - before) / 2 ** 20).toBeLessThan(60);
    // The same text again from the beginning, for one who comes late.
    expect(await (await follow(url, answerId)).rest()).toHaveLength(153);
    for (const socket of stalled) socket.destroy();
  });

  it('end an answer that has no end', async () => {
    const { app } = await build({
      async *ask(_question, { answerId = '' }) {
        yield* createAnswerEvents(question, [], { answerId }).slice(0, 2);
        for (;;) yield { type: 'text-delta', text: 'x'.repeat(100_000) };
      },
    }, { store: await openTemporaryStore() });
    const response = await app.inject({ method: 'POST', url: '/api/ask', payload: { question, conversationId: 'new' } });
    expect(response.statusCode).toBe(500);
  });
});

function shuffle(events: readonly AnswerEvent[]): AnswerEvent[] {
  const citations = events.filter(({ type }) => type === 'citation-added');
  const deltas = events.flatMap((event): AnswerEvent[] =>
    event.type === 'text-delta' ? [{ ...event, text: event.text.slice(0, 3) }, { ...event, text: event.text.slice(3) }] : []);
  return [...events.slice(0, 2), ...citations, ...deltas, ...events.slice(-1)];
}
