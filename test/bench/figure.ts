/** One measured figure, and the goal that it is held to. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  /** `×` is a ratio to a bare baseline of the same run. */
  readonly unit: 'ms' | 's' | 'MiB' | 'KiB' | 'asks' | '×';
  /** At most so much; left out, the figure is only told. */
  readonly goal?: number;
  /** What the figure stands on: baseline, spread, number of runs. */
  readonly note?: string;
}

export interface BenchOptions {
  /** Where the built product lies. */
  readonly dist: string;
  /** How often each figure is taken; its median counts. */
  readonly rounds: number;
  /** For data folders, corpora and the working directory of servers; empty at the start. */
  readonly scratch: string;
  readonly say: (line: string) => void;
}

export type Bench = (options: BenchOptions) => Promise<readonly Figure[]>;

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Linear between the neighbouring values; NaN without values. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((left, right) => left - right);
  const position = share * (sorted.length - 1);
  const below = sorted[Math.floor(position)] ?? Number.NaN;
  const above = sorted[Math.ceil(position)] ?? Number.NaN;
  return below + (above - below) * (position % 1);
}

export type Verdict = 'met' | 'MISSED' | '';

/** A figure that could not be taken (NaN) has missed its goal. */
export const judge = ({ value, goal }: Figure): Verdict => (goal === undefined ? '' : value <= goal ? 'met' : 'MISSED');

function formatValue(value: number, unit: Figure['unit']): string {
  if (Number.isNaN(value)) return 'not taken';
  const digits = unit === 'MiB' || unit === 'asks' ? 0 : unit === '×' ? 2 : value >= 100 ? 0 : value >= 10 ? 1 : value >= 0.1 ? 2 : 3;
  return `${value.toFixed(digits)} ${unit}`;
}

/** A table as wide as its longest cells, for a terminal. */
export function renderFigures(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [
    figure.name,
    formatValue(figure.value, figure.unit),
    figure.goal === undefined ? '' : `≤ ${figure.goal} ${figure.unit}`,
    judge(figure),
    figure.note ?? '',
  ]);
  const table = [['figure', 'median', 'goal', 'verdict', 'stands on'], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  const pad = (cell: string, column: number): string => (column === 1 ? cell.padStart(widths[1] ?? 0) : cell.padEnd(widths[column] ?? 0));
  return table.map((row) => row.map(pad).join('  ').trimEnd()).join('\n');
}
