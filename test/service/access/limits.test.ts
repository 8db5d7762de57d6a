import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createMetrics } from '../../../src/service/access/metrics.ts';
import { RateStore } from '../../../src/service/access/rate-store.ts';
import { createAnswerEvents, kindergartens } from '../../helpers/fake-assistant.ts';
import { build, listen, post } from '../build.ts';

const TOKEN = 'machine-token-0123456789abcdef';
const question = { question: '要建多少所?' };
const ask = (headers: Record<string, string> = {}, remoteAddress = '10.0.0.1') => ({ method: 'POST', url: '/api/ask', payload: question, headers, remoteAddress }) as const;

describe('how much a client may ask', () => {
  it('is so many requests a minute, and then a while of none', async () => {
    const { app } = await build({}, { env: { RATE_LIMIT_PER_MINUTE: '3' } });
    const responses = [];
    for (let index = 0; index < 5; index += 1) responses.push(await app.inject(ask()));
    expect(responses.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 429, 429]);
    const last = responses.at(-1);
    expect(last?.json()).toMatchObject({ error: { code: 'rate-limited', requestId: expect.any(String) } });
    expect(String(last?.headers['retry-after'])).toMatch(/^[1-9]\d?$/u);
    expect((await app.inject(ask({}, '10.0.0.2'))).statusCode).toBe(200);
    for (const url of ['/healthz', '/api/notices', '/', '/widget/v1/page.css']) expect((await app.inject({ url, remoteAddress: '10.0.0.1' })).statusCode).toBe(200);
  });

  it('is ten times as much with a token of a machine', async () => {
    const { app } = await build({}, { env: { RATE_LIMIT_PER_MINUTE: '1', API_TOKENS: TOKEN } });
    const codes = [];
    for (let index = 0; index < 11; index += 1) codes.push((await app.inject(ask({ authorization: `Bearer ${TOKEN}` }))).statusCode);
    expect(codes).toEqual([...Array.from({ length: 10 }, () => 200), 429]);
  });

  it('has no limit where it is set to 0', async () => {
    const { app } = await build({}, { env: { RATE_LIMIT_PER_MINUTE: '0' } });
    for (let index = 0; index < 200; index += 1) expect((await app.inject(ask())).statusCode).toBe(200);
  });

  it('is not told by a forged address, but by that of a trusted proxy', async () => {
    const forge = (index: number) => ({ 'x-forwarded-for': `203.0.113.${index}` });
    const plain = await build({}, { env: { RATE_LIMIT_PER_MINUTE: '1' } });
    expect([(await plain.app.inject(ask(forge(1)))).statusCode, (await plain.app.inject(ask(forge(2)))).statusCode]).toEqual([200, 429]);
    const proxied = await build({}, { env: { RATE_LIMIT_PER_MINUTE: '1', TRUSTED_PROXIES: '10.0.0.0/24' } });
    expect([(await proxied.app.inject(ask(forge(1)))).statusCode, (await proxied.app.inject(ask(forge(2)))).statusCode]).toEqual([200, 200]);
    expect((await proxied.app.inject(ask(forge(1), '192.168.1.1'))).statusCode).toBe(200);
    expect((await proxied.app.inject(ask(forge(3), '192.168.1.1'))).statusCode).toBe(429);
  });
});

describe('the memory of the limits', () => {
  function createStore() {
    const clock = { now: 0 };
    const store = new RateStore({}, () => clock.now);
    const count = (key: string) => {
      let told = { current: 0, ttl: 0 };
      store.incr(key, (_error, result) => (told = result ?? told), 60_000);
      return told;
    };
    return { clock, count };
  }

  it('counts within a minute, then anew', () => {
    const { clock, count } = createStore();
    expect([count('a'), count('b')]).toEqual([{ current: 1, ttl: 60_000 }, { current: 1, ttl: 60_000 }]);
    clock.now = 59_999;
    expect(count('a')).toEqual({ current: 2, ttl: 1 });
    clock.now = 60_000;
    expect(count('a')).toEqual({ current: 1, ttl: 60_000 });
  });

  it('forgets who was not seen for longest, and no one else', () => {
    const { count } = createStore();
    count('first');
    for (let index = 1; index < 20_000; index += 1) count(`client-${index}`);
    expect(count('first').current).toBe(2);
    count('one more');
    expect([count('first').current, count('client-1').current]).toEqual([3, 1]);
  });

  it.each([-3_600_000, 3_600_000])("does not look at the machine's clock, which may be set by %d ms", async (jump) => {
    const { app } = await build({}, { env: { RATE_LIMIT_PER_MINUTE: '1' } });
    await app.inject(ask());
    const { now } = Date;
    vi.spyOn(Date, 'now').mockImplementation(() => now() + jump);
    onTestFinished(() => void vi.restoreAllMocks());
    const { statusCode, headers } = await app.inject(ask());
    expect(statusCode).toBe(429);
    expect(Number(headers['retry-after'])).toBeLessThanOrEqual(60);
  });
});

