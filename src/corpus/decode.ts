import { AssistantError } from '../errors.ts';
import type { Notice } from './notice.ts';

/** Lines up to an offset, counted from 1. */
function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split(/\r\n|[\r\n]/u).length;
}

function tryDecode(encoding: string, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/**
 * The text of a file: UTF-8 (with or without a byte order mark), UTF-16 with one, else GB18030, which GBK and GB2312 are parts of.
 *
 * @throws AssistantError `bad-notice` where the bytes are none of these, hold NUL characters, or nothing at all.
 */
export function decodeNotice(file: string, bytes: Uint8Array): Pick<Notice, 'text' | 'encoding'> {
  if (bytes.length === 0) throw new AssistantError('bad-notice', `Cannot parse ${file}: line 1 is missing, the file is empty. Save the notice's text into it, or remove it.`);
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  const encodings = isUtf16 ? (['utf-16le'] as const) : (['utf-8', 'gb18030'] as const);
  for (const encoding of encodings) {
    const text = tryDecode(encoding, bytes);
    if (text === undefined) continue;
    const binary = text.indexOf('\0');
    if (binary >= 0) {
      throw new AssistantError('bad-notice', `Cannot parse ${file}: line ${lineAt(text, binary)} holds a NUL character, so this is no text file. Save the notice as plain text.`);
    }
    return { text, encoding };
  }
  const readable = new TextDecoder('utf-8').decode(bytes);
  throw new AssistantError(
    'bad-notice',
    `Cannot parse ${file}: line ${lineAt(readable, Math.max(0, readable.indexOf('\ufffd')))} is neither UTF-8 nor GB18030. Save the notice as UTF-8 text.`,
  );
}
