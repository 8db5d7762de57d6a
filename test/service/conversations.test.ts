import { describe, expect, it, vi } from 'vitest';
import { askResponseSchema, conversationResponseSchema } from '../../src/service/response-schemas.ts';
import { gateAsk } from '../helpers/gated-ask.ts';
import { openTemporaryStore } from '../helpers/temporary-store.ts';
import { build, listen, parseEvents, post } from './build.ts';
import type { Built, ServerEvent } from './build.ts';
import { openAsk } from './event-reader.ts';

const question = '普惠性幼儿园覆盖面要达到多少?';
const events = { accept: 'text/event-stream' };
const unknown = 'A'.repeat(24);

async function ask({ app }: Built, payload: Record<string, unknown> = {}) {
  const response = await app.inject({ method: 'POST', url: '/api/ask', payload: { question, ...payload } });
  return { status: response.statusCode, body: response.json<Record<string, unknown>>() };
}

async function converse(built: Built, payload: Record<string, unknown> = { conversationId: 'new' }): Promise<{ readonly conversationId: string; readonly answerId: string }> {
  const { conversationId, answerId } = askResponseSchema.parse((await ask(built, payload)).body);
  return { conversationId: conversationId ?? 'none', answerId };
}

function idsOf(start: ServerEvent | undefined): { readonly conversationId: string; readonly answerId: string } {
  return (start?.data ?? {}) as { readonly conversationId: string; readonly answerId: string };
}

async function read({ app }: Built, conversationId: string) {
  return conversationResponseSchema.parse((await app.inject(`/api/conversations/${conversationId}`)).json());
}

describe('a conversation', () => {
  it('is begun by a question, named by its answer, and kept with it', async () => {
    const built = await build({}, { store: await openTemporaryStore() });
    const answer = askResponseSchema.parse((await ask(built)).body);
    expect(answer.conversationId).toMatch(/^[\w-]{24}$/);
    const { conversationId = '', ...shown } = answer;
    const kept = await read(built, conversationId);
    expect(kept).toMatchObject({ conversationId, title: question });
    expect(kept.turns).toEqual([
      { answerId: answer.answerId, question, askedAt: kept.createdAt, state: 'complete', answer: shown, text: answer.answer, citations: answer.citations },
    ]);
    expect(Date.parse(kept.expiresAt) - Date.parse(kept.updatedAt)).toBe(180 * 86_400_000);
  });

  it('is named by the first event and the last', async () => {
    const { app } = await build({}, { store: await openTemporaryStore() });
    const { body } = await app.inject({ method: 'POST', url: '/api/ask', payload: { question }, headers: events });
    const named = parseEvents(body).filter(({ data }) => 'conversationId' in data);
    expect(named.map(({ event }) => event)).toEqual(['answer-start', 'answer-end']);
    expect(new Set(named.map(({ data }) => data['conversationId'])).size).toBe(1);
  });

  it('hands its turns on with a further question', async () => {
    const built = await build({}, { store: await openTemporaryStore() });
    const { conversationId } = await converse(built);
    await ask(built, { conversationId, question: '那初中呢' });
    const said = '建成二级以上标准幼儿园67所。[1]普惠性幼儿园覆盖面达到90%。[2]';
    expect(built.assistant.asked[1]?.options.history).toEqual([{ role: 'user', content: question }, { role: 'assistant', content: said }]);
    expect((await read(built, conversationId)).turns.map((turn) => turn.question)).toEqual([question, '那初中呢']);
  });

  it('replaces its last answer, and no other', async () => {
    const built = await build({}, { store: await openTemporaryStore() });
    const { conversationId, answerId } = await converse(built);
    const { answerId: second } = await converse(built, { conversationId, question: '要建多少所?', replaces: answerId });
    expect(built.assistant.asked[1]?.options.history).toEqual([]);
    expect((await read(built, conversationId)).turns.map((turn) => turn.answerId)).toEqual([second]);
    expect(await ask(built, { conversationId, replaces: answerId })).toMatchObject({ status: 409, body: { error: { code: 'conflict' } } });
  });

  it('answers one question at a time', async () => {
    const gate = gateAsk();
    const built = await build({ ask: gate.ask }, { store: await openTemporaryStore() });
    gate.release(7);
    const { conversationId } = await converse(built);
    const answers = [ask(built, { conversationId }), ask(built, { conversationId })];
    expect(await Promise.race(answers)).toMatchObject({ status: 409, body: { error: { code: 'busy' } } });
    gate.release();
    expect((await Promise.all(answers)).map(({ status }) => status).toSorted()).toEqual([200, 409]);
    expect((await ask(built, { conversationId })).status).toBe(200);
  });

  it.each([
    [{ conversationId: unknown, history: [] }, 'history must be left out'],
    [{ replaces: unknown }, 'replaces needs the id'],
    [{ conversationId: 'new', replaces: unknown }, 'replaces needs the id'],
    [{ conversationId: 'new', keep: false }, 'keep must not be false'],
    [{ conversationId: '' }, 'conversationId must not be empty'],
    [{ conversationId: 1 }, 'conversationId must be a string'],
  ])('is not asked for by %j', async (payload, message) => {
    const built = await build({}, { store: await openTemporaryStore() });
    const { status, body } = await ask(built, payload);
    expect([status, JSON.stringify(body)]).toEqual([400, expect.stringContaining(message)]);
    expect(built.assistant.asked).toEqual([]);
  });

  it('may begin with a history that the client has kept', async () => {
    const built = await build({}, { store: await openTemporaryStore() });
    const history = [{ role: 'user', content: '你好' }];
    await ask(built, { conversationId: 'new', history });
    expect(built.assistant.asked[0]?.options.history).toEqual(history);
  });

  it('is none where nothing is to be kept, or nothing can be', async () => {
    const store = await openTemporaryStore();
    expect((await ask(await build({}, { store }), { keep: false })).body).not.toHaveProperty('conversationId');
    expect((await ask(await build(), { conversationId: 'new' })).body).not.toHaveProperty('conversationId');
    expect(await store.measure()).toMatchObject({ conversations: 0, turns: 0 });
  });
});

