import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createUsedSignatures } from '../../../src/bots/dingtalk/used-signatures.ts';
import { isSigned, signDingtalk } from '../../../src/bots/dingtalk/webhook-signature.ts';
import { CLIENT_SECRET } from '../../helpers/fake-dingtalk-api.ts';
import { hang, openWebhook, p99 } from './webhook-parts.ts';
import { createRobotBody } from './stream-parts.ts';

const MINUTE = 60_000;
const TOKEN = 'token-of-the-address-0123456789';

describe('the signature', () => {
  it('is that of the documents', () => {
    const [timestamp, sign] = ['1577262236757', 'hmPWwU+7lVdm3ZZz0r9tSfx0L4Q26jWOZr9+Gs6EZQM='];
    expect(signDingtalk(timestamp, 'this is secret')).toBe(sign);
    expect(isSigned({ timestamp, sign }, 'this is secret', Number(timestamp), 1)).toBe(true);
  });

  it.each([
    ['is missing', { sign: undefined }], ['is empty', { sign: '' }], ['is another', { sign: 'aG1QV3dVKzdsVmRtM1paejByOXRTZng=' }], ['comes without a time', { timestamp: undefined }],
    ['is of a time in seconds', { timestamp: '1577262236' }], ['is of a time with a sign', { timestamp: '+577262236757' }], ['comes twice', { sign: 'SAME, SAME' }], ['comes with two times', { timestamp: '1577262236757, 1577262236757' }],
  ])('is refused where it %s', async (_name, headers) => {
    const { post, createBody, assistant, lines } = await openWebhook();
    expect(await post(createBody(), { headers })).toMatchObject({ status: 401, body: '' });
    expect(assistant.asked).toEqual([]);
    expect(lines).toEqual([expect.stringMatching(/^warn a request in the name of DingTalk was refused .*signature/)]);
  });

  it('is refused where it was made with another secret', async () => {
    const { post, createBody } = await openWebhook();
    expect((await post(createBody(), { secret: 'another-secret' })).status).toBe(401);
  });

  it.each([
    { minutes: 6, signatureMinutes: 60, status: 200 }, { minutes: -6, signatureMinutes: 60, status: 200 },
    { minutes: 59, signatureMinutes: 60, status: 200 }, { minutes: -59, signatureMinutes: 60, status: 200 },
    { minutes: 60, signatureMinutes: 60, status: 401 }, { minutes: -60, signatureMinutes: 60, status: 401 },
    { minutes: 61, signatureMinutes: 60, status: 401 }, { minutes: -61, signatureMinutes: 60, status: 401 },
    { minutes: 6, signatureMinutes: 5, status: 401 }, { minutes: -6, signatureMinutes: 5, status: 401 }, { minutes: 4, signatureMinutes: 5, status: 200 },
  ])('of $minutes minutes off is answered with $status where $signatureMinutes are accepted', async ({ minutes, signatureMinutes, status }) => {
    const now = Date.now();
    const { post, createBody } = await openWebhook({ clock: () => now, settings: { signatureMs: signatureMinutes * MINUTE } });
    expect((await post(createBody(), { timestamp: String(now + minutes * MINUTE) })).status).toBe(status);
  });

  it('does not cover the body: one that is changed on its way under the same msgId is taken for the message, and only the first of them', async () => {
    const { post, createBody, assistant, settle } = await openWebhook();
    const timestamp = String(Date.now());
    const body = createBody({ text: { content: '67所？' } });
    const changed = JSON.stringify(body).replace('67所', '68所');
    expect((await post(changed, { timestamp })).status).toBe(200);
    expect((await post(body, { timestamp })).status).toBe(200);
    await settle();
    expect(assistant.asked.map(({ question }) => question)).toEqual(['68所？']);
  });

  it('holds for one message: seen by somebody, it is not good for another body', async () => {
    const { post, createBody, assistant, settle, api } = await openWebhook();
    const timestamp = String(Date.now());
    expect((await post(createBody(), { timestamp })).status).toBe(200);
    expect((await post(createBody({ text: { content: '另一个问题？' } }), { timestamp })).status).toBe(401);
    await settle();
    expect(assistant.asked).toHaveLength(1);
    expect(api.messages).toHaveLength(1);
  });

  it('is not good for a message of another day', async () => {
    const { post, createBody } = await openWebhook();
    expect((await post(createBody({ createAt: Date.now() - 61 * MINUTE }))).status).toBe(401);
    expect((await post(createBody({ createAt: Date.now() + 61 * MINUTE }))).status).toBe(401);
  });
});

describe('signatures that were used', () => {
  it('are forgotten when they hold no more', () => {
    const used = createUsedSignatures();
    expect(used.use('a', 'm1', 100, 0)).toBe(true);
    expect(used.use('a', 'm1', 100, 50)).toBe(true);
    expect(used.use('a', 'm2', 100, 99)).toBe(false);
    expect(used.use('a', 'm2', 200, 100)).toBe(true);
  });
});

