import { describe, expect, it, onTestFinished } from 'vitest';
import { createAccessToken } from '../../../src/bots/dingtalk/access-token.ts';
import { DingtalkFailure } from '../../../src/bots/dingtalk/request.ts';
import { openFakeDingtalkApi, settingsFor } from '../../helpers/fake-dingtalk-api.ts';

const TOKEN = '/v1.0/oauth2/accessToken';

async function openToken(limits: Parameters<typeof createAccessToken>[2] = {}) {
  const api = await openFakeDingtalkApi();
  const closing = new AbortController();
  onTestFinished(() => closing.abort());
  return { api, closing, token: createAccessToken(settingsFor(api), closing.signal, limits) };
}

const same = async (token: string): Promise<string> => token;
const refuse = async (): Promise<never> => { throw new DingtalkFailure('token', 'InvalidAuthentication'); };

describe('the access token', () => {
  it('is asked for once by many callers, and kept', async () => {
    const { api, token } = await openToken();
    expect(new Set(await Promise.all(Array.from({ length: 50 }, () => token.use(same))))).toEqual(new Set(['token-1']));
    await token.use(same);
    expect(api.callsTo(TOKEN)).toHaveLength(1);
    expect(api.callsTo(TOKEN)[0]?.body).toEqual({ appKey: 'dingabcdefghijkl', appSecret: 'secret-of-the-application' });
    expect(api.problems).toEqual([]);
  });

  it('is renewed before its end', async () => {
    const { api, token } = await openToken({ earlyMs: 1_850 });
    api.expireIn = 2;
    // Of two seconds, half of them are used where it would be less otherwise.
    expect(await token.use(same)).toBe('token-1');
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await token.use(same)).toBe('token-1');
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(await token.use(same)).toBe('token-2');
  });

  it('is renewed once by many callers whose token is refused, and no more than once by each', async () => {
    const { api, token } = await openToken();
    await token.use(same);
    const told = await Promise.allSettled(Array.from({ length: 20 }, () => token.use(async (text) => (text === 'token-1' ? refuse() : text))));
    expect(told.every((each) => each.status === 'fulfilled' && each.value === 'token-2')).toBe(true);
    expect(api.tokensGiven).toBe(2);
    await expect(token.use(refuse)).rejects.toThrow('DingTalk answered InvalidAuthentication');
    expect(api.tokensGiven).toBe(3);
  });

  it('stays where a caller comes late with the one before', async () => {
    const { api, token } = await openToken();
    let refuseLate = (): void => undefined;
    const late = token.use((text) => (text === 'token-1' ? new Promise<string>((_resolve, reject) => { refuseLate = () => reject(new DingtalkFailure('token', '40014')); }) : same(text)));
    await expect.poll(() => api.tokensGiven).toBe(1);
    await token.use(async (text) => (text === 'token-1' ? refuse() : text));
    refuseLate();
    expect(await late).toBe('token-2');
    expect(api.tokensGiven).toBe(2);
  });

  it('is asked for again after a failure', async () => {
    const { api, token } = await openToken({ requestMs: 1000 });
    api.fail(TOKEN, { kind: 'status', status: 500 }, { kind: 'body', body: '{}' }, { kind: 'hang' });
    await expect(token.use(same)).rejects.toThrow('DingTalk answered SomeError');
    await expect(token.use(same)).rejects.toThrow('DingTalk answered without a token');
    await expect(token.use(same)).rejects.toThrow('no answer within 1 s');
    expect(await token.use(same)).toBe('token-1');
  });

  it('is not waited for when the service closes', async () => {
    const { api, token, closing } = await openToken();
    api.fail(TOKEN, { kind: 'hang' });
    const failure = expect(token.use(same)).rejects.toThrow('closed');
    closing.abort(new Error('closed'));
    await failure;
  });
});
