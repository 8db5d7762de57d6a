import { watch } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isNoticeFile } from './load.ts';

export interface WatchOptions {
  /**
   * Milliseconds: files are often written in several steps; a change counts when this much time went by without another. Defaults to 250.
   */
  readonly settleMs?: number;
  /** Milliseconds: shares and containers may not tell of changes, so names, sizes and times are compared this often. Defaults to 5000. */
  readonly pollMs?: number;
  /** Milliseconds: changes without a pause are told of after this time all the same. Defaults to 10000. */
  readonly patienceMs?: number;
}

async function describeFile(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined);
  return `${path}:${found?.size}:${found?.mtimeMs}:${found?.ino}`;
}

/** What tells one state of the folder from another. */
async function readState(folder: string, wordFiles: readonly string[]): Promise<string> {
  const names = await readdir(folder).catch(() => [] as string[]);
  const files = names.filter(isNoticeFile).toSorted().map((name) => join(folder, name));
  return (await Promise.all([...files, ...wordFiles].map(describeFile))).join('\n');
}

/** Hears of changes from the system; a folder that can't be watched is left to the comparison. */
function listen(folder: string, concerns: (name: string) => boolean, onEvent: () => void): () => void {
  try {
    const watcher = watch(folder, { persistent: false }, (_event, name) => {
      if (name === null || concerns(name)) onEvent();
    });
    watcher.on('error', () => watcher.close());
    return () => watcher.close();
  } catch {
    return () => {};
  }
}

/**
 * Calls `onChange` after notices or the files of words (lexicon, thesaurus) changed, once for changes close together; the returned function ends it. Keeps no process
 * alive.
 */
export function watchCorpus(
  folder: string,
  wordFiles: readonly string[],
  onChange: () => void,
  { settleMs = 250, pollMs = 5_000, patienceMs = 10_000 }: WatchOptions = {},
): () => void {
  let settling: NodeJS.Timeout | undefined;
  let waitingSince: number | undefined;
  let known: string | undefined;
  let isComparing = false;
  let isClosed = false;

  /** The state is read before it is told of: what changes while it is being looked at will differ from it. */
  const tell = async (): Promise<void> => {
    waitingSince = undefined;
    known = await readState(folder, wordFiles);
    if (!isClosed) onChange();
  };
  const touch = (): void => {
    if (isClosed) return;
    waitingSince ??= performance.now();
    clearTimeout(settling);
    const patience = waitingSince + patienceMs - performance.now();
    settling = setTimeout(() => void tell(), Math.max(0, Math.min(settleMs, patience))).unref();
  };
  const compare = async (): Promise<void> => {
    if (isComparing) return;
    isComparing = true;
    const state = await readState(folder, wordFiles);
    isComparing = false;
    if (known !== undefined && known !== state) touch();
    known = state;
  };

  const closers = [listen(folder, isNoticeFile, touch), ...wordFiles.map((file) => listen(dirname(file), (name) => name === basename(file), touch))];
  const poll = setInterval(() => void compare(), pollMs).unref();
  void compare();
  return () => {
    isClosed = true;
    clearTimeout(settling);
    clearInterval(poll);
    for (const close of closers) close();
  };
}