describe('what is not there, or someone else’s', () => {
  const requests = (conversationId: string, answerId: string) => [
    { method: 'GET', url: `/api/conversations/${conversationId}` },
    { method: 'DELETE', url: `/api/conversations/${conversationId}` },
    { method: 'POST', url: `/api/conversations/${conversationId}/stop` },
    { method: 'GET', url: `/api/answers/${answerId}/events` },
    { method: 'POST', url: '/api/feedback', payload: { answerId, verdict: 'up' } },
    { method: 'POST', url: '/api/ask', payload: { question, conversationId } },
    { method: 'POST', url: '/api/ask', payload: { question, conversationId, replaces: answerId } },
  ] as const;

  it('is 404 in the same words, and stays as it was', async () => {
    const store = await openTemporaryStore();
    const { app } = await build({}, { store });
    await store.conversations.create({ conversationId: 'foreign-conversation-000', owner: 'wang', channel: 'web' }, { answerId: 'foreign-answer-000000000', question });
    const ids = [['foreign-conversation-000', 'foreign-answer-000000000'], [unknown, unknown], ['new', 'a.b'], ['x'.repeat(128), '\u0000'], ['甲', '%']] as const;
    for (const [index, { url }] of requests('', '').entries()) {
      const bodies = new Set<string>();
      for (const [conversationId, answerId] of ids) {
        const request = requests(encodeURIComponent(conversationId), encodeURIComponent(answerId))[index];
        if (request === undefined || (request.url === '/api/ask' && conversationId === 'new')) continue;
        const response = await app.inject({ ...request, headers: { 'x-request-id': 'r' } });
        expect([url, conversationId, response.statusCode]).toEqual([url, conversationId, 404]);
        bodies.add(response.body);
      }
      expect(bodies.size, url).toBe(1);
    }
    expect(await store.conversations.find('foreign-conversation-000', 'wang')).toMatchObject({ turns: [{ state: 'running' }] });
  });

  it('needs a login to be listed or deleted as a whole', async () => {
    const { app } = await build({}, { store: await openTemporaryStore() });
    for (const method of ['GET', 'DELETE'] as const) {
      const response = await app.inject({ method, url: '/api/conversations' });
      expect([response.statusCode, response.json()]).toMatchObject([401, { error: { code: 'login-required' } }]);
    }
  });
});

