import { foldForMatching } from '../text/normalize.ts';
import { tagWords } from '../text/segment.ts';
import type { TaggedWord } from '../text/segment.ts';

const ASKS = /多少|什么|哪|几|谁|怎么|怎样|如何|啥|咋|吗|呢|是否|是不是|有没有|何时|多久/u;
const SHORTEST_PART = 5;
const MOST_PARTS = 5;

/**
 * The questions of one message, in order: parted at question marks, semicolons and line breaks where each part asks something.
 * Questions between commas are parted where each names its own subject (普惠园覆盖率多少,老年学位新增多少). One that asks once, or whose parts lean on one another, stays whole. At most five.
 */
export function splitQuestions(text: string): string[] {
  const parts = text
    .split(/(?<=[?？])|[;；\n]/u)
    .map((part) => part.trim())
    .filter((part) => foldForMatching(part) !== '');
  const allAsk = parts.length > 1 && parts.length <= MOST_PARTS && parts.every((part) => foldForMatching(part).length >= SHORTEST_PART && ASKS.test(part));
  if (allAsk) return parts;
  const clauses = text.split(/[,，]/u).map((part) => part.trim()).filter((part) => part !== '');
  return clauses.length > 1 && clauses.length <= MOST_PARTS && clauses.every(standsAlone) ? clauses : [text];
}

/** A question between commas that names its own subject, and asks for it in words that need nothing before them. */
function standsAlone(part: string): boolean {
  const folded = foldForMatching(part);
  if (folded.length < SHORTEST_CLAUSE || !ASKS_PLAINLY.test(folded)) return false;
  const [first, second] = tagWords(folded);
  return first !== undefined && (isNoun(first) || (second !== undefined && /^[abmtsf]/u.test(first.tag) && isNoun(second)));
}

const SHORTEST_CLAUSE = 6;
const ASKS_PLAINLY = /(?:(?:多少|几)\p{Script=Han}{0,4}|什么时候|哪些|谁|哪几\p{Script=Han}{0,4}|怎么样|吗)[?？。]?$/u;
const isNoun = ({ word, tag }: TaggedWord): boolean => word.length > 1 && (tag.startsWith('n') || tag === 'x');
