import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig, settingNames, wantsColors } from '../src/config.ts';
import { AssistantError } from '../src/errors.ts';
import { packageRoot } from '../src/package-root.ts';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'wence-config-'));
});
afterEach(() => {
  rmSync(cwd, { recursive: true });
});

function load(env: Record<string, string>) {
  return loadConfig(env, { cwd });
}

function refusal(env: Record<string, string>): string {
  try {
    load(env);
  } catch (error) {
    expect(error).toBeInstanceOf(AssistantError);
    expect((error as AssistantError).code).toBe('bad-setting');
    return (error as AssistantError).message;
  }
  throw new Error('The settings were accepted.');
}

describe('settings that are not set', () => {
  it('have the documented defaults', () => {
    expect(load({})).toEqual({
      openaiApiKey: undefined,
      openaiBaseUrl: undefined,
      chatModel: undefined,
      embeddingModel: undefined,
      embeddingBatch: 64,
      embeddingDimensions: undefined,
      judge: undefined,
      modelLimits: { firstByteMs: 20_000, idleMs: 10_000, totalMs: 60_000 },
      corpusDir: join(packageRoot, 'corpus'),
      lexiconFile: join(packageRoot, 'corpus', 'lexicon.json'),
      thesaurusFile: join(packageRoot, 'corpus', 'thesaurus.tsv'),
      dataDir: join(cwd, 'data'),
      host: '127.0.0.1',
      port: 3000,
      logLevel: 'info',
      basePath: '',
      publicBaseUrl: undefined,
      trustedProxies: [],
      widgetAllowedOrigins: [],
      embedTokenSecret: undefined,
      apiTokens: [],
      rateLimitPerMinute: 120,
      maxAnswersAtOnce: 200,
      retentionDays: 180,
      contact: undefined,
      bots: { groupMode: 'always', slack: undefined, dingtalk: undefined },
      warnings: [],
    });
  });

  it('are the same as empty or blank ones', () => {
    const blank = Object.fromEntries(settingNames.map((name, index) => [name, index % 2 === 0 ? '' : '  ']));
    expect(load(blank)).toEqual(load({}));
  });

  it('keep the lexicon where it is when the corpus is elsewhere', () => {
    const { corpusDir, lexiconFile } = load({ CORPUS_DIR: 'notices' });
    expect(corpusDir).toBe(join(cwd, 'notices'));
    expect(lexiconFile).toBe(join(packageRoot, 'corpus', 'lexicon.json'));
  });
});

