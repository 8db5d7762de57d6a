import type { Span } from './notice.ts';

/** Parts of administration, and what acts in its name. */
const PLACE_NAME = /^(?:(?:全|本|各)?(?:市|省|区|县|镇|乡)(?:本级|级)?|主城区|中心城区|城区|乡镇|农村|山区|\p{Script=Han}{1,7}(?:市|区|县|街道|新区|开发区|经开区|新城)|\p{Script=Han}{1,3}(?:镇|乡|村|社区))$/u;
/** What such a place may be made into is none. */
const SORT_OF_PLACE = /示范|精品|特色|美丽|文明|卫生|未来|样板|重点|智慧|试点|园区|小区/u;
const INSTITUTION = /(?:学院|大学|学校|中学|小学|医院|院|局|委|办|中心|公司|集团|单位|部门|企业|机构|电大|财政|政府)$/u;
const PARTS = /[、和及与]/u;
const LEADING = /^(?:主城区|中心城区|城区|全市|全省|全县|全区|市本级)/u;
const NOT_AN_AGENT = /^(?:为|对|向|从|通过|依托|按照?|根据|围绕|结合|将|把|以|用|就|经|如|每|因|至|凡|未|并|深入|加快|[^\p{L}\p{N}“《(（])/u;
const LOCATION = /^(?:在|于)(?!册|校|岗|编|职|线|建)/u;
const LONGEST_AGENT = 24;

const partsOf = (words: string): string[] => words.split(PARTS).filter((part) => part !== '');

/** Whether words name a place, or several. */
export function isPlace(words: string, isKnownName: (word: string) => boolean): boolean {
  const parts = partsOf(words);
  return parts.length > 0 && parts.every((part) => isKnownName(part) || (PLACE_NAME.test(part) && !SORT_OF_PLACE.test(part)));
}

/** Whether words name places or institutions. */
export function isPlaceOrInstitution(words: string, isKnownName: (word: string) => boolean): boolean {
  const parts = partsOf(words);
  return parts.length > 0 && parts.every((part) => PLACE_NAME.test(part) || INSTITUTION.test(part) || isKnownName(part));
}

/** Who does it or where, from the words in front of the verb; empty where they tell how, or for whom. */
export function readAgent(text: string, { start, end }: Span): string {
  const words = text.slice(start, end).trim();
  const place = words.replace(LOCATION, '').replace(/(?:同时|统一|也|还|另外)$/u, '');
  if (place.length > LONGEST_AGENT || NOT_AN_AGENT.test(words)) return '';
  return place;
}

/** The place that a measured phrase begins with: 主城区 of 主城区燃煤储备, a known name. */
export function readLeadingPlace(phrase: string, isKnownName: (word: string) => boolean): string {
  const general = LEADING.exec(phrase)?.[0];
  if (general !== undefined) return general;
  for (let length = Math.min(5, phrase.length - 1); length >= 2; length -= 1) {
    const word = phrase.slice(0, length);
    if (isKnownName(word)) return /^[市县区]/u.test(phrase.slice(length)) ? phrase.slice(0, length + 1) : word;
  }
  return '';
}

const RESPONSIBLE = /(?:牵头单位|责任单位|责任部门|牵头部门|实施单位|承办单位)(?:为|是|[:：])?\s*(\p{Script=Han}{2,20})$|^由(\p{Script=Han}{2,20}?)(?:负责|牵头|承办|组织实施)/u;

/** Who answers for what the sentence told before: 牵头单位为区大数据发展中心, 由市公交集团负责; empty where a clause doesn't say. */
export function readResponsible(clause: string): string {
  const match = RESPONSIBLE.exec(clause);
  return match?.[1] ?? match?.[2] ?? '';
}
