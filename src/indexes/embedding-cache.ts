import { appendFile, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { createHash, randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import { hashBytes, systemCode, writeFailed } from './disk.ts';

/**
 * A record: mark, SHA-256 of embedder and text, number of dimensions (0: nothing to embed), the numbers, and the first bytes of the
 * SHA-256 of all that.
 */
const MARK = Buffer.from('WVC1', 'latin1');
const KEY_BYTES = 32;
const HEAD_BYTES = MARK.length + KEY_BYTES + 4;
const CHECK_BYTES = 8;
const MOST_DIMENSIONS = 65_536;
/** Vectors of texts that are gone stay until they outnumber the others this many times: an edit that is taken back costs nothing. */
const MOST_DEAD_PER_LIVE = 3;

/** Vectors that cost money, kept by content: what was embedded once is not asked for again. */
export interface EmbeddingCache {
  /** The vector of a text; null where it had nothing to embed, undefined where it is not known. */
  get(text: string): Float32Array | null | undefined;
  /** Keeps vectors and waits until they are on the medium. Throws `unavailable`, with the remedy, where they cannot be written. */
  add(texts: readonly string[], vectors: readonly (Float32Array | null)[]): Promise<void>;
  /** Rewrites the file with the vectors of these texts alone, where too many others have gathered. */
  prune(texts: readonly string[]): Promise<void>;
}

/**
 * Loads the vectors of one embedder: `<folder>/<hash of its id>.vectors`. Records that are torn or damaged are passed over, the others
 * used; a missing file is an empty cache. Processes may append at the same time.
 */
export async function loadEmbeddingCache(folder: string, embedderId: string): Promise<EmbeddingCache> {
  const path = join(folder, `${hashBytes(embedderId).slice(0, 16)}.vectors`);
  const keyOf = (text: string): Buffer => createHash('sha256').update(`${embedderId}\u0000${text}`).digest();
  const { vectors, records } = readRecords(await readIfThere(path));
  let written = records;
  const guard = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      throw writeFailed('embeddings', folder, error);
    }
  };
  return {
    get: (text) => vectors.get(keyOf(text).toString('hex')),
    add: (texts, added) =>
      guard(async () => {
        const bytes = texts.map((text, index) => renderRecord(keyOf(text), added[index] ?? null));
        texts.forEach((text, index) => vectors.set(keyOf(text).toString('hex'), added[index] ?? null));
        await mkdir(folder, { recursive: true });
        await appendFile(path, Buffer.concat(bytes), { flush: true });
        written += texts.length;
      }),
    prune: (texts) =>
      guard(async () => {
        const live = new Map(texts.map((text) => [keyOf(text).toString('hex'), keyOf(text)] as const).filter(([key]) => vectors.has(key)));
        if (written <= live.size * (1 + MOST_DEAD_PER_LIVE)) return;
        await replaceFile(path, Buffer.concat([...live].map(([hex, key]) => renderRecord(key, vectors.get(hex) ?? null))));
        for (const key of vectors.keys()) if (!live.has(key)) vectors.delete(key);
        written = live.size;
      }),
  };
}

function renderRecord(key: Buffer, vector: Float32Array | null): Buffer {
  const head = Buffer.alloc(HEAD_BYTES);
  MARK.copy(head);
  key.copy(head, MARK.length);
  head.writeUInt32LE(vector?.length ?? 0, MARK.length + KEY_BYTES);
  const numbers = vector === null ? Buffer.alloc(0) : Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength);
  return Buffer.concat([head, numbers, checkOf(head, numbers)]);
}

function checkOf(...parts: readonly Uint8Array[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest().subarray(0, CHECK_BYTES);
}

/** All sound records; after one that is not, reading goes on at the next mark. */
function readRecords(bytes: Buffer): { readonly vectors: Map<string, Float32Array | null>; readonly records: number } {
  const vectors = new Map<string, Float32Array | null>();
  let records = 0;
  for (let start = bytes.indexOf(MARK); start >= 0; ) {
    const end = readRecord(bytes, start, vectors);
    if (end !== undefined) records += 1;
    start = bytes.indexOf(MARK, end ?? start + 1);
  }
  return { vectors, records };
}

/** Puts the record at `start` into `vectors` and gives its end; undefined where there is no sound one. */
function readRecord(bytes: Buffer, start: number, vectors: Map<string, Float32Array | null>): number | undefined {
  const numbersStart = start + HEAD_BYTES;
  if (numbersStart + CHECK_BYTES > bytes.length) return undefined;
  const dimensions = bytes.readUInt32LE(numbersStart - 4);
  const numbersEnd = numbersStart + 4 * dimensions;
  if (dimensions > MOST_DIMENSIONS || numbersEnd + CHECK_BYTES > bytes.length) return undefined;
  if (!checkOf(bytes.subarray(start, numbersEnd)).equals(bytes.subarray(numbersEnd, numbersEnd + CHECK_BYTES))) return undefined;
  const key = bytes.toString('hex', start + MARK.length, start + MARK.length + KEY_BYTES);
  vectors.set(key, dimensions === 0 ? null : new Float32Array(Uint8Array.from(bytes.subarray(numbersStart, numbersEnd)).buffer));
  return numbersEnd + CHECK_BYTES;
}

async function replaceFile(path: string, bytes: Buffer): Promise<void> {
  const unfinished = join(dirname(path), `.pruning-${randomBytes(6).toString('hex')}`);
  try {
    const file = await open(unfinished, 'wx');
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

/** A cache that cannot be read costs money, but no answer: it counts as empty. */
async function readIfThere(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    if (systemCode(error) !== undefined) return Buffer.alloc(0);
    throw error;
  }
}
