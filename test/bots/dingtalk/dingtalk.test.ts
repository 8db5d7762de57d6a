import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { CLIENT_SECRET, openFakeDingtalkApi } from '../../helpers/fake-dingtalk-api.ts';
import { CARD_TOPIC, openFakeDingtalkGateway } from '../../helpers/fake-dingtalk-gateway.ts';
import { createDataDir, openTemporaryStore } from '../../helpers/temporary-store.ts';
import { hang, openAdapter, openWebhook, p99 } from './webhook-parts.ts';
import type { OpenOptions } from './webhook-parts.ts';
import { createRobotBody } from './stream-parts.ts';

async function openStream(options: OpenOptions = {}) {
  const [gateway, api] = await Promise.all([openFakeDingtalkGateway(), openFakeDingtalkApi()]);
  const opened = await openAdapter(gateway, options);
  if (options.isStarted !== false) await expect.poll(() => opened.adapter.state.phase, { interval: 5, timeout: 5_000 }).toBe('up');
  let count = 0;
  const createBody = (changes: Readonly<Record<string, unknown>> = {}) => createRobotBody({ msgId: `msg${(count += 1)}`, sessionWebhook: api.openSession(), text: { content: ' 新建多少所？' }, ...changes });
  const isAcknowledged = (messageId: string) => expect.poll(() => gateway.acksOf(messageId).length, { interval: 2, timeout: 5_000 }).toBeGreaterThan(0);
  return { ...opened, gateway, api, createBody, isAcknowledged };
}

