import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { toTrackId } from '../../../src/bots/dingtalk/card-action.ts';
import { gateAsk } from '../../helpers/gated-ask.ts';
import { CLIENT_ID, CLIENT_SECRET } from '../../helpers/fake-dingtalk-api.ts';
import { CARD_TOPIC } from '../../helpers/fake-dingtalk-gateway.ts';
import { openTemporaryStore } from '../../helpers/temporary-store.ts';
import { openBot, openPlatform } from './platform-parts.ts';
import type { Platform } from './platform-parts.ts';

type Opened = Awaited<ReturnType<typeof openBot>>;

const isUp = ({ adapter }: Opened) => expect.poll(() => adapter.state.phase, { interval: 5, timeout: 5_000 }).toBe('up');
const told = ({ api }: Platform, count: number) => expect.poll(() => api.messages.length, { interval: 5, timeout: 5_000 }).toBe(count);
const http = { settings: { mode: 'http' } } as const;
const KEY = 'dingtalk:dingcorp:cidSample:user123';

describe('a conversation in a group', () => {
  it('goes on with that of its asker, not with that of another', async () => {
    const platform = await openPlatform();
    const opened = await openBot(platform);
    await isUp(opened);
    for (const [index, [content, senderStaffId]] of [['一?', 'user123'], ['二?', 'user123'], ['三?', 'user456']].entries()) {
      platform.gateway.push(platform.write(content ?? '', { senderStaffId }));
      await told(platform, index + 1);
    }
    const logged = await opened.store.questions.list();
    const of = (question: string) => logged.find((each) => each.question === question)?.conversationId;
    expect(of('一?')).toBeDefined();
    expect(of('二?')).toBe(of('一?'));
    expect(of('三?')).not.toBe(of('一?'));
    expect(new Set(logged.map(({ channel }) => channel))).toEqual(new Set(['dingtalk']));
  });
});

describe('messages over a connection that takes the place of another', () => {
  it('are all answered, each once, whichever brings them', async () => {
    const platform = await openPlatform();
    platform.gateway.repushMs = 150;
    const opened = await openBot(platform);
    await isUp(opened);
    const bodies = Array.from({ length: 12 }, (_, index) => platform.write(`要建多少所幼儿园?${index}`, { senderStaffId: `user${index}` }));
    const pushed: string[] = [];
    await delay(110);
    for (const [index, body] of bodies.entries()) {
      // From then on the first brings no more, and the second not yet.
      if (index === 3) platform.gateway.open[0]?.disconnect();
      pushed.push(platform.gateway.push(body));
      if (index > 5) await delay(15);
    }
    await told(platform, bodies.length);
    expect(opened.adapter.state).toMatchObject({ phase: 'up', reconnects: 1 });
    expect(new Set(pushed.map((messageId) => platform.gateway.acksOf(messageId).map(({ connection }) => connection).join()))).toEqual(new Set(['connection-1', 'connection-2']));
    await delay(100);
    expect(opened.assistant.asked.map(({ question }) => question).toSorted()).toEqual(bodies.map(({ text }) => text.content).toSorted());
    expect(platform.api.messages).toHaveLength(bodies.length);
  });
});

describe('a message for which there is no room', () => {
  it('is not acknowledged, comes again, and is answered then', async () => {
    const platform = await openPlatform();
    platform.gateway.repushMs = 50;
    const gate = gateAsk();
    const opened = await openBot(platform, { script: { ask: gate.ask }, inbox: { atOnce: 1, mostWaiting: 1 } });
    await isUp(opened);
    const pushed: string[] = [];
    for (let count = 0; count < 3; count += 1) {
      pushed.push(platform.gateway.push(platform.write(`${count}?`, { senderStaffId: `user${count}` })));
      await delay(20);
    }
    expect(pushed.map((messageId) => platform.gateway.acksOf(messageId).length)).toEqual([1, 1, 0]);
    gate.release();
    await told(platform, 3);
    expect(platform.gateway.acksOf(pushed[2] ?? '')).toHaveLength(1);
  });
});

describe('a question that a process acknowledged before it died', () => {
  it('is answered by the next one, once, though it comes again', async () => {
    const platform = await openPlatform();
    const store = await openTemporaryStore();
    const dead = await openBot(platform, { store, works: false });
    await isUp(dead);
    const body = platform.write('要建多少所幼儿园?');
    const messageId = platform.gateway.push(body);
    await expect.poll(() => platform.gateway.acksOf(messageId)).toHaveLength(1);
    await dead.adapter.stop();
    await delay(250);
    const next = await openBot(platform, { store });
    await isUp(next);
    platform.gateway.push(body);
    await told(platform, 1);
    await delay(100);
    expect(platform.api.messages).toHaveLength(1);
    expect(next.assistant.asked).toHaveLength(1);
  });
});

