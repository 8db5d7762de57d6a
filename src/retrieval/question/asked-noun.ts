import { tagWords } from '../../text/segment.ts';

const CLASSIFIER = '(?:个|种|类|项|条|家|所|处|位|名|座|份|本|门|块|点|件|样|步|档|道|辆|台|间|片|支|次|批|级|大)?';
const ASKED = new RegExp(`(?:哪(?:些|几|[两二三四五六七八九])|什么|啥|(?<!第)几|多少)${CLASSIFIER}(?:主要|具体|不同)?(?:的)?`, 'u');
/** What stands between the noun and what asks for it: 材料〔都要〕哪些. */
const BETWEEN = /(?:都|一共|总共|共|分别|具体|主要)*(?:有|是|包括|要|分|分为|涉及|指)?(?:了)?$/u;
/** 不准收的〔费〕 */
const OWNED = /的(\p{Script=Han}{1,3})$/u;
/** What names of any kind may be called: what stands behind it is done there, or by them. */
const GENERAL = /^(?:地方|地点|单位|部门|方面|人|情况|情形|机构)$/u;
const REACH = 8;
const isNoun = (tag: string): boolean => tag.startsWith('n') || tag === 'vn' || tag === 'an' || tag === 's' || tag === 'x';

/**
 * What a folded question asks to have named or counted, by the noun beside the interrogative: 设备 of 装哪些设备, 费 of 不准收的费有哪些. Undefined
 * where it names none.
 */
export function readAskedNoun(folded: string): string | undefined {
  const asked = ASKED.exec(folded);
  if (asked === null) return undefined;
  let noun = '';
  for (const { word, tag } of tagWords(folded.slice(asked.index + asked[0].length, asked.index + asked[0].length + REACH))) {
    if (!isNoun(tag) || /[?？,，]/u.test(word)) break;
    noun = word;
    if (GENERAL.test(word)) break;
  }
  if (noun !== '') return noun;
  const before = folded.slice(0, asked.index).replace(BETWEEN, '');
  const owned = OWNED.exec(before)?.[1];
  if (owned !== undefined) return owned;
  const last = tagWords(before.slice(-REACH)).at(-1);
  return last !== undefined && isNoun(last.tag) && /\p{Script=Han}/u.test(last.word) ? last.word : undefined;
}
