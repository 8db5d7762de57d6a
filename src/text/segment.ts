import { LRUCache } from 'lru-cache';
import { loadJieba } from './jieba.ts';

/** The tokens of one folded text, field by field. */
export interface FieldTokens {
  /** Words in search mode: long words and the words inside them; figures, dates and Latin words whole. */
  readonly words: readonly string[];
  /** Pairs of neighbouring characters, within runs of letters and digits. */
  readonly bigrams: readonly string[];
  /** Single characters; a Latin word or a number counts as one. */
  readonly characters: readonly string[];
}

/**
 * What is kept whole: numbers with their units, dates, Latin words with digits (ESI, 5G, g20). Written for folded text.
 */
const DATE = String.raw`(?:\d{4}年)?\d{1,2}月\d{1,2}日|\d{4}年\d{1,2}月|\d{4}-\d{1,2}-\d{1,2}|\d{1,2}:\d{2}(?::\d{2})?`;
const NUMBER = String.raw`\d+(?:[.,]\d+)*`;
/** Those of several characters are words of their own besides. */
const LONG_UNIT = '人次|家次|户次|场次|平方米|平方公里|立方米|公里|公顷|公斤|千克|小时|分钟|工作日|周岁|课时|学时|美元';
const UNIT = `(?:万|亿|千|百)?(?:个?(?:${LONG_UNIT})|[个所名人家门项件次年月日元套台县市区位条户间座辆吨米亩天周期])`;
const FIGURE = `${NUMBER}(?:%|‰|个?百分点|${UNIT})?`;
const LATIN = String.raw`\d{0,4}[a-z][a-z0-9]*(?:[.\-_+#][a-z0-9]+)*(?:\+{1,2}|#)?`;
const WHOLE = new RegExp(`${LATIN}|${DATE}|${FIGURE}`, 'gu');
/** With what compares it (65%以上): another figure than 65%. */
const COMPARATOR = '以上|以下|以内|以外|左右';
const WHOLE_COMPARED = new RegExp(`${LATIN}|${DATE}|${FIGURE}(?:(?<=[^\\d.,])(?:${COMPARATOR}))?`, 'gu');

const PARTS_OF_FIGURE = new RegExp(`${NUMBER}|${LONG_UNIT}|百分点|${COMPARATOR}`, 'gu');
const COMPARED = new RegExp(`^(.+?)(?:${COMPARATOR})$`, 'u');
const WORD = /[\p{L}\p{N}]/u;
const RUN = /[\p{L}\p{N}]+/gu;
const BEYOND_LATIN = 0x80;
const LATIN_OR_NUMBER = /[a-z]+|\d+(?:\.\d+)?/y;

/** Words that say little of what a text is about; in scoring they count a tenth. */
const STOP_WORDS = new Set(
  (
    '的 了 着 过 是 在 和 与 及 或 等 对 为 以 于 从 到 向 把 被 让 使 由 将 会 能 可 可以 应 应当 要 需要 有 没有 没 不 也 都 就 还 又 再 很 最 更 ' +
    '这 那 这个 那个 这些 那些 其 其中 之 该 此 各 每 某 我 你 他 她 它 我们 你们 他们 咱们 自己 您 ' +
    '什么 哪 哪些 哪个 哪里 哪儿 哪几 谁 多少 几 几个 怎么 怎样 怎么样 如何 为什么 为何 何 何时 是否 吗 呢 吧 啊 呀 嘛 么 请问 一下 请 ' +
    '并 而 且 但 而且 但是 因为 所以 如果 关于 根据 按照 通过 进行 个 一个 时 时候 中 上 下 里 内 外 前 后 年 月 日'
  ).split(' '),
);

/** Whether a word is so common that it says little (的, 什么, 多少). */
export function isStopWord(word: string): boolean {
  return STOP_WORDS.has(word);
}

/** Loads the dictionary: most of a second and 220 MB, once a process; later calls return at once. Call it before serving. */
export function loadSegmenter(): void {
  loadJieba();
}

/** Teaches words that are to be kept whole, already folded. Words that the dictionary keeps whole anyway are passed over:
 * inserting them again would take their frequency and part of speech away. Known words are not harmed. */
export function addWords(words: Iterable<string>): void {
  const jieba = loadJieba();
  for (const word of words) if (word.length > 1 && jieba.cut(word, false).length > 1) jieba.insertWord(word);
  recent.clear();
}

