import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openFakeDingtalkApi } from '../../helpers/fake-dingtalk-api.ts';
import type { FakeCard, FakeDingtalkApi } from '../../helpers/fake-dingtalk-api.ts';
import { qpsLimit } from '../../helpers/fake-dingtalk-api-faults.ts';
import type { DingtalkFault } from '../../helpers/fake-dingtalk-api-faults.ts';
import { answered } from '../../render/samples.ts';
import { answer, createMessage, long, openSender, outsider, words } from './sender-parts.ts';

const CREATE = '/v1.0/card/instances/createAndDeliver';
const STREAM = '/v1.0/card/streaming';
const UPDATE = '/v1.0/card/instances';
const card = { templateId: 'tpl.schema', key: 'content' };
const KEY = 'dingtalk:ding1:cid1:user123';
const run = (answerId = 'answer-1') => ({ answerId, stop: () => undefined });
const soFar = (text: string) => ({ text, citations: [] });

function cardOf(api: FakeDingtalkApi, answerId = 'answer-1'): FakeCard {
  const found = api.cards.get(`wence-${answerId}`);
  if (found === undefined) throw new Error('no card');
  return found;
}

describe('an answer on a card', () => {
  it('is shown as it comes, and is finished with its sources', async () => {
    const api = await openFakeDingtalkApi();
    const { sender } = openSender(api, { card });
    const reply = sender.openReply(createMessage({ sessionWebhook: api.openSession() }), KEY);
    await reply.begin?.(run());
    await reply.progress?.(soFar('建成67所。[1]'));
    expect(cardOf(api)).toMatchObject({ space: 'dtv1.card//IM_GROUP.cid1', template: 'tpl.schema', callbackType: 'STREAM', state: 'open', told: ['建成67所。[1]'] });
    expect(cardOf(api).variables).toEqual({ content: '建成67所。[1]', flowStatus: '2', answerId: 'answer-1', conversationKey: KEY, canStop: 'true', canRate: 'false' });
    await reply.progress?.(soFar('建成67所。[1]覆盖面90%。[2]'));
    await reply.finish(answer);
    expect(cardOf(api)).toMatchObject({ state: 'final', variables: { flowStatus: '3', canStop: 'false', canRate: 'true', answerId: 'answer-1' } });
    expect(cardOf(api).told.map((text) => text.slice(0, 6))).toEqual(['建成67所。', '建成67所。', '**67所*']);
    expect(cardOf(api).told.at(-1)).toContain('**来源**\n\n- [1] 一、补齐短板 › 1');
    expect(api.messages).toEqual([]);
    expect(api.problems).toEqual([]);
  });

  it('says first that it is being searched for', async () => {
    const api = await openFakeDingtalkApi();
    const { sender } = openSender(api, { card: { ...card, key: 'markdown' } });
    const reply = sender.openReply(createMessage({ isGroup: false }));
    await reply.begin?.(run());
    await expect.poll(() => api.cards.size).toBe(1);
    expect(cardOf(api)).toMatchObject({ space: 'dtv1.card//IM_ROBOT.user123', variables: { markdown: '正在查阅通知…', flowStatus: '1', conversationKey: '', canStop: 'false' } });
    await reply.finish(answer);
    expect(cardOf(api).variables['markdown']).toContain('**67所**');
  });

  it('has no buttons where nobody would hear of them', async () => {
    const api = await openFakeDingtalkApi();
    const { sender } = openSender(api, { card, mode: 'http' });
    const reply = sender.openReply(createMessage(), KEY);
    await reply.begin?.(run());
    await reply.finish(answer);
    expect(cardOf(api)).toMatchObject({ callbackType: undefined, state: 'final', variables: { canStop: 'false', canRate: 'false', flowStatus: '3' } });
  });

  it('asks for no verdict on small talk, and keeps what was told before a stop', async () => {
    const api = await openFakeDingtalkApi();
    const { sender } = openSender(api, { card });
    for (const [id, message] of [['chat', { kind: 'answer', answer: { ...answered, status: 'chat' } }], ['stopped', { kind: 'stopped', soFar: soFar('建成67所。') }]] as const) {
      const reply = sender.openReply(createMessage(), KEY);
      await reply.begin?.(run(id));
      await reply.finish(message);
      expect(cardOf(api, id)).toMatchObject({ state: 'final', variables: { canRate: 'false', flowStatus: '3' } });
    }
    expect(cardOf(api, 'stopped').told).toEqual(['建成67所。\n\n（已停止，以上内容不完整。）']);
  });

  it('is Markdown where there is no card: without begin, without a template, for outsiders alone', async () => {
    const api = await openFakeDingtalkApi();
    const withCards = openSender(api, { card }).sender;
    await withCards.openReply(createMessage()).finish(words('甲'));
    const without = openSender(api).sender.openReply(createMessage());
    await without.begin?.(run());
    await without.finish(words('乙'));
    const alone = withCards.openReply(outsider({ isGroup: false, sessionWebhook: api.openSession() }));
    await alone.begin?.(run());
    await alone.finish(words('丙'));
    expect(api.messages.map(({ via, text }) => [via, text])).toEqual([['group', '甲'], ['group', '乙'], ['webhook', '丙']]);
    expect(api.cards.size).toBe(0);
  });

  it('sends what is too long for a card as messages, and says so on the card', async () => {
    const api = await openFakeDingtalkApi();
    const { sender } = openSender(api, { card });
    const reply = sender.openReply(createMessage());
    await reply.begin?.(run());
    await reply.finish(long(3));
    expect(api.messages).toHaveLength(3);
    expect(cardOf(api)).toMatchObject({ state: 'final', told: ['（回答见下面的消息。）'] });
  });

  it('takes back what it showed where there is nothing to say', async () => {
    const api = await openFakeDingtalkApi();
    const { sender } = openSender(api, { card });
    const reply = sender.openReply(createMessage());
    await reply.begin?.(run());
    await reply.cancel?.();
    expect(cardOf(api)).toMatchObject({ state: 'final', told: ['已停止。'] });
    await sender.openReply(createMessage()).cancel?.();
    expect(api.messages).toEqual([]);
  });
});