describe('DingTalk over a stream', () => {
  it('brings a question and takes the answer with its sources, and the asker is mentioned', async () => {
    const { gateway, api, adapter, assistant, createBody, isAcknowledged, settle, lines } = await openStream();
    expect(adapter.routes).toBeUndefined();
    await isAcknowledged(gateway.push(createBody()));
    await settle();
    expect(assistant.asked.map(({ question }) => question)).toEqual(['新建多少所？']);
    expect(api.messages).toEqual([expect.objectContaining({ via: 'webhook', mentioned: ['user123'], text: expect.stringContaining('67所') as string })]);
    expect(adapter.state).toEqual({ phase: 'up', mode: 'stream', reconnects: 0, lastInboundAt: expect.stringMatching(/^\d{4}-.*Z$/) as string });
    expect([...gateway.problems, ...api.problems]).toEqual([]);
    expect(lines.join('\n')).not.toContain('多少所');
    expect(lines.join('\n')).not.toContain(CLIENT_SECRET);
  });

  it('answers once what is pushed fifty times at once', async () => {
    const { gateway, api, assistant, createBody, settle, isAcknowledged } = await openStream();
    const body = createBody();
    for (const messageId of Array.from({ length: 50 }, () => gateway.push(body))) await isAcknowledged(messageId);
    await settle();
    expect(assistant.asked).toHaveLength(1);
    expect(api.messages).toHaveLength(1);
  });

  it('answers once what comes on both connections while one takes the place of the other', async () => {
    const { gateway, api, assistant, createBody, settle, adapter } = await openStream();
    await delay(150);
    gateway.onStream = () => setImmediate(() => {
      // Some gateways push on the old one as well for a while.
      const body = createBody();
      for (const stream of gateway.streams.filter(({ state }) => state !== 'closed')) stream.send('CALLBACK', '/v1.0/im/bot/messages/get', JSON.stringify(body), `swap-${stream.id}`);
    });
    gateway.open[0]?.disconnect();
    await expect.poll(() => gateway.acks.filter(({ messageId }) => messageId.startsWith('swap')).length, { interval: 5 }).toBe(2);
    await settle();
    expect(adapter.state.reconnects).toBe(1);
    expect(assistant.asked).toHaveLength(1);
    expect(api.messages).toHaveLength(1);
  });

  it('acknowledges within 100 ms while answers hang', async () => {
    const { gateway, createBody, isAcknowledged } = await openStream({ script: hang() });
    const messageIds = Array.from({ length: 200 }, (_, index) => ({ index, body: createBody({ senderStaffId: `user${index}` }) }));
    for (const { body } of messageIds) await isAcknowledged(gateway.push(body));
    const times = gateway.acks.filter(({ messageId }) => messageId.startsWith('push')).map(({ ms }) => ms);
    expect(times).toHaveLength(200);
    expect(p99(times)).toBeLessThan(100);
  });

  it('leaves unacknowledged what it has no room for, as often as it comes', async () => {
    const { gateway, api, createBody, lines } = await openStream({ inbox: { mostWaiting: 0 } });
    gateway.repushMs = 40;
    const messageId = gateway.push(createBody());
    await delay(150);
    expect(gateway.acksOf(messageId)).toEqual([]);
    expect(api.messages).toEqual([]);
    expect(lines.filter((line) => line.startsWith('error'))).toEqual([]);
  });

  it('acknowledges with an error what nobody asked for, and what cannot be read', async () => {
    const { gateway, isAcknowledged, inbox } = await openStream();
    const strange = gateway.open[0]?.send('CALLBACK', '/v1.0/graph/api/invoke', '{}') ?? '';
    const broken = ['{', '{"msgtype":"text"}'].map((data) => gateway.push(data));
    for (const messageId of [strange, ...broken]) await isAcknowledged(messageId);
    expect([strange, ...broken].map((messageId) => gateway.acksOf(messageId)[0]?.code)).toEqual([404, 400, 400]);
    expect(inbox.size).toBe(0);
  });

  it('says that it cannot read a picture, and understands a recording', async () => {
    const { gateway, api, assistant, createBody, isAcknowledged, settle } = await openStream();
    await isAcknowledged(gateway.push(createBody({ msgtype: 'picture', text: undefined, content: { downloadCode: 'x' }, conversationType: '1' })));
    await settle();
    expect(assistant.asked).toEqual([]);
    expect(api.messages).toHaveLength(1);
    await isAcknowledged(gateway.push(createBody({ msgtype: 'audio', text: undefined, content: { recognition: '新建多少所', downloadCode: 'x' } })));
    await settle();
    expect(assistant.asked.map(({ question }) => question)).toEqual(['新建多少所']);
  });

  it('takes nothing on after the stop, and dials no more', async () => {
    const { gateway, adapter, assistant } = await openStream();
    await adapter.stop();
    expect(adapter.state).toMatchObject({ phase: 'stopped' });
    await delay(200);
    expect(gateway.dials).toHaveLength(1);
    expect(gateway.open).toEqual([]);
    expect(assistant.asked).toEqual([]);
  });
});