describe('a message over HTTP', () => {
  it('is acknowledged and answered once, though it comes fifty times at once', async () => {
    const { post, createBody, assistant, api, settle } = await openWebhook();
    const body = createBody();
    const timestamp = String(Date.now());
    const answers = await Promise.all(Array.from({ length: 50 }, () => post(body, { timestamp })));
    expect(answers.map(({ status, body: told }) => `${status} ${told}`)).toEqual(Array.from({ length: 50 }, () => '200 {"msgtype":"empty"}'));
    await settle();
    expect(assistant.asked).toHaveLength(1);
    expect(api.messages).toHaveLength(1);
    expect(api.messages[0]).toMatchObject({ via: 'webhook', mentioned: ['user123'] });
    expect(api.problems).toEqual([]);
  });

  it('is acknowledged within 100 ms while answers hang', async () => {
    const { post, createBody } = await openWebhook({ script: hang() });
    const times: number[] = [];
    for (let count = 0; count < 200; count += 1) times.push((await post(createBody({ senderStaffId: `user${count}` }))).ms);
    expect(p99(times)).toBeLessThan(100);
  });

  it.each([
    ['no JSON', '{"msgId":'], ['no UTF-8', Buffer.from(JSON.stringify(createRobotBody()).replace('你好', '\u00ff'), 'latin1')], ['nothing', ''], ['a list', '[]'], ['another thing', '{"msgtype":"text"}'],
  ])('is refused where it is %s', async (_name, body) => {
    const { post, inbox } = await openWebhook();
    expect(await post(body)).toMatchObject({ status: 400, body: '' });
    expect(inbox.size).toBe(0);
  });

  it('is refused where it is larger than 1 MB', async () => {
    const { post, createBody } = await openWebhook();
    expect((await post(createBody({ text: { content: '所'.repeat(400_000) } }))).status).toBe(413);
  });

  it('is read as JSON whatever its type is said to be, and other routes keep their own way', async () => {
    const { post, createBody, app } = await openWebhook();
    expect((await post(createBody(), { headers: { 'content-type': 'text/plain' } })).status).toBe(200);
    expect((await app.inject({ method: 'POST', url: '/api/echo', payload: { question: '多少所？' } })).json()).toEqual({ got: { question: '多少所？' } });
    expect((await app.inject({ method: 'POST', url: '/api/echo', payload: '<x/>', headers: { 'content-type': 'text/xml' } })).statusCode).toBe(415);
  });

  it('is sent again where nothing can be taken on: before the start, when all is full, after the stop', async () => {
    const { post, createBody, start, adapter, assistant } = await openWebhook({ isStarted: false, inbox: { mostWaiting: 0 } });
    const body = createBody();
    expect(adapter.state).toEqual({ phase: 'connecting', mode: 'http', reconnects: 0 });
    expect(await post(body)).toMatchObject({ status: 503, body: '', retryAfter: '2' });
    start();
    expect(adapter.state).toEqual({ phase: 'up', mode: 'http', reconnects: 0 });
    expect(await post(body)).toMatchObject({ status: 503, retryAfter: '5' });
    await adapter.stop();
    expect(adapter.state.phase).toBe('stopped');
    expect(await post(body)).toMatchObject({ status: 503, retryAfter: '2' });
    expect(assistant.asked).toEqual([]);
  });

  it('is not told apart from a stranger before the start', async () => {
    const { post, createBody } = await openWebhook({ isStarted: false });
    expect((await post(createBody(), { secret: 'another-secret' })).status).toBe(401);
  });
});

describe('the address for replies', () => {
  it.each([
    'https://evil.example/robot/sendBySession?session=x', 'https://oapi.dingtalk.com.evil.example/x', 'https://user:word@oapi.dingtalk.com/x', 'https://oapi.dingtalk.com:8443/x', 'http://oapi.dingtalk.com/x',
    'https://127.0.0.1/x', 'http://169.254.169.254/latest/meta-data', 'http://[::ffff:169.254.169.254]/x', 'file:///etc/passwd', 'javascript:alert(1)', '//oapi.dingtalk.com/x', 'none',
  ])('is refused: %s', async (sessionWebhook) => {
    const { post, createBody, assistant, lines } = await openWebhook();
    expect(await post(createBody({ sessionWebhook }))).toMatchObject({ status: 403, body: '' });
    expect(assistant.asked).toEqual([]);
    expect(lines).toEqual([expect.stringMatching(/refused .*"status":403.*DINGTALK_ALLOWED_HOSTS/)]);
    expect(lines.join('')).not.toContain('evil');
  });

  it('must be https where the platform is not on this machine', async () => {
    const { post, createBody } = await openWebhook({ settings: { apiUrl: 'https://api.dingtalk.com' } });
    expect((await post(createBody())).status).toBe(403);
  });

  it('may be one of those that are set', async () => {
    const { post, createBody } = await openWebhook({ settings: { replyHosts: ['dingtalk.example:8443'] } });
    expect((await post(createBody({ sessionWebhook: 'https://oapi.dingtalk.com/x' }))).status).toBe(403);
    expect((await post(createBody({ sessionWebhook: 'https://dingtalk.example:8443/x', text: { content: '' } }))).status).toBe(200);
  });

  it.each([{ when: 'that has expired', changes: { sessionWebhookExpiredTime: Date.now() - 1 } }, { when: 'that is missing', changes: { sessionWebhook: undefined } }])('$when is made up for by the API', async ({ changes }) => {
    const { post, createBody, api, settle } = await openWebhook();
    expect((await post(createBody(changes))).status).toBe(200);
    await settle();
    expect(api.messages).toEqual([expect.objectContaining({ via: 'group', to: 'cidSample' })]);
  });
});

