import { parseFigures } from '../text/figures.ts';
import { foldForMatching } from '../text/normalize.ts';
import type { AlignedClause } from './alignment.ts';
import { GENERIC } from './check-words.ts';
import type { CitedText } from './cited-text.ts';
import { isTopical } from './claim-words.ts';
import type { ReadClause } from './clauses.ts';
import { isDeedWord, readWords, type ClauseWord } from './deeds.ts';
import type { Problem } from './problems.ts';

/** Words in front of a noun that narrow down nothing: how much, how, in which order. */
export const NOT_RESTRICTING: ReadonlySet<string> = new Set(
  (
    '大力 全面 重点 进一步 扎实 积极 深入 稳步 有效 切实 认真 广泛 充分 全力 着力 努力 持续 不断 加快 逐步 全市 全省 全县 全区 本市 本县 本区 本省 全年 今年 其中 各类 各项 各级 ' +
    '相关 有关 主要 具体 一批 所有 全部 以上 以下 以内 左右 工作 项目 任务 情况 问题 方面 现有 新一轮 年度 期间 同一 统一'
  ).split(' '),
);
/** Tags of things; the tagger takes many names of levels and kinds for other sorts of words. */
const NOUN = /^(?:n|b|j|l|s|vn|x|f|a)/;
const MODIFIER = /^(?:n|b|a|j|l|s|vn|x|f|t|v$)/;
/** Those of one letter that say which. */
const SHORT_MODIFIER = /^[副省女男净]$/;
/** Cut wrongly, these begin with a word that binds. */
const BINDING = /^(?:[由须经对在从被将向与和及]|[一二三四五六七八九十]是$)/;
const SHARE = /%|分之|成$/;
const LIMIT = /^(?:以上|以下|以内|以外)$/;
/** A word shorter than this isn't taken apart into what it names and what narrows that down. */
const LEAST_COMPOUND = 4;

/** A noun of a cited clause with the word that narrows it down; undefined where it stands bare. */
interface Narrowed {
  readonly noun: string;
  readonly modifier: string | undefined;
}

/** What narrows a thing down there (公办初中, 三分之二以上业主) isn't left out: the claim would speak of more. */
export function checkModifiers(claim: readonly AlignedClause[], { setting }: CitedText): Problem[] {
  const problems: Problem[] = [];
  for (const { clause, alignment } of claim) {
    const { main, sources } = alignment;
    if (main === undefined || isTopical(clause)) continue;
    const said = claim.filter((other) => other.clause.sentence === clause.sentence).map((other) => foldForMatching(other.clause.written)).join(',');
    const here = readWords(clause.written).map(({ word }) => word);
    const narrowed = sources.flatMap(readNarrowed);
    for (const noun of new Set(readNarrowed(main).map((each) => each.noun))) {
      if (!here.some((word) => word.endsWith(noun)) && !(noun.length > 2 && foldForMatching(clause.written).includes(noun))) continue;
      const modifiers = narrowed.filter((each) => each.noun === noun).map((each) => each.modifier);
      if (modifiers.every((modifier) => modifier !== undefined && !isKept(modifier, said) && !setting.includes(modifier + noun))) problems.push({ kind: 'subject', found: `${modifiers[0] ?? ''}${noun}` });
    }
  }
  return problems;
}

function isKept(modifier: string, said: string): boolean {
  if (/\d/.test(modifier)) return parseFigures(said).length > 0;
  return said.includes(modifier) || [...modifier].slice(0, -1).some((letter, index) => said.includes(letter + (modifier[index + 1] ?? '')));
}

function readNarrowed({ written }: ReadClause): Narrowed[] {
  const folded = foldForMatching(written);
  const words = readWords(written);
  let from = 0;
  const starts = words.map(({ word }) => {
    const start = folded.indexOf(word, from);
    from = start < 0 ? from : start + word.length;
    return start;
  });
  return words.flatMap(({ word, tag }, index): Narrowed[] => {
    const modifier = readModifier(words, starts, index);
    if (word.length < 2 || /\d/.test(word) || (GENERIC.has(word) && !/\d/.test(modifier ?? ''))) return [];
    if (words[index + 1]?.word === '率') return [{ noun: `${word}率`, modifier }];
    if (modifier !== undefined && SHARE.test(modifier)) return [{ noun: word, modifier }];
    const { word: next = '', tag: nextTag = '' } = words[index + 1] ?? {};
    const isNamedByVerb = tag === 'v' && (GENERIC.has(next) || (!isDeedWord(word) && nextTag.startsWith('n')));
    if (isNamedByVerb && starts[index + 1] === (starts[index] ?? 0) + word.length) return [{ noun: word + next, modifier }];
    if ((!NOUN.test(tag) && !word.startsWith('首')) || (tag.startsWith('a') && isDeedWord(word))) return [];
    const isCompound = word.length >= LEAST_COMPOUND && tag.startsWith('n') && !isDeedWord(word.slice(2)) && !GENERIC.has(word.slice(2));
    return [{ noun: word, modifier }, ...(isCompound ? [{ noun: word.slice(2), modifier: word.slice(0, 2) }] : [])];
  });
}

/** The word that narrows the one at `index` down. */
function readModifier(words: readonly ClauseWord[], starts: readonly number[], index: number): string | undefined {
  const at = words[index - 1]?.word === '的' ? index - 2 : index - 1;
  const word = words[at];
  const isNext = word !== undefined && (starts[at + 1] ?? 0) === (starts[at] ?? 0) + word.word.length;
  if (word === undefined || !isNext) return undefined;
  const figure = words[at - 1];
  if (LIMIT.test(word.word) && figure !== undefined) return figure.word;
  if (word.tag === 'm' && (SHARE.test(word.word) || at < index - 1)) return word.word;
  if (word.word.startsWith('首') && word.tag === 'm') return word.word;
  if (SHORT_MODIFIER.test(word.word)) return word.word;
  // 驻村干部每月在岗, but not 巩固成果.
  if (word.tag === 'v' && at === 0 && !words.slice(index + 1).some(({ tag }) => tag.startsWith('v'))) return undefined;
  if (word.word.length < 2 || NOT_RESTRICTING.has(word.word) || !MODIFIER.test(word.tag)) return undefined;
  return isDeedWord(word.word) || isDeedWord(word.word.slice(2)) || BINDING.test(word.word) ? undefined : word.word;
}
