import { setTimeout as delay } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AssistantError } from '../../src/errors.ts';
import { answerSchema, errorResponseSchema, searchResponseSchema } from '../../src/service/response-schemas.ts';
import { createAnswerEvents, failWith, heating, kindergartens } from '../helpers/fake-assistant.ts';
import { build, parseEvents } from './build.ts';

const question = '普惠性幼儿园覆盖面要达到多少?';
const events = { accept: 'text/event-stream' };

describe('POST /api/ask', () => {
  it('answers with the whole answer, every citation being the characters of its place', async () => {
    const { app } = await build();
    const response = await app.inject({ method: 'POST', url: '/api/ask', payload: { question } });
    expect(response.statusCode).toBe(200);
    expect(response.headers).toMatchObject({ 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
    const answer = answerSchema.parse(response.json());
    expect(answer.answer).toBe('建成二级以上标准幼儿园67所。[1]普惠性幼儿园覆盖面达到90%。[2]');
    for (const { start, end, citedText } of answer.citations) expect(kindergartens.text.slice(start, end)).toBe(citedText);
    expect(answer).not.toHaveProperty('explain');
  });

  it('hands on history, notices, explain and a signal, and nothing that was not sent', async () => {
    const { app, assistant } = await build();
    const history = [{ role: 'user', content: '你好' }, { role: 'assistant', content: '您好' }];
    await app.inject({ method: 'POST', url: '/api/ask', payload: { question, history, noticeIds: [heating.id], explain: true } });
    await app.inject({ method: 'POST', url: '/api/ask', payload: { question } });
    expect(assistant.asked[0]).toEqual({
      question,
      options: { history, noticeIds: [heating.id], explain: true, answerId: expect.any(String), signal: expect.any(AbortSignal) },
    });
    expect(assistant.asked[1]).toEqual({ question, options: { answerId: expect.any(String), signal: expect.any(AbortSignal) } });
  });

  it.each([
    ['2000 characters', '教'.repeat(2000)],
    ['more than that in quotation marks', `${'教'.repeat(2000)}${'“'.repeat(100)}`],
    ['2000 characters of two units each', '😀'.repeat(2000)],
    ['template marks', '{x} {{x}} ${x} %s'],
    ['prototype names', '__proto__ constructor'],
    ['markup', '<script>alert(1)</script>'],
  ])('takes a question of %s', async (_name, text) => {
    const { app, assistant } = await build();
    expect((await app.inject({ method: 'POST', url: '/api/ask', payload: { question: text } })).statusCode).toBe(200);
    expect(assistant.asked[0]?.question).toBe(text);
  });

  it('hands on question and history without what nobody sees', async () => {
    const { app, assistant } = await build();
    const content = '\u001b[31m你\u200b好\u{e0041}\ud800';
    await app.inject({
      method: 'POST',
      url: '/api/ask',
      payload: { question: `\u202e${'\u200b'.repeat(3000)}覆盖\u0000面?`, history: [{ role: 'user', content }] },
    });
    expect(assistant.asked[0]).toMatchObject({ question: '覆盖面?', options: { history: [{ role: 'user', content: '你好\ufffd' }] } });
  });

  it('answers any text at all with 200 or 400, and repeats nothing that nobody sees', async () => {
    const { app } = await build();
    const character = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 3 }),
      fc.constantFrom('\u0000', '\u202e', '\u{e0041}', '\u200d', '\ud800', '\udfff', '\u009b', '覆盖面', '？', '\ufdfa'),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(character, { maxLength: 40 }), async (parts) => {
        const response = await app.inject({ method: 'POST', url: '/api/ask', payload: { question: parts.join('') } });
        expect([200, 400]).toContain(response.statusCode);
        // oxlint-disable-next-line no-control-regex
        expect(response.body).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e]|\\u[0-9a-f]{4}|\p{Surrogate}/u);
      }),
      { numRuns: 1000 },
    );
  });

  const contentTypes = ['application/json', 'application/json; charset=utf-8', 'application/json;charset="UTF-8"', 'Application/JSON'];
  it.each(contentTypes)('takes a body of %s', async (contentType) => {
    const { app } = await build();
    const response = await app.inject({
      method: 'POST',
      url: '/api/ask',
      headers: { 'content-type': contentType },
      payload: `\ufeff${JSON.stringify({ question })}`,
    });
    expect(response.statusCode).toBe(200);
  });

  it('adds the explanation where it is wanted', async () => {
    const { app } = await build();
    const response = await app.inject({ method: 'POST', url: '/api/ask', payload: { question, explain: true } });
    expect(answerSchema.parse(response.json()).explain?.coverage).toBe(0.6);
  });

  it('gives a refusal and a degraded answer as answers', async () => {
    const nearest = createAnswerEvents(question, kindergartens.passages).flatMap(
      (event) => (event.type === 'citation-added' ? [event.citation] : []),
    );
    const refusal = { kind: 'scope' as const, missing: ['2021年'], nearest };
    const { app } = await build({
      async *ask() {
        yield* createAnswerEvents(question, [], { status: 'refused', refusal, degraded: { reason: 'model-timeout' }, mode: 'generative' });
      },
    });
    const response = await app.inject({ method: 'POST', url: '/api/ask', payload: { question } });
    expect(response.statusCode).toBe(200);
    expect(answerSchema.parse(response.json())).toMatchObject({
      status: 'refused',
      refusal: { missing: ['2021年'] },
      degraded: { reason: 'model-timeout' },
    });
  });

  it.each([
    [
      new AssistantError('bad-request', 'The history is too long. Send less of it.'),
      400,
      'bad-request',
      'The history is too long. Send less of it.',
    ],
    [new AssistantError('not-found', 'There is no notice "x".'), 404, 'not-found', 'There is no notice "x".'],
    [
      new AssistantError('unavailable', '/var/lib/wence is gone'),
      503,
      'unavailable',
      'The service cannot answer at the moment. Try again later.',
    ],
    [
      new AssistantError('model-failed', 'upstream said sk-1234567890'),
      503,
      'model-failed',
      'The language model cannot be reached at the moment. Try again later.',
    ],
    [
      new AssistantError('bad-snapshot', '/data/x is damaged'),
      500,
      'internal',
      'Something went wrong on our side. The log has more under this request id.',
    ],
    [new TypeError('x is not a function'), 500, 'internal', 'Something went wrong on our side. The log has more under this request id.'],
    ['a thrown string', 500, 'internal', 'Something went wrong on our side. The log has more under this request id.'],
  ])('turns %s into %i %s, as JSON and in a stream', async (failure, status, code, message) => {
    const { app } = await build({ ask: () => failWith(failure) });
    const whole = await app.inject({ method: 'POST', url: '/api/ask', payload: { question } });
    expect(whole.statusCode).toBe(status);
    expect(errorResponseSchema.parse(whole.json()).error).toMatchObject({ code, message });
    const stream = parseEvents((await app.inject({ method: 'POST', url: '/api/ask', payload: { question }, headers: events })).body);
    expect(stream).toEqual([{ event: 'error', data: { code, message, requestId: expect.any(String) } }]);
  });

  it('fails where the assistant ends without an answer, rather than say nothing', async () => {
    const { app } = await build({ async *ask() { yield* createAnswerEvents(question, kindergartens.passages).slice(0, 3); } });
    expect((await app.inject({ method: 'POST', url: '/api/ask', payload: { question } })).statusCode).toBe(500);
    const stream = parseEvents((await app.inject({ method: 'POST', url: '/api/ask', payload: { question }, headers: events })).body);
    expect(stream.at(-1)).toMatchObject({ event: 'error', data: { code: 'internal' } });
  });
});

