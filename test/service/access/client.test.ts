import { SignJWT } from 'jose';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { packageRoot } from '../../../src/package-root.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { toAddressKey } from '../../../src/service/access/client.ts';
import { build } from '../build.ts';
import type { BuildOptions, Built } from '../build.ts';

const SECRET = 'a-secret-of-the-embedding-page-0123456789';
const TOKEN = 'machine-token-0123456789abcdef';
const env = { EMBED_TOKEN_SECRET: SECRET, API_TOKENS: `${TOKEN},another-token-0123456789abcdef` };

interface Claims {
  readonly sub?: string;
  readonly aud?: string;
  readonly life?: string | number;
  readonly secret?: string;
  readonly alg?: string;
}

async function sign({ sub = 'zhang', aud = 'wence', life = '5m', secret = SECRET, alg = 'HS256' }: Claims = {}): Promise<string> {
  const token = new SignJWT({}).setProtectedHeader({ alg }).setAudience(aud).setSubject(sub).setExpirationTime(life);
  return token.sign(new TextEncoder().encode(secret));
}

const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });
const ask = (headers: Record<string, string> = {}) => ({ method: 'POST', url: '/api/ask', payload: { question: '要建多少所?' }, headers }) as const;

async function open(options: BuildOptions = {}): Promise<Built> {
  const dataDir = mkdtempSync(join(tmpdir(), 'wence-access-'));
  const store = await openStore({ dataDir, retentionDays: 1 });
  const built = await build({}, { env, store, ...options });
  onTestFinished(async () => {
    await store.close();
    rmSync(dataDir, { recursive: true });
  });
  return built;
}

describe('who asks', () => {
  it('is told by an embed token, by an API token, or not let in', async () => {
    const { app } = await open();
    expect((await app.inject(ask(bearer(await sign())))).statusCode).toBe(200);
    expect((await app.inject(ask(bearer(TOKEN)))).statusCode).toBe(200);
    const refused = await app.inject(ask());
    expect([refused.statusCode, refused.json().error.code, refused.headers['www-authenticate']]).toEqual([401, 'login-required', 'Bearer']);
  });

  it('needs no token where no login is set, and a header of a proxy means nothing', async () => {
    const { app } = await build();
    expect((await app.inject(ask({ authorization: 'Basic dXNlcjpwYXNz' }))).statusCode).toBe(200);
    expect((await app.inject(ask(bearer('whatever')))).statusCode).toBe(200);
  });

  it.each<[string, () => Promise<string> | string, string]>([
    ['of another secret', () => sign({ secret: `${SECRET}x` }), 'bad-token'],
    ['for another service', () => sign({ aud: 'other' }), 'bad-token'],
    ['that has expired', () => sign({ life: Math.floor(Date.now() / 1000) - 120 }), 'token-expired'],
    ['that lives too long', () => sign({ life: '48h' }), 'bad-token'],
    ['of nobody', () => sign({ sub: '' }), 'bad-token'],
    ['of too long a name', () => sign({ sub: 'x'.repeat(129) }), 'bad-token'],
    ['that is not signed', () => `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from('{"sub":"zhang","aud":"wence","exp":9999999999}').toString('base64url')}.`, 'bad-token'],
    ['of another algorithm', () => sign({ alg: 'HS512', secret: SECRET.repeat(2) }), 'bad-token'],
    ['that is none', () => 'machine-token-0123456789abcdeg', 'bad-token'],
    ['that is empty', () => '', 'bad-token'],
  ])('is not told by a token %s', async (_name, make, code) => {
    const { app, assistant } = await open();
    const response = await app.inject(ask({ authorization: `Bearer ${await make()}` }));
    expect([response.statusCode, response.json().error.code]).toEqual([401, code]);
    expect(assistant.asked).toEqual([]);
  });

  it('may try tokens twenty times a minute, then waits', async () => {
    const { app } = await open();
    const codes: number[] = [];
    for (let index = 0; index < 25; index += 1) codes.push((await app.inject(ask(bearer(`wrong-token-${index}-0123456789abcdef`)))).statusCode);
    expect(codes.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => 401));
    expect(codes.slice(20)).toEqual(Array.from({ length: 5 }, () => 429));
  });

  it('is asked for a new token as often as one has expired: an office behind one address has many', async () => {
    const { app } = await open();
    const codes = new Set<string>();
    for (let index = 0; index < 30; index += 1) {
      const token = await sign({ sub: `user-${index}`, life: Math.floor(Date.now() / 1000) - 120 });
      codes.add((await app.inject(ask(bearer(token)))).json<{ error: { code: string } }>().error.code);
    }
    expect([...codes]).toEqual(['token-expired']);
  });

  it('owns what was asked with an embed token: for others there is no such conversation', async () => {
    const { app } = await open();
    const [zhang, li] = [bearer(await sign()), bearer(await sign({ sub: 'li' }))];
    const { conversationId } = (await app.inject(ask(zhang))).json<{ conversationId: string }>();
    const url = `/api/conversations/${conversationId}`;
    expect((await app.inject({ url, headers: zhang })).statusCode).toBe(200);
    for (const headers of [li, bearer(TOKEN)]) {
      const foreign = await app.inject({ url, headers });
      const none = await app.inject({ url: '/api/conversations/AAAAAAAAAAAAAAAAAAAAAAAA', headers });
      expect([foreign.statusCode, foreign.json().error.message]).toEqual([404, none.json().error.message]);
    }
    expect((await app.inject({ url: '/api/conversations', headers: zhang })).json()).toMatchObject({ conversations: [{ conversationId }] });
    expect((await app.inject({ url: '/api/conversations', headers: li })).json()).toEqual({ conversations: [] });
  });
});

