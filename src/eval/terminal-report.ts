import { createColors } from 'picocolors';
import { toPrintableLine } from '../render/printable.ts';
import { alignTable } from '../render/table.ts';
import type { RunComparison } from './compare-runs.ts';
import { NOTHING, formatFigure, formatInterval, formatValue, percent } from './format.ts';
import type { GateVerdict } from './gates.ts';
import { METRICS } from './metrics.ts';
import type { Metric } from './metrics.ts';
import type { CaseRecord } from './record.ts';
import type { GroupSummary, RunSummary } from './run-summary.ts';

export interface TerminalOptions {
  readonly colors: boolean;
}

const HEADINGS = ['set', 'kind', 'n', 'pass', 'fail', 'error', 'skip', 'accuracy', '95 % interval', 'wrong', 'false refusals'] as const;
const LEFT_ALIGNED = 2;
const GROUPS: readonly Metric['group'][] = ['answers', 'refusals', 'citations', 'grounding', 'retrieval', 'robustness', 'cost'];

/** How often: share times what it was taken over. */
const countOf = (group: GroupSummary, metric: string): string => {
  const figure = group.figures[metric];
  return figure === undefined || figure.value === null ? NOTHING : String(Math.round(figure.value * figure.n));
};

function toRow(group: GroupSummary, isOnly: boolean): string[] {
  const { set = isOnly ? 'all' : 'all sets', kind = 'all', verdicts, figures } = group;
  const { accuracy } = figures;
  const value = accuracy === undefined || accuracy.value === null ? NOTHING : percent(accuracy.value);
  const { pass, fail, error, skip } = verdicts;
  const counts = [pass + fail, pass, fail, error, skip].map(String);
  return [toPrintableLine(set), toPrintableLine(kind), ...counts, value, formatInterval(accuracy), countOf(group, 'wrong'), countOf(group, 'refusal.false')];
}

function renderTable(groups: readonly GroupSummary[], bold: (text: string) => string): string[] {
  const [whole, ...rest] = groups;
  const sets = new Set(rest.map(({ set }) => set));
  const shown = sets.size === 1 ? rest : [...rest, ...(whole === undefined ? [] : [whole])];
  // Kinds first, then the set they belong to.
  const ordered = [...sets].flatMap((set) => {
    const ofSet = shown.filter((group) => group.set === set && set !== undefined);
    return [...ofSet.filter(({ kind }) => kind !== undefined), ...ofSet.filter(({ kind }) => kind === undefined)];
  });
  const rows = [...ordered, ...shown.filter(({ set }) => set === undefined)].map((group) => toRow(group, sets.size === 1));
  const [head = '', ...lines] = alignTable([HEADINGS, ...rows], LEFT_ALIGNED);
  return [bold(head), ...lines.map((line, index) => (rows[index]?.[1] === 'all' ? bold(line) : line))];
}

function renderMetrics({ figures }: GroupSummary): string[] {
  return GROUPS.flatMap((group) => {
    const parts = METRICS.filter((metric) => metric.group === group && metric.name !== 'accuracy' && figures[metric.name] !== undefined)
      .map(({ name }) => `${name} ${formatFigure(name, figures[name])}`);
    const lines: string[] = [];
    for (let at = 0; at < parts.length; at += 3) lines.push(`${(at === 0 ? group : '').padEnd(11)} ${parts.slice(at, at + 3).join(', ')}`);
    return lines;
  });
}

/** Table by set and kind, every metric with its n, and what is to be known of them. Ends with a line break. */
export function renderFigures(summary: RunSummary, { colors }: TerminalOptions): string {
  const { bold, dim } = createColors(colors);
  const [whole] = summary.groups;
  const lines = [...renderTable(summary.groups, bold), '', ...(whole === undefined ? [] : renderMetrics(whole))];
  if (summary.constants.length + summary.notes.length > 0) lines.push('');
  lines.push(...summary.constants.map((constant) => dim(`the same for every case: ${constant}`)));
  lines.push(...summary.notes.map((note) => dim(`note: ${toPrintableLine(note)}`)));
  return `${lines.join('\n')}\n`;
}

