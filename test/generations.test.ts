import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { openGenerations } from '../src/generations.ts';
import type { Generations } from '../src/generations.ts';
import type { GenerationOptions } from '../src/generation.ts';
import { compareNotices } from '../src/generation.ts';
import type { Logger } from '../src/logger.ts';
import { createHashedEmbedder } from '../src/models/hashed.ts';
import { foldForMatching } from '../src/text/normalize.ts';
import { loadSegmenter, segmentFields } from '../src/text/segment.ts';
import { makeTemporaryCorpus } from './helpers/temporary-corpus.ts';
import type { TemporaryCorpus } from './helpers/temporary-corpus.ts';

const TRAVEL = '2022年绿色出行工作要点\n\n一、优化公共交通\n\n全年新辟公交线路8条。\n\n二、完善慢行系统\n\n改造人行道65公里。\n';
const SAFETY = '校园安全工作要点\n\n一、校门管理\n\n校门每天22时关闭。\n\n二、食堂管理\n\n每月检查食堂2次。\n';

let corpus: TemporaryCorpus;
let logged: { level: string; text: string }[];
const opened: Generations[] = [];

function makeLogger(): Logger {
  const at =
    (level: string) =>
    (details: unknown, message?: string): void =>
      void logged.push({ level, text: message ?? String(details) });
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}
const warnings = (): string[] => logged.filter(({ level }) => level === 'warn').map(({ text }) => text);

async function open(options: Partial<GenerationOptions> = {}): Promise<Generations> {
  const { corpusDir, dataDir, lexiconFile } = corpus;
  const generations = await openGenerations({
    corpusDir,
    dataDir,
    lexiconFile,
    embedder: createHashedEmbedder({ dimensions: 64 }),
    logger: makeLogger(),
    ...options,
  });
  opened.push(generations);
  return generations;
}

const idsOf = ({ current }: Generations): string[] => current.notices.map(({ id }) => id);

/** What the current generation holds on a question; the lead of the answer. */
async function leadOf(generations: Pick<Generations['current'], 'retriever'>, question: string): Promise<string | undefined> {
  const { reading } = await generations.retriever.gather(question);
  return reading.verdict === 'answered' ? reading.points[0]?.lead : undefined;
}

beforeAll(() => loadSegmenter());
beforeEach(() => {
  logged = [];
  corpus = makeTemporaryCorpus({ notices: [] });
  corpus.write('travel.txt', TRAVEL);
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((generations) => generations.close()));
  corpus.clear();
});

