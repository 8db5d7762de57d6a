import { existsSync } from 'node:fs';
import { wantsColors } from '../config.ts';
import type { Evaluation } from '../eval/evaluate.ts';
import type { GateVerdict } from '../eval/gates.ts';
import { isWholeRun } from '../eval/run-summary.ts';
import { toPrintableLine } from '../render/printable.ts';
import type { CommandContext } from './context.ts';
import { EVAL_INCOMPLETE, EVAL_UNMET } from './eval-exit.ts';
import { isHeldOut, runsDirOf } from './eval-options.ts';
import type { Prepared } from './eval-prepare.ts';
import { Exit, EXIT_INTERRUPTED, UsageError } from './exit-codes.ts';

/** What the run is held to besides the gates of its own: the baseline, where the whole of the repository's sets was asked. */
export async function holdToOthers(prepared: Prepared, { settings, summary, folder }: Evaluation): Promise<{ readonly gates: readonly GateVerdict[]; readonly told: string }> {
  const { flags, context, evalConfig, isWhole } = prepared;
  const isPlain = isWholeRun(settings);
  const colors = wantsColors(context.stdout, context.env);
  if (flags.against !== undefined && flags.against !== 'baseline') {
    const [{ compareRuns }, { renderComparison }, { findRun, readRecords }] = await Promise.all([
      import('../eval/compare-runs.ts'), import('../eval/terminal-report.ts'), import('../eval/run-folder.ts'),
    ]);
    const before = await findRun(runsDirOf(context), flags.against, context.cwd);
    const comparison = await compareRuns(readRecords(before), readRecords(folder));
    const worse = comparison.metrics.filter(({ name, gained = 0, lost = 0, p = 1 }) => name === 'accuracy' && lost > gained && p < 0.05);
    const gates = [{ isMet: worse.length === 0, text: `accuracy is not worse than in ${flags.against} by more than noise` }];
    return { gates, told: `\nagainst ${flags.against}:\n${renderComparison(comparison, { colors })}` };
  }
  const isHeld = flags.against === 'baseline' || (isWhole && isPlain && flags.url === undefined && existsSync(evalConfig.baseline));
  if (!isHeld) return { gates: [], told: '' };
  if (!isPlain) throw new UsageError('--against baseline takes whole sets: leave out --kind, --filter, --first, --failing, --repeat and --perturb.');
  const { collectFailed, findFlips, holdToBaseline, loadBaseline, renderFlips } = await import('../eval/baseline.ts');
  const { readRecords } = await import('../eval/run-folder.ts');
  const baseline = await loadBaseline(evalConfig.baseline);
  // Another model has another baseline; only who asked for it is held to this one.
  if (flags.against === undefined && baseline.mode !== settings.mode) return { gates: [], told: `\nnot held to the baseline: it was accepted for ${baseline.mode} answers\n` };
  const gates = holdToBaseline(baseline, settings, summary);
  const flips = renderFlips(findFlips(baseline, await collectFailed(readRecords(folder), isHeldOut)));
  return { gates, told: flips === '' ? '' : `\nagainst the baseline:\n${flips}` };
}

/** Ends with the exit code and says it in words, last. */
export function conclude({ state, summary, stopped, folder }: Evaluation, gates: readonly GateVerdict[], maxErrors: number, { stdout }: CommandContext): void {
  const { error = 0, pass = 0, fail = 0 } = summary.groups[0]?.verdicts ?? {};
  if (stopped === 'interrupted') {
    stdout.write(`interrupted after ${state.done} of ${state.total} cases; wence eval --resume ${folder} goes on\n`);
    throw new Exit(EXIT_INTERRUPTED);
  }
  if (stopped === 'errors') {
    stdout.write(`incomplete: nothing but errors came, so the run was stopped after ${state.done} of ${state.total} cases; wence eval --resume ${folder} goes on\n`);
    throw new Exit(EVAL_INCOMPLETE);
  }
  if (error > maxErrors) {
    stdout.write(`incomplete: ${error} of ${state.total} cases ended in an error, at most ${maxErrors} may; wence eval --resume ${folder} asks them again\n`);
    throw new Exit(EVAL_INCOMPLETE);
  }
  if (pass + fail === 0) {
    stdout.write('incomplete: no case could be asked\n');
    throw new Exit(EVAL_INCOMPLETE);
  }
  const unmet = gates.filter(({ isMet }) => !isMet);
  if (unmet.length > 0) {
    stdout.write(`not met: ${unmet.length} of ${gates.length} ${gates.length === 1 ? 'gate' : 'gates'}: ${unmet.map(({ text }) => toPrintableLine(text)).join('; ')}\n`);
    throw new Exit(EVAL_UNMET);
  }
  stdout.write(gates.length === 0 ? `done: ${pass} of ${pass + fail} right; no gate was set\n` : `met: ${gates.length === 1 ? 'the gate' : `all ${gates.length} gates`}; ${pass} of ${pass + fail} right\n`);
}
