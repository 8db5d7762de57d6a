import { basename } from 'node:path';
import { Command } from 'commander';
import { wantsColors } from '../config.ts';
import type { StoredRun } from '../eval/run-folder.ts';
import { isWholeRun } from '../eval/run-summary.ts';
import type { RunSummary } from '../eval/run-summary.ts';
import { toPrintableLine } from '../render/printable.ts';
import type { CommandContext } from './context.ts';
import { EVAL_UNMET, withEvalExit } from './eval-exit.ts';
import { evalDirOf, fromCwd, isHeldOut, runsDirOf } from './eval-options.ts';
import { Exit, UsageError } from './exit-codes.ts';
import { gather } from './options.ts';

async function loadFinished(name: string, context: CommandContext): Promise<StoredRun & { readonly summary: RunSummary }> {
  const { findRun, loadRun } = await import('../eval/run-folder.ts');
  const run = await loadRun(await findRun(runsDirOf(context), name, context.cwd));
  const { summary } = run;
  if (summary === undefined) throw new UsageError(`The run ${basename(run.folder)} did not come to its end: wence eval --resume ${basename(run.folder)} goes on.`);
  return { ...run, summary };
}

async function list(context: CommandContext): Promise<void> {
  const { listRuns } = await import('../eval/run-folder.ts');
  const { formatFigure } = await import('../eval/format.ts');
  const { alignTable } = await import('../render/table.ts');
  const runsDir = runsDirOf(context);
  const runs = await listRuns(runsDir);
  if (runs.length === 0) {
    context.stdout.write(`no runs in ${runsDir}\n`);
    return;
  }
  const rows = runs.map(({ folder, settings, state, summary }) => {
    const { figures = {}, verdicts = { pass: 0, fail: 0, error: 0, skip: 0 } } = summary?.groups[0] ?? {};
    return [basename(folder), state.state, `${state.done}/${state.total}`, settings.mode, formatFigure('accuracy', figures['accuracy']), formatFigure('wrong', figures['wrong']), String(verdicts.error)].map(toPrintableLine);
  });
  context.stdout.write(`${alignTable([['run', 'state', 'cases', 'mode', 'accuracy', 'wrong', 'errors'], ...rows], 4).join('\n')}\n`);
}

/** `wence eval list` */
export function createEvalList(context: CommandContext): Command {
  return new Command('list').summary('list the runs').description('Lists the runs in eval/runs, oldest first.').action(() => withEvalExit(context, () => list(context)));
}

/** Against what was accepted last: the figures that are held, and the cases that flipped. */
async function diffFromBaseline(name: string, context: CommandContext): Promise<void> {
  const [{ collectFailed, findFlips, holdToBaseline, loadBaseline, renderFlips }, { readRecords }, { loadEvalConfig }, { renderGates }] = await Promise.all([
    import('../eval/baseline.ts'), import('../eval/run-folder.ts'), import('../eval/eval-config.ts'), import('../eval/terminal-report.ts'),
  ]);
  const { settings, summary, folder } = await loadFinished(name, context);
  const baseline = await loadBaseline((await loadEvalConfig(evalDirOf(context))).baseline);
  const flips = renderFlips(findFlips(baseline, await collectFailed(readRecords(folder), isHeldOut)));
  context.stdout.write(`baseline → ${basename(folder)}\n${flips === '' ? '  no case flipped\n' : flips}\n`);
  context.stdout.write(renderGates(holdToBaseline(baseline, settings, summary), { colors: wantsColors(context.stdout, context.env) }));
}

async function diff(before: string, after: string, context: CommandContext): Promise<void> {
  if (before === 'baseline') return diffFromBaseline(after, context);
  const { findRun, readRecords, loadRun } = await import('../eval/run-folder.ts');
  const { compareRuns } = await import('../eval/compare-runs.ts');
  const { renderComparison } = await import('../eval/terminal-report.ts');
  const folders = [await findRun(runsDirOf(context), before, context.cwd), await findRun(runsDirOf(context), after, context.cwd)] as const;
  const [left, right] = await Promise.all(folders.map((folder) => loadRun(folder)));
  const names = [...new Set([...Object.keys(left?.settings.fingerprints ?? {}), ...Object.keys(right?.settings.fingerprints ?? {})])];
  const different = names.filter((name) => left?.settings.fingerprints[name] !== right?.settings.fingerprints[name]);
  const comparison = await compareRuns(readRecords(folders[0]), readRecords(folders[1]));
  const told = different.map((name) => `  ${name}: ${left?.settings.fingerprints[name] ?? 'none'} → ${right?.settings.fingerprints[name] ?? 'none'}\n`).join('');
  context.stdout.write(`${basename(folders[0])} → ${basename(folders[1])}\n${told === '' ? '' : `what is different:\n${toBlock(told)}`}\n`);
  context.stdout.write(renderComparison(comparison, { colors: wantsColors(context.stdout, context.env) }));
}

const toBlock = (text: string): string => text.split('\n').map((line) => (line === '' ? '' : `  ${toPrintableLine(line)}`)).join('\n');

