import type { Lexicon } from '../../corpus/lexicon.ts';
import { findForeign, isOffTopic } from './off-topic.ts';
import type { Question } from '../question/question.ts';
import { findUntold } from './untold.ts';
import { refuse } from '../evidence/reading.ts';
import type { Reading, ReadingMatter } from '../evidence/reading.ts';

/** What is to be done with a figure; a notice that doesn't say so gives no such figure. */
const OPERATION = /翻(?:一|两|几)?(?:倍|番)|乘以|除以|减去|(?:打(?:个)?)?[一二三四五六七八九\d]折|(?:的)?一半(?:是|有)?(?:多少|几)|[二三四五六七八九\d]分之一(?:是|有)?(?:多少|几)|同比|环比|四舍五入/u;
/** Asks for the change itself, which a notice may put in other words. */
const TELLS_CHANGE = /增长|下降|提高|降低|增加|减少|上升/u;

/** How a thing or a person is found to be: 甜不甜, 难考吗, 好玩吗. */
const JUDGES = /([帅美丑甜咸酸辣苦香臭累难贵胖瘦懒笨傻凶吵挤冷热远])不\1|(?:好|难|太|很|挺|真|更)(?<judged>[玩吃喝听闻考学骑帅美丑甜咸酸辣苦香臭累难贵胖瘦懒笨傻凶吵挤])(?:吗|么|吧|不|嘛)[?？]?$|(?:帅|漂亮|可爱|无聊|有趣|好笑|靠谱|划算|厉害)(?:吗|么|吧|不|嘛)[?？]?$/u;

/** So many of the best sentences are looked at for the word. */
const LOOKED_AT = 3;

/**
 * What the question asks for beyond any notice that doesn't write so itself: a sum done with its figures, how good or hard something is found. The words of the
 * question that say so; undefined where there are none, or the best sentences hold them.
 */
function findBeyond({ folded, kind }: Question, isSaid: (word: string) => boolean): string | undefined {
  const operation = kind === 'figure' || kind === 'name' || kind === 'topic' || kind === 'measure' ? OPERATION.exec(folded)?.[0] : undefined;
  if (operation !== undefined && !isSaid(operation)) return operation.replace(/(?:是|有)?(?:多少|几)$/u, '');
  const judged = JUDGES.exec(folded);
  const word = judged?.[1] ?? judged?.groups?.['judged'] ?? judged?.[0].replace(/(?:吗|么|吧|不|嘛)?[?？]?$/u, '');
  return word === undefined || isSaid(word) ? undefined : judged?.[0].replace(/[?？]$/u, '');
}

/** A question whose every other word is found is about the notice, whatever it says besides. */
const SURELY_FOUND = 0.93;
/** Of a yes-no question, a word may well be of the case that it tells: 用电脑写〔论文〕行吗. */
const FOUND_WITH_CASE = 0.7;
const PHRASE = 4;

/** Whether the question says a word of what no notice answers, where nothing that was found writes it. */
function isForeign({ question, sentences }: ReadingMatter, lexicon: Lexicon): boolean {
  const word = findForeign(question.folded, lexicon);
  // A whole phrase (哪个学校好) says more than one word.
  if (word === undefined || (word.length < PHRASE && (sentences[0]?.coverage ?? 0) >= (question.kind === 'yes-no' ? FOUND_WITH_CASE : SURELY_FOUND))) return false;
  return !sentences.some(({ scene }) => scene.folded.includes(word));
}

/** The reading, or a refusal where the question asks for what no notice tells unless it writes so. */
export function refuseBeyond(matter: ReadingMatter, reading: Reading, lexicon: Lexicon): Reading {
  if (reading.verdict === 'refused') return reading;
  const near = matter.sentences.slice(0, LOOKED_AT).map(({ sentence }) => sentence.folded);
  const isSaid = (word: string): boolean => near.some((folded) => folded.includes(word)) || ((word === '同比' || word === '环比') && near.some((folded) => TELLS_CHANGE.test(folded)));
  const beyond = findBeyond(matter.question, isSaid);
  if (beyond !== undefined) return refuse([], [beyond], true);
  const untold = findUntold(matter.question, reading, lexicon);
  if (untold !== undefined) return { verdict: 'refused', reason: 'attribute', missing: [untold], isFirm: true };
  return isOffTopic(matter.question.folded, isSaid) || isForeign(matter, lexicon) ? { verdict: 'refused', reason: 'off-topic', missing: [], isFirm: true } : reading;
}
