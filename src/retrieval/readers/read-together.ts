import { citeSentence } from '../evidence/reading.ts';
import type { Reading, ReadingMatter } from '../evidence/reading.ts';
import type { ScoredSentence } from '../evidence/scoring.ts';
import { asksNegatively } from '../evidence/negation.ts';

/** 「甲补贴跟乙补贴能一起领吗」: whether one may have both. */
const ASKS_BOTH = /(?<left>[^,，]{2,30}?)(?:和|跟|与|、|以及|还有)(?<right>[^,，]{2,20}?)[,，]?(?:是不是|是否)?(?:能不能|可不可以|能否|可否|能|可以|可|允许)(?:一起|一块儿?|一并|同时|叠加|叠着|加(?:在|到)?一(?:起|块儿?)|累加|合并|重复|两[头边样个份]都?|双份)/u;
/** Both may be had, or only one. */
const GIVES_BOTH = /(?:可以?|允许|能)(?:同时|叠加|一并|重复|累加|合并|兼)(?:享受|领取|申领|申请|使用|执行|补助|办理|获得)?/u;
const GIVES_ONE = /不(?:得|能|可以?|予|再)?(?:重复|叠加|同时|累加|兼得|兼领)|择(?:一|优|高)|就高(?:不|享受)|只能?(?:选择|享受|申请)(?:其中)?(?:一|其一)/u;
/** Speaks of all that stands before it. */
const OF_ALL_BEFORE = /(?:以上|上述|前述|前款|本条|本节|[两二三四五六七八九]项|各项|各类|同类)/u;
/** What either of them may be called. */
const IS_GRANT = /^(?:补贴|补助|奖励|奖补|津贴|政策|优惠|待遇|资金|资助)$/u;
const STANDS = 0.5;
const STANDS_NEAR = 0.35;

const sectionOf = ({ sentence: { source } }: ScoredSentence): string => `${source.noticeId} ${source.passageId.slice(0, Math.max(0, source.passageId.lastIndexOf('.')))}`;

const own = ({ clauses }: ScoredSentence, side: readonly number[]): boolean => side.some((index) => clauses.some(({ ownStrengths }) => (ownStrengths[index] ?? 0) >= STANDS));
const near = ({ strengths }: ScoredSentence, side: readonly number[]): boolean => side.some((index) => (strengths[index] ?? 0) >= STANDS_NEAR);

/** The positions of the terms that name each of the two; undefined where the question asks for no two together. */
function readSides({ question: { folded }, terms }: ReadingMatter): readonly (readonly number[])[] | undefined {
  const { left, right } = ASKS_BOTH.exec(folded)?.groups ?? {};
  if (left === undefined || right === undefined) return undefined;
  const namesIn = (side: string, other: string): readonly number[] => terms.flatMap(({ term: { text, role, isCommon } }, index) => (role !== 'frame' && !isCommon && text.length > 1 && side.includes(text) && !other.includes(text) && !IS_GRANT.test(text) ? [index] : []));
  return [namesIn(left, right), namesIn(right, left)];
}

/** Whether the question asks for two things together of which the sentence, with what surrounds it, names one only. */
export const lacksOneOfBoth = (matter: ReadingMatter, scored: ScoredSentence): boolean => readSides(matter)?.some((side) => side.length > 0 && !near(scored, side)) ?? false;

/**
 * Whether two grants may be had together, from the sentence that says so of both, or of all that stands before it (以上各项不得叠加) where both are told
 * there; undefined where none does.
 */
export function readTogether(matter: ReadingMatter): Reading | undefined {
  const { question, sentences } = matter;
  const sides = readSides(matter);
  if (sides === undefined || asksNegatively(question)) return undefined;
  const isOfBoth = (scored: ScoredSentence): boolean => sides.some((side) => own(scored, side)) && sides.every((side) => near(scored, side));
  const isOfAllBefore = (scored: ScoredSentence): boolean => {
    if (!OF_ALL_BEFORE.test(scored.sentence.folded)) return false;
    const before = sentences.filter((other) => other.sentence.sentence.start < scored.sentence.sentence.start && (other.scene === scored.scene || sectionOf(other) === sectionOf(scored)));
    return sides.every((side) => before.some((other) => own(other, side)));
  };
  const telling = sentences.filter(({ sentence: { folded } }) => GIVES_BOTH.test(folded) || GIVES_ONE.test(folded));
  const said = telling.find(isOfBoth) ?? telling.find(isOfAllBefore);
  if (said === undefined) return undefined;
  const [gives, denies] = [GIVES_BOTH.test(said.sentence.folded), GIVES_ONE.test(said.sentence.folded)];
  return { verdict: 'answered', shape: 'yes-no', points: [{ span: citeSentence(said) }], ...(gives !== denies && { polarity: gives ? 'yes' as const : 'no' as const }) };
}
