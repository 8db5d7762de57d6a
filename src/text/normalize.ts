import { Converter } from 'opencc-js/t2cn';
import { RADICALS } from './radicals.ts';

/**
 * Zero-width and joining characters, bidirectional controls, variation selectors, tag characters, soft hyphens, fillers and other
 * control characters: nobody sees them, so they must neither split a word nor be matched.
 */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\u0000-\u0008\u000e-\u001f\u007f-\u009f\ufff9-\ufffb]/u;
const ALL_INVISIBLE = new RegExp(INVISIBLE, 'gu');

/** Quotation marks and title brackets: people leave them out when they type. */
const QUOTES = /[“”‘’"'`「」『』《》〈〉«»]/gu;

const DASHES = /[‐‑‒–—―−ー─━]/gu;

const SPACES = /\s+/gu;
/** Spaces count only between Latin letters or digits. */
const IDLE_SPACE = /(?<![a-z0-9]) | (?![a-z0-9])/gu;

/** Marks and letters that may join their neighbour once what stood between them is gone. */
const MAY_COMPOSE = /[\p{M}\u1100-\u11ff]/u;

const HAS_HAN = /\p{Script=Han}/u;

const convert = Converter({ from: 't', to: 'cn' });
const simplified = new Map<string, string>();

/** Chains such as 長 for ⻑ and 长 for 長 end after a few steps. */
const MOST_STEPS = 4;

/** One character at a time, so that lengths stay and phrases are not reworded. */
function simplifyCharacter(character: string): string {
  const known = simplified.get(character);
  if (known !== undefined) return known;
  let folded = RADICALS.get(character) ?? character;
  for (let step = 0; step < MOST_STEPS && HAS_HAN.test(folded); step += 1) {
    const next = convert(folded);
    if (next === folded) break;
    folded = next;
  }
  simplified.set(character, folded);
  return folded;
}

/** The first character that may be Han: radicals. */
const FIRST_HAN = '\u2e80';

function simplify(text: string): string {
  let folded = '';
  for (const character of text) folded += character < FIRST_HAN ? character : simplifyCharacter(character);
  return folded;
}

/** Whether a text holds characters that nobody sees. Line breaks, tabs and spaces are not among them. */
export function holdsInvisible(text: string): boolean {
  return INVISIBLE.test(text);
}

/** Removes what nobody sees (zero-width, bidirectional and control characters), keeping line breaks and tabs. */
export function removeInvisible(text: string): string {
  return text.replace(ALL_INVISIBLE, '');
}

function foldOnce(text: string): string {
  const plain = removeInvisible(removeInvisible(text).normalize('NFKC')).toLowerCase();
  return simplify(plain).replace(QUOTES, '').replace(DASHES, '-').replace(SPACES, ' ').replace(IDLE_SPACE, '').trim();
}

/**
 * Numerals by which grades and kinds are told apart (Ⅲ级, III类, 2型), the last of a row or one before it (Ⅰ、Ⅱ级). People write them as Chinese
 * ones as well.
 */
const GRADE = /(?<![a-z\d.])(?:i{1,3}|iv|vi{0,3}|ix|[1-9])(?=(?:[、,至到和与或及-](?:i{1,3}|iv|vi{0,3}|ix|[1-9]))*[级类型](?!号))/gu;
const MAY_HOLD_GRADE = /[ivx\d][级类型]/u;
const NUMERALS: Readonly<Record<string, string>> = { i: '一', ii: '二', iii: '三', iv: '四', v: '五', vi: '六', vii: '七', viii: '八', ix: '九' };

const foldGrades = (folded: string): string => (MAY_HOLD_GRADE.test(folded) ? folded.replace(GRADE, (numeral) => NUMERALS[numeral] ?? '一二三四五六七八九'.charAt(Number(numeral) - 1)) : folded);

/** Characters that fold the same whatever stands beside them, and never to a space: Han, ASCII, wide letters and the marks of Chinese text. */
const STANDS_ALONE = /[!-~\p{Script=Han}、。《-】“”‘’…—！-～]/u;
/** What those that were met fold to, by their code. */
const foldedCharacters = Array.from<string | undefined>({ length: 0x10000 });

/** Spaces of ASCII, and the wide one. */
const isSpace = (code: number): boolean => code === 0x20 || code === 0x3000 || (code >= 0x09 && code <= 0x0d);
/** Whether the code is that of a small Latin letter or a digit; not so behind a text's end. */
const isLatin = (code: number): boolean => (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39);

/** Folds a text of such characters and spaces one by one, which most are and what takes a tenth of the time; undefined where it holds another. */
function foldCharacters(text: string): string | undefined {
  let folded = '';
  // Of the last character but for spaces: to ask the text that grows would copy it each time.
  let last = 0;
  let isSpaced = false;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (isSpace(code)) {
      isSpaced = true;
      continue;
    }
    let character = foldedCharacters[code];
    if (character === undefined) {
      if (!STANDS_ALONE.test(text.charAt(index))) return undefined;
      character = foldWhole(text.charAt(index));
      foldedCharacters[code] = character;
    }
    if (character === '') continue;
    if (isSpaced && isLatin(last) && isLatin(character.charCodeAt(0))) folded += ' ';
    isSpaced = false;
    last = character.charCodeAt(character.length - 1);
    folded += character;
  }
  return folded;
}

function foldWhole(text: string): string {
  let folded = foldOnce(text);
  for (let step = 0; step < MOST_STEPS && MAY_COMPOSE.test(folded); step += 1) {
    const next = foldOnce(folded);
    if (next === folded) break;
    folded = next;
  }
  return folded;
}

/**
 * Folds width, case, Traditional characters, radicals, spaces, quotation marks, invisible characters and the numerals of grades, so that two
 * ways of writing the same compare as equal. For matching only: the result has other offsets and is never shown. Folding twice changes nothing more. Empty
 * where nothing visible is left.
 */
export function foldForMatching(text: string): string {
  return foldGrades(foldCharacters(text) ?? foldWhole(text));
}

/** Everything but letters and digits removed from folded text: for comparing names and quotations that differ in punctuation. */
export function foldToLetters(text: string): string {
  return foldForMatching(text).replace(/[^\p{L}\p{N}%+]/gu, '');
}
