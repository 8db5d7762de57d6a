import { describe, expect, it } from 'vitest';
import { isAllowedReplyAddress } from '../../../src/text/addresses.ts';
import { CLIENT_SECRET, openFakeDingtalkApi, settingsFor } from '../../helpers/fake-dingtalk-api.ts';
import { qpsLimit } from '../../helpers/fake-dingtalk-api-faults.ts';
import type { DingtalkFault } from '../../helpers/fake-dingtalk-api-faults.ts';
import { answer, createMessage, long, openSender, outsider, words } from './sender-parts.ts';

const WEBHOOK = '/robot/sendBySession';
const GROUP = '/v1.0/robot/groupMessages/send';
const SINGLE = '/v1.0/robot/oToMessages/batchSend';

describe('a reply to the address of its message', () => {
  it('is Markdown that mentions the asker in a group', async () => {
    const api = await openFakeDingtalkApi();
    const { sender } = openSender(api);
    await sender.openReply(createMessage({ sessionWebhook: api.openSession(), sessionWebhookExpiresAt: Date.now() + 60_000 })).finish(answer);
    expect(api.messages).toEqual([{ via: 'webhook', to: 'session1', title: '覆盖面是多少?', text: expect.stringMatching(/^\*\*67所\*\*\n\n[\s\S]+\n\n@user123$/), mentioned: ['user123'] }]);
    expect(api.problems).toEqual([]);
    expect(api.tokensGiven).toBe(0);
  });

  it.each([
    { who: 'the only other person', message: createMessage({ isGroup: false }) },
    { who: 'somebody of another organisation', message: outsider() },
    { who: 'somebody whose id is no id', message: createMessage({ senderStaffId: 'all @x' }) },
  ])('mentions nobody where the asker is $who', async ({ message }) => {
    const api = await openFakeDingtalkApi();
    const { sender } = openSender(api);
    await sender.openReply({ ...message, sessionWebhook: api.openSession() }).finish(words('好的。'));
    expect(api.messages).toEqual([expect.objectContaining({ via: 'webhook', text: '好的。', mentioned: [] })]);
  });

  it('comes in several messages in their order where it is long, and mentions once', async () => {
    const api = await openFakeDingtalkApi();
    const { sender } = openSender(api);
    await sender.openReply(createMessage({ sessionWebhook: api.openSession() })).finish(long(4));
    expect(api.messages.map(({ mentioned }) => mentioned.length)).toEqual([1, 0, 0, 0]);
    expect(api.messages.every(({ text }) => text.length <= 3_800)).toBe(true);
    expect(api.messages.slice(1).every(({ text }) => text.startsWith('（续）'))).toBe(true);
    expect(api.problems).toEqual([]);
  });

  it.each<{ readonly name: string; readonly faults: readonly DingtalkFault[] }>([
    { name: 'errcode -1', faults: [{ kind: 'errcode', code: -1 }, { kind: 'errcode', code: 130101 }] },
    { name: '500 and a closed socket', faults: [{ kind: 'status', status: 500 }, { kind: 'close' }] },
    { name: '429 and silence', faults: [{ kind: 'status', status: 429 }, { kind: 'hang' }] },
    { name: '403 for too much', faults: [qpsLimit, qpsLimit] },
  ])('is tried up to three times after $name', async ({ faults }) => {
    const api = await openFakeDingtalkApi();
    api.fail(WEBHOOK, ...faults);
    const { sender } = openSender(api);
    await sender.openReply(createMessage({ sessionWebhook: api.openSession() })).finish(words('好的。'));
    expect(api.messages.map(({ via }) => via)).toEqual(['webhook']);
    expect(api.callsTo(WEBHOOK)).toHaveLength(3);
  });

  it('waits as long as Retry-After says', async () => {
    const api = await openFakeDingtalkApi();
    api.fail(WEBHOOK, { kind: 'status', status: 429, retryAfter: '1' });
    const { sender } = openSender(api);
    await sender.openReply(createMessage({ sessionWebhook: api.openSession() })).finish(words('好的。'));
    const [first, second] = api.callsTo(WEBHOOK);
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(990);
    expect(api.messages.map(({ via }) => via)).toEqual(['webhook']);
  });
});

