import { foldForMatching, foldToLetters } from '../text/normalize.ts';
import type { Alignment } from './alignment.ts';
import type { CitedText } from './cited-text.ts';
import { isTopical, type ClaimClause } from './claim-words.ts';
import type { ReadClause } from './clauses.ts';
import type { FigureMatter } from './figure-places.ts';
import type { Problem } from './problems.ts';
import { tagWordsOnce } from './tagged-words.ts';

const TITLE = /[《〈]([^《》〈〉]{1,80})[》〉]/g;
const QUOTED = /[“「『‘"]([^“”「」『』‘’"]{1,60})[”」』’"]/g;
const LATIN = /[a-z][a-z0-9+.-]*/g;
/** Whole of an area, where the cited text speaks of parts of it. */
const WHOLE = /全市|全省|全国|全县|全区|各县|各地|所有|全部|全体|一律/g;
/** Words of a place's kind, not its name. */
const NOT_PLACES = /^(?:全市|全省|全县|全区|市区|城区|县域|地区|社区|小区|城镇|乡镇|乡村|农村|学区|校区|园区|城乡|市县|省市|市级|省级|县级|国家|长三角|省内|市内|县区|新建)$/;

/** Titles, quoted names and Latin words stand in the cited text or its headings. */
export function checkNames(text: string, cited: CitedText, letters: readonly string[]): Problem[] {
  const known = [...letters, foldToLetters(cited.headings), foldToLetters(cited.setting)];
  const named = [...text.matchAll(TITLE), ...text.matchAll(QUOTED)].map((match) => match[1] ?? '');
  const missing = named.filter((name) => !known.some((other) => other.includes(foldToLetters(name))));
  const around = `${cited.folded}\n${cited.headings}\n${cited.setting}`;
  const latin = [...foldForMatching(text).matchAll(LATIN)].map(([word]) => word).filter((word) => !around.includes(word));
  return [...missing, ...latin].map((found) => ({ kind: 'name', found }));
}

/**
 * Places and other names of a clause stand in the cited clauses that it was made of, and a clause about one place isn't told of another.
 * `names` are proper names to look out for, folded (the lexicon's); places are also told by their part of speech.
 */
export function checkPlaces({ clause, claim, cited }: FigureMatter, { main, sources }: Alignment, names: readonly string[]): Problem[] {
  const problems: Problem[] = [];
  if (isTopical(clause)) return problems;
  const before = claim.slice(0, claim.indexOf(clause)).filter((other) => other.sentence === clause.sentence);
  const topical = [...before.filter(({ contexts }) => contexts.length === 0), clause];
  const told = findNames(clause.written, names);
  const all = new Set(topical.flatMap(({ written }) => findNames(written, names)));
  // A clause without a name of its own goes on speaking of those named last.
  const lastNamed = all.size > 0 ? [] : before.map(({ written }) => findNames(written, names));
  for (const name of lastNamed.findLast((found) => found.length > 0) ?? []) all.add(name);
  for (const name of told) {
    const isThere = sources.some((source) => holds(source, name, names, cited));
    const isGiven = isSettingPlace(name, cited) && !sources.some((source) => opensWithPlace(source, names, cited));
    if (!isThere && !isGiven && !cited.headings.includes(name)) problems.push({ kind: 'place', found: name });
  }
  for (const source of sources) {
    const named = findNames(source.written, names).filter((name) => !isSettingPlace(name, cited));
    const places = named.filter((name) => source === main || opensWith(source, name));
    const isOfPlaces = places.length > 0 && opensWithPlace(source, names, cited);
    if (isOfPlaces && !places.some((name) => all.has(name))) problems.push({ kind: 'place', found: places.join('、') });
  }
  const there = sources.map(({ written }) => written).join(',');
  for (const [word] of clause.written.matchAll(WHOLE)) {
    const isCited = there.includes(word) || (/^(?:全部|所有|全体|一律)$/.test(word) && /全部|所有|全体|一律|全面|全覆盖|各/.test(there));
    const isHarmless = /^全[市省县区]$/.test(word) && !sources.some((source) => opensWithPlace(source, names, cited));
    if (!isCited && !isHarmless) problems.push({ kind: 'place', found: word });
  }
  return problems;
}

/** Who is to do it: 由图书馆承担. */
const AGENT = /由([一-龥]{2,16}?)(?:共同|分别|具体|统一)?(?=承担|负责|牵头|组织|实施|约谈|提出|审批|办理|发放|确定|制定)/g;

/** Whoever is said to do it is whom the cited clauses say to do it. */
export function checkAgents(clause: ClaimClause, { sources }: Alignment): Problem[] {
  const agents = sources.flatMap(({ written }) => [...written.matchAll(AGENT)].map((match) => match[1] ?? ''));
  if (agents.length === 0) return [];
  const told = [...clause.written.matchAll(AGENT)].map((match) => match[1] ?? '');
  return told.filter((agent) => !agents.some((other) => other.includes(agent.slice(-2)))).map((found) => ({ kind: 'name', found }));
}

/** 台州市 for a notice of 台州. */
function isSettingPlace(name: string, { setting }: CitedText): boolean {
  return setting.includes(name) || (name.length > 2 && /[省市县区镇]$/.test(name) && setting.includes(name.slice(0, -1)));
}

function findNames(text: string, names: readonly string[]): string[] {
  const folded = foldForMatching(text);
  const known = names.filter((name) => folded.includes(name));
  const places = tagWordsOnce(folded).filter(({ word, tag }) => tag === 'ns' && word.length > 1 && !NOT_PLACES.test(word));
  return [...new Set([...known, ...places.map(({ word }) => word)])];
}

/** In the clause itself, or in what names its topic where it names no place of its own. */
function holds(source: ReadClause, name: string, names: readonly string[], cited: CitedText): boolean {
  if (source.folded.includes(name)) return true;
  const isTopic = name.length > 1 && [...source.topic].some((pair) => name.startsWith(pair)) && cited.folded.includes(name);
  return isTopic && !opensWithPlace(source, names, cited);
}

function opensWith(source: ReadClause, name: string): boolean {
  const at = source.folded.indexOf(name);
  return at >= 0 && at <= 8;
}

/** A clause that is about certain places, named at its opening (路桥、玉环完成申报). */
function opensWithPlace(source: ReadClause, names: readonly string[], cited: CitedText): boolean {
  return findNames(source.written, names).some((name) => source.folded.startsWith(name) && !isSettingPlace(name, cited));
}
