import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { chmodSync, closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import SqliteFile from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openStore, storeFile } from '../../src/store/open-store.ts';
import { keepOpened } from '../../src/store/statements.ts';
import { createAnswer } from './create-answer.ts';
import { describeStore } from './store.contract.ts';

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'wence-store-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function open(dataDir: string, options: Partial<Parameters<typeof openStore>[0]> = {}) {
  const store = await openStore({ dataDir, retentionDays: 180, ...options });
  onTestFinished(() => store.close());
  return store;
}

describeStore('SQLite', async () => {
  const dataDir = makeFolder();
  return { open: ({ retentionDays = 180, ...options } = {}) => openStore({ dataDir, retentionDays, ...options }) };
});

const child = fileURLToPath(new URL('store-child.ts', import.meta.url));

interface Running {
  readonly process: ChildProcess;
  readonly lines: string[];
  readonly ended: Promise<number | null>;
  /** Waits for so many lines. */
  told(count: number): Promise<void>;
}

function start(what: string, dataDir: string, { shell = '' }: { readonly shell?: string } = {}): Running {
  const command = `${shell} exec "${process.execPath}" --import tsx "${child}" ${what} "${dataDir}"`;
  const spawned = spawn('sh', ['-c', command], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void spawned.kill('SIGKILL'));
  const lines: string[] = [];
  let wake = (): void => undefined;
  createInterface({ input: spawned.stdout }).on('line', (line) => {
    lines.push(line);
    wake();
  });
  const ended = new Promise<number | null>((resolve) => spawned.once('close', resolve));
  return {
    process: spawned,
    lines,
    ended,
    async told(count) {
      while (lines.length < count) await Promise.race([new Promise<void>((resolve) => (wake = resolve)), ended.then(() => Promise.reject(new Error(`ended after: ${lines.join('; ')}`)))]);
    },
  };
}

