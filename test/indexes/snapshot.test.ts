import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hashBytes, localDisk, type Disk } from '../../src/indexes/disk.ts';
import { loadSnapshot, saveSnapshot, type LoadedSnapshot, type SnapshotContent } from '../../src/indexes/snapshot.ts';
import { answersOf, makeContent, makeIdentity } from './snapshot-samples.ts';
import { createRandom } from './synthetic.ts';

const FIRST = makeIdentity(1);
const SECOND = makeIdentity(2);
const FILES = ['current', 'manifest.json', 'words.bm25', 'bigrams.bm25', 'characters.bm25', 'headings.bm25', 'vectors.hnsw'] as const;

let root = '';
let first: SnapshotContent;
let second: SnapshotContent;
/** A folder of its own for each test. */
let folder = '';
let folders = 0;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'wence-snapshot-'));
  first = await makeContent(1);
  second = await makeContent(2);
});
afterAll(() => rm(root, { recursive: true, force: true }));
beforeEach(() => {
  folder = join(root, `folder-${(folders += 1)}`);
});

const stateOf = (loaded: LoadedSnapshot): string => (loaded.state === 'loaded' ? 'loaded' : loaded.reason);

async function pathOf(name: string, inFolder = folder): Promise<string> {
  if (name === 'current') return join(inFolder, name);
  const generation = (await readFile(join(inFolder, 'current'), 'utf8')).split(' ')[1]!;
  return join(inFolder, generation, name);
}

/** The generation that is there: whole, and answering as it did, or the test fails. */
async function expectOneOf(...expected: readonly (readonly [ReturnType<typeof makeIdentity>, SnapshotContent])[]): Promise<number> {
  const states: string[] = [];
  for (const [index, [identity, content]] of expected.entries()) {
    const loaded = await loadSnapshot(folder, identity);
    states.push(stateOf(loaded));
    if (loaded.state !== 'loaded') continue;
    expect(answersOf(loaded.content)).toEqual(answersOf(content));
    return index;
  }
  throw new Error(`No generation is whole: ${states.join(', ')}`);
}

describe('a snapshot', () => {
  it('answers after loading as what was saved', async () => {
    await saveSnapshot(folder, first, FIRST);
    await expectOneOf([FIRST, first]);
  });

  it('may hold no vectors', async () => {
    await saveSnapshot(folder, { fields: first.fields }, FIRST);
    const loaded = await loadSnapshot(folder, FIRST);
    expect(loaded.state === 'loaded' && loaded.content.vectors).toBeUndefined();
    expect(stateOf(loaded)).toBe('loaded');
  });

  it('replaces the one before, and leaves nothing but itself', async () => {
    await saveSnapshot(folder, first, FIRST);
    await saveSnapshot(folder, second, SECOND);
    expect(stateOf(await loadSnapshot(folder, FIRST))).toBe('other-corpus');
    await expectOneOf([SECOND, second]);
    expect(await readdir(folder)).toHaveLength(2);
  });

  it.each([
    ['corpus', { ...FIRST, corpusHash: 'other' }, 'other-corpus'],
    ['passages', { ...FIRST, passagesHash: 'other' }, 'other-corpus'],
    ['number of passages', { ...FIRST, passages: 119 }, 'other-corpus'],
    ['segmenter', { ...FIRST, tokensHash: 'other' }, 'other-segmenter'],
    ['embedder', { ...FIRST, embedderId: 'random-16' }, 'other-embedder'],
  ])('is not used for another %s', async (_, identity, reason) => {
    await saveSnapshot(folder, first, FIRST);
    expect(stateOf(await loadSnapshot(folder, identity))).toBe(reason);
  });

  it('is missing where none was saved, and where the folder is a file', async () => {
    expect(stateOf(await loadSnapshot(folder, FIRST))).toBe('missing');
    await writeFile(folder, 'in the way');
    expect(stateOf(await loadSnapshot(folder, FIRST))).not.toBe('loaded');
  });
});

