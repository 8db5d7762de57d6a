import { formatInterval, formatValue, percent } from './format.ts';
import { escapeHtml } from '../render/html-escape.ts';
import type { Figure, GroupSummary } from './run-summary.ts';
import { percentile } from './statistics.ts';

const ROW = 24;
const WIDTH = 520;
const LEFT = 150;
const RIGHT = 70;

/** Han characters are twice as wide as letters. */
function clip(text: string, width: number): string {
  let used = 0;
  let end = 0;
  for (const character of text) {
    used += character > '\u2e7f' ? 2 : 1;
    if (used > width) return `${text.slice(0, end)}…`;
    end += character.length;
  }
  return text;
}

const open = (height: number, title: string, description: string): string =>
  `<svg viewBox="0 0 ${WIDTH} ${height}" role="img"><title>${escapeHtml(title)}</title><desc>${escapeHtml(description)}</desc>`;

interface Row {
  readonly label: string;
  readonly group: GroupSummary;
}

/** A share by kind as bars, with the 95 % interval as a whisker. */
export function renderAccuracyChart(title: string, rows: readonly Row[]): string {
  const scale = WIDTH - LEFT - RIGHT;
  const description = rows.map(({ label, group }) => `${label} ${formatValue('accuracy', group.figures['accuracy']?.value)} of ${group.figures['accuracy']?.n ?? 0}`).join(', ');
  const bars = rows.map(({ label, group }, index) => {
    const y = index * ROW;
    const figure = group.figures['accuracy'];
    const name = `<text x="${LEFT - 8}" y="${y + 16}" text-anchor="end">${escapeHtml(clip(label, 22))}</text>`;
    if (figure === undefined || figure.value === null) return `${name}<text class="soft" x="${LEFT}" y="${y + 16}">no case applies</text>`;
    const [low, high] = figure.interval ?? [figure.value, figure.value];
    const x = (value: number): string => (LEFT + value * scale).toFixed(1);
    return `${name}<rect class="track" x="${LEFT}" y="${y + 5}" width="${scale}" height="14" rx="3"/><rect class="bar" x="${LEFT}" y="${y + 5}" width="${(figure.value * scale).toFixed(1)}" height="14" rx="3"/>`
      + `<path class="whisker" d="M${x(low)} ${y + 12}H${x(high)}M${x(low)} ${y + 8}v8M${x(high)} ${y + 8}v8"/><text x="${WIDTH - RIGHT + 8}" y="${y + 16}">${percent(figure.value)}</text>`;
  });
  return `${open(rows.length * ROW + 4, title, description)}${bars.join('')}</svg>`;
}

const VERDICTS = ['pass', 'fail', 'error', 'skip'] as const;

/** Verdicts by kind, each bar as long as it has cases. */
export function renderVerdictChart(title: string, rows: readonly Row[]): string {
  const scale = WIDTH - LEFT - RIGHT;
  const sizes = rows.map(({ group: { verdicts } }) => VERDICTS.reduce((sum, verdict) => sum + verdicts[verdict], 0));
  const most = Math.max(1, ...sizes);
  const description = rows.map(({ label, group: { verdicts } }) => `${label}: ${VERDICTS.map((verdict) => `${verdicts[verdict]} ${verdict}`).join(', ')}`).join('; ');
  const bars = rows.map(({ label, group: { verdicts } }, index) => {
    const y = index * ROW;
    let at = LEFT;
    const parts = VERDICTS.map((verdict) => {
      const width = (verdicts[verdict] / most) * scale;
      const rect = width === 0 ? '' : `<rect class="fill-${verdict}" x="${at.toFixed(1)}" y="${y + 5}" width="${Math.max(1, width).toFixed(1)}" height="14"/>`;
      at += width;
      return rect;
    });
    return `<text x="${LEFT - 8}" y="${y + 16}" text-anchor="end">${escapeHtml(clip(label, 22))}</text>${parts.join('')}<text class="soft" x="${(at + 6).toFixed(1)}" y="${y + 16}">${verdicts.pass}/${sizes[index] ?? 0}</text>`;
  });
  return `${open(rows.length * ROW + 4, title, description)}${bars.join('')}</svg>`;
}

const BINS = 26;
const HEIGHT = 150;

/** Times of answers on a logarithmic scale, with the median and the slow ends. */
export function renderLatencyChart(title: string, latencies: readonly number[]): string {
  const known = latencies.filter((value) => value > 0);
  const [least, most] = [Math.log10(percentile(known, 0) ?? 1), Math.log10(percentile(known, 1) ?? 10)];
  const span = Math.max(0.3, most - least);
  const counts = Array.from({ length: BINS }, () => 0);
  for (const value of known) {
    const bin = Math.min(BINS - 1, Math.floor(((Math.log10(value) - least) / span) * BINS));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  const highest = Math.max(1, ...counts);
  const width = (WIDTH - 20) / BINS;
  const bars = counts.map((count, bin) => {
    const height = (count / highest) * (HEIGHT - 40);
    return count === 0 ? '' : `<rect class="bar" x="${(10 + bin * width).toFixed(1)}" y="${(HEIGHT - 20 - height).toFixed(1)}" width="${(width - 2).toFixed(1)}" height="${height.toFixed(1)}"/>`;
  });
  const marks = ([['p50', 0.5], ['p95', 0.95], ['p99', 0.99]] as const).map(([name, rank], index) => {
    const value = percentile(known, rank) ?? 1;
    const x = 10 + ((Math.log10(value) - least) / span) * (WIDTH - 20);
    const anchor = x > WIDTH - 90 ? 'end' : 'start';
    return `<path class="rule" d="M${x.toFixed(1)} 4V${HEIGHT - 20}"/><text x="${(x + (anchor === 'end' ? -4 : 4)).toFixed(1)}" y="${14 + index * 15}" text-anchor="${anchor}">${name} ${formatValue('p50', value)}</text>`;
  });
  const ends = `<text class="soft" x="10" y="${HEIGHT - 4}">${formatValue('p50', 10 ** least)}</text><text class="soft" x="${WIDTH - 10}" y="${HEIGHT - 4}" text-anchor="end">${formatValue('p50', 10 ** (least + span))}</text>`;
  const description = `p50 ${formatValue('p50', percentile(known, 0.5))}, p95 ${formatValue('p50', percentile(known, 0.95))}, p99 ${formatValue('p50', percentile(known, 0.99))} of ${known.length} answers`;
  return `${open(HEIGHT, title, description)}<path class="axis" d="M10 ${HEIGHT - 20}H${WIDTH - 10}"/>${bars.join('')}${marks.join('')}${ends}</svg>`;
}

/** A share and its interval on one line, for a card. */
export function renderIntervalBar(figure: Figure): string {
  const value = figure.value ?? 0;
  const [low, high] = figure.interval ?? [value, value];
  const x = (share: number): string => (share * 200).toFixed(1);
  return `<svg viewBox="0 0 200 14" preserveAspectRatio="none" role="img"><title>95 % interval ${escapeHtml(formatInterval(figure))}</title><rect class="track" x="0" y="4" width="200" height="6" rx="3"/>`
    + `<rect class="bar" x="0" y="4" width="${x(value)}" height="6" rx="3"/><path class="whisker" d="M${x(low)} 7H${x(high)}M${x(low)} 2v10M${x(high)} 2v10"/></svg>`;
}
