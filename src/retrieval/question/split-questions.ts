import type { Lexicon } from '../../corpus/lexicon.ts';
import { foldForMatching } from '../../text/normalize.ts';
import { tagWords } from '../../text/segment.ts';
import type { TaggedWord } from '../../text/segment.ts';
import { asksOnlyByHowMuch, parseComparison } from './comparison.ts';
import { cutAtNames } from './cut-words.ts';
import { isBare, resolveFollowUp } from './follow-up.ts';

const ASKS = /给我(?:一个|个|一下|发)|发我|多少|多[长大高深宽远重久快](?!型|数|学|家|会)|什么|哪|几|谁|怎么|怎样|如何|啥|咋|吗|呢|是否|是不是|有没有|要不要|能不能|会不会|可不可以|用不用|何时|多久|还是|有无/u;
/** 「幼师持证率?」 asks for it by its name alone. */
const NAMES_MEASURE = /(?:率|面|比例|占比|数量|人数|总数|金额|总额|时间|单位|地点)[?？]$/u;
const SHORTEST_PART = 5;
const MOST_PARTS = 5;

/**
 * The questions of one message, in order: parted at question marks, semicolons and line breaks where each part asks something.
 * Questions between commas are parted where each names its own subject (普惠园覆盖率多少,老年学位新增多少), is joined as another one (还有…), or
 * goes on with what the one before asked (等级园呢), which the lexicon helps to put in. One that asks once stays whole. At most five.
 */
export function splitQuestions(text: string, lexicon?: Lexicon, isComparison = parseComparison(text) !== undefined): string[] {
  const parts = joinTails(text.split(/(?<=[?？])|[;；\n]/u).map((part) => part.trim()).filter((part) => foldForMatching(part) !== ''));
  const allAsk = parts.length > 1 && parts.length <= MOST_PARTS && parts.every((part, index) => ((foldForMatching(part).length >= SHORTEST_PART || (index > 0 && isBare(foldForMatching(part)))) && (ASKS.test(part) || NAMES_MEASURE.test(part))) || (index > 0 && goesOn(part)));
  if (parts.length === 1 && isComparison) return [text];
  if (allAsk) return resolveParts(parts.flatMap((part) => splitQuestions(part, lexicon)), lexicon, leansOnFirst);
  const clauses = text.split(/[,，]|(?<=\p{Script=Han})\s+(?=\p{Script=Han})/u).map((part) => part.trim()).filter((part) => part !== '');
  const bare = clauses.map((part) => part.replace(CONNECTS, ''));
  const areQuestions = clauses.length > 1 && clauses.length <= MOST_PARTS && bare.every((part, index) => standsAlone(part) || (index > 0 && (goesOn(part) || (part !== clauses[index] && asks(part)))) || (index === 0 && asks(part) && clauses.slice(1).every(isJoined)));
  if (!areQuestions) return [text];
  // 「普惠园覆盖面多少,等级园呢」: the second is asked as the first.
  return bare.map((part, index) => (index > 0 && goesOn(part) && lexicon !== undefined ? resolveFollowUp([{ role: 'user', content: bare[index - 1] ?? '' }], part, lexicon) : part));
}

/** 「哪边床位多?多多少张?」 is one question: by how much is asked of what was asked before. */
function joinTails(parts: readonly string[]): string[] {
  const joined: string[] = [];
  for (const part of parts) {
    const before = joined.at(-1);
    if (before !== undefined && asksOnlyByHowMuch(part)) joined.splice(-1, 1, `${before}${part}`);
    else joined.push(part);
  }
  return joined;
}

/** Each part as it stands by itself: what it leaves unsaid is taken from those before it. */
function resolveParts(parts: readonly string[], lexicon: Lexicon | undefined, leans: (part: string) => boolean): string[] {
  if (lexicon === undefined) return [...parts];
  return parts.map((part, index) => (leans(part) ? resolveFollowUp(parts.slice(0, index).map((content) => ({ role: 'user', content })), part, lexicon) : part));
}

/** Names no thing of its own (几点能打), or goes on with what was asked. */
const leansOnFirst = (part: string): boolean => goesOn(part) || (!namesThing(part) && isBare(foldForMatching(part)));
/** 「等级园呢」, 「比去年多多少」: asked as what stands before it. */
const goesOn = (part: string): boolean => /^(?:\p{Script=Han}[\p{Script=Han}\d]{1,11}呢|比(?:去年|上年|前年|往年|以前|之前|上一年).{1,10})[?？]?$/u.test(foldForMatching(part));
const asks = (part: string): boolean => foldForMatching(part).length >= SHORTEST_CLAUSE && ASKS.test(part);
const isJoined = (part: string): boolean => CONNECTS.test(part) || goesOn(part);

