import { Command } from 'commander';
import { DOUBTS } from '../eval/doubts.ts';
import type { Doubt } from '../eval/doubts.ts';
import { toMinute } from '../eval/days.ts';
import { describeCounts, describePeriod, describeReason, describeWording, toPercent } from '../eval/report-words.ts';
import type { ReportWords } from '../eval/report-words.ts';
import type { UnansweredGroup, UnansweredReport } from '../eval/unanswered.ts';
import { CSV_START, toCsvCell, toCsvLine } from '../render/csv.ts';
import { renderJson } from '../render/json.ts';
import { toPrintableLine } from '../render/printable.ts';
import type { CommandContext } from './context.ts';
import { UsageError } from './exit-codes.ts';
import { gatherList } from './options.ts';
import { addLogOptions, readLog, writePage } from './report-log.ts';
import type { LogFlags } from './report-log.ts';

interface UnansweredFlags extends LogFlags {
  readonly only?: readonly string[];
  readonly toEval?: string;
  readonly pick?: readonly string[];
}

const quote = ({ label, citedText }: UnansweredGroup['nearest'][number]): string => `${label} 「${citedText}」`;
const reasonsOf = (group: UnansweredGroup, words: ReportWords): string => group.reasons.map((reason) => `${describeReason(words, reason)} ${reason.count}`).join('，');

function renderGroupText(group: UnansweredGroup, words: ReportWords, width: number): string {
  const details = ([
    ['reasons', [reasonsOf(group, words)]],
    ['missing', group.missing.length === 0 ? [] : [group.missing.join('、')]],
    ['wordings', group.wordings.map((wording) => describeWording(words, wording))],
    ['comments', group.comments],
    ['nearest', group.nearest.map(quote)],
  ] as const).flatMap(([key, lines]) => lines.map((line) => `${' '.repeat(width + 2)}${words(key)}：${toPrintableLine(line)}`));
  const head = `${String(group.number).padStart(width)}. ${toPrintableLine(group.question)}　${words('timesOf', { count: group.count })}，${words('lastAskedAt', { at: toMinute(group.lastAt) })}`;
  return [head, ...details].join('\n');
}

function renderUnansweredText(report: UnansweredReport, words: ReportWords, weakBelow: number, alikeFrom: number): string {
  const { groups, doubtful, asked } = report;
  const head = `${words('unanswered')}　${describePeriod(words, report)}`;
  if (groups.length === 0) return `${head}\n${words(asked === 0 ? 'nothing' : 'nothingDoubtful')}\n`;
  const width = String(groups.length).length;
  return [
    head, words('askedOf', { groups: groups.length, doubtful, asked }), '', ...groups.map((group) => renderGroupText(group, words, width)), '',
    `${words('threshold', { percent: toPercent(weakBelow) })}${words('alike', { percent: toPercent(alikeFrom) })}`, '',
  ].join('\n');
}

const COLUMNS = ['number', 'question', 'times', 'firstAsked', 'lastAsked', 'reasons', 'missing', 'wordings', 'comments', 'channels', 'nearest'] as const;

function renderUnansweredCsv({ groups }: UnansweredReport, words: ReportWords): string {
  const lines = groups.map((group): string[] => [
    String(group.number), group.question, String(group.count), toMinute(group.firstAt), toMinute(group.lastAt), reasonsOf(group, words), group.missing.join('、'),
    group.wordings.map((wording) => describeWording(words, wording)).join('；'), group.comments.join('；'), describeCounts(words, group.channels), group.nearest.map(quote).join('；'),
  ]);
  return `${CSV_START}${[COLUMNS.map((column) => words(column)), ...lines].map((cells) => toCsvLine(cells.map(toCsvCell))).join('')}`;
}

function checkDoubts(only: readonly string[] | undefined): ReadonlySet<Doubt> | undefined {
  if (only === undefined) return undefined;
  const unknown = only.find((name) => !(DOUBTS as readonly string[]).includes(name));
  if (unknown !== undefined) throw new UsageError(`--only: read "${toPrintableLine(unknown)}"; accepted is ${DOUBTS.join(', ')}.`);
  return new Set(only as readonly Doubt[]);
}