describe('a click on a card', () => {
  const click = (answerId: string, action: string) => ({
    outTrackId: toTrackId(answerId), userId: 'user123', corpId: 'dingcorp',
    content: JSON.stringify({ cardPrivateData: { actionIds: [action], params: { action, conversationKey: KEY } } }),
  });

  it('keeps the verdict on the answer, and the last one where there are several', async () => {
    const platform = await openPlatform();
    const opened = await openBot(platform);
    await isUp(opened);
    platform.gateway.push(platform.write('要建多少所幼儿园?'));
    await told(platform, 1);
    const [logged] = await opened.store.questions.list();
    for (const verdict of ['up', 'down']) {
      const messageId = platform.gateway.push(click(logged?.answerId ?? '', verdict), { topic: CARD_TOPIC });
      await expect.poll(async () => (await opened.store.questions.list()).map((each) => each.verdict)).toEqual([verdict]);
      expect(platform.gateway.acksOf(messageId)).toEqual([expect.objectContaining({ code: 200, data: { response: {} } })]);
    }
  });

  it('stops the answer', async () => {
    const platform = await openPlatform();
    const gate = gateAsk();
    const opened = await openBot(platform, { script: { ask: gate.ask } });
    await isUp(opened);
    platform.gateway.push(platform.write('要建多少所幼儿园?'));
    await expect.poll(() => gate.signals).toHaveLength(1);
    platform.gateway.push(click('any', 'stop'), { topic: CARD_TOPIC });
    await expect.poll(() => gate.signals[0]?.aborted).toBe(true);
    await told(platform, 1);
    expect(platform.api.messages[0]?.text).not.toContain('67所');
  });
});

describe('the adapter', () => {
  it('says that the credentials are refused, and throws nothing', async () => {
    const platform = await openPlatform();
    const opened = await openBot(platform, { settings: { clientSecret: 'another-secret-0000' } });
    await expect.poll(() => opened.adapter.state).toEqual({ phase: 'refused', mode: 'stream', reason: 'DingTalk answered authFailed', reconnects: 0 });
  });

  it('sends no answer to an address that somebody slipped in', async () => {
    const platform = await openPlatform();
    const [stream, web] = await Promise.all([openBot(platform), openBot(platform, http)]);
    await isUp(stream);
    platform.gateway.push(platform.write('要建多少所幼儿园?', { sessionWebhook: 'https://evil.example/steal' }));
    await told(platform, 1);
    expect(platform.api.messages).toEqual([expect.objectContaining({ via: 'group', to: 'cidSample' })]);
    expect((await web.post(platform.write('要建多少所幼儿园?', { sessionWebhook: 'https://evil.example/steal' }))).statusCode).toBe(403);
    expect([web.inbox.size, web.assistant.asked]).toEqual([0, []]);
  });

  it('dials no more once it is stopped, and still sends what is being answered', async () => {
    const platform = await openPlatform();
    const gate = gateAsk();
    const opened = await openBot(platform, { script: { ask: gate.ask } });
    await isUp(opened);
    platform.gateway.push(platform.write('要建多少所幼儿园?'));
    await expect.poll(() => gate.signals).toHaveLength(1);
    await opened.adapter.stop();
    expect(opened.adapter.state).toMatchObject({ phase: 'stopped', mode: 'stream' });
    gate.release();
    await told(platform, 1);
    expect(platform.api.messages[0]?.text).toContain('67所');
    await delay(200);
    expect(platform.gateway.dials).toHaveLength(1);
    expect(platform.gateway.open).toEqual([]);
  });

  it('lets no rejection go unheard, and no secret into the log, whatever goes wrong', async () => {
    const unheard: unknown[] = [];
    const note = (reason: unknown): void => void unheard.push(reason);
    process.on('unhandledRejection', note);
    onTestFinished(() => void process.off('unhandledRejection', note));
    const platform = await openPlatform();
    const opened = await openBot(platform, { settings: { webhookToken: 'a-token-of-the-address-0123456789' } });
    await isUp(opened);
    platform.api.fail('/', ...Array.from({ length: 6 }, () => ({ kind: 'close' }) as const), ...Array.from({ length: 6 }, () => ({ kind: 'body', body: '{' }) as const));
    for (const [round, fault] of ([{ kind: 'hang' }, { kind: 'status', status: 500 }, { kind: 'close' }, undefined] as const).entries()) {
      platform.gateway.push(platform.write(`机密的问题${round}?`, { senderStaffId: `user${round}` }));
      platform.gateway.open[0]?.sendRaw('{');
      await delay(30);
      platform.gateway.fault = fault;
      platform.gateway.streams.at(-1)?.drop();
      await delay(60);
    }
    await isUp(opened);
    await expect.poll(() => opened.inbox.size, { timeout: 5_000 }).toBe(0);
    expect(unheard).toEqual([]);
    const log = [...opened.lines, ...opened.botLines].join('\n');
    expect(log).toContain('DingTalk cannot be reached');
    for (const secret of [CLIENT_SECRET, CLIENT_ID, 'a-token-of-the-address', 'session=', 'token-1', 't+/', '机密的问题', platform.gateway.url]) expect(log).not.toContain(secret);
  });
});
