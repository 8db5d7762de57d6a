import type { Figure, FigureKind } from '../../text/figures.ts';
import type { ComparisonAim } from '../question/comparison.ts';
import type { Point, Reading } from './reading.ts';
import { isCountable } from '../../text/same-measure.ts';

/** One thing with its figure as written. */
export interface Measured {
  readonly name: string;
  readonly figure: string;
}

/** How compared figures stand to one another, computed from what is cited. */
export interface Computed {
  readonly kind: 'compare';
  /** `equal` where there is nothing between them, `change` from the one to the other of the same thing. */
  readonly aim: ComparisonAim | 'equal' | 'change';
  /** What the figures measure, for the words that fit: higher, longer, more. */
  readonly scale: 'share' | 'time' | 'amount';
  /** From what is asked for to the other end: the most first, or the least; of a change what held before, then what holds. */
  readonly things: readonly Measured[];
  /** How far the first and the last are apart (`8个百分点`), all together, or how many times (`2`). */
  readonly outcome: string;
}

/** One compared thing, with where its figure stands. */
export interface Found {
  readonly name: string;
  /** The figure's place first, then what says whose it is. */
  readonly points: readonly Point[];
  readonly figure: Figure;
}

/** An amount as people write it; of shares in points. */
export function formatAmount(value: number, { unit, kind }: Figure, isShare: boolean): string {
  const plain = Number(value.toFixed(6));
  if (unit === '工作日' || unit === '月') return `${plain}个${unit}`;
  if (isShare && kind === 'percent') return `${plain}个百分点`;
  if (kind === 'money') return plain >= 1e8 ? `${Number((plain / 1e8).toFixed(6))}亿元` : plain >= 1e4 ? `${Number((plain / 1e4).toFixed(6))}万元` : `${plain}元`;
  return plain >= 1e4 && plain % 1e3 === 0 ? `${plain / 1e4}万${unit}` : `${plain}${unit}`;
}

/** Which words fit a figure: higher, longer, more. */
export function scaleOf({ kind, unit }: Figure): Computed['scale'] {
  if (kind === 'duration') return 'time';
  return kind === 'percent' || kind === 'percentage-point' || unit === '‰' ? 'share' : 'amount';
}

const ADDABLE: ReadonlySet<FigureKind> = new Set<FigureKind>(['count', 'money']);
const EXACT_TIMES = 100;

/** What comes out of figures that are counted alike; undefined where that can't be told. */
function compute(aim: ComparisonAim, found: readonly Found[]): Computed | undefined {
  const [first] = found;
  if (first === undefined || !isCountable(first.figure)) return undefined;
  const scale = scaleOf(first.figure);
  const describe = (things: readonly Found[]): readonly Measured[] => things.map(({ name, figure }) => ({ name, figure: figure.text }));
  if (aim === 'sum') {
    // What is 不少于 adds up to nothing certain.
    const canAdd = ADDABLE.has(first.figure.kind) && found.every(({ figure }) => figure.comparator === 'exactly');
    return canAdd ? { kind: 'compare', aim, scale, things: describe(found), outcome: formatAmount(found.reduce((sum, { figure }) => sum + figure.value, 0), first.figure, false) } : undefined;
  }
  const sorted = found.toSorted((left, right) => (aim === 'less' ? left.figure.value - right.figure.value : right.figure.value - left.figure.value));
  const [top, end] = [sorted[0], sorted.at(-1)];
  if (top === undefined || end === undefined) return undefined;
  const difference = Math.abs(top.figure.value - end.figure.value);
  if (aim === 'times') {
    const times = end.figure.value === 0 ? Number.NaN : top.figure.value / end.figure.value;
    const isExact = Math.abs(times * EXACT_TIMES - Math.round(times * EXACT_TIMES)) < 1e-6;
    if (isExact) return { kind: 'compare', aim, scale, things: describe(sorted), outcome: String(Math.round(times * EXACT_TIMES) / EXACT_TIMES) };
  }
  const isEqual = difference < 1e-9;
  const isTied = !isEqual && sorted.length > 2 && sorted[1]?.figure.value === top.figure.value;
  return isTied ? undefined : { kind: 'compare', scale, aim: isEqual ? 'equal' : aim === 'times' ? 'more' : aim, things: describe(sorted), outcome: formatAmount(difference, top.figure, true) };
}

/** What comes out of the figures of all things, with their places. */
export function conclude(aim: ComparisonAim, found: readonly Found[]): Reading {
  const points = found.flatMap((each) => each.points.map(({ span }) => ({ span })));
  const isAlike = found.every(({ figure }) => figure.kind === found[0]?.figure.kind && figure.unit === found[0]?.figure.unit);
  const opening = isAlike ? compute(aim, found) : undefined;
  return { verdict: 'answered', shape: 'list', points, ...(opening === undefined ? {} : { opening }) };
}
