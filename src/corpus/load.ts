import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { AssistantError, describeError } from '../errors.ts';
import { decodeNotice } from './decode.ts';
import type { Notice } from './notice.ts';
import { parseOutline } from './outline.ts';
import { buildPassages } from './passages.ts';

const EXTENSIONS = new Set(['.txt', '.md']);
const VALID_ID = /^[\p{L}\p{N}](?:[\p{L}\p{N}._-]{0,127})$/u;
const MEBIBYTE = 1024 * 1024;
const LARGEST_FILE = 5 * MEBIBYTE;
const LONGEST_NAME_SHOWN = 160;

/** A file that could not be read as a notice, worded for whoever keeps the folder. */
export interface CorpusProblem {
  readonly file: string;
  readonly message: string;
}

export interface Corpus {
  /** In the order of their ids. */
  readonly notices: readonly Notice[];
  readonly problems: readonly CorpusProblem[];
  /** SHA-256 over names and contents of the notices' files, hex. */
  readonly hash: string;
}

function refuse(message: string): AssistantError {
  return new AssistantError('bad-notice', message);
}

/** The id of the notice in a file of this name; a name that can't be one gives what `parseNotice` refuses. */
export const noticeIdOf = (file: string): string => file.slice(0, file.length - extname(file).length).normalize('NFC');

/**
 * A notice from the bytes of its file.
 *
 * @throws AssistantError `bad-notice`, naming file, line and remedy, where the bytes are no text or the text has no structure to cite.
 */
export function parseNotice(file: string, bytes: Uint8Array): Notice {
  const id = noticeIdOf(file);
  if (!VALID_ID.test(id)) {
    const rule = "its name becomes the notice's id and may hold letters, digits and . _ - only, at most 128";
    throw refuse(`Cannot use ${JSON.stringify(file.slice(0, LONGEST_NAME_SHOWN))} as a notice: ${rule}. Rename the file.`);
  }
  const { text, encoding } = decodeNotice(file, bytes);
  const outline = parseOutline(text, file);
  const { sections, passages } = buildPassages(id, text, outline);
  if (passages.length === 0) {
    throw refuse(`Cannot parse ${file}: line 1 to the end hold a title but no text. Check that the text was kept.`);
  }
  const hash = createHash('sha256').update(bytes).digest('hex');
  const { title = id, metadata, warnings } = outline;
  return { id, file, title, ...metadata, encoding, hash, text, sections, passages, ...(warnings.length === 0 ? {} : { warnings }) };
}

async function readNotice(folder: string, file: string): Promise<Notice> {
  const path = join(folder, file);
  const found = await stat(path);
  // A pipe would be waited for without end.
  if (!found.isFile()) throw refuse(`Cannot use ${file}: it leads to no regular file. Put the text there, or remove it.`);
  if (found.size > LARGEST_FILE) {
    const size = (found.size / MEBIBYTE).toFixed(1);
    throw refuse(`Cannot use ${file}: it is ${size} MiB large, and a notice may have ${LARGEST_FILE / MEBIBYTE}. Split it.`);
  }
  return parseNotice(file, await readFile(path));
}

/** Whether a file of this name is read as a notice: .txt and .md, not hidden, never the lexicon. */
export function isNoticeFile(name: string): boolean {
  return !name.startsWith('.') && EXTENSIONS.has(extname(name).toLowerCase());
}

/** Names of the files that are read as notices; folders are passed over. */
export async function listNoticeFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    const found = `Cannot read the corpus folder ${folder} (${describeError(error)}).`;
    const remedy = 'Create it, or point CORPUS_DIR at the folder that holds the notices.';
    throw new AssistantError('bad-setting', `${found} ${remedy}`, { cause: error });
  });
  return entries
    .filter((entry) => !entry.isDirectory() && isNoticeFile(entry.name))
    .map((entry) => entry.name)
    .toSorted();
}

/**
 * Every notice of a folder. A file that can't be used becomes a problem and doesn't stop the others; two files with one id likewise.
 *
 * @throws AssistantError `bad-setting` where the folder can't be read.
 */
export async function loadCorpus(folder: string): Promise<Corpus> {
  const notices: Notice[] = [];
  const problems: CorpusProblem[] = [];
  const taken = new Map<string, string>();
  for (const file of await listNoticeFiles(folder)) {
    try {
      const notice = await readNotice(folder, file);
      const other = taken.get(notice.id);
      if (other !== undefined) throw refuse(`Cannot use ${file}: ${other} already has the id ${notice.id}. Rename one of them.`);
      taken.set(notice.id, file);
      notices.push(notice);
    } catch (error) {
      const unread = `Cannot read ${file} (${describeError(error)}). Check the file and its permissions.`;
      problems.push({ file, message: error instanceof AssistantError ? error.message : unread });
    }
  }
  notices.sort((left, right) => (left.id < right.id ? -1 : 1));
  const hash = createHash('sha256');
  for (const notice of notices) hash.update(`${notice.file}\0${notice.hash}\n`);
  return { notices, problems, hash: hash.digest('hex') };
}
