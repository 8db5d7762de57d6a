import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { loadConfig, readSecrets, secretsOf } from '../src/config.ts';
import { AssistantError } from '../src/errors.ts';

const SLACK = { SLACK_BOT_TOKEN: 'xoxb-1234567890', SLACK_SIGNING_SECRET: '8f742231b10e8888abcd99yyyzzz85a5' };
const DINGTALK = { DINGTALK_CLIENT_ID: 'dingabcdef', DINGTALK_CLIENT_SECRET: 'this-is-secret' };

const load = (env: Record<string, string>) => loadConfig(env, { cwd: tmpdir() });

function refusal(env: Record<string, string>): string {
  try {
    load(env);
  } catch (error) {
    expect(error).toBeInstanceOf(AssistantError);
    return (error as AssistantError).message;
  }
  throw new Error('The settings were accepted.');
}

describe('the chat platforms', () => {
  it('are off where nothing is set, without a warning', () => {
    expect(load({})).toMatchObject({ bots: { groupMode: 'always', slack: undefined, dingtalk: undefined }, warnings: [] });
  });

  it.each([
    [SLACK, 'http'],
    [{ ...SLACK, SLACK_APP_TOKEN: 'xapp-1-A1-1' }, 'socket'],
    [{ ...SLACK, SLACK_APP_TOKEN: 'xapp-1-A1-1', SLACK_MODE: 'http' }, 'http'],
    [{ ...SLACK, SLACK_MODE: 'off' }, undefined],
  ])('Slack is reached as its tokens or its mode say: %j', (env, mode) => {
    expect(load(env).bots.slack?.mode).toBe(mode);
  });

  it.each([
    [DINGTALK, 'stream'],
    [{ ...DINGTALK, DINGTALK_MODE: 'http' }, 'http'],
    [{ ...DINGTALK, DINGTALK_DIALECT: 'zzd', DINGTALK_WEBHOOK_TOKEN: 'a'.repeat(24) }, 'http'],
    [{ ...DINGTALK, DINGTALK_MODE: 'OFF' }, undefined],
  ])('DingTalk is reached as its credentials or its mode say: %j', (env, mode) => {
    expect(load(env).bots.dingtalk?.mode).toBe(mode);
  });

  it('know where they are, and may be elsewhere', () => {
    expect(load(SLACK).bots.slack).toMatchObject({ apiUrl: 'https://slack.com/api/', responseHosts: ['hooks.slack.com'] });
    expect(load(DINGTALK).bots.dingtalk).toMatchObject({ apiUrl: 'https://api.dingtalk.com', replyHosts: ['oapi.dingtalk.com', 'api.dingtalk.com'], card: undefined, signatureMs: 3_600_000 });
    expect(load({ ...DINGTALK, DINGTALK_DIALECT: 'zzd', DINGTALK_WEBHOOK_TOKEN: 'a'.repeat(24) }).bots.dingtalk?.apiUrl).toBe('https://openplatform-pro.ding.zj.gov.cn');
    expect(load({ ...SLACK, SLACK_API_URL: 'http://127.0.0.1:8080/api', SLACK_RESPONSE_HOSTS: 'Hooks.example.cn:8443' }).bots.slack).toMatchObject({ apiUrl: 'http://127.0.0.1:8080/api/', responseHosts: ['hooks.example.cn:8443'] });
    expect(load({ ...DINGTALK, DINGTALK_API_URL: 'https://ding.example.gov.cn/', DINGTALK_ALLOWED_HOSTS: 'a.example.cn, b.example.cn' }).bots.dingtalk).toMatchObject({ apiUrl: 'https://ding.example.gov.cn', replyHosts: ['a.example.cn', 'b.example.cn'] });
  });
});

