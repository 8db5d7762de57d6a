import type { Lexicon } from '../../corpus/lexicon.ts';
import { parseFigures } from '../../text/figures.ts';
import { createMatcher, MATCH } from './match.ts';
import type { Matcher } from './match.ts';
import { findDimension } from './dimensions.ts';
import type { Term } from '../question/term.ts';

const YEAR = /(?<!\d)(?:19|20)\d{2}(?!\d|行动|规划|远景|愿景|战略|纲要)/u;
const ALL_YEARS = new RegExp(YEAR, 'gu');

/** Years that are told from the notice's own. */
const YEARS_AWAY = new Map([['前年', -2], ['去年', -1], ['上年', -1], ['上一年', -1], ['明年', 1], ['下一年', 1], ['后年', 2]]);

/** 比上年增长12% tells nothing of the year before. */
const LAST_YEAR = /(?<![比较与和同])去年|(?<![以比较与和同])上一?年/u;

/** 明年 without the year that it counts from. */
const NEXT_YEAR = /次年|下一?年(?!级)/u;

/** How far a year counts that only the notice's title or date names. */
const FRAMED_YEAR = 0.5;

/** Whether folded text names any year. */
export const namesYear = (folded: string): boolean => YEAR.test(folded);

/** A year is held by a text that names it, or says otherwise when it was; a text that names other years only is about those. */
export function matchYear(term: Term, near: string, far: string, noticeYear: number | undefined): number {
  const named: readonly string[] = near.match(ALL_YEARS) ?? [];
  const offset = YEARS_AWAY.get(term.text);
  const meant = offset === undefined || noticeYear === undefined ? term.text : String(noticeYear + offset);
  if ((offset === -1 && LAST_YEAR.test(near)) || (offset === 1 && NEXT_YEAR.test(near))) return 1;
  if (term.alternatives.some((other) => near.includes(other))) return MATCH.alternative;
  if (named.includes(meant) || (!/^\d/u.test(term.text) && near.includes(term.text))) return 1;
  if (named.length > 0) return 0;
  return far.includes(meant) ? FRAMED_YEAR : 0;
}

/** Each finds any of its words. */
interface LevelWords {
  /** Words that speak of the level and others as a whole. */
  readonly covering: RegExp;
  readonly same: RegExp;
  readonly other: RegExp;
}

const SPECIAL = /[.*+?^${}()|[\]\\]/g;

/** Finds any of the words in one go; nothing where there are none. */
const anyOf = (words: readonly string[]): RegExp => (words.length === 0 ? /(?!)/ : new RegExp(words.map((word) => word.replace(SPECIAL, '\\$&')).join('|')));

const levelWords = new WeakMap<Lexicon, Map<number | undefined, LevelWords>>();

/** The lexicon's words for and around a level; gathered once, since every clause is looked through for them. */
function findLevelWords(level: number | undefined, lexicon: Lexicon): LevelWords {
  const gathered = levelWords.get(lexicon) ?? new Map<number | undefined, LevelWords>();
  levelWords.set(lexicon, gathered);
  const known = gathered.get(level);
  if (known !== undefined) return known;
  const found: LevelWords = {
    covering: anyOf([...lexicon.covers].flatMap(([word, covered]) => (level !== undefined && covered.has(level) ? [word] : []))),
    same: anyOf([...lexicon.levels].flatMap(([word, other]) => (other === level ? [word] : []))),
    other: anyOf([...lexicon.levels].flatMap(([word, other]) => (other !== level && word.length > 1 ? [word] : []))),
  };
  gathered.set(level, found);
  return found;
}

/** A level is also held by a word that covers it (义务教育 covers 初中). */
function createLevelMatcher(term: Term, lexicon: Lexicon): Matcher {
  const match = createMatcher(term);
  const level = lexicon.levels.get(term.text);
  if (level === undefined) return match;
  const { covering, same } = findLevelWords(level, lexicon);
  return (folded) => {
    const direct = match(folded);
    if (direct >= MATCH.alternative) return direct;
    return covering.test(folded) ? 0.8 : same.test(folded) ? 0.9 : direct;
  };
}

/** From here on a clause holds the level itself. */
const LEVEL_HELD = 0.75;

/** A clause that speaks of another level by name is not about the one asked for, whatever stands around it. */
export function speaksOfOtherLevel(term: Term, own: number, folded: string, lexicon: Lexicon): boolean {
  if (term.role !== 'level' || own >= LEVEL_HELD) return false;
  return findLevelWords(lexicon.levels.get(term.text), lexicon).other.test(folded);
}

/** What an ordinal is written with; figures are not looked for in texts without. */
const MAY_HOLD_ORDINAL = /[第级期号届]/u;

