import type { Lexicon } from '../../corpus/lexicon.ts';
import { tagWords } from '../../text/segment.ts';
import type { TaggedWord } from '../../text/segment.ts';
import { COUNTY_SUFFIX, isLocality } from './places.ts';

const LONGEST_PHRASE = 6;
const LONGEST_WORD = 10;
/** C + 类. */
const GRADE_SUFFIX = new Set(['类', '级', '档']);

/** Words of the lexicon that segmentation cut in two where it guessed (老年学|位新增 → 老年|学位|新增). */
function mendCuts(words: readonly TaggedWord[], lexicon: Lexicon): TaggedWord[] {
  const mended: TaggedWord[] = [];
  for (const next of words) {
    const last = mended.at(-1);
    const guessed = last !== undefined && [last, next].some(({ word, tag }) => word.length === 1 || (tag === 'x' && !lexicon.vocabulary.has(word)));
    const crossing = guessed && last !== undefined ? findCrossing(last.word, next.word, lexicon) : undefined;
    if (last === undefined || crossing === undefined) {
      mended.push(next);
      continue;
    }
    const [left, right] = crossing;
    mended.pop();
    if (left < last.word.length) mended.push({ word: last.word.slice(0, -left), tag: last.tag });
    mended.push({ word: `${last.word.slice(-left)}${next.word.slice(0, right)}`, tag: '' });
    if (right < next.word.length) mended.push({ word: next.word.slice(right), tag: next.tag });
  }
  return mended;
}

/** How many characters of both words make a word of the lexicon across their border, the longest such; undefined where none is. */
function findCrossing(left: string, right: string, lexicon: Lexicon): readonly [number, number] | undefined {
  if (left.length + right.length <= 2 || lexicon.vocabulary.has(`${left}${right}`)) return undefined;
  for (let length = Math.min(LONGEST_PHRASE, left.length + right.length); length >= 2; length -= 1) {
    for (let taken = Math.min(left.length, length - 1); taken >= 1 && length - taken <= right.length; taken -= 1) {
      if (lexicon.vocabulary.has(`${left.slice(-taken)}${right.slice(0, length - taken)}`)) return [taken, length - taken];
    }
  }
  return undefined;
}

/** 坐车的 says who only where no thing follows (坐车的券). */
const isPhrase = (words: string, next: TaggedWord | undefined, lexicon: Lexicon): boolean => lexicon.vocabulary.has(words) || (lexicon.phrases.has(words) && !(words.endsWith('的') && next !== undefined && /^(?:n|x)/u.test(next.tag)));

/** The tag of joined words: `ns` for a place; for what people say that of its last noun, else a turn of speech; none for a word of the lexicon. */
function tagJoined(parts: readonly TaggedWord[], whole: string, lexicon: Lexicon): string {
  if (lexicon.vocabulary.has(whole)) return '';
  if (COUNTY_SUFFIX.has(parts[1]?.word ?? '')) return 'ns';
  const last = parts.at(-1);
  return lexicon.phrases.has(whole) ? (last !== undefined && last.tag.startsWith('n') ? last.tag : TURN_OF_SPEECH) : '';
}

const TURN_OF_SPEECH = 'l';

/** Joins neighbouring words into the longest phrases that the lexicon knows; phrases never cut a word in two. */
function joinPhrases(words: readonly TaggedWord[], lexicon: Lexicon): TaggedWord[] {
  const joined: TaggedWord[] = [];
  for (let index = 0; index < words.length; ) {
    let length = Math.min(LONGEST_PHRASE, words.length - index);
    const join = (): string => words.slice(index, index + length).map(({ word }) => word).join('');
    while (length > 1 && !isPhrase(join(), words[index + length], lexicon)) length -= 1;
    const next = words[index + 1]?.word;
    if (length === 1 && /^[a-z]$/u.test(words[index]?.word ?? '') && next !== undefined && GRADE_SUFFIX.has(next)) length = 2;
    if (length === 1 && next !== undefined && isLocality(words[index] as TaggedWord, next)) length = 2;
    joined.push(length === 1 ? (words[index] as TaggedWord) : { word: join(), tag: tagJoined(words.slice(index, index + length), join(), lexicon) });
    index += length;
  }
  return joined;
}

