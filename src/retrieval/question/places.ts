import type { Lexicon } from '../../corpus/lexicon.ts';
import type { TaggedWord } from '../../text/segment.ts';

const ADMINISTRATIVE = /^\p{Script=Han}{2,6}[省市县区州盟旗]$/u;
export const COUNTY_SUFFIX = new Set(['县', '区', '市']);
const PROPER_TAG = /^(?:n[srz]t?|x)$/u;
const LOCALITY_SUFFIX = new Set(['街道', '镇', '乡']);
const LOCALITY = /^\p{Script=Han}{2,4}(?:街道|镇|乡)$/u;
/** Who a question opens with: 「澄湖县今年…」. */
const OPENING_PLACE = /^(?:那|请问|咱们?|我们?)?(?![全本我们各该每外市省哪几那这某])(\p{Script=Han}{2}[县区市镇乡]|\p{Script=Han}{2,3}街道)(?=今年|明年|去年|要|能|有|的|会|在|建|新|多|几|,)/u;
/** What ends like a place and names none. */
const NOT_PLACES = new Set(
  (
    '社区 小区 城区 市区 校区 地区 片区 园区 山区 郊区 全市 全省 全县 全区 农村 乡村 乡镇 城乡 ' +
    '县域 服务区 实验区 责任区 薄弱地区 院区 自习区 主城区 开发区 山区村 中考 高考 县市区 乡镇街道 镇街道 各街道 本街道 城镇 各乡镇'
  ).split(' '),
);
const ANY_CITY = /^(?:大|小|别的|其他|外地|哪个|周边|中心|城|一线|新)?(?:城市|县城|城镇|乡镇|地区)$/u;
const WIDER_THAN_A_CITY = /^全[省国球]$/u;

/** Words of plans that stand before 街道 and 乡镇 by chance (旧改方案街道拍板就行). */
const NO_NAMES = new Set('方案 项目 工程 相关 有关 各个 所有 属地 全部 部门 社区 单位 政府 主要 通知 文件'.split(' '));

/** 古城 + 街道; with 县, 区 and 市 only behind what looks like a proper name (北屿区, but not 实验区). */
export function isLocality({ word, tag }: TaggedWord, suffix: string): boolean {
  if (NO_NAMES.has(word)) return false;
  if (LOCALITY_SUFFIX.has(suffix)) return LOCALITY.test(`${word}${suffix}`);
  return COUNTY_SUFFIX.has(suffix) && /^\p{Script=Han}{2,3}$/u.test(word) && PROPER_TAG.test(tag) && !NOT_PLACES.has(`${word}${suffix}`);
}

/** Whether a word names a place: by the lexicon, by the dictionary with a suffix of administration, or as a locality. */
export function isPlace(word: string, tag: string, lexicon: Lexicon): boolean {
  if (WIDER_THAN_A_CITY.test(word) || lexicon.places.has(word)) return true;
  if (NOT_PLACES.has(word) || ANY_CITY.test(word)) return false;
  return LOCALITY.test(word) || (tag === 'ns' && ADMINISTRATIVE.test(word) && !lexicon.vocabulary.has(word));
}

/** The place that a folded question opens with, though neither lexicon nor dictionary know it; undefined where there is none. */
export function findOpeningPlace(folded: string, lexicon: Lexicon): string | undefined {
  const opening = OPENING_PLACE.exec(folded)?.[1];
  return opening === undefined || NOT_PLACES.has(opening) || lexicon.vocabulary.has(opening) || lexicon.places.has(opening.slice(0, -1)) ? undefined : opening;
}
