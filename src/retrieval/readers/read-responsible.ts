import { citeSentence } from '../evidence/reading.ts';
import type { Point, Reading, ReadingMatter } from '../evidence/reading.ts';
import type { ScoredSentence } from '../evidence/scoring.ts';
import { inOrder, isHeading } from '../evidence/topic-share.ts';

/** Words that ask for whoever does something; they say nothing of what is done. */
const ASKS_FOR_HOLDER = /^(?:负责|牵头|主管|主办|承办|承担|落实|管|抓|办|归口|配合|协办|协助|单位|部门|科室|处室|股室|机构|责任|责任单位|责任科室|牵头单位|领导|人|活儿|事儿|任务|工作|具体|去|来|干|做)$/u;
const ASKS = /负责|牵头|主管|主办|承办|落实|配合|协办|归|管|抓|办|责任|活儿|事|干|是(?:谁|哪)|由(?:谁|哪)|找(?:谁|哪)/u;
/** 「由哪两个科室落实」 */
const ASKS_WHICH = /哪(?:几|两|三|些)?(?:个|家)?(?:科室|部门|单位|处室|股室|委员会|[局科队](?![长员])|[股所处组](?=负责|牵头|管|落实|来|$|[?？]))/u;
/** （责任单位：医改科、财务科）, 牵头部门:市教育局. */
const HOLDER = /(?<role>责任|牵头|主办|承办|主管|实施|负责|配合|协办|协助|参与)(?:单位|部门|科室|处室|股室|领导|人)?\s*[:：]\s*(?<names>[^)）;；。*]+)/gu;
const ASSISTS = /配合|协办|协助|参与/u;
/** 【县财政局、县审计局】 or （县发展改革局） at the end of an item: who is to do it. */
const BODY = '(?:各|县|市|区|省|镇)?\\p{Script=Han}{1,18}(?:[局委办厅署院所站处科部队社会室]|政府|街道|中心|公司|集团|部门|单位|机关|银行|协会|指挥部|管委会|乡镇)';
const IN_BRACKETS = new RegExp(`[【（(［[](?<names>${BODY}(?:[、,，;；]\\s*${BODY})*)[】）)］\\]]\\s*[。；;]?$`, 'u');
/** Asks who is to do it as a whole; 由谁运营 asks for one deed, which others may do. */
const ASKS_OF_WHOLE = /[找归](?:谁|哪)|(?:谁|哪(?:一|几|些|两|三)?(?:个|家)?\p{Script=Han}{0,3}?)(?:来|去)?(?:负责|牵头|主管|分管|管|抓|落实|办理?|主办|承办|归口|干|做)(?:的|了|呢|啊|这[个件]?事)?[?？]?$|(?:责任|牵头|主管|承办|负责)\p{Script=Han}{0,3}(?:是|有)?(?:谁|哪)/u;
/** The sentence itself tells who. */
const TELLS_DOER = /由\p{Script=Han}{2,20}?(?:负责|牵头|承担|受理|管理|实施|组织|主管|解释|运营|认定|审批|启动|开展|办理|约谈)/u;
/** Share of what is asked about that must stand in or around the item. */
const ENOUGH = 0.5;

interface Holder {
  readonly sentence: ScoredSentence;
  readonly names: string;
  /** Of names in brackets: whether they stand at the end of the sentence that tells what is to be done, or by themselves. */
  readonly isWithin?: boolean;
}

/** Whoever the sentence names as responsible; undefined where it names nobody, or only others in that role. */
function readHolder(sentence: ScoredSentence, asksWhoAssists: boolean): Holder | undefined {
  const found = [...sentence.sentence.sentence.text.matchAll(HOLDER)].map(({ groups }) => ({ role: groups?.['role'] ?? '', names: (groups?.['names'] ?? '').trim() }));
  const meant = found.find(({ role }) => ASSISTS.test(role) === asksWhoAssists) ?? (asksWhoAssists ? undefined : found[0]);
  if (meant !== undefined) return meant.names === '' ? undefined : { sentence, names: meant.names };
  const bracketed = asksWhoAssists ? null : IN_BRACKETS.exec(sentence.sentence.sentence.text);
  const names = bracketed?.groups?.['names'];
  return bracketed === null || names === undefined ? undefined : { sentence, names, isWithin: bracketed.index > 0 };
}

