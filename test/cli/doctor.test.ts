import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { checkPort } from '../../src/cli/checks.ts';
import { loadConfig } from '../../src/config.ts';
import { openStore } from '../../src/store/open-store.ts';
import { createServer as createWence } from '../../src/service/server.ts';
import { createFakeAssistant } from '../helpers/fake-assistant.ts';
import type { FakeAssistantOptions } from '../helpers/fake-assistant.ts';
import { makeFolder, run } from './run.ts';

function examine(script: FakeAssistantOptions = {}, env: Record<string, string> = {}, cwd = makeFolder()) {
  writeFileSync(join(cwd, 'lexicon.json'), '{}');
  writeFileSync(join(cwd, 'thesaurus.tsv'), '');
  return run(['doctor'], {
    assistant: createFakeAssistant(script),
    cwd,
    env: { PORT: '0', LEXICON_FILE: 'lexicon.json', THESAURUS_FILE: 'thesaurus.tsv', CORPUS_DIR: '/srv/notices', ...env },
  });
}

type Finding = [name: string, script: FakeAssistantOptions, env: Record<string, string>, line: RegExp];

describe('wence doctor', () => {
  it('says of each thing that it is well', async () => {
    const cwd = makeFolder();
    const { code, out, assistant } = await examine({ corpus: { origin: 'snapshot' } }, {}, cwd);
    expect(code).toBe(0);
    expect(out.replaceAll(cwd, '/home')).toMatchInlineSnapshot(`
      "ok      settings   chat model none, embedding model local, base URL default, log level info
      ok      access     no login; no API token; own pages only; no proxy is trusted; 120 requests a minute and client
      ok      lexicon    /home/lexicon.json
      ok      thesaurus  /home/thesaurus.tsv
      ok      data       /home/data will be made
      ok      store      nothing is kept yet; /home/data/wence.db will be made
      ok      port       any free one
      ok      corpus     2 notices, 3 passages in /srv/notices
      ok      index      generation f00df00df00d by hashed-1-512 is up to date
      ok      chat       not configured: extractive answers only (see CHAT_MODEL)
      ok      embedder   hashed-1-512, local
      ok      slack      off
      ok      dingtalk   off
      "
    `);
    expect(assistant.calls).toEqual(['checkModels', 'close']);
  });

  it.each([
    [{ HOST: '0.0.0.0' }, /everybody who reaches 0\.0\.0\.0 may ask; set EMBED_TOKEN_SECRET/],
    [{ HOST: '0.0.0.0', EMBED_TOKEN_SECRET: 's'.repeat(40) }, /questions need a token/],
    [{ API_TOKENS: 'a'.repeat(24), WIDGET_ALLOWED_ORIGINS: 'https://oa.example.gov.cn', TRUSTED_PROXIES: '10.0.0.1', RATE_LIMIT_PER_MINUTE: '0' }, /1 API token; own pages, and those of https:\/\/oa\.example\.gov\.cn; proxies 10\.0\.0\.1; no limit of requests/],
  ])('says who may ask (%o)', async (env, expected) => {
    const { out } = await examine({}, env, makeFolder());
    expect(out).toMatch(expected);
  });

  it('says of a configured model that it answers', async () => {
    const { out } = await examine({ chatModelId: 'qwen3 @ localhost', checks: { chat: { state: 'ok' }, embedder: { state: 'ok' } } });
    expect(out).toMatch(/ok +chat +qwen3 @ localhost answers\nok +embedder +hashed-1-512 answers/);
  });

  it.each([
    [
      'a model that does not answer',
      { checks: { chat: { state: 'failed', message: 'no reply in 20 s. Check OPENAI_BASE_URL.' }, embedder: { state: 'not-configured' } } },
      {},
      /FAILED +chat +no reply in 20 s\. Check OPENAI_BASE_URL\./,
    ],
    [
      'files that cannot be read',
      { corpus: { problems: [{ file: 'x.txt', message: 'It is empty.' }] } },
      {},
      /FAILED +corpus +2 notices, 3 passages in \/srv\/notices, but: x\.txt: It is empty\./,
    ],
    ['an empty corpus', { corpus: { notices: [], passages: 0 } }, {}, /FAILED +corpus +0 notices.*set CORPUS_DIR/],
    [
      'a lexicon that is not there',
      {},
      { LEXICON_FILE: 'none.json' },
      /FAILED +lexicon .*none\.json is not there\. Restore it, or set LEXICON_FILE\./,
    ],
    ['a thesaurus that is not there', {}, { THESAURUS_FILE: 'none.tsv' }, /FAILED +thesaurus .*none\.tsv is not there\. Restore it, or set THESAURUS_FILE\./],
    ['a slip of the pen', {}, { CHAT_MODLE: 'x' }, /FAILED +settings +CHAT_MODLE is no setting; was CHAT_MODEL meant\?/],
    ['wrong settings', {}, { PORT: 'x' }, /FAILED +settings .*PORT: read "x"/],
    ['a data folder that is a file', {}, { DATA_DIR: 'lexicon.json' }, /FAILED +data .*lexicon\.json cannot be written .*set DATA_DIR/],
  ] satisfies Finding[])('finds %s and exits with 1', async (_name, script, env, line) => {
    const { code, out } = await examine(script, env);
    expect(out).toMatch(line);
    expect(code).toBe(1);
  });

  it('says why the assistant cannot be opened, without a secret', async () => {
    const { code, out } = await run(['doctor'], {
      env: { PORT: '0', OPENAI_API_KEY: 'my-secret-key' },
      open: async () => {
        throw new Error('refused my-secret-key');
      },
    });
    expect(code).toBe(1);
    expect(out).toMatch(/FAILED +index +refused \[secret\]/);
  });

  it('leaves nothing in the data folder', async () => {
    const cwd = makeFolder();
    mkdirSync(join(cwd, 'data'));
    const { out } = await examine({}, {}, cwd);
    expect(out).toMatch(/ok +data .*data can be written/);
    expect(readdirSync(join(cwd, 'data'))).toEqual([]);
  });

  it('tells how much is kept, and that it is sound', async () => {
    const cwd = makeFolder();
    const store = await openStore({ dataDir: join(cwd, 'data'), retentionDays: 180 });
    await store.conversations.create({ conversationId: 'c', channel: 'web' }, { answerId: 'a', question: '?' });
    const { code, out } = await examine({}, {}, cwd);
    expect(out).toMatch(/ok +store +\/.*data\/wence\.db is sound: 1 conversation, 1 question, \d+ kB, kept 180 days\n/);
    expect(code).toBe(0);
    expect((await store.conversations.findTurn('a'))?.turn.state).toBe('running');
    await store.close();
  });

  it('finds a store that is damaged or none', async () => {
    const cwd = makeFolder();
    mkdirSync(join(cwd, 'data'));
    writeFileSync(join(cwd, 'data', 'wence.db'), 'This is no database. '.repeat(100));
    const { code, out } = await examine({}, {}, cwd);
    expect(out).toMatch(/FAILED +store +Cannot use the store .*is not a database\. Move it away/);
    expect(code).toBe(1);
  });

  it('--json gives the checks as JSON', async () => {
    const { out } = await run(['doctor', '--json'], { env: { PORT: '0' } });
    expect(JSON.parse(out)).toContainEqual({ name: 'port', state: 'ok', message: 'any free one' });
  });
});

describe('the port', () => {
  it('is taken by another process', async () => {
    const other = createServer((socket) => socket.end('hello\n')).listen(0, '127.0.0.1');
    onTestFinished(() => void other.close());
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    expect(await checkPort('127.0.0.1', port)).toEqual({
      name: 'port',
      state: 'failed',
      message: `${port} on 127.0.0.1 is taken by another process. Stop it, or set PORT.`,
    });
  });

  it('is as good as free where wence runs on it', async () => {
    const server = await createWence({
      config: loadConfig({ PORT: '0' }, { cwd: makeFolder() }),
      openAssistant: async () => createFakeAssistant(),
      writeLog: () => undefined,
    });
    onTestFinished(() => server.close());
    const port = Number(new URL((await server.start()).url).port);
    expect(await checkPort('127.0.0.1', port)).toEqual({
      name: 'port',
      state: 'ok',
      message: `wence is running on 127.0.0.1, port ${port}`,
    });
  });

  it('of an address that this machine does not have cannot be had', async () => {
    expect((await checkPort('203.0.113.1', 3000)).state).toBe('failed');
  });
});
