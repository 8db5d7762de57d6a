import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { APP_TOKEN, BOT_TOKEN, openFakeSlack } from '../../helpers/fake-slack.ts';
import { createClick, createCommand, direct, mention } from './slack-payloads.ts';
import { openSlackAdapter } from './slack-parts.ts';

const dialsOf = ({ socket, methods }: Awaited<ReturnType<typeof openFakeSlack>>): number => socket.dials.length + methods.filter((method) => /^(?:auth\.test|apps\.)/.test(method)).length;

/** One at which nothing listens. */
async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe('Socket Mode', () => {
  it('acknowledges an event as soon as it is stored, and answers it', async () => {
    const { fake, bot, settle, adapter } = await openSlackAdapter(await openFakeSlack(), { mode: 'socket' });
    expect(adapter.state).toEqual({ phase: 'up', mode: 'socket', reconnects: 0 });
    expect(adapter.routes).toBeUndefined();
    fake.socket.send('events_api', mention(), 'env-1');
    await expect.poll(() => fake.socket.acks).toEqual([{ envelope_id: 'env-1' }]);
    await settle();
    expect(bot.asked.map(({ text, conversationKey }) => [text, conversationKey])).toEqual([['新建幼儿园多少所？', 'slack:T1:C1:1764000000.000100']]);
    expect(fake.messages).toHaveLength(1);
    expect(adapter.state.lastInboundAt).toMatch(/^\d{4}-.*Z$/);
  });

  it('takes commands and clicks as well', async () => {
    const { fake, bot, settle } = await openSlackAdapter(await openFakeSlack(), { mode: 'socket' });
    fake.socket.send('slash_commands', createCommand('多少所？', `${fake.url}/commands/T1/1/x`), 'env-1');
    fake.socket.send('interactive', createClick('up:answer-1'), 'env-2');
    await expect.poll(() => fake.socket.acks).toEqual([{ envelope_id: 'env-1', payload: { response_type: 'ephemeral', text: '正在查阅通知…' } }, { envelope_id: 'env-2' }]);
    await settle();
    expect(bot.asked).toHaveLength(1);
    expect(bot.feedback).toEqual([{ answerId: 'answer-1', verdict: 'up' }]);
    expect(fake.responses).toHaveLength(1);
  });

  it('works once on what comes fifty times, and acknowledges each', async () => {
    const { fake, bot, settle } = await openSlackAdapter(await openFakeSlack(), { mode: 'socket' });
    const event = direct();
    for (let index = 0; index < 50; index += 1) fake.socket.send('events_api', event, `env-${index % 10}`);
    await expect.poll(() => fake.socket.acks.length).toBe(50);
    await settle();
    expect(bot.asked).toHaveLength(1);
  });

  it('acknowledges nothing that could not be stored', async () => {
    const { fake, inbox, lines, settle } = await openSlackAdapter(await openFakeSlack(), { mode: 'socket' });
    inbox.answer = 'full';
    fake.socket.send('events_api', direct(), 'env-1');
    await delay(50);
    inbox.answer = new Error('the disk is full');
    fake.socket.send('events_api', direct(), 'env-2');
    await expect.poll(() => lines.join('\n')).toContain('an event of Slack could not be taken on');
    inbox.answer = undefined;
    fake.socket.send('events_api', direct(), 'env-3');
    await expect.poll(() => fake.socket.acks).toEqual([{ envelope_id: 'env-3' }]);
    await settle();
  });

  it('leaves out what cannot be read', async () => {
    const { fake, bot, settle } = await openSlackAdapter(await openFakeSlack(), { mode: 'socket' });
    for (const frame of ['{', '[]', '{"type":1}', '{"type":"events_api"}', '{"type":"events_api","envelope_id":"x","payload":"text"}']) fake.socket.open.at(-1)?.send(frame);
    fake.socket.open.at(-1)?.send(Buffer.from([1, 2, 3]));
    fake.socket.send('events_api', direct(), 'env-1');
    await expect.poll(() => fake.socket.acks).toEqual([{ envelope_id: 'env-1' }]);
    await settle();
    expect(bot.asked).toHaveLength(1);
  });

  it('connects anew before the old connection goes, and loses nothing in between', async () => {
    const { fake, bot, adapter, settle } = await openSlackAdapter(await openFakeSlack(), { mode: 'socket', limits: { swapMs: 200 } });
    await delay(250);
    const [old] = fake.socket.connections;
    fake.socket.disconnect();
    await expect.poll(() => fake.socket.open.length).toBe(2);
    old?.send(JSON.stringify({ type: 'events_api', envelope_id: 'env-old', payload: direct() }));
    fake.socket.send('events_api', direct('什么时候？', { ts: '1764000100.000100' }), 'env-new');
    await expect.poll(() => fake.socket.acks.map(({ envelope_id: id }) => id).sort()).toEqual(['env-new', 'env-old']);
    await expect.poll(() => fake.socket.open.length).toBe(1);
    expect(adapter.state).toMatchObject({ phase: 'up', reconnects: 1 });
    await settle();
    expect(bot.asked).toHaveLength(2);
  });

  it('does not dial in a storm where each connection is sent away at once', async () => {
    const fake = await openFakeSlack();
    fake.socket.onConnection = () => fake.socket.disconnect('too_many_websockets');
    await openSlackAdapter(fake, { mode: 'socket' });
    await delay(1_000);
    expect(fake.socket.dials.length).toBeLessThan(12);
  });

  it.each([['is closed', (socket: { terminate(): void; pause(): void }) => socket.terminate()], ['stalls', (socket: { terminate(): void; pause(): void }) => socket.pause()]])('connects again where the connection %s', async (_name, spoil) => {
    const { fake, adapter, bot, settle } = await openSlackAdapter(await openFakeSlack(), { mode: 'socket', limits: { pingMs: 60 } });
    const [old] = fake.socket.connections;
    if (old !== undefined) spoil(old);
    await expect.poll(() => fake.socket.connections.length, { timeout: 3_000 }).toBeGreaterThan(1);
    await expect.poll(() => adapter.state.phase).toBe('up');
    expect(adapter.state.reconnects).toBe(1);
    fake.socket.send('events_api', direct(), 'env-1');
    await expect.poll(() => fake.socket.acks).toHaveLength(1);
    await settle();
    expect(bot.asked).toHaveLength(1);
  });

  it('dials no more than ten times in a minute where the gateway refuses', async () => {
    const fake = await openFakeSlack();
    fake.socket.isRefusing = true;
    // Sixty times as fast as it really is.
    const { adapter } = await openSlackAdapter(fake, { mode: 'socket', isStarted: false, limits: { backoffMs: 2_000 / 60, mostBackoffMs: 30_000 / 60 } });
    adapter.start();
    await delay(1_000);
    expect(fake.socket.dials.length).toBeGreaterThan(2);
    expect(fake.socket.dials.length).toBeLessThanOrEqual(10);
    expect(adapter.state).toMatchObject({ phase: 'connecting', reason: 'the connection was refused' });
  });

  it.each(['invalid_auth', 'not_allowed_token_type'])('is refused with %s for an app token, and asks again slowly', async (error) => {
    const fake = await openFakeSlack();
    fake.fail('apps.connections.open', { error });
    const { adapter, lines } = await openSlackAdapter(fake, { mode: 'socket', isStarted: false });
    adapter.start();
    await expect.poll(() => adapter.state).toMatchObject({ phase: 'refused', reason: error });
    await delay(200);
    expect(fake.methods.filter((method) => method === 'apps.connections.open')).toHaveLength(1);
    await expect.poll(() => adapter.state.phase, { timeout: 2_000 }).toBe('up');
    expect(lines.join('\n')).not.toContain(APP_TOKEN);
  });

  it('dials no more once it is stopped, whatever it was doing', async () => {
    const fake = await openFakeSlack();
    const up = await openSlackAdapter(fake, { mode: 'socket' });
    await up.adapter.stop();
    fake.socket.isRefusing = true;
    const refused = await openSlackAdapter(fake, { mode: 'socket', isStarted: false });
    refused.adapter.start();
    await expect.poll(() => refused.adapter.state.reason).toBe('the connection was refused');
    await refused.adapter.stop();
    const before = dialsOf(fake);
    await delay(600);
    expect(dialsOf(fake)).toBe(before);
    expect(fake.socket.open).toEqual([]);
    expect([up.adapter.state.phase, refused.adapter.state.phase]).toEqual(['stopped', 'stopped']);
  });
});

