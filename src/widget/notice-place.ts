import type { NoticeDetails, OutlineEntry } from './notice-blocks.ts';

/** A place of a notice as an address names it: `#s=2.5.7&c=1903-1936`; either may be missing. */
export interface Place {
  readonly section?: string | undefined;
  readonly start?: number | undefined;
  readonly end?: number | undefined;
}

/** Reads the part of an address behind `#`; what is no place gives none. */
export function parsePlace(hash: string): Place {
  const values = new URLSearchParams(hash.replace(/^#/, ''));
  const section = values.get('s') ?? undefined;
  const [, start, end] = /^(\d{1,9})-(\d{1,9})$/.exec(values.get('c') ?? '') ?? [];
  const isRange = start !== undefined && Number(start) < Number(end);
  return { section: section !== undefined && /^[\w.-]{1,64}$/.test(section) ? section : undefined, ...(isRange && { start: Number(start), end: Number(end) }) };
}

/** Half of a pair: the words were others when the address was made. */
const HALF_PAIR = /\p{Cs}/u;

const listEntries = (entries: readonly OutlineEntry[]): OutlineEntry[] => entries.flatMap((entry) => [entry, ...listEntries(entry.children)]);

/** Whether the characters can be those that the address meant: in the text, whole, and within the section that it names. */
export function fitsPlace({ text, outline }: Pick<NoticeDetails, 'text' | 'outline'>, { section, start = 0, end = 0 }: Place): boolean {
  return end <= text.length && !HALF_PAIR.test(text.slice(start, end)) && listEntries(outline).every((entry) => entry.section !== section || (entry.start <= start && end <= entry.end));
}

/** `/notices/2020-…#s=2.5.7&c=1903-1936` */
export function renderPlacePath(noticeId: string, { section, start, end }: Place): string {
  const place = [section && `s=${section}`, start !== undefined && end && `c=${start}-${end}`].filter(Boolean).join('&');
  return `/notices/${encodeURIComponent(noticeId)}${place && `#${place}`}`;
}
