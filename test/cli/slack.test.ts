import { describe, expect, it } from 'vitest';
import { createFakeAssistant } from '../helpers/fake-assistant.ts';
import { run } from './run.ts';

interface Manifest {
  readonly display_information: { readonly name: string };
  readonly features: { readonly agent_view: { readonly suggested_prompts: readonly { readonly title: string }[] } };
  readonly settings: { readonly event_subscriptions: { readonly request_url?: string }; readonly socket_mode_enabled: boolean };
}

const manifestOf = (out: string): Manifest => JSON.parse(out) as Manifest;
const urlOf = (out: string): string | undefined => manifestOf(out).settings.event_subscriptions.request_url;

describe('wence slack manifest', () => {
  it.each<[readonly string[], Record<string, string>, string]>([
    [['--host', 'https://qa.example.gov.cn'], {}, 'https://qa.example.gov.cn/slack/events'],
    [['--host', 'qa.example.gov.cn'], {}, 'https://qa.example.gov.cn/slack/events'],
    [['--host', 'qa.example.gov.cn:8443/'], {}, 'https://qa.example.gov.cn:8443/slack/events'],
    [['--host', 'https://qa.example.gov.cn/wence/'], {}, 'https://qa.example.gov.cn/wence/slack/events'],
    [['--host', 'qa.example.gov.cn'], { BASE_PATH: '/wence' }, 'https://qa.example.gov.cn/wence/slack/events'],
    [['--host', 'https://qa.example.gov.cn/wence'], { BASE_PATH: '/wence' }, 'https://qa.example.gov.cn/wence/slack/events'],
    [[], { PUBLIC_BASE_URL: 'https://qa.example.gov.cn/wence', BASE_PATH: '/wence' }, 'https://qa.example.gov.cn/wence/slack/events'],
    [['--host', 'other.example.gov.cn'], { PUBLIC_BASE_URL: 'https://qa.example.gov.cn' }, 'https://other.example.gov.cn/slack/events'],
  ])('%j with %j sends to %s', async (flags, env, url) => {
    const { code, out, err } = await run(['slack', 'manifest', ...flags], { env });
    expect([code, err, urlOf(out)]).toEqual([0, '', url]);
  });

  it('prints one for Socket Mode without an address, whatever is set', async () => {
    const { code, out } = await run(['slack', 'manifest', '--socket', '--name', '台州问策'], { env: { PUBLIC_BASE_URL: 'http://10.0.0.1' } });
    const { settings, display_information: { name } } = manifestOf(out);
    expect([code, settings.socket_mode_enabled, name]).toEqual([0, true, '台州问策']);
    expect(out).not.toContain('http');
  });

  it('offers questions that the notices answer, and asks no model for them', async () => {
    const assistant = createFakeAssistant();
    const { out, opened } = await run(['slack', 'manifest', '--socket'], { assistant, env: { CHAT_MODEL: 'some-model', OPENAI_API_KEY: 'sk-test' } });
    const titles = manifestOf(out).features.agent_view.suggested_prompts.map(({ title }) => title);
    expect(titles).toEqual([...assistant.examples(2), '查看指标一览', '使用说明']);
    expect(opened.map(({ chatModel }) => chatModel)).toEqual([undefined]);
  });

  it('prints one without questions where the notices cannot be read, and says so', async () => {
    const { code, out, err } = await run(['slack', 'manifest', '--socket'], { open: async () => { throw new Error('no notice'); } });
    expect([code, manifestOf(out).features.agent_view.suggested_prompts.length, err]).toEqual([0, 2, 'wence: the manifest has no questions to begin with: no notice\n']);
  });

  it.each<[readonly string[], Record<string, string>, RegExp]>([
    [[], {}, /give --host, such as --host https:\/\/qa\.example\.gov\.cn, or set PUBLIC_BASE_URL; or give --socket/],
    [['--host', 'http://qa.example.gov.cn'], {}, /--host: read "http:\/\/qa\.example\.gov\.cn", but Slack sends to https alone/],
    [[], { PUBLIC_BASE_URL: 'http://qa.example.gov.cn' }, /PUBLIC_BASE_URL: read "http:\/\/qa\.example\.gov\.cn", but/],
    [['--host', 'ftp://qa.example.gov.cn'], {}, /--host: read "ftp:\/\/qa\.example\.gov\.cn"; accepted is/],
    [['--host', 'https://qa.example.gov.cn/?a=1'], {}, /--host: read .*; accepted is/],
    [['--host', ''], {}, /--host: read ""; accepted is/],
    [['--host', 'qa.example.gov.cn', '--socket'], {}, /cannot be used with/],
  ])('%j with %j exits with 2', async (flags, env, message) => {
    const { code, out, err } = await run(['slack', 'manifest', ...flags], { env });
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(message);
  });

  it('tells of its options', async () => {
    expect((await run(['slack', 'manifest', '--help'])).out).toMatchInlineSnapshot(`
      "Usage: wence slack manifest [options]

      Prints the manifest to create the Slack app from: what it is called, may do and is told of, and
      where Slack sends that.

      Options:
        --host <address>  address at which Slack reaches the service; PUBLIC_BASE_URL where it is left out
        --socket          for Socket Mode: Slack needs no address, the service connects to Slack
        --name <name>     what the app is called; at most 35 characters
        -h, --help        print this help

      Paste it at https://api.slack.com/apps → Create New App → From a manifest; docs/slack.md goes on from there.

      Exit codes: 0 ok, 1 could not, 2 wrong usage or settings.

      Examples:
        $ wence slack manifest --host https://qa.example.gov.cn
        $ wence slack manifest --socket > manifest.json
      "
    `);
  });
});
