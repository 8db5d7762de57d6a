import { createRequire } from 'node:module';
import type { Perturbation } from './record.ts';
import { createRandom } from './seeded-random.ts';

const HAN = /\p{Script=Han}/u;
/** Nobody's slip may turn one figure into another. */
const NUMERAL = /[零〇一二三四五六七八九十百千万亿两几半]/u;
const FIGURE = /[\p{N}零〇一二三四五六七八九十百千万亿两几半]/u;

/** Without it, the question asks for the opposite. */
const NEGATION = /[不未无非没否]/u;
/** Whether a slip may touch it. */
const isWord = (character: string): boolean => HAN.test(character) && !NUMERAL.test(character) && !NEGATION.test(character);

type Random = () => number;

const choose = <T>(values: readonly T[], random: Random): T | undefined => values[Math.floor(random() * values.length)];

/** The 3,755 common characters: level 1 of GB 2312, rows 16 to 55. */
function commonCharacters(): readonly string[] {
  const decoder = new TextDecoder('gb18030');
  const characters: string[] = [];
  for (let row = 0xb0; row <= 0xd7; row += 1) {
    for (let cell = 0xa1; cell <= (row === 0xd7 ? 0xf9 : 0xfe); cell += 1) characters.push(decoder.decode(Uint8Array.of(row, cell)));
  }
  return characters;
}

type ReadSound = (text: string, options: { readonly toneType: 'none'; readonly type: 'array' }) => readonly string[];

let readSound: ReadSound | undefined;
let bySound: Map<string, string[]> | undefined;

function soundOf(character: string): string {
  readSound ??= (createRequire(import.meta.url)('pinyin-pro') as { readonly pinyin: ReadSound }).pinyin;
  return readSound(character, { toneType: 'none', type: 'array' })[0] ?? character;
}

/** Common characters of the same sound, tones apart: what a pinyin keyboard offers beside the one that was meant. */
function homophonesOf(character: string): readonly string[] {
  if (bySound === undefined) {
    bySound = new Map();
    for (const common of commonCharacters()) {
      const sound = soundOf(common);
      const known = bySound.get(sound);
      if (known === undefined) bySound.set(sound, [common]);
      else known.push(common);
    }
  }
  return (bySound.get(soundOf(character)) ?? []).filter((other) => other !== character && !NUMERAL.test(other));
}

const CHARACTERS_A_SLIP = 8;
const MOST_SLIPS = 3;
const LEAST_CHARACTERS = 4;

/** What people who type by sound do: the wrong homophone mostly, now and then two swapped, one left out or one doubled. */
function slip(question: string, random: Random): string {
  const characters = [...question];
  /** Without what stands between them, 3和5 would be 35. */
  const partsFigures = (index: number): boolean => FIGURE.test(characters[index - 1] ?? '') && FIGURE.test(characters[index + 1] ?? '');
  const may = (index: number): boolean => index > 0 && isWord(characters[index] ?? '') && !(characters[index] === '点' && partsFigures(index));
  const places = characters.flatMap((_, index) => (may(index) ? [index] : []));
  if (characters.filter(isWord).length < LEAST_CHARACTERS) return question;
  const slips = Math.min(MOST_SLIPS, Math.max(1, Math.round(places.length / CHARACTERS_A_SLIP)));
  const spoilt = characters.slice();
  const taken = new Set<number>();
  for (let done = 0, tries = 0; done < slips && tries < 50; tries += 1) {
    const at = choose(places, random) ?? 0;
    // Neighbours stay, so that each slip is one by itself.
    if ([at - 1, at, at + 1].some((index) => taken.has(index))) continue;
    const character = characters[at] ?? '';
    const way = random();
    const homophone = choose(homophonesOf(character), random);
    if (way < 0.7 && homophone !== undefined) spoilt[at] = homophone;
    else if (way < 0.8 && may(at + 1) && characters[at + 1] !== character) [spoilt[at], spoilt[at + 1]] = [characters[at + 1] ?? '', character];
    else if (way < 0.9 && !partsFigures(at)) spoilt[at] = '';
    else spoilt[at] = character + character;
    taken.add(at);
    done += 1;
  }
  return spoilt.join('');
}

type CreateConverter = (scripts: { readonly from: 'cn'; readonly to: 't' }) => (text: string) => string;

/** Loaded at the first question that needs it: the tables cost half a second. */
let toTraditional: ((text: string) => string) | undefined;

function writeTraditional(question: string): string {
  toTraditional ??= (createRequire(import.meta.url)('opencc-js/cn2t') as { readonly Converter: CreateConverter }).Converter({ from: 'cn', to: 't' });
  return toTraditional(question);
}

/** ASCII signs as a keyboard in full-width mode gives them. */
function widen(question: string): string {
  return question.replace(/[!-~]/gu, (sign) => String.fromCodePoint((sign.codePointAt(0) ?? 0) + 0xfee0)).replaceAll(' ', '\u3000');
}

const BEFORE = ['嗯,', '那个,', '请问,', '麻烦问下,', '我想问问,', '你好,', '诶,想了解下,'];
const WITHIN = ['那个', '呃', '就是说'];
const BEHIND = ['呢', '啊', '呀,谢谢', ',急', ',麻烦了'];
const END = /[?？。!！~～\s]*$/u;

function addFillers(question: string, random: Random): string {
  const end = END.exec(question)?.[0] ?? '';
  const body = question.slice(0, question.length - end.length);
  const comma = /[,，](?!\d)/u.exec(body);
  const filled = comma === null ? body : `${body.slice(0, comma.index + 1)}${choose(WITHIN, random) ?? ''},${body.slice(comma.index + 1)}`;
  return `${choose(BEFORE, random) ?? ''}${filled}${choose(BEHIND, random) ?? ''}${end}`;
}

const INVISIBLE = ['\u200b', '\u200c', '\u200d', '\u2060', '\ufeff'];

/** Between characters, about every third time: what is pasted from web pages brings them along. */
function addInvisible(question: string, random: Random): string {
  const characters = [...question];
  return characters.map((character, index) => (index + 1 < characters.length && random() < 0.35 ? `${character}${choose(INVISIBLE, random) ?? ''}` : character)).join('');
}

/**
 * A question as it may arrive instead of as it was written; the same one for the same seed. Figures stay: no digit and no Chinese numeral is
 * touched by a slip. A question that offers nothing to spoil comes back as it is: with fewer than four Han characters for `typo`, without
 * ASCII signs for `fullwidth`.
 */
export function perturbQuestion(question: string, perturbation: Perturbation, seed: number): string {
  const random = createRandom(seed, `${perturbation} ${question}`);
  if (perturbation === 'typo') return slip(question, random);
  if (perturbation === 'traditional') return writeTraditional(question);
  if (perturbation === 'fullwidth') return widen(question);
  if (perturbation === 'filler') return addFillers(question, random);
  return addInvisible(question, random);
}
