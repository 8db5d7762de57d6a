import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { botSettings } from '../../src/bot-settings.ts';
import { readCommand } from '../../src/bots/commands.ts';
import { readCardAction } from '../../src/bots/dingtalk/card-action.ts';
import { FLOW } from '../../src/bots/dingtalk/card-requests.ts';
import { DINGTALK_EVENTS_PATH } from '../../src/bots/dingtalk/webhook.ts';
import { loadConfig, settingNames } from '../../src/config.ts';
import { packageRoot } from '../../src/package-root.ts';
import { loadPhrases } from '../../src/text/phrases.ts';
import { openFakeDingtalkApi } from '../helpers/fake-dingtalk-api.ts';
import { answer, createMessage, openSender } from '../bots/dingtalk/sender-parts.ts';
import { makeFolder, run } from '../cli/run.ts';

const [, chinese = '', english = ''] = readFileSync(join(packageRoot, 'docs', 'dingtalk.md'), 'utf8').split(/^# (?:中文|English)$/mu);

const codesOf = (text: string): string[] => [...text.matchAll(/`([^`\n]+)`/gu)].map(([, code = '']) => code);
const fencesOf = (text: string): { readonly language: string; readonly content: string }[] => [...text.matchAll(/^ *```(\w+)\n([\s\S]*?)^ *```$/gmu)].map(([, language = '', content = '']) => ({ language, content }));

/** The rows of the tables, cells trimmed; without the line below the heads. */
function tablesOf(text: string): string[][][] {
  return [...text.matchAll(/(?:^ *\|.*\|$\n?)+/gmu)].map(([table]) => table.trim().split('\n').toSpliced(1, 1).map((row) => row.trim().split('|').slice(1, -1).map((cell) => cell.trim())));
}

function findRows(text: string, heading: string): string[][] {
  const table = tablesOf(text).find(([head]) => head?.[0] === heading);
  if (table === undefined) throw new Error(`No table begins with "${heading}".`);
  return table.slice(1);
}

describe.each([
  { language: 'Chinese', text: chinese, setting: '设置', permission: '权限', variable: '变量', button: '按钮' },
  { language: 'English', text: english, setting: 'setting', permission: 'permission', variable: 'variable', button: 'button' },
])('docs/dingtalk.md in $language', ({ text, setting, permission, variable, button }) => {
  it('lists every setting of DingTalk with its default', () => {
    const rows = findRows(text, setting).filter(([, second]) => second !== '');
    const names = findRows(text, setting).flatMap(([first = '']) => codesOf(first));
    expect(names.toSorted()).toEqual([...Object.keys(botSettings).filter((name) => name.startsWith('DINGTALK_')), 'BOT_GROUP_MODE', 'PUBLIC_BASE_URL', 'BASE_PATH'].toSorted());
    const { bots: { dingtalk, groupMode } } = loadConfig({ DINGTALK_CLIENT_ID: 'ding12345', DINGTALK_CLIENT_SECRET: '0123456789abcdef', DINGTALK_CARD_TEMPLATE_ID: 'x.schema' }, { cwd: makeFolder() });
    expect(Object.fromEntries(rows.map(([first = '', second = '']) => [codesOf(first)[0], codesOf(second)[0]]))).toEqual({
      DINGTALK_MODE: dingtalk?.mode, DINGTALK_CARD_TEMPLATE_KEY: dingtalk?.card?.key, DINGTALK_SIGNATURE_MINUTES: String((dingtalk?.signatureMs ?? 0) / 60_000), DINGTALK_API_URL: dingtalk?.apiUrl,
      DINGTALK_ALLOWED_HOSTS: dingtalk?.replyHosts.join(','), DINGTALK_DIALECT: dingtalk?.dialect, BOT_GROUP_MODE: groupMode,
    });
  });

  it('names no setting that is not there', () => {
    const named = [...text.matchAll(/\b[A-Z]+(?:_[A-Z]+)+\b/gu)].map(([name]) => name).filter((name) => name !== 'HTTPS_PROXY');
    expect(named.length).toBeGreaterThan(30);
    expect(named.filter((name) => !settingNames.includes(name as (typeof settingNames)[number]))).toEqual([]);
  });

  it('shows settings of 浙政钉 with which the service starts, at the address it names', () => {
    const shown = fencesOf(text).filter(({ language }) => language === 'ini').map(({ content }) => Object.fromEntries(content.trim().split('\n').map((line) => line.trim().replace('…', 'x'.repeat(32)).split('=') as [string, string])));
    const [first, zzd] = shown.map((env) => loadConfig(env, { cwd: makeFolder() }).bots.dingtalk);
    expect([first?.mode, first?.dialect, zzd?.mode, zzd?.dialect]).toEqual(['stream', 'dingtalk', 'http', 'zzd']);
    expect(text).toContain(`\`${zzd?.apiUrl}\``);
  });

  it('gives a reason for each permission', () => {
    expect(findRows(text, permission).map(([first = '', second]) => [codesOf(first)[0], second !== ''])).toEqual([['qyapi_robot_sendmsg', true], ['Card.Instance.Write', true], ['Card.Streaming.Write', true]]);
  });

  it('names the variables that a card is given, and its states', async () => {
    const api = await openFakeDingtalkApi();
    const { sender } = openSender(api, { card: { templateId: 't', key: 'content' } });
    const reply = sender.openReply(createMessage(), 'dingtalk:a:b:c');
    await reply.begin?.({ answerId: 'a' });
    await reply.finish(answer);
    const [card] = api.cards.values();
    expect(findRows(text, variable).map(([first = '']) => codesOf(first)[0]).toSorted()).toEqual(Object.keys(card?.variables ?? {}).toSorted());
    const states = findRows(text, variable).find(([first]) => first === '`flowStatus`')?.[1] ?? '';
    expect(codesOf(states)).toEqual(Object.values(FLOW));
  });

  it('names buttons as they are read', () => {
    const rows = findRows(text, button).map(([, action = '', parameters = '']) => [codesOf(action)[0], codesOf(parameters)] as const);
    expect(rows.map(([action]) => action)).toEqual(['stop', 'up', 'down']);
    for (const [action, parameters] of rows) {
      const params = Object.fromEntries(parameters.map((name) => [name, name === 'answerId' ? 'a' : 'dingtalk:k']));
      const data = { outTrackId: 'x', content: JSON.stringify({ cardPrivateData: { actionIds: [action], params } }) };
      expect(readCardAction(data)).toEqual({ action, ...params });
    }
  });

  it('shows commands that there are', async () => {
    const shown = [...fencesOf(text).filter(({ language }) => language === 'sh').map(({ content }) => content.trim()), ...codesOf(text).filter((code) => /^(?:npx )?wence /u.test(code))];
    expect(shown.length).toBeGreaterThan(2);
    for (const line of shown) expect((await run([...line.replace(/^(?:npx )?wence /u, '').split(' '), '--help'])).code).toBe(0);
  });

  it('names the path and the words as they are', () => {
    expect(new Set(text.match(/(?:\/wence)?\/dingtalk\/events/gu))).toEqual(new Set([DINGTALK_EVENTS_PATH, `/wence${DINGTALK_EVENTS_PATH}`]));
    const phrases = loadPhrases();
    expect(text).toContain([phrases.bots['continued']].join());
    expect(['新会话', '帮助', '指标', '指标 经费'].map((word) => (text.includes(word) ? readCommand(word, phrases)?.name : 'not named'))).toEqual(['new', 'help', 'targets', 'targets']);
  });
});

describe('docs/dingtalk.md', () => {
  it('says the same in both languages', () => {
    const shapeOf = (text: string) => ({
      headings: text.match(/^##+ /gmu)?.length,
      tables: tablesOf(text).map((table) => [table.length, table[0]?.length]),
      blocks: fencesOf(text).map(({ language, content }) => [language, content.trim()]),
      steps: text.match(/^\d\. /gmu)?.length,
      points: text.match(/^- /gmu)?.length,
    });
    expect(shapeOf(chinese)).toEqual(shapeOf(english));
  });

  it('names the same settings, codes and addresses in both languages', () => {
    const plain = (text: string): string[] => [...new Set(codesOf(text).filter((code) => /^[\w.:/,=-]+$/u.test(code)))].toSorted();
    const onlyEnglish = new Set(['help', 'new', 'targets']);
    expect(plain(english).filter((code) => !onlyEnglish.has(code))).toEqual(plain(chinese));
  });
});