describe('settings that are set', () => {
  it('are read from the environment', () => {
    const config = load({
      OPENAI_API_KEY: 'sk-test-1234567890',
      OPENAI_BASE_URL: 'https://example.test/v1/',
      CHAT_MODEL: 'deepseek-chat',
      EMBEDDING_MODEL: 'text-embedding-v3',
      EMBEDDING_BATCH: '10',
      EMBEDDING_DIMENSIONS: '1024',
      MODEL_FIRST_BYTE_MS: '1',
      MODEL_IDLE_MS: '2',
      MODEL_TOTAL_MS: '3',
      CORPUS_DIR: '/srv/notices',
      LEXICON_FILE: 'words.json',
      THESAURUS_FILE: 'said.tsv',
      DATA_DIR: '/var/lib/wence',
      HOST: '::1',
      PORT: '0',
      LOG_LEVEL: 'DEBUG',
    });
    expect(config).toMatchObject({
      openaiApiKey: 'sk-test-1234567890',
      openaiBaseUrl: 'https://example.test/v1',
      chatModel: 'deepseek-chat',
      embeddingBatch: 10,
      embeddingDimensions: 1024,
      modelLimits: { firstByteMs: 1, idleMs: 2, totalMs: 3 },
      corpusDir: '/srv/notices',
      lexiconFile: join(cwd, 'words.json'),
      thesaurusFile: join(cwd, 'said.tsv'),
      dataDir: '/var/lib/wence',
      host: '::1',
      port: 0,
      logLevel: 'debug',
    });
  });

  it('take lists, origins and addresses in the form in which they are compared', () => {
    const config = load({
      BASE_PATH: '/wence/', PUBLIC_BASE_URL: 'https://qa.example.gov.cn/wence/', TRUSTED_PROXIES: '10.0.0.5, 192.168.0.0/16,::1',
      WIDGET_ALLOWED_ORIGINS: 'https://OA.example.gov.cn:443/, http://10.1.2.3:8080', API_TOKENS: `${'a'.repeat(24)}, ${'b'.repeat(30)},`,
      EMBED_TOKEN_SECRET: 's'.repeat(32), RATE_LIMIT_PER_MINUTE: '0', MAX_ANSWERS_AT_ONCE: '5', RETENTION_DAYS: '30', CONTACT: '市教育局办公室 0576-1',
    });
    expect(config).toMatchObject({
      basePath: '/wence', publicBaseUrl: 'https://qa.example.gov.cn/wence', trustedProxies: ['10.0.0.5', '192.168.0.0/16', '::1'],
      widgetAllowedOrigins: ['https://oa.example.gov.cn', 'http://10.1.2.3:8080'], apiTokens: ['a'.repeat(24), 'b'.repeat(30)],
      embedTokenSecret: 's'.repeat(32), rateLimitPerMinute: 0, maxAnswersAtOnce: 5, retentionDays: 30, contact: '市教育局办公室 0576-1',
    });
  });

  it.each([
    ['BASE_PATH', 'wence'], ['BASE_PATH', '/a b'], ['BASE_PATH', '/a//b'], ['PUBLIC_BASE_URL', 'qa.example.gov.cn'], ['PUBLIC_BASE_URL', 'ftp://qa.example.gov.cn'],
    ['TRUSTED_PROXIES', 'proxy'], ['TRUSTED_PROXIES', '10.0.0.0/33'], ['TRUSTED_PROXIES', '10.0.0.5/8/8'], ['WIDGET_ALLOWED_ORIGINS', '*'],
    ['WIDGET_ALLOWED_ORIGINS', 'https://*.gov.cn'], ['WIDGET_ALLOWED_ORIGINS', 'https://oa.example.gov.cn/page'], ['WIDGET_ALLOWED_ORIGINS', 'null'],
    ['EMBED_TOKEN_SECRET', 'short'], ['API_TOKENS', 'short'], ['RATE_LIMIT_PER_MINUTE', '-1'], ['MAX_ANSWERS_AT_ONCE', '0'], ['RETENTION_DAYS', '0'],
  ])('stop the start where %s is %s', (name, value) => {
    expect(refusal({ [name]: value })).toContain(`${name}: read `);
  });

  it('are never repeated where they are secrets', () => {
    expect(refusal({ EMBED_TOKEN_SECRET: 'hush', API_TOKENS: 'whisper' })).not.toMatch(/hush|whisper/);
  });

  it('are frozen, all the way down', () => {
    const config = load({});
    expect(Object.isFrozen(config)).toBe(true);
    expect(Object.isFrozen(config.modelLimits)).toBe(true);
    expect(Object.isFrozen(config.warnings)).toBe(true);
    expect(Object.isFrozen(load({ OPENAI_API_KEY: 'k', JUDGE_MODEL: 'j' }).judge)).toBe(true);
  });

  it('need no key with a base URL of this machine', () => {
    expect(
      load({ OPENAI_BASE_URL: 'http://localhost:11434/v1', CHAT_MODEL: 'qwen3' }),
    ).toMatchObject({ openaiApiKey: undefined, chatModel: 'qwen3' });
  });
});

describe('.env in the working directory', () => {
  it('is read, with quotes, comments, export and Windows line ends', () => {
    writeFileSync(join(cwd, '.env'), '\ufeff# mine\r\nPORT=4000 # the port\r\nexport HOST="0.0.0.0"\r\n\r\nCORPUS_DIR=\'my notices\'\r\n');
    expect(load({})).toMatchObject({ port: 4000, host: '0.0.0.0', corpusDir: join(cwd, 'my notices') });
  });

  it('loses against the environment', () => {
    writeFileSync(join(cwd, '.env'), 'PORT=4000\n');
    expect(load({ PORT: '5000' }).port).toBe(5000);
  });

  it('loses against an empty value in the environment too, which switches a setting off', () => {
    writeFileSync(join(cwd, '.env'), 'OPENAI_BASE_URL=http://localhost:1/v1\nCHAT_MODEL=qwen3\n');
    expect(load({ CHAT_MODEL: '' }).chatModel).toBeUndefined();
  });

  it('stops the start with the line that is no setting, but not its text, which may be a key', () => {
    writeFileSync(join(cwd, '.env'), 'HOST=127.0.0.1\nsk-live-abcdefgh\nPORT=4000\n');
    const message = refusal({});
    expect(message).toContain('.env: line 2 is neither NAME=value nor a # comment');
    expect(message).not.toContain('sk-live');
  });

  it('stops the start when it cannot be read', () => {
    mkdirSync(join(cwd, '.env'));
    expect(refusal({})).toMatch(/\.env: cannot be read/);
  });

  it('warns of names that are no settings', () => {
    writeFileSync(join(cwd, '.env'), 'COLOUR=red\nPROT=1\n');
    expect(load({}).warnings).toEqual(['COLOUR in .env is no setting.', 'PROT is no setting; was PORT meant?']);
  });
});

