import { chmod, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { AssistantError, describeError } from '../errors.ts';
import { parseCase } from './cases.ts';
import { parseSet } from './set-files.ts';

/** The next id of a kind: `figure-008` where `figure-007` is the highest. */
export function nextId(kind: string, ids: readonly string[]): string {
  const prefix = `${kind}-`;
  const numbers = ids.filter((id) => id.startsWith(prefix)).map((id) => id.slice(prefix.length)).filter((rest) => /^\d+$/u.test(rest));
  const highest = numbers.reduce((most, number) => Math.max(most, Number(number)), 0);
  return `${prefix}${String(highest + 1).padStart(3, '0')}`;
}

/** Undefined where there is no such file yet. */
async function readSet(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new AssistantError('bad-request', `Cannot read the question set ${file} (${describeError(error)}). Check the path.`, { cause: error });
  }
}

/** The lines as they are put behind a text: with the line breaks that are there. */
function linesBehind(file: string, before: Uint8Array, cases: readonly object[]): string {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(before);
  } catch (error) {
    throw new AssistantError('bad-request', `Cannot add to ${file}: it is not UTF-8, so that a case would not be read with the others. Save it as UTF-8.`, { cause: error });
  }
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  return `${text === '' || text.endsWith('\n') ? '' : lineBreak}${cases.map((each) => `${JSON.stringify(each)}${lineBreak}`).join('')}`;
}

/** A link stays one, and who may read the file may go on to. */
async function replaceFile(file: string, content: Uint8Array, isNew: boolean): Promise<void> {
  const place = isNew ? file : await realpath(file);
  const temporary = `${place}.${process.pid}.tmp`;
  try {
    await writeFile(temporary, content, { flush: true });
    if (!isNew) await chmod(temporary, (await stat(place)).mode);
    await rename(temporary, place);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/**
 * Adds cases to a set behind those that it has, or begins the set; all of them or none. The file is written anew beside the old one and takes
 * its place as a whole, so that nothing is lost where there is no room; what stood there stays byte by byte.
 *
 * @throws AssistantError `bad-request` where a case or the set can't be used, or an id stands there already; `unavailable` where the file
 * can't be written.
 */
export async function appendCases(file: string, cases: readonly object[]): Promise<void> {
  if (!['.jsonl', '.ndjson'].includes(extname(file).toLowerCase())) {
    throw new AssistantError('bad-request', `Cannot add to ${file}: cases are added to .jsonl sets. Add it by hand, or save the set as .jsonl.`);
  }
  for (const each of cases) {
    const parsed = parseCase(each);
    if ('problem' in parsed) throw new AssistantError('bad-request', `Cannot add the case to ${file}: ${parsed.problem}`);
  }
  const before = await readSet(file);
  const bytes = before ?? Buffer.alloc(0);
  const after = Buffer.concat([bytes, Buffer.from(linesBehind(file, bytes, cases))]);
  parseSet(file, after);
  try {
    await replaceFile(file, after, before === undefined);
  } catch (error) {
    throw new AssistantError('unavailable', `Cannot write ${file} (${describeError(error)}). Check its folder, permissions and free space.`, { cause: error });
  }
}