describe('settings that do not go together', () => {
  it.each([
    [{ SLACK_BOT_TOKEN: 'xoxb-1234567890' }, 'SLACK_SIGNING_SECRET'],
    [{ SLACK_MODE: 'socket', ...SLACK }, 'SLACK_APP_TOKEN'],
    [{ SLACK_MODE: 'http', SLACK_SIGNING_SECRET: 'signing-secret' }, 'SLACK_BOT_TOKEN'],
    [{ DINGTALK_MODE: 'stream' }, 'DINGTALK_CLIENT_ID and DINGTALK_CLIENT_SECRET'],
    [{ ...DINGTALK, DINGTALK_DIALECT: 'zzd', DINGTALK_MODE: 'stream' }, 'has no stream mode'],
    [{ ...DINGTALK, DINGTALK_DIALECT: 'zzd' }, 'DINGTALK_WEBHOOK_TOKEN'],
  ])('stop the start and say what is missing: %j', (env, missing) => {
    expect(refusal(env)).toContain(missing);
  });

  it.each([
    ['SLACK_MODE', 'sockets'], ['SLACK_BOT_TOKEN', 'xoxp-123456'], ['SLACK_API_URL', 'http://slack.example.cn/api/'], ['SLACK_API_URL', 'https://user:pass@slack.com/'],
    ['DINGTALK_API_URL', 'ftp://ding.example.cn'], ['DINGTALK_ALLOWED_HOSTS', 'https://oapi.dingtalk.com/'], ['DINGTALK_SIGNATURE_MINUTES', '61'], ['DINGTALK_WEBHOOK_TOKEN', 'short'],
    ['BOT_GROUP_MODE', 'never'],
  ])('are named where they cannot be used: %s', (name, value) => {
    expect(refusal({ ...SLACK, ...DINGTALK, [name]: value })).toContain(`${name}: read`);
  });

  it.each([
    [{ SLACK_SIGNING_SECRET: 'signing-secret' }, 'Slack is off'],
    [{ DINGTALK_CLIENT_ID: 'ding' }, 'DingTalk is off'],
    [{ ...SLACK, SLACK_MODE: 'http', SLACK_APP_TOKEN: 'xapp-1-A1-1' }, 'SLACK_APP_TOKEN is not used: SLACK_MODE is http'],
    [{ ...DINGTALK, DINGTALK_WEBHOOK_TOKEN: 'w'.repeat(30) }, 'DINGTALK_WEBHOOK_TOKEN is not used: DINGTALK_MODE is stream'],
    [{ ...DINGTALK, DINGTALK_TENANT_ID: '1' }, 'DINGTALK_TENANT_ID is not used: it is of the dialect zzd'],
    [{ ...DINGTALK, DINGTALK_DIALECT: 'zzd', DINGTALK_WEBHOOK_TOKEN: 'w'.repeat(30), DINGTALK_CARD_TEMPLATE_ID: 'tpl.schema' }, 'DINGTALK_CARD_TEMPLATE_ID is not used: the dialect zzd has no cards'],
  ])('are told where they do nothing: %j', (env, warning) => {
    expect(load(env).warnings.join()).toContain(warning);
  });
});

it('a reply host may be written with the port of https, which addresses leave out', () => {
  const { slack, dingtalk } = load({ ...SLACK, ...DINGTALK, SLACK_RESPONSE_HOSTS: 'Hooks.slack.com:443, proxy.example.cn:8443', DINGTALK_ALLOWED_HOSTS: 'oapi.dingtalk.com:443' }).bots;
  expect(slack?.responseHosts).toEqual(['hooks.slack.com', 'proxy.example.cn:8443']);
  expect(dingtalk?.replyHosts).toEqual(['oapi.dingtalk.com']);
});

it('their secrets are secrets, in messages as in the log', () => {
  const env = { ...SLACK, ...DINGTALK, SLACK_APP_TOKEN: 'xapp-1-A1-1', DINGTALK_WEBHOOK_TOKEN: 'w'.repeat(30) };
  const secrets = [env.SLACK_BOT_TOKEN, env.SLACK_SIGNING_SECRET, env.SLACK_APP_TOKEN, env.DINGTALK_CLIENT_SECRET, env.DINGTALK_WEBHOOK_TOKEN];
  expect(secretsOf(load(env))).toEqual(expect.arrayContaining(secrets));
  expect(readSecrets(env, { cwd: tmpdir() })).toEqual(expect.arrayContaining(secrets));
  expect(refusal({ ...env, SLACK_APP_TOKEN: 'not-a-token-but-secret' })).not.toContain('not-a-token');
});
