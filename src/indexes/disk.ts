import { createHash } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { AssistantError, describeError } from '../errors.ts';

/** What a file holds, without the bytes themselves. */
export interface FileDigest {
  readonly size: number;
  /** Hex. */
  readonly sha256: string;
  /** The first bytes, at most `HEAD_BYTES`. */
  readonly head: Uint8Array;
}

/** The few things that a snapshot asks of a disk: handed in, so that a test can let any of them fail. */
export interface Disk {
  /** With the folders above it; an existing one is kept. */
  makeFolder(path: string): Promise<void>;
  /** Writes a new file and waits until it is on the medium; an existing one is an error. */
  write(path: string, bytes: Uint8Array): Promise<void>;
  read(path: string): Promise<Buffer>;
  /** Reads a file piece by piece, so that a large one neither fills memory nor blocks. */
  digest(path: string): Promise<FileDigest>;
  /** Waits until a file's or a folder's content is on the medium. */
  sync(path: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  /** A folder with all it holds; a missing one is no error. */
  remove(path: string): Promise<void>;
  list(folder: string): Promise<readonly string[]>;
  /** Milliseconds since 1970. */
  modifiedAt(path: string): Promise<number>;
}

const HEAD_BYTES = 128;
const PIECE_BYTES = 1024 * 1024;

export const localDisk: Disk = {
  async makeFolder(path) {
    await mkdir(path, { recursive: true });
  },
  async write(path, bytes) {
    const file = await open(path, 'wx');
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
  },
  read: (path) => readFile(path),
  async digest(path) {
    const file = await open(path, 'r');
    try {
      const hash = createHash('sha256');
      const piece = Buffer.allocUnsafe(PIECE_BYTES);
      let head: Uint8Array = new Uint8Array();
      let size = 0;
      for (;;) {
        const { bytesRead } = await file.read(piece, 0, PIECE_BYTES);
        if (bytesRead === 0) break;
        hash.update(piece.subarray(0, bytesRead));
        if (size === 0) head = Uint8Array.from(piece.subarray(0, Math.min(bytesRead, HEAD_BYTES)));
        size += bytesRead;
      }
      return { size, sha256: hash.digest('hex'), head };
    } finally {
      await file.close();
    }
  },
  async sync(path) {
    const file = await open(path, 'r');
    try {
      await file.sync();
    } finally {
      await file.close();
    }
  },
  rename: (from, to) => rename(from, to),
  async remove(path) {
    await rm(path, { recursive: true, force: true });
  },
  list: (folder) => readdir(folder),
  async modifiedAt(path) {
    return (await stat(path)).mtimeMs;
  },
};

/** SHA-256 of bytes in memory, hex. */
export function hashBytes(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The code of a system error (`ENOSPC`, `ENOENT`), undefined for any other. */
export function systemCode(error: unknown): string | undefined {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return typeof code === 'string' ? code : undefined;
}

const REMEDIES: Readonly<Record<string, string>> = {
  ENOSPC: 'The disk is full. Free some space, or set DATA_DIR to a folder on another disk.',
  EDQUOT: 'The quota is used up. Free some space, or set DATA_DIR to a folder on another disk.',
  EROFS: 'The file system is read-only. Set DATA_DIR to a folder that can be written.',
  EACCES: 'The folder may not be written. Give this user the right to, or set DATA_DIR to another folder.',
  EPERM: 'The folder may not be written. Give this user the right to, or set DATA_DIR to another folder.',
  ENOTDIR: 'A file stands where a folder is needed. Move it, or set DATA_DIR to another folder.',
  EEXIST: 'A file stands where a folder is needed. Move it, or set DATA_DIR to another folder.',
};

/** A failed write, worded with its remedy. `what` names what could not be saved. */
export function writeFailed(what: string, folder: string, error: unknown): AssistantError {
  if (error instanceof AssistantError) return error;
  const remedy = REMEDIES[systemCode(error) ?? ''] ?? `Check that the folder can be written (${describeError(error)}).`;
  return new AssistantError('unavailable', `Cannot save ${what} in ${folder}. ${remedy}`, { cause: error });
}
