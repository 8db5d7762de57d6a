import { parseOrdinal } from './markers.ts';

const YEAR = '[\\d０-９〇○零一二三四五六七八九]{4}';
const PART = '[\\d０-９一二三四五六七八九十]{1,3}';
const DATE = new RegExp(`(${YEAR})\\s{0,2}[-年/.]\\s{0,2}(${PART})\\s{0,2}[-月/.]\\s{0,2}(${PART})`, 'u');
const DATE_LINE = new RegExp(`^${YEAR}\\s{0,2}年\\s{0,2}${PART}\\s{0,2}月\\s{0,2}${PART}\\s{0,2}日$|^\\d{4}[-/.]\\d{1,2}[-/.]\\d{1,2}$`, 'u');

/** The ISO form of the first date in a text (`2020年4月3日`, `2020/4/3`, 二〇二〇年四月三日); undefined where there is none. */
export function parseDate(text: string): string | undefined {
  const match = DATE.exec(text);
  const [year = 0, month = 0, day = 0] = (match?.slice(1) ?? []).map((part) => parseOrdinal(part.replaceAll('○', '〇')));
  if (year < 1000 || month < 1 || month > 12 || day < 1 || day > 31) return undefined;
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** A line that is nothing but a date: the signature's last line. */
export function isDateLine(line: string): boolean {
  return DATE_LINE.test(line.trim());
}