describe('opening', () => {
  it('builds at first, and takes the snapshot while nothing changes', async () => {
    const first = await open();
    expect(first.current).toMatchObject({ origin: 'built' });
    expect(first.report).toMatchObject({
      changed: true,
      added: ['travel'],
      updated: [],
      removed: [],
      embedded: first.current.passages.size,
    });
    const second = await open();
    expect(second.current).toMatchObject({ origin: 'snapshot', id: first.current.id });
    expect(second.report).toMatchObject({
      changed: false,
      added: [],
      updated: [],
      removed: [],
      embedded: 0,
      reused: first.current.passages.size,
    });
    expect(await leadOf(second.current, '新辟公交线路多少条?')).toBe('8条');
  });

  it('says against the last run what was added, changed and removed meanwhile', async () => {
    corpus.write('old.txt', SAFETY);
    await open();
    corpus.remove('old.txt');
    corpus.write('travel.txt', TRAVEL.replace('8条', '9条'));
    corpus.write('new.txt', SAFETY);
    expect((await open()).report).toMatchObject({ changed: true, added: ['new'], updated: ['travel'], removed: ['old'] });
    expect((await open()).report.changed).toBe(false);
  });

  it('keeps the record of the notices in DATA_DIR', async () => {
    const { current } = await open();
    const record: unknown = JSON.parse(readFileSync(join(corpus.dataDir, 'notices.json'), 'utf8'));
    expect(record).toEqual({ travel: current.notices[0]?.hash });
    expect(readdirSync(corpus.dataDir).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it.each(['', '{', 'null', '[]', '"travel"', '\u0000'])('takes a record that is none (%j) for none', async (record) => {
    await open();
    writeFileSync(join(corpus.dataDir, 'notices.json'), record);
    expect((await open()).report).toMatchObject({ added: ['travel'], removed: [] });
  });

  it('answers though DATA_DIR can’t be written, and warns', async () => {
    const file = join(corpus.corpusDir, '..', 'occupied');
    writeFileSync(file, 'a file, no folder');
    const generations = await open({ dataDir: join(file, 'data') });
    expect(await leadOf(generations.current, '新辟公交线路多少条?')).toBe('8条');
    expect(warnings().join('\n')).toContain(file);
    expect(warnings().join('\n')).toMatch(/Check DATA_DIR/u);
  });

  it('builds anew where the snapshot is damaged, and says so', async () => {
    await open();
    for (const folder of readdirSync(join(corpus.dataDir, 'index'))) {
      const path = join(corpus.dataDir, 'index', folder);
      if (folder === 'current') continue;
      for (const file of readdirSync(path)) writeFileSync(join(path, file), 'damaged');
    }
    const generations = await open();
    expect(generations.current.origin).toBe('built');
    expect(generations.current.note).toMatch(/built anew/u);
    expect(await leadOf(generations.current, '新辟公交线路多少条?')).toBe('8条');
  });

  it('names a malformed file, and serves the others', async () => {
    corpus.write('empty.txt', '');
    const generations = await open();
    expect(idsOf(generations)).toEqual(['travel']);
    expect(generations.current.problems).toMatchObject([{ file: 'empty.txt', message: expect.stringContaining('empty.txt') }]);
    expect(warnings().join('\n')).toContain('empty.txt');
  });

  it('fails where the corpus folder or the lexicon can’t be read, and names it', async () => {
    await expect(open({ corpusDir: join(corpus.corpusDir, 'nowhere') })).rejects.toMatchObject({
      code: 'bad-setting',
      message: expect.stringContaining('CORPUS_DIR'),
    });
    await expect(open({ lexiconFile: join(corpus.corpusDir, 'nowhere.json') })).rejects.toMatchObject({
      code: 'bad-setting',
      message: expect.stringContaining('LEXICON_FILE'),
    });
  });
});

describe('reload', () => {
  it('does nothing where nothing changed', async () => {
    const generations = await open();
    const { id } = generations.current;
    expect(await generations.reload()).toMatchObject({ changed: false, added: [], updated: [], removed: [], embedded: 0, problems: [] });
    expect(generations.current.id).toBe(id);
  });

  it('swaps a new notice in', async () => {
    const generations = await open();
    corpus.write('safety.md', SAFETY);
    expect(await generations.reload()).toMatchObject({ changed: true, added: ['safety'], updated: [], removed: [] });
    expect(idsOf(generations)).toEqual(['safety', 'travel']);
    expect(await leadOf(generations.current, '每月检查食堂多少次?')).toBe('2次');
    expect(generations.report.added).toEqual(['safety']);
  });

  it('swaps a changed notice in', async () => {
    const generations = await open();
    const { id } = generations.current;
    corpus.write('travel.txt', TRAVEL.replace('8条', '12条'));
    expect(await generations.reload()).toMatchObject({ changed: true, added: [], updated: ['travel'], removed: [] });
    expect(generations.current.id).not.toBe(id);
    expect(await leadOf(generations.current, '新辟公交线路多少条?')).toBe('12条');
  });

  it('lets a removed notice go', async () => {
    corpus.write('safety.txt', SAFETY);
    const generations = await open();
    corpus.remove('travel.txt');
    expect(await generations.reload()).toMatchObject({ removed: ['travel'] });
    expect(idsOf(generations)).toEqual(['safety']);
    expect(await leadOf(generations.current, '新辟公交线路多少条?')).toBeUndefined();
    expect(generations.current.allSentences().every(({ noticeId }) => noticeId === 'safety')).toBe(true);
  });

  it('goes down to no notice at all, and up again', async () => {
    const generations = await open();
    corpus.remove('travel.txt');
    expect(await generations.reload()).toMatchObject({ removed: ['travel'] });
    expect(generations.current.passages.size).toBe(0);
    expect(warnings().join()).toContain('No notice in');
    corpus.write('travel.txt', TRAVEL);
    expect(await generations.reload()).toMatchObject({ added: ['travel'] });
  });

  it('serves a notice whose file was spoilt as it was before, and says so once', async () => {
    const generations = await open();
    corpus.write('travel.txt', '');
    const report = await generations.reload();
    expect(report).toMatchObject({
      changed: false,
      removed: [],
      problems: [{ file: 'travel.txt', message: expect.stringMatching(/version before/u) }],
    });
    expect(generations.current.problems).toEqual(report.problems);
    expect(await leadOf(generations.current, '新辟公交线路多少条?')).toBe('8条');
    await generations.reload();
    expect(warnings().filter((warning) => warning.includes('travel.txt'))).toHaveLength(1);
    corpus.write('travel.txt', TRAVEL.replace('8条', '5条'));
    expect(await generations.reload()).toMatchObject({ updated: ['travel'], problems: [] });
    expect(await leadOf(generations.current, '新辟公交线路多少条?')).toBe('5条');
  });

  it('lets a spoilt notice go with its file', async () => {
    corpus.write('safety.txt', SAFETY);
    const generations = await open();
    corpus.write('travel.txt', '');
    await generations.reload();
    corpus.remove('travel.txt');
    expect(await generations.reload()).toMatchObject({ removed: ['travel'], problems: [] });
    expect(idsOf(generations)).toEqual(['safety']);
  });

  it('takes in what is new though another file is spoilt', async () => {
    const generations = await open();
    corpus.write('travel.txt', '');
    corpus.write('safety.txt', SAFETY);
    expect(await generations.reload()).toMatchObject({ added: ['safety'], updated: [], removed: [] });
    expect(idsOf(generations)).toEqual(['safety', 'travel']);
    expect(await leadOf(generations.current, '新辟公交线路多少条?')).toBe('8条');
  });

  it('never serves two notices of one id', async () => {
    const generations = await open();
    corpus.write('travel.md', SAFETY);
    const { problems } = await generations.reload();
    expect(idsOf(generations)).toEqual(['travel']);
    expect(problems).toHaveLength(1);
    expect(generations.current.passages.size).toBe(generations.current.notices.flatMap(({ passages }) => passages).length);
  });

  it('follows a change of the lexicon alone', async () => {
    const generations = await open();
    expect(await leadOf(generations.current, '新辟巴士专线多少条?')).toBeUndefined();
    writeFileSync(corpus.lexiconFile, JSON.stringify({ synonyms: [['巴士专线', '公交线路']] }));
    expect(await generations.reload()).toMatchObject({ changed: true, added: [], updated: [], removed: [] });
    expect(await leadOf(generations.current, '新辟巴士专线多少条?')).toBe('8条');
  });

  it('follows a change of the thesaurus alone', async () => {
    const thesaurusFile = join(corpus.dataDir, '..', 'thesaurus.tsv');
    writeFileSync(thesaurusFile, '');
    const generations = await open({ thesaurusFile });
    expect(await leadOf(generations.current, '新辟班车路子多少条?')).toBeUndefined();
    writeFileSync(thesaurusFile, '公交线路\t班车路子');
    expect(await generations.reload()).toMatchObject({ changed: true, added: [], updated: [], removed: [] });
    expect(await leadOf(generations.current, '新辟班车路子多少条?')).toBe('8条');
    writeFileSync(thesaurusFile, '公交线路');
    await expect(generations.reload()).rejects.toMatchObject({ code: 'bad-setting', message: expect.stringContaining('line 1 holds no tab') });
  });

  it('keeps the generation where the lexicon or the folder can’t be read any more', async () => {
    const generations = await open();
    const { id } = generations.current;
    writeFileSync(corpus.lexiconFile, '{ "names": [ }');
    await expect(generations.reload()).rejects.toMatchObject({ code: 'bad-setting' });
    rmSync(corpus.corpusDir, { recursive: true });
    await expect(generations.reload()).rejects.toMatchObject({ code: 'bad-setting' });
    expect(generations.current.id).toBe(id);
    expect(await leadOf(generations.current, '新辟公交线路多少条?')).toBe('8条');
  });

  it('shares one look between calls at the same time', async () => {
    const generations = await open();
    corpus.write('safety.txt', SAFETY);
    const reports = await Promise.all([generations.reload(), generations.reload(), generations.reload()]);
    expect(new Set(reports).size).toBe(1);
    expect(logged.filter(({ text }) => text.includes('new generation'))).toHaveLength(1);
  });

  it('tells how far long work has come', async () => {
    const generations = await open();
    corpus.write('safety.txt', SAFETY);
    const steps = new Set<string>();
    await generations.reload((done, total, step) => {
      expect(done).toBeLessThanOrEqual(total);
      steps.add(step);
    });
    expect([...steps]).toContain('segment');
  });
});

describe('answers under way', () => {
  const search = (generation: Generations['current']) =>
    generation.index.search({ tokens: segmentFields(foldForMatching('公交线路')), k: 3 });

  it('finish on the generation that they began with', async () => {
    const generations = await open();
    const { generation, release } = generations.acquire();
    corpus.write('travel.txt', TRAVEL.replace('8条', '12条'));
    await generations.reload();
    expect(await leadOf(generation, '新辟公交线路多少条?')).toBe('8条');
    expect(await leadOf(generations.current, '新辟公交线路多少条?')).toBe('12条');
    release();
    await vi.waitFor(() => expect(search(generation)).rejects.toMatchObject({ code: 'unavailable' }));
  });

  it('hold the old one as long as any of them runs, and a look that changes nothing loses none', async () => {
    const generations = await open();
    const [first, second] = [generations.acquire(), generations.acquire()];
    await generations.reload();
    const third = generations.acquire();
    corpus.write('safety.txt', SAFETY);
    await generations.reload();
    for (const { release } of [first, third]) {
      release();
      expect((await search(second.generation)).length).toBeGreaterThan(0);
    }
    second.release();
    await vi.waitFor(() => expect(search(second.generation)).rejects.toMatchObject({ code: 'unavailable' }));
    expect((await search(generations.current)).length).toBeGreaterThan(0);
  });

  it('are waited for when all is closed', async () => {
    const generations = await open();
    const { generation, release } = generations.acquire();
    await generations.close();
    expect((await search(generation)).length).toBeGreaterThan(0);
    release();
    await vi.waitFor(() => expect(search(generation)).rejects.toMatchObject({ code: 'unavailable' }));
  });
});

describe('watch', () => {
  const PATIENCE = { timeout: 15_000, interval: 50 };

  it('notices a new, a changed and a removed notice, and a changed lexicon', async () => {
    const generations = await open();
    generations.watch();
    generations.watch();
    await delay(50);
    corpus.write('safety.txt', SAFETY);
    await vi.waitFor(() => expect(idsOf(generations)).toEqual(['safety', 'travel']), PATIENCE);
    corpus.write('travel.txt', TRAVEL.replace('8条', '12条'));
    await vi.waitFor(async () => expect(await leadOf(generations.current, '新辟公交线路多少条?')).toBe('12条'), PATIENCE);
    corpus.remove('safety.txt');
    await vi.waitFor(() => expect(idsOf(generations)).toEqual(['travel']), PATIENCE);
    writeFileSync(corpus.lexiconFile, JSON.stringify({ synonyms: [['巴士专线', '公交线路']] }));
    await vi.waitFor(async () => expect(await leadOf(generations.current, '新辟巴士专线多少条?')).toBe('12条'), PATIENCE);
  });

  it('logs what it can’t read, goes on serving, and recovers', async () => {
    const generations = await open();
    const { id } = generations.current;
    generations.watch();
    await delay(50);
    const lexicon = readFileSync(corpus.lexiconFile, 'utf8');
    writeFileSync(corpus.lexiconFile, '{');
    await vi.waitFor(
      () =>
        expect(
          logged
            .filter(({ level }) => level === 'error')
            .map(({ text }) => text)
            .join(),
        ).toContain('lexicon'),
      PATIENCE,
    );
    expect(generations.current.id).toBe(id);
    writeFileSync(corpus.lexiconFile, lexicon);
    corpus.write('safety.txt', SAFETY);
    await vi.waitFor(() => expect(idsOf(generations)).toEqual(['safety', 'travel']), PATIENCE);
  });

  it('ends with close', async () => {
    const generations = await open();
    generations.watch();
    await generations.close();
    corpus.write('safety.txt', SAFETY);
    await delay(600);
    expect(idsOf(generations)).toEqual(['travel']);
    expect(existsSync(join(corpus.corpusDir, 'safety.txt'))).toBe(true);
  });
});

describe('compareNotices', () => {
  it.each([
    [{}, {}, { changed: false, added: [], updated: [], removed: [] }],
    [{}, { a: '1' }, { changed: true, added: ['a'], updated: [], removed: [] }],
    [{ a: '1' }, { a: '2' }, { changed: true, added: [], updated: ['a'], removed: [] }],
    [{ a: '1' }, {}, { changed: true, added: [], updated: [], removed: ['a'] }],
    [{ constructor: '1' }, { toString: '1' }, { changed: true, added: ['toString'], updated: [], removed: ['constructor'] }],
  ] as const)('from %j to %j', (before, after, expected) => {
    expect(compareNotices(before as Readonly<Record<string, string>>, after as Readonly<Record<string, string>>)).toEqual(expected);
  });
});
