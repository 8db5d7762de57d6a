import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { AssistantError, describeError } from '../errors.ts';
import { parseRecords, splitJsonl } from './cases.ts';

/** The next id of a kind: `figure-008` where `figure-007` is the highest. */
export function nextId(kind: string, ids: readonly string[]): string {
  const prefix = `${kind}-`;
  const numbers = ids.filter((id) => id.startsWith(prefix)).map((id) => Number(id.slice(prefix.length))).filter(Number.isInteger);
  return `${prefix}${String(Math.max(0, ...numbers) + 1).padStart(3, '0')}`;
}

/**
 * Adds a case to a set behind those that it has, or begins the set. The file is written anew beside the old one and takes its place as a
 * whole, so that nothing is lost where there is no room.
 *
 * @throws AssistantError `bad-request` where the case or the set can't be used, or an id stands there already; `unavailable` where the file
 * can't be written.
 */
export async function appendCase(file: string, evaluationCase: object): Promise<void> {
  if (!['.jsonl', '.ndjson'].includes(extname(file).toLowerCase())) {
    throw new AssistantError('bad-request', `Cannot add to ${file}: cases are added to .jsonl sets. Add it by hand, or save the set as .jsonl.`);
  }
  const before = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw new AssistantError('bad-request', `Cannot read the question set ${file} (${describeError(error)}). Check the path.`, { cause: error });
  });
  const kept = before === '' || before.endsWith('\n') ? before : `${before}\n`;
  const after = `${kept}${JSON.stringify(evaluationCase)}\n`;
  const records = splitJsonl(after).filter((record) => !('value' in record && typeof record.value === 'object' && record.value !== null && 'set' in record.value));
  parseRecords(file, records);
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    await writeFile(temporary, after);
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw new AssistantError('unavailable', `Cannot write ${file} (${describeError(error)}). Check its folder, permissions and free space.`, { cause: error });
  }
}