describe("a card's buttons", () => {
  const click = (params: object, outTrackId = 'wence-answer-1') => ({ outTrackId, userId: 'user123', corpId: 'dingcorp', type: 'actionCallback', content: JSON.stringify({ cardPrivateData: { actionIds: ['x'], params } }) });

  it('keep a verdict on the answer that was given', async () => {
    const { gateway, assistant, createBody, isAcknowledged, settle, store } = await openStream();
    await isAcknowledged(gateway.push(createBody()));
    await settle();
    const answerId = assistant.asked[0]?.options.answerId ?? '';
    await isAcknowledged(gateway.push(click({ action: 'down' }, `wence-${answerId}`), { topic: CARD_TOPIC }));
    await settle();
    expect((await store.questions.list()).map(({ verdict }) => verdict)).toEqual(['down']);
  });

  it('stop what is being answered, by the key that the card hands back', async () => {
    const { gateway, api, assistant, createBody, isAcknowledged, settle } = await openStream({
      script: {
        async *ask(_question, { signal }) {
          yield* [];
          await delay(10_000, undefined, { signal });
        },
      },
    });
    await isAcknowledged(gateway.push(createBody()));
    await expect.poll(() => assistant.asked).toHaveLength(1);
    await isAcknowledged(gateway.push(click({ action: 'stop', conversationKey: 'dingtalk:dingcorp:cidSample:user123' }), { topic: CARD_TOPIC }));
    await settle();
    expect(api.messages).toHaveLength(1);
  });

  it('stop an answer also while as many are worked on as may be, and others wait', async () => {
    const { gateway, api, assistant, createBody, isAcknowledged } = await openStream({
      inbox: { atOnce: 1 },
      script: {
        async *ask(_question, { signal }) {
          yield* [];
          await delay(10_000, undefined, { signal });
        },
      },
    });
    await isAcknowledged(gateway.push(createBody()));
    await expect.poll(() => assistant.asked).toHaveLength(1);
    await isAcknowledged(gateway.push(createBody({ senderStaffId: 'another' })));
    await isAcknowledged(gateway.push(click({ action: 'stop', conversationKey: 'dingtalk:dingcorp:cidSample:user123' }), { topic: CARD_TOPIC }));
    await expect.poll(() => api.messages.map(({ text }) => text)).toEqual([expect.stringContaining('已停止')]);
    await isAcknowledged(gateway.push(click({ action: 'stop', conversationKey: 'dingtalk:dingcorp:cidSample:another' }), { topic: CARD_TOPIC }));
    await expect.poll(() => api.messages).toHaveLength(2);
  });

  it('that are none of ours are acknowledged, and no more', async () => {
    const { gateway, isAcknowledged, settle, lines } = await openStream();
    for (const data of ['{', '{}', JSON.stringify(click({ action: 'launch' }))]) await isAcknowledged(gateway.push(data, { topic: CARD_TOPIC }));
    await settle();
    expect(lines.filter((line) => !line.startsWith('info'))).toEqual([]);
  });
});

describe('a message', () => {
  it('is answered once, though it comes by both ways to two processes with one store', async () => {
    const dataDir = createDataDir();
    const byStream = await openStream({ store: await openTemporaryStore(dataDir) });
    const byHttp = await openWebhook({ store: await openTemporaryStore(dataDir) });
    const body = byStream.createBody();
    const messageId = byStream.gateway.push(body);
    expect((await byHttp.post(body)).status).toBe(200);
    await byStream.isAcknowledged(messageId);
    await Promise.all([byStream.settle(), byHttp.settle()]);
    expect([...byStream.assistant.asked, ...byHttp.assistant.asked]).toHaveLength(1);
    expect(byStream.api.messages).toHaveLength(1);
  });

  it('that a dead process left is answered by the next', async () => {
    const dataDir = createDataDir();
    const dead = await openTemporaryStore(dataDir);
    const next = await openWebhook({ store: await openTemporaryStore(dataDir), inbox: { leaseMs: 60, sweepMs: 20 } });
    const body = next.createBody();
    await dead.inbound.claim({ key: `dingtalk:${body.msgId}`, channel: 'dingtalk', body: JSON.stringify({ kind: 'message', data: JSON.stringify(body) }) });
    await expect.poll(() => next.api.messages.length, { timeout: 5_000 }).toBe(1);
    expect((await next.post(body)).status).toBe(200);
    await next.settle();
    expect(next.api.messages).toHaveLength(1);
  });
});

it('nothing is left unhandled while the platform is out of order', async () => {
  const unhandled: unknown[] = [];
  const note = (error: unknown): void => void unhandled.push(error);
  process.on('unhandledRejection', note);
  onTestFinished(() => void process.off('unhandledRejection', note));
  const { gateway, api, adapter, createBody, settle } = await openStream();
  api.fail('/', ...Array.from({ length: 20 }, () => ({ kind: 'status', status: 500 }) as const));
  gateway.push(createBody());
  await delay(30);
  gateway.fault = { kind: 'close' };
  gateway.open[0]?.drop();
  await expect.poll(() => gateway.dials.length).toBeGreaterThan(2);
  await settle();
  await adapter.stop();
  await adapter.close();
  await delay(50);
  expect(unhandled).toEqual([]);
});
