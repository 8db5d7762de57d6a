import type { FoundFigure } from './figure-quantities.ts';
import type { Comparator, Figure } from './figure.ts';
import { parseNumeral } from './numerals.ts';

const YEAR = '(?<![\\d.])(?<year>(?:19|20|21)\\d{2}|[一二][零〇九][零〇一二三四五六七八九]{2})';
const MONTH = '(?<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])';
const DAY = '(?<day>3[01]|[12]\\d|0?[1-9]|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])';
const PART = '(?<part>年底|月底|底|末|初|上旬|中旬|下旬)?';
const LIMIT = '(?<limit>(?:以|之)?前(?![一二三四五六七八九十\\d半期列沿景提])|(?:以|之)?后(?![续期半备来勤])|起(?![草到来步点]))?';

/** Each with the signs behind its first number: only those that can match are tried. */
const PATTERNS: readonly (readonly [string, string])[] = [
  ['年', `${YEAR} ?年 ?${MONTH} ?月 ?${DAY} ?[日号]`],
  ['-/.', `(?<![\\d.])(?<year>(?:19|20|21)\\d{2})(?<sign>[-/.])(?<month>1[0-2]|0?[1-9])\\k<sign>(?<day>3[01]|[12]\\d|0?[1-9])(?![\\d.-])`],
  ['年', `${YEAR} ?年 ?${MONTH} ?月${PART}`],
  ['年学-至到', `(?<![\\d.])(?<year>(?:19|20|21)\\d{2}) ?年? ?(?:-|至|到) ?(?<upper>(?:19|20|21)\\d{2}) ?(?<unit>学年|年)`],
  ['年学', `${YEAR} ?(?<unit>学年|年)(?!级)${PART}`],
  ['月', `(?<![\\d.])${MONTH} ?月 ?${DAY} ?[日号]`],
  ['月', `(?<![\\d.个])${MONTH} ?月(?![饼球光亮嫂]) ?${PART}`],
  [':', `(?<![\\d.:])(?<hour>[01]?\\d|2[0-4]):(?<minute>[0-5]\\d)(?!\\d)`],
  ['点', `(?<![\\d.])(?<hour>[01]?\\d|2[0-4])点(?<minute>[0-5]?\\d)分?`],
  ['时', `(?<![\\d.])(?<hour>[01]?\\d|2[0-4]|零)时(?![间代期效刻常候长段速])(?:(?<minute>[0-5]?\\d)分)?`],
  ['周', '(?:周|星期|礼拜)(?<weekday>[一二三四五六日天])(?![次个名项所场期季年度均])(?: ?(?:至|到|-) ?(?:周|星期|礼拜)(?<upper>[一二三四五六日天]))?'],
  // A number of days is a duration: 七日内, 不少于30日, 满三十日.
  ['日', `(?<![\\d.零〇一二两三四五六七八九十百千万])(?<!(?:于|过|少|足|满|到|共|期限?|期为|周期|隔) ?)${DAY}日(?![均益常用程内]|[以之][内上下])`],
];
const BY_SIGN = new Map<string, RegExp[]>();
for (const [signs, source] of PATTERNS) {
  const pattern = new RegExp(source + (source.includes('<hour>') ? '(?<limit>(?:以|之)?[前后]|起)?' : LIMIT), 'y');
  for (const sign of signs) BY_SIGN.set(sign, [...(BY_SIGN.get(sign) ?? []), pattern]);
}

const GATE = /[\d一二三四五六七八九十零〇]{1,4} ?([年月日时点:./至到学-])|(周|星期|礼拜)/y;
/** Hours behind these count from noon. */
const AFTERNOON = /(?:下午|晚上|傍晚|夜间|晚)$/;
const MAY_OPEN = /[\d一二三四五六七八九十零]|(?<![\d一二两三四五六七八九十半] ?)(?:周|星期|礼拜)[一二三四五六日天]/g;

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
  const gate = GATE.exec(text);
  if (gate === null) return undefined;
  for (const pattern of BY_SIGN.get(gate[2] === undefined ? (gate[1] ?? '') : '周') ?? []) {
    pattern.lastIndex = index;
    const match = pattern.exec(text);
    if (match?.groups === undefined) continue;
    const figure = understand(match.groups, AFTERNOON.test(text.slice(Math.max(0, index - 2), index)));
    if (figure !== undefined) return { start: index, end: index + match[0].length, figure };
  }
  return undefined;
}

function understand(groups: Readonly<Record<string, string | undefined>>, isAfternoon: boolean): FoundFigure['figure'] {
  const read = (name: string): number | undefined => {
    const written = groups[name];
    return written === undefined ? undefined : /^\d+$/.test(written) ? Number(written) : parseNumeral(written);
  };
  const [year, month, day, hour] = [read('year'), read('month'), read('day'), read('hour')];
  const comparator = readLimit(groups['limit']);
  if (groups['weekday'] !== undefined) return understandWeekday(groups['weekday'], groups['upper']);
  if (hour !== undefined) {
    const hours = isAfternoon && hour < 12 ? hour + 12 : hour;
    return { value: hours * 60 + (read('minute') ?? 0), unit: '时', kind: 'time', comparator };
  }
  const part = groups['part'] ?? '';
  if (month === undefined && day === undefined && year !== undefined) {
    const upper = read('upper');
    if (upper !== undefined && upper <= year) return undefined;
    const kind: Figure['kind'] = 'year';
    const unit = (groups['unit'] ?? '年') + part.replace(/^年/, '');
    return { value: year, ...(upper === undefined ? {} : { upper }), unit, kind, comparator };
  }
  const value = (year ?? 0) * (day === undefined ? 100 : 10_000) + (month ?? 0) * (day === undefined ? 1 : 100) + (day ?? 0);
  const unit = `${year === undefined ? '' : '年'}${month === undefined ? '' : '月'}${day === undefined ? '' : '日'}${part.replace(/^月/, '')}`;
  return { value, unit, kind: 'date', comparator };
}

/** 周一 is 1, 周日 7. */
function understandWeekday(weekday: string, upper: string | undefined): FoundFigure['figure'] {
  const [from, to] = [weekday, upper].map((day) => (day === undefined ? undefined : '一二三四五六日'.indexOf(day.replace('天', '日')) + 1));
  if (from === undefined) return undefined;
  const last = to === undefined ? {} : { upper: to < from ? to + 7 : to };
  return { value: from, ...last, unit: '星期', kind: 'date', comparator: 'exactly' };
}

function readLimit(limit: string | undefined): Comparator {
  if (limit === undefined) return 'exactly';
  return limit.endsWith('前') ? 'at-most' : 'at-least';
}