describe('a reply by the API', () => {
  it.each<{ readonly name: string; readonly faults: readonly DingtalkFault[]; readonly calls: number }>([
    { name: 'an errcode', faults: [{ kind: 'errcode', code: 310000 }], calls: 1 },
    { name: 'a text errcode', faults: [{ kind: 'body', body: '{"errcode":"300001","errmsg":"x"}' }], calls: 1 },
    { name: 'something that is not JSON', faults: [{ kind: 'body', body: '<html>' }], calls: 1 },
    { name: 'a redirect', faults: [{ kind: 'status', status: 302, location: 'https://evil.test/' }], calls: 1 },
    { name: '404', faults: [{ kind: 'status', status: 404 }], calls: 1 },
    { name: 'a Retry-After that nobody can wait for', faults: [{ kind: 'status', status: 429, retryAfter: '3600' }], calls: 1 },
    { name: 'three faults', faults: [{ kind: 'status', status: 502 }, { kind: 'close' }, { kind: 'hang' }], calls: 3 },
  ])('takes over where the address answers with $name', async ({ faults, calls }) => {
    const api = await openFakeDingtalkApi();
    api.fail(WEBHOOK, ...faults);
    const { sender } = openSender(api);
    await sender.openReply(createMessage({ sessionWebhook: api.openSession() })).finish(words('好的。'));
    expect(api.callsTo(WEBHOOK)).toHaveLength(calls);
    expect(api.messages).toEqual([{ via: 'group', to: 'cid1', title: '好的。', text: '好的。', mentioned: [] }]);
    expect(api.problems).toEqual([]);
  });

  it('takes over where the address has expired, by its time or by what the platform says', async () => {
    const api = await openFakeDingtalkApi();
    const { sender } = openSender(api);
    await sender.openReply(createMessage({ sessionWebhook: api.openSession(), sessionWebhookExpiresAt: Date.now() - 1 })).finish(words('甲'));
    expect(api.callsTo(WEBHOOK)).toHaveLength(0);
    await sender.openReply(createMessage({ sessionWebhook: api.openSession(-1) })).finish(words('乙'));
    expect(api.messages.map(({ via, text }) => [via, text])).toEqual([['group', '甲'], ['group', '乙']]);
  });

  it('goes to the person alone where nobody else is there', async () => {
    const api = await openFakeDingtalkApi();
    const { sender } = openSender(api, { robotCode: 'ding-set' });
    await sender.openReply(createMessage({ isGroup: false })).finish(words('好的。'));
    expect(api.messages).toEqual([{ via: 'single', to: 'user123', title: '好的。', text: '好的。', mentioned: [] }]);
    expect(api.callsTo(SINGLE)[0]?.body).toMatchObject({ robotCode: 'ding-set' });
  });

  it('goes on by the API once the address has failed, and asks for one token', async () => {
    const api = await openFakeDingtalkApi();
    api.fail(WEBHOOK, { kind: 'errcode', code: 310000 });
    const { sender } = openSender(api);
    await sender.openReply(createMessage({ sessionWebhook: api.openSession() })).finish(long(3));
    expect(api.messages.map(({ via }) => via)).toEqual(['group', 'group', 'group']);
    expect(api.tokensGiven).toBe(1);
  });

  it('gets a new token, once, where the old one is refused', async () => {
    const api = await openFakeDingtalkApi();
    const { sender } = openSender(api);
    await sender.openReply(createMessage()).finish(words('甲'));
    api.expireTokens();
    await sender.openReply(createMessage()).finish(words('乙'));
    expect(api.messages.map(({ text }) => text)).toEqual(['甲', '乙']);
    expect(api.tokensGiven).toBe(2);
    api.fail(GROUP, { kind: 'status', status: 401 }, { kind: 'status', status: 401 });
    await expect(sender.openReply(createMessage()).finish(words('丙'))).rejects.toThrow(/By the API: DingTalk answered SomeError/);
    expect(api.tokensGiven).toBe(3);
  });
});

describe('a reply that cannot be sent', () => {
  it.each([
    { name: 'the platform refuses', message: createMessage(), faults: [GROUP], told: /By the API: DingTalk answered SomeError\. Check/ },
    { name: 'an outsider is alone with the robot', message: outsider({ isGroup: false }), faults: [], told: /not of this organisation/ },
    { name: 'nobody told which robot it is', message: createMessage({ robotCode: '' }), faults: [], told: /DINGTALK_ROBOT_CODE is not set/ },
  ])('is told in one clear message where $name', async ({ message, faults, told }) => {
    const api = await openFakeDingtalkApi();
    for (const path of faults) api.fail(path, { kind: 'status', status: 400 });
    const { sender } = openSender(api);
    const failure = sender.openReply(message).finish(words('机密的回答'));
    await expect(failure).rejects.toMatchObject({ code: 'unavailable', message: expect.stringMatching(told) });
    await expect(failure).rejects.toThrow(/^Cannot send message 1 of 1 to DingTalk\. To the reply address of the question: the message brought none\./);
    expect(api.messages).toEqual([]);
  });

  it('tells neither secrets, nor the answer, nor what the platform wrote', async () => {
    const api = await openFakeDingtalkApi();
    api.fail(WEBHOOK, { kind: 'errcode', code: 310000 });
    api.fail('/v1.0/oauth2', { kind: 'status', status: 400, code: CLIENT_SECRET.replace('-', ' ') });
    const { sender, log } = openSender(api);
    const error = await sender.openReply(createMessage({ sessionWebhook: api.openSession() })).finish(words('机密的回答')).catch((thrown: unknown) => thrown);
    const told = `${String(error)}${log.lines.join()}`;
    expect(told).toContain('310000');
    for (const hidden of [CLIENT_SECRET, CLIENT_SECRET.replace('-', ' '), 'session1', '机密', '文字来自平台']) expect(told).not.toContain(hidden);
  });

  it('says the reason of invalid people', async () => {
    const api = await openFakeDingtalkApi();
    api.invalidStaffIds = ['user123'];
    const { sender } = openSender(api);
    await expect(sender.openReply(createMessage({ isGroup: false })).finish(words('甲'))).rejects.toThrow('it does not know the asker');
  });
});

