import type { AlignedClause } from './alignment.ts';
import { measureOverlap, type CitedText } from './cited-text.ts';
import { contentPairs, isTopical } from './claim-words.ts';
import { pairsOf, type ReadClause } from './clauses.ts';
import { LIGHT_DEEDS, findVerb, says } from './deed-words.ts';
import { readDeeds, readWords, type ClauseWord, type Deed } from './deeds.ts';
import type { Problem } from './problems.ts';

/** In front of what isn't who does it: 对, 通过, 在; and behind it: 方面, 期间. */
const NOT_A_DOER = /^(?:对|将|把|通过|在|为|给|向|从|按|以|经|凭|于|用|针对|围绕|依托|根据)|(?:方面|期间|[中上内后前时起]|(?<![省市县区镇乡])里)$|被|受到|得到/;
/** Behind these, a verb belongs to what is told of something. */
const PREDICATES = /^(?:是|为|有|占|达|达到|包括|低于|高于|超过|少于|不少于|不低于|不超过|不高于)$/;
/** When, how much and how: words beside who does it. */
const BESIDE = /^(?:t|m|d|c|p|u|r|q)/;
const TIMES = /^(?:[年月]?[底末初]前?|[年月日]前|前|以[上下内外后来前])$/;
/** Organs of state: named as who does it, they don't stand for what it is done to. */
const ORGAN = /(?:[一-龥](?:部|委|局|厅|署)|政府|国务院|中央|省里|市里|县里)$/;
const WHOLES = /^全[市省县区国]$/;
/** Verbs that say who does it, even without an object. */
const OFFICES = /^(?:牵头|负责|承办|承建|承担|配合|主办|协办|主管|监督)$/;
/** Share of the doer's letters that may stand elsewhere: another order, a shorter name. */
const TOLERANCE = 0.34;

/** Whoever is said to do something does it there, or the notice speaks of them in front of it. */
export function checkDoers(claim: readonly AlignedClause[], cited: CitedText): Problem[] {
  const problems: Problem[] = [];
  for (const { clause } of claim) {
    if (isTopical(clause)) continue;
    const words = readWords(clause.written);
    for (const deed of readDeeds(words)) {
      const doer = findDoer(words, deed, clause.folded, cited);
      if (doer !== '' && !isDoer(doer, deed, cited)) problems.push({ kind: 'doer', found: doer });
    }
    const others = [...findPartners(clause.folded).filter((partner) => !isNamed(partner, cited)), ...findAbove(clause.folded, cited)];
    problems.push(...others.map((found): Problem => ({ kind: 'doer', found })));
  }
  return problems;
}

/** To whom or with whom it is done: 向市住房保障中心申请, 会同财政部门制定. */
const PARTNER = /(?:(?<![方朝面])向|(?<![预上申填])报|会同|(?<![审未已])经)([一-龥]{2,14}?(?:部门?|委员?会?|局|厅|署|政府|中心|办公室|公司|集团|学校|机构|法院|医院|协会))/gu;

function findPartners(folded: string): string[] {
  return [...folded.matchAll(PARTNER)].map((match) => match[1] ?? '');
}

/** The notice's title doesn't count: its publisher is party to nothing yet. */
function isNamed(partner: string, { folded, headings }: CitedText): boolean {
  return missing(contentPairs(partner), pairsOf(`${folded}\n${headings}`)) <= TOLERANCE;
}

/** Those above, whatever they do: 省里要求, 国家规定. */
const ABOVE = /省里|部里|国务院|中央(?!八项|厨房)|国家(?!级|标准|公园|卫生|森林|安全)|(?<![一-龥])全国(?=要求|规定|统一)|(?<=^|[,由])(?:市|县|区|镇|乡)里/gu;

function findAbove(folded: string, { folded: written, headings, setting }: CitedText): string[] {
  const isThere = (word: string): boolean => written.includes(word) || headings.includes(word) || (/^[市县区镇乡]里$/.test(word) && setting.includes(word.slice(0, 1)));
  return [...folded.matchAll(ABOVE)].map(([word]) => word).filter((word) => !isThere(word));
}

/** 由甲负责, or 甲 in front of a verb that has an object; empty where nobody is named. */
function findDoer(words: readonly ClauseWord[], { at, object, isAttribute }: Deed, folded: string, { setting }: CitedText): string {
  const before = words.slice(0, at);
  const by = before.findLastIndex(({ word }) => word.startsWith('由') && word !== '由于');
  const named = by >= 0 ? [{ word: (before[by]?.word ?? '').slice(1), tag: 'n' }, ...before.slice(by + 1)] : before;
  const isActive = by >= 0 || (!isAttribute && (contentPairs(object).size > 0 || OFFICES.test(words[at]?.word ?? '')));
  const hasEarlierDeed = readDeeds(named).length > 0;
  if (!isActive || hasEarlierDeed || named.some(({ word }) => word === '的' || PREDICATES.test(word))) return '';
  const text = named.map(({ word }) => word).join('');
  if (NOT_A_DOER.test(text)) return '';
  let doer = '';
  for (const [index, { word, tag }] of named.entries()) {
    const isUnit = word.length === 1 && named[index - 1]?.tag === 'm';
    const isBeside = isUnit || BESIDE.test(tag) || TIMES.test(word) || WHOLES.test(word) || LIGHT_DEEDS.has(word) || (tag === 'ns' && setting.includes(word.replace(/[省市县区]$/, '')));
    if (isBeside) doer += '|';
    else doer += folded.includes(doer.slice(-1) + word) ? word : `|${word}`;
  }
  return doer.replace(/^\|+|\|+$/g, '');
}

function isDoer(doer: string, deed: Deed, cited: CitedText): boolean {
  const pairs = contentPairs(doer);
  if (pairs.size === 0 || /[在于到至]$/.test(deed.verb)) return true;
  const object = contentPairs(deed.object);
  const places = cited.clauses.filter(({ folded }) => says(folded, deed.verb));
  const shares = places.map((place) => measureOverlap(object, { pairs: place.pairs }));
  const best = Math.max(0, ...shares);
  return places.some((place, index) => (shares[index] ?? 0) >= best && missing(pairs, inFront(place, deed.verb, ORGAN.test(doer), cited)) <= TOLERANCE);
}

/** All that the notice says in front of a deed, headings and title included. */
function inFront(place: ReadClause, verb: string, isOrgan: boolean, { headingPairs, setting }: CitedText): ReadonlySet<string> {
  // 店头街要推进保护修缮, for 推进店头街保护修缮, only names first what it is done to.
  const own = isOrgan || OFFICES.test(verb) ? pairsOf(place.folded.slice(0, Math.max(findVerb(place.folded, verb), place.folded.lastIndexOf(verb)))) : place.pairs;
  return new Set([...own, ...place.topic, ...place.earlier, ...headingPairs, ...pairsOf(setting)]);
}

function missing(pairs: ReadonlySet<string>, known: ReadonlySet<string>): number {
  return pairs.size === 0 ? 0 : [...pairs].filter((pair) => !known.has(pair)).length / pairs.size;
}