describe('the pace of a card', () => {
  it('lets the latest text win, in order, at most one request in the time set', async () => {
    const api = await openFakeDingtalkApi();
    const { sender } = openSender(api, { card }, { cardEveryMs: 100 });
    const reply = sender.openReply(createMessage());
    await reply.begin?.(run());
    const shown: Promise<void>[] = [];
    for (let index = 0; index < 60; index += 1) {
      shown.push(reply.progress?.(soFar('所'.repeat(index + 1))) ?? Promise.resolve());
      await delay(10);
    }
    await Promise.all(shown);
    await reply.finish(answer);
    const { told, times } = cardOf(api);
    const lengths = told.slice(0, -1).map(({ length }) => length);
    expect(lengths).toEqual(lengths.toSorted((one, other) => one - other));
    expect(lengths.at(-1)).toBe(60);
    expect(told.at(-1)).toContain('**67所**');
    expect(told.length).toBeLessThan(12);
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(95);
  });

  it('keeps all cards together below the limit of the platform', async () => {
    const api = await openFakeDingtalkApi();
    api.cardsPerSecond = 21;
    const { sender, log } = openSender(api, { card }, { cardRequestMs: 5_000 });
    const warnings: string[] = [];
    const note = (warning: Error): void => void warnings.push(warning.name);
    process.on('warning', note);
    onTestFinished(() => void process.off('warning', note));
    await Promise.all(Array.from({ length: 12 }, async (_, index) => {
      const reply = sender.openReply(createMessage());
      await reply.begin?.(run(`a${index}`));
      await reply.progress?.(soFar('建成67所。'));
      await reply.finish(answer);
    }));
    expect([...api.cards.values()].every(({ state }) => state === 'final')).toBe(true);
    expect([...api.cards.values()].every(({ variables }) => variables['flowStatus'] === '3')).toBe(true);
    expect(api.messages).toEqual([]);
    expect([...log.lines, ...warnings]).toEqual([]);
  });
});

const hang: DingtalkFault = { kind: 'hang' };
const busy: DingtalkFault = { kind: 'status', status: 429 };
const broken: DingtalkFault = { kind: 'status', status: 500 };

