import { mkdir, mkdtemp, rename, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { watchCorpus } from '../../src/corpus/watch.ts';
import type { WatchOptions } from '../../src/corpus/watch.ts';

let root: string;
let folder: string;
let lexicon: string;
let thesaurus: string;
let stop: (() => void) | undefined;
let changes: number;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'wence-watch-'));
  folder = join(root, 'corpus');
  lexicon = join(root, 'words', 'lexicon.json');
  thesaurus = join(root, 'words', 'thesaurus.tsv');
  await mkdir(folder);
  await mkdir(join(root, 'words'));
  await writeFile(lexicon, '{}');
  await writeFile(thesaurus, '');
  changes = 0;
});
afterEach(async () => {
  stop?.();
  await rm(root, { recursive: true, force: true });
});

const SETTLE = 60;
/** Long enough for anything that is going to come to have come. */
const QUIET = 400;

async function watchWith(options: WatchOptions = {}): Promise<void> {
  stop = watchCorpus(folder, [lexicon, thesaurus], () => {
    changes += 1;
  }, { settleMs: SETTLE, pollMs: 60_000, ...options });
  // The first state is read before anything changes.
  await pause(50);
}

const told = (times: number): Promise<void> => expect.poll(() => changes, { timeout: 10_000, interval: 10 }).toBe(times);

describe('watching the corpus', () => {
  it('tells of a notice that is new, changed, renamed, removed', async () => {
    await watchWith();
    await writeFile(join(folder, 'a.txt'), '甲。');
    await told(1);
    await writeFile(join(folder, 'a.txt'), '乙。');
    await told(2);
    await rename(join(folder, 'a.txt'), join(folder, 'b.txt'));
    await told(3);
    await unlink(join(folder, 'b.txt'));
    await told(4);
  });

  it('tells of the thesaurus beside it', async () => {
    await watchWith();
    await writeFile(thesaurus, '闲置\t空着');
    await told(1);
  });

  it('tells of the lexicon, wherever it lies', async () => {
    await watchWith();
    await writeFile(lexicon, '{"words":[]}');
    await told(1);
  });

  it('tells once of changes close together', async () => {
    await watchWith({ settleMs: 300 });
    for (let index = 0; index < 10; index += 1) await writeFile(join(folder, `n${index}.txt`), '甲。');
    await told(1);
    await pause(QUIET);
    expect(changes).toBe(1);
  });

  it('tells of changes without a pause after a while all the same', async () => {
    await watchWith({ settleMs: 2_000, patienceMs: 200 });
    const until = performance.now() + 5_000;
    while (changes === 0 && performance.now() < until) {
      await writeFile(join(folder, 'a.txt'), String(performance.now()));
      await pause(20);
    }
    expect(changes).toBeGreaterThan(0);
  });

  it('passes over files that are no notices', async () => {
    await watchWith();
    for (const name of ['.a.txt.swp', 'a.docx', 'a.txt~']) await writeFile(join(folder, name), '甲。');
    await writeFile(join(root, 'words', 'other.json'), '{}');
    await pause(QUIET);
    expect(changes).toBe(0);
  });

  it('finds by comparing what the system does not tell, such as a folder that was put in place of another', async () => {
    await watchWith({ pollMs: 100 });
    await mkdir(join(root, 'next'));
    await writeFile(join(root, 'next', 'a.txt'), '甲。');
    await rename(folder, join(root, 'old'));
    await rename(join(root, 'next'), folder);
    await expect.poll(() => changes, { timeout: 10_000, interval: 10 }).toBeGreaterThan(0);
    await pause(QUIET);
    const before = changes;
    await writeFile(join(folder, 'b.txt'), '乙。');
    await expect.poll(() => changes, { timeout: 10_000, interval: 10 }).toBeGreaterThan(before);
  });

  it('waits for a folder that is not there yet', async () => {
    await rm(folder, { recursive: true });
    await watchWith({ pollMs: 100 });
    await mkdir(folder);
    await writeFile(join(folder, 'a.txt'), '甲。');
    await expect.poll(() => changes, { timeout: 10_000, interval: 10 }).toBeGreaterThan(0);
  });

  it('says nothing any more once it is ended, not even of a change before', async () => {
    await watchWith();
    await writeFile(join(folder, 'a.txt'), '甲。');
    stop?.();
    await writeFile(join(folder, 'b.txt'), '乙。');
    await pause(QUIET);
    expect(changes).toBe(0);
  });
});