const GRADES = '一二三四五六七八九';
const GRADE = new RegExp(`([${GRADES}])年级`, 'u');
const GRADES_FROM = new RegExp(`([${GRADES}])年级(?:及|或)?以(上|下)`, 'u');

/** 四年级 is within 三年级以上. */
function isWithinGrades(grade: number, folded: string): boolean {
  const [, from = '', way] = GRADES_FROM.exec(folded) ?? [];
  const limit = from === '' ? -1 : GRADES.indexOf(from);
  return limit >= 0 && (way === '上' ? grade >= limit : grade <= limit);
}

/** An ordinal is held by the same number of the same row, however it is written; the first one also by 首次, 首份. */
function createOrdinalMatcher({ text }: Term): Matcher {
  const [asked] = parseFigures(text);
  const grade = GRADE.exec(text)?.[1];
  const first = asked?.value === 1 && asked.unit !== '' ? `首${asked.unit}` : undefined;
  return (folded) => {
    if (folded.includes(text) || (first !== undefined && folded.includes(first))) return 1;
    if (grade !== undefined && isWithinGrades(GRADES.indexOf(grade), folded)) return 1;
    if (asked === undefined || !MAY_HOLD_ORDINAL.test(folded)) return 0;
    return parseFigures(folded).some(({ kind, value, unit }) => kind === 'ordinal' && value === asked.value && unit === asked.unit) ? 1 : 0;
  };
}

/** 凤城镇 in 「凤城、城厢、湖头3个镇」: the names of a list share what they are. */
const KIND_OF_PLACE = /^(?<name>\p{Script=Han}{2,4})(?<kind>街道|镇|乡|村)$/u;
function isListed(place: string, folded: string): boolean {
  const { name, kind } = KIND_OF_PLACE.exec(place)?.groups ?? {};
  if (name === undefined || kind === undefined || !folded.includes(name)) return false;
  const count = String.raw`等?(?:\d+|[一二两三四五六七八九十]+)`;
  const others = String.raw`(?:[、和与及,，]\p{Script=Han}{2,4}?(?:${kind})?)+`;
  const what = String.raw`个?\p{Script=Han}{0,3}${kind}`;
  return new RegExp(`${name}${others}(?:${count})?${what}|(?<=[、和与及])${name}${count}${what}`, 'u').test(folded);
}

/** A place is held by its name, not by its letters: 东港镇 is not in 东港区南岛镇, which has them. */
function createPlaceMatcher(term: Term): Matcher {
  const match = createMatcher(term);
  return (folded) => {
    const direct = match(folded);
    return direct >= MATCH.alternative ? direct : isListed(term.text, folded) ? MATCH.alternative : 0;
  };
}

/** A property is also held by a figure in a unit that tells it. */
function createWordMatcher(term: Term): Matcher {
  const match = createMatcher(term);
  const tells = findDimension(term.text);
  if (tells === undefined) return match;
  return (folded) => {
    const direct = match(folded);
    return direct < MATCH.abbreviation && folded !== '' && tells(folded) ? MATCH.abbreviation : direct;
  };
}

/** Behind the lowest step that will do: 大专〔及以上〕学历, 本科学历〔以上〕. */
const AND_ABOVE = '(?:学历|学位|文凭|毕业|证书|职称)?(?:[(（]含[)）])?(?:及其?|或者?|和)?以上';

/** A step of a ladder is also held by what takes a lower one and all above it: 博士 by 大专及以上. */
function reachAbove(match: Matcher, lower: readonly string[]): Matcher {
  const reached = new RegExp(`(?:${lower.join('|')})${AND_ABOVE}`, 'u');
  return (folded) => {
    const direct = match(folded);
    return direct < 1 && folded.includes('以上') && reached.test(folded) ? 1 : direct;
  };
}

/** A matcher of the term by what it does in the question; for years see `matchYear`. */
export function createRoleMatcher(term: Term, lexicon: Lexicon): Matcher {
  const match = matchAlone(term, lexicon);
  const lower = lexicon.lower.get(term.text);
  return lower === undefined ? match : reachAbove(match, lower);
}

function matchAlone(term: Term, lexicon: Lexicon): Matcher {
  if (term.role === 'ordinal') return createOrdinalMatcher(term);
  if (term.role === 'level') return createLevelMatcher(term, lexicon);
  return term.role === 'place' && KIND_OF_PLACE.test(term.text) ? createPlaceMatcher(term) : createWordMatcher(term);
}

/** How well one folded text holds a term, 0 to 1, by what the term does in the question. */
export const matchByRole = (term: Term, folded: string, lexicon: Lexicon): number => createRoleMatcher(term, lexicon)(folded);