describe('the routes and who may use them', () => {
  const routes = [
    ['GET', '/healthz'], ['GET', '/readyz'], ['GET', '/'], ['GET', '/api/widget'], ['GET', '/api/notices'], ['GET', '/api/targets'], ['GET', '/widget/v1/page.css'],
    ['POST', '/api/ask'], ['POST', '/api/search'], ['POST', '/api/feedback'], ['GET', '/api/conversations'], ['GET', '/api/conversations/AAAAAAAAAAAAAAAAAAAAAAAA'],
    ['GET', '/api/answers/AAAAAAAAAAAAAAAAAAAAAAAA/events'], ['GET', '/metrics'],
  ] as const;

  it('are as documented: questions need a token, the metrics an API token, notices nothing', async () => {
    const { app } = await open();
    const clients = { none: {}, subject: bearer(await sign()), machine: bearer(TOKEN) };
    const table: Record<string, string> = {};
    for (const [method, url] of routes) {
      const allowed: string[] = [];
      for (const [name, headers] of Object.entries(clients)) {
        const { statusCode } = await app.inject({ method, url, headers, ...(method === 'POST' && { payload: {} }) });
        if (statusCode !== 401 && statusCode !== 403) allowed.push(name);
      }
      table[`${method} ${url.replace(/A{24}/u, ':id')}`] = allowed.join(' ');
    }
    const everybody = 'none subject machine';
    expect(table).toEqual({
      'GET /healthz': everybody, 'GET /readyz': everybody, 'GET /': everybody, 'GET /api/widget': everybody, 'GET /api/notices': everybody,
      'GET /api/targets': everybody, 'GET /widget/v1/page.css': everybody, 'POST /api/ask': 'subject machine', 'POST /api/search': 'subject machine',
      'POST /api/feedback': 'subject machine', 'GET /api/conversations': 'subject', 'GET /api/conversations/:id': 'subject machine',
      'GET /api/answers/:id/events': 'subject machine', 'GET /metrics': 'machine',
    });
  });
});

describe('the example of the README', () => {
  it.each(['README.md', 'README.zh-CN.md'])('signs a token that is good here (%s)', async (file) => {
    const example = [...readFileSync(join(packageRoot, file), 'utf8').matchAll(/```javascript\n([\s\S]*?)```/gu)].map(([, code = '']) => code).find((code) => code.includes('SignJWT')) ?? '';
    const folder = mkdtempSync(join(tmpdir(), 'wence-token-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    symlinkSync(join(packageRoot, 'node_modules'), join(folder, 'node_modules'));
    writeFileSync(join(folder, 'token.mjs'), example);
    const { stdout } = await promisify(execFile)(process.execPath, ['token.mjs'], { cwd: folder, env: { EMBED_TOKEN_SECRET: SECRET } });
    const { token } = JSON.parse(stdout) as { token: string };
    const { app } = await open();
    expect((await app.inject(ask(bearer(token)))).statusCode).toBe(200);
  });
});

describe('secrets', () => {
  it('stand in no log, error or metric, whatever is sent', async () => {
    const { app, lines } = await open({ env: { ...env, LOG_LEVEL: 'trace' } });
    const token = await sign();
    const bodies: string[] = [];
    for (const headers of [bearer(token), bearer(TOKEN), bearer(`${TOKEN}x`), bearer(SECRET), { authorization: SECRET }, { 'x-request-id': TOKEN }]) {
      bodies.push((await app.inject(ask(headers))).body);
    }
    bodies.push((await app.inject({ url: '/metrics', headers: bearer(TOKEN) })).body);
    for (const secret of [SECRET, TOKEN, token]) expect([...bodies.map((body) => body.replaceAll(`"requestId":"${TOKEN}"`, '')), ...lines].join('\n')).not.toContain(secret);
  });
});

describe('an address as it is counted', () => {
  it.each([
    ['10.1.2.3', '10.1.2.3'], ['::ffff:10.1.2.3', '10.1.2.3'], ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'], ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:DB8:0001:2::9', '2001:db8:1:2::/64'], ['::1', '0:0:0:0::/64'], ['fe80::1%eth0', 'fe80:0:0:0::/64'], ['2a00::a:b:c:d:e', '2a00:0:0:a::/64'],
  ])('%s counts as %s', (ip, key) => {
    expect(toAddressKey(ip)).toBe(key);
  });
});
