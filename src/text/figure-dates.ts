import type { FoundFigure } from './figure-quantities.ts';
import type { Comparator, Figure } from './figure.ts';
import { parseNumeral } from './numerals.ts';

const YEAR = '(?<![\\d.])(?<year>(?:19|20|21)\\d{2}|[一二][零〇九][零〇一二三四五六七八九]{2})';
const MONTH = '(?<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])';
const DAY = '(?<day>3[01]|[12]\\d|0?[1-9]|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])';
const PART = '(?<part>年底|月底|底|末|初|上旬|中旬|下旬)?';
const LIMIT = '(?<limit>(?:以|之)?前(?![一二三四五六七八九十\\d半期列沿景提])|(?:以|之)?后(?![续期半备来勤])|起(?![草到来步点]))?';

const PATTERNS = [
  `${YEAR} ?年 ?${MONTH} ?月 ?${DAY} ?[日号]`,
  `(?<![\\d.])(?<year>(?:19|20|21)\\d{2})(?<sign>[-/.])(?<month>1[0-2]|0?[1-9])\\k<sign>(?<day>3[01]|[12]\\d|0?[1-9])(?![\\d.-])`,
  `${YEAR} ?年 ?${MONTH} ?月${PART}`,
  `(?<![\\d.])(?<year>(?:19|20|21)\\d{2}) ?年? ?(?:-|至|到) ?(?<upper>(?:19|20|21)\\d{2}) ?(?<unit>学年|年)`,
  `${YEAR} ?(?<unit>学年|年)(?!级)${PART}`,
  `(?<![\\d.])${MONTH} ?月 ?${DAY} ?[日号]`,
  `(?<![\\d.个])${MONTH} ?月(?![饼球光亮嫂]) ?${PART}`,
  `(?<![\\d.:])(?<hour>[01]?\\d|2[0-4]):(?<minute>[0-5]\\d)(?!\\d)`,
  `(?<![\\d.])(?<hour>[01]?\\d|2[0-4])点(?<minute>[0-5]?\\d)分?`,
  `(?<![\\d.])(?<hour>[01]?\\d|2[0-4]|零)时(?![间代期效刻常候长段速])(?:(?<minute>[0-5]?\\d)分)?`,
  // A number of days is a duration: 七日内, 不少于30日, 满三十日.
  `(?<![\\d.零〇一二两三四五六七八九十百千万])(?<!(?:于|过|少|足|满|到|共|期限?|期为|周期|隔) ?)${DAY}日(?![均益常用程内]|[以之][内上下])`,
].map((pattern) => new RegExp(pattern + (pattern.includes('<hour>') ? '(?<limit>前|后|起)?' : LIMIT), 'y'));

/** Every pattern opens like this; most numbers don't. */
const GATE = /[\d一二三四五六七八九十零〇]{1,4} ?[年月日号时点:./至到学-]/y;
const MAY_OPEN = /[\d一二三四五六七八九十零]/g;

/** Dates, months, years and times of day in folded text, in order, without overlap. */
export function findDates(text: string): FoundFigure[] {
  const found: FoundFigure[] = [];
  MAY_OPEN.lastIndex = 0;
  for (let opening = MAY_OPEN.exec(text); opening !== null; opening = MAY_OPEN.exec(text)) {
    const date = readDate(text, opening.index);
    if (date === undefined) continue;
    found.push(date);
    MAY_OPEN.lastIndex = date.end;
  }
  return found;
}

function readDate(text: string, index: number): FoundFigure | undefined {
  GATE.lastIndex = index;
  if (!GATE.test(text)) return undefined;
  for (const pattern of PATTERNS) {
    pattern.lastIndex = index;
    const match = pattern.exec(text);
    const figure = match?.groups === undefined ? undefined : understand(match.groups);
    if (match !== null && figure !== undefined) return { start: index, end: index + match[0].length, figure };
  }
  return undefined;
}

function understand(groups: Readonly<Record<string, string | undefined>>): FoundFigure['figure'] {
  const read = (name: string): number | undefined => {
    const written = groups[name];
    return written === undefined ? undefined : /^\d+$/.test(written) ? Number(written) : parseNumeral(written);
  };
  const [year, month, day, hour] = [read('year'), read('month'), read('day'), read('hour')];
  const comparator = readLimit(groups['limit']);
  if (hour !== undefined) return { value: hour * 60 + (read('minute') ?? 0), unit: '时', kind: 'time', comparator };
  const part = groups['part'] ?? '';
  if (month === undefined && day === undefined && year !== undefined) {
    const upper = read('upper');
    if (upper !== undefined && upper <= year) return undefined;
    const kind: Figure['kind'] = 'year';
    return { value: year, ...(upper === undefined ? {} : { upper }), unit: (groups['unit'] ?? '年') + part.replace(/^年/, ''), kind, comparator };
  }
  const value = (year ?? 0) * (day === undefined ? 100 : 10_000) + (month ?? 0) * (day === undefined ? 1 : 100) + (day ?? 0);
  const unit = `${year === undefined ? '' : '年'}${month === undefined ? '' : '月'}${day === undefined ? '' : '日'}${part.replace(/^月/, '')}`;
  return { value, unit, kind: 'date', comparator };
}

function readLimit(limit: string | undefined): Comparator {
  if (limit === undefined) return 'exactly';
  return limit.endsWith('前') ? 'at-most' : 'at-least';
}
