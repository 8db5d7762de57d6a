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

/** `/notices/2020-…#s=2.5.7&c=1903-1936` */
export function renderPlacePath(noticeId: string, { section, start, end }: Place): string {
  const parts = [...(section === undefined ? [] : [`s=${section}`]), ...(start === undefined || end === undefined ? [] : [`c=${start}-${end}`])];
  return `/notices/${encodeURIComponent(noticeId)}${parts.length > 0 ? `#${parts.join('&')}` : ''}`;
}
