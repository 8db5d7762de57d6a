import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SyntheticNotice } from './synthetic-notices.ts';

/** Writes notices as files into a new folder. */
export async function writeCorpus(folder: string, notices: readonly SyntheticNotice[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const { file, text } of notices) await writeFile(join(folder, file), text);
}

/** So many questions, spread evenly over the notices. */
export function spreadQuestions(notices: readonly SyntheticNotice[], count: number): string[] {
  const all = notices.flatMap(({ questions }) => questions);
  const step = Math.max(1, Math.floor(all.length / count));
  return Array.from({ length: Math.min(count, all.length) }, (_, index) => all[index * step] ?? '');
}
