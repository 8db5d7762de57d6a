import type { Message } from '../answer/answer.ts';
import type { Turn } from '../store/store.ts';

/** So many turns are handed on, as the store itself does. */
const MOST_TURNS = 10;

/** Turns as the conversation so far, without the one that is replaced and answers of which nothing was shown. */
export function toHistory(turns: readonly Turn[], replaces?: string): Message[] {
  const before = turns.filter(({ answerId }) => answerId !== replaces).slice(-MOST_TURNS);
  return before.flatMap(({ question, answer, text }): Message[] => {
    const shown = answer?.answer ?? text;
    const asked: Message = { role: 'user', content: question };
    return shown === '' ? [asked] : [asked, { role: 'assistant', content: shown }];
  });
}
