import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What is used of nodejieba. */
export interface Jieba {
  cut(text: string, hmm?: boolean): string[];
  cutForSearch(text: string, hmm?: boolean): string[];
  tag(text: string): { word: string; tag: string }[];
  insertWord(word: string, tag?: string): boolean;
}

interface Loadable extends Jieba {
  load(files: { readonly idfDict?: string }): boolean;
}

let loaded: Jieba | undefined;

/**
 * Loads the dictionary without the 260,000 word frequencies that serve nodejieba's keyword extraction alone, and cost 150 ms and 18 MB: a
 * list of one word takes their place (an empty one ends the process). Where none can be written, all is loaded.
 */
function loadWithoutFrequencies(jieba: Loadable): void {
  let folder: string | undefined;
  let files = {};
  try {
    folder = mkdtempSync(join(tmpdir(), 'wence-'));
    const idfDict = join(folder, 'idf.utf8');
    writeFileSync(idfDict, '问策 1\n');
    files = { idfDict };
  } catch {
    // Slower and larger, but the same words.
  }
  try {
    jieba.load(files);
  } finally {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  }
}

/** nodejieba with its dictionary; the first call of a process loads it, which takes most of a second and 220 MB. */
export function loadJieba(): Jieba {
  if (loaded !== undefined) return loaded;
  // It is CommonJS; a plain require spares the interoperability wrapper its own cost at start.
  const jieba = createRequire(import.meta.url)('nodejieba') as Loadable;
  loadWithoutFrequencies(jieba);
  loaded = jieba;
  return loaded;
}
