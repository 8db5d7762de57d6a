/** Text as it is kept: JSON, in which NUL and lone surrogates are escaped, so that every character comes back. */
export function toStored(value: unknown): string {
  return JSON.stringify(value);
}

/** What `toStored` was given. */
export function fromStored<T = string>(stored: string): T {
  return JSON.parse(stored) as T;
}

/** For columns that may be empty. */
export function toStoredOrNull(value: unknown): string | null {
  return value === undefined || value === null ? null : toStored(value);
}

/** An id that is looked for, from outside: one with a NUL is nobody's, and PostgreSQL would refuse the question. */
export function toLookedForId(id: string): string {
  return id.includes('\0') ? '' : id;
}
