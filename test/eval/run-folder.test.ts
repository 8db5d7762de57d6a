import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { CaseRecord } from '../../src/eval/record.ts';
import { findRun, listRuns, loadRun, openRunWriter, readRecords } from '../../src/eval/run-folder.ts';
import type { RunWriter } from '../../src/eval/run-folder.ts';
import type { RunSettings, RunState } from '../../src/eval/run-summary.ts';
import { answered, createCase, failedRecord, recordOf } from './samples.ts';

const root = mkdtempSync(join(tmpdir(), 'wence-runs-'));
afterAll(() => rmSync(root, { recursive: true }));
let count = 0;
const makeFolder = (): string => join(root, `run-${(count += 1)}`);

const settings: RunSettings = { name: 'run', target: 'in process', mode: 'extractive', sets: [], selection: {}, repeat: 1, perturbations: [], seed: 1, fingerprints: {} };
const started: RunState = { state: 'running', startedAt: '2026-01-01T00:00:00.000Z', done: 0, total: 3 };
const record = (id: string): CaseRecord => recordOf(createCase({ must: [['90%']] }, { id }), answered(`${id}: 90%`));
const finish = (writer: RunWriter, state: RunState['state'], done: number) =>
  writer.finish({ state: { ...started, state, done }, summary: { groups: [], constants: [], notes: [] }, places: { 'n/1': { text: '原文', start: 3, label: '一' } } });

async function readAll(folder: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const { record: each, timing } of readRecords(folder)) keys.push(`${each.key} ${timing?.ms ?? 'no time'}`);
  return keys;
}

describe('the folder of a run', () => {
  it('holds settings, state, every record with its time, and the summary', async () => {
    const folder = makeFolder();
    const writer = await openRunWriter(folder, settings, started);
    writer.write(record('a'), { key: 'set#a', ms: 2, cached: false });
    writer.write(record('b'), undefined);
    expect((await loadRun(folder)).state.state).toBe('running');
    expect(await readAll(folder)).toEqual(['set#a 2', 'set#b no time']);
    await finish(writer, 'complete', 2);
    const run = await loadRun(folder);
    expect(run).toMatchObject({ settings, state: { state: 'complete', done: 2 }, summary: { groups: [] } });
    expect(readdirSync(folder).toSorted()).toEqual(['answers.jsonl', 'places.json', 'settings.json', 'state.json', 'summary.json', 'timings.jsonl']);
  });

  it('gives the same bytes for the same records, times apart', async () => {
    const bytes = await Promise.all([1, 2].map(async (ms) => {
      const folder = makeFolder();
      const writer = await openRunWriter(folder, settings, started);
      for (const id of ['a', 'b']) writer.write(record(id), { key: `set#${id}`, ms, cached: false, answerId: String(ms) });
      await finish(writer, 'complete', 2);
      return ['answers.jsonl', 'settings.json', 'summary.json', 'places.json'].map((file) => readFileSync(join(folder, file), 'utf8'));
    }));
    expect(bytes[0]).toEqual(bytes[1]);
  });

  it('that was interrupted knows what was answered, and asks errors again', async () => {
    const folder = makeFolder();
    const first = await openRunWriter(folder, settings, started);
    first.write(record('a'), { key: 'set#a', ms: 2, cached: false });
    first.write(failedRecord(createCase({ must: [['90%']] }, { id: 'b' })), undefined);
    await finish(first, 'interrupted', 2);
    const second = await openRunWriter(folder, settings, started, true);
    expect(second.known('set#a')).toMatchObject({ record: { id: 'a', verdict: 'pass' }, timing: { ms: 2 } });
    expect([second.known('set#b'), second.known('set#c')]).toEqual([undefined, undefined]);
    await finish(second, 'interrupted', 0);
    // Interrupted again before it wrote anything: what the first attempt knew is still known.
    const third = await openRunWriter(folder, settings, started, true);
    expect(third.known('set#a')).toMatchObject({ record: { id: 'a' } });
    third.write(record('a'), undefined);
    third.write(record('b'), undefined);
    await finish(third, 'complete', 2);
    expect(await readAll(folder)).toEqual(['set#a no time', 'set#b no time']);
    expect(readdirSync(folder).filter((name) => name.endsWith('.before'))).toEqual([]);
  });

  it('that was killed in the middle of a line goes on from the last whole one', async () => {
    const folder = makeFolder();
    const killed = await openRunWriter(folder, settings, started);
    killed.write(record('a'), { key: 'set#a', ms: 2, cached: false });
    appendFileSync(join(folder, 'answers.jsonl'), '{"key":"set#b","set":"s');
    const next = await openRunWriter(folder, settings, started, true);
    expect(next.known('set#a')).toBeDefined();
    expect(next.known('set#b')).toBeUndefined();
  });

  it('that holds another run begins anew, and one that holds something else is left alone', async () => {
    const folder = makeFolder();
    const first = await openRunWriter(folder, settings, started);
    first.write(record('a'), undefined);
    await finish(first, 'complete', 1);
    writeFileSync(join(folder, 'report.html'), 'of the first');
    const second = await openRunWriter(folder, settings, started);
    expect([second.known('set#a'), readdirSync(folder).includes('report.html')]).toEqual([undefined, false]);
    const other = makeFolder();
    mkdirSync(other);
    writeFileSync(join(other, 'thesis.txt'), 'precious');
    await expect(openRunWriter(other, settings, started)).rejects.toThrow('it holds something else than a run');
    expect(readdirSync(other)).toEqual(['thesis.txt']);
  });

  it('that cannot be made says what to do', async () => {
    const file = join(root, 'a-file');
    writeFileSync(file, '');
    await expect(openRunWriter(join(file, 'run'), settings, started)).rejects.toThrow(/Cannot make the folder .*Choose another by --out/);
  });
});

describe('runs', () => {
  it('are found by name, its beginning or end, by folder, or as the latest', async () => {
    const runs = join(root, 'many');
    for (const name of ['20260101-100000-first', '20260102-100000-second']) {
      mkdirSync(join(runs, name), { recursive: true });
      await finish(await openRunWriter(join(runs, name), settings, started), 'complete', 0);
    }
    mkdirSync(join(runs, 'no-run'));
    expect(await findRun(runs, 'latest')).toBe(join(runs, '20260102-100000-second'));
    expect(await findRun(runs, 'first')).toBe(join(runs, '20260101-100000-first'));
    expect(await findRun(runs, '20260102')).toBe(join(runs, '20260102-100000-second'));
    expect(await findRun(runs, join(runs, '20260101-100000-first'))).toBe(join(runs, '20260101-100000-first'));
    expect((await listRuns(runs)).map(({ settings: { name } }) => name)).toEqual(['run', 'run']);
    await expect(findRun(runs, '2026')).rejects.toThrow('"2026" may be any of 20260101-100000-first, 20260102-100000-second');
    await expect(findRun(runs, 'third')).rejects.toThrow('there is no run "third"');
    expect(existsSync(join(root, 'nothing'))).toBe(false);
    await expect(findRun(join(root, 'nothing'), 'latest')).rejects.toThrow('there is no run "latest"');
  });

  it('with a damaged file say which', async () => {
    const folder = makeFolder();
    await finish(await openRunWriter(folder, settings, started), 'complete', 0);
    writeFileSync(join(folder, 'state.json'), '{');
    await expect(loadRun(folder)).rejects.toThrow(/state\.json is missing or damaged/);
  });
});