describe('a token in the address', () => {
  it.each(['dingtalk', 'zzd'] as const)('is needed where it is set (%s), and the path without it is none', async (dialect) => {
    const { post, createBody, assistant, settle, lines } = await openWebhook({ settings: { webhookToken: TOKEN, dialect, tenantId: '1' } });
    for (const path of ['/dingtalk/events', '/dingtalk/events/', '/dingtalk/events/another-token-of-the-address', `/dingtalk/events/${TOKEN}x`]) expect((await post(createBody(), { path })).status).toBe(404);
    expect((await post(createBody(), { path: `/dingtalk/events/${TOKEN}` })).status).toBe(200);
    await settle();
    expect(assistant.asked).toHaveLength(1);
    expect(lines.join('\n')).not.toContain('token-of-the-address');
  });

  it('does not make up for a signature', async () => {
    const { post, createBody } = await openWebhook({ settings: { webhookToken: TOKEN } });
    expect((await post(createBody(), { path: `/dingtalk/events/${TOKEN}`, headers: { timestamp: undefined, sign: undefined } })).status).toBe(401);
  });

  it('is enough for 浙政钉, which signs nothing; a signature that is sent must be right', async () => {
    const { post, createBody } = await openWebhook({ settings: { webhookToken: TOKEN, dialect: 'zzd', tenantId: '1' } });
    const path = `/dingtalk/events/${TOKEN}`;
    expect((await post(createBody(), { path, headers: { timestamp: undefined, sign: undefined } })).status).toBe(200);
    expect((await post(createBody(), { path, headers: { sign: undefined } })).status).toBe(401);
    expect((await post(createBody(), { path, secret: 'another-secret' })).status).toBe(401);
    expect((await post(createBody({ sessionWebhook: 'https://evil.example/x' }), { path, headers: { timestamp: undefined, sign: undefined } })).status).toBe(403);
  });
});

describe('the state over HTTP', () => {
  it('tells that the credentials are refused, and takes messages all the same', async () => {
    const { adapter, api, post, createBody, settle, lines } = await openWebhook({ settings: { clientId: 'another' } });
    await expect.poll(() => adapter.state).toEqual({ phase: 'refused', mode: 'http', reason: 'DingTalk answered invalidClientIdOrSecret', reconnects: 0 });
    expect((await post(createBody())).status).toBe(200);
    await settle();
    expect(api.messages).toHaveLength(1);
    expect(lines.join('\n')).toContain('DingTalk refuses the credentials');
    await adapter.stop();
    expect(adapter.state).toMatchObject({ phase: 'stopped' });
    const asked = api.callsTo('/v1.0/oauth2/accessToken').length;
    await delay(700);
    expect(api.callsTo('/v1.0/oauth2/accessToken')).toHaveLength(asked);
  });

  it('tells that the platform cannot be reached, until it can', async () => {
    const { adapter, api, start } = await openWebhook({ isStarted: false });
    api.fail('/v1.0/oauth2/', { kind: 'close' }, { kind: 'status', status: 502 });
    start();
    await expect.poll(() => adapter.state.phase, { interval: 2 }).toBe('connecting');
    await expect.poll(() => adapter.state).toEqual({ phase: 'up', mode: 'http', reconnects: 0 });
    expect(api.callsTo('/v1.0/oauth2/accessToken')).toHaveLength(3);
  });
});

it('no line of the log holds the secret, an address for replies, or what was asked', async () => {
  const { post, createBody, lines, settle } = await openWebhook();
  await post(createBody({ text: { content: '机密问题？' } }));
  await post(createBody({ sessionWebhook: 'https://evil.example/session-of-somebody' }));
  await post('x', { headers: { sign: 'sign-of-somebody' } });
  await settle();
  for (const secret of [CLIENT_SECRET, 'sendBySession', 'session-of-somebody', 'sign-of-somebody', '机密问题']) expect(lines.join('\n')).not.toContain(secret);
});
