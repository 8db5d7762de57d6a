import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { loadConfig, settingNames } from '../src/config.ts';
import type { Config } from '../src/config.ts';
import { packageRoot } from '../src/package-root.ts';
import { runProgram } from '../src/cli/program.ts';
import { NAMES, renderBench } from './readme/bench-table.ts';
import { BLOCK, FILES, LANGUAGES, QUESTION, renderBlocks } from './readme/blocks.ts';
import type { Blocks, Language } from './readme/blocks.ts';
import { build } from './service/build.ts';

const UPDATE = 'Stale? npx tsx test/readme/write.ts';
const readText = (...path: readonly string[]): string => readFileSync(join(packageRoot, ...path), 'utf8');
const texts: Readonly<Record<Language, string>> = { en: readText(FILES.en), zh: readText(FILES.zh) };
const { scripts, exports } = JSON.parse(readText('package.json')) as {
  readonly scripts: Record<string, string>;
  readonly exports: Record<string, string | { readonly default: string }>;
};

interface Fence {
  readonly language: string;
  readonly text: string;
}

const fencesOf = (text: string): Fence[] =>
  [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gmu)].map(([, language = '', content = '']) => ({ language, text: content }));
const withoutFences = (text: string): string => text.replace(/^```[\s\S]*?^```$/gmu, '');

/** What a reader may type: lines of sh blocks, and those of console blocks behind `$`. */
const commandsOf = (text: string): string[] =>
  fencesOf(text).flatMap(({ language, text: content }) => {
    const lines = content.split('\n').filter((line) => line !== '');
    if (language === 'sh') return lines;
    return language === 'console' ? lines.flatMap((line) => /^ *\$ (.*)$/u.exec(line)?.[1] ?? []) : [];
  });

/** The cells of the table whose heading row begins with this cell, the heading row left out. */
function tableOf(text: string, heading: string): string[][] {
  const lines = withoutFences(text).split('\n');
  const start = lines.findIndex((line) => line.startsWith(`| ${heading} |`));
  if (start < 0) throw new Error(`No table begins with "${heading}".`);
  const end = lines.findIndex((line, index) => index > start && !line.startsWith('|'));
  return lines.slice(start + 2, end).map((line) => line.split(/(?<!\\)\|/u).slice(1, -1).map((cell) => cell.trim()));
}

