import type { Lexicon } from '../../corpus/lexicon.ts';
import type { Notice } from '../../corpus/notice.ts';
import { foldForMatching } from '../../text/normalize.ts';
import { segmentKnown, segmentWhole } from '../../text/segment.ts';
import { findScopeWords } from './scope-words.ts';
import { readSounds } from '../../text/sounds.ts';

/** Corrects slips of the pen towards the words that the notices use. */
export interface Spelling {
  /** The folded question with sound-alike characters corrected; undefined where nothing is to be corrected. */
  correct(folded: string): string | undefined;
}

const sounds = new Map<string, string>();

/** Sounds that many speakers don't tell apart, and typing aids offer side by side. */
const NEAR_SOUNDS: readonly (readonly [RegExp, string])[] = [[/^zh/u, 'z'], [/^ch/u, 'c'], [/^sh/u, 's'], [/ng$/u, 'n'], [/^l/u, 'n']];

/** Characters that look alike; each group stands together. */
const LOOK_ALIKES = '体休 己已巳 未末 土士 折析 侯候 拔拨 竟竞 辨辩辫 徽微 徒徙 干千于 午牛 今令 申甲由 贷货 晴睛 待侍 遣遗 栽裁载 账帐 享亨 校交 位为 技计 住往 班斑 复覆'.split(' ');
const lookAlikes = new Map(LOOK_ALIKES.flatMap((group) => [...group].map((character) => [character, [...group].filter((other) => other !== character)] as const)));

function soundOf(character: string): string {
  const known = sounds.get(character);
  if (known !== undefined) return known;
  const plain = readSounds(character)[0] ?? character;
  const sound = NEAR_SOUNDS.reduce((heard, [pattern, replacement]) => heard.replace(pattern, replacement), plain);
  sounds.set(character, sound);
  return sound;
}

/** Words that ask, and small words around them. */
const ASKING = /多少|几\p{Script=Han}?|什么|怎么|哪\p{Script=Han}?|谁|吗|呢|吧|的|了|是|有|要|在|和|到|由|被|把|对|给|跟|不/gu;

/** No correction may deny what the question says (补得最多 is no 不得). */
const DENIES = new Set(['不', '未', '无', '非', '没', '禁']);

const HAN = /\p{Script=Han}/u;
const HAN_RUN = /\p{Script=Han}{2,}/gu;

/** How often two characters stand side by side in the notices or the lexicon, and which do within a word that only they know (银龄, 轮候). */
interface Pairs {
  readonly times: ReadonlyMap<string, number>;
  readonly coined: ReadonlySet<string>;
}

const COINED = /^\p{Script=Han}{2,3}$/u;

function* pairsIn(run: string): Generator<string> {
  for (let index = 0; index + 1 < run.length; index += 1) yield run.slice(index, index + 2);
}

function collectPairs(notices: readonly Notice[], lexicon: Lexicon): Pairs {
  const times = new Map<string, number>();
  const coined = new Set<string>();
  const collect = (text: string): void => {
    for (const [run] of text.matchAll(HAN_RUN)) for (const pair of pairsIn(run)) times.set(pair, (times.get(pair) ?? 0) + 1);
  };
  for (const notice of notices) {
    const folded = foldForMatching(notice.text);
    collect(folded);
    for (const word of new Set(segmentWhole(folded))) if (COINED.test(word) && segmentKnown(word).length > 1) for (const pair of pairsIn(word)) coined.add(pair);
  }
  for (const word of lexicon.vocabulary) collect(word);
  return { times, coined };
}

/** What stands behind each character, and before it. */
interface Neighbors {
  readonly behind: ReadonlyMap<string, ReadonlySet<string>>;
  readonly before: ReadonlyMap<string, ReadonlySet<string>>;
}

function put(into: Map<string, Set<string>>, key: string, value: string): void {
  const known = into.get(key);
  if (known === undefined) into.set(key, new Set([value]));
  else known.add(value);
}

function listNeighbors({ times }: Pairs): Neighbors {
  const behind = new Map<string, Set<string>>();
  const before = new Map<string, Set<string>>();
  for (const pair of times.keys()) {
    put(behind, pair.charAt(0), pair.charAt(1));
    put(before, pair.charAt(1), pair.charAt(0));
  }
  return { behind, before };
}

const NONE: ReadonlySet<string> = new Set();

/** Whether any character at all stands beside one of two neighbours, or (`needed` 2) between both. Mostly none does: no sounds need be read. */
function mayFit({ behind, before }: Neighbors, left: string | undefined, right: string | undefined, needed: number): boolean {
  const behindLeft = behind.get(left ?? '') ?? NONE;
  const beforeRight = before.get(right ?? '') ?? NONE;
  if (needed < 2) return behindLeft.size + beforeRight.size > 0;
  const [fewer, more] = behindLeft.size < beforeRight.size ? [behindLeft, beforeRight] : [beforeRight, behindLeft];
  for (const character of fewer) if (more.has(character)) return true;
  return false;
}

const LONGEST_QUESTION = 120;

/** Which characters the dictionary leaves standing alone. */
const findAlone = (folded: string): readonly boolean[] => segmentKnown(folded).flatMap((word) => [...word].map((_, __, characters) => characters.length === 1));