describe('a damaged snapshot', () => {
  beforeEach(async () => {
    await saveSnapshot(folder, first, FIRST);
  });

  /** Noticed by its hash: `unreadable` would mean that hnswlib or v8 had opened it. */
  const expectNoticed = async (): Promise<void> => {
    expect(['damaged', 'missing']).toContain(stateOf(await loadSnapshot(folder, FIRST)));
  };

  describe.each(FILES)('in %s', (name) => {
    it('is noticed when the file is cut short anywhere', async () => {
      const path = await pathOf(name);
      const bytes = await readFile(path);
      for (const share of [0, 0.01, 0.3, 0.5, 0.9, 1]) {
        await writeFile(path, bytes.subarray(0, share === 1 ? bytes.length - 1 : Math.floor(bytes.length * share)));
        await expectNoticed();
      }
    });

    it('is noticed when bytes are appended, zeroed, foreign or gone', async () => {
      const path = await pathOf(name);
      const bytes = await readFile(path);
      const zeroed = Buffer.from(bytes);
      const middle = Math.floor(bytes.length / 2);
      zeroed.fill(0, middle, Math.min(bytes.length, middle + 4096));
      const longer = Buffer.concat([bytes, Buffer.from('x')]);
      for (const changed of [longer, zeroed, Buffer.alloc(bytes.length), Buffer.from('<html>'), bytes.toReversed()]) {
        await writeFile(path, changed);
        await expectNoticed();
      }
      await rm(path);
      await expectNoticed();
      await mkdir(path);
      expect(stateOf(await loadSnapshot(folder, FIRST))).not.toBe('loaded');
    });

    it('is noticed when it is the file of another generation', async () => {
      const other = `${folder}-other`;
      await saveSnapshot(other, second, SECOND);
      await copyFile(await pathOf(name, other), await pathOf(name));
      await expectNoticed();
    });

    it('is noticed when a single bit has flipped', async () => {
      const path = await pathOf(name);
      const bytes = await readFile(path);
      const random = createRandom(bytes.length);
      for (let round = 0; round < 12; round += 1) {
        const flipped = Buffer.from(bytes);
        const at = round === 0 ? 0 : Math.floor(random() * bytes.length);
        flipped[at]! ^= 1 << Math.floor(random() * 8);
        await writeFile(path, flipped);
        await expectNoticed();
      }
      await writeFile(path, bytes);
      await expectOneOf([FIRST, first]);
    });
  });

  it('is saved anew over the damage, and answers as before', async () => {
    await truncate(await pathOf('vectors.hnsw'), 500);
    await expectNoticed();
    await saveSnapshot(folder, first, FIRST);
    await expectOneOf([FIRST, first]);
  });

  it('is noticed by its own header when the manifest, hashes and all, names other dimensions', async () => {
    const path = await pathOf('manifest.json');
    const manifest = (await readFile(path, 'utf8')).replace('"dimensions":8', '"dimensions":12');
    await writeFile(path, manifest);
    const current = (await readFile(join(folder, 'current'), 'utf8')).replace(/[0-9a-f]{64}/, hashBytes(manifest));
    await writeFile(join(folder, 'current'), current);
    const loaded = await loadSnapshot(folder, FIRST);
    expect(loaded).toMatchObject({ state: 'unusable', reason: 'damaged', detail: expect.stringContaining('size of a vector') });
  });

  it('is told from one of another version', async () => {
    const path = await pathOf('manifest.json');
    const manifest = (await readFile(path, 'utf8')).replace('"format":1', '"format":99');
    await writeFile(path, manifest);
    const current = (await readFile(join(folder, 'current'), 'utf8')).replace(/[0-9a-f]{64}/, hashBytes(manifest));
    await writeFile(join(folder, 'current'), current);
    expect(stateOf(await loadSnapshot(folder, FIRST))).toBe('other-format');
  });
});

