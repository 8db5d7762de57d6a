import { foldForMatching } from '../text/normalize.ts';
import { LIGHT_DEEDS, LIKE_DEEDS, UNTAGGED_DEEDS } from './deed-words.ts';
import { tagWordsOnce } from './tagged-words.ts';

const NAMED = /[《“‘「『][^《》“”‘’「」『』]{0,60}[》”’」』]/g;

/** A word of a clause; a title or quoted name counts as one. */
export interface ClauseWord {
  /** Folded. */
  readonly word: string;
  readonly tag: string;
}

/** Something that a clause says is done. */
export interface Deed {
  readonly verb: string;
  /** What stands behind the verb until the next one; verbs in a row share it. */
  readonly object: string;
  /** All that stands behind it. */
  readonly behind: string;
  /** What stands in front of it, from the verb before. */
  readonly before: string;
  /** It says what something is like (确需转让的住房). */
  readonly isAttribute: boolean;
  /** Number of its word in the clause. */
  readonly at: number;
}

/** The tag of titles and quoted names: what they are made of is done by nobody. */
const NAME = 'name';

/** Words of duty and time that the tagger would cut together with what follows (要约谈): they end here. */
const AUXILIARIES = /(?<![重主需必简纲摘首紧只概提])要(?!求|素|点|件|闻|害|领)|(?<!即)将(?!来|军)|(?<![合兼撤一吞])并(?![购轨网列举行存联发重排])|(?<![反响相对适供效呼感])应(?![用急当对该届聘有尽付变])/g;

/** The words of a clause with their parts of speech. */
export function readWords(written: string): ClauseWord[] {
  const words: ClauseWord[] = [];
  let from = 0;
  const tag = (text: string): readonly ClauseWord[] => tagWordsOnce(foldForMatching(text).replace(AUXILIARIES, '$&,'));
  for (const match of written.matchAll(NAMED)) {
    words.push(...tag(written.slice(from, match.index)), { word: foldForMatching(match[0]), tag: NAME });
    from = match.index + match[0].length;
  }
  return joinDeeds([...words, ...tag(written.slice(from))]);
}

/** How it is done, where the tagger takes it with the verb for one word (全力支持). */
const MANNER = /^(?:全力|全面|大力|逐步|深入|着力|积极|扎实|稳步|持续|统筹|切实|继续|严格)(?=..$)/;

function splitManner(whole: ClauseWord): ClauseWord[] {
  const manner = MANNER.exec(whole.word)?.[0];
  return manner === undefined || whole.tag === NAME ? [whole] : [{ word: manner, tag: 'd' }, { word: whole.word.slice(manner.length), tag: 'v' }];
}

/** Puts together what the tagger cut apart for want of the word (约/谈), and takes apart what it put together. */
function joinDeeds(words: readonly ClauseWord[]): ClauseWord[] {
  const joined: ClauseWord[] = [];
  for (const word of words.flatMap(splitManner)) {
    const last = joined.at(-1);
    if (last?.word.length === 1 && word.word.length === 1 && UNTAGGED_DEEDS.has(last.word + word.word)) joined.splice(-1, 1, { word: last.word + word.word, tag: 'v' });
    else joined.push(word);
  }
  return joined;
}

/** 没到, 未达: whether it is denied, another check watches. */
const DENIED = /^[没未].$/;

/** Whether a word says that something is done; words that only carry a deed don't. */
export function isDeed({ word, tag }: ClauseWord): boolean {
  return word.length > 1 && tag !== NAME && (/^v[dgi]?$/.test(tag) || UNTAGGED_DEEDS.has(word)) && !LIGHT_DEEDS.has(word) && !DENIED.test(word);
}

const ALIKE: ReadonlySet<string> = new Set(LIKE_DEEDS.flat());

/** Whether a word may say that something is done, wherever it stands. */
export function isDeedWord(word: string): boolean {
  return word.length > 1 && (UNTAGGED_DEEDS.has(word) || LIGHT_DEEDS.has(word) || ALIKE.has(word));
}

/** A verb used as a noun (考核力度): what is done, or part of what it is done to. */
export function isVerbalNoun({ word, tag }: ClauseWord): boolean {
  return tag === 'vn' && word.length > 1 && !LIGHT_DEEDS.has(word);
}

/** All that a clause says is done, in order. */
export function readDeeds(words: readonly ClauseWord[]): Deed[] {
  const places = words.flatMap((word, index) => (isDeed(word) ? [index] : []));
  return places.map((at, position): Deed => {
    const next = places.find((place, later) => later > position && place > (places[later - 1] ?? 0) + 1) ?? words.length;
    const join = (start: number, end: number): string => words.slice(start, end).map(({ word }) => word).join('');
    const first = places.findLast((place, earlier) => earlier < position && !places.includes(place + 1)) ?? -1;
    let end = at + 1;
    while (places.includes(end)) end += 1;
    const isAttribute = words[end]?.word === '的' && (end === at + 1 || places.includes(at - 1));
    return { verb: words[at]?.word ?? '', object: join(end, next), behind: join(at + 1, words.length), before: join(first + 1, at), isAttribute, at };
  });
}
