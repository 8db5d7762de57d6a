import { describe, expect, it } from 'vitest';
import { createSlackManifest, SLACK_EVENTS, SLACK_SCOPES } from '../../src/bots/slack-manifest.ts';
import { loadPhrases } from '../../src/text/phrases.ts';

const phrases = loadPhrases();
const http = { mode: 'http', baseUrl: 'https://qa.example.gov.cn/wence' } as const;

describe('the manifest of the Slack app', () => {
  it('sends events, clicks and commands to one address below the public one', () => {
    const { features, settings } = createSlackManifest({ transport: http, phrases, examples: [] });
    const urls = [settings.event_subscriptions, settings.interactivity].map((each) => ('request_url' in each ? each.request_url : undefined));
    expect([...urls, ...features.slash_commands.map((each) => ('url' in each ? each.url : undefined))]).toEqual(Array.from({ length: 3 }, () => 'https://qa.example.gov.cn/wence/slack/events'));
    expect(settings.socket_mode_enabled).toBe(false);
  });

  it('names no address in Socket Mode', () => {
    const manifest = createSlackManifest({ transport: { mode: 'socket' }, phrases, examples: [] });
    expect(manifest.settings.socket_mode_enabled).toBe(true);
    expect(JSON.stringify(manifest)).not.toMatch(/url|http/);
  });

  it('asks for the scope of every event that it subscribes to', () => {
    const needs: Readonly<Record<string, string>> = { app_mention: 'app_mentions:read', 'message.channels': 'channels:history', 'message.groups': 'groups:history', 'message.im': 'im:history' };
    expect(SLACK_EVENTS.flatMap((event) => needs[event] ?? []).filter((scope) => !(SLACK_SCOPES as readonly string[]).includes(scope))).toEqual([]);
    const { oauth_config: { scopes }, settings } = createSlackManifest({ transport: http, phrases, examples: [] });
    expect([scopes.bot, settings.event_subscriptions.bot_events]).toEqual([[...SLACK_SCOPES], [...SLACK_EVENTS]]);
  });

  it('offers questions of the notices before its own words, four in all', () => {
    const { features } = createSlackManifest({ transport: http, phrases, examples: ['甲?', '乙?', '丙?'] });
    expect(features.agent_view.suggested_prompts).toEqual([
      { title: '甲?', message: '甲?' }, { title: '乙?', message: '乙?' }, { title: '查看指标一览', message: '指标' }, { title: '使用说明', message: '帮助' },
    ]);
  });

  it('keeps to the limits of Slack, however long names, phrases and questions are', () => {
    const long = '很'.repeat(4_000);
    const bots = Object.fromEntries(Object.keys(phrases.bots).map((key) => [key, long]));
    const { display_information: { name, description }, features } = createSlackManifest({ transport: http, phrases: { ...phrases, bots }, name: '𠮷'.repeat(100), examples: [long] });
    const lengths = [name, description, features.agent_view.agent_description, features.bot_user.display_name, features.slash_commands[0]?.description ?? '', features.slash_commands[0]?.usage_hint ?? '', features.agent_view.suggested_prompts[0]?.title ?? ''];
    expect(lengths.map((text) => [...text].length)).toEqual([35, 140, 300, 80, 1_000, 1_000, 75]);
  });

  it('names the bot user and the command in the characters that Slack takes', () => {
    const { features } = createSlackManifest({ transport: http, phrases, examples: [] });
    expect(features.bot_user.display_name).toMatch(/^[a-z\d._-]{1,80}$/);
    expect(features.slash_commands.map(({ command }) => command)).toEqual([expect.stringMatching(/^\/[a-z\d-]{1,31}$/)]);
  });
});
