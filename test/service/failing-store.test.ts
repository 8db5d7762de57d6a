import { describe, expect, it, vi } from 'vitest';
import { loadConfig } from '../../src/config.ts';
import { createKeeper } from '../../src/service/keeper.ts';
import { createServer } from '../../src/service/server.ts';
import { silentLogger } from '../../src/logger.ts';
import { createFakeAssistant } from '../helpers/fake-assistant.ts';
import { breakWrites, createDataDir, openTemporaryStore } from '../helpers/temporary-store.ts';
import { build, parseEvents } from './build.ts';

const question = '普惠性幼儿园覆盖面要达到多少?';
const events = { accept: 'text/event-stream' };
const full = Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });

describe('a store that does not work', () => {
  it('from the beginning leaves answers as they are, without a conversation, and says so', async () => {
    const store = await openTemporaryStore();
    await store.close();
    const { app, records } = await build({}, { store });
    for (const conversationId of [undefined, 'new', 'A'.repeat(24)]) {
      const whole = await app.inject({ method: 'POST', url: '/api/ask', payload: { question, conversationId } });
      expect([whole.statusCode, whole.json()]).toEqual([200, expect.not.objectContaining({ conversationId: expect.anything() })]);
      const stream = await app.inject({ method: 'POST', url: '/api/ask', payload: { question, conversationId }, headers: events });
      expect(parseEvents(stream.body).at(-1)?.event).toBe('answer-end');
    }
    expect((await app.inject('/readyz')).json()).toMatchObject({ status: 'ready', store: 'failing' });
    expect(records().filter(({ level }) => Number(level) >= 50)).toEqual([expect.objectContaining({ msg: 'the store does not work; answers are given, but not kept' })]);
  });

  it('in the middle of an answer lets it come whole, and gets its end later', async () => {
    const store = breakWrites(await openTemporaryStore());
    const { app } = await build({
      async *ask(asked, { answerId = '' }) {
        for await (const event of createFakeAssistant().ask(asked, { answerId })) {
          if (event.type === 'text-delta') store.fault = full;
          yield event;
        }
      },
    }, { store });
    const { body } = await app.inject({ method: 'POST', url: '/api/ask', payload: { question, conversationId: 'new' }, headers: events });
    expect(parseEvents(body).map(({ event }) => event)).toEqual(['answer-start', 'evidence-found', 'citation-added', 'text-delta', 'citation-added', 'text-delta', 'answer-end']);
    expect(app.keeper.state).toBe('failing');
  });

  it('gives what can still be read: a full disk takes no history away', async () => {
    const store = breakWrites(await openTemporaryStore());
    const { app, assistant } = await build({}, { store });
    const { conversationId } = (await app.inject({ method: 'POST', url: '/api/ask', payload: { question } })).json<{ conversationId: string }>();
    store.fault = full;
    expect((await app.inject({ method: 'POST', url: '/api/ask', payload: { question: '那初中呢', conversationId } })).json()).not.toHaveProperty('conversationId');
    expect(assistant.asked[1]?.options.history).toHaveLength(2);
    expect((await app.inject({ method: 'POST', url: '/api/ask', payload: { question, conversationId: 'A'.repeat(24) } })).statusCode).toBe(404);
    expect((await app.inject(`/api/conversations/${conversationId}`)).statusCode).toBe(200);
  });

  it('refuses what is only about the store with 503 and Retry-After', async () => {
    const store = await openTemporaryStore();
    await store.close();
    const { app } = await build({}, { store });
    for (const request of [{ url: '/api/conversations/x' }, { method: 'DELETE', url: '/api/conversations/x' }, { url: '/api/answers/x/events' }, { method: 'POST', url: '/api/feedback', payload: { answerId: 'x', verdict: 'up' } }] as const) {
      const response = await app.inject(request);
      expect([response.statusCode, response.headers['retry-after'], response.json()]).toMatchObject([503, '10', { error: { code: 'store-unavailable' } }]);
    }
  });
});

describe('the keeper', () => {
  it('leaves a failed store alone for a while, tells of it once a minute, and saves what was not saved', async () => {
    const store = breakWrites(await openTemporaryStore());
    const error = vi.fn();
    let now = 0;
    const keeper = createKeeper({ store, logger: { ...silentLogger, error }, clock: () => now });
    const turn = (answerId: string, conversationId?: string) => keeper.begin({ answerId, question, conversationId, channel: 'web' });
    const { conversationId } = await turn('a');
    store.fault = full;
    await keeper.end('a', { state: 'stopped', text: '幼儿园' });
    expect([keeper.state, error.mock.calls.length]).toEqual(['failing', 1]);

    store.fault = undefined;
    now = 4_000;
    expect(await turn('b', conversationId)).not.toHaveProperty('conversationId');
    now = 6_000;
    expect(await turn('c', conversationId)).toMatchObject({ conversationId, history: [{ content: question }, { content: '幼儿园' }] });
    expect(keeper.state).toBe('working');

    store.fault = full;
    await keeper.end('c', { state: 'stopped' });
    expect(error).toHaveBeenCalledTimes(1);
    now = 70_000;
    await keeper.end('c', { state: 'stopped' });
    expect(error).toHaveBeenCalledTimes(2);
    store.fault = undefined;
    now = 80_000;
    await keeper.close();
  });
});

describe('the server', () => {
  async function serve(openStore?: () => Promise<never>) {
    const dataDir = createDataDir();
    const server = await createServer({
      config: loadConfig({ PORT: '0', DATA_DIR: dataDir }, { cwd: dataDir }), openAssistant: async () => createFakeAssistant(), writeLog: () => undefined, ...(openStore && { openStore }),
    });
    const { url } = await server.start();
    return { server, url, dataDir };
  }

  it('answers without a store that cannot be opened', async () => {
    const { server, url } = await serve(async () => Promise.reject(new Error('no database')));
    expect(await (await fetch(`${url}/readyz`)).json()).toMatchObject({ status: 'ready', store: 'failing' });
    const answered = await fetch(`${url}/api/ask`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ question, conversationId: 'new' }) });
    expect(answered.status).toBe(200);
    await server.close();
  });

  it('keeps conversations in the data folder, over a restart', async () => {
    const { server, url, dataDir } = await serve();
    expect(await (await fetch(`${url}/readyz`)).json()).toMatchObject({ store: 'working' });
    const answered = await fetch(`${url}/api/ask`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ question }) });
    const { conversationId } = (await answered.json()) as { conversationId: string };
    await server.close();
    const store = await openTemporaryStore(dataDir);
    expect(await store.conversations.find(conversationId)).toMatchObject({ turns: [{ question, state: 'complete' }] });
  });
});
