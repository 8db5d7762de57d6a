import { randomBytes } from 'node:crypto';

/** 144 random bits: whoever knows an id may read what belongs to it, so that it must not be guessed. */
const BYTES = 18;
/** Drawn together, since every drawing costs as much as many ids. */
const IDS_A_DRAWING = 128;

let drawn = Buffer.alloc(0);
let taken = 0;

/** A new id, 24 characters that can stand in an address. */
export function createAnswerId(): string {
  if (taken >= drawn.length) {
    drawn = randomBytes(BYTES * IDS_A_DRAWING);
    taken = 0;
  }
  const id = drawn.toString('base64url', taken, taken + BYTES);
  taken += BYTES;
  return id;
}
