import { describe, expect, it } from 'vitest';
import { formatZzdTime, signZzd } from '../../../src/bots/dingtalk/zzd-signature.ts';
import { openFakeDingtalkApi } from '../../helpers/fake-dingtalk-api.ts';
import { answer, createMessage, openSender, words } from './sender-parts.ts';

const zzd = { dialect: 'zzd', mode: 'http', tenantId: '50000' } as const;
const at = new Date('2026-11-26T09:00:00.123Z');
const nonce = '17641476001231234';

describe('the signature of 专有钉钉', () => {
  it('tells the time of China, whatever the machine says', () => {
    expect(formatZzdTime(at)).toBe('2026-11-26T17:00:00.123+08:00');
    expect(formatZzdTime(new Date('2026-12-31T16:30:00Z'))).toBe('2027-01-01T00:30:00.000+08:00');
  });

  // Computed with: printf 'GET\n2026-11-26T17:00:00.123+08:00\n17641476001231234\n/gettoken.json\nappkey=key&appsecret=secret' | openssl dgst -sha256 -hmac 'this is secret' -binary | base64
  it.each([
    { method: 'GET', path: '/gettoken.json', params: { appsecret: 'secret', appkey: 'key' }, signature: 'a1QCSojmok2OKrCMCVMA1A9mK87zDoCIyrSoh3EZoYo=' },
    { method: 'POST', path: '/chat/sendMsg', params: { msg: '{"a":"中 文&=+"}', chatType: '1' }, signature: 'XpdketqJINZZCqmq6fwmG1xx7Jro4Ku61aZ9YARQ6UE=' },
    { method: 'POST', path: '/ping', params: {}, signature: 'fHK6x/JcpdDU66rCdOLEZk4iaziJzIZ1KxZQA3U8E54=' },
  ] as const)('of $method $path is $signature', ({ method, path, params, signature }) => {
    expect(signZzd({ method, path, params, at, nonce }, 'this is secret')).toBe(signature);
  });
});

describe('a reply on 专有钉钉', () => {
  it('is a text without Markdown to the address of its message, and mentions the asker', async () => {
    const api = await openFakeDingtalkApi();
    const { sender } = openSender(api, zzd);
    const reply = sender.openReply(createMessage({ sessionWebhook: api.openSession() }));
    await reply.begin?.({ answerId: 'a' });
    await reply.progress?.({ text: '建成', citations: [] });
    await reply.finish(answer);
    const [message, ...more] = api.messages;
    expect(more).toEqual([]);
    expect(message).toMatchObject({ via: 'webhook', mentioned: ['user123'] });
    expect(message?.text).toMatch(/^67所\n\n建成二级以上标准幼儿园67所。\[1\]/);
    expect(message?.text).not.toContain('**');
    expect(api.problems).toEqual([]);
  });

  it.each([
    { isGroup: true, to: 'cid1' },
    { isGroup: false, to: 'user123' },
  ])('is signed and sent by /chat/sendMsg after the address has expired (group: $isGroup)', async ({ isGroup, to }) => {
    const api = await openFakeDingtalkApi();
    const { sender } = openSender(api, { ...zzd, card: { templateId: 't', key: 'content' } });
    const reply = sender.openReply(createMessage({ isGroup, sessionWebhook: api.openSession(), sessionWebhookExpiresAt: 1 }));
    await reply.begin?.({ answerId: 'a' });
    await reply.finish(words('问：1+1=2 & 100%？'));
    expect(api.messages).toEqual([{ via: 'zzd', to, title: '', text: '问：1+1=2 & 100%？', mentioned: [] }]);
    expect(api.calls.map(({ path }) => path)).toEqual(['/gettoken.json', '/chat/sendMsg']);
    expect(api.problems).toEqual([]);
  });

  it('gets a new token where the old one is refused', async () => {
    const api = await openFakeDingtalkApi();
    const { sender } = openSender(api, zzd);
    await sender.openReply(createMessage()).finish(words('甲'));
    api.expireTokens();
    await sender.openReply(createMessage()).finish(words('乙'));
    expect(api.messages.map(({ text }) => text)).toEqual(['甲', '乙']);
    expect(api.tokensGiven).toBe(2);
  });

  it('says which setting is missing', async () => {
    const api = await openFakeDingtalkApi();
    const { sender } = openSender(api, { ...zzd, tenantId: undefined });
    await expect(sender.openReply(createMessage()).finish(words('甲'))).rejects.toThrow('By the API: DINGTALK_TENANT_ID is not set.');
  });

  it('takes success: false for a failure, and tells its code', async () => {
    const api = await openFakeDingtalkApi();
    api.fail('/chat/sendMsg', { kind: 'body', body: '{"success":true,"bizErrorCode":"MIC-1","content":{"success":false}}' });
    const { sender } = openSender(api, zzd);
    await expect(sender.openReply(createMessage()).finish(words('甲'))).rejects.toThrow('By the API: DingTalk answered MIC-1.');
  });
});