/** The ids of the item and of those above it. */
const placesOf = ({ scene: { passage } }: ScoredSentence): readonly string[] => [passage.id, ...passage.ancestors.map(({ sectionId }) => sectionId).toReversed()];

/** 「- 牵头单位：市公安局；责任单位：…」 as the last of the items below a heading: of them all. */
const IS_ONLY_REMARK = /^[\s*（(]*(?:责任|牵头|主办|承办|主管|实施|负责)(?:单位|部门|科室|处室|股室|领导|人)?\s*[:：]/u;

/** The remarks that are items of their own, beside the item or beside the nearest one above it that has such. */
function findBeside(places: readonly string[], remarks: readonly Holder[]): readonly Holder[] {
  const beside = places.slice(1).map((above) => remarks.filter(({ sentence }) => sentence.index === 0 && placesOf(sentence)[1] === above && IS_ONLY_REMARK.test(sentence.sentence.sentence.text)));
  return beside.find((found) => found.length > 0) ?? [];
}

/**
 * Who is responsible, where the notice tells it in a remark of its own behind the item or its heading: the names, the remark, and what it belongs to.
 * Undefined where the question asks for something else, or the item bears no remark.
 */
export function readResponsible(matter: ReadingMatter): Reading | undefined {
  const { question, terms, sentences } = matter;
  const asks = question.kind === 'who' || question.kind === 'name' ? ASKS.test(question.folded) : question.kind === 'list' && ASKS_WHICH.test(question.folded);
  if (!asks) return undefined;
  const topic = terms.flatMap(({ term, weight }, index) => (term.role === 'frame' || term.role === 'attribute' || term.isAside || ASKS_FOR_HOLDER.test(term.text) ? [] : [{ weight, index }]));
  const total = topic.reduce((sum, { weight }) => sum + weight, 0);
  if (total === 0) return undefined;
  const shareOf = ({ strengths }: ScoredSentence): number => topic.reduce((sum, { weight, index }) => sum + weight * (strengths[index] ?? 0), 0) / total;
  const asksOfWhole = ASKS_OF_WHOLE.test(question.folded);
  const remarks = sentences.flatMap((sentence) => readHolder(sentence, ASSISTS.test(question.folded)) ?? []).filter(({ isWithin }) => isWithin === undefined || asksOfWhole);
  if (remarks.length === 0) return undefined;
  const isRemark = (sentence: ScoredSentence): boolean => remarks.some((remark) => remark.sentence === sentence && remark.isWithin !== true);
  const best = sentences.filter((sentence) => !isRemark(sentence)).map((sentence) => ({ sentence, share: shareOf(sentence) + sentence.score * TIE })).toSorted((left, right) => right.share - left.share)[0];
  if (best === undefined || shareOf(best.sentence) < ENOUGH) return undefined;
  const places = placesOf(best.sentence);
  const behind = places.flatMap((place) => remarks.filter(({ sentence }) => sentence.sentence.source.passageId === place || (sentence.scene.passage.id === place && !isHeading(sentence))));
  const held = (behind.length > 0 ? behind : findBeside(places, remarks.filter(({ sentence }) => sentence.sentence.sentence.start >= best.sentence.sentence.sentence.start))).filter(({ sentence }) => sentence.sentence.source.noticeId === best.sentence.sentence.source.noticeId);
  // Where one item bears several remarks, each behind its own sentence, the next one behind is meant.
  const own = inOrder(held.map(({ sentence }) => sentence)).find(({ sentence }) => sentence.sentence.start >= best.sentence.sentence.sentence.start) ?? held[0]?.sentence;
  const holder = held.find(({ sentence }) => sentence === own);
  if (holder === undefined || (holder.isWithin !== undefined && TELLS_DOER.test(best.sentence.sentence.sentence.text))) return undefined;
  const remark: Point = { span: citeSentence(holder.sentence), lead: holder.names };
  return { verdict: 'answered', shape: 'sentences', points: holder.sentence === best.sentence ? [remark] : [remark, { span: citeSentence(best.sentence) }] };
}

/** Among items that hold as much of the question, the one that scores higher. */
const TIE = 0.05;
