import { removeInvisible } from './normalize.ts';

/** Text folded character by character for reading figures; `offsets[i]` is where character i stood. */
export interface FigureText {
  readonly text: string;
  readonly offsets: readonly number[];
}

const TRADITIONAL = '萬億兩個門縣條間張輛類種節課時點歲餘約鐘達過畝噸戶項場區鎮鄉學員處';
const SIMPLIFIED = '万亿两个门县条间张辆类种节课时点岁余约钟达过亩吨户项场区镇乡学员处';
const FOLDED = new Map([...TRADITIONAL].map((character, index) => [character, SIMPLIFIED[index] ?? character]));
for (const dash of '‐‑‒–—―−~〜∼') FOLDED.set(dash, '-');
FOLDED.set('　', ' ').set('\u00a0', ' ').set('﹪', '%');

/** Width, case, dashes and the Traditional forms of units; invisible characters are left out. */
export function foldFigureText(text: string): FigureText {
  const offsets: number[] = [];
  let folded = '';
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index] ?? '';
    const code = character.charCodeAt(0);
    if (isInvisible(character, code)) continue;
    const narrow = code >= 0xff01 && code <= 0xff5e ? String.fromCharCode(code - 0xfee0) : character;
    folded += FOLDED.get(narrow) ?? lower(narrow);
    offsets.push(index);
  }
  return { text: folded, offsets };
}

/** The common printable ranges are passed without asking. */
function isInvisible(character: string, code: number): boolean {
  if ((code >= 0x20 && code < 0x7f) || (code >= 0x4e00 && code < 0xa000) || (code >= 0xd800 && code < 0xe000)) return false;
  return code !== 0x09 && code !== 0x0a && code !== 0x0d && removeInvisible(character) === '';
}

/** Only the letters whose small form is as long. */
function lower(character: string): string {
  return character >= 'A' && character <= 'Z' ? character.toLowerCase() : character;
}
