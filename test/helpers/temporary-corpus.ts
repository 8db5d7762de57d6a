import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadConfig } from '../../src/config.ts';
import type { Config } from '../../src/config.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));

/** A corpus of its own in a temporary folder, with a lexicon and a place for data. */
export interface TemporaryCorpus {
  readonly corpusDir: string;
  readonly dataDir: string;
  readonly lexiconFile: string;
  /** Settings that point here; `env` adds others or overrides them. */
  config(env?: Readonly<Record<string, string>>): Config;
  /** Writes a notice or another file of the corpus folder. */
  write(file: string, text: string): void;
  remove(file: string): void;
  /** Removes all of it. */
  clear(): void;
}

export interface TemporaryCorpusOptions {
  /** Notices of `corpus/` and `test/fixtures/notices/` to begin with; the Taizhou notice by default. */
  readonly notices?: readonly string[];
}

export const TAIZHOU = '2020-taizhou-education.txt';

/** Makes a temporary corpus; whoever makes it clears it. */
export function makeTemporaryCorpus({ notices = [TAIZHOU] }: TemporaryCorpusOptions = {}): TemporaryCorpus {
  const root = mkdtempSync(join(tmpdir(), 'wence-corpus-'));
  const [corpusDir, dataDir, lexiconFile] = [join(root, 'corpus'), join(root, 'data'), join(root, 'lexicon.json')];
  mkdirSync(corpusDir);
  cpSync(join(repository, 'corpus', 'lexicon.json'), lexiconFile);
  for (const file of notices) cpSync(join(repository, file === TAIZHOU ? 'corpus' : 'test/fixtures/notices', file), join(corpusDir, file));
  return {
    corpusDir,
    dataDir,
    lexiconFile,
    config: (env = {}) => loadConfig({ CORPUS_DIR: corpusDir, DATA_DIR: dataDir, LEXICON_FILE: lexiconFile, ...env }, { cwd: root }),
    write: (file, text) => writeFileSync(join(corpusDir, file), text),
    remove: (file) => rmSync(join(corpusDir, file)),
    clear: () => rmSync(root, { recursive: true, force: true }),
  };
}
