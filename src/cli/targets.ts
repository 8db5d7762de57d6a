import { Command } from 'commander';
import { loadConfig, wantsColors } from '../config.ts';
import { TARGET_KINDS } from '../corpus/target.ts';
import type { Target, TargetKind } from '../corpus/target.ts';
import { renderJson } from '../render/json.ts';
import { toPrintableLine } from '../render/printable.ts';
import { alignTable } from '../render/table.ts';
import { describeTarget, renderTargetsCsv, targetHeads } from '../render/targets.ts';
import { loadPhrases } from '../text/phrases.ts';
import { checkNotices } from './check-notices.ts';
import { createConsoleLogger } from './console-logger.ts';
import type { CommandContext } from './context.ts';
import { UsageError } from './exit-codes.ts';
import { gather } from './options.ts';

interface TargetsFlags {
  readonly notice?: readonly string[];
  readonly kind?: string;
  readonly csv?: true;
  readonly json?: true;
}

/** Columns that a terminal has room for. */
const SHOWN = ['measured', 'figure', 'strength', 'period', 'place', 'source'] as const;
const LONGEST_CELL = 40;

function clipCell(text: string): string {
  const cell = toPrintableLine(text);
  return cell.length > LONGEST_CELL ? `${cell.slice(0, LONGEST_CELL)}…` : cell;
}

function checkKind(kind: string | undefined): TargetKind | undefined {
  if (kind === undefined) return undefined;
  const known = TARGET_KINDS.find((each) => each === kind);
  if (known === undefined) throw new UsageError(`--kind: read "${toPrintableLine(kind)}"; accepted is one of ${TARGET_KINDS.join(', ')}.`);
  return known;
}

async function listTargets(words: readonly string[], flags: TargetsFlags, context: CommandContext): Promise<void> {
  const kind = checkKind(flags.kind);
  const config = { ...loadConfig(context.env, { cwd: context.cwd }), chatModel: undefined };
  const assistant = await context.openAssistant(config, { logger: createConsoleLogger(context.stderr, config) });
  try {
    const noticeIds = flags.notice?.map((id) => id.normalize('NFC'));
    checkNotices(assistant, noticeIds ?? []);
    const query = words.join(' ');
    const targets: readonly Target[] = assistant.targets({ ...(noticeIds && { noticeIds }), ...(query !== '' && { query }), ...(kind && { kind }) });
    const { stdout } = context;
    const phrases = loadPhrases();
    const { notices } = assistant.corpus;
    if (flags.json) return void stdout.write(renderJson(targets));
    if (flags.csv) return void stdout.write(renderTargetsCsv(targets, phrases, notices));
    const byId = new Map(notices.map((notice) => [notice.id, notice]));
    const rows = [targetHeads(phrases), ...targets.map((target) => describeTarget(target, phrases, (id) => byId.get(id)))];
    const [head = '', ...lines] = alignTable(rows.map((cells) => SHOWN.map((column) => clipCell(cells[column]))), SHOWN.length);
    const bold = wantsColors(stdout, context.env) ? `\u001b[1m${head}\u001b[22m` : head;
    stdout.write(`${[bold, ...lines].join('\n')}\n${targets.length} ${targets.length === 1 ? 'target' : 'targets'}\n`);
  } finally {
    await assistant.close();
  }
}

/** `wence targets`: what the notices set themselves, as a table. */
export function createTargetsCommand(context: CommandContext): Command {
  return new Command('targets')
    .summary('list the targets that the notices set themselves')
    .description('Lists the targets of the notices: figures with what they measure, how firmly, by when and where; documents, titles.')
    .argument('[words...]', 'only targets that hold these words')
    .option('--notice <id>', 'of this notice only; may be given several times', gather)
    .option('--kind <kind>', `only of this kind: ${TARGET_KINDS.join(', ')}`)
    .option('--csv', 'print a table for spreadsheets')
    .option('--json', 'print everything as JSON')
    .addHelpText(
      'after',
      `
Exit codes: 0 ok, 1 could not, 2 wrong usage or settings.

Examples:
  $ wence targets
  $ wence targets --kind figure 幼儿园
  $ wence targets --csv > targets.csv`,
    )
    .action((words: string[], flags: TargetsFlags) => listTargets(words, flags, context));
}
