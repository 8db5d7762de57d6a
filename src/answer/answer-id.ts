import { randomBytes } from 'node:crypto';

/** 144 random bits: whoever knows an id may read what belongs to it, so that it must not be guessed. */
const BYTES = 18;

/** A new id, 24 characters that can stand in an address. */
export function createAnswerId(): string {
  return randomBytes(BYTES).toString('base64url');
}