describe('a card that fails', () => {
  it.each<{ readonly name: string; readonly path: string; readonly fault: DingtalkFault }>([
    { name: 'the limit of requests, on making it', path: CREATE, fault: qpsLimit },
    { name: 'silence, on making it', path: CREATE, fault: hang },
    { name: '429, on showing more', path: STREAM, fault: busy },
    { name: '500, on showing more', path: STREAM, fault: broken },
    { name: 'a closed socket, on showing more', path: STREAM, fault: { kind: 'close' } },
  ])('is tried once more after $name', async ({ path, fault }) => {
    const api = await openFakeDingtalkApi();
    api.fail(path, fault);
    const { sender, log } = openSender(api, { card });
    const reply = sender.openReply(createMessage());
    await reply.begin?.(run());
    await reply.progress?.(soFar('建成'));
    await delay(30);
    await reply.progress?.(soFar('建成67所。'));
    await reply.finish(answer);
    expect(cardOf(api).state).toBe('final');
    expect(api.messages).toEqual([]);
    expect(log.lines).toEqual([]);
  });

  it.each<{ readonly name: string; readonly path: string; readonly faults: readonly DingtalkFault[] }>([
    { name: 'the limit of requests twice', path: CREATE, faults: [qpsLimit, qpsLimit] },
    { name: 'no permission', path: CREATE, faults: [{ kind: 'status', status: 403, code: 'Forbidden.AccessDenied.AccessTokenPermissionDenied' }] },
    { name: 'silence twice', path: CREATE, faults: [hang, hang] },
    { name: 'silence twice at its end', path: STREAM, faults: [hang, hang] },
    { name: '500 twice at its end', path: STREAM, faults: [broken, broken] },
    { name: 'a long Retry-After at its end', path: STREAM, faults: [{ kind: 'status', status: 429, retryAfter: '600' }] },
  ])('does not take the answer with it: $name', async ({ path, faults }) => {
    const api = await openFakeDingtalkApi();
    api.fail(path, ...faults);
    const { sender, log } = openSender(api, { card });
    const reply = sender.openReply(createMessage({ sessionWebhook: api.openSession() }));
    await reply.begin?.(run());
    await reply.finish(answer);
    expect(api.messages).toEqual([expect.objectContaining({ via: 'webhook', mentioned: ['user123'], text: expect.stringContaining('**来源**') })]);
    for (const { state, told, variables } of api.cards.values()) expect([state, told, variables['flowStatus']]).toEqual(['error', ['（回答见下面的消息。）'], '5']);
    expect(log.lines).toEqual([expect.stringMatching(/^warn a DingTalk card could not be shown: for 60 s answers are sent as messages; .*Card\.Streaming\.Write \{"reason":"/)]);
    expect(api.problems).toEqual([]);
  });

  it('does not hold the answer up while it is tried', async () => {
    const api = await openFakeDingtalkApi();
    api.fail(STREAM, hang, hang, hang, hang);
    const { sender } = openSender(api, { card });
    const reply = sender.openReply(createMessage());
    await reply.begin?.(run());
    const start = performance.now();
    await reply.progress?.(soFar('建成'));
    await delay(30);
    await reply.progress?.(soFar('建成67所。'));
    await reply.finish(answer);
    // Two requests of 150 ms, and one more to mark the card.
    expect(performance.now() - start).toBeLessThan(900);
    expect(api.messages).toHaveLength(1);
  });

  it.each([
    { name: 'fails again', faults: [{ kind: 'late' }, { kind: 'status', status: 500 }] },
    { name: 'says that it is there already', faults: [{ kind: 'late' }] },
  ] as const)('is marked where it was made although the platform said that it was not, and then $name', async ({ faults }) => {
    const api = await openFakeDingtalkApi();
    api.fail(CREATE, ...faults);
    const { sender } = openSender(api, { card });
    const reply = sender.openReply(createMessage());
    await reply.begin?.(run());
    await reply.finish(answer);
    expect(api.messages).toHaveLength(1);
    expect(cardOf(api)).toMatchObject({ state: 'error', variables: { flowStatus: '5' } });
  });

  it('is not trusted where it was delivered to nobody', async () => {
    const api = await openFakeDingtalkApi();
    api.deliverResults = [{ success: false, errorMsg: 'chatbot not in group' }];
    const { sender } = openSender(api, { card });
    const reply = sender.openReply(createMessage());
    await reply.begin?.(run());
    await reply.finish(answer);
    expect(api.messages).toHaveLength(1);
    expect(api.callsTo(STREAM)).toEqual([]);
  });

  it('shows nothing more after two failures, one behind the other', async () => {
    const api = await openFakeDingtalkApi();
    api.fail(STREAM, broken, broken);
    const { sender, log } = openSender(api, { card });
    const reply = sender.openReply(createMessage());
    await reply.begin?.(run());
    for (const text of ['建', '建成', '建成67所。']) {
      await reply.progress?.(soFar(text));
      await delay(30);
    }
    expect(api.callsTo(STREAM)).toHaveLength(2);
    expect(log.lines).toHaveLength(1);
    await reply.finish(answer);
    expect(api.messages).toHaveLength(1);
    expect(cardOf(api)).toMatchObject({ state: 'error', told: ['（回答见下面的消息。）'] });
  });

  it('has had its second try at the end where one failed just before', async () => {
    const api = await openFakeDingtalkApi();
    api.fail(STREAM, broken, broken);
    const { sender } = openSender(api, { card });
    const reply = sender.openReply(createMessage());
    await reply.begin?.(run());
    await reply.progress?.(soFar('建成'));
    await reply.finish(answer);
    expect(api.messages).toHaveLength(1);
    // Two tries, and the mark of failure.
    expect(api.callsTo(STREAM).map(({ body }) => (body as { readonly isError: boolean }).isError)).toEqual([false, false, true]);
  });

  it('is followed by Markdown alone for a while, then by cards again', async () => {
    const api = await openFakeDingtalkApi();
    api.fail(CREATE, qpsLimit, qpsLimit);
    const { sender } = openSender(api, { card }, { degradeMs: 300 });
    const ask = async (id: string) => {
      const reply = sender.openReply(createMessage());
      await reply.begin?.(run(id));
      await reply.finish(answer);
    };
    await ask('a');
    await ask('b');
    expect(api.callsTo(CREATE)).toHaveLength(2);
    await delay(320);
    await ask('c');
    expect(cardOf(api, 'c').state).toBe('final');
    expect(api.messages).toHaveLength(2);
  });

  it('keeps an answer whose state alone could not be told', async () => {
    const api = await openFakeDingtalkApi();
    const { sender, log } = openSender(api, { card });
    const reply = sender.openReply(createMessage());
    await reply.begin?.(run());
    await expect.poll(() => api.cards.size).toBe(1);
    api.fail(UPDATE, broken, broken);
    await reply.finish(answer);
    expect(cardOf(api).state).toBe('final');
    expect(api.messages).toEqual([]);
    expect(log.lines).toEqual([expect.stringMatching(/^warn a DingTalk card could not be told that its answer is complete/)]);
  });

  it('says that there is no answer where the messages fail, too', async () => {
    const api = await openFakeDingtalkApi();
    api.fail(STREAM, broken, broken);
    api.fail('/v1.0/robot/', { kind: 'status', status: 400 });
    const { sender } = openSender(api, { card });
    const reply = sender.openReply(createMessage());
    await reply.begin?.(run());
    await expect(reply.finish(answer)).rejects.toThrow('Cannot send message 1 of 1 to DingTalk');
    expect(cardOf(api)).toMatchObject({ state: 'error', told: ['暂时无法回答，请稍后再发一次。'] });
  });

  it('says so, too, where the answer was too long for it', async () => {
    const api = await openFakeDingtalkApi();
    api.fail('/v1.0/robot/', { kind: 'status', status: 400 });
    const { sender } = openSender(api, { card });
    const reply = sender.openReply(createMessage());
    await reply.begin?.(run());
    await expect(reply.finish(long(3))).rejects.toThrow('Cannot send message 1 of 3 to DingTalk');
    expect(cardOf(api)).toMatchObject({ state: 'error', told: ['暂时无法回答，请稍后再发一次。'], variables: { flowStatus: '5' } });
  });

  it('throws nothing that nobody waits for where the platform is gone', async () => {
    const api = await openFakeDingtalkApi();
    const { sender } = openSender({ ...api, url: 'http://127.0.0.1:1' } as FakeDingtalkApi, { card });
    const reply = sender.openReply(createMessage());
    await reply.begin?.(run());
    await delay(100);
    await expect(reply.finish(answer)).rejects.toThrow('the connection failed');
  });
});