describe('the file', () => {
  it('may be read by its owner alone, its companions too', async () => {
    const dataDir = join(makeFolder(), 'deep', 'data');
    const store = await open(dataDir);
    await store.conversations.create({ conversationId: 'c', channel: 'web' }, { answerId: 'a', question: '?' });
    const modes = readdirSync(dataDir).map((name) => `${name} ${(statSync(join(dataDir, name)).mode & 0o777).toString(8)}`);
    expect(modes.sort()).toEqual(['wence.db 600', 'wence.db-shm 600', 'wence.db-wal 600']);
  });

  it('no longer holds the words of a deleted conversation once it was swept', async () => {
    const dataDir = makeFolder();
    const store = await open(dataDir);
    const bytes = (): string => ['', '-wal'].map((suffix) => `${storeFile(dataDir)}${suffix}`).filter((file) => existsSync(file)).map((file) => readFileSync(file, 'latin1')).join('');
    await store.conversations.create({ conversationId: 'c', channel: 'web' }, { answerId: 'a', question: 'SECRET-QUESTION' });
    await store.conversations.endTurn('a', { state: 'complete', answer: createAnswer({ answer: `SECRET-ANSWER ${'x'.repeat(20_000)} SECRET-END` }) });
    await store.sweep();
    expect(bytes()).toMatch(/SECRET/);
    await store.conversations.delete('c');
    await store.sweep();
    expect(bytes()).not.toMatch(/SECRET/);
  });

  it.each([
    ['of another kind', 'This is no database. '.repeat(100), /is not a database\. Move it away/],
    ['cut short in its first page', 'SQLite format 3\0', /is not a database\. Move it away|is damaged\. Run "wence doctor"/],
  ])('%s is told and left alone', async (_name, content, message) => {
    const dataDir = makeFolder();
    writeFileSync(storeFile(dataDir), content);
    await expect(openStore({ dataDir, retentionDays: 180 })).rejects.toMatchObject({ code: 'unavailable', message: expect.stringMatching(message) });
    expect(readFileSync(storeFile(dataDir), 'utf8')).toBe(content);
  });

  it('that is empty is a new one', async () => {
    const dataDir = makeFolder();
    writeFileSync(storeFile(dataDir), '');
    expect(await (await open(dataDir)).check()).toEqual([]);
  });

  it('whose pages are damaged is found out by the check, and its use says what to do', async () => {
    const dataDir = makeFolder();
    const store = await openStore({ dataDir, retentionDays: 180 });
    for (let asked = 0; asked < 200; asked += 1) {
      await store.conversations.create({ conversationId: `c${asked}`, channel: 'web' }, { answerId: `a${asked}`, question: '要建多少所?' });
      await store.conversations.endTurn(`a${asked}`, { state: 'complete', answer: createAnswer() });
    }
    await store.close();
    const file = openSync(storeFile(dataDir), 'r+');
    const { size } = statSync(storeFile(dataDir));
    for (let page = 20; page < size / 4_096; page += 1) writeSync(file, Buffer.alloc(4_096, 0x5a), 0, 4_096, page * 4_096);
    closeSync(file);
    const damaged = await openStore({ dataDir, retentionDays: 180 });
    expect((await damaged.check()).length).toBeGreaterThan(0);
    await expect(damaged.questions.list()).rejects.toMatchObject({ code: 'unavailable', message: expect.stringMatching(/is damaged\. Run "wence doctor"/) });
    await damaged.close().catch(() => undefined);
  });

  it('that a newer program laid out is not touched', async () => {
    const dataDir = makeFolder();
    await (await openStore({ dataDir, retentionDays: 180 })).close();
    const file = keepOpened(new SqliteFile(storeFile(dataDir)));
    file.exec(`insert into kysely_migration values ('0099-of-tomorrow', '${new Date().toISOString()}')`);
    file.close();
    for (const isReadOnly of [false, true]) {
      await expect(openStore({ dataDir, retentionDays: 180, isReadOnly })).rejects.toThrow(/a newer version of wence laid it out \(0099-of-tomorrow\)\. Use that version, or set DATA_DIR/);
    }
  });

  it('is only read for a report: nothing is made, nothing written', async () => {
    const dataDir = makeFolder();
    await expect(openStore({ dataDir, retentionDays: 180, isReadOnly: true })).rejects.toMatchObject({ code: 'not-found', message: expect.stringMatching(/"wence serve" makes it; set DATA_DIR/) });
    expect(readdirSync(dataDir)).toEqual([]);
    const store = await open(dataDir);
    await store.conversations.create({ conversationId: 'c', channel: 'web' }, { answerId: 'a', question: '?' });
    const reader = await open(dataDir, { isReadOnly: true });
    expect((await reader.conversations.find('c'))?.turns.length).toBe(1);
    await expect(reader.conversations.delete('c')).rejects.toMatchObject({ code: 'unavailable' });
    await reader.close();
    expect((await store.conversations.findTurn('a'))?.turn.state).toBe('running');
  });

  it('in a place that is no folder says what to do', async () => {
    const dataDir = makeFolder();
    writeFileSync(join(dataDir, 'file'), '');
    await expect(openStore({ dataDir: join(dataDir, 'file', 'data'), retentionDays: 180 })).rejects.toThrow(/may not be read and written\. Change its permissions, or set DATA_DIR/);
  });

  it.runIf(process.getuid?.() === 0)('in a folder that may not be written says what to do', async () => {
    const dataDir = makeFolder();
    chmodSync(dataDir, 0o555);
    const { lines, ended } = start('ask-as-nobody', dataDir);
    await ended;
    expect(lines.join('\n')).toMatch(/^failed: Cannot use the store .*may not be read and written\. Change its permissions, or set DATA_DIR/);
  });

  it('that was taken away while it was open is missed by the next sweep', async () => {
    const dataDir = makeFolder();
    const store = await openStore({ dataDir, retentionDays: 180 });
    await store.sweep();
    rmSync(storeFile(dataDir));
    await expect(store.sweep()).rejects.toMatchObject({ code: 'unavailable', message: expect.stringMatching(/was moved or deleted while it was open\. Start the service again/) });
    await store.close();
  });

  it('that another process keeps locked says so after a while, and works again afterwards', async () => {
    const dataDir = makeFolder();
    const store = await open(dataDir);
    const other = keepOpened(new SqliteFile(storeFile(dataDir)));
    other.exec('begin immediate');
    const waiting = store.conversations.create({ conversationId: 'c', channel: 'web' }, { answerId: 'a', question: '?' });
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 50);
    await expect(waiting).rejects.toThrow(/another process has kept it locked/);
    clearInterval(timer);
    // The rest of the process went on meanwhile.
    expect(turns).toBeGreaterThan(20);
    other.exec('commit');
    other.close();
    await store.conversations.create({ conversationId: 'c', channel: 'web' }, { answerId: 'a', question: '?' });
  });
});