/** Cuts what lies between the parts kept whole by `cut`, and hands both on in order. */
function* cutAround(folded: string, cut: (text: string) => readonly string[]): Generator<string> {
  let from = 0;
  for (const match of folded.matchAll(WHOLE_COMPARED)) {
    if (match.index > from) yield* cut(folded.slice(from, match.index));
    yield match[0];
    from = match.index + match[0].length;
  }
  if (from < folded.length) yield* cut(folded.slice(from));
}

/** The words of folded text, in order and without overlap; punctuation left out. */
export function segment(folded: string): string[] {
  return segmentWhole(folded).filter((word) => WORD.test(word));
}

/** The words of folded text, in order and without overlap, and what stands between them, so that they make up the text. */
export function segmentWhole(folded: string): string[] {
  return [...cutAround(folded, (text) => loadJieba().cut(text, true))];
}

/** What stands inside a figure: `65%以上` gives 65%, 65 and 以上; `30分钟` gives 30 and 分钟. */
function cutFigure(figure: string): string[] {
  const bare = COMPARED.exec(figure)?.[1];
  const parts = [...figure.matchAll(PARTS_OF_FIGURE)].map(([part]) => part);
  return [...(bare === undefined ? [] : [bare]), ...parts].filter((part) => part !== figure);
}

/** What the words of a question and those that may stand for them were cut into last: the same come again and again. Forgotten where words are taught. */
const recent = new LRUCache<string, readonly string[]>({ max: 1_000 });
const LONGEST_RECENT = 8;

/** The words of folded text in search mode: words inside long words too, and what stands inside a figure (`67所` gives `67所` and `67`). */
export function segmentForSearch(folded: string): readonly string[] {
  if (folded.length > LONGEST_RECENT) return cutForSearch(folded);
  const known = recent.get(folded);
  if (known !== undefined) return known;
  const words = cutForSearch(folded);
  recent.set(folded, words);
  return words;
}

function cutForSearch(folded: string): string[] {
  const words: string[] = [];
  for (const word of cutAround(folded, (text) => loadJieba().cutForSearch(text, true))) {
    if (!WORD.test(word)) continue;
    words.push(word);
    if (/\d/.test(word)) words.push(...cutFigure(word));
  }
  return words;
}

/** The words of folded text by the dictionary alone: what it doesn't know falls into single characters. */
export function segmentKnown(folded: string): string[] {
  return loadJieba().cut(folded, false);
}

/**
 * A word with its part of speech, in the dictionary's short tags (n noun, ns place, nr person, v verb, m number, r pronoun …; eng Latin).
 */
export interface TaggedWord {
  readonly word: string;
  readonly tag: string;
}

/** The words of folded text with their parts of speech; figures are tagged `m`, Latin words `eng`; punctuation left out. */
export function tagWords(folded: string): TaggedWord[] {
  const tagged: TaggedWord[] = [];
  let from = 0;
  const tagPart = (text: string): void => {
    for (const { word, tag } of loadJieba().tag(text)) if (WORD.test(word)) tagged.push({ word, tag });
  };
  for (const match of folded.matchAll(WHOLE)) {
    if (match.index > from) tagPart(folded.slice(from, match.index));
    tagged.push({ word: match[0], tag: /[a-z]/.test(match[0]) ? 'eng' : 'm' });
    from = match.index + match[0].length;
  }
  if (from < folded.length) tagPart(folded.slice(from));
  return tagged;
}

/** Splits runs of letters and digits into single characters, numbers and Latin words staying whole. */
function splitCharacters(run: string): string[] {
  const units: string[] = [];
  for (let index = 0; index < run.length; ) {
    const code = run.codePointAt(index) ?? 0;
    LATIN_OR_NUMBER.lastIndex = index;
    // Most are Chinese: they need no looking at.
    const unit = (code < BEYOND_LATIN ? LATIN_OR_NUMBER.exec(run)?.[0] : undefined) ?? String.fromCodePoint(code);
    units.push(unit);
    index += unit.length;
  }
  return units;
}

/** All fields of a folded text; empty lists where no letter or digit is left. */
export function segmentFields(folded: string): FieldTokens {
  const bigrams: string[] = [];
  const characters: string[] = [];
  for (const run of folded.matchAll(RUN)) {
    const units = splitCharacters(run[0]);
    for (const [index, unit] of units.entries()) {
      characters.push(unit);
      const next = units[index + 1];
      if (next !== undefined) bigrams.push(unit + next);
    }
  }
  return { words: segmentForSearch(folded), bigrams, characters };
}
