import type { Lexicon } from '../corpus/lexicon.ts';
import { foldForMatching } from '../text/normalize.ts';
import { tagWords } from '../text/segment.ts';
import type { TaggedWord } from '../text/segment.ts';
import { resolveFollowUp } from './follow-up.ts';

const ASKS = /给我(?:一个|个|一下|发)|发我|多少|什么|哪|几|谁|怎么|怎样|如何|啥|咋|吗|呢|是否|是不是|有没有|何时|多久/u;
const SHORTEST_PART = 5;
const MOST_PARTS = 5;

/**
 * The questions of one message, in order: parted at question marks, semicolons and line breaks where each part asks something.
 * Questions between commas are parted where each names its own subject (普惠园覆盖率多少,老年学位新增多少), is joined as another one (还有…), or
 * goes on with what the one before asked (等级园呢), which the lexicon helps to put in. One that asks once stays whole. At most five.
 */
export function splitQuestions(text: string, lexicon?: Lexicon): string[] {
  const parts = text
    .split(/(?<=[?？])|[;；\n]/u)
    .map((part) => part.trim())
    .filter((part) => foldForMatching(part) !== '');
  const allAsk = parts.length > 1 && parts.length <= MOST_PARTS && parts.every((part) => foldForMatching(part).length >= SHORTEST_PART && ASKS.test(part));
  if (allAsk) return parts;
  const clauses = text.split(/[,，]|(?<=\p{Script=Han})\s+(?=\p{Script=Han})/u).map((part) => part.trim()).filter((part) => part !== '');
  const bare = clauses.map((part) => part.replace(CONNECTS, ''));
  const areQuestions = clauses.length > 1 && clauses.length <= MOST_PARTS && bare.every((part, index) => standsAlone(part) || (index > 0 && (goesOn(part) || (part !== clauses[index] && asks(part)))) || (index === 0 && asks(part) && clauses.slice(1).every(isJoined)));
  if (!areQuestions) return [text];
  // 「普惠园覆盖面多少,等级园呢」: the second is asked as the first.
  return bare.map((part, index) => (index > 0 && goesOn(part) && lexicon !== undefined ? resolveFollowUp([{ role: 'user', content: bare[index - 1] ?? '' }], part, lexicon) : part));
}

/** 「等级园呢」: asked as what stands before it. */
const goesOn = (part: string): boolean => /^\p{Script=Han}[\p{Script=Han}\d]{1,11}呢[?？]?$/u.test(foldForMatching(part));
const asks = (part: string): boolean => foldForMatching(part).length >= SHORTEST_CLAUSE && ASKS.test(part);
const isJoined = (part: string): boolean => CONNECTS.test(part) || goesOn(part);

/** A question between commas that names its own subject, and asks for it in words that need nothing before them. */
function standsAlone(part: string): boolean {
  const folded = foldForMatching(part);
  if (folded.length < SHORTEST_CLAUSE || !(ASKS_PLAINLY.test(folded) || ASKS_THING.test(folded) || OPENS_ASKING.test(folded))) return false;
  if (OPENS_ASKING.test(folded)) return true;
  const [first, second] = tagWords(folded);
  return first !== undefined && (isNoun(first) || (second !== undefined && /^[abmtsf]/u.test(first.tag) && isNoun(second)));
}

const SHORTEST_CLAUSE = 6;
/** 还有, 另外: what only joins a question to the one before. */
const CONNECTS = /^(?:还有|另外|以及|再问(?:一)?下|顺便(?:问(?:一)?下)?|然后)/u;
const OPENS_ASKING = /^(?:哪几个|哪些|谁|哪个).{3,}/u;
const ASKS_THING = /(?:是|落实|叫|按|根据|用)(?:的)?(?:哪(?:个|项|份)|什么)\p{Script=Han}{1,4}[?？。]?$/u;
const ASKS_PLAINLY = /(?:(?:多少|几)\p{Script=Han}{0,4}|什么时候|哪些|谁|哪几\p{Script=Han}{0,4}|怎么样|吗)[?？。]?$/u;
const isNoun = ({ word, tag }: TaggedWord): boolean => word.length > 1 && (tag.startsWith('n') || tag === 'x');