describe('a wrong setting', () => {
  it.each([
    ['PORT', 'abc'], ['PORT', '65536'], ['PORT', '-1'], ['PORT', '3000.5'], ['PORT', '3e3'], ['PORT', '0x10'], ['PORT', '３０００'],
    ['EMBEDDING_BATCH', '0'], ['EMBEDDING_BATCH', '2049'], ['EMBEDDING_DIMENSIONS', 'many'],
    ['MODEL_FIRST_BYTE_MS', '0'], ['MODEL_IDLE_MS', '10s'], ['MODEL_TOTAL_MS', '99999999999999'],
    ['LOG_LEVEL', 'loud'], ['HOST', 'http://localhost'], ['HOST', '[::1]'], ['HOST', 'a b'], ['CHAT_MODEL', 'two words'],
  ])('%s=%s stops the start with its name, what was read and what is accepted', (name, value) => {
    const message = refusal({ OPENAI_API_KEY: 'k', [name]: value });
    expect(message).toMatch(/^A setting is wrong:\n/);
    expect(message).toContain(`${name}: read ${JSON.stringify(value)}; accepted is `);
  });

  it.each([
    'ftp://example.test/v1',
    'example.test/v1',
    'https://example.test/v1/chat/completions',
    'https://user:secret@example.test/v1',
    'https://example.test/v1?key=secret',
  ])(
    'OPENAI_BASE_URL=%s stops the start without showing what may be secret',
    (url) => {
      const message = refusal({ OPENAI_BASE_URL: url });
      expect(message).toContain('OPENAI_BASE_URL: read ');
      expect(message).not.toContain('secret');
    },
  );

  it('is told together with all the others', () => {
    const message = refusal({ PORT: 'x', LOG_LEVEL: 'y', CHAT_MODEL: 'gpt-4o-mini', MODEL_IDLE_MS: '0' });
    expect(message).toMatch(/^4 settings are wrong:\n/);
    for (const name of ['PORT', 'LOG_LEVEL', 'CHAT_MODEL', 'MODEL_IDLE_MS']) expect(message).toContain(`\n  ${name}: `);
  });

  it('never shows a key, not even one in the wrong place', () => {
    const message = refusal({ OPENAI_API_KEY: 'sk-一二三', PORT: 'sk-live-abcdefgh' });
    expect(message).not.toMatch(/一二三|abcdefgh/);
    expect(message).toContain('OPENAI_API_KEY: read a value of 6 characters; accepted is a key of printable ASCII');
  });

  it.each(['CHAT_MODEL', 'EMBEDDING_MODEL'])('%s without key and base URL says which are missing', (name) => {
    expect(refusal({ [name]: 'some-model' })).toMatch(
      new RegExp(`${name}: read "some-model", but neither OPENAI_API_KEY nor OPENAI_BASE_URL is set`),
    );
  });

  it('is a plain http address that a key would travel to', () => {
    expect(refusal({ OPENAI_API_KEY: 'k', OPENAI_BASE_URL: 'http://192.168.1.5/v1' })).toMatch(/OPENAI_BASE_URL: .*plain http/);
  });
});