/** Which characters belong to words that ask, or name a department or the property asked for: in those no slip is suspected. */
function findAsking(folded: string, { attributes }: Lexicon): readonly boolean[] {
  const isAsking: boolean[] = [];
  const mark = (from: number, length: number): void => {
    for (let index = from; index < from + length; index += 1) isAsking[index] = true;
  };
  for (const match of folded.matchAll(ASKING)) mark(match.index, match[0].length);
  for (const { text } of findScopeWords(folded)) mark(folded.indexOf(text), text.length);
  for (const attribute of attributes) {
    const at = folded.indexOf(attribute);
    if (at >= 0) mark(at, attribute.length);
  }
  return isAsking;
}

/**
 * Puts right characters that were typed in the wrong order (策政): unknown as they stand, known the other way round and to what stands beside them, on
 * both sides where the dictionary takes one for part of a word (科特技派员). How many pairs were.
 */
function swapNeighbors(characters: string[], isAsking: readonly boolean[], isAlone: () => readonly boolean[], isKnown: (left: string | undefined, right: string | undefined) => boolean): number {
  let swapped = 0;
  for (let index = 0; index + 1 < characters.length; index += 1) {
    const [before, left, right, behind] = [characters[index - 1], characters[index], characters[index + 1], characters[index + 2]];
    if (isAsking[index] === true || isAsking[index + 1] === true || isKnown(left, right) || !isKnown(right, left)) continue;
    const fitting = Number(isKnown(before, right)) + Number(isKnown(left, behind));
    if (isKnown(before, left) || isKnown(right, behind) || fitting === 0) continue;
    if (fitting < 2 && (isAlone()[index] === false || isAlone()[index + 1] === false)) continue;
    characters.splice(index, 2, right ?? '', left ?? '');
    swapped += 1;
    index += 1;
  }
  return swapped;
}

/**
 * A slip is a character whose pairs with its neighbours are unknown to notices and lexicon, and for which a sound-alike or look-alike makes known
 * pairs: both, where the dictionary takes the slip for a word. It must become part of a word of theirs or the dictionary's (上班 is no slip for 上办), unless it
 * stood alone and fits on both sides; of several, those win that the notices write more often.
 * Other questions are left as they are.
 */
export function createSpelling(notices: readonly Notice[], lexicon: Lexicon): Spelling {
  let pairs: Pairs | undefined;
  let neighbors: Neighbors | undefined;
  let bySound: Map<string, string[]> | undefined;

  function resembling(character: string): readonly string[] {
    if (bySound === undefined) {
      bySound = new Map();
      for (const known of new Set([...(pairs?.times.keys() ?? [])].flatMap((pair) => [...pair]))) {
        const sound = soundOf(known);
        bySound.set(sound, [...(bySound.get(sound) ?? []), known]);
      }
    }
    return [...(lookAlikes.get(character) ?? []), ...(bySound.get(soundOf(character)) ?? [])].filter((other) => other !== character && !DENIES.has(other));
  }

  return {
    correct(folded) {
      if (folded.length > LONGEST_QUESTION) return undefined;
      pairs ??= collectPairs(notices, lexicon);
      neighbors ??= listNeighbors(pairs);
      const { behind } = neighbors;
      const characters = [...folded];
      const isKnown = (left: string | undefined, right: string | undefined): boolean => left !== undefined && right !== undefined && behind.get(left)?.has(right) === true;
      const timesOf = (left: string | undefined, right: string | undefined): number => pairs?.times.get(`${left}${right}`) ?? 0;
      const isAsking = findAsking(folded, lexicon);
      let isAlone: readonly boolean[] | undefined;
      let corrections = swapNeighbors(characters, isAsking, () => (isAlone ??= findAlone(folded)), isKnown);
      for (const [index, character] of characters.entries()) {
        if (!HAN.test(character) || isAsking[index] === true) continue;
        // What asks makes no word with what stands beside it (的事 is none).
        const [left, right] = [index - 1, index + 1].map((beside) => (isAsking[beside] === true ? undefined : characters[beside]));
        const known = Number(isKnown(left, character)) + Number(isKnown(character, right));
        if (known === 2) continue;
        // A character that stands alone needs one known neighbour, one inside a word that the dictionary knows must fit on both sides.
        const standsAlone = (): boolean => (isAlone ??= findAlone(folded))[index] === true;
        const needed = known === 0 && standsAlone() ? 1 : 2;
        if (!mayFit(neighbors, left, right, needed)) continue;
        const joins = (other: string): boolean => pairs?.coined.has(`${left}${other}`) === true || pairs?.coined.has(`${other}${right}`) === true || findAlone(characters.with(index, other).join(''))[index] === false;
        const scored = resembling(character)
          .map((other) => ({ other, pairs: Number(isKnown(left, other)) + Number(isKnown(other, right)) }))
          .filter((candidate) => candidate.pairs >= needed && ((candidate.pairs === 2 && standsAlone()) || joins(candidate.other)))
          .map((candidate) => ({ ...candidate, times: timesOf(left, candidate.other) + timesOf(candidate.other, right) }))
          .toSorted((first, second) => second.pairs - first.pairs || second.times - first.times);
        const best = scored[0];
        if (best === undefined || (scored[1]?.pairs === best.pairs && best.pairs === 1 && scored.length > 2)) continue;
        characters[index] = best.other;
        corrections += 1;
      }
      return corrections === 0 ? undefined : characters.join('');
    },
  };
}