describe('other processes', () => {
  it('that open and close it many times end well, whatever the garbage collector finds', async () => {
    const { lines, ended } = start('open-many-times', makeFolder());
    expect(await ended).toBe(0);
    expect(lines).toContain('open');
  });

  it('killed at any moment lose nothing that they told', async () => {
    const dataDir = makeFolder();
    const told: string[] = [];
    for (const pause of [0, 30, 120]) {
      const { process: asking, lines, ended, told: wait } = start('ask-for-ever', dataDir);
      await wait(20);
      await new Promise((resolve) => setTimeout(resolve, pause));
      asking.kill('SIGKILL');
      await ended;
      // A last line that was cut short is none.
      told.push(...lines.slice(1, -1));
    }
    const store = await open(dataDir);
    expect(await store.check()).toEqual([]);
    const logged = new Set((await store.questions.list()).map(({ answerId }) => answerId));
    expect(told.filter((id) => !logged.has(id))).toEqual([]);
    expect(told.length).toBeGreaterThan(50);
  });

  it('that were killed in mid-answer keep nobody from asking on', async () => {
    const dataDir = makeFolder();
    const store = await open(dataDir);
    const { process: answering, told, ended } = start('begin-and-stay', dataDir);
    await told(2);
    expect(await store.sweep()).toEqual({ deleted: 0, failed: 0 });
    expect((await store.conversations.addTurn('left', { answerId: 'next', question: '?' })).status).toBe('busy');
    answering.kill('SIGKILL');
    await ended;
    expect((await store.conversations.find('left'))?.turns[0]?.state).toBe('failed');
    expect((await store.conversations.addTurn('left', { answerId: 'next', question: '?' })).status).toBe('added');
    expect((await store.conversations.findTurn('left-answer'))?.turn.state).toBe('failed');
  });

  it('may begin with the same file at once and write to it side by side', async () => {
    const dataDir = join(makeFolder(), 'data');
    const processes = [1, 2, 3].map(() => start('ask-300', dataDir));
    await Promise.all(processes.map(({ ended }) => ended));
    const told = processes.flatMap(({ lines }) => lines.filter((line) => line !== 'open'));
    expect(told.filter((line) => /failed|close/.test(line))).toEqual([]);
    const store = await open(dataDir);
    const logged = new Set((await store.questions.list()).map(({ answerId }) => answerId));
    expect(told.filter((id) => !logged.has(id))).toEqual([]);
    expect(logged.size).toBe(900);
    expect(await store.check()).toEqual([]);
  }, 60_000);
});

/** A file system of 2 MiB; undefined where this machine gives none. */
function mountSmallDisk(folder: string): string | undefined {
  const disk = join(folder, 'disk');
  mkdirSync(disk);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', disk], { stdio: 'ignore' });
    onTestFinished(() => void execFileSync('umount', ['-l', disk]));
    return disk;
  } catch {
    return undefined;
  }
}

describe('a full disk', () => {
  it.each(['a small disk', 'a limit on the size of files'])('by %s: what was kept is still there, and it is said', async (kind) => {
    const folder = makeFolder();
    const disk = kind === 'a small disk' ? mountSmallDisk(folder) : folder;
    if (disk === undefined) return;
    const { lines, ended } = start('fill', disk, kind === 'a small disk' ? {} : { shell: 'ulimit -f 2048;' });
    await ended;
    const [, kept = '', read, sound, ...rest] = lines;
    expect(kept).toMatch(/^kept \d{2,4}; Cannot use the store .*: the disk is full, or takes no more\. Make room there/);
    expect([`read ${/\d+/.exec(kept)?.[0]}`, 'sound true']).toEqual([read, sound]);
    expect(rest.filter((line) => !line.includes('the disk is full'))).toEqual([]);
  });
});
