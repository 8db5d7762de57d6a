import { describe, expect, it } from 'vitest';
import { createLifecycle } from '../../../src/service/lifecycle.ts';
import { createFakeAssistant } from '../../helpers/fake-assistant.ts';
import { build, listen, post } from '../build.ts';

const OA = 'https://oa.example.gov.cn';
const env = { WIDGET_ALLOWED_ORIGINS: `${OA}, http://10.1.2.3:8080` };
const ask = (origin: string | undefined, headers: Record<string, string> = {}) =>
  ({ method: 'POST', url: '/api/ask', payload: { question: '要建多少所?' }, headers: { ...(origin !== undefined && { origin }), ...headers } }) as const;

describe('a page of another origin', () => {
  it.each([OA, 'http://10.1.2.3:8080'])('may use the service where the setting names it: %s', async (origin) => {
    const { app } = await build({}, { env });
    const response = await app.inject(ask(origin));
    expect([response.statusCode, response.headers['access-control-allow-origin']]).toEqual([200, origin]);
    expect(response.headers['vary']).toContain('Origin');
    expect(response.headers['access-control-expose-headers']).toContain('retry-after');
    expect(response.headers['access-control-allow-credentials']).toBeUndefined();
  });

  it.each([
    'https://oa.example.gov.cn.evil.test', 'http://oa.example.gov.cn', 'https://oa.example.gov.cn:8443', 'https://evil.test', 'null', 'https://OA.example.gov.cn',
    'https://oa.example.gov.cn/', 'file://', 'javascript:alert(1)', 'https://oa.example.gov.cn@evil.test', '*',
  ])('is refused where it only looks alike, in words that it may read: %s', async (origin) => {
    const { app, assistant } = await build({}, { env });
    const response = await app.inject(ask(origin));
    expect(response.statusCode).toBe(403);
    expect(response.json()).toMatchObject({ error: { code: 'origin-refused', message: expect.stringContaining('WIDGET_ALLOWED_ORIGINS') } });
    expect(response.headers['access-control-allow-origin']).toBe(origin);
    expect(assistant.asked).toEqual([]);
  });

  it.each(['/api/notices', '/api/widget', '/api/targets', '/readyz', '/api/nothing'])('reads nothing else either: %s', async (url) => {
    const { app } = await build({}, { env });
    expect((await app.inject({ url, headers: { origin: 'https://evil.test' } })).statusCode).toBe(403);
  });

  it('gets its preflight answered, so that the refusal itself can be read', async () => {
    const { app } = await build({}, { env });
    for (const origin of [OA, 'https://evil.test']) {
      const response = await app.inject({ method: 'OPTIONS', url: '/api/ask', headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' } });
      expect([response.statusCode, response.headers['access-control-allow-origin'], response.headers['access-control-allow-methods']]).toEqual([204, origin, 'GET, POST, DELETE']);
      expect(response.headers['access-control-allow-headers']).toContain('last-event-id');
    }
  });

  it('that is let in can read that the service is closing', async () => {
    const lifecycle = createLifecycle(createFakeAssistant({}));
    const { app } = await build({}, { lifecycle, env });
    lifecycle.close();
    const response = await app.inject(ask(OA));
    expect([response.statusCode, response.headers['access-control-allow-origin'], response.headers['retry-after']]).toEqual([503, OA, '5']);
  });

  it('that is let in reads a stream, with every header of the others', async () => {
    const { app } = await build({}, { env });
    const { url } = await listen(app);
    const response = await post(`${url}/api/ask`, { question: '要建多少所?' }, { origin: OA, accept: 'text/event-stream' });
    expect(await response.text()).toContain('event: answer-end');
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8', 'access-control-allow-origin': OA, vary: expect.stringContaining('Origin'), 'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer', 'content-security-policy': expect.stringContaining("default-src 'none'"),
    });
  });

  it('may load the script of the widget in any case', async () => {
    const { app } = await build({}, { env });
    const response = await app.inject({ url: '/widget/v1/page.css', headers: { origin: 'https://evil.test' } });
    expect([response.statusCode, response.headers['access-control-allow-origin'], response.headers['cross-origin-resource-policy']]).toEqual([200, '*', 'cross-origin']);
  });

  it('cannot slip by as plain text, which needs no preflight', async () => {
    const { app } = await build({}, { env });
    expect((await app.inject({ ...ask(OA, { 'content-type': 'text/plain' }), payload: '{"question":"问"}' })).statusCode).toBe(415);
  });
});