describe('slips of the pen', () => {
  it.each([
    [
      'OPENAI_BASEURL',
      'OPENAI_BASE_URL',
    ], ['CHAT_MODLE', 'CHAT_MODEL'], ['OPENAI_API_KEYS', 'OPENAI_API_KEY'], ['CORPUS_DRI', 'CORPUS_DIR'],
    ['PROT', 'PORT'], ['LOGLEVEL', 'LOG_LEVEL'], ['chat_model', 'CHAT_MODEL'], ['OPENAI_API_BASE', 'OPENAI_BASE_URL'], [
      'MODEL_FIRSTBYTE_MS',
      'MODEL_FIRST_BYTE_MS',
    ],
  ])('%s is warned of: %s was meant', (name, meant) => {
    expect(load({ [name]: 'x' }).warnings).toEqual([`${name} is no setting; was ${meant} meant?`]);
  });

  it('are not suspected in what every environment holds', () => {
    const names = [
      'PATH',
      'HOME',
      'PWD',
      'USER',
      'HOSTNAME',
      'SHELL',
      'TERM',
      'LANG',
      'EDITOR',
      'NODE_ENV',
      'OPENAI_ORG_ID',
      'SHLVL',
      'LOGNAME',
      'TMPDIR',
    ];
    expect(load(Object.fromEntries(names.map((name) => [name, 'x']))).warnings).toEqual([]);
  });

  it('include dimensions without a model to have them', () => {
    expect(load({ EMBEDDING_DIMENSIONS: '256' }).warnings[0]).toMatch(/does nothing without EMBEDDING_MODEL/);
  });
});

describe('the judge of evaluations', () => {
  const shared = { OPENAI_API_KEY: 'sk-shared', OPENAI_BASE_URL: 'https://models.example/v1' };

  it.each([
    [{ ...shared }, undefined],
    [{ ...shared, JUDGE_MODEL: 'j' }, { model: 'j', baseUrl: 'https://models.example/v1', apiKey: 'sk-shared' }],
    [{ ...shared, JUDGE_MODEL: 'j', JUDGE_API_KEY: 'sk-own' }, { model: 'j', baseUrl: 'https://models.example/v1', apiKey: 'sk-own' }],
    [{ JUDGE_MODEL: 'j', JUDGE_BASE_URL: 'http://127.0.0.1:11434/v1' }, { model: 'j', baseUrl: 'http://127.0.0.1:11434/v1', apiKey: undefined }],
  ])('with %j is %j', (env, judge) => {
    expect(load(env as Record<string, string>).judge).toEqual(judge);
  });

  it('at a server of its own is never sent the key of the other', () => {
    expect(load({ ...shared, JUDGE_MODEL: 'j', JUDGE_BASE_URL: 'https://judge.example/v1' }).judge).toEqual({ model: 'j', baseUrl: 'https://judge.example/v1', apiKey: undefined });
  });

  it('needs a key or a server, and keeps its key to itself', () => {
    expect(refusal({ JUDGE_MODEL: 'j' })).toContain('JUDGE_MODEL: read "j", but no key and no base URL is set');
    expect(refusal({ JUDGE_MODEL: 'j', JUDGE_API_KEY: 'sk-secret value' })).not.toContain('secret');
    expect(refusal({ JUDGE_MODEL: 'j', JUDGE_API_KEY: 'sk-k', JUDGE_BASE_URL: 'http://judge.example/v1' })).toContain('JUDGE_BASE_URL');
  });

  it('is told which address its own key would travel to in plain sight', () => {
    const env = { JUDGE_MODEL: 'j', JUDGE_API_KEY: 'k', OPENAI_BASE_URL: 'http://192.168.1.5/v1' };
    expect(refusal(env)).toMatch(/^A setting is wrong:\n {2}OPENAI_BASE_URL: read "http:\/\/192\.168\.1\.5\/v1"\. .*plain http/);
    expect(refusal({ ...env, PORT: 'x' })).toMatch(/^2 settings are wrong:\n/);
    expect(load({ ...env, JUDGE_MODEL: '' }).judge).toBeUndefined();
    expect(load({ ...env, JUDGE_BASE_URL: 'https://judge.example/v1' }).judge).toMatchObject({ baseUrl: 'https://judge.example/v1', apiKey: 'k' });
  });
});

describe('colours', () => {
  it.each([
    [{}, true, true], [{}, false, false], [{ NO_COLOR: '1' }, true, false], [{ NO_COLOR: '' }, true, true], [{ TERM: 'dumb' }, true, false],
    [{ FORCE_COLOR: '1' }, false, true], [{ FORCE_COLOR: '1', NO_COLOR: '1' }, true, false], [{ FORCE_COLOR: '0' }, false, false],
  ])('with %j and a terminal %s: %s', (env, isTTY, expected) => {
    expect(wantsColors({ isTTY }, env)).toBe(expected);
  });
});
