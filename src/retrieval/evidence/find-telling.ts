import { matchTerm } from './match.ts';
import type { ReadingMatter } from './reading.ts';
import type { ScoredSentence } from './scoring.ts';

/** A sort of thing that is asked for, and what a sentence holds that tells one. */
interface Telling {
  readonly asks: RegExp;
  readonly tells: RegExp;
}

/** Where something stands, or is to stand. */
export const TELLS_SITE = /位于|坐落|地址|地点|选址|设在|建在|搬(?:到|至)|迁(?:到|至|往)|[路街巷道]\d+号|(?:在|到|至|于)\p{Script=Han}{2,12}(?:镇|乡|街道|区|县|市|村|路|街|公园|广场|中心|学校|大学|大学城|新城|园区|站|馆|院)/u;

/** Where something is done or handed in. */
export const TELLS_ERRAND = new RegExp(`${TELLS_SITE.source}|报送|提交|送[至到交]|受理|窗口|网站|平台|小程序|办公室|[一二三四五六七八九十\\d][楼层]|[起终]点|(?:[在到至于从向:：]|设|依托)\\p{Script=Han}{1,12}(?:[院校馆园所处栏厅室楼层厂场港库店点台柜亭岗]|[中小大]学)`, 'u');

const SITE: Telling = { asks: /(?<![从由])(?:哪里|哪儿|哪个地方|什么地方|啥地方|何处)|[跑去到往上在]哪(?=$|[去来办交领报找里儿?？])|地址/u, tells: TELLS_ERRAND };
const HOLDER: Telling = {
  asks: /[归由找让给]谁|谁(?=来|去|负责|牵头|管|审|批|罚|处理|解释)|哪(?:一)?(?:个|家)?(?:部门|单位|科室|处室|股室?|科|机构|局|委|办)|归哪|由哪|找哪/u,
  tells: /由\p{Script=Han}{2,16}(?=[,，、负牵组责承审处会给予依按统在]|$)|负责|牵头|主管|承办|会同|责任(?:单位|部门|科室|人)|移送|报送|审批|审核|委托|(?:通过|[向到找])\p{Script=Han}{2,14}(?:提出|申请|申报|报名|登记|办理|领取|反映|投诉|举报|求助)/u,
};
/** 「游泳馆在哪」 of a notice that is all about it: the address at its end. */
const TELLS_ADDRESS = /(?:^|[,，;；。\s])(?:[^,，;；。]{0,8})地址[:：]|(?:位于|坐落[在于]|地处)/u;
const HELD = 0.9;

/** Whether the question names nothing but what the notice is all about, by its title. */
function isOfNotice({ scene }: ScoredSentence, terms: ReadingMatter['terms']): boolean {
  const things = terms.filter(({ term }) => (term.role === 'content' || term.role === 'name' || term.role === 'place') && term.text.length > 1);
  return things.length > 0 && things.every(({ term }) => matchTerm(term, scene.frame) >= HELD);
}

/** A heading that scores so nearly as much as the best sentence names the item that is meant. */
const AS_GOOD = 0.85;
/** So many of the best sentences are looked at, and the items of so many of those. */
const LOOKED_AT = { sentences: 12, items: 3 } as const;
/** It holds at least this share of what the best one scores. */
const NEARLY = 0.6;

/**
 * The sentence that tells what sort of thing is asked for (who, where) though another one holds more words of the question: among the best, or in the
 * item of one of the very best. Undefined where the best one tells it, or none does, or no such thing is asked for.
 */
export function findTelling({ question: { folded, kind }, terms, sentences }: ReadingMatter, enough: number): ScoredSentence | undefined {
  const { tells } = (kind === 'who' && HOLDER.asks.test(folded) ? HOLDER : SITE.asks.test(folded) ? SITE : undefined) ?? {};
  const bodies = sentences.filter(({ sentence }) => !sentence.sentence.isHeading);
  const [best] = bodies;
  const isTold = ({ sentence }: ScoredSentence): boolean => tells?.test(sentence.sentence.text) === true;
  if (tells === undefined || best === undefined) return undefined;
  const address = tells === SITE.tells && isOfNotice(best, terms) ? bodies.find(({ sentence }) => TELLS_ADDRESS.test(sentence.folded)) : undefined;
  if (address !== undefined) return address;
  if (isTold(best)) return undefined;
  // 「随迁子女报名:7月8日至10日,在政务服务中心办理」: what stands under the heading that is asked for.
  const under = sentences[0]?.sentence.sentence.isHeading === true ? bodies.find((scored) => scored.scene === sentences[0]?.scene && isTold(scored)) : undefined;
  if (under !== undefined) return under;
  const heading = sentences.slice(0, LOOKED_AT.items).find(({ sentence, score }) => sentence.sentence.isHeading && score >= best.score * AS_GOOD)?.sentence.source;
  const below = heading === undefined ? undefined : bodies.find((scored) => scored.sentence.source.noticeId === heading.noticeId && scored.sentence.source.passageId.startsWith(`${heading.passageId}.`) && isTold(scored));
  if (below !== undefined) return below;
  const items = new Set(bodies.slice(0, LOOKED_AT.items).filter(({ score }) => score >= best.score * NEARLY).map(({ scene }) => scene));
  return bodies.slice(0, LOOKED_AT.sentences).find((scored) => isTold(scored) && scored.coverage >= enough && scored.score >= best.score * NEARLY) ?? bodies.find((scored) => items.has(scored.scene) && isTold(scored));
}
