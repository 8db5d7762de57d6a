import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AssistantError, describeError } from '../errors.ts';
import { hashOf } from './fingerprints.ts';
import { openJsonlIndex, openJsonlWriter } from './jsonl.ts';
import type { TargetAnswer } from './target.ts';

export interface CachedAnswer extends TargetAnswer {
  /** Of the call that was made then. */
  readonly ms: number;
}

/** Answers of earlier runs by question and everything that they depend on. Failures are never kept. */
export interface AnswerCache {
  get(key: string): CachedAnswer | undefined;
  put(key: string, answer: CachedAnswer): void;
  close(): void;
}

/** Older states of code and prompts are hardly gone back to. */
const KEPT_FILES = 5;

/** What one question and its answer hang on besides the file's own fingerprints; `repeat` keeps repeats from being one answer told often. */
export function cacheKey(parts: { readonly corpus: string; readonly question: string; readonly history: unknown; readonly notice?: string | undefined; readonly repeat: number }): string {
  return hashOf(parts.corpus, parts.question, JSON.stringify(parts.history), parts.notice ?? '', String(parts.repeat)).slice(0, 32);
}

async function removeOld(folder: string, kept: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.jsonl') && name !== kept);
  const dated = await Promise.all(names.map(async (name) => ({ name, time: (await stat(join(folder, name))).mtimeMs })));
  for (const { name } of dated.toSorted((left, right) => right.time - left.time).slice(KEPT_FILES - 1)) await rm(join(folder, name), { force: true });
}

/** Opens the answers that were given under these fingerprints. @throws AssistantError `unavailable` where the folder can't be used. */
export async function openAnswerCache(folder: string, fingerprints: Readonly<Record<string, string>>): Promise<AnswerCache> {
  const name = `${hashOf(JSON.stringify(fingerprints)).slice(0, 24)}.jsonl`;
  const file = join(folder, name);
  try {
    await mkdir(folder, { recursive: true });
    await removeOld(folder, name);
  } catch (error) {
    throw new AssistantError('unavailable', `Cannot keep answers in ${folder} (${describeError(error)}). Check DATA_DIR, or use --no-cache.`, { cause: error });
  }
  const keyOf = (value: unknown): string | undefined => (typeof value === 'object' && value !== null && 'key' in value ? String(value.key) : undefined);
  // A file that was damaged is of no use, and no reason to stop.
  const index = await openJsonlIndex(file, keyOf).catch(async () => {
    await rm(file, { force: true });
    return openJsonlIndex(file, keyOf);
  });
  const writer = openJsonlWriter(file, 'a');
  return {
    get: (key) => (index.get(key) as { readonly answer: CachedAnswer } | undefined)?.answer,
    put(key, answer) {
      writer.write({ key, answer });
    },
    close() {
      index.close();
      writer.close();
    },
  };
}
