import type { Figure, FigureKind } from './figure.ts';
import { findDates } from './figure-dates.ts';
import { findNameSpans, readIdiom, type NameSpan } from './figure-names.ts';
import { readQuantity, type FoundFigure } from './figure-quantities.ts';
import { foldFigureText } from './figure-text.ts';
import { isSameUnit } from './figure-units.ts';

export type { Comparator, Figure, FigureKind } from './figure.ts';

const MAY_HOLD_FIGURE = /[0-9０-９零〇一二两三四五六七八九十百千万半兩]|(?:周|星期|礼拜)[日天]/;
const MAY_OPEN = /[\d零〇一二两三四五六七八九十百千万半]|(?:周|星期|礼拜)(?=[一二三四五六日天])/g;

/**
 * The figures of a text as written (unfolded), in order, without overlap. Chinese numerals count only with a classifier, in 百分之, or as
 * ordinals: 一些, 统一, 进一步 and 三门 are words. Empty where there is none. Linear in the length of the text.
 */
export function parseFigures(text: string): readonly Figure[] {
  if (!MAY_HOLD_FIGURE.test(text)) return [];
  const folded = foldFigureText(text);
  const names = findNameSpans(folded.text);
  const dates = findDates(folded.text);
  const figures: Figure[] = [];
  let name = 0;
  let date = 0;
  MAY_OPEN.lastIndex = 0;
  for (let opening = MAY_OPEN.exec(folded.text); opening !== null; opening = MAY_OPEN.exec(folded.text)) {
    const { index } = opening;
    while (date < dates.length && (dates[date]?.start ?? 0) < index) date += 1;
    const found = dates[date]?.start === index ? dates[date] : readNumbered(folded.text, index);
    if (found === undefined) continue;
    MAY_OPEN.lastIndex = Math.max(found.end, index + 1);
    if (found.figure === undefined) continue;
    const { figure } = found;
    while (name < names.length && (names[name]?.end ?? 0) <= found.start) name += 1;
    const around = names[name];
    const isName = around !== undefined && isInside(found, around) && (around.isTitle || isNamed(figure.kind));
    const start = folded.offsets[found.start] ?? 0;
    const end = (folded.offsets[found.end - 1] ?? 0) + 1;
    const { value, upper, unit, comparator } = figure;
    const kind = isName ? 'name' : figure.kind;
    const written = text.slice(start, end);
    if (upper === undefined) figures.push({ text: written, start, end, value, unit, kind, comparator });
    else figures.push({ text: written, start, end, value, upper, unit, kind, comparator });
  }
  return figures;
}

/** Anything but a date; weekdays are dates only. */
function readNumbered(text: string, index: number): FoundFigure | undefined {
  return /[周星礼]/.test(text[index] ?? '') ? undefined : (readIdiom(text, index) ?? readQuantity(text, index));
}

/** More than the figure stands in the quotation: “67所” alone is a quantity. */
function isInside(found: FoundFigure, name: NameSpan): boolean {
  return name.start <= found.start && found.end <= name.end && (name.isTitle || found.end - found.start < name.end - name.start);
}

/** A share or a sum of money between quotation marks is still one; “三个标准” is a name. */
function isNamed(kind: FigureKind): boolean {
  return kind === 'count' || kind === 'ordinal' || kind === 'duration' || kind === 'year' || kind === 'name';
}

/**
 * Whether two figures say the same: value, range, unit and comparator. 6800000000元 is 68亿元, 百分之九十 is 90％; 4月3日 agrees with 2020年4月3日;
 * 65% is not 65%以上, a rank (前1%) is no share (1%).
 */
export function sameFigure(left: Figure, right: Figure): boolean {
  if (left.comparator !== right.comparator || (left.kind === 'rank') !== (right.kind === 'rank')) return false;
  if ((left.kind === 'ordinal') !== (right.kind === 'ordinal') && left.kind !== 'name' && right.kind !== 'name') return false;
  if (left.kind === 'date' && right.kind === 'date' && left.unit !== right.unit) return isSameDay(left, right) || isSameDay(right, left);
  if (!isClose(left.value, right.value) || !isClose(left.upper ?? left.value, right.upper ?? right.value)) return false;
  return isSameUnit(left.unit, right.unit) || isBareMoney(left, right) || isBareMoney(right, left);
}

function isSameDay(full: Figure, short: Figure): boolean {
  const isPair = full.unit === '年月日' && short.unit === '月日' && full.upper === undefined && short.upper === undefined;
  return isPair && full.value % 10_000 === short.value;
}

/** 30亿投资 is written without 元. */
function isBareMoney(bare: Figure, money: Figure): boolean {
  return bare.unit === '' && money.kind === 'money' && bare.value >= 10_000;
}

function isClose(left: number, right: number): boolean {
  return Math.abs(left - right) <= 1e-9 * Math.max(Math.abs(left), Math.abs(right));
}
