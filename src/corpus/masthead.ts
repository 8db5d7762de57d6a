import type { Signature } from './closing.ts';
import { parseDate } from './dates.ts';
import type { Line } from './lines.ts';
import type { Masthead, Notice, Span } from './notice.ts';

/** What a notice says of itself. */
export type Metadata = Pick<Notice, 'source' | 'publishedAt' | 'date'> & { readonly masthead: Masthead };

const SOURCE = /(?:信息来源|稿件来源|文章来源|来源|发布机构|发文机关|发文单位|发布单位|制定机关)\s*[:：]\s*([^\s:：|｜]+)/du;
const TIME = String.raw`\d{4}[-年/.]\d{1,2}[-月/.]\d{1,2}日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?`;
const PUBLISHED = new RegExp(String.raw`(?:发布时间|发布日期|发文日期|成文日期|印发日期|公开日期|生成日期|日期|时间)\s*[:：]\s*(${TIME})|^(${TIME})`, 'du');
const NUMBER = /(?:^|(?:文\s?号|发文字号|文件编号)\s?[:：]\s?)(\p{Script=Han}{2,12}[〔[(（【]\d{4}[〕\])）】]\s?(?:第\s?)?\d+\s?号)(?:\s|$)/du;

function find(text: string, lines: readonly Line[], pattern: RegExp): Span | undefined {
  for (const { start, end } of lines) {
    const indices = pattern.exec(text.slice(start, end))?.indices?.slice(1).find((found) => found !== undefined);
    if (indices !== undefined) return { start: start + indices[0], end: start + indices[1] };
  }
  return undefined;
}

function spanOf(lines: readonly Line[]): Span | undefined {
  const [first, last] = [lines[0], lines.at(-1)];
  return first === undefined || last === undefined ? undefined : { start: first.start, end: last.end };
}

/**
 * Source, date and number of a notice: from the lines around its text (page furniture, letterhead), else from its signature.
 * What isn't written stays out.
 */
export function parseMasthead(text: string, around: readonly Line[], title: Span | undefined, signature: Signature | undefined): Metadata {
  const source = find(text, around, SOURCE) ?? spanOf(signature?.signers ?? []);
  const published = find(text, around, PUBLISHED);
  const date = published ?? spanOf(signature?.date === undefined ? [] : [signature.date]);
  const number = find(text, around, NUMBER);
  const read = (span: Span): string => text.slice(span.start, span.end).replace(/\s+/gu, ' ');
  const iso = date === undefined ? undefined : parseDate(read(date));
  return {
    ...(source === undefined ? {} : { source: read(source) }),
    ...(published === undefined ? {} : { publishedAt: read(published) }),
    ...(iso === undefined ? {} : { date: iso }),
    masthead: {
      ...(title === undefined ? {} : { title: { start: title.start, end: title.end } }),
      ...(source === undefined ? {} : { source }),
      ...(date === undefined ? {} : { date }),
      ...(number === undefined ? {} : { number }),
    },
  };
}
