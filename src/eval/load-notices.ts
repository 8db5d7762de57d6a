import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Notice } from '../corpus/notice.ts';
import { listNoticeFiles, noticeIdOf, parseNotice } from '../corpus/load.ts';

/** Paths of the notices in these folders by id; where two folders have it, the first counts. A folder that can't be read has none. */
export async function findNoticeFiles(folders: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  for (const folder of folders.toReversed()) {
    for (const file of await listNoticeFiles(folder).catch(() => [])) files.set(noticeIdOf(file), join(folder, file));
  }
  return files;
}

/**
 * The notices that cases are asked over, parsed without an assistant: under a notice's id that notice alone, under undefined those of the
 * corpus. Ids of which there is no file are left out.
 */
export async function loadNotices(ids: readonly (string | undefined)[], folders: readonly string[], corpusDir: string): Promise<ReadonlyMap<string | undefined, readonly Notice[]>> {
  const files = await findNoticeFiles(folders);
  const parse = async (file: string): Promise<Notice> => parseNotice(basename(file), await readFile(file));
  const notices = new Map<string | undefined, readonly Notice[]>();
  for (const id of new Set(ids)) {
    if (id === undefined) {
      notices.set(undefined, await Promise.all([...(await findNoticeFiles([corpusDir])).values()].map(parse)));
      continue;
    }
    const file = files.get(id.normalize('NFC'));
    if (file !== undefined) notices.set(id, [await parse(file)]);
  }
  return notices;
}