describe('how many answers are under way', () => {
  it('is limited: the rest are sent away at once, and all places are free again afterwards', async () => {
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    const { app } = await build({ async *ask(asked) {
      await released;
      yield* createAnswerEvents(asked, kindergartens.passages);
    } }, { env: { MAX_ANSWERS_AT_ONCE: '50' } });
    const { url } = await listen(app);
    const responses = Array.from({ length: 300 }, () => post(`${url}/api/ask`, question));
    const refused = await Promise.all(Array.from({ length: 20 }, () => post(`${url}/api/ask`, question)));
    for (const response of refused) {
      expect([response.status, ((await response.json()) as { error: { code: string } }).error.code, response.headers.get('retry-after')]).toEqual([503, 'overloaded', '2']);
    }
    release();
    const codes = (await Promise.all(responses)).map(({ status }) => status);
    expect([codes.filter((code) => code === 200).length, codes.filter((code) => code === 503).length]).toEqual([50, 250]);
    expect((await post(`${url}/api/ask`, question)).status).toBe(200);
    expect((await (await fetch(`${url}/metrics`)).text())).toMatch(/wence_answers_in_flight 0\n[\s\S]*wence_rejected_total\{reason="admission"\} 270/u);
  });

  it('gives the place back when an answer fails or its asker leaves', async () => {
    const { app } = await build({ async *ask(asked, { signal }) {
      if (asked === '坏') throw new Error('x');
      await new Promise((resolve) => signal?.addEventListener('abort', resolve));
      signal?.throwIfAborted();
      yield* [];
    } }, { env: { MAX_ANSWERS_AT_ONCE: '1' } });
    const { url } = await listen(app);
    expect((await post(`${url}/api/ask`, { question: '坏' })).status).toBe(500);
    const leaver = new AbortController();
    const left = post(`${url}/api/ask`, question, {}, leaver.signal).catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect((await post(`${url}/api/ask`, { question: '坏' })).status).toBe(503);
    leaver.abort();
    await left;
    await expect.poll(async () => (await post(`${url}/api/ask`, { question: '坏' })).status, { timeout: 2000 }).toBe(500);
  });
});

describe('the metrics', () => {
  it('count questions, refusals and what was sent away, without a word of anybody', async () => {
    const refusal = { kind: 'scope', missing: ['秘密词'], nearest: [] } as const;
    const { app } = await build({ async *ask(asked) {
      yield* createAnswerEvents(asked, kindergartens.passages, asked === '问' ? { status: 'refused', refusal, dropped: 2 } : { degraded: { reason: 'model-error' } });
    } }, { env: { WIDGET_ALLOWED_ORIGINS: 'https://oa.example.gov.cn' } });
    await app.inject({ ...ask(), payload: { question: '问' } });
    await app.inject(ask());
    await app.inject(ask({ origin: 'https://evil.test' }));
    const { body, headers } = await app.inject({ url: '/metrics' });
    expect(headers['content-type']).toContain('text/plain');
    for (const line of [
      'wence_asks_total{channel="api",status="refused"} 1', 'wence_asks_total{channel="api",status="answered"} 1', 'wence_refusals_total{kind="scope"} 1',
      'wence_degraded_total{reason="model-error"} 1', 'wence_verifier_drops_total 2', 'wence_rejected_total{reason="origin"} 1', 'wence_answer_seconds_count 2',
    ]) expect(body).toContain(`${line}\n`);
    expect(body).not.toMatch(/秘密词|要建多少所/u);
  });

  it('lose nothing that happened before anybody looked', async () => {
    const metrics = createMetrics({ inFlight: () => 0, storeState: () => 'ok' });
    for (let index = 0; index < 12_000; index += 1) metrics.refused('rate');
    expect((await metrics.render()).text).toContain('wence_rejected_total{reason="rate"} 12000\n');
  });

  it.each([[{ 'x-forwarded-for': '10.9.9.9' }, '127.0.0.1'], [{}, '10.0.0.9']])('are for this machine alone without API tokens (%o, %s)', async (headers, remoteAddress) => {
    const { app } = await build();
    expect((await app.inject({ url: '/metrics', headers, remoteAddress })).statusCode).toBe(403);
  });
});

describe('a path behind a proxy', () => {
  it.each(['/wence/healthz', '/healthz', '/wence/api/notices?x=1', '/wence'])('is understood with the prefix and without: %s', async (url) => {
    const { app } = await build({}, { env: { BASE_PATH: '/wence' } });
    expect((await app.inject(url)).statusCode).toBe(200);
  });

  it.each(['/wencex/healthz', '/wen/healthz', '/wence/wence/healthz'])('is no other: %s', async (url) => {
    const { app } = await build({}, { env: { BASE_PATH: '/wence' } });
    expect((await app.inject(url)).statusCode).toBe(404);
  });

  it('stands in every address of a page', async () => {
    const { app } = await build({}, { env: { BASE_PATH: '/wence' } });
    const { body } = await app.inject({ url: '/wence/', headers: { accept: 'text/html' } });
    const addresses = [...body.matchAll(/(?:src|href)="([^"]+)"/gu)].map(([, address]) => address);
    expect(addresses.length).toBeGreaterThan(2);
    for (const address of addresses) expect(address).toMatch(/^\/wence\//u);
  });
});
