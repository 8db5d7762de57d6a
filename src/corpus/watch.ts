import { watch } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Files are often written in several steps; a change counts when this much time went by without another. */
const SETTLE_MS = 250;
/** Shares and containers may not tell of changes; so names, sizes and times are compared now and then. */
const POLL_MS = 5_000;

async function fingerprint(folder: string, lexiconFile: string): Promise<string> {
  const names = await readdir(folder).catch(() => [] as string[]);
  const files = [...names.filter((name) => !name.startsWith('.')).map((name) => join(folder, name)), lexiconFile];
  const stats = await Promise.all(files.map((file) => stat(file).catch(() => undefined)));
  return files.map((file, index) => `${file}:${stats[index]?.size}:${stats[index]?.mtimeMs}`).join('\n');
}

/** Calls `onChange` after notices or lexicon changed, once for changes close together; the returned function ends it. Keeps no process alive. */
export function watchCorpus(folder: string, lexiconFile: string, onChange: () => void): () => void {
  let settling: NodeJS.Timeout | undefined;
  let known: string | undefined;
  const touch = (): void => {
    clearTimeout(settling);
    settling = setTimeout(onChange, SETTLE_MS).unref();
  };
  const open = (path: string, isOurs: (name: string | null) => boolean): (() => void) => {
    try {
      const watcher = watch(path, { persistent: false }, (_event, name) => {
        if (isOurs(name)) touch();
      });
      watcher.on('error', () => watcher.close());
      return () => watcher.close();
    } catch {
      return () => {};
    }
  };
  const closers = [open(folder, () => true), open(dirname(lexiconFile), (name) => name === null || name === basename(lexiconFile))];
  const poll = setInterval(() => {
    void fingerprint(folder, lexiconFile).then((current) => {
      if (known !== undefined && known !== current) touch();
      known = current;
    });
  }, POLL_MS).unref();
  void fingerprint(folder, lexiconFile).then((current) => {
    known ??= current;
  });
  return () => {
    clearTimeout(settling);
    clearInterval(poll);
    for (const close of closers) close();
  };
}
