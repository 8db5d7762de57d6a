/** The days of a week, Monday 1 to Sunday 7, and holidays as an eighth. */
export type Days = ReadonlySet<number>;

const WEEK = '一二三四五六日';
/** The whole week, holidays or not. */
export const EVERY_DAY: Days = new Set([1, 2, 3, 4, 5, 6, 7, 8]);
const HOLIDAYS: Days = new Set([8]);
const WORKDAYS: Days = new Set([1, 2, 3, 4, 5]);
const WEEKEND: Days = new Set([6, 7]);
/** For what names other days than those of a week. */
export const NO_DAYS: Days = new Set();

/** Holidays by their names. */
export const HOLIDAY_NAMES = '国庆|春节|五一|元旦|清明|端午|中秋|劳动节';
const DAY_NAME = '(?:周|星期|礼拜)';
/** Days by their names, side by side or from one to another. */
export const DAY_LIST = `${DAY_NAME}[一二三四五六日天](?![次个名项所场期季年度均])(?:[、和及至到\\-—–~～]*${DAY_NAME}?[一二三四五六日天](?![楼层号场个月次点时名项所节次期年]))*`;
/** Expressions that name days of a week. */
export const DAYS = new RegExp(`${DAY_LIST}|(?<![个几\\d一二两三四五六七八九十])工作日(?![内前后之])|周末|双休日|[每天][日天](?![次个名项所场期季年度均])|全年无休|节假日|(?:${HOLIDAY_NAMES})(?:节|长假|假期|黄金周)?(?:期间|放假|那天|当天)?`, 'gu');
const HOLIDAY = new RegExp(`^(?:节假日|${HOLIDAY_NAMES})`, 'u');

/** The days that an expression names: 周一至周五, 周六日, 工作日, 每日; without those of another one, 除周一外. */
export function readDays(text: string, but?: string): Days {
  if (but !== undefined) return new Set([...readDays(text)].filter((day) => !readDays(but).has(day)));
  if (text === '工作日') return WORKDAYS;
  if (text === '周末' || text === '双休日') return WEEKEND;
  if (HOLIDAY.test(text)) return HOLIDAYS;
  if (!new RegExp(DAY_NAME, 'u').test(text)) return EVERY_DAY;
  const days = new Set<number>();
  let [last, joint] = [0, ''];
  for (const [, before = '', name = ''] of text.replace(/周|星期|礼拜/gu, '').matchAll(/([^一二三四五六日天]*)([一二三四五六日天])/gu)) {
    const day = WEEK.indexOf(name.replace('天', '日')) + 1;
    joint = before;
    if (last > 0 && /[至到\-—–~～]/u.test(joint)) for (let each = last; each !== day; each = (each % 7) + 1) days.add(each);
    days.add(day);
    last = day;
  }
  return days;
}

/** The days of the week that a text names; empty where it names none. */
export const findDays = (text: string): Days => new Set([...text.matchAll(DAYS)].flatMap(([days]) => [...readDays(days)]));