describe('the pace of replies', () => {
  it('keeps below what a group may be sent in a minute, and lets other groups pass', async () => {
    const api = await openFakeDingtalkApi();
    const { sender } = openSender(api, {}, { messagesPerMinute: 3, minuteMs: 400, mostWaitMs: 5_000 });
    const session = api.openSession();
    const start = performance.now();
    const all = Array.from({ length: 7 }, (_, index) => sender.openReply(createMessage({ sessionWebhook: session })).finish(words(`第${index}条`)));
    await sender.openReply(createMessage({ conversationId: 'cid2', sessionWebhook: session })).finish(words('另一个群'));
    expect(performance.now() - start).toBeLessThan(350);
    await Promise.all(all);
    const times = api.callsTo(WEBHOOK).map(({ at }) => at - start);
    expect(performance.now() - start).toBeGreaterThan(790);
    expect(times.filter((time) => time < 390)).toHaveLength(4);
    expect(api.messages.map(({ text }) => Number(/第(\d)/.exec(text)?.[1] ?? -1)).filter((each) => each >= 3).toSorted()).toEqual([3, 4, 5, 6]);
  });

  it('does not let a message wait for ever', async () => {
    const api = await openFakeDingtalkApi();
    const { sender } = openSender(api, {}, { messagesPerMinute: 1, minuteMs: 60_000, mostWaitMs: 1_000 });
    await sender.openReply(createMessage()).finish(words('甲'));
    await expect(sender.openReply(createMessage()).finish(words('乙'))).rejects.toThrow('too much waits to be sent there already');
  });
});

describe('closing', () => {
  it('ends what is under way, and sends nothing after it', async () => {
    const api = await openFakeDingtalkApi();
    api.fail(WEBHOOK, { kind: 'hang' });
    const { sender } = openSender(api, {}, { requestMs: 10_000 });
    const reply = sender.openReply(createMessage({ sessionWebhook: api.openSession() }));
    const failure = expect(reply.finish(words('甲'))).rejects.toThrow('Cannot send to DingTalk: the service is closing.');
    await expect.poll(() => api.calls.length).toBe(1);
    const start = performance.now();
    await sender.close();
    expect(performance.now() - start).toBeLessThan(500);
    await failure;
    await expect(reply.finish(words('乙'))).rejects.toThrow('the service is closing');
    expect(api.calls).toHaveLength(1);
  });
});

describe('the address that a message brings', () => {
  const settings = { replyHosts: ['oapi.dingtalk.com', 'ding.example.gov.cn:8443'], apiUrl: 'https://api.dingtalk.com' };

  it.each([
    ['https://oapi.dingtalk.com/robot/sendBySession?session=x', true],
    ['https://OAPI.dingtalk.com:443/robot', true],
    ['https://ding.example.gov.cn:8443/x', true],
    ['https://ding.example.gov.cn/x', false],
    ['http://oapi.dingtalk.com/robot', false],
    ['https://oapi.dingtalk.com.evil.test/', false],
    ['https://oapi.dingtalk.com@evil.test/', false],
    ['https://user@oapi.dingtalk.com/', false],
    ['https://evil.test/?oapi.dingtalk.com', false],
    ['https://oapi.dingtalk.com:8443/', false],
    ['http://127.0.0.1:9/', false],
    ['http://169.254.169.254/latest/meta-data', false],
    ['file:///etc/passwd', false],
    ['ftp://oapi.dingtalk.com/', false],
    ['//oapi.dingtalk.com/', false],
    ['', false],
  ])('%s: %s', (address, isAllowed) => {
    expect(isAllowedReplyAddress(address, settings.apiUrl, settings.replyHosts)).toBe(isAllowed);
  });

  it('may be on this machine only where the platform is', () => {
    const local = settingsFor({ url: 'http://127.0.0.1:8080' });
    expect(isAllowedReplyAddress('http://localhost:9/', local.apiUrl, local.replyHosts)).toBe(true);
    expect(isAllowedReplyAddress('http://10.0.0.1/', local.apiUrl, local.replyHosts)).toBe(false);
  });

  it('gets nothing where its host is not allowed: the answer goes by the API', async () => {
    const [api, evil] = [await openFakeDingtalkApi(), await openFakeDingtalkApi()];
    const { sender } = openSender(api);
    const host = evil.url.replace('127.0.0.1', '0.0.0.0');
    await sender.openReply(createMessage({ sessionWebhook: `${host}/robot/sendBySession?session=x` })).finish(words('好的。'));
    expect(evil.calls).toEqual([]);
    expect(api.messages.map(({ via }) => via)).toEqual(['group']);
  });
});