describe('POST /api/ask with Accept: text/event-stream', () => {
  it('answers with the events of the answer, the last being the whole answer', async () => {
    const { app } = await build();
    const response = await app.inject({ method: 'POST', url: '/api/ask', payload: { question }, headers: events });
    expect(response.statusCode).toBe(200);
    expect(response.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none';frame-ancestors 'none'",
    });
    const received = parseEvents(response.body);
    expect(received.map(({ event }) => event)).toEqual([
      'answer-start', 'evidence-found', 'citation-added', 'text-delta', 'citation-added', 'text-delta', 'answer-end',
    ]);
    const answer = answerSchema.parse(received.at(-1)?.data);
    const deltas = received.filter(({ event }) => event === 'text-delta').map(({ data }) => data['text']);
    expect(deltas.join('')).toBe(answer.answer);
    expect(received.filter(({ event }) => event === 'citation-added').map(({ data }) => data)).toEqual(answer.citations);
  });

  it.each([
    ['text/event-stream', true], ['application/json, text/event-stream', true], ['TEXT/EVENT-STREAM;q=1', true],
    ['application/json', false], ['*/*', false], ['text/event-streams', false], ['x-text/event-stream', false],
  ])('Accept: %s streams: %s', async (accept, streams) => {
    const { app } = await build();
    const response = await app.inject({ method: 'POST', url: '/api/ask', payload: { question }, headers: { accept } });
    expect(String(response.headers['content-type']).startsWith('text/event-stream')).toBe(streams);
  });

  it('answers a bad request with its status, not with a stream', async () => {
    const { app } = await build();
    const response = await app.inject({ method: 'POST', url: '/api/ask', payload: { question: '' }, headers: events });
    expect([response.statusCode, response.headers['content-type']]).toEqual([400, 'application/json; charset=utf-8']);
  });

  it('sends heartbeats with data while nothing comes', async () => {
    const { app } = await build(
      {
        async *ask() {
          await delay(120);
          yield* createAnswerEvents(question, kindergartens.passages);
        },
      },
      { eventStreamLimits: { heartbeatMs: 30, writeIdleMs: 1000 } },
    );
    const response = await app.inject({ method: 'POST', url: '/api/ask', payload: { question }, headers: events });
    const received = parseEvents(response.body);
    expect(received.slice(0, 2)).toEqual([{ event: 'heartbeat', data: {} }, { event: 'heartbeat', data: {} }]);
    expect(received.at(-1)?.event).toBe('answer-end');
  });
});

describe('POST /api/search', () => {
  it('gives the passages, best first, with their offsets', async () => {
    const { app, assistant } = await build();
    const response = await app.inject({ method: 'POST', url: '/api/search', payload: { question, k: 2, noticeIds: [kindergartens.id] } });
    const { hits } = searchResponseSchema.parse(response.json());
    expect(hits.map(({ passageId }) => passageId)).toEqual(['2020-kindergartens/1.1', '2020-kindergartens/1.2']);
    for (const { start, end, text } of hits) expect(kindergartens.text.slice(start, end)).toBe(text);
    expect(assistant.searched).toEqual([{ question, options: { k: 2, noticeIds: [kindergartens.id], signal: expect.any(AbortSignal) } }]);
  });

  it('gives ten where no number is asked for', async () => {
    const { app, assistant } = await build();
    await app.inject({ method: 'POST', url: '/api/search', payload: { question } });
    expect(assistant.searched[0]?.options).toMatchObject({ k: 10 });
  });
});
