import { CSV_START, toCsvCell, toCsvLine } from '../render/csv.ts';
import { toPrintableLine } from '../render/printable.ts';
import { formatFigure, formatInterval } from './format.ts';
import type { GateVerdict } from './gates.ts';
import { METRICS } from './metrics.ts';
import type { CaseRecord, Timing } from './record.ts';
import type { RunSettings, RunState, RunSummary } from './run-summary.ts';

export type Cases = AsyncIterable<{ readonly record: CaseRecord; readonly timing?: Timing }>;

export interface ReportMatter {
  readonly settings: RunSettings;
  readonly state: RunState;
  readonly summary: RunSummary;
  readonly gates: readonly GateVerdict[];
  readonly cases: Cases;
}

/** The whole run for programs, case by case. */
export async function* renderJson({ settings, state, summary, gates, cases }: ReportMatter): AsyncGenerator<string, void, undefined> {
  const told = gates.map(({ isMet, text }) => ({ text, isMet }));
  yield `${JSON.stringify({ settings, state, summary, gates: told }, undefined, 2).slice(0, -2)},\n  "cases": [`;
  let separator = '\n    ';
  for await (const { record, timing } of cases) {
    yield `${separator}${JSON.stringify({ ...record, ...(timing && { timing }) })}`;
    separator = ',\n    ';
  }
  yield '\n  ]\n}\n';
}

const COLUMNS = ['set', 'id', 'kind', 'perturbation', 'repeat', 'question', 'expected', 'verdict', 'reasons', 'status', 'answer', 'cited', 'ms'];

/** A case a line, with a byte order mark, so that spreadsheets open it right. */
export async function* renderCsv({ cases }: Pick<ReportMatter, 'cases'>): AsyncGenerator<string, void, undefined> {
  yield `${CSV_START}${toCsvLine([...COLUMNS, ...METRICS.filter(({ group }) => group !== 'cost').map(({ name }) => name)])}`;
  for await (const { record, timing } of cases) {
    const { set, id, kind, perturbation = '', repeat, question, expected, verdict, reasons, answer, measures } = record;
    const values = METRICS.filter(({ group }) => group !== 'cost').map(({ name }) => {
      const [sum, n] = measures[name] ?? [0, 0];
      return n === 0 ? '' : String(Number((sum / n).toFixed(6)));
    });
    const texts = [set, id, kind, perturbation, String(repeat), question, expected, verdict, reasons.join('; '), answer?.status ?? '', answer?.answer ?? '', answer?.citations.map(({ passageId }) => passageId).join(' ') ?? ''];
    yield toCsvLine([...texts.map(toCsvCell), timing === undefined ? '' : timing.ms.toFixed(2), ...values]);
  }
}

const toMarkdownCell = (text: string): string => toPrintableLine(text).replace(/[\\`*_[\]<>|#!&]/gu, (mark) => `\\${mark}`);
const MOST_CASES = 50;

function renderMarkdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** For a comment under a change: gates, figures by set and kind, and the cases that are not right, as far as there is room. */
export async function* renderMarkdown({ settings, state, summary, gates, cases }: ReportMatter): AsyncGenerator<string, void, undefined> {
  yield `# ${toMarkdownCell(settings.name)}\n\n${toMarkdownCell(settings.target)}, ${toMarkdownCell(settings.mode)}, ${state.startedAt}, ${state.done} of ${state.total} cases\n\n`;
  if (gates.length > 0) yield `${gates.map(({ isMet, text }) => `- ${isMet ? 'met' : '**not met**'}: ${toMarkdownCell(text)}`).join('\n')}\n\n`;
  const rows = summary.groups.map(({ set = 'all', kind = 'all', verdicts, figures }) => {
    const { accuracy, wrong } = figures;
    const counts = [verdicts.pass, verdicts.fail, verdicts.error, verdicts.skip].map(String);
    return [toMarkdownCell(set), toMarkdownCell(kind), ...counts, formatFigure('accuracy', accuracy), formatInterval(accuracy), formatFigure('wrong', wrong)];
  });
  yield `${renderMarkdownTable(['set', 'kind', 'pass', 'fail', 'error', 'skip', 'accuracy', '95 % interval', 'wrong'], rows)}\n\n`;
  const figures = summary.groups[0]?.figures ?? {};
  const metrics = METRICS.flatMap(({ name, title }) => (figures[name] === undefined ? [] : [[`\`${name}\``, title, formatFigure(name, figures[name]), formatInterval(figures[name])]]));
  yield `${renderMarkdownTable(['metric', 'what', 'value', '95 % interval'], metrics)}\n`;
  let told = 0;
  let left = 0;
  for await (const { record: { key, question, expected, answer, reasons, verdict } } of cases) {
    if (verdict !== 'fail' && verdict !== 'error') continue;
    if (told >= MOST_CASES) {
      left += 1;
      continue;
    }
    if (told === 0) yield '\n## Not right\n\n';
    told += 1;
    const got = answer === undefined ? '' : ` Got ${answer.status}: ${toMarkdownCell(answer.answer)}`;
    yield `- ${verdict} \`${key.replaceAll('`', "'")}\` ${toMarkdownCell(question)} Expected ${toMarkdownCell(expected)}.${got} ${toMarkdownCell(reasons.join('; '))}\n`;
  }
  if (left > 0) yield `\nand ${left} more\n`;
  if (summary.constants.length > 0) yield `\n${summary.constants.map((constant) => `- the same for every case: ${toMarkdownCell(constant)}`).join('\n')}\n`;
}