const codesOf = (cell = ''): string[] => [...cell.matchAll(/`([^`]+)`/gu)].map(([, code = '']) => code);
const headingsOf = (text: string): string[] => withoutFences(text).split('\n').flatMap((line) => /^(#+) /u.exec(line)?.[1] ?? []);
const blocksOf = (text: string): Blocks =>
  new Map([...text.matchAll(BLOCK)].map(({ groups }) => [groups?.['name'] ?? '', groups?.['content'] ?? '']));
const numbersOf = (text: string): string[] => text.match(/\d[\d.,]*%?/gu) ?? [];

type Table = 'settings' | 'floors' | 'routes' | 'lexicon' | 'exits' | 'commands';

/** The first cell of each table's heading row. */
const TABLES: Readonly<Record<Language, Record<Table, string>>> = {
  en: {
    settings: 'setting', floors: 'floor, from the ground up', routes: 'route', lexicon: 'key', exits: 'exit code', commands: 'command',
  },
  zh: { settings: '设置', floors: '层，从底层开始', routes: '路径', lexicon: '项目', exits: '退出码', commands: '命令' },
};

describe.each(LANGUAGES)('the README (%s)', (language) => {
  const text = texts[language];
  let current: Blocks;

  beforeAll(async () => {
    current = (await renderAll())[language];
  }, 120_000);

  it('shows answers, help and figures as they are now', () => {
    const shown = blocksOf(text);
    expect([...shown.keys()].toSorted()).toEqual([...current.keys(), 'figures:bench'].toSorted());
    for (const [name, content] of current) expect(shown.get(name), `${name}. ${UPDATE}`).toBe(content);
  });

  it('shows a question that is answered, with its figure', () => {
    expect(current.get('answer:terminal')).toMatch(new RegExp(`^.*\\$ npx wence ask "${QUESTION.replace('?', '\\?')}"\\n200名\\n`, 'su'));
    expect(current.get('answer:http')).toContain('"status": "answered"');
    expect(current.get('answer:events')).toContain('event: text-delta\ndata: {"text":"');
  });

  it('names the two commands alone on their lines, as .ci/run looks for them', () => {
    expect(text).toMatch(/^npm ci && npm start$/mu);
    expect(text).toMatch(/^npm ci && npm test$/mu);
  });

  it('names only npm scripts that there are, and all that there are for people', () => {
    const named = [...text.matchAll(/\bnpm (?:run (?:-s )?([\w:-]+)|(start|test)\b)/gu)].map(([, script, short]) => script ?? short ?? '');
    expect(named.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
    const inTable = tableOf(text, TABLES[language].commands).map(([command]) => /npm (?:run )?(\w+)/u.exec(command ?? '')?.[1]);
    expect(inTable.toSorted()).toEqual(Object.keys(scripts).filter((name) => name !== 'prepare').toSorted());
  });

  it('names only commands and options of wence that there are', async () => {
    const named = commandsOf(text)
      .flatMap((line) => [...line.matchAll(/(?<=^|\s)wence ([^|&]*)/gu)])
      .map(([, words = '']) => words.replaceAll(/"[^"]*"/gu, '').trim());
    expect(named.length).toBeGreaterThan(10);
    for (const words of named) {
      const [command = '', ...rest] = words.split(/\s+/u);
      const help = await helpOf(command.startsWith('--') ? [] : [command]);
      const options = [...rest, command].filter((word) => word.startsWith('--'));
      for (const option of options) expect(help, `${words}: ${option}`).toContain(option);
    }
  });

  it('lists every setting in its order, with its default', () => {
    const rows = tableOf(text, TABLES[language].settings);
    expect(rows.map(([name]) => codesOf(name)[0])).toEqual(settingNames);
    const defaults = readDefaults(loadConfig({}, { cwd: tmpdir() }));
    const shownDefaults = Object.fromEntries(rows.map(([name, shown]) => [codesOf(name)[0], codesOf(shown)[0] ?? '']));
    expect(shownDefaults).toEqual(defaults);
    const shownWords = rows.filter(([, shown]) => codesOf(shown)[0] === undefined && shown !== '').map(([name]) => codesOf(name)[0]);
    expect(shownWords).toEqual(['OPENAI_BASE_URL', 'EMBEDDING_DIMENSIONS', 'JUDGE_BASE_URL', 'JUDGE_API_KEY', 'SLACK_MODE', 'DINGTALK_MODE', 'DINGTALK_API_URL', 'DINGTALK_ALLOWED_HOSTS']);
  });

  it('gives presets that the settings accept', () => {
    const rows = tableOf(text, language === 'en' ? 'provider' : '服务');
    expect(rows.length).toBe(6);
    for (const [provider, url, chat, embedding, besides] of rows) {
      const more = codesOf(besides).flatMap((code) => (/^[A-Z_]+=/u.test(code) ? [code.split('=') as [string, string]] : []));
      const models = { CHAT_MODEL: codesOf(chat)[0], EMBEDDING_MODEL: codesOf(embedding)[0] };
      const env = { OPENAI_BASE_URL: codesOf(url)[0], ...models, ...Object.fromEntries(more) };
      const key = url?.includes('http://') === true ? undefined : 'sk-key';
      const config = loadConfig({ ...env, OPENAI_API_KEY: key }, { cwd: tmpdir() });
      expect(config, provider).toMatchObject({ chatModel: codesOf(chat)[0], warnings: [] });
    }
  });

  it('lists the floors as the floors test has them, each that there is', () => {
    const floors = /const FLOORS = \[([^\]]+)\]/u.exec(readText('test/floors.test.ts'))?.[1]?.match(/[\w/-]+/gu) ?? [];
    const present = new Set(readdirSync(join(packageRoot, 'src'), { recursive: true, encoding: 'utf8' }).map((name) => name.replace(/\.ts$/u, '').replaceAll('\\', '/')));
    expect(tableOf(text, TABLES[language].floors).map(([name]) => codesOf(name)[0])).toEqual(floors.filter((name) => present.has(name)));
  });

  it('lists the routes that the service describes', async () => {
    const { app } = await build();
    const { paths } = (await app.inject('/openapi.json')).json<{ readonly paths: Record<string, Record<string, unknown>> }>();
    const namesOf = ([path, methods]: [string, object]): string[] =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`);
    const described = Object.entries(paths).flatMap(namesOf);
    expect(tableOf(text, TABLES[language].routes).map(([route]) => codesOf(route)[0]).toSorted()).toEqual(described.toSorted());
  });

  it('lists the keys of the lexicon, with examples that stand in it', () => {
    const lexicon = JSON.parse(readText('corpus/lexicon.json')) as Record<string, unknown>;
    const rows = tableOf(text, TABLES[language].lexicon);
    expect(rows.flatMap(([keys]) => codesOf(keys)).toSorted()).toEqual(Object.keys(lexicon).toSorted());
    for (const [keys, , example] of rows) {
      const held = codesOf(keys).map((key) => JSON.stringify(lexicon[key]));
      expect(held.some((json) => json.includes(codesOf(example)[0]?.replaceAll(/([,:]) /gu, '$1') ?? '–')), example).toBe(true);
    }
  });

  it('lists the exit codes that the help names', async () => {
    const named = new Set([...(await helpOf([])).matchAll(/(?:codes: |, )(\d+)(?= \w)/gu)].map(([, code]) => code));
    expect(tableOf(text, TABLES[language].exits).map(([code]) => code)).toEqual([...named]);
  });

  it('links to files that there are, and to its other language', () => {
    const links = [...withoutFences(text).matchAll(/\]\((?!https?:)([^)#]+)\)/gu)].map(([, link = '']) => link);
    expect(links.filter((link) => !existsSync(join(packageRoot, link)))).toEqual([]);
    expect(links).toContain(FILES[language === 'en' ? 'zh' : 'en']);
  });

  it('holds a bench table of figures with their goals', () => {
    expect(blocksOf(text).get('figures:bench')).toMatch(/^Node \d+\.[\s\S]+\| ≤ \d/u);
  });

  it('has no line about the machine that it was written on', () => {
    expect(text).not.toMatch(/\/(?:work|tmp|home|root|Users)\//u);
  });
});

describe('both READMEs', () => {
  it('have the same sections, blocks, commands, code and tables', () => {
    expect(headingsOf(texts.zh)).toEqual(headingsOf(texts.en));
    expect([...blocksOf(texts.zh).keys()]).toEqual([...blocksOf(texts.en).keys()]);
    expect(commandsOf(texts.zh)).toEqual(commandsOf(texts.en));
    expect(fencesOf(texts.zh)).toEqual(fencesOf(texts.en));
    const rowsOf = (text: string): string[] => withoutFences(text).split('\n').filter((line) => line.startsWith('|'));
    const shapesOf = (text: string): number[] => rowsOf(text).map((line) => line.split('|').length);
    expect(shapesOf(texts.zh)).toEqual(shapesOf(texts.en));
  });

  it('have the same figures', () => {
    for (const name of ['figures:eval', 'figures:bench']) {
      const [en = '', zh = ''] = [blocksOf(texts.en).get(name), blocksOf(texts.zh).get(name)];
      const rowsOf = (block: string): string[] => block.split('\n').filter((line) => line.startsWith('|')).slice(2);
      const figuresOf = (block: string): string[][] => rowsOf(block).map((line) => numbersOf(line.slice(line.indexOf('|', 2))));
      expect(figuresOf(zh)).toEqual(figuresOf(en));
      expect(figuresOf(en).length).toBeGreaterThan(1);
    }
  });
});

describe('the LangChain example', () => {
  it('runs as it stands and prints what the READMEs say', async () => {
    const fences = fencesOf(texts.en);
    const at = fences.findIndex(({ language }) => language === 'js');
    const folder = mkdtempSync(join(tmpdir(), 'wence-example-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    symlinkSync(join(packageRoot, 'node_modules'), join(folder, 'node_modules'));
    // The package by its own name is what was built last; the test is about what stands here now.
    const code = (fences[at]?.text ?? '').replace(/from 'wence(\/[\w-]+)?'/gu, (_, entry: string | undefined) => {
      const target = exports[entry === undefined ? '.' : `.${entry}`];
      if (typeof target !== 'object') throw new Error(`The package exports no ${entry ?? 'main entry'}.`);
      return `from '${pathToFileURL(join(packageRoot, target.default.replace('./dist/', 'src/').replace(/\.js$/u, '.ts'))).href}'`;
    });
    expect(code).toContain('src/langchain.ts');
    writeFileSync(join(folder, 'example.mjs'), code);
    const tsx = fileURLToPath(import.meta.resolve('tsx'));
    const { stdout } = await promisify(execFile)(process.execPath, ['--import', pathToFileURL(tsx).href, 'example.mjs'], { cwd: folder });
    expect(stdout).toBe(fences[at + 1]?.text);
  }, 60_000);
});

describe('the bench table', () => {
  it('is read from what the bench prints', () => {
    const printed = [
      'Node 20.20.2, 2 × AMD EPYC', '',
      'figure                        median  goal       verdict  stands on',
      'bare nodejieba: ready        1047 ms',
      'serve: first answer to bare   1.39 ×  ≤ 1.5 ×    met      1 rounds',
      'ask: CPU                     2.77 ms  ≤ 2 ms     MISSED   150 questions, 4 rounds',
      'a figure of its own        not taken',
    ].join('\n');
    expect(renderBench(printed, 'zh').split('\n')).toEqual([
      'Node 20.20.2, 2 × AMD EPYC', '', '| 指标 | 实测 | 目标 |', '| --- | ---: | ---: |', '| 基准：只加载 nodejieba 并分一个词 | 1047 ms |  |',
      '| serve：从启动到答出第一题，与基准之比 | 1.39 × | ≤ 1.5 × |', '| 问答一次的 CPU | 2.77 ms | ≤ 2 ms |', '| a figure of its own | not taken |  |', '',
    ]);
    expect(() => renderBench('nothing', 'en')).toThrow('No figure was found');
  });

  it('knows every figure of the bench in Chinese', () => {
    const files = readdirSync(join(packageRoot, 'test/bench')).filter((file) => !file.endsWith('.test.ts')).map((file) => readText('test/bench', file));
    const names = files.flatMap((source) => [...source.matchAll(/\{ name: '([^']+)'/gu)].map(([, name = '']) => name));
    expect(names.length).toBeGreaterThan(10);
    expect(Object.keys(NAMES).toSorted()).toEqual(names.toSorted());
  });
});

let rendered: ReturnType<typeof renderBlocks> | undefined;

/** Once for both languages: the evaluation is asked in it. */
function renderAll(): ReturnType<typeof renderBlocks> {
  rendered ??= renderBlocks();
  return rendered;
}

async function helpOf(command: readonly string[]): Promise<string> {
  let output = '';
  const write = (text: string): void => void (output += text);
  const openAssistant = (): never => {
    throw new Error('Help opens no assistant.');
  };
  const stdin = { isTTY: true, async *[Symbol.asyncIterator]() {} };
  const context = { stdin, stdout: { write }, stderr: { write }, env: {}, cwd: tmpdir(), openAssistant };
  const code = await runProgram(command.length === 0 ? ['--help'] : ['help', ...command], context);
  expect([command, code]).toEqual([command, 0]);
  return output;
}

/** What each setting is where it isn't set, as the READMEs write it: empty where nothing is. */
function readDefaults(config: Config): Record<(typeof settingNames)[number], string> {
  // Some of a platform's settings are there only with its credentials.
  const credentials = { SLACK_BOT_TOKEN: 'xoxb-123456', SLACK_SIGNING_SECRET: 'signing-secret', DINGTALK_CLIENT_ID: 'ding', DINGTALK_CLIENT_SECRET: 'client-secret', DINGTALK_CARD_TEMPLATE_ID: 'card' };
  const { slack, dingtalk } = loadConfig(credentials, { cwd: tmpdir() }).bots;
  const from = (root: string, path: string): string => path.slice(root.length + 1);
  return {
    OPENAI_API_KEY: config.openaiApiKey ?? '',
    OPENAI_BASE_URL: config.openaiBaseUrl ?? '',
    CHAT_MODEL: config.chatModel ?? '',
    EMBEDDING_MODEL: config.embeddingModel ?? '',
    EMBEDDING_BATCH: String(config.embeddingBatch),
    EMBEDDING_DIMENSIONS: String(config.embeddingDimensions ?? ''),
    JUDGE_MODEL: config.judge?.model ?? '',
    JUDGE_BASE_URL: config.judge?.baseUrl ?? '',
    JUDGE_API_KEY: config.judge?.apiKey ?? '',
    MODEL_FIRST_BYTE_MS: String(config.modelLimits.firstByteMs),
    MODEL_IDLE_MS: String(config.modelLimits.idleMs),
    MODEL_TOTAL_MS: String(config.modelLimits.totalMs),
    CORPUS_DIR: from(packageRoot, config.corpusDir),
    LEXICON_FILE: from(packageRoot, config.lexiconFile),
    THESAURUS_FILE: from(packageRoot, config.thesaurusFile),
    DATA_DIR: from(tmpdir(), config.dataDir),
    HOST: config.host,
    PORT: String(config.port),
    LOG_LEVEL: config.logLevel,
    BASE_PATH: config.basePath,
    PUBLIC_BASE_URL: config.publicBaseUrl ?? '',
    TRUSTED_PROXIES: config.trustedProxies.join(','),
    WIDGET_ALLOWED_ORIGINS: config.widgetAllowedOrigins.join(','),
    EMBED_TOKEN_SECRET: config.embedTokenSecret ?? '',
    API_TOKENS: config.apiTokens.join(','),
    RATE_LIMIT_PER_MINUTE: String(config.rateLimitPerMinute),
    MAX_ANSWERS_AT_ONCE: String(config.maxAnswersAtOnce),
    RETENTION_DAYS: String(config.retentionDays),
    CONTACT: config.contact ?? '',
    BOT_GROUP_MODE: config.bots.groupMode,
    SLACK_MODE: '',
    SLACK_BOT_TOKEN: config.bots.slack?.botToken ?? '',
    SLACK_SIGNING_SECRET: config.bots.slack?.signingSecret ?? '',
    SLACK_APP_TOKEN: config.bots.slack?.appToken ?? '',
    SLACK_API_URL: slack?.apiUrl ?? '',
    SLACK_RESPONSE_HOSTS: slack?.responseHosts.join(',') ?? '',
    DINGTALK_MODE: '',
    DINGTALK_DIALECT: dingtalk?.dialect ?? '',
    DINGTALK_CLIENT_ID: config.bots.dingtalk?.clientId ?? '',
    DINGTALK_CLIENT_SECRET: config.bots.dingtalk?.clientSecret ?? '',
    DINGTALK_ROBOT_CODE: dingtalk?.robotCode ?? '',
    DINGTALK_WEBHOOK_TOKEN: dingtalk?.webhookToken ?? '',
    DINGTALK_SIGNATURE_MINUTES: String((dingtalk?.signatureMs ?? 0) / 60_000),
    DINGTALK_API_URL: '',
    DINGTALK_ALLOWED_HOSTS: '',
    DINGTALK_CARD_TEMPLATE_ID: config.bots.dingtalk?.card?.templateId ?? '',
    DINGTALK_CARD_TEMPLATE_KEY: dingtalk?.card?.key ?? '',
    DINGTALK_TENANT_ID: dingtalk?.tenantId ?? '',
  };
}