const severity = ({ verdict, answer }: CaseRecord): number => (verdict === 'error' ? 1 : answer?.status === 'refused' ? 2 : 0);

/** A case in full: question, expected, got, cited place, why. */
export function renderCase(record: CaseRecord, { colors }: TerminalOptions): string {
  const { green, red, yellow, dim } = createColors(colors);
  const { verdict, set, id, kind, perturbation, repeat, question, history = [], expected, answer, reasons, measures } = record;
  const marks = { pass: green('✓'), fail: red('✗'), error: yellow('!'), skip: dim('-') } as const;
  const about = [kind, perturbation, repeat > 1 ? `repeat ${repeat}` : undefined].filter((part) => part !== undefined).join(', ');
  const lines = [`${marks[verdict]} ${toPrintableLine(`${set}#${id}`)} ${dim(toPrintableLine(about))}  ${toPrintableLine(question)}`];
  for (const { role, content } of history) lines.push(dim(`  ${role === 'user' ? 'asked    ' : 'answered '} ${toPrintableLine(content)}`));
  if (expected !== '') lines.push(`  expected  ${toPrintableLine(expected)}`);
  if (answer !== undefined) {
    lines.push(`  got       ${answer.status}: ${toPrintableLine(answer.answer)}`);
    const misses = measures['citation.hit']?.[0] === 0 ? ' (not where the answer is written)' : '';
    const labels = answer.citations.map(({ label }) => toPrintableLine(label)).join('; ');
    if (labels !== '') lines.push(`  cited     ${labels}${misses}`);
  }
  if (reasons.length > 0) lines.push(`  why       ${toPrintableLine(reasons.join('; '))}`);
  return lines.join('\n');
}

/** The worst first: wrong answers, then errors, then false refusals. */
export function sortFailures(failures: readonly CaseRecord[]): readonly CaseRecord[] {
  return failures.toSorted((left, right) => severity(left) - severity(right));
}

/** Gates, a line each. */
export function renderGates(gates: readonly GateVerdict[], { colors }: TerminalOptions): string {
  const { green, red } = createColors(colors);
  return gates.map(({ isMet, text }) => `${isMet ? green('✓ met    ') : red('✗ not met')} ${toPrintableLine(text)}\n`).join('');
}

/** What flipped, metric by metric, with the paired test. */
export function renderComparison({ flips, metrics, onlyBefore, onlyAfter }: RunComparison, { colors }: TerminalOptions): string {
  const { bold, green, red, dim } = createColors(colors);
  const rows = metrics.map(({ name, before, after, cases, gained, lost, p }) => {
    const isSame = Math.abs(after - before) < 1e-9;
    const change = isSame ? '=' : `${after > before ? '+' : '−'}${formatValue(name, Math.abs(after - before))}`;
    const pairs = gained === undefined ? NOTHING : `+${gained} −${lost}`;
    const verdict = p === undefined || isSame ? '' : p < 0.05 ? 'more than noise' : 'may be noise';
    return [name, formatValue(name, before), formatValue(name, after), change, String(cases), pairs, p === undefined ? NOTHING : p.toFixed(4), verdict];
  });
  const [head = '', ...lines] = alignTable([['metric', 'before', 'after', 'change', 'cases', 'flips', 'p (McNemar)', ''], ...rows], 1);
  const flipLines = flips.map(({ key, from, to, question, reasons }) => {
    const change = `${from} → ${to}`;
    return `${to === 'pass' ? green(change) : from === 'pass' ? red(change) : change}  ${toPrintableLine(key)}  ${toPrintableLine(question)}  ${dim(toPrintableLine(reasons.join('; ')))}`.trimEnd();
  });
  const told = [
    ...(flips.length === 0 ? ['no case flipped'] : [`${flips.length} ${flips.length === 1 ? 'case' : 'cases'} flipped:`, ...flipLines]), '',
    bold(head), ...lines,
    ...(onlyBefore > 0 ? ['', `${onlyBefore} cases stand in the first run alone`] : []), ...(onlyAfter > 0 ? ['', `${onlyAfter} cases stand in the second run alone`] : []),
  ];
  return `${told.join('\n')}\n`;
}
