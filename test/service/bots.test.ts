import { execFile } from 'node:child_process';
import { createServer as createTcpServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loadConfig } from '../../src/config.ts';
import { createServer } from '../../src/service/server.ts';
import { createFakeAssistant } from '../helpers/fake-assistant.ts';
import { createDataDir } from '../helpers/temporary-store.ts';
import { post } from './build.ts';

const SECRETS = { SLACK_BOT_TOKEN: 'xoxb-canary-1234567890', SLACK_SIGNING_SECRET: 'canary-signing-secret', DINGTALK_CLIENT_ID: 'dingcanary', DINGTALK_CLIENT_SECRET: 'canary-client-secret' };

/** An address at which nobody listens. */
async function findClosedUrl(): Promise<string> {
  const server = createTcpServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

async function serve(env: Record<string, string>) {
  const lines: string[] = [];
  const config = loadConfig({ DATA_DIR: createDataDir(), PORT: '0', ...env }, { cwd: '/nowhere' });
  const server = await createServer({ config, openAssistant: async () => createFakeAssistant(), writeLog: (line) => lines.push(line) });
  const { url, ready } = await server.start();
  await ready;
  onTestFinished(() => server.close());
  return { url, server, lines };
}

async function readBots(url: string): Promise<Record<string, Record<string, unknown>>> {
  const response = await fetch(`${url}/readyz`);
  expect(response.status).toBe(200);
  return ((await response.json()) as { bots: Record<string, Record<string, unknown>> }).bots;
}

async function listLoaded(env: Record<string, string>): Promise<unknown> {
  const child = fileURLToPath(new URL('bots-child.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', child, 'loaded'], { env: { ...process.env, DATA_DIR: createDataDir(), PORT: '0', ...env }, timeout: 20_000 });
  return JSON.parse(stdout);
}

describe('a service without chat platforms', () => {
  it('loads nothing of theirs', async () => {
    expect(await listLoaded({})).toEqual([]);
  });

  it('says that they are off, and has no address for them', async () => {
    const { url } = await serve({});
    expect(await readBots(url)).toEqual({ slack: { phase: 'off' }, dingtalk: { phase: 'off' } });
    expect((await post(`${url}/slack/events`, {})).status).toBe(404);
    expect((await post(`${url}/dingtalk/events`, {})).status).toBe(404);
  });
});

describe('a service whose chat platforms cannot be reached', () => {
  it('loads them, as the test above would see', async () => {
    const url = await findClosedUrl();
    expect(await listLoaded({ ...SECRETS, SLACK_API_URL: url, DINGTALK_API_URL: url })).toEqual(expect.arrayContaining(['@slack/bolt', 'ws']));
  });

  it('answers all others, says what is the matter, and tells no secret', async () => {
    const closed = await findClosedUrl();
    const { url, server, lines } = await serve({ ...SECRETS, SLACK_API_URL: closed, DINGTALK_API_URL: closed });
    await expect.poll(async () => (await readBots(url))['dingtalk']?.['reason'], { timeout: 5_000 }).toBeDefined();
    await expect.poll(async () => (await readBots(url))['slack']?.['reason'], { timeout: 10_000 }).toBeDefined();
    expect(await readBots(url)).toMatchObject({ slack: { phase: 'connecting', mode: 'http', reconnects: 0 }, dingtalk: { phase: 'connecting', mode: 'stream', reconnects: 0 } });
    expect((await post(`${url}/api/ask`, { question: '要建多少所幼儿园?' })).status).toBe(200);
    const started = performance.now();
    await server.close();
    expect(performance.now() - started).toBeLessThan(5_000);
    expect(lines.join('')).toContain('cannot be reached');
    for (const secret of Object.values(SECRETS)) expect(lines.join('')).not.toContain(secret);
  });

  it('takes no event of theirs that is not signed, and none before it knows itself', async () => {
    const closed = await findClosedUrl();
    const { url } = await serve({ ...SECRETS, DINGTALK_MODE: 'http', SLACK_API_URL: closed, DINGTALK_API_URL: closed });
    expect((await post(`${url}/slack/events`, { type: 'event_callback' })).status).toBe(401);
    expect((await post(`${url}/dingtalk/events`, { msgId: '1' })).status).toBe(401);
    expect((await fetch(`${url}/slack/events`)).status).toBe(405);
    expect((await post(`${url}/api/ask`, { question: '要建多少所幼儿园?' })).status).toBe(200);
  });
});
