import { foldForMatching } from '../../text/normalize.ts';
import { tagWords } from '../../text/segment.ts';

/** What tells one of a row from the next: 三口之家 from 四口之家, a类 from d类, 2号线 from 3号线, 甲级 from 丙级. */
const COUNTERS: readonly (readonly [RegExp, string])[] = [
  [/\d+(?:\.\d+)?/gu, String.raw`\d+(?:\.\d+)?`],
  [/(?<![a-z])[a-z](?![a-z])/gu, '[a-z]'],
  [/[一二三四五六七八九十两]+(?=\p{Script=Han})/gu, '[一二三四五六七八九十两]+'],
  [/[甲乙丙丁]/gu, '[甲乙丙丁]'],
];

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`);

/** Where the text holds another one of the same row. */
function findOfRow(text: string, phrase: string): string | undefined {
  for (const [counter, another] of COUNTERS) {
    const parts = phrase.split(counter);
    if (parts.length < 2 || parts.every((part) => part === '')) continue;
    const found = new RegExp(parts.map(escape).join(another), 'u').exec(text)?.[0];
    if (found !== undefined && found !== phrase) return found;
  }
  return undefined;
}

/** A word of one's own stands before what both end in: 〔全〕人群 for 〔重点〕人群. */
const ENDS_MODIFIER = /^(?:[uwpcy]|v(?!n))/u;
const NOUN = /^(?:n|x|j)/u;
const LONG_NAME = 6;
const IS_NAME_PART = /^(?:b|x)/u;

/** Where the text holds something that ends as the phrase does; the longest common ending counts. */
function findOfKind(text: string, phrase: string): string | undefined {
  const words = tagWords(text);
  const ends = words.map((_, index) => words.slice(0, index + 1).reduce((sum, { word }) => sum + word.length, 0));
  for (let length = phrase.length - 1; length > 0; length -= 1) {
    const ending = phrase.slice(-length);
    const order = ends.findIndex((end) => text.slice(0, end).endsWith(ending) && !text.slice(0, end).endsWith(phrase));
    if (order < 0) continue;
    const end = ends[order] ?? 0;
    let from = end - (words[order]?.word.length ?? 0);
    for (let before = order - 1; before >= 0; before -= 1) {
      const { word, tag } = words[before] ?? { word: '', tag: 'w' };
      const isInside = from > end - length;
      if (!isInside && (end - from >= phrase.length || ENDS_MODIFIER.test(tag) || (word.length > 1 && end - from > length))) break;
      from -= word.length;
    }
    if (length > 1) return text.slice(from, end);
    // A name of several words stands for the whole of another.
    if (phrase.length >= LONG_NAME) return undefined;
    // One common character tells a kind of nouns only (等级园 and 幼儿园), with what stands before as part of the name.
    if (!NOUN.test(words[order]?.tag ?? '') || (words[order]?.word.length ?? 0) < 2) continue;
    for (let before = order - 1; before >= 0 && IS_NAME_PART.test(words[before]?.tag ?? ''); before -= 1) from -= words[before]?.word.length ?? 0;
    return text.slice(from, end);
  }
  return undefined;
}

/**
 * A folded text with a phrase in place of what is like it there: 「四口之家」 in 「三口之家能分多大的房子」, 「重点人群」 in 「全人群签约率多少」.
 * Undefined where nothing is.
 */
export function swapAlike(text: string, phrase: string): string | undefined {
  const folded = foldForMatching(phrase).replace(/的$/u, '');
  if (folded === '' || text.includes(folded)) return undefined;
  const found = findOfRow(text, folded) ?? findOfKind(text, folded);
  return found === undefined ? undefined : text.replace(found, folded);
}
