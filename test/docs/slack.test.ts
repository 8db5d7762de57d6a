import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { botSettings } from '../../src/bot-settings.ts';
import { readCommand } from '../../src/bots/commands.ts';
import { SLACK_COMMAND, SLACK_EVENTS, SLACK_EVENTS_PATH, SLACK_SCOPES } from '../../src/bots/slack-manifest.ts';
import { loadConfig, settingNames } from '../../src/config.ts';
import { packageRoot } from '../../src/package-root.ts';
import { loadPhrases } from '../../src/text/phrases.ts';
import { makeFolder, run } from '../cli/run.ts';

const [, chinese = '', english = ''] = readFileSync(join(packageRoot, 'docs', 'slack.md'), 'utf8').split(/^# (?:中文|English)$/mu);

const codesOf = (text: string): string[] => [...text.matchAll(/`([^`\n]+)`/gu)].map(([, code = '']) => code);
const fencesOf = (text: string): { readonly language: string; readonly content: string }[] => [...text.matchAll(/^ *```(\w+)\n([\s\S]*?)^ *```$/gmu)].map(([, language = '', content = '']) => ({ language, content }));
const headingsOf = (text: string): number => (text.match(/^##+ /gmu) ?? []).length;

/** The rows of the tables below their heading rows, cells trimmed. */
function tablesOf(text: string): string[][][] {
  return [...text.matchAll(/(?:^\|.*\|$\n?)+/gmu)].map(([table]) => table.trim().split('\n').toSpliced(1, 1).map((row) => row.split('|').slice(1, -1).map((cell) => cell.trim())));
}

function findTable(text: string, heading: string): string[] {
  const table = tablesOf(text).find(([head]) => head?.[0] === heading);
  if (table === undefined) throw new Error(`No table begins with "${heading}".`);
  return table.slice(1).flatMap(([first = '']) => codesOf(first));
}

describe.each([
  { language: 'Chinese', text: chinese, setting: '设置', scope: '权限', event: '事件' },
  { language: 'English', text: english, setting: 'setting', scope: 'scope', event: 'event' },
])('docs/slack.md in $language', ({ text, setting, scope, event }) => {
  it('lists every setting of Slack with its default', () => {
    const rows = tablesOf(text).find(([head]) => head?.[0] === setting) ?? [];
    const names = findTable(text, setting);
    expect(names.toSorted()).toEqual([...Object.keys(botSettings).filter((name) => name.startsWith('SLACK_')), 'BOT_GROUP_MODE', 'PUBLIC_BASE_URL', 'BASE_PATH'].toSorted());
    const { bots } = loadConfig({ SLACK_BOT_TOKEN: 'xoxb-12345-abcde', SLACK_SIGNING_SECRET: '0123456789abcdef' }, { cwd: makeFolder() });
    const defaults = { SLACK_API_URL: bots.slack?.apiUrl, SLACK_RESPONSE_HOSTS: bots.slack?.responseHosts.join(','), BOT_GROUP_MODE: bots.groupMode };
    for (const [name, value] of Object.entries(defaults)) expect(rows.find(([first]) => first === `\`${name}\``)?.[1]).toBe(`\`${value}\``);
  });

  it('names no setting that is not there', () => {
    const named = [...text.matchAll(/\b[A-Z]+(?:_[A-Z]+)+\b/gu)].map(([name]) => name).filter((name) => name !== 'HTTPS_PROXY');
    expect(named.filter((name) => !settingNames.includes(name as (typeof settingNames)[number]))).toEqual([]);
  });

  it('gives a reason for each scope and each event of the manifest, and for no other', () => {
    expect(findTable(text, scope).toSorted()).toEqual([...SLACK_SCOPES].toSorted());
    expect(findTable(text, event).toSorted()).toEqual([...SLACK_EVENTS].toSorted());
  });

  it('shows commands that there are', async () => {
    const shown = fencesOf(text).filter(({ language }) => language === 'sh').flatMap(({ content }) => content.trim().split('\n').map((line) => line.trim()));
    const named = codesOf(text).filter((code) => /^(?:npx )?wence /u.test(code));
    const commandLines = [...shown, ...named].map((line) => line.replace(/^(?:npx )?wence /u, '').replace(/ > \S+$/u, '').split(' '));
    expect(commandLines.length).toBeGreaterThan(3);
    for (const commandLine of commandLines.filter(([first]) => first === 'slack')) expect((await run(commandLine)).code).toBe(0);
    for (const commandLine of commandLines) expect((await run([...commandLine.filter((word) => !word.startsWith('-') && !word.includes('://')), '--help'])).code).toBe(0);
  });

  it('names the path, the command and the words as they are', () => {
    expect(text).toContain(`\`${SLACK_EVENTS_PATH}\``);
    expect(new Set(text.match(/\/[\w/]*slack\/events/gu))).toEqual(new Set([SLACK_EVENTS_PATH, `/wence${SLACK_EVENTS_PATH}`]));
    expect(text).toContain(`**\`${SLACK_COMMAND} `);
    const phrases = loadPhrases();
    expect(text).toContain(`@${[phrases.bots['slackBotName']].join()}`);
    expect(text).toContain([phrases.bots['continued']].join());
    expect(['新会话', '帮助', '指标', '指标 经费'].map((word) => (text.includes(word) ? readCommand(word, phrases)?.name : 'not named'))).toEqual(['new', 'help', 'targets', 'targets']);
  });
});

describe('docs/slack.md', () => {
  it('says the same in both languages', () => {
    const shapeOf = (text: string) => ({
      headings: headingsOf(text),
      tables: tablesOf(text).map((table) => [table.length, table[0]?.length]),
      blocks: fencesOf(text).map(({ language, content }) => [language, content.trim()]),
      steps: text.match(/^\d\. /gmu)?.length,
    });
    expect(shapeOf(chinese)).toEqual(shapeOf(english));
  });

  it('names the same settings, commands, scopes and codes in both languages', () => {
    const plain = (text: string): string[] => [...new Set(codesOf(text).filter((code) => /^[\w.:/-]+$/u.test(code)))].toSorted();
    const onlyEnglish = new Set(['help', 'new', 'targets']);
    expect(plain(english).filter((code) => !onlyEnglish.has(code))).toEqual(plain(chinese));
  });
});
