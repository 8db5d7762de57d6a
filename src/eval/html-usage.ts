import type { Count } from './counts.ts';
import { renderCountBars, renderDayBars, renderLegend } from './html-bars.ts';
import type { DaySeries } from './html-bars.ts';
import { escapeHtml } from '../render/html-escape.ts';
import { LOG_STYLE } from './html-log-style.ts';
import { openPage } from './html-page.ts';
import { describePeriod, formatMs, toPercent } from './report-words.ts';
import type { ReportWords } from './report-words.ts';
import type { UsageFigures, UsageReport } from './usage.ts';

const MOST_SECTIONS = 12;

export function renderCard(title: string, value: string, note = ''): string {
  return `<div class="card"><h2>${escapeHtml(title)}</h2><div class="value">${escapeHtml(value)}</div><small class="soft">${escapeHtml(note)}</small></div>`;
}

export function renderChart(title: string, content: string): string {
  return `<figure class="panel chart"><h3>${escapeHtml(title)}</h3>${content}</figure>`;
}

function renderCards({ total }: UsageReport, words: ReportWords): string {
  const share = (count: number): string => (total.asked === 0 ? '' : toPercent(count / total.asked));
  const cards = [
    renderCard(words('asked'), String(total.asked), `${words('conversations')} ${total.conversations}`),
    renderCard(words('answered'), String(total.answered), share(total.answered)),
    renderCard(words('refused'), String(total.refused), share(total.refused)),
    renderCard(words('chat'), String(total.chat), share(total.chat)),
    renderCard(`${words('up')} / ${words('down')}`, `${total.up} / ${total.down}`, `${words('noVote')} ${total.asked - total.up - total.down}`),
    renderCard(words('median'), formatMs(total.medianMs)),
    renderCard(words('p95'), formatMs(total.p95Ms)),
    renderCard(words('degraded'), String(total.degraded), share(total.degraded)),
  ];
  return `<section class="cards">${cards.join('')}</section>`;
}

function renderDays({ days }: UsageReport, words: ReportWords): string {
  const series = (['answered', 'refused', 'chat'] as const).map((look): DaySeries => ({ name: words(look), look, counts: days.map((day) => day[look]) }));
  return `<h2>${escapeHtml(words('byDay'))}</h2><div class="panel chart"><div class="wide" tabindex="0">${renderDayBars(words('byDay'), days.map(({ day }) => day), series)}</div>${renderLegend(series)}</div>`;
}

function renderTable({ days, total }: UsageReport, words: ReportWords): string {
  const columns = ['asked', 'answered', 'refused', 'chat', 'degraded', 'up', 'down', 'median', 'p95'];
  const row = (name: string, day: UsageFigures): string =>
    `<tr><td>${escapeHtml(name)}</td>${[day.asked, day.answered, day.refused, day.chat, day.degraded, day.up, day.down].map((count) => `<td>${count}</td>`).join('')}<td>${formatMs(day.medianMs)}</td><td>${formatMs(day.p95Ms)}</td></tr>`;
  const head = ['day', ...columns].map((column) => `<th scope="col">${escapeHtml(words(column))}</th>`).join('');
  const asked = days.filter((day) => day.asked > 0).toReversed();
  return `<div class="panel scroll table" tabindex="0"><table><thead><tr>${head}</tr></thead><tbody>${asked.map((day) => row(day.day, day)).join('')}${row(words('total'), total)}</tbody></table></div>`;
}

/** The usage as one page that needs nothing else, loads nothing and runs nothing. */
export function renderUsageHtml(report: UsageReport, words: ReportWords): string {
  const named = (counts: readonly Count[]): Count[] => counts.map(({ name, count }) => ({ name: words(name), count }));
  const votes = [{ name: words('up'), count: report.total.up }, { name: words('down'), count: report.total.down }].filter(({ count }) => count > 0);
  const charts = ([
    ['bySection', report.sections.slice(0, MOST_SECTIONS)], ['byRefusal', named(report.refusals)], ['byChannel', named(report.channels)], ['byVote', votes],
    ['byReason', named(report.complaints)], ['byDegraded', named(report.degradations)],
  ] as const).filter(([, counts]) => counts.length > 0);
  const title = words('usage');
  return [
    `${openPage({ lang: 'zh-CN', title: `${title} ${describePeriod(words, report)}`, style: LOG_STYLE })}<main>`,
    `<header><h1>${escapeHtml(title)}</h1><p class="soft">${escapeHtml(describePeriod(words, report))}</p></header>`,
    renderCards(report, words),
    report.total.asked === 0 ? `<p class="panel empty">${escapeHtml(words('nothing'))}</p>` : renderDays(report, words),
    `<section class="charts lower">${charts.map(([key, counts]) => renderChart(words(key), renderCountBars(counts))).join('')}</section>`,
    report.total.asked === 0 ? '' : renderTable(report, words),
    '</main></body></html>\n',
  ].join('\n');
}
