import { isSameUnit } from './figure-units.ts';
import { sameFigure } from './figures.ts';
import type { Figure } from './figures.ts';

const MEASURES: ReadonlySet<Figure['kind']> = new Set(['count', 'percent', 'percentage-point', 'money']);
/** Whether a figure measures something, rather than tell a day or a place in a row. */
export const isMeasure = ({ kind }: Figure): boolean => MEASURES.has(kind);
/** Whether two such figures can be set against each other, and something comes out; days and ordinals only stand in an order. */
export const isCountable = (figure: Figure): boolean => isMeasure(figure) || figure.kind === 'duration';

/** A day, month or year. */
export const isDay = ({ kind }: Figure): boolean => kind === 'date' || kind === 'year';
const WEEKDAY = '星期';
/** Minutes in what spans of time are told by. */
const MINUTES: Readonly<Record<string, number>> = { 分钟: 1, 小时: 60, 天: 1440, 周: 10_080, 月: 43_200, 年: 518_400 };
const isSpan = ({ kind, unit }: Figure): boolean => kind === 'duration' && MINUTES[unit] !== undefined;
/** In minutes where it is a span of time. */
export const valueOf = (figure: Figure): number => figure.value * (isSpan(figure) ? (MINUTES[figure.unit] ?? 1) : 1);

export const isSameMeasure = (left: Figure, right: Figure): boolean => (isSpan(left) && isSpan(right)) || (isDay(left) && isDay(right) && (left.unit === WEEKDAY) === (right.unit === WEEKDAY)) || (left.kind === right.kind && isSameUnit(left.unit, right.unit));
/** A day is in the month that the other one names (4月12日 in 四月份). */
const isInMonth = (day: Figure, month: Figure): boolean => (month.unit === '月' && day.unit.startsWith('月日')) || (month.unit === '年月' && day.unit.startsWith('年月日')) ? Math.floor(day.value / 100) === month.value : false;
/** A day without its year, as months and days; undefined for what names no month. */
function dayOfYear({ unit, value }: Figure): { readonly unit: string; readonly value: number } | undefined {
  if (unit.startsWith('年月日')) return { unit: unit.slice(1), value: value % 10_000 };
  if (unit.startsWith('年月')) return { unit: unit.slice(1), value: value % 100 };
  return unit.startsWith('月') ? { unit, value } : undefined;
}
const MONTH_END = '月底';
/** The last day of each month. */
const LAST_DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;
const isLastDay = (value: number): boolean => value === 228 || value % 100 === LAST_DAYS[Math.floor(value / 100) - 1];
/** The same day where one of the two leaves its year out (2月底 and 2026年2月底), the end of a month also as its last day (9月30日). */
function isSameDayOfYear(left: Figure, right: Figure): boolean {
  if (left.unit.startsWith('年') === right.unit.startsWith('年') && left.unit === right.unit) return false;
  const [one, other] = [dayOfYear(left), dayOfYear(right)];
  if (one === undefined || other === undefined || (left.unit.startsWith('年') && right.unit.startsWith('年'))) return false;
  const endsMonth = (end: typeof one, day: typeof one): boolean => end.unit === MONTH_END && day.unit === '月日' && Math.floor(day.value / 100) === end.value && isLastDay(day.value);
  return (one.unit === other.unit && one.value === other.value) || endsMonth(one, other) || endsMonth(other, one);
}
/** A weekday is among those that the other one names (周三 in 周一至周五). */
const isInWeek = (day: Figure, days: Figure): boolean => day.unit === WEEKDAY && days.unit === WEEKDAY && days.upper !== undefined && day.upper === undefined && [day.value, day.value + 7].some((value) => value >= days.value && value <= (days.upper ?? 0));
/** Whether two figures come to the same: 90分钟 and 1.5小时, 4月12日 and 四月份. */
export const isEqual = (left: Figure, right: Figure): boolean => sameFigure(left, right) || valueOf(left) === valueOf(right) || isInMonth(left, right) || isInMonth(right, left) || isInWeek(left, right) || isInWeek(right, left) || isSameDayOfYear(left, right);
