import type { Span } from './notice.ts';
import { MODAL, NO_MODAL } from './target-words.ts';

const MODAL_BEFORE = new RegExp(`(?:${MODAL})+$`, 'u');
const LONGEST = 8;

/**
 * How firm it is meant, as written: the verb with the modal in front of it (力争达到), or the modal alone where other words stand between them
 * (力争…节约). `verb` may be empty.
 */
export function readStrength(text: string, verb: Span, from: number, opening: Span | undefined, inherited = ''): string {
  const before = MODAL_BEFORE.exec(text.slice(Math.max(from, verb.start - LONGEST), verb.start))?.[0];
  if (before !== undefined && before !== '' && !NO_MODAL.test(text.slice(verb.start - before.length, verb.start + 2))) return text.slice(verb.start - before.length, verb.end);
  if (opening !== undefined) return opening.end === verb.start ? text.slice(opening.start, verb.end) : text.slice(opening.start, opening.end);
  return inherited === '' ? text.slice(verb.start, verb.end) : inherited;
}
