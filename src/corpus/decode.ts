import { AssistantError } from '../errors.ts';
import type { Notice } from './notice.ts';

const BYTE_ORDER_MARKS: readonly (readonly [Notice['encoding'], number, number])[] = [
  ['utf-16le', 0xff, 0xfe],
  ['utf-16be', 0xfe, 0xff],
];

/** Where an offset stands, lines counted from 1. */
function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split(/\r\n|[\r\n]/u).length;
}

function tryDecode(encoding: Notice['encoding'], bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/**
 * Bytes that are UTF-8 but for a few: GB18030 would take most of them for characters too, for the wrong ones. Text that really is GB18030
 * holds next to no valid character of several bytes when it is read as UTF-8.
 */
function isDamagedUtf8(readable: string): boolean {
  let valid = 0;
  let damaged = 0;
  for (const character of readable) {
    if (character === '\ufffd') damaged += 1;
    else if (character > '\u007f') valid += 1;
  }
  return valid > damaged;
}

function refuse(file: string, line: number, found: string, remedy: string): AssistantError {
  return new AssistantError('bad-notice', `Cannot parse ${file}: line ${line} ${found}. ${remedy}`);
}

function checkText(file: string, text: string, encoding: Notice['encoding']): Pick<Notice, 'text' | 'encoding'> {
  const binary = text.indexOf('\0');
  if (binary < 0) return { text, encoding };
  throw refuse(file, lineAt(text, binary), 'holds a NUL character, so this is no text file', 'Save the notice as plain text.');
}

/**
 * The text of a file: UTF-16 where a byte order mark says so, else UTF-8, else GB18030, which GBK and GB2312 are parts of. A byte order
 * mark is no part of the text.
 *
 * @throws AssistantError `bad-notice` where the bytes are none of these, hold NUL characters, or nothing at all.
 */
export function decodeNotice(file: string, bytes: Uint8Array): Pick<Notice, 'text' | 'encoding'> {
  if (bytes.length === 0) throw refuse(file, 1, 'is missing, the file is empty', "Save the notice's text into it, or remove it.");
  const marked = BYTE_ORDER_MARKS.find(([, first, second]) => bytes[0] === first && bytes[1] === second)?.[0];
  const text = tryDecode(marked ?? 'utf-8', bytes);
  if (text !== undefined) return checkText(file, text, marked ?? 'utf-8');
  if (marked !== undefined) {
    throw refuse(file, 1, `begins as ${marked.toUpperCase()}, and the file isn't that to its end`, 'Save the notice as UTF-8 text.');
  }
  const readable = new TextDecoder('utf-8').decode(bytes);
  const chinese = isDamagedUtf8(readable) ? undefined : tryDecode('gb18030', bytes);
  if (chinese !== undefined) return checkText(file, chinese, 'gb18030');
  throw refuse(file, lineAt(readable, readable.indexOf('\ufffd')), 'is neither UTF-8 nor GB18030', 'Save the notice as UTF-8 text.');
}
