import type { Lexicon } from '../../corpus/lexicon.ts';
import { foldForMatching } from '../../text/normalize.ts';
import { readSounds } from '../../text/sounds.ts';
import { parseQuestionKind } from './question-kind.ts';

/** Puts a question in English, or with words in pinyin, into Chinese words; other questions stay as they are. */
export type ReadLatin = (text: string) => string;

const LATIN_RUN = /[A-Za-z][A-Za-z'’-]*/gu;
const HAN = /\p{Script=Han}/u;
/** With this many English words and no Chinese one, a question is in English. */
const FEWEST_WORDS = 3;
const LONGEST_PHRASE = 4;
/** Shorter runs of letters are abbreviations (ESI, PM2.5) more often than pinyin. */
const SHORTEST_PINYIN = 4;
const LONGEST_SPELT = 60;

/** How English asks, and how the same is asked in Chinese, behind the subject. First match wins. */
const ASKS: readonly (readonly [RegExp, string])[] = [
  [/^(?:please\s+)?(?:list|name)\b|\bwhich\s+(?:[a-z-]+\s+){0,2}[a-z-]+(?:s|ies)\b|\bwhat\s+are\b/iu, '有哪些'],
  [/\bhow\s+much\s+(?:money|funding|investment)|\bhow\s+much\s+(?:is|will|was)\s+(?:be\s+)?(?:invested|spent)/iu, '多少钱'],
  [/\bhow\s+(?:many|much)\b/iu, '多少'],
  [/\bwhat\s+(?:[a-z-]+\s+){0,4}?(?:rate|ratio|percentage|proportion|share|percent|number|amount|figure|target)\b/iu, '是多少'],
  [/\b(?:when|by\s+what\s+time|what\s+date|by\s+when)\b/iu, '什么时候'],
  [/\bhow\s+long\b/iu, '多久'],
  [/\b(?:who|whom|which\s+(?:department|bureau|office))\b/iu, '谁负责'],
  [/\b(?:which\s+(?:part|section|item)|where\s+(?:in|does)\b.*(?:say|mention|written|notice|document))/iu, '写在哪一部分'],
  [/\b(?:what\s+measures|how\s+(?:will|does|is|to|are)|what\s+will\s+be\s+done)\b/iu, '有哪些措施'],
  [/^(?:is|are|will|does|do|did|has|have|was|were|can|must|should)\b/iu, '吗'],
  [/\bwhich\b/iu, '是哪个'],
  [/\b(?:what|where)\b/iu, '是什么'],
];

/** Words that carry no subject; everything else that the lexicon doesn't know stays as it stands, and is missed. */
const STOP_WORDS = new Set(
  (
    'a an the of to in on at by for from with and or as is are was were be been being will would shall should can could may must do does did has have had having it its this that these those ' +
    'there their they them he she we you your our i me my what which who whom whose when where why how many much long please list name named called sent tell show give about according any some all each every not no ' +
    'set said say says mention mentioned mentions state stated states plan planned plans expected required need needed go going get got made make taken take done into out up than then per until before after during within under over between ' +
    'year time work key main total overall altogether municipal local government one two still also just only if so such through other whether both end because least most more'
  ).split(/\s+/),
);

/** The forms under which a word may stand in the lexicon. */
function* formsOf(word: string): Generator<string> {
  yield word;
  if (word.endsWith('ies')) yield `${word.slice(0, -3)}y`;
  if (word.endsWith('es')) yield word.slice(0, -2);
  if (word.endsWith('s')) yield word.slice(0, -1);
  if (word.endsWith('ing')) yield* [word.slice(0, -3), `${word.slice(0, -3)}e`, word.slice(0, -4)];
  if (word.endsWith('ed')) yield* [word.slice(0, -2), word.slice(0, -1), word.slice(0, -3)];
}

function lookUp(words: readonly string[], { english }: Lexicon): string | undefined {
  for (const last of formsOf(words.at(-1) ?? '')) {
    const found = english.get([...words.slice(0, -1), last].join(' '));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The Chinese words of one stretch between prepositions, in its order. */
function translateStretch(words: readonly string[], lexicon: Lexicon, readPinyin: (word: string) => string | undefined): string[] {
  const said: string[] = [];
  for (let index = 0; index < words.length; ) {
    let length = Math.min(LONGEST_PHRASE, words.length - index);
    let found: string | undefined;
    const word = words[index] ?? '';
    for (; length > 0; length -= 1) {
      found = length === 1 && STOP_WORDS.has(word) ? undefined : lookUp(words.slice(index, index + length), lexicon);
      if (found !== undefined) break;
    }
    if (found !== undefined) said.push(found);
    else if (!STOP_WORDS.has(word)) said.push(readPinyin(word) ?? ` ${word} `);
    index += Math.max(1, length);
  }
  return said;
}

/** 「coverage rate of kindergartens」 is 幼儿园覆盖面: what stands behind of and for comes first. */
function translate(text: string, lexicon: Lexicon, readPinyin: (word: string) => string | undefined): string {
  const asking = ASKS.find(([pattern]) => pattern.test(text))?.[1] ?? '';
  const words = text.toLowerCase().replace(/['’]s\b/gu, '').match(/[a-z]+(?:-[a-z]+)*|\d+(?:\.\d+)?%?/gu)?.flatMap((word) => (lexicon.english.has(word) ? [word] : word.split('-'))) ?? [];
  const stretches: string[][] = [[]];
  for (const word of words) {
    if (/^(?:of|for|in|at|within|among)$/u.test(word)) stretches.unshift([]);
    else stretches[0]?.push(word);
  }
  const said = stretches.flatMap((stretch) => translateStretch(stretch, lexicon, readPinyin)).map((word) => (/^(?:19|20)\d{2}$/u.test(word) ? `${word}年` : word));
  const subject = [...new Set(said)].join(' ').replace(/\s+/gu, ' ').trim();
  return `${subject}${asking}`;
}

/** What people spell out in pinyin besides the notices' words. */
const SPOKEN = ['多少', '什么', '什么时候', '几个', '哪里', '哪些', '哪个', '怎么', '谁', '有', '要', '建', '今年', '完成', '达到', '目标', '是', '的', '吗', '负责', '几所', '人', '多少个', '多少人', '多少钱', '几天', '几点', '几号', '几月', '时间', '星期', '可以', '需要', '怎么办', '为什么', '一年', '一个月', '一次'];

/** Reads letters as the words that sound so: the lexicon's own, and what is asked with. */
function createPinyinReader(lexicon: Lexicon, wordsOf: () => Iterable<string>): (word: string, shortest?: number) => string | undefined {
  let bySound: Map<string, string> | undefined;
  let longest = 0;

  function open(): Map<string, string> {
    const sounds = new Map<string, string>();
    const words = [...SPOKEN, ...wordsOf(), ...lexicon.names, ...lexicon.places, ...lexicon.vocabulary].filter((word) => /^\p{Script=Han}{1,8}$/u.test(word));
    // 普惠 is said for 普惠性, which stands whole in the lexicon.
    for (const word of [...words, ...words.flatMap((whole) => (whole.length === 3 ? [whole.slice(0, 2)] : []))]) {
      const sound = readSounds(word).join('').replaceAll('ü', 'v');
      if (!sounds.has(sound)) sounds.set(sound, word);
      longest = Math.max(longest, sound.length);
    }
    return sounds;
  }

  return (word, shortest = SHORTEST_PINYIN) => {
    const letters = word.toLowerCase().replace(/['’-]/gu, '').replaceAll('ü', 'v');
    if (letters.length < shortest || letters.length > LONGEST_SPELT) return undefined;
    bySound ??= open();
    // The fewest words that spell the whole run.
    const best: (readonly string[] | undefined)[] = [[]];
    for (let end = 1; end <= letters.length; end += 1) {
      for (let start = Math.max(0, end - longest); start < end; start += 1) {
        const before = best[start];
        const found = bySound.get(letters.slice(start, end));
        if (before === undefined || found === undefined) continue;
        const known = best[end];
        if (known === undefined || before.length + 1 < known.length) best[end] = [...before, found];
      }
    }
    return best[letters.length]?.join('');
  };
}

/**
 * Reads English and pinyin through the lexicon; small talk, steering, and whatever the lexicon doesn't know stay as they stand.
 * @param wordsOf the words of the notices, for pinyin; asked for once, when letters are first looked up
 */
export function createLatinReader(lexicon: Lexicon, wordsOf: () => Iterable<string> = () => []): ReadLatin {
  const readPinyin = createPinyinReader(lexicon, wordsOf);
  return (text) => {
    const runs = text.match(LATIN_RUN) ?? [];
    if (runs.length === 0) return text;
    const kind = parseQuestionKind(foldForMatching(text));
    if (kind === 'chat' || kind === 'steering') return text;
    if (!HAN.test(text)) {
      const known = runs.filter((word) => STOP_WORDS.has(word.toLowerCase()) || lookUp([word.toLowerCase()], lexicon) !== undefined).length;
      if (runs.length >= FEWEST_WORDS && known >= 2) return translate(text, lexicon, readPinyin) || text;
    }
    // Beside one that is pinyin, a short run is pinyin too: duoshao ren.
    const shortest = runs.some((word) => word.length > SHORTEST_PINYIN && readPinyin(word) !== undefined) ? 2 : SHORTEST_PINYIN;
    return text.replace(LATIN_RUN, (word) => readPinyin(word, shortest) ?? (HAN.test(text) ? lookUp([word.toLowerCase()], lexicon) : undefined) ?? word);
  };
}
