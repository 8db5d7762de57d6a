import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Notice } from '../corpus/notice.ts';
import { listNoticeFiles, parseNotice } from '../corpus/load.ts';

/**
 * The notices that cases are asked over, parsed without an assistant: under a notice's id that notice alone, under undefined those of the
 * corpus. Ids of which there is no file are left out.
 */
export async function loadNotices(ids: readonly (string | undefined)[], folders: readonly string[], corpusDir: string): Promise<ReadonlyMap<string | undefined, readonly Notice[]>> {
  const files = new Map<string, string>();
  for (const folder of folders.toReversed()) {
    for (const file of await listNoticeFiles(folder).catch(() => [])) files.set(file.replace(/\.[^.]*$/, '').normalize('NFC'), join(folder, file));
  }
  const parse = async (file: string): Promise<Notice> => parseNotice(file.split(/[\\/]/).at(-1) ?? file, await readFile(file));
  const notices = new Map<string | undefined, readonly Notice[]>();
  for (const id of new Set(ids)) {
    if (id === undefined) {
      const names = await listNoticeFiles(corpusDir).catch(() => []);
      notices.set(undefined, await Promise.all(names.map((name) => parse(join(corpusDir, name)))));
      continue;
    }
    const file = files.get(id.normalize('NFC'));
    if (file !== undefined) notices.set(id, [await parse(file)]);
  }
  return notices;
}
