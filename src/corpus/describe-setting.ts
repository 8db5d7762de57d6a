import type { Notice } from './notice.ts';

/** What a notice says of itself outside its sentences, in one line: title, publisher and dates. What is cited may be spoken of by them. */
export function describeSetting({ title, source, date, publishedAt }: Pick<Notice, 'title' | 'source' | 'date' | 'publishedAt'>): string {
  return [title, source, date, publishedAt].filter((part) => part !== undefined).join(' ');
}
