import { closeSync, fstatSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { AssistantError, describeError } from '../errors.ts';

const NEWLINE = 0x0a;
const BLOCK = 1 << 16;

interface Line {
  readonly value: unknown;
  /** In bytes. */
  readonly start: number;
  readonly length: number;
}

/**
 * The lines of a JSONL file one after the other; nothing where there is no such file. A last line that was cut off in writing (no line
 * break, no JSON) is left out.
 *
 * @throws AssistantError `bad-request` for a line within that is no JSON.
 */
export async function* readJsonl(file: string): AsyncGenerator<Line, void, undefined> {
  const handle = await open(file, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new AssistantError('bad-request', `Cannot read ${file} (${describeError(error)}).`, { cause: error });
  });
  if (handle === undefined) return;
  try {
    let rest = Buffer.alloc(0);
    let start = 0;
    let number = 0;
    const block = Buffer.alloc(BLOCK);
    for (;;) {
      const { bytesRead } = await handle.read(block, 0, BLOCK);
      const isEnd = bytesRead === 0;
      let data = isEnd ? rest : Buffer.concat([rest, block.subarray(0, bytesRead)]);
      for (let at = data.indexOf(NEWLINE); at >= 0 || (isEnd && data.length > 0); at = data.indexOf(NEWLINE)) {
        const length = at < 0 ? data.length : at;
        const text = data.subarray(0, length).toString('utf8');
        number += 1;
        if (text.trim() !== '') {
          const value = parseLine(text);
          if (value !== undefined) yield { value, start, length };
          else if (at >= 0) throw new AssistantError('bad-request', `Cannot use ${file}: line ${number} is no JSON. Restore the file, or delete the folder it lies in.`);
        }
        start += at < 0 ? length : length + 1;
        data = data.subarray(at < 0 ? length : length + 1);
      }
      if (isEnd) return;
      rest = Buffer.from(data);
    }
  } finally {
    await handle.close();
  }
}

function parseLine(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Lines that are found by their key; only places are held, so that large files cost little memory. */
export interface JsonlIndex {
  has(key: string): boolean;
  /** Undefined where no line has this key; of several the last counts. */
  get(key: string): unknown;
  close(): void;
}

/** Reads a file through once, to find its lines again by `keyOf`; no file is an empty one. */
export async function openJsonlIndex(file: string, keyOf: (value: unknown) => string | undefined): Promise<JsonlIndex> {
  const places = new Map<string, readonly [start: number, length: number]>();
  for await (const { value, start, length } of readJsonl(file)) {
    const key = keyOf(value);
    if (key !== undefined) places.set(key, [start, length]);
  }
  const descriptor = places.size === 0 ? undefined : openSync(file, 'r');
  return {
    has: (key) => places.has(key),
    get(key) {
      const place = places.get(key);
      if (place === undefined || descriptor === undefined) return undefined;
      const [start, length] = place;
      const bytes = Buffer.alloc(length);
      const read = readSync(descriptor, bytes, 0, length, start);
      return parseLine(bytes.toString('utf8', 0, read));
    },
    close() {
      if (descriptor !== undefined) closeSync(descriptor);
    },
  };
}

/** A file that lines are added to; each is with the operating system when `write` returns. */
export interface JsonlWriter {
  write(value: unknown): void;
  close(): void;
}

/** What is added must be a line of its own: a last line that was cut off in writing is dropped, a whole one gets its line break. */
function endLastLine(descriptor: number): void {
  const { size } = fstatSync(descriptor);
  const parts: Buffer[] = [];
  for (let at = size, isFound = false; at > 0 && !isFound; ) {
    const block = Buffer.alloc(Math.min(BLOCK, at));
    at -= block.length;
    readSync(descriptor, block, 0, block.length, at);
    const newline = block.lastIndexOf(NEWLINE);
    isFound = newline >= 0;
    parts.unshift(block.subarray(newline + 1));
  }
  const line = Buffer.concat(parts);
  if (line.length === 0) return;
  if (parseLine(line.toString('utf8')) === undefined) ftruncateSync(descriptor, size - line.length);
  else writeSync(descriptor, '\n');
}

/** Opens a file for lines: behind the whole ones that it has (`a`), or anew (`w`). @throws AssistantError `unavailable`, `write` too. */
export function openJsonlWriter(file: string, flags: 'a' | 'w'): JsonlWriter {
  const attempt = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw new AssistantError('unavailable', `Cannot write ${file} (${describeError(error)}). Check its folder, permissions and free space.`, { cause: error });
    }
  };
  const descriptor = attempt(() => openSync(file, flags === 'a' ? 'a+' : flags));
  if (flags === 'a') attempt(() => endLastLine(descriptor));
  return {
    write(value) {
      const bytes = Buffer.from(`${JSON.stringify(value)}\n`);
      for (let written = 0; written < bytes.length; ) written += attempt(() => writeSync(descriptor, bytes, written));
    },
    close: () => closeSync(descriptor),
  };
}
