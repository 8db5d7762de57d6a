import { writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { loadConfig, wantsColors } from '../config.ts';
import { AssistantError, describeError } from '../errors.ts';
import { packageRoot } from '../package-root.ts';
import { toPrintable } from '../render/printable.ts';
import { loadCases } from './cases.ts';
import { findUnmet, metricNames, parseGate } from './gates.ts';
import { renderJsonReport, renderReport } from './report.ts';
import type { ReportOptions } from './report.ts';
import { runCases } from './run.ts';
import type { CaseOfSet } from './run.ts';
import { summarize } from './summary.ts';

interface Output {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** What an evaluation has of the world around it. */
export interface EvaluationContext {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal;
}

const EXIT_OK = 0;
const EXIT_USAGE = 1;
const EXIT_INCOMPLETE = 2;
const EXIT_UNMET = 100;
/** 128 + SIGINT, as shells have it. */
const EXIT_INTERRUPTED = 130;

const SETS = ['taizhou-2020', 'layouts'];
const HELP = `Asks question sets and scores the answers by code.

Usage: npm run eval -- [SET…] [options]

  SET…                JSONL files; eval/*.dev.jsonl where none is named
  --heldout           the sets that are set aside instead: figures only
  --show              shows the questions of sets that are set aside, too
  --kind KIND         cases of this kind only (may be repeated)
  --filter TEXT       cases whose id, question or tag holds this text
  --min METRIC=SHARE  fails where a metric is lower (may be repeated)
  --failing           failures in full
  --verbose           every case in full
  --json FILE         writes everything as JSON
  --help              prints this help

Metrics: ${metricNames.join(', ')}

Settings are read from the environment and from .env, as "wence doctor" checks them; without CHAT_MODEL and
EMBEDDING_MODEL no model and no network is used.
Exit codes: 0 ok, 100 a --min is not met, 1 wrong usage, settings or set, 2 incomplete (cases ended in
errors, or none was selected), 130 interrupted.
`;

function readArguments(commandLine: readonly string[]) {
  try {
    return parseArgs({
      args: [...commandLine],
      allowPositionals: true,
      options: {
        heldout: { type: 'boolean', default: false },
        show: { type: 'boolean', default: false },
        kind: { type: 'string', multiple: true, default: [] },
        filter: { type: 'string' },
        min: { type: 'string', multiple: true, default: [] },
        failing: { type: 'boolean', default: false },
        verbose: { type: 'boolean', default: false },
        json: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    throw new AssistantError('bad-request', `${describeError(error)} --help lists what is possible.`, { cause: error });
  }
}

/** Sets that are set aside keep their questions to themselves, so that nobody tunes to them. */
const isHeldOut = (set: string): boolean => /\.heldout\.[^.]+$/.test(set);

function chooseFiles(named: readonly string[], heldout: boolean): readonly string[] {
  if (heldout && named.length > 0) {
    throw new AssistantError('bad-request', '--heldout names the sets itself: leave out either it or the SETs.');
  }
  if (named.length > 0) return named.map((file) => resolve(file));
  return SETS.map((name) => join(packageRoot, 'eval', `${name}.${heldout ? 'heldout' : 'dev'}.jsonl`));
}

/** Sets of the repository go by their file name, others by their path, so that two of one name stay two. */
function nameSet(file: string): string {
  return dirname(file) === join(packageRoot, 'eval') ? basename(file) : relative(process.cwd(), file);
}

async function readCases(files: readonly string[], kinds: readonly string[], filter: string | undefined): Promise<readonly CaseOfSet[]> {
  const chosen: CaseOfSet[] = [];
  for (const file of files) {
    for (const evaluationCase of await loadCases(relative(process.cwd(), file))) {
      const { id, kind, question, tags } = evaluationCase;
      if (kinds.length > 0 && !kinds.includes(kind)) continue;
      if (filter !== undefined && ![id, question, ...tags].some((text) => text.includes(filter))) continue;
      chosen.push({ set: nameSet(file), evaluationCase });
    }
  }
  return chosen;
}

async function run(commandLine: readonly string[], { stdout, stderr, env, signal }: EvaluationContext): Promise<number> {
  const { values, positionals } = readArguments(commandLine);
  if (values.help) {
    stdout.write(HELP);
    return EXIT_OK;
  }
  const gates = values.min.map(parseGate);
  const cases = await readCases(chooseFiles(positionals, values.heldout), values.kind, values.filter);
  if (cases.length === 0) {
    stderr.write('eval: no case was selected. Loosen --kind or --filter.\n');
    return EXIT_INCOMPLETE;
  }
  const config = { ...loadConfig(env), corpusDir: join(packageRoot, 'corpus') };
  const noticesDir = join(packageRoot, 'test', 'fixtures', 'notices');
  const onProgress = (done: number, total: number): void => {
    if (stderr.isTTY === true) stderr.write(done === total ? '\r\u001b[K' : `\r${done}/${total}`);
  };
  const { results, mode, missing } = await runCases(cases, { config, noticesDir, onProgress, ...(signal && { signal }) });

  const isHidden = (set: string): boolean => isHeldOut(set) && !values.show;
  const asked = values.verbose ? 'all' : values.failing ? 'failing' : 'failures';
  const detail: ReportOptions['detail'] = cases.some(({ set }) => isHidden(set)) ? 'figures' : asked;
  stdout.write(`mode: ${mode}\n\n${renderReport(results, { colors: wantsColors(stdout, env), detail })}`);
  if (values.json !== undefined) await writeFile(values.json, renderJsonReport(results, isHidden));
  if (missing.length > 0) {
    const named = detail === 'figures' ? '' : `: ${missing.map(({ id, what }) => `${id} ${what}`).join(', ')}`;
    stdout.write(`\n${missing.length} gold places stand in no notice, so no citation is compared with them${named}\n`);
  }

  const summary = summarize(results);
  const unmet = findUnmet(gates, summary);
  for (const fault of unmet) stdout.write(`not met: ${fault}\n`);
  if (summary.errors > 0) {
    stdout.write(`incomplete: ${summary.errors} of ${results.length} cases ended in an error\n`);
    return EXIT_INCOMPLETE;
  }
  if (unmet.length > 0) return EXIT_UNMET;
  if (gates.length > 0) stdout.write(`met: ${gates.map(({ metric, least }) => `${metric} ≥ ${least}`).join(', ')}\n`);
  return EXIT_OK;
}

/** Runs one command line (without node and script), reports on `stdout` and gives the exit code; never throws. */
export async function evaluate(commandLine: readonly string[], context: EvaluationContext): Promise<number> {
  try {
    return await run(commandLine, context);
  } catch (error) {
    const isInterrupted = error instanceof AssistantError && error.code === 'aborted';
    context.stderr.write(`eval: ${isInterrupted ? 'interrupted' : toPrintable(describeError(error))}\n`);
    return isInterrupted ? EXIT_INTERRUPTED : EXIT_USAGE;
  }
}