/** `wence eval diff` */
export function createEvalDiff(context: CommandContext): Command {
  return new Command('diff')
    .summary('compare two runs, case by case')
    .description('Compares two runs: which cases flipped, and each metric over the cases that both have, with McNemar\'s test.')
    .argument('<before>', 'a run: its folder, its name or the end of it, "latest", or "baseline"')
    .argument('<after>', 'another')
    .addHelpText('after', '\nA p under 0.05 says that so many flips one way are hardly noise.\n\nExit codes: 0 compared, 1 no such run.')
    .action((before: string, after: string) => withEvalExit(context, () => diff(before, after, context)));
}

async function report(name: string, formats: readonly string[], context: CommandContext): Promise<void> {
  const { parseReport, writeReport } = await import('../eval/write-reports.ts');
  const { loadGates } = await import('../eval/run-folder.ts');
  const wanted = formats.map((text) => parseReport(text));
  const run = await loadFinished(name, context);
  const gates = await loadGates(run.folder);
  for (const each of wanted) {
    const path = await writeReport(each.file === undefined ? each : { ...each, file: fromCwd(context, each.file) }, run, gates);
    context.stdout.write(`${path}\n`);
  }
}

/** `wence eval report` */
export function createEvalReport(context: CommandContext): Command {
  return new Command('report')
    .summary('write reports of a run')
    .description('Writes reports of a run into its folder.')
    .argument('[run]', 'the run', 'latest')
    .option('--report <format>', 'html, junit, json, md or csv; FORMAT=FILE for another place; several times (default: html)', gather)
    .addHelpText('after', '\nExit codes: 0 written, 1 wrong usage or no such run, 2 could not be written.\n\nExamples:\n  $ wence eval report latest\n  $ wence eval report latest --report junit=report.xml')
    .action((name: string, flags: { readonly report?: readonly string[] }) => withEvalExit(context, () => report(name, flags.report ?? ['html'], context)));
}

async function accept(name: string, flags: { readonly baseline?: string; readonly dryRun?: true }, context: CommandContext): Promise<void> {
  const [{ collectFailed, createBaseline, findFlips, holdToBaseline, loadBaseline, renderFlips, saveBaseline }, { readRecords }, { loadEvalConfig }] = await Promise.all([
    import('../eval/baseline.ts'), import('../eval/run-folder.ts'), import('../eval/eval-config.ts'),
  ]);
  const run = await loadFinished(name, context);
  const { settings, summary, state, folder } = run;
  if (state.state !== 'complete' || !isWholeRun(settings)) {
    throw new UsageError(`Cannot accept ${basename(folder)}: a baseline is a whole run, without selection, repeats or perturbations, that came to its end.`);
  }
  const errors = summary.groups[0]?.verdicts.error ?? 0;
  if (errors > 0) throw new UsageError(`Cannot accept ${basename(folder)}: ${errors} of its cases ended in errors. Ask them again by wence eval --resume ${basename(folder)}.`);
  const file = flags.baseline === undefined ? (await loadEvalConfig(evalDirOf(context))).baseline : fromCwd(context, flags.baseline);
  const before = await loadBaseline(file).catch(() => undefined);
  const failures = await collectFailed(readRecords(folder), isHeldOut);
  const fresh = createBaseline(settings, summary, failures);
  // Sets that the run did not ask stay as they were accepted.
  const after = before === undefined || before.mode !== fresh.mode ? fresh : { ...fresh, sets: { ...before.sets, ...fresh.sets } };
  const { stdout } = context;
  for (const [set, { figures, cases }] of Object.entries(fresh.sets)) {
    const old = before?.sets[set];
    stdout.write(`${toPrintableLine(set)}: ${cases} cases${old === undefined ? ', new' : ''}\n`);
    for (const [metric, { value, n }] of Object.entries(figures)) {
      const known = old?.figures[metric];
      if (known?.value === value && known.n === n) continue;
      stdout.write(`  ${metric} ${known === undefined ? '' : `${known.value} (n ${known.n}) → `}${value} (n ${n})\n`);
    }
  }
  if (before !== undefined) stdout.write(renderFlips(findFlips(before, failures)));
  const worse = before === undefined ? [] : holdToBaseline(before, settings, summary).filter(({ isMet, gate }) => !isMet && gate !== undefined);
  for (const { text } of worse) stdout.write(`accepted although worse: ${text}\n`);
  if (flags.dryRun) {
    stdout.write('dry run: the baseline stays as it was\n');
    if (worse.length > 0) throw new Exit(EVAL_UNMET);
    return;
  }
  await saveBaseline(file, after);
  stdout.write(`accepted into ${file}\n`);
}

/** `wence eval accept` */
export function createEvalAccept(context: CommandContext): Command {
  return new Command('accept')
    .summary('make a run the baseline')
    .description('Makes a run the baseline that later ones are held to, and shows what it accepts.')
    .argument('[run]', 'the run', 'latest')
    .option('--baseline <file>', 'the baseline (default: eval/baseline.json)')
    .option('--dry-run', 'show it, and change nothing; ends with 100 where a held figure is worse')
    .addHelpText('after', '\nExit codes: 0 accepted, 1 wrong usage or no such run, 2 could not be written, 100 (--dry-run) something is worse.')
    .action((name: string, flags: { readonly baseline?: string; readonly dryRun?: true }) => withEvalExit(context, () => accept(name, flags, context)));
}
