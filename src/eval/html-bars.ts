import { escapeHtml } from '../render/html-escape.ts';
import type { Count } from './counts.ts';

const svg = (width: number, height: number, title: string, description: string, content: string): string =>
  `<svg viewBox="0 0 ${width} ${height}" role="img"><title>${escapeHtml(title)}</title><desc>${escapeHtml(description)}</desc>${content}</svg>`;

/** Names with how often each is there, as bars; in elements rather than in a picture, so that long names wrap. */
export function renderCountBars(counts: readonly Count[]): string {
  const most = Math.max(1, ...counts.map(({ count }) => count));
  const rows = counts.map(({ name, count }) =>
    `<li><span>${escapeHtml(name)}</span><svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="10"/><rect class="bar" width="${Math.max(0.5, (100 * count) / most).toFixed(1)}" height="10"/></svg><b>${count}</b></li>`);
  return `<ol class="counts">${rows.join('')}</ol>`;
}

/** One kind of what is counted a day. */
export interface DaySeries {
  readonly name: string;
  /** The class that gives its colour. */
  readonly look: 'answered' | 'refused' | 'chat';
  /** As many as there are days. */
  readonly counts: readonly number[];
}

const DAYS_WIDTH = 1120;
const DAYS_HEIGHT = 240;
const BASE = DAYS_HEIGHT - 28;
const TOP = 16;
const AXIS = 40;
/** So many days have a label under them. */
const MOST_LABELS = 12;

/** A round number at or above: 2, 4, 6, 8, 10, 20, 30 … */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, value)));
  return [1, 2, 3, 4, 5, 6, 8, 10].map((step) => step * power).find((step) => step >= value) ?? value;
}

/** What was counted each day as columns, the kinds on top of one another. */
export function renderDayBars(title: string, days: readonly string[], series: readonly DaySeries[]): string {
  const totals = days.map((_, day) => series.reduce((sum, { counts }) => sum + (counts[day] ?? 0), 0));
  const top = roundUp(Math.max(1, ...totals));
  const step = (DAYS_WIDTH - AXIS) / Math.max(1, days.length);
  const width = Math.min(44, step * 0.72);
  const heightOf = (count: number): number => (count / top) * (BASE - TOP);
  const columns = days.map((day, at) => {
    const x = AXIS + at * step + (step - width) / 2;
    let y = BASE;
    const parts = series.map(({ look, counts }) => {
      const height = heightOf(counts[at] ?? 0);
      y -= height;
      return height === 0 ? '' : `<rect class="day-${look}" x="${x.toFixed(1)}" y="${y.toFixed(1)}" width="${width.toFixed(1)}" height="${height.toFixed(1)}"/>`;
    });
    const told = series.map(({ name, counts }) => `${name} ${counts[at] ?? 0}`).join(', ');
    return `<g><title>${escapeHtml(`${day}: ${told}`)}</title><rect class="hit" x="${(AXIS + at * step).toFixed(1)}" y="${TOP}" width="${step.toFixed(1)}" height="${BASE - TOP}"/>${parts.join('')}</g>`;
  });
  const every = Math.ceil(days.length / MOST_LABELS);
  const labels = days.flatMap((day, at) => (at % every === 0 ? [`<text class="soft" x="${(AXIS + (at + 0.5) * step).toFixed(1)}" y="${DAYS_HEIGHT - 8}" text-anchor="middle">${day.slice(5)}</text>`] : []));
  const lines = [...new Set([0, top % 2 === 0 ? top / 2 : 0, top])].map((value) => {
    const y = (BASE - heightOf(value)).toFixed(1);
    return `<path class="axis" d="M${AXIS} ${y}H${DAYS_WIDTH}"/><text class="soft" x="${AXIS - 8}" y="${Number(y) + 4}" text-anchor="end">${value}</text>`;
  });
  return svg(DAYS_WIDTH, DAYS_HEIGHT, title, days.map((day, at) => `${day} ${totals[at] ?? 0}`).join(', '), lines.join('') + columns.join('') + labels.join(''));
}

/** The colours of the kinds, in words beside them. */
export function renderLegend(series: readonly Pick<DaySeries, 'name' | 'look'>[]): string {
  return `<p class="legend">${series.map(({ name, look }) => `<span><i class="key key-${look}"></i>${escapeHtml(name)}</span>`).join('')}</p>`;
}
