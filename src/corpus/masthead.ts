import { isDateLine, parseDate } from './furniture.ts';
import type { Masthead, Notice, Span } from './notice.ts';

/** What a notice says of itself. */
export type Metadata = Pick<Notice, 'source' | 'publishedAt' | 'date'> & { readonly masthead: Masthead };

interface MastheadLine extends Span {
  readonly text: string;
}

const SOURCE = /(?:信息来源|稿件来源|文章来源|来源|发布机构|发文机关|发文单位|发布单位|制定机关)\s*[:：]\s*([^\s:：|]+)/du;
const PUBLISHED = /(?:发布时间|发布日期|发文日期|成文日期|印发日期|日期|时间)\s*[:：]\s*(\d{4}[-年/.]\d{1,2}[-月/.]\d{1,2}日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?)/du;
const NUMBER = /(?:^|文\s*号\s*[:：]\s*)(\p{Script=Han}{2,12}[〔[(（【]\d{4}[〕\])）】]\s*\d+\s*号)\s*$/du;
const LONGEST_SIGNER = 30;

function find(lines: readonly MastheadLine[], pattern: RegExp): Span | undefined {
  for (const { start, text } of lines) {
    const [from, to] = pattern.exec(text)?.indices?.[1] ?? [];
    if (from !== undefined && to !== undefined) return { start: start + from, end: start + to };
  }
  return undefined;
}

/** Who signed and when: the last line that is a date, and the short line above it. */
function findSignature(lines: readonly MastheadLine[]): { date?: Span; source?: Span } {
  const index = lines.findLastIndex((line) => isDateLine(line.text));
  const date = lines[index];
  if (date === undefined) return {};
  const signer = lines[index - 1];
  const isSigner = signer !== undefined && signer.text.length <= LONGEST_SIGNER && !/[。！？；：:，,]/u.test(signer.text);
  return { date: { start: date.start, end: date.end }, ...(isSigner ? { source: { start: signer.start, end: signer.end } } : {}) };
}

/**
 * Source, date and number of a notice: from the lines around its text (page furniture, letterhead), else from its signature.
 * `title` is where the title stands, if it has one; what isn't written stays out.
 */
export function parseMasthead(text: string, around: readonly MastheadLine[], all: readonly MastheadLine[], title: Span | undefined): Metadata {
  const signature = findSignature(all);
  const source = find(around, SOURCE) ?? signature.source;
  const published = find(around, PUBLISHED);
  const date = published ?? signature.date;
  const number = find(all, NUMBER);
  const read = (span: Span): string => text.slice(span.start, span.end);
  const iso = date === undefined ? undefined : parseDate(read(date));
  return {
    ...(source === undefined ? {} : { source: read(source) }),
    ...(published === undefined ? {} : { publishedAt: read(published) }),
    ...(iso === undefined ? {} : { date: iso }),
    masthead: {
      ...(title === undefined ? {} : { title }),
      ...(source === undefined ? {} : { source }),
      ...(date === undefined ? {} : { date }),
      ...(number === undefined ? {} : { number }),
    },
  };
}
