import { readFileSync } from 'node:fs';
import { parseNotice } from '../../src/corpus/load.ts';
import type { Notice } from '../../src/corpus/notice.ts';

/** A notice of this text, as if it stood in a file. */
export function parse(text: string, file = 'notice.txt'): Notice {
  return parseNotice(file, Buffer.from(text));
}

export function parseFixture(name: string): Notice {
  return parseNotice(name, readFileSync(new URL(`../fixtures/notices/${name}`, import.meta.url)));
}

export function taizhou(): Notice {
  const file = '2020-taizhou-education.txt';
  return parseNotice(file, readFileSync(new URL(`../../corpus/${file}`, import.meta.url)));
}

/** Section and text of each passage, one line each: `2.1 甲` */
export const passagesOf = ({ passages }: Notice): string[] => passages.map(({ section, text }) => `${section} ${text}`);

/** Section and label of each passage. */
export const labelsOf = ({ passages }: Notice): string[] => passages.map(({ section, label }) => `${section} ${label}`);

/** The message of what `work` throws. */
export function messageOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
  return 'nothing was thrown';
}