describe('saving on a disk that fails', () => {
  /** Fails the Nth operation with the code; a write that fails has written half, as disks do. */
  function createFailingDisk(failAt: number, code: string): { readonly disk: Disk; readonly count: () => number } {
    let count = 0;
    const guard = async <T>(work: () => Promise<T>, onFailure?: () => Promise<unknown>): Promise<T> => {
      count += 1;
      if (count !== failAt) return await work();
      await onFailure?.();
      throw Object.assign(new Error(`${code}: failed by the test`), { code });
    };
    const disk: Disk = {
      makeFolder: (path) => guard(() => localDisk.makeFolder(path)),
      write: (path, bytes) => guard(() => localDisk.write(path, bytes), () => writeFile(path, bytes.subarray(0, bytes.length / 2))),
      read: (path) => guard(() => localDisk.read(path)),
      digest: (path) => guard(() => localDisk.digest(path)),
      sync: (path) => guard(() => localDisk.sync(path)),
      rename: (from, to) => guard(() => localDisk.rename(from, to)),
      remove: (path) => guard(() => localDisk.remove(path)),
      list: (path) => guard(() => localDisk.list(path)),
      modifiedAt: (path) => guard(() => localDisk.modifiedAt(path)),
    };
    return { disk, count: () => count };
  }

  it('leaves the generation before or the new one, whole, and nothing half, whichever operation fails', async () => {
    let reported = 0;
    for (let failAt = 1; ; failAt += 1) {
      await rm(folder, { recursive: true, force: true });
      await saveSnapshot(folder, first, FIRST);
      const { disk, count } = createFailingDisk(failAt, 'ENOSPC');
      const error: unknown = await saveSnapshot(folder, second, SECOND, disk).then(() => undefined, (thrown: unknown) => thrown);
      if (error !== undefined) {
        reported += 1;
        expect(error).toMatchObject({ code: 'unavailable', message: expect.stringMatching(/^Cannot save .*(full|space).*DATA_DIR/) });
      }
      const found = await expectOneOf([FIRST, first], [SECOND, second]);
      if (error === undefined) expect(found).toBe(1);
      expect((await readdir(folder)).filter((name) => name.startsWith('.'))).toEqual([]);
      await saveSnapshot(folder, second, SECOND);
      await expectOneOf([SECOND, second]);
      if (count() < failAt) break;
    }
    expect(reported).toBeGreaterThan(20);
  });

  it('loads or says why not, whichever operation fails', async () => {
    await saveSnapshot(folder, first, FIRST);
    for (let failAt = 1; ; failAt += 1) {
      const { disk, count } = createFailingDisk(failAt, 'EIO');
      const loaded = await loadSnapshot(folder, FIRST, disk);
      if (loaded.state === 'loaded') expect(answersOf(loaded.content)).toEqual(answersOf(first));
      if (count() < failAt) break;
    }
  });

  it.each([
    ['EROFS', /read-only/],
    ['EACCES', /may not be written/],
    ['EIO', /Check that the folder can be written/],
  ])('says what to do about %s', async (code, remedy) => {
    await expect(saveSnapshot(folder, first, FIRST, createFailingDisk(1, code).disk)).rejects.toThrow(remedy);
  });

  it('notices that hnswlib wrote half a file without a word', async () => {
    await saveSnapshot(folder, first, FIRST);
    const vectors = second.vectors!;
    const cut = {
      ...second,
      vectors: {
        ...vectors,
        async writeTo(path: string) {
          await vectors.writeTo(path);
          await truncate(path, 4096);
        },
      },
    };
    const failure = { code: 'unavailable', message: expect.stringContaining('not whole') };
    await expect(saveSnapshot(folder, cut, SECOND)).rejects.toMatchObject(failure);
    await expectOneOf([FIRST, first]);
    expect(await readdir(folder)).toHaveLength(2);
  });

  it('names the file that stands where the folder should be', async () => {
    await writeFile(folder, 'in the way');
    const failure = { code: 'unavailable', message: expect.stringContaining(folder) };
    await expect(saveSnapshot(folder, first, FIRST)).rejects.toMatchObject(failure);
  });
});

describe('several savers', () => {
  it('leave one generation that is whole, and readers meet no other', async () => {
    await saveSnapshot(folder, first, FIRST);
    let isSaving = true;
    const save = async (content: SnapshotContent, identity: typeof FIRST): Promise<void> => {
      for (let round = 0; round < 6; round += 1) {
        await saveSnapshot(folder, content, identity);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    };
    const read = async (): Promise<void> => {
      while (isSaving) expect(['loaded', 'other-corpus']).toContain(stateOf(await loadSnapshot(folder, FIRST)));
    };
    const reading = read();
    await Promise.all([save(first, FIRST), save(second, SECOND), save(second, SECOND)]).finally(() => (isSaving = false));
    await reading;
    await expectOneOf([FIRST, first], [SECOND, second]);
  });

  it('clear away what was left behind long ago, and nothing that is younger or not theirs', async () => {
    await saveSnapshot(folder, first, FIRST);
    const [old, young, foreign] = ['.saving-aaaaaaaaaaaa', '.saving-bbbbbbbbbbbb', 'notes'];
    for (const name of [old, young, foreign]) await mkdir(join(folder, name));
    const longAgo = new Date(Date.now() - 60 * 60 * 1000);
    for (const name of [old, foreign]) await utimes(join(folder, name), longAgo, longAgo);
    await saveSnapshot(folder, second, SECOND);
    const names = await readdir(folder);
    expect(names).not.toContain(old);
    expect(names).toEqual(expect.arrayContaining([young, foreign]));
  });

  it('may be killed at any moment: what is there is the old generation or the new one', async () => {
    const program = fileURLToPath(new URL('./save-until-killed.ts', import.meta.url));
    const random = createRandom(7);
    for (let round = 0; round < 10; round += 1) {
      const child = spawn(process.execPath, ['--import', 'tsx', program, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
      const ended = once(child, 'exit');
      await once(child.stdout, 'data');
      await new Promise((resolve) => setTimeout(resolve, random() * 60));
      child.kill('SIGKILL');
      await ended;
      await expectOneOf([FIRST, first], [SECOND, second]);
    }
  }, 30_000);
});
