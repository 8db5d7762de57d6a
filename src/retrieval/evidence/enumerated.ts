import { parseNumeral } from '../../text/numerals.ts';

/** Names side by side: 黄岩、三门; 永宁中学、三梅中学; at the end they may run into what is said of them. */
const RUN = /[\p{Script=Han}A-Za-z0-9“”]{1,16}(?:、[\p{Script=Han}A-Za-z0-9“”]{1,24})+/gu;
const LAST_JOINT = /(?:和|与|及|以及)/u;
const LONGEST_NAME = 8;
/** What names of places and institutions end in. */
const ENDS_A_NAME = /[县市区镇乡村街路校园院馆所站场厂店港湾山河湖库桥线局委办]$/u;
/** 等11座 is stated, and 等 by itself says that there are more. */
const IS_OPEN = /等(?![级奖次])|以上/u;
/** Where names stand in a row before what is done there, or by them: 在甲、乙、丙试点, 对制动、转向、轮胎进行检查. */
const FRAMES_NAMES = /(?:在|由|对|于|为|向|从|涉及|覆盖|涵盖|包括)[^、在由对于为向从]{1,10}$/u;
const GENERAL = /^(?:地方|地点|区域|单位|部门|方面|部位|人|情况|情形|机构|环节)$/u;
/** 「各设一个」: one for each of the names. */
const ONE_EACH = /(?:各|分别|均|都)(?:自|新)?\p{Script=Han}{0,4}(?:一|1)(?:个|处|家|所|座|间|名|台|套|支|条|辆)/u;
/** 「各设两个」: there are more of what is set up than names. */
const SOME_EACH = /(?:各|分别)(?:自|新)?\p{Script=Han}{0,4}?(?:\d|[一两二三四五六七八九十])/u;
const tellsSomeEach = (text: string): boolean => SOME_EACH.test(text) && !ONE_EACH.test(text);
const FROM_EACH = /(?:各|分别|均|都(?!市)).*$/u;
const FEWEST_FRAMED = 3;

/** Whether both names end in the same word, whatever stands behind the second: 永宁中学 and 三梅中学项目. */
function areOfOneKind(left: string, right: string): boolean {
  const kind = ENDS_A_NAME.test(left) ? left.slice(-1) : left.slice(-2);
  return left.length > kind.length && right.slice(1, LONGEST_NAME).includes(kind);
}

/** The only run of names in a text; undefined where there is none, or several. */
function findRun(text: string): { readonly run: string; readonly start: number } | undefined {
  const [found, other] = text.matchAll(RUN);
  return found === undefined || other !== undefined ? undefined : { run: found[0], start: found.index };
}

/** The last name by itself, or the last two where a joint closes the enumeration between names of the kind; undefined where a joint may stand within a name. */
function splitLast(first: string, last: string): readonly string[] | undefined {
  const joined = last.split(LAST_JOINT);
  if (joined.length === 1) return joined;
  return joined.length === 2 && areOfOneKind(first, joined[0] ?? '') && areOfOneKind(first, joined[1] ?? '') ? joined : undefined;
}

/** 行政、技术、巡查三个责任人: so many as are named. */
const STATED = /等?(?<number>[两二三四五六七八九十]|\d{1,2})(?:个|种|类|项|条|位|名|处|家|所|大|方面)?(?:方面)?$/u;
const valueOf = (number: string): number | undefined => (/^\d/u.test(number) ? Number(number) : parseNumeral(number.replace('两', '二')));

/** How many names a text enumerates which end with the noun that they are called by (北斗定位、车载视频和5G传输设备); undefined where it enumerates none so. */
export function countCalled(text: string, noun: string): number | undefined {
  if (tellsSomeEach(text)) return undefined;
  for (const [run] of text.matchAll(RUN)) {
    const listed = run.split('、');
    const last = listed.pop() ?? '';
    const at = last.lastIndexOf(noun);
    const stated = STATED.exec(last.slice(0, Math.max(0, at)));
    const called = last.slice(0, Math.max(0, at - (stated?.[0].length ?? 0)));
    const names = called.split(LAST_JOINT);
    if (at < 0 || names.length > 2 || names.includes('') || listed.some((name) => LAST_JOINT.test(name)) || (stated === null && IS_OPEN.test(called))) continue;
    const n = listed.length + names.length;
    if (stated === null || valueOf(stated.groups?.['number'] ?? '') === n) return n;
  }
  return undefined;
}

/** 「缴存方式分为按月缴、按季缴和一次性缴三种」: the noun stands before what it is divided into. */
const DIVIDED = /^(?:主要|具体|一般|可)?(?<verb>分为|分成|分|包括|有)(?<names>[\p{Script=Han}A-Za-z0-9“”]{1,16}(?:、[\p{Script=Han}A-Za-z0-9“”]{1,16})*(?:和|与|及|以及|、)[\p{Script=Han}A-Za-z0-9“”]{1,16}?)(?:等?(?<number>[两二三四五六七八九十]|\d{1,2})(?:个|种|类|项|条|样|档|级))?$/u;

/** How many kinds of what the noun names a text divides it into, where its number agrees; undefined where it divides it into none. */
export function countDivided(text: string, noun: string): number | undefined {
  const at = text.indexOf(noun);
  const { names, number, verb } = (at < 0 ? undefined : DIVIDED.exec(text.slice(at + noun.length))?.groups) ?? {};
  if (names === undefined) return undefined;
  const listed = names.split('、');
  const last = listed.pop()?.split(LAST_JOINT) ?? [];
  const n = listed.length + last.length;
  const isAll = number === undefined ? verb === '分为' && !IS_OPEN.test(names) : valueOf(number) === n;
  return isAll ? n : undefined;
}

/** What a clause enumerates may be asked for by the noun that all are called by, and be places at its beginning. */
export interface Asked {
  readonly noun?: string | undefined;
  readonly places?: readonly string[];
}

/**
 * How many names a clause enumerates; undefined where that can't be told by code alone: several enumerations, names of different kinds, or a joint that
 * may stand within a name.
 */
export function countNames(text: string, { noun, places = [] }: Asked): number | undefined {
  const found = findRun(text);
  if (found === undefined || IS_OPEN.test(found.run) || tellsSomeEach(text)) return undefined;
  const listed = found.run.replace(FROM_EACH, '').split('、');
  const [first = ''] = listed;
  const before = text.slice(0, found.start);
  const last = splitLast(first, listed.pop() ?? '');
  if (last === undefined || listed.some((name) => LAST_JOINT.test(name) && name !== first)) return undefined;
  const names = [...listed, ...last];
  const isLabelled = /[:：]$/u.test(before) && /^[)）。;；]*$/u.test(text.slice(found.start + found.run.length));
  const isFramed = FRAMES_NAMES.test(first) && names.length >= FEWEST_FRAMED && ((noun !== undefined && GENERAL.test(noun)) || ONE_EACH.test(found.run));
  const isOfPlaces = places.some((place) => found.run.startsWith(place));
  const isAlike = names.slice(1).every((name) => areOfOneKind(first, name));
  return isLabelled || isFramed || isOfPlaces || isAlike ? names.length : undefined;
}

/** Whether a text tells one for each of the names before it, so that its figure is none of all. */
export const tellsOneEach = (text: string): boolean => ONE_EACH.test(text) && /、/u.test(text);
