import { Converter } from 'opencc-js/t2cn';

/**
 * Zero-width and joining characters, bidirectional controls, variation selectors, tag characters, soft hyphens and other
 * control characters: nobody sees them, so they must neither split a word nor be matched.
 */
// eslint-disable-next-line no-control-regex
const INVISIBLE = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e0fff}]/gu;

/** Quotation marks and title brackets: people leave them out when they type. */
const QUOTES = /[“”‘’"'`「」『』《》〈〉«»]/gu;

const DASHES = /[‐‑‒–—―−ー─━]/gu;

/** Spaces count only between Latin letters or digits. */
const IDLE_SPACE = /(?<![a-z0-9])\s+|\s+(?![a-z0-9])/gu;

const HAS_HAN = /\p{Script=Han}/u;

const convert = Converter({ from: 't', to: 'cn' });
const simplified = new Map<string, string>();

/** One character at a time, so that lengths stay and phrases are not reworded. */
function simplifyCharacter(character: string): string {
  const known = simplified.get(character);
  if (known !== undefined) return known;
  const folded = HAS_HAN.test(character) ? convert(character) : character;
  simplified.set(character, folded);
  return folded;
}

function simplify(text: string): string {
  let folded = '';
  for (const character of text) folded += character < '\u2e80' ? character : simplifyCharacter(character);
  return folded;
}

/** Removes what nobody sees (zero-width, bidirectional and control characters), keeping line breaks and tabs. */
export function removeInvisible(text: string): string {
  return text.replace(INVISIBLE, '');
}

/**
 * Folds width, case, Traditional characters, spaces, quotation marks and invisible characters, so that two ways of writing the same compare
 * as equal. For matching only: the result has other offsets and is never shown. Empty where nothing visible is left.
 */
export function foldForMatching(text: string): string {
  return simplify(removeInvisible(text.normalize('NFKC')).toLowerCase()).replace(QUOTES, '').replace(DASHES, '-').replace(IDLE_SPACE, '').trim();
}

/** Everything but letters and digits removed from folded text: for comparing names and quotations that differ in punctuation. */
export function foldToLetters(text: string): string {
  return foldForMatching(text).replace(/[^\p{L}\p{N}%+]/gu, '');
}