/** What asks, with the classifier that belongs to it. */
const INTERROGATIVE = /(?:多少|(?<![第好])几(?=[个所名家门项件次座台张条支套间户辆种位岁天年月级成处本部倍元块])|百分之几|多[大高长深宽远重久]|什么时候|啥时候|何时|哪(?:里|儿|个|些|天|年|月|家|所|位|一)|谁|怎么|如何|什么|啥)/gu;
const JOINT = /[、,，;；]|(?<=\p{Script=Han})\s+(?=\p{Script=Han})|以及|还有|(?<=\p{Script=Han}{2})(?:和|与|跟|及)/gu;

/**
 * The questions that may be asked in one breath (老年大学新建几个、老年学位增加多少; 线路多长、什么时候开): parted at joints so that each part asks once.
 * Each as it stands by itself. Empty where the text asks only once. Whether they are questions of their own, only their answers tell.
 */
export function splitLoosely(text: string, lexicon: Lexicon): readonly LoosePart[] {
  const places = [...text.matchAll(INTERROGATIVE)].map(({ index }) => index);
  if (FROM_TO.test(text)) return [];
  if (places.length < 2) return distribute(text, lexicon);
  const cuts: number[] = [];
  for (const [order, from] of places.slice(0, -1).entries()) {
    const joints = [...text.slice(from, places[order + 1]).matchAll(JOINT)];
    const cut = joints.find(([mark]) => mark.length > 1 || /\p{P}/u.test(mark)) ?? joints[0];
    if (cut !== undefined) cuts.push(from + cut.index);
  }
  if (cuts.length === 0 || cuts.length >= MOST_PARTS) return [];
  const last = text.slice(cuts.at(-1)).replace(OPENING_JOINT, '');
  if (ASKS_AGAIN.test(foldForMatching(last))) return cuts.length > 1 ? splitLoosely(text.slice(0, cuts.at(-1)), lexicon) : [];
  const parts = [...cuts, text.length].map((to, order) => text.slice(order === 0 ? 0 : cuts[order - 1], to).replace(OPENING_JOINT, '').trim());
  return parts.some((part) => foldForMatching(part).length < SHORTEST_LOOSE) ? [] : resolveParts(parts, lexicon, () => true).map((part, order) => {
    const said = order > 0 && part === parts[order] && !namesThing(part) ? [readOpening(parts[0] ?? ''), part].filter((each) => each !== '').join(',') : part;
    return { text: said, leans: said !== parts[order], name: '' };
  });
}

const FROM_TO = /从(?:多少|几).{0,6}?[到至](?:多少|几)/u;
const namesThing = (part: string): boolean => tagWords(foldForMatching(part)).some((word) => isNoun(word) || word.tag.startsWith('ns'));

/** The nouns that a question opens with: 茶园新扩多少. */
function readOpening(part: string): string {
  const words = tagWords(foldForMatching(part));
  const end = words.findIndex((word) => !isNoun(word) && !/^[bsm]/u.test(word.tag));
  return words.slice(0, end < 0 ? words.length : end).map(({ word }) => word).join('');
}

/** A question that may be one of several. */
export interface LoosePart {
  readonly text: string;
  /** Its subject is that of a part before it. */
  readonly leans: boolean;
  /** What it names where the same is asked of things side by side; else empty. */
  readonly name: string;
}

/** Two things side by side, of which the same is asked: 〔普惠园〕和〔等级园〕覆盖面多少. */
const SIDE_BY_SIDE = /^(?!.*(?:第几|相?差|比.{1,8}[多少高低]))(?<left>[^,，、。?？“”]{2,12}?)(?<![里中头面])(?:、|和|与|跟|(?<!普|涉|触|顾)及|以及)(?<right>[^,，、。?？“”]{3,30})$/u;
const FIGURE_ASKED = /(?:多少|百分之几|(?<!哪)几(?=[个所名家门项件次座台张条支套间户辆种位岁天年月级成处本部倍元块]))/u;
/** 标准化学校比例和…: measured by something of its own. */
const MEASURED = /(?:率|面|比例|占比|数量|人数|总数|额|值|数)$/u;
const ASKED_OF_EACH = /(?:分别|各自|各)?(?:是|为|有|要|达到?|到)?(?:多少|百分之几|几).*$/u;
const EACH = /分别|各自|各(?=[是为有要得建补奖设配占达多几])/gu;

