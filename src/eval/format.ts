import { findMetric } from './metrics.ts';
import type { Figure } from './run-summary.ts';

export const NOTHING = '–';

export const percent = (value: number): string => `${(100 * value).toFixed(1)}%`;

/** A metric's value in its unit; `–` where it could not be computed. */
export function formatValue(metric: string, value: number | null | undefined): string {
  if (value === null || value === undefined) return NOTHING;
  const unit = findMetric(metric)?.unit ?? 'share';
  if (unit === 'share') return /^(?:ndcg|mrr|recall@|f1)/.test(metric) ? value.toFixed(3) : percent(value);
  if (unit === 'milliseconds') return `${value.toFixed(1)} ms`;
  return value >= 100 ? value.toFixed(0) : value.toFixed(1);
}

/** `92.7% (n 110)`; with the cases that have the metric where they are not all: `90.0% (n 20, 20 of 110 cases)`. */
export function formatFigure(metric: string, figure: Figure | undefined): string {
  if (figure === undefined) return NOTHING;
  const { cases, of } = figure.coverage;
  const coverage = cases === of ? '' : `, ${cases} of ${of} cases`;
  return `${formatValue(metric, figure.value)} (n ${figure.n}${coverage})`;
}

export const formatInterval = (figure: Figure | undefined): string => figure?.interval?.map(percent).join('–') ?? NOTHING;
