export type FigureKind =
  | 'count' | 'percent' | 'percentage-point' | 'money' | 'date' | 'year' | 'duration' | 'time' | 'rank' | 'ordinal'
  /** Digits inside a title, a quoted name or an idiom (2035行动纲要, 减负40条, “三个标准”): they name something and measure nothing. */
  | 'name';

export type Comparator = 'exactly' | 'at-least' | 'more-than' | 'at-most' | 'less-than' | 'about';

/** A value with its unit and comparator: 67所, 不低于90%, 68亿元, 5年内. `text.slice(start, end)` is `figure.text`. */
export interface Figure {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /**
   * In the unit itself: 68亿元 is 6800000000, 90% is 90. Dates count as digits (20200403; 403 without a year; 202004 for a month of a year),
   * times as minutes since midnight.
   */
  readonly value: number;
  /** The upper end of a range (3-5万元); in the same unit. */
  readonly upper?: number;
  /**
   * Canonical: 所, 名, 人次, %, 百分点, 元 …; dates 年月日, 月日, 年月, 月, 日, with 底, 初, 上旬 … where written; empty for a bare number.
   */
  readonly unit: string;
  readonly kind: FigureKind;
  readonly comparator: Comparator;
}
