import { removeInvisible } from '../text/normalize.ts';

/**
 * Escape sequences of terminals: CSI (colours, cursor), OSC and its kin (titles, links) up to their end, and two-character ones.
 * Each alternative takes at least the escape itself and never goes back, so that the time is linear.
 */
// oxlint-disable-next-line no-control-regex
const CSI = /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]?/.source;
// oxlint-disable-next-line no-control-regex
const STRING = /(?:\u001b[PX\]^_]|[\u0090\u0098\u009d-\u009f])[^\u0007\u001b\u009c\n]*(?:\u0007|\u001b\\|\u009c)?/.source;
// oxlint-disable-next-line no-control-regex
const SHORT = /\u001b[ -/]*[0-~]?/.source;
const ESCAPES = new RegExp(`${CSI}|${STRING}|${SHORT}`, 'gu');

/**
 * Text that cannot steer a terminal or hide anything: escape sequences, control, bidirectional and zero-width characters are removed;
 * line breaks and tabs stay. A half of a surrogate pair becomes U+FFFD.
 */
export function toPrintable(text: string): string {
  const visible = removeInvisible(text.replace(ESCAPES, '')).replace(/\r\n?|[\v\f\u2028\u2029]/g, '\n');
  return visible.replace(/\p{Surrogate}/gu, '\ufffd');
}

/** The same on one line, for names, labels and messages. */
export function toPrintableLine(text: string): string {
  return toPrintable(text).replace(/\s+/g, ' ').trim();
}
