import { findFirmMisses } from './firm-misses.ts';
import { citeClauses, findKnownMisses } from './reading.ts';
import type { Point, ReadingMatter } from './reading.ts';

/** What is waived costs nothing, which is no figure: 「最低生活保障家庭免交租赁保证金」. */
export const WAIVES = /(?<!不(?:再)?(?:属于|在|列入|纳入|是|享受)[^,，。;；]{0,6})(?:免除|免交|免缴|免收|免费|免于|予以免|全免)|不得(?:再|另行|额外|向[^,，。]{1,8})?(?:收|加收)|不(?:再|另|另行|额外)?(?:收|交|缴)/u;
/** What isn't done at all is of no number: 「不招托班」. */
const NOT_DONE = /不(?:再)?(?:招|设|建|办|开|安排|新建|新增|设置|配备)(?!得|展)/u;
const WAIVED_ENOUGH = 0.6;
/** So many of the best sentences are looked at. */
const LOOKED_AT = 4;

/** The clause that waives the payment asked for, where it holds that itself and no word of the question is missing. */
export function findWaiver(matter: ReadingMatter): Point | undefined {
  if (matter.question.asked.unit !== '元' && matter.question.kind !== 'figure') return undefined;
  for (const sentence of matter.sentences.slice(0, LOOKED_AT)) {
    const index = sentence.clauses.findIndex(({ clause, own, strengths }) => (matter.question.asked.unit === '元' ? WAIVES : NOT_DONE).test(clause.text) && own >= WAIVED_ENOUGH && findFirmMisses(matter, strengths).length === 0 && findKnownMisses(matter, strengths).length === 0);
    if (index >= 0) return { span: citeClauses(sentence, index, index) };
  }
  return undefined;
}