describe("the service's own pages", () => {
  it.each([['http://qa.local:3000', 'qa.local:3000'], ['https://qa.local', 'qa.local'], ['http://127.0.0.1:3000', '127.0.0.1:3000']])('may use it: %s', async (origin, host) => {
    const { app } = await build({}, { env });
    expect((await app.inject(ask(origin, { host }))).statusCode).toBe(200);
  });

  it('may use it behind a proxy that names another host, where the public address is set', async () => {
    const { app } = await build({}, { env: { PUBLIC_BASE_URL: 'https://qa.example.gov.cn/wence' } });
    expect((await app.inject(ask('https://qa.example.gov.cn', { host: '127.0.0.1:3000' }))).statusCode).toBe(200);
    expect((await app.inject(ask('http://qa.example.gov.cn', { host: '127.0.0.1:3000' }))).statusCode).toBe(403);
  });

  it.each<[string, Record<string, string>]>([
    ['whose public address has TLS', { PUBLIC_BASE_URL: 'https://qa.example.gov.cn' }], ['whose proxy says TLS', { TRUSTED_PROXIES: '127.0.0.1' }],
  ])('are not their twins without TLS: a service %s', async (_name, settings) => {
    const { app } = await build({}, { env: settings });
    const headers = { host: 'qa.example.gov.cn', 'x-forwarded-proto': 'https' };
    expect((await app.inject(ask('https://qa.example.gov.cn', headers))).statusCode).toBe(200);
    expect((await app.inject(ask('http://qa.example.gov.cn', headers))).statusCode).toBe(403);
  });

  it('and programs, which name no origin, are let in', async () => {
    const { app } = await build();
    const response = await app.inject(ask(undefined));
    expect([response.statusCode, response.headers['access-control-allow-origin']]).toEqual([200, undefined]);
  });
});

describe('the headers of every response', () => {
  const accept = { accept: 'text/html' };
  it.each([
    ['/', accept], ['/notices/2020-kindergartens', accept], ['/notices/none', accept], ['/api/notices', {}], ['/nothing', {}], ['/api/notices/2020-kindergartens', { 'if-none-match': '*' }],
    ['/widget/v1/page.css', {}], ['/favicon.svg', {}], ['/api/conversations', {}], ['/api/widget', { origin: 'https://evil.test' }], ['/metrics', {}],
  ])('keep browsers from guessing, framing and telling: %s', async (url, headers) => {
    const { app } = await build({}, { env });
    const response = await app.inject({ url, headers });
    expect(response.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'content-security-policy': expect.stringContaining("default-src 'none'") });
    expect(Object.keys(response.headers)).not.toContain('x-powered-by');
    expect(response.headers['server']).toBeUndefined();
  });

  it('let pages be framed by those who may use the widget, and by nobody else', async () => {
    const framed = async (settings: Record<string, string>) => {
      const { app } = await build({}, { env: settings });
      const { headers } = await app.inject({ url: '/', headers: accept });
      return [/frame-ancestors ([^;]*)/u.exec(String(headers['content-security-policy']))?.[1], headers['x-frame-options']];
    };
    expect(await framed({})).toEqual(["'none'", 'DENY']);
    expect(await framed(env)).toEqual([`'self' ${OA} http://10.1.2.3:8080`, undefined]);
  });
});
