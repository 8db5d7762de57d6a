import { foldForMatching } from '../text/normalize.ts';

const ASKS = /多少|什么|哪|几|谁|怎么|怎样|如何|啥|咋|吗|呢|是否|是不是|有没有|何时|多久/u;
const SHORTEST_PART = 5;
const MOST_PARTS = 5;

/**
 * The questions of one message, in order: parted at question marks, semicolons and line breaks where each part asks something.
 * One that asks once, or whose parts lean on one another, stays whole. At most five.
 */
export function splitQuestions(text: string): string[] {
  const parts = text
    .split(/(?<=[?？])|[;；\n]/u)
    .map((part) => part.trim())
    .filter((part) => foldForMatching(part) !== '');
  const allAsk = parts.length > 1 && parts.length <= MOST_PARTS && parts.every((part) => foldForMatching(part).length >= SHORTEST_PART && ASKS.test(part));
  return allAsk ? parts : [text];
}