describe('stopping', () => {
  it.each([{ kind: 'that lasts', body: { conversationId: 'new' } }, { kind: 'with its only reader', body: { conversationId: undefined } }])('ends an answer $kind and its model within a second, and keeps what was shown', async ({ body }) => {
    const gate = gateAsk();
    const built = await build({ ask: gate.ask }, { store: await openTemporaryStore() });
    const { url } = await listen(built.app);
    gate.release(4);
    const reader = await openAsk(url, { question, ...body });
    const [start] = await reader.take(4);
    const { conversationId, answerId } = idsOf(start);
    const started = performance.now();
    expect(await (await post(`${url}/api/conversations/${conversationId}/stop`, {})).json()).toEqual({ stopped: true });
    expect(gate.signals[0]?.aborted).toBe(true);
    expect(performance.now() - started).toBeLessThan(1_000);
    expect(await reader.rest()).toEqual([{ event: 'answer-stopped', data: { answerId }, id: 5 }]);
    expect((await read(built, conversationId)).turns).toMatchObject([{ state: 'stopped', text: '建成二级以上标准幼儿园67所。[1]', citations: [{ n: 1 }] }]);
    expect(await (await post(`${url}/api/conversations/${conversationId}/stop`, {})).json()).toEqual({ stopped: false });
    gate.release();
    await ask(built, { conversationId });
    expect(built.assistant.asked[1]?.options.history).toHaveLength(2);
  });

  it('is told to a client that waits for the whole answer', async () => {
    const gate = gateAsk();
    gate.release(7);
    const built = await build({ ask: gate.ask }, { store: await openTemporaryStore() });
    const { conversationId } = await converse(built);
    const waiting = ask(built, { conversationId });
    await vi.waitFor(() => expect(gate.signals).toHaveLength(2));
    await built.app.inject({ method: 'POST', url: `/api/conversations/${conversationId}/stop` });
    expect(await waiting).toMatchObject({ status: 409, body: { error: { code: 'stopped' } } });
  });
});

describe('deleting', () => {
  it('takes all of it, and stops what is coming first', async () => {
    const gate = gateAsk();
    const store = await openTemporaryStore();
    const built = await build({ ask: gate.ask }, { store });
    const { url } = await listen(built.app);
    gate.release(4);
    const reader = await openAsk(url, { question });
    const [start] = await reader.take(4);
    const { conversationId, answerId } = idsOf(start);
    expect((await built.app.inject({ method: 'DELETE', url: `/api/conversations/${conversationId}` })).statusCode).toBe(204);
    expect(gate.signals[0]?.aborted).toBe(true);
    expect((await reader.rest()).at(-1)?.event).toBe('answer-stopped');
    for (const path of [`/api/conversations/${conversationId}`, `/api/answers/${answerId}/events`]) {
      expect([path, (await built.app.inject(path)).statusCode]).toEqual([path, 404]);
    }
    expect(await store.measure()).toMatchObject({ conversations: 0, turns: 0 });
  });
});

describe('feedback', () => {
  it('is kept, changed and taken back', async () => {
    const built = await build({}, { store: await openTemporaryStore() });
    const { conversationId, answerId } = await converse(built);
    for (const verdict of ['up', 'down', null]) {
      const response = await built.app.inject({ method: 'POST', url: '/api/feedback', payload: { answerId, verdict, reason: 'wrong', comment: '应为\u200b67所' } });
      expect([response.statusCode, response.json()]).toEqual([200, { answerId, verdict }]);
      expect((await read(built, conversationId)).turns[0]?.verdict ?? null).toBe(verdict);
    }
  });
});

describe('the log of conversations', () => {
  it('holds no question and no id', async () => {
    const built = await build({}, { store: await openTemporaryStore() });
    const { conversationId, answerId } = await converse(built);
    await read(built, conversationId);
    await built.app.inject(`/api/answers/${answerId}/events`);
    await built.app.inject({ method: 'POST', url: '/api/feedback', payload: { answerId, verdict: 'down', comment: question } });
    await built.app.inject({ method: 'DELETE', url: `/api/conversations/${conversationId}` });
    expect(built.records().map(({ route }) => route)).toEqual(['/api/ask', '/api/conversations/:id', '/api/answers/:id/events', '/api/feedback', '/api/conversations/:id']);
    for (const secret of [question, conversationId, answerId]) expect(built.lines.join('')).not.toContain(secret);
  });
});
