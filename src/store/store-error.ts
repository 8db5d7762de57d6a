import { AssistantError, describeError } from '../errors.ts';

/** What the databases and the disk under them say, and what it means for whoever runs the service. */
const MEANINGS: readonly (readonly [codes: RegExp, meaning: string])[] = [
  [/^SQLITE_NOTADB/, 'it is not a database. Move it away to begin with an empty one, or restore a backup'],
  [/^SQLITE_CORRUPT/, 'it is damaged. Run "wence doctor", then move it away to begin with an empty one, or restore a backup'],
  [/^SQLITE_(?:BUSY|LOCKED|PROTOCOL)/, 'another process has kept it locked. Find out which one, and end it'],
  [/^(?:SQLITE_FULL|SQLITE_IOERR_(?:WRITE|SHMSIZE|FSYNC|TRUNCATE)|ENOSPC|EDQUOT|EFBIG)/, 'the disk is full, or takes no more. Make room there'],
  [/^SQLITE_READONLY_DBMOVED/, 'it was moved or deleted while it was open. Start the service again'],
  [/^(?:SQLITE_(?:READONLY|PERM|CANTOPEN|AUTH)|EACCES|EPERM|EROFS|EEXIST|ENOTDIR|EISDIR)/, 'it, or its folder, may not be read and written. Change its permissions, or set DATA_DIR'],
  [/^SQLITE_(?:IOERR|NOLFS)/, 'the disk cannot be read or written. Look at the disk'],
];

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** The failure of a file or a disk as an AssistantError `unavailable` that says what to do; anything else as it is. */
export function explainStoreError(error: unknown, file: string): unknown {
  const code = codeOf(error);
  const meaning = MEANINGS.find(([codes]) => codes.test(code))?.[1];
  if (meaning === undefined) return error;
  return new AssistantError('unavailable', `Cannot use the store ${file}: ${meaning} (${code}: ${describeError(error)}).`, { cause: error });
}
