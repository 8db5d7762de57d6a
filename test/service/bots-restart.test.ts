import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { loadConfig } from '../../src/config.ts';
import { createServer } from '../../src/service/server.ts';
import { sign } from '../bots/slack/slack-parts.ts';
import { mention } from '../bots/slack/slack-payloads.ts';
import { createFakeAssistant } from '../helpers/fake-assistant.ts';
import { BOT_TOKEN, SIGNING_SECRET, openFakeSlack } from '../helpers/fake-slack.ts';
import type { FakeSlack } from '../helpers/fake-slack.ts';
import { createDataDir } from '../helpers/temporary-store.ts';

function settingsOf(fake: FakeSlack, dataDir: string): Record<string, string> {
  return { DATA_DIR: dataDir, PORT: '0', SLACK_BOT_TOKEN: BOT_TOKEN, SLACK_SIGNING_SECRET: SIGNING_SECRET, SLACK_API_URL: `${fake.url}/api/` };
}

/** A service in this process, in which the claims of a dead one hold for 300 ms. */
async function serve(fake: FakeSlack, dataDir: string): Promise<string> {
  const config = loadConfig(settingsOf(fake, dataDir), { cwd: '/nowhere' });
  const server = await createServer({ config, openAssistant: async () => createFakeAssistant(), writeLog: () => undefined, inboxLimits: { leaseMs: 300, sweepMs: 50 } });
  onTestFinished(() => server.close());
  const { url, ready } = await server.start();
  await ready;
  return url;
}

/** Sends an event as Slack does, again while the service does not yet know itself. */
async function send(url: string, payload: object): Promise<number> {
  const body = JSON.stringify(payload);
  for (;;) {
    const timestamp = String(Math.floor(Date.now() / 1_000));
    const headers = { 'content-type': 'application/json', 'x-slack-request-timestamp': timestamp, 'x-slack-signature': sign(body, timestamp) };
    const { status } = await fetch(`${url}/slack/events`, { method: 'POST', headers, body });
    if (status !== 503) return status;
    await delay(30);
  }
}

it('a question that a killed process had acknowledged is answered by the next, once', async () => {
  const fake = await openFakeSlack();
  const dataDir = createDataDir();
  const program = fileURLToPath(new URL('bots-child.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', program, 'hang'], { env: { ...process.env, ...settingsOf(fake, dataDir) }, stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [chunk] = (await once(child.stdout, 'data')) as [Buffer];
  const question = mention();
  expect(await send(String(chunk), question)).toBe(200);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(fake.messages).toEqual([]);
  const url = await serve(fake, dataDir);
  await expect.poll(() => fake.messages.length, { timeout: 10_000 }).toBe(1);
  // Slack did not hear that it had arrived, and sends it again.
  expect(await send(url, question)).toBe(200);
  await delay(500);
  expect(fake.messages).toHaveLength(1);
  expect(fake.shown[0]).toContain('67所');
  expect(fake.problems).toEqual([]);
});

it('one question that comes fifty times, to two processes with one store, is answered once', async () => {
  const fake = await openFakeSlack();
  const dataDir = createDataDir();
  const urls = [await serve(fake, dataDir), await serve(fake, dataDir)];
  const question = mention();
  const statuses = await Promise.all(Array.from({ length: 50 }, (_, index) => send(urls[index % 2] ?? '', question)));
  expect(new Set(statuses)).toEqual(new Set([200]));
  await expect.poll(() => fake.messages.length, { timeout: 10_000 }).toBe(1);
  await delay(700);
  expect(fake.messages).toHaveLength(1);
});

it('a question whose answer is under way when the service closes is answered after the next start', async () => {
  const fake = await openFakeSlack();
  const dataDir = createDataDir();
  const program = fileURLToPath(new URL('bots-child.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', program, 'hang'], { env: { ...process.env, ...settingsOf(fake, dataDir) }, stdio: ['ignore', 'pipe', 'inherit'] });
  const [chunk] = (await once(child.stdout, 'data')) as [Buffer];
  expect(await send(String(chunk), mention())).toBe(200);
  child.kill('SIGTERM');
  await once(child, 'exit');
  await serve(fake, dataDir);
  await expect.poll(() => fake.shown.filter((text) => text.includes('67所')).length, { timeout: 10_000 }).toBe(1);
});
