import type { Citation } from '../answer/answer.ts';

/** Where the cited characters are shown: `https://qa.example.gov.cn/notices/2020-…#s=2.5.7&c=1903-1936`; the same address as the widget's. */
export function renderPlaceLink(publicBaseUrl: string, { noticeId, section, start, end }: Pick<Citation, 'noticeId' | 'section' | 'start' | 'end'>): string {
  const place = [section && `s=${section}`, `c=${start}-${end}`].filter(Boolean).join('&');
  return `${publicBaseUrl}/notices/${encodeURIComponent(noticeId)}#${place}`;
}