const ofEach = (name: string, text: string): LoosePart => ({ text, name, leans: false });

/** 「甲和乙,床位各多少张」: what is asked of each stands behind a comma. */
const ASKED_BEHIND = /^(?<left>[^,，、。?？“”]{2,12}?)(?:、|和|与|跟|及|以及)(?<right>[^,，、。?？“”]{2,12}?)[,，](?<asked>[^,，]{0,8}(?:分别|各自|各)(?:是|有|为)?(?:多少|几).*)$/u;

/** 「甲和乙覆盖面多少」 asks of each the same; empty where nothing stands side by side. */
function distribute(text: string, lexicon: Lexicon): readonly LoosePart[] {
  const { left: one, right: other, asked } = ASKED_BEHIND.exec(text.replace(/[?？。\s]+$/u, ''))?.groups ?? {};
  if (one !== undefined && other !== undefined && asked !== undefined) return [ofEach(one, `${one}${asked.replace(EACH, '')}`), ofEach(other, `${other}${asked.replace(EACH, '')}`)];
  const { left = '', right = '' } = FIGURE_ASKED.test(text) ? (SIDE_BY_SIDE.exec(text.replace(/[?？。\s]+$/u, ''))?.groups ?? {}) : {};
  const [first] = right === '' ? [] : [...cutAtNames(foldForMatching(right), lexicon)];
  if (first === undefined || first.word.length < 2 || /^[vpdcmu]/u.test(first.tag) || FIGURE_ASKED.test(left)) return [];
  if (MEASURED.test(left)) return [ofEach(left, `${left}${ASKED_OF_EACH.exec(right)?.[0].replace(EACH, '') ?? ''}`), ofEach(first.word, right.replace(EACH, ''))];
  // 普惠园和等级园: both end in the same word, wherever segmentation cuts.
  const length = first.word.length + Number(right.charAt(first.word.length) === left.at(-1));
  const tail = right.slice(length).replace(EACH, '');
  return [ofEach(left, `${left}${tail}`), ofEach(right.slice(0, length), `${right.slice(0, length)}${tail}`)];
}

/** 「讲了几种育人,是哪几种」 asks for the same twice. */
const ASKS_AGAIN = /^(?:都|又|分别)?(?:是|叫|有)?(?:哪(?:几|些|两|三|四)?\p{Script=Han}{0,2}|什么|啥|谁)(?:呢|啊)?[?？。]?$/u;
const OPENING_JOINT = /^(?:[、,，;；\s]|以及|还有|和|与|跟|及)+/u;
const SHORTEST_LOOSE = 3;

/** A question between commas that names its own subject, and asks for it in words that need nothing before them. */
function standsAlone(part: string): boolean {
  const folded = foldForMatching(part);
  if (/^\d/u.test(folded) || folded.length < SHORTEST_CLAUSE || !(ASKS_PLAINLY.test(folded) || ASKS_THING.test(folded) || OPENS_ASKING.test(folded))) return false;
  if (OPENS_ASKING.test(folded)) return true;
  const [first, second] = tagWords(folded);
  return first !== undefined && (isNoun(first) || (second !== undefined && /^[abmtsf]/u.test(first.tag) && isNoun(second)));
}

const SHORTEST_CLAUSE = 6;
/** 还有, 另外: what only joins a question to the one before. */
const CONNECTS = /^(?:还有|另外|以及|再问(?:一)?下|顺便(?:问(?:一)?下)?|然后)/u;
const OPENS_ASKING = /^(?:哪几个|哪些|谁|哪个).{3,}/u;
const ASKS_THING = /(?:是|落实|叫|按|根据|用)(?:的)?(?:哪(?:个|项|份)|什么)\p{Script=Han}{1,4}[?？。]?$/u;
const ASKS_PLAINLY = /(?:(?:多少|几)\p{Script=Han}{0,4}|什么时候|哪些|谁|哪几\p{Script=Han}{0,4}|怎么样|吗)[?？。]?$/u;
const isNoun = ({ word, tag }: TaggedWord): boolean => word.length > 1 && (tag.startsWith('n') || tag === 'x');
