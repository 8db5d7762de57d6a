import { Command } from 'commander';
import pc from 'picocolors';
import type { Assistant, CorpusState, ReloadReport } from '../assistant.ts';
import { loadConfig, wantsColors } from '../config.ts';
import { renderJson } from '../render/json.ts';
import { toPrintableLine } from '../render/printable.ts';
import { describeCount } from './count.ts';
import { createConsoleLogger } from './console-logger.ts';
import type { CommandContext } from './context.ts';
import { EXIT_FAILED, Exit } from './exit-codes.ts';
import { createProgress } from './progress.ts';

interface IndexFlags {
  readonly json?: true;
}

interface IndexReport extends ReloadReport, Pick<CorpusState, 'generation' | 'origin' | 'passages'> {
  readonly notices: number;
  /** What stands hidden in files: invisible characters, comments. */
  readonly warnings: readonly string[];
  readonly embedder: string;
  readonly note?: string;
  readonly seconds: number;
}

/** What opening changed against the snapshot on disk; where it does not say, what reading once more changes. */
async function createReport(assistant: Assistant, seconds: number): Promise<IndexReport> {
  const changes = assistant.corpus.changes ?? (await assistant.reload());
  const { generation, origin, passages, notices, note } = assistant.corpus;
  const now = { generation, origin, notices: notices.length, warnings: notices.flatMap(({ warnings = [] }) => warnings), passages, embedder: assistant.embedderId };
  return { ...changes, ...now, ...(note && { note }), seconds };
}

function renderReport(report: IndexReport, corpusDir: string, colors: boolean): string {
  const color = pc.createColors(colors);
  const line = (mark: string, text: string): string => `  ${mark} ${toPrintableLine(text)}`;
  const lines = [
    color.bold(`${corpusDir}: ${describeCount(report.notices, 'notice')}, ${describeCount(report.passages, 'passage')}`),
    ...report.added.map((id) => line(color.green('+'), `${id} added`)),
    ...report.updated.map((id) => line(color.yellow('~'), `${id} updated`)),
    ...report.removed.map((id) => line(color.red('-'), `${id} removed`)),
    ...report.problems.map(({ file, message }) => line(color.red('!'), message.includes(file) ? message : `${file}: ${message}`)),
    ...report.warnings.map((warning) => line(color.yellow('!'), warning)),
    ...(report.changed ? [] : ['  nothing changed']),
    `  embedded ${report.embedded}, reused ${report.reused} (${report.embedder})`,
    ...(report.note === undefined ? [] : [line('·', report.note)]),
    `  generation ${report.generation.slice(0, 12)}, ${report.origin === 'built' ? 'built' : 'loaded'} in ${report.seconds.toFixed(1)} s`,
  ];
  return `${lines.join('\n')}\n`;
}

async function index(flags: IndexFlags, context: CommandContext): Promise<void> {
  const config = loadConfig(context.env, { cwd: context.cwd });
  const logger = createConsoleLogger(context.stderr, config);
  for (const warning of config.warnings) logger.warn(warning);
  const progress = await createProgress(context);
  const started = performance.now();
  const assistant = await context.openAssistant(config, { logger, onProgress: progress.onProgress }).finally(() => progress.stop());
  try {
    const report = await createReport(assistant, (performance.now() - started) / 1000);
    const colors = wantsColors(context.stdout, context.env);
    context.stdout.write(flags.json ? renderJson(report) : renderReport(report, config.corpusDir, colors));
    if (report.notices > 0) return;
    context.stderr.write(`wence: ${config.corpusDir} holds no notice that can be read. Put .txt or .md files there, or set CORPUS_DIR.\n`);
    throw new Exit(EXIT_FAILED);
  } finally {
    await assistant.close();
  }
}

/** `wence index`: reads the corpus and brings the index on disk up to date. */
export function createIndexCommand(context: CommandContext): Command {
  return new Command('index')
    .summary('read the corpus and bring the index up to date')
    .description('Reads the corpus and brings the index on disk up to date.')
    .option('--json', 'print what changed as JSON')
    .addHelpText(
      'after',
      `
A running server picks up changes by itself; this does the work beforehand. Files that cannot be read are
named and do not stop the others.

Exit codes: 0 ok, 1 could not, or no notice can be read, 2 wrong usage or settings.

Examples:
  $ wence index
  $ CORPUS_DIR=./notices wence index --json`,
    )
    .action((flags: IndexFlags) => index(flags, context));
}