describe('the start of Slack', () => {
  it('goes on trying where Slack is away, in either mode, and comes up with it', async () => {
    const rejections: unknown[] = [];
    const note = (error: unknown): void => void rejections.push(error);
    process.on('unhandledRejection', note);
    onTestFinished(() => void process.off('unhandledRejection', note));
    for (const mode of ['http', 'socket'] as const) {
      const fake = await openFakeSlack();
      fake.fail('auth.test', 'close', { status: 503 }, { retryAfter: 1 }, 'hang');
      const { adapter, lines } = await openSlackAdapter(fake, { mode, isStarted: false, limits: { callMs: 100 } });
      adapter.start();
      await expect.poll(() => adapter.state.reason).toBeDefined();
      expect(adapter.state.phase).toBe('connecting');
      await expect.poll(() => adapter.state.phase, { timeout: 4_000 }).toBe('up');
      expect(adapter.state).toEqual({ phase: 'up', mode, reconnects: 0 });
      expect(lines.filter((line) => line.includes('cannot be reached'))).toHaveLength(4);
      expect(lines.join('\n')).not.toMatch(/xoxb-|xapp-/);
    }
    expect(rejections).toEqual([]);
  });

  it('tells that nothing listens there', async () => {
    const { adapter } = await openSlackAdapter(await openFakeSlack(), { isStarted: false, settings: { apiUrl: `http://127.0.0.1:${await findFreePort()}/api/` } });
    adapter.start();
    await expect.poll(() => adapter.state).toMatchObject({ phase: 'connecting', reason: 'the connection failed (ECONNREFUSED)' });
  });

  it.each(['not_authed', 'account_inactive', 'token_revoked'])('is refused with %s for a bot token, asks again slowly, and comes up when it is put right', async (error) => {
    const fake = await openFakeSlack();
    fake.fail('auth.test', { error }, { error });
    const { adapter, lines, post } = await openSlackAdapter(fake, { isStarted: false });
    adapter.start();
    await expect.poll(() => adapter.state).toEqual({ phase: 'refused', mode: 'http', reason: error, reconnects: 0 });
    expect((await post(direct())).status).toBe(503);
    await delay(200);
    expect(fake.methods).toHaveLength(1);
    await expect.poll(() => adapter.state.phase, { timeout: 3_000 }).toBe('up');
    expect(lines.join('\n')).not.toContain(BOT_TOKEN);
  });

  it('asks no more once it is stopped', async () => {
    const fake = await openFakeSlack();
    fake.fail('auth.test', 'hang', { status: 500 }, { status: 500 }, { status: 500 });
    const { adapter } = await openSlackAdapter(fake, { isStarted: false });
    adapter.start();
    await expect.poll(() => fake.methods.length).toBe(1);
    await adapter.stop();
    await delay(400);
    expect(fake.methods).toHaveLength(1);
    expect(adapter.state.phase).toBe('stopped');
  });

  it('leaves an event open that waits for it when the service closes', async () => {
    const { adapter, bot } = await openSlackAdapter(await openFakeSlack(), { isStarted: false });
    const closing = new AbortController();
    const work = adapter.work({ key: 'slack:x', channel: 'slack', body: JSON.stringify(direct()) }, closing.signal);
    closing.abort(new Error('The service is closing.'));
    await expect(work).rejects.toThrow('The service is closing.');
    await expect(adapter.work({ key: 'slack:x', channel: 'slack', body: '{}' }, closing.signal)).rejects.toThrow('The service is closing.');
    expect(bot.asked).toEqual([]);
  });
});
