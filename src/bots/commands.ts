import { foldForMatching } from '../text/normalize.ts';
import type { Phrases } from '../text/phrases.ts';

/** Something that the bot is told to do, rather than asked. */
export type BotCommand = { readonly name: 'new' | 'help' } | { readonly name: 'targets'; readonly query: string };

const fold = (text: string): string => foldForMatching(text).replace(/^[/#]+|[\s。.!~]+$/gu, '').trim();

function wordsOf(phrases: Phrases, key: string): string[] {
  return [phrases.bots[key] ?? []].flat().map(fold);
}

/** 「新会话」, 「帮助」, 「指标」 or 「指标 幼儿园」, in the words of the phrases; undefined for a question. Case, width and a slash in front don't count. */
export function readCommand(text: string, phrases: Phrases): BotCommand | undefined {
  const [first = '', ...rest] = text.trim().split(/[\s:：]+/u);
  const [whole, word] = [fold(text), fold(first)];
  if (wordsOf(phrases, 'commandNew').includes(whole)) return { name: 'new' };
  if (text.trim() !== '' && wordsOf(phrases, 'commandHelp').includes(whole)) return { name: 'help' };
  if (!wordsOf(phrases, 'commandTargets').includes(word)) return undefined;
  return { name: 'targets', query: rest.join(' ').trim() };
}
