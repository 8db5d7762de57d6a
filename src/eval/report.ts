import { createColors } from 'picocolors';
import { toPrintableLine } from '../render/printable.ts';
import type { Gold } from './cases.ts';
import { summarize } from './summary.ts';
import type { Result, Share, Summary } from './summary.ts';

export interface ReportOptions {
  readonly colors: boolean;
  /** `figures`: no question and no answer; `failures`: a line each; `failing`: failures in full; `all`: every case in full. */
  readonly detail: 'figures' | 'failures' | 'failing' | 'all';
}

const NOTHING = '–';
const HEADINGS = ['set', 'kind', 'n', 'right', 'accuracy', '95 % interval', 'wrong', 'false refusals', 'errors'] as const;
const LEFT_ALIGNED = 2;
const percent = (value: number): string => `${(100 * value).toFixed(1)}%`;
const show = ({ value, n }: Share): string => (value === undefined ? NOTHING : `${percent(value)} (n ${n})`);
const milliseconds = (value: number | undefined): string => (value === undefined ? NOTHING : `${value.toFixed(1)} ms`);

function toRow(set: string, kind: string, { n, right, accuracy, wrong, falseRefusals, errors }: Summary): string[] {
  const interval = accuracy.interval === undefined ? NOTHING : accuracy.interval.map(percent).join('–');
  const rate = accuracy.value === undefined ? NOTHING : percent(accuracy.value);
  return [set, kind, String(n), String(right), rate, interval, String(wrong), String(falseRefusals), String(errors)];
}

/** In order of appearance. */
function groupBy(results: readonly Result[], key: (result: Result) => string): Map<string, Result[]> {
  const groups = new Map<string, Result[]>();
  for (const result of results) groups.set(key(result), [...(groups.get(key(result)) ?? []), result]);
  return groups;
}

const kindOf = ({ evaluationCase }: Result): string => evaluationCase.kind;

function renderTable(results: readonly Result[], bold: (text: string) => string): string[] {
  const rows: string[][] = [];
  const sets = groupBy(results, ({ set }) => set);
  for (const [set, ofSet] of sets) {
    for (const [kind, ofKind] of groupBy(ofSet, kindOf)) rows.push(toRow(set, kind, summarize(ofKind)));
    rows.push(toRow(set, 'all', summarize(ofSet)));
  }
  if (sets.size > 1) rows.push(toRow('all sets', 'all', summarize(results)));
  const widths = HEADINGS.map((heading, column) => Math.max(heading.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const align = (cells: readonly string[]): string =>
    cells.map((cell, column) => (column < LEFT_ALIGNED ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ');
  return [bold(align(HEADINGS)), ...rows.map((row) => (row[1] === 'all' ? bold(align(row)) : align(row)))];
}

function renderTotals({ refusal, citation, hit1, p50, p95 }: Summary): string[] {
  return [
    `refusals    precision ${show(refusal.precision)}, recall ${show(refusal.recall)}, F1 ${show(refusal.f1)}`,
    `citations   valid ${show(citation.validity)}, hit ${show(citation.hit)}, precision ${show(citation.precision)}`,
    `retrieval   hit@1 ${show(hit1)}`,
    `latency     p50 ${milliseconds(p50)}, p95 ${milliseconds(p95)}`,
  ];
}

function describeGold({ refuse, must, must_not: mustNot, polarity }: Gold, kind: string): string {
  if (refuse) return 'a refusal';
  const parts = must.map((group) => group.join(' | '));
  if (polarity !== undefined) parts.unshift(polarity);
  if (mustNot.length > 0) parts.push(`not ${mustNot.join(', ')}`);
  return parts.join('; ') || kind;
}

const isFailure = ({ outcome }: Result): boolean => 'error' in outcome || !outcome.score.isRight;

function describeFault({ outcome }: Result): string {
  return 'error' in outcome ? `error: ${toPrintableLine(outcome.error)}` : outcome.score.faults.join('; ');
}

function renderCase(result: Result, { green, red, dim }: ReturnType<typeof createColors>): string[] {
  const { evaluationCase, outcome } = result;
  const failed = isFailure(result);
  const { id, kind, question, history, gold } = evaluationCase;
  const lines = [`${failed ? red('✗') : green('✓')} ${id} ${dim(kind)}  ${toPrintableLine(question)}`];
  for (const { role, content } of history) lines.push(dim(`  ${role === 'user' ? 'asked    ' : 'answered '} ${toPrintableLine(content)}`));
  lines.push(`  expected  ${describeGold(gold, kind)}`);
  if (!('error' in outcome)) {
    lines.push(`  got       ${outcome.status}: ${toPrintableLine(outcome.answer)}`);
    const misses = outcome.score.isCitationHit === false ? ' (not where the answer is written)' : '';
    const labels = outcome.citations.map(({ label }) => toPrintableLine(label)).join('; ');
    if (labels !== '') lines.push(`  cited     ${labels}${misses}`);
  }
  if (failed) lines.push(`  why       ${describeFault(result)}`);
  return lines;
}

function renderCases(results: readonly Result[], detail: ReportOptions['detail'], colors: ReturnType<typeof createColors>): string[] {
  const chosen = detail === 'all' ? results : results.filter(isFailure);
  if (detail === 'figures' || chosen.length === 0) return [];
  if (detail !== 'failures') return chosen.flatMap((result) => ['', ...renderCase(result, colors)]);
  const toLine = (result: Result): string => {
    const { id, question } = result.evaluationCase;
    return `${colors.red('✗')} ${id}  ${toPrintableLine(question)}  ${colors.dim(describeFault(result))}`;
  };
  return ['', ...chosen.map(toLine)];
}

/** Table by set and kind, totals, then cases as far as `detail` asks for them. Ends with a line break. */
export function renderReport(results: readonly Result[], { colors, detail }: ReportOptions): string {
  const palette = createColors(colors);
  const figures = [...renderTable(results, palette.bold), '', ...renderTotals(summarize(results))];
  return [...figures, ...renderCases(results, detail, palette), ''].join('\n');
}

/** The run for programs. Sets that are set aside (`isHidden`) give figures by kind and no case. */
export function renderJsonReport(results: readonly Result[], isHidden: (set: string) => boolean): string {
  const sets = [...groupBy(results, ({ set }) => set)].map(([set, ofSet]) => ({
    set,
    summary: summarize(ofSet),
    kinds: Object.fromEntries([...groupBy(ofSet, kindOf)].map(([kind, ofKind]) => [kind, summarize(ofKind)])),
    cases: isHidden(set) ? [] : ofSet.map(({ evaluationCase, outcome }) => ({ ...evaluationCase, ...outcome })),
  }));
  return `${JSON.stringify({ summary: summarize(results), sets }, undefined, 2)}\n`;
}
