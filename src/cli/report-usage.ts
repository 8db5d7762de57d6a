import { Command } from 'commander';
import { formatMs, describeCounts, describePeriod, toPercent } from '../eval/report-words.ts';
import type { ReportWords } from '../eval/report-words.ts';
import type { UsageFigures, UsageReport } from '../eval/usage.ts';
import { CSV_START, toCsvCell, toCsvLine } from '../render/csv.ts';
import { renderJson } from '../render/json.ts';
import { toPrintableLine } from '../render/printable.ts';
import { alignTable } from '../render/table.ts';
import type { CommandContext } from './context.ts';
import { addLogOptions, readLog, writePage } from './report-log.ts';
import type { LogFlags } from './report-log.ts';

const COLUMNS = ['asked', 'answered', 'refused', 'chat', 'degraded', 'up', 'down'] as const;
const MOST_SECTIONS = 10;

function renderUsageText(report: UsageReport, words: ReportWords): string {
  const { total, days, channels, refusals, degradations, complaints, sections } = report;
  const lines = [`${words('usage')}　${describePeriod(words, report)}`];
  if (total.asked === 0) return `${[...lines, words('nothing')].join('\n')}\n`;
  const share = (count: number): string => `${count}（${toPercent(count / total.asked)}）`;
  lines.push(
    `${words('asked')} ${total.asked}，${words('conversations')} ${total.conversations}；${(['answered', 'refused', 'chat'] as const).map((key) => `${words(key)} ${share(total[key])}`).join('，')}`,
    `${words('up')} ${total.up}，${words('down')} ${total.down}；${words('median')} ${formatMs(total.medianMs)}，${words('p95')} ${formatMs(total.p95Ms)}；${words('degraded')} ${total.degraded}`,
  );
  const parts = [['byChannel', channels], ['byRefusal', refusals], ['byReason', complaints], ['byDegraded', degradations]] as const;
  for (const [key, counts] of parts) if (counts.length > 0) lines.push(`${words(key)}：${describeCounts(words, counts)}`);
  const row = (name: string, figures: UsageFigures): string[] => [name, ...COLUMNS.map((column) => String(figures[column])), formatMs(figures.medianMs), formatMs(figures.p95Ms)];
  const head = ['day', ...COLUMNS, 'median', 'p95'].map((column) => words(column));
  const table = alignTable([head, ...days.filter(({ asked }) => asked > 0).map((day) => row(day.day, day)), row(words('total'), total)], 1);
  const cited = sections.slice(0, MOST_SECTIONS).map(({ name, count }) => `${String(count).padStart(4)}  ${toPrintableLine(name)}`);
  return `${[...lines, '', ...table, ...(cited.length === 0 ? [] : ['', words('bySection'), ...cited])].join('\n')}\n`;
}

/** A line a day; milliseconds without a unit, so that a spreadsheet can count with them. */
function renderUsageCsv({ days }: UsageReport, words: ReportWords): string {
  const head = ['day', ...COLUMNS].map((column) => words(column));
  const lines = days.map((day) => [day.day, ...COLUMNS.map((column) => String(day[column])), ...[day.medianMs, day.p95Ms].map((ms) => (ms === null ? '' : String(Math.round(ms * 10) / 10)))]);
  return `${CSV_START}${[[...head, `${words('median')} (ms)`, `${words('p95')} (ms)`], ...lines].map((cells) => toCsvLine(cells.map(toCsvCell))).join('')}`;
}

async function reportUsage(flags: LogFlags, context: CommandContext): Promise<void> {
  const { logged, period } = await readLog(flags, context);
  const [usage, { loadReportWords }] = await Promise.all([import('../eval/usage.ts'), import('../eval/report-words.ts')]);
  const report = usage.reportUsage(logged, period);
  const words = loadReportWords();
  if (flags.json) return void context.stdout.write(renderJson(report));
  if (flags.csv) return void context.stdout.write(renderUsageCsv(report, words));
  if (flags.html === undefined) return void context.stdout.write(renderUsageText(report, words));
  const { renderUsageHtml } = await import('../eval/html-usage.ts');
  await writePage(flags.html, renderUsageHtml(report, words), context);
}

/** `wence report usage` */
export function createReportUsage(context: CommandContext): Command {
  return addLogOptions(new Command('usage'))
    .summary('count questions by day, outcome, channel and section')
    .description('Counts questions by day, outcome, channel, kind of refusal, votes and cited sections, and tells how long answers took.')
    .addHelpText('after', `
Days are those of this machine's clock (TZ). --csv has a line a day.

Exit codes: 0 ok, 1 could not, 2 wrong usage or settings.

Examples:
  $ wence report usage --since 4w
  $ wence report usage --since 2026-11-01 --html usage.html`)
    .action((flags: LogFlags) => reportUsage(flags, context));
}