/** `1,3,5-7`, or `all`. */
export function pickGroups(groups: readonly UnansweredGroup[], picks: readonly string[] = ['all']): readonly UnansweredGroup[] {
  if (picks.includes('all')) return groups;
  const picked = new Set<number>();
  for (const pick of picks) {
    const [, first, last = first] = /^(\d{1,6})(?:-(\d{1,6}))?$/u.exec(pick) ?? [];
    const [from, to] = [Number(first), Number(last)];
    if (first === undefined || from < 1 || to < from || to > groups.length) {
      throw new UsageError(`--pick: read "${toPrintableLine(pick)}"; accepted is all, or numbers and ranges from 1 to ${groups.length} as the report has them, such as 1,3,5-7.`);
    }
    for (let number = from; number <= to; number += 1) picked.add(number);
  }
  return groups.filter(({ number }) => picked.has(number));
}

async function reportUnanswered(flags: UnansweredFlags, context: CommandContext): Promise<void> {
  const doubts = checkDoubts(flags.only);
  if (flags.pick !== undefined && flags.toEval === undefined) throw new UsageError('--pick does nothing without --to-eval: say which set the questions are to go to.');
  if (flags.toEval !== undefined && (flags.csv ?? flags.json ?? flags.html) !== undefined) throw new UsageError('--to-eval writes a set and no report: leave --csv, --json or --html out.');
  const { logged, period } = await readLog(flags, context);
  const [unanswered, { loadReportWords }, { WEAK_SUPPORT }, { ALIKE }] = await Promise.all([
    import('../eval/unanswered.ts'), import('../eval/report-words.ts'), import('../eval/doubts.ts'), import('../eval/question-groups.ts'),
  ]);
  const report = unanswered.reportUnanswered(logged, period, doubts);
  const words = loadReportWords();
  const { stdout } = context;
  if (flags.toEval !== undefined) {
    const { addDrafts } = await import('./report-drafts.ts');
    return addDrafts(flags.toEval, pickGroups(report.groups, flags.pick), words, context);
  }
  if (flags.json) return void stdout.write(renderJson(report));
  if (flags.csv) return void stdout.write(renderUnansweredCsv(report, words));
  if (flags.html === undefined) return void stdout.write(renderUnansweredText(report, words, WEAK_SUPPORT, ALIKE));
  const { renderUnansweredHtml } = await import('../eval/html-unanswered.ts');
  await writePage(flags.html, renderUnansweredHtml(report, words), context);
}

/** `wence report unanswered` */
export function createReportUnanswered(context: CommandContext): Command {
  return addLogOptions(new Command('unanswered'))
    .summary('list the questions that were not answered well')
    .description('Lists the questions that were refused, badly rated, weakly supported, cut by the verifier or not answered by the model, most asked first.')
    .option('--only <reasons>', `only for these reasons: ${DOUBTS.join(', ')}`, gatherList)
    .option('--to-eval <file>', 'add the questions to a set of evaluation cases (.jsonl), as drafts')
    .option('--pick <numbers>', 'which of them, by their numbers in the report: 1,3,5-7, or all (default: all)', gatherList)
    .addHelpText('after', `
Wordings that differ by little stand together: without fillers, four of five pairs of neighbouring characters are the same, and
all numbers.

A draft of a question that was refused is to be refused; any other lacks its answer, and a run fails it until somebody writes
it into gold.must. Drafts carry the tag "draft", and a note that says why and what stands nearest.

Exit codes: 0 ok, 1 could not, 2 wrong usage or settings.

Examples:
  $ wence report unanswered --since 7d
  $ wence report unanswered --only refused,voted-down --html unanswered.html
  $ wence report unanswered --since 7d --to-eval eval/asked.jsonl --pick 1,3,5`)
    .action((flags: UnansweredFlags) => reportUnanswered(flags, context));
}
