import { connect } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { badAskBodies, badBodies, badSearchBodies } from './bad-bodies.ts';
import type { BadBody } from './bad-bodies.ts';
import { failWith } from '../helpers/fake-assistant.ts';
import { build, listen, sendRaw } from './build.ts';

type Case = { readonly url: string; readonly body: BadBody };

const cases: Case[] = [
  ...badBodies.flatMap((body) => [{ url: '/api/ask', body }, { url: '/api/search', body }]),
  ...badAskBodies.map((body) => ({ url: '/api/ask', body })),
  ...badSearchBodies.map((body) => ({ url: '/api/search', body })),
];

const REQUIRED_HEADERS = {
  'content-type': 'application/json; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none';frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

function expectErrorBody(body: string): { readonly code: string; readonly message: string; readonly requestId: string } {
  const parsed = JSON.parse(body) as { error: { code: string; message: string; requestId: string } };
  expect(Object.keys(parsed)).toEqual(['error']);
  expect(Object.keys(parsed.error)).toEqual(['code', 'message', 'requestId']);
  for (const value of Object.values(parsed.error)) expect(typeof value).toBe('string');
  expect(body).not.toMatch(/FST_|node_modules|\.ts\b|at \w+ \(|\/work\//);
  return parsed.error;
}

describe('a bad body', () => {
  it.each(cases)('to $url: $body.0', async ({ url, body: [, body, status, contentType = 'application/json'] }) => {
    const { app, assistant } = await build();
    const response = await app.inject({ method: 'POST', url, headers: { 'content-type': contentType }, payload: body });
    expect(response.statusCode).toBe(status);
    expect(response.headers).toMatchObject(REQUIRED_HEADERS);
    const error = expectErrorBody(response.body);
    expect(response.headers['x-request-id']).toBe(error.requestId);
    expect([...assistant.asked, ...assistant.searched]).toEqual([]);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('is told which fields are wrong, and how', async () => {
    const { app } = await build();
    const payload = {
      question: 1,
      history: [{ role: 'user', content: 'x' }, { role: 'system', content: 2 }],
      explain: 'yes',
      modle: 'x',
      'a\u001b[31m\n': 1,
    };
    const response = await app.inject({ method: 'POST', url: '/api/ask', payload });
    expect(expectErrorBody(response.body).message).toBe(
      'The request cannot be used: question must be a string; history[1].role must be "user" or "assistant"; ' +
        'history[1].content must be a string; explain must be true or false; the body has unknown fields: "modle", "a".',
    );
  });

  it.each([
    ['/api/ask', {}, 'question is missing'],
    ['/api/ask', { question: '  ' }, 'question is empty'],
    ['/api/ask', { question: '教'.repeat(2500) }, 'question has 2500 characters; at most 2000 are accepted'],
    ['/api/search', { question: '问', k: 99 }, 'k must be at most 50'],
    ['/api/search', { question: '问', noticeIds: ['../x'] }, 'noticeIds[0] must be a notice id'],
  ])('to %s with %j says %s', async (url, payload, words) => {
    const { app } = await build();
    expect(expectErrorBody((await app.inject({ method: 'POST', url, payload })).body).message).toContain(words);
  });

  it('names the notice that is not there', async () => {
    const { app } = await build();
    const response = await app.inject({
      method: 'POST',
      url: '/api/ask',
      payload: { question: '问', noticeIds: ['2020-kindergartens', '1999-无'] },
    });
    expect(expectErrorBody(response.body)).toMatchObject({
      code: 'not-found',
      message: 'There is no notice "1999-无". GET /api/notices lists those there are.',
    });
  });
});

describe('an address or method that is not there', () => {
  it.each([
    ['GET', '/nope', 404, 'not-found'],
    ['POST', '/nope', 404, 'not-found'],
    ['GET', '/api', 404, 'not-found'],
    ['GET', '/api/ask/', 404, 'not-found'],
    ['GET', '/API/notices', 404, 'not-found'],
    ['GET', '/api/ask', 405, 'method-not-allowed'],
    ['PUT', '/api/ask', 405, 'method-not-allowed'],
    ['OPTIONS', '/api/search', 405, 'method-not-allowed'],
    ['POST', '/healthz', 405, 'method-not-allowed'],
    ['DELETE', '/api/notices/2020-kindergartens', 405, 'method-not-allowed'],
    ['POST', '/docs', 405, 'method-not-allowed'],
    ['GET', '/api/notices/%zz', 400, 'bad-request'],
    ['GET', '/api/notices/%ff', 400, 'bad-request'],
    ['GET', '/api/notices/..%2f..%2fetc%2fpasswd', 400, 'bad-request'],
    ['GET', '/api/notices/a%5cb', 400, 'bad-request'],
    ['GET', '/api/notices/a%00', 400, 'bad-request'],
    ['GET', '/api/notices/a%0d%0ax:1', 400, 'bad-request'],
    ['GET', `/api/notices/${'a'.repeat(129)}`, 400, 'bad-request'],
    ['GET', `/api/notices/${'a'.repeat(5000)}`, 400, 'bad-request'],
    ['GET', '/api/notices/__proto__', 404, 'not-found'],
    ['GET', '/api/notices/constructor', 404, 'not-found'],
    ['GET', '/api/notices/CON', 404, 'not-found'],
    ['GET', '/api/notices/...', 404, 'not-found'],
    ['GET', `/api/notices/${encodeURIComponent('🚗')}`, 400, 'bad-request'],
    ['GET', '/docs/static/nothing.js', 404, 'not-found'],
    ['GET', '/docs/static/..%2f..%2fpackage.json', 404, 'not-found'],
  ] as const)('%s %s → %i %s', async (method, url, status, code) => {
    const { app } = await build();
    const response = await app.inject({ method, url });
    expect([response.statusCode, expectErrorBody(response.body).code]).toEqual([status, code]);
    expect(response.headers['x-content-type-options']).toBe('nosniff');
  });

  it('tells with 405 which methods there are', async () => {
    const { app } = await build();
    expect((await app.inject({ method: 'PATCH', url: '/api/ask' })).headers['allow']).toBe('POST');
    expect((await app.inject({ method: 'POST', url: '/api/notices' })).headers['allow']).toBe('GET, HEAD');
  });
});

describe('an error inside', () => {
  it('tells the client nothing but its id, and the log what it was, without the key', async () => {
    const failure = Object.assign(new Error('connect postgres://user:pw@db with my-secret-key'), {
      headers: { authorization: 'Bearer my-secret-key' },
    });
    const { app, lines, records } = await build(
      { ask: () => failWith(failure) },
      { env: { OPENAI_API_KEY: 'my-secret-key', CHAT_MODEL: 'x' } },
    );
    const response = await app.inject({ method: 'POST', url: '/api/ask', payload: { question: '问' } });
    const error = expectErrorBody(response.body);
    expect([response.statusCode, error.code]).toEqual([500, 'internal']);
    expect(error.message).not.toMatch(/postgres|secret/);
    expect(records()).toContainEqual(
      expect.objectContaining({
        level: 50,
        reqId: error.requestId,
        msg: 'request failed',
        err: expect.objectContaining({ type: 'Error' }),
      }),
    );
    expect(lines.join('')).not.toContain('my-secret-key');
    expect(lines.join('')).not.toContain('Bearer');
  });
});

describe('raw requests', () => {
  const head = `POST /api/ask HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n`;
  it.each([
    ['no HTTP at all', ['hello\r\n\r\n'], 400],
    ['TLS', [Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00])], 400],
    ['both Content-Length and chunked', [`${head}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`], 400],
    ['two lengths', [`${head}Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd`], 400],
    ['a negative length', [`${head}Content-Length: -1\r\n\r\n`], 400],
    ['a bad chunk size', [`${head}Transfer-Encoding: chunked\r\n\r\nzz\r\n`], 400],
    ['an unknown transfer coding', [`${head}Transfer-Encoding: xchunked\r\n\r\n`], 400],
    ['bare line feeds', [`POST /api/ask HTTP/1.1\nHost: x\nContent-Length: 16\n\n{"question":"q"}`], 400],
    ['a NUL in a header', [`GET / HTTP/1.1\r\nHost: x\r\nX: a\u0000b\r\n\r\n`], 400],
    ['a header folded over two lines', [`GET / HTTP/1.1\r\nHost: x\r\nX: a\r\n b\r\nConnection: close\r\n\r\n`], 400],
    ['headers of 20 KB', [`GET / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`], 431],
    ['no Host', ['GET / HTTP/1.1\r\nConnection: close\r\n\r\n'], 400],
    ['an unknown method', ['BREW / HTTP/1.1\r\nHost: x\r\n\r\n'], 400],
  ] as const)('%s', async (_name, parts, status) => {
    const { app } = await build();
    const { port } = await listen(app);
    const { text } = await sendRaw(port, parts);
    expect(text.slice(0, 12)).toBe(`HTTP/1.1 ${status}`);
    expectErrorBody(text.slice(text.indexOf('\r\n\r\n') + 4));
    expect(text.toLowerCase()).toContain('x-content-type-options: nosniff');
    expect((await app.inject('/healthz')).statusCode).toBe(200);
  });

  it('with an endless chunked body are answered with 413 within 100 ms and cut off', async () => {
    const { app } = await build();
    const { port } = await listen(app);
    const chunk = `4000\r\n${'a'.repeat(0x4000)}\r\n`;
    const { text, ms } = await sendRaw(port, [`${head}Transfer-Encoding: chunked\r\n\r\n`, chunk.repeat(6)], 4_000);
    expect(text).toMatch(/^HTTP\/1\.1 413 [\s\S]*connection: close[\s\S]*"code":"too-large"/i);
    expect(ms).toBeLessThan(3_500);
  });

  it('that go on without end are cut off as soon as enough was thrown away', async () => {
    const { app } = await build();
    const { port } = await listen(app);
    const chunk = `10000\r\n${'a'.repeat(0x10000)}\r\n`;
    const { text, ms } = await sendRaw(port, [`${head}Transfer-Encoding: chunked\r\n\r\n`, chunk.repeat(256)], 4_000);
    expect(text).toMatch(/^HTTP\/1\.1 413 /);
    expect(ms).toBeLessThan(1_700);
  });

  it.each([
    ['/api/ask', /^HTTP\/1\.1 413 [\s\S]*"code":"too-large"/],
    ['/healthz', /^HTTP\/1\.1 405 [\s\S]*"code":"method-not-allowed"/],
  ])('of 3 MB to %s get their answer, though the client reads only after it has sent all', async (url, answer) => {
    const { app } = await build();
    const { port } = await listen(app);
    const body = Buffer.alloc(3 * 1024 * 1024, 'a');
    const request = `POST ${url} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`;
    const socket = connect(port, '127.0.0.1').pause();
    onTestFinished(() => void socket.destroy());
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject);
      socket.write(request);
      socket.write(body, () => resolve());
    });
    let text = '';
    for await (const chunk of socket) text += String(chunk);
    expect(text).toMatch(answer);
  });

  it('that never finish are answered with 408 and closed', async () => {
    const { app } = await build({}, { requestTimeoutMs: 300 });
    const { port } = await listen(app);
    const halves = [['POST /api/ask HTTP/1.1\r\nHost: x\r\nConte'], [`${head}Content-Length: 1000\r\n\r\n{"que`]];
    const answers = await Promise.all(halves.map((parts) => sendRaw(port, parts, 4_000)));
    for (const { text } of answers) expect(text).toMatch(/^HTTP\/1\.1 408 [\s\S]*"code":"timeout"/);
  });

  it('that pipeline two requests are both answered', async () => {
    const { app } = await build();
    const { port } = await listen(app);
    const { text } = await sendRaw(
      port,
      ['GET /healthz HTTP/1.1\r\nHost: x\r\n\r\nGET /readyz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'],
    );
    expect(text.match(/HTTP\/1\.1 200/g)).toHaveLength(2);
  });
});
