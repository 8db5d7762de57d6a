import { foldForMatching } from '../text/normalize.ts';
import type { Alignment } from './alignment.ts';
import { contentPairs, type ClaimClause } from './claim-words.ts';
import { pairsOf } from './clauses.ts';
import type { Problem } from './problems.ts';

/** Words that say no; 不断, 不同, 不低于 and their like don't. */
const NEGATION =
  /不得|不予|不准|不许|严禁|禁止|不再|没有|未曾|尚未|并未|并非|无需|无须|无权|不(?![断同仅少低高超多足大小忘变久及论管过])|未(?![来成])|非(?![常遗物])|没(?![收有])|停止|取消|暂停|废止|拒绝|除外|排除/g;
/** What is said of all but something isn't said of that. */
const EXCEPTED = /([一-龥]{2,8})(?:以外|之外|除外)/g;
const EXCEPTED_LETTERS = 4;
const NEXT_LETTERS = 5;
const LEAST_SHARED = 0.5;

/** Yes isn't turned into no, nor no into yes. */
export function checkNegation(clause: ClaimClause, { sources }: Alignment): Problem[] {
  const problems: Problem[] = [];
  const there = sources.map(({ written }) => written);
  const ours = [...clause.written.matchAll(NEGATION)];
  const negatedThere = there.flatMap((written) => [...written.matchAll(NEGATION)].map((match) => negated(written, match)));
  for (const match of ours) {
    const words = negated(clause.written, match);
    const isCited = there.some((written) => written.includes(match[0])) || negatedThere.some((other) => shares(words, other) || (words.length > 1 && other.startsWith(words.slice(0, 2))));
    if (!isCited) problems.push({ kind: 'negation', found: match[0] + words });
  }
  for (const words of negatedThere) {
    if (ours.length === 0 && shares(words, clause.written)) problems.push({ kind: 'negation', found: words });
  }
  for (const written of there) {
    for (const [, excepted = ''] of written.matchAll(EXCEPTED)) {
      const isTold = clause.written.includes(excepted.slice(-EXCEPTED_LETTERS)) && !clause.written.includes('外');
      if (isTold) problems.push({ kind: 'negation', found: `${excepted}以外` });
    }
  }
  return problems;
}

function negated(text: string, match: RegExpExecArray): string {
  const from = match.index + match[0].length;
  return text.slice(from, from + NEXT_LETTERS);
}

/** Whether a good part of the words is said there. */
function shares(words: string, text: string): boolean {
  const pairs = contentPairs(words);
  const other = pairsOf(foldForMatching(text));
  return pairs.size > 0 && [...pairs].filter((pair) => other.has(pair)).length / pairs.size >= LEAST_SHARED;
}
