import { describe, expect, it } from 'vitest';
import { createLifecycle } from '../../src/service/lifecycle.ts';
import {
  errorResponseSchema,
  healthResponseSchema,
  noticeResponseSchema,
  noticesResponseSchema,
  readyResponseSchema,
} from '../../src/service/response-schemas.ts';
import { heating, kindergartens } from '../helpers/fake-assistant.ts';
import { build } from './build.ts';

describe('GET /api/notices', () => {
  it('lists the notices of the generation that answers', async () => {
    const { app } = await build();
    const { generation, notices } = noticesResponseSchema.parse((await app.inject('/api/notices')).json());
    expect(generation).toBe('f00d'.repeat(16));
    expect(notices).toEqual([
      {
        id: kindergartens.id,
        title: kindergartens.title,
        date: '2020-04-03',
        hash: kindergartens.hash,
        characters: kindergartens.text.length,
        passages: 2,
      },
      { id: heating.id, title: heating.title, date: '2021-11-01', hash: heating.hash, characters: heating.text.length, passages: 1 },
    ]);
  });
});

describe('GET /api/notices/:id', () => {
  it('gives metadata, outline, text and passages, whose offsets fit the text', async () => {
    const { app } = await build();
    const response = await app.inject(`/api/notices/${encodeURIComponent(heating.id)}`);
    const notice = noticeResponseSchema.parse(response.json());
    expect(notice.text).toBe(heating.text);
    expect(notice.outline.map(({ start, headingEnd }) => notice.text.slice(start, headingEnd))).toEqual(['一、保障供暖']);
    for (const { start, end, text } of notice.passages) expect(notice.text.slice(start, end)).toBe(text);
    expect(notice.outline).toMatchObject([
      { section: '1', markerText: '一、', heading: '保障供暖', children: [{ section: '1.1', children: [] }] },
    ]);
  });

  it('is found by a name in decomposed form, as macOS writes it', async () => {
    const notice = { ...heating, id: 'café-2021' };
    const { app } = await build({ corpus: { notices: [notice] } });
    expect((await app.inject(`/api/notices/${encodeURIComponent('cafe\u0301-2021')}`)).statusCode).toBe(200);
  });

  it('is sent once: who has it already gets 304', async () => {
    const { app } = await build();
    const url = `/api/notices/${kindergartens.id}`;
    const { etag } = (await app.inject(url)).headers;
    expect(etag).toContain(kindergartens.hash);
    for (const header of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const again = await app.inject({ url, headers: { 'if-none-match': String(header) } });
      expect([again.statusCode, again.body, again.headers['etag']]).toEqual([304, '', etag]);
    }
    expect((await app.inject({ url, headers: { 'if-none-match': '"other"' } })).statusCode).toBe(200);
  });
});

describe('health', () => {
  it('is ready with notices, and says what it answers from', async () => {
    const { app } = await build({ corpus: { problems: [{ file: 'x.txt', message: 'm' }] }, chatModelId: 'gpt-4o-mini @ api.openai.com' });
    expect(readyResponseSchema.parse((await app.inject('/readyz')).json())).toEqual({
      status: 'ready', generation: 'f00d'.repeat(16), notices: 2, passages: 3, problems: 1, mode: 'generative', store: 'none', bots: { slack: { phase: 'off' }, dingtalk: { phase: 'off' } },
    });
    expect(healthResponseSchema.parse((await app.inject('/healthz')).json())).toEqual({ status: 'ok' });
  });

  it('is alive but not ready while starting, and answers no question', async () => {
    const lifecycle = createLifecycle();
    const { app, assistant } = await build({}, { lifecycle });
    expect((await app.inject('/healthz')).statusCode).toBe(200);
    const ask = { method: 'POST', url: '/api/ask', payload: { question: '问' } } as const;
    for (const request of [{ url: '/readyz' }, { url: '/api/notices' }, ask]) {
      const response = await app.inject(request);
      expect([response.statusCode, response.headers['retry-after']]).toEqual([503, '1']);
      expect(errorResponseSchema.parse(response.json()).error.code).toBe('starting');
    }
    lifecycle.open(assistant);
    expect((await app.inject('/readyz')).statusCode).toBe(200);
  });

  it('is alive but not ready while closing, and asks to close the connection', async () => {
    const { app, lifecycle } = await build();
    lifecycle.close();
    expect((await app.inject('/healthz')).statusCode).toBe(200);
    for (const url of ['/readyz', '/api/notices', '/docs', '/nope']) {
      const response = await app.inject(url);
      expect([response.statusCode, response.headers['connection']]).toEqual([503, 'close']);
      expect(errorResponseSchema.parse(response.json()).error.code).toBe('shutting-down');
    }
  });

  it('is not ready without a notice', async () => {
    const { app } = await build({ corpus: { notices: [] } });
    const response = await app.inject('/readyz');
    expect([response.statusCode, errorResponseSchema.parse(response.json()).error.code]).toEqual([503, 'no-notices']);
  });
});

describe('GET /', () => {
  it('shows a browser the front page, and a program where things are', async () => {
    const { app } = await build();
    const page = await app.inject({ url: '/', headers: { accept: 'text/html,application/xhtml+xml' } });
    expect([page.statusCode, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page.body).toContain('<wence-chat mode="page">');
    expect((await app.inject('/')).json()).toMatchObject({ name: 'wence', docs: '/docs', openapi: '/openapi.json' });
  });
});
