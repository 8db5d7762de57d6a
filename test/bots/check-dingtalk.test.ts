import { describe, expect, it } from 'vitest';
import { checkDingtalk } from '../../src/bots/check-dingtalk.ts';
import { CLIENT_SECRET, openFakeDingtalkApi, settingsFor } from '../helpers/fake-dingtalk-api.ts';
import type { DingtalkFault } from '../helpers/fake-dingtalk-api-faults.ts';

const TOKEN = '/v1.0/oauth2/accessToken';
const GATEWAY = '/v1.0/gateway/connections/open';
const card = { templateId: 'tpl.schema', key: 'content' };
const LIMIT_MS = 150;

describe('the check of DingTalk', () => {
  it.each([
    { name: 'a stream', changes: {}, message: 'the credentials are good, over a stream; Markdown answers (no DINGTALK_CARD_TEMPLATE_ID)', paths: [TOKEN, GATEWAY] },
    { name: 'cards', changes: { card }, message: 'the credentials are good, over a stream; answers on cards; whether the template and its permissions are right shows with the first answer', paths: [TOKEN, GATEWAY] },
    { name: 'HTTP', changes: { mode: 'http' }, message: 'the credentials are good, over HTTP; Markdown answers (no DINGTALK_CARD_TEMPLATE_ID); whether DingTalk reaches this service shows when it sends something', paths: [TOKEN] },
    { name: '专有钉钉', changes: { mode: 'http', dialect: 'zzd', tenantId: '1' }, message: 'the credentials are good, 专有钉钉 over HTTP; with a tenant id; whether the platform reaches this service shows when it sends something', paths: ['/gettoken.json'] },
    { name: '专有钉钉 without a tenant', changes: { mode: 'http', dialect: 'zzd' }, message: expect.stringContaining('DINGTALK_TENANT_ID is not set: after'), paths: ['/gettoken.json'] },
  ] as const)('says that all is well with $name, and asks for no more than that', async ({ changes, message, paths }) => {
    const api = await openFakeDingtalkApi();
    expect(await checkDingtalk(settingsFor(api, changes))).toEqual({ state: 'ok', message });
    expect(api.calls.map(({ path }) => path)).toEqual(paths);
    expect(api.problems).toEqual([]);
  });

  it.each([
    { dialect: 'dingtalk', code: 'invalidClientIdOrSecret' },
    { dialect: 'zzd', code: 'MIC-OPEN-001' },
  ] as const)('says which credentials to copy again, and no secret ($dialect)', async ({ dialect, code }) => {
    const api = await openFakeDingtalkApi();
    const wrong = 'another-secret-of-ours';
    const settings = settingsFor(api, { dialect, mode: 'http', clientSecret: wrong });
    // 专有钉钉 sees a wrong secret by the signature already; this is what it says of an unknown application.
    if (dialect === 'zzd') api.fail('/gettoken.json', { kind: 'body', body: JSON.stringify({ success: false, bizErrorCode: code }) });
    const { state, message } = await checkDingtalk(settings);
    expect([state, message]).toEqual(['failed', expect.stringContaining(`DingTalk does not give an access token for DINGTALK_CLIENT_ID and DINGTALK_CLIENT_SECRET (${code}). Copy both again`)]);
    expect(message).not.toContain(wrong);
  });

  it.each<{ readonly name: string; readonly path: string; readonly fault: DingtalkFault; readonly told: RegExp }>([
    { name: 'silence', path: TOKEN, fault: { kind: 'hang' }, told: /^Cannot reach DingTalk at 127\.0\.0\.1:\d+: no answer within 0\.15 s\. Check that this machine may connect there \(firewall, proxy\), and DINGTALK_API_URL\.$/ },
    { name: 'a closed socket', path: TOKEN, fault: { kind: 'close' }, told: /^Cannot reach DingTalk at 127\.0\.0\.1:\d+: the connection failed \(UND_ERR_SOCKET\)\./ },
    { name: 'a page', path: TOKEN, fault: { kind: 'body', body: '<html>' }, told: /^What answers at 127\.0\.0\.1:\d+ is not DingTalk \(something that is not JSON\)\. Check DINGTALK_API_URL and DINGTALK_DIALECT\.$/ },
    { name: '503', path: TOKEN, fault: { kind: 'status', status: 503, code: 'ServiceUnavailable' }, told: /is in trouble \(ServiceUnavailable\)\. Try again later/ },
    { name: 'too much', path: TOKEN, fault: { kind: 'status', status: 429, code: 'x' }, told: /^DingTalk was asked too often for an access token \(x\)\. Try again in a minute\.$/ },
    { name: 'a gateway that refuses', path: GATEWAY, fault: { kind: 'status', status: 403, code: 'NotStreamMode' }, told: /^DingTalk gives a token, but no stream connection \(NotStreamMode\)\. Choose Stream 模式 for the robot .* or set DINGTALK_MODE=http\.$/ },
    { name: 'a gateway without an endpoint', path: GATEWAY, fault: { kind: 'body', body: '{}' }, told: /no stream connection \(without an endpoint\)/ },
    { name: 'a gateway that hangs', path: GATEWAY, fault: { kind: 'hang' }, told: /^Cannot reach DingTalk at/ },
  ])('says what to do about $name', async ({ path, fault, told }) => {
    const api = await openFakeDingtalkApi();
    api.fail(path, fault);
    expect(await checkDingtalk(settingsFor(api), undefined, LIMIT_MS)).toEqual({ state: 'failed', message: expect.stringMatching(told) });
  });

  it('says that nothing listens there', async () => {
    const { state, message } = await checkDingtalk(settingsFor({ url: 'http://127.0.0.1:1' }), undefined, 2_000);
    expect([state, message]).toEqual(['failed', expect.stringMatching(/^Cannot reach DingTalk at 127\.0\.0\.1:1: the connection failed/)]);
  });

  it('shows no text of the platform, not even where that holds the secret', async () => {
    const api = await openFakeDingtalkApi();
    api.fail(TOKEN, { kind: 'status', status: 400, code: CLIENT_SECRET });
    const { message } = await checkDingtalk(settingsFor(api));
    expect(message).not.toContain(CLIENT_SECRET);
    expect(message).not.toContain('文字来自平台');
  });

  it('ends when it is told to', async () => {
    const api = await openFakeDingtalkApi();
    api.fail(TOKEN, { kind: 'hang' });
    const controller = new AbortController();
    const checking = checkDingtalk(settingsFor(api), controller.signal);
    setTimeout(() => controller.abort(new Error('enough')), 30);
    await expect(checking).rejects.toThrow('enough');
  });
});