const properByFirst = new WeakMap<Lexicon, ReadonlyMap<string, readonly string[]>>();

/** The lexicon's places, names and levels by their first character; grouped once, since they are looked for at every character of a question. */
function groupProper(lexicon: Lexicon): ReadonlyMap<string, readonly string[]> {
  const known = properByFirst.get(lexicon);
  if (known !== undefined) return known;
  const groups = new Map<string, string[]>();
  for (const word of lexicon.proper) {
    const group = groups.get(word.charAt(0));
    if (group === undefined) groups.set(word.charAt(0), [word]);
    else group.push(word);
  }
  properByFirst.set(lexicon, groups);
  return groups;
}

/** The longest word of the lexicon that starts here; undefined where none longer than `shortest` does. */
function findLonger(text: string, index: number, shortest: number, lexicon: Lexicon): string | undefined {
  for (let length = LONGEST_WORD; length > shortest; length -= 1) {
    const word = text.slice(index, index + length);
    if (word.length === length && lexicon.vocabulary.has(word)) return word;
  }
  return undefined;
}

/** Whether what looks like a name is part of a person's (玉环 in 杨玉环), or runs into another that the dictionary sees there (天台 in 明天台州). */
function isOfOther(name: string, at: number, words: readonly TaggedWord[], lexicon: Lexicon): boolean {
  let start = 0;
  for (const { word, tag } of words) {
    const end = start + word.length;
    if (start <= at && at + name.length <= end && word.length > name.length && tag === 'nr') return true;
    if (start > at && start < at + name.length && end > at + name.length && (lexicon.places.has(word) || lexicon.names.has(word))) return true;
    start = end;
  }
  return false;
}

/** What people say around a name (〔分给〕初中) is looked for so far before it and behind it. */
const AROUND_NAME = { before: 6, behind: 4 } as const;

/** Where a phrase begins and ends that people say around the name from `index` to `end`, on a word's border from `from` on; undefined where there is none. */
function findAround(text: string, from: number, index: number, end: number, words: readonly TaggedWord[], lexicon: Lexicon): readonly [number, number] | undefined {
  let start = 0;
  for (const { word } of words) {
    if (start >= index) return undefined;
    if (start >= from && index - start <= AROUND_NAME.before) {
      for (let last = Math.min(text.length, end + AROUND_NAME.behind); last >= end; last -= 1) if (lexicon.phrases.has(text.slice(start, last))) return [start, last];
    }
    start += word.length;
  }
  return undefined;
}

/** Places, names and levels stand out even where segmentation would cut them in two (跟上海 → 跟上|海). */
export function* cutAtNames(text: string, lexicon: Lexicon): Generator<TaggedWord> {
  const proper = groupProper(lexicon);
  let from = 0;
  let words: readonly TaggedWord[] | undefined;
  for (let index = 0; index < text.length; ) {
    const name = proper.get(text.charAt(index))?.find((candidate) => text.startsWith(candidate, index));
    if (name !== undefined) words ??= tagWords(text);
    if (name === undefined || isOfOther(name, index, words ?? [], lexicon)) {
      index += 1;
      continue;
    }
    const around = lexicon.phrases.size === 0 ? undefined : findAround(text, from, index, index + name.length, words ?? [], lexicon);
    if (around !== undefined) {
      const [start, end] = around;
      if (start > from) yield* joinPhrases(mendCuts(tagWords(text.slice(from, start)), lexicon), lexicon);
      yield { word: text.slice(start, end), tag: TURN_OF_SPEECH };
      index = end;
      from = end;
      continue;
    }
    const word = findLonger(text, index, name.length, lexicon) ?? name;
    if (index > from) yield* joinPhrases(mendCuts(tagWords(text.slice(from, index)), lexicon), lexicon);
    yield { word, tag: '' };
    index += word.length;
    from = index;
  }
  // What no name cuts was perhaps tagged as a whole already.
  if (from < text.length) yield* joinPhrases(mendCuts((from === 0 ? words : undefined) ?? tagWords(text.slice(from)), lexicon), lexicon);
}
