import { setFlagsFromString } from 'node:v8';
import { Command } from 'commander';
import { wantsColors } from '../config.ts';
import { PERTURBATIONS } from '../eval/record.ts';
import type { CaseRecord } from '../eval/record.ts';
import { toPrintableLine } from '../render/printable.ts';
import type { CommandContext } from './context.ts';
import { EVAL_INCOMPLETE, withEvalExit } from './eval-exit.ts';
import { conclude, holdToOthers } from './eval-hold.ts';
import { fromCwd, runsDirOf } from './eval-options.ts';
import { checkPerturbations, chooseFolder, nameRun, prepare, readFailing, readPrice } from './eval-prepare.ts';
import type { RunFlags } from './eval-prepare.ts';
import { HELD_FAILURES, describeFailures, renderEstimate, renderJudgement, renderScore, renderSpent } from './eval-told.ts';
import { Exit } from './exit-codes.ts';
import { untilInterrupted } from './interrupt.ts';
import { gather, gatherList, wholeNumber } from './options.ts';
import { createProgress } from './progress.ts';

/** More gates than that are only told where they are not met. */
const SHOWN_GATES = 12;

/** Answers leave much behind that is soon of no use; a long run would let the heap grow to four times what it holds before it looks. */
const HEAP_GROWTH = '--heap-growing-percent=30';

async function runSets(named: readonly string[], flags: RunFlags, context: CommandContext): Promise<void> {
  setFlagsFromString(HEAP_GROWTH);
  const perturbations = checkPerturbations(flags.perturb);
  readPrice(flags.price);
  const prepared = await prepare(named, flags, context);
  const { config, evalConfig, sets, gates, isHidden } = prepared;
  const { parseReport, writeReport } = await import('../eval/write-reports.ts');
  const reports = (flags.report ?? []).map((text) => parseReport(text)).map((report) => (report.file === undefined ? report : { ...report, file: fromCwd(context, report.file) }));
  const { findRun, saveGates } = await import('../eval/run-folder.ts');
  const resumed = flags.resume === undefined ? undefined : await findRun(runsDirOf(context), flags.resume === true ? 'latest' : flags.resume, context.cwd);
  const only = flags.failing === undefined ? undefined : await readFailing(flags.failing, context);
  const { evaluateSets } = await import('../eval/evaluate.ts');
  const { stdout, stderr } = context;
  const colors = wantsColors(stdout, context.env);
  const name = flags.name ?? nameRun(sets);
  const progress = await createProgress(context);
  const failures: CaseRecord[] = [];
  let failed = 0;
  let done = 0;
  let total = 0;
  const evaluation = await untilInterrupted((signal) => evaluateSets({
    sets, config, gates, isHidden, signal, perturbations, name,
    selection: { kinds: flags.kind ?? [], filter: flags.filter, first: flags.first, only },
    url: flags.url, noticeDirs: evalConfig.notices, folder: resumed ?? chooseFolder(flags, name, context), isResumed: resumed !== undefined,
    repeat: flags.repeat, seed: flags.seed, concurrency: flags.concurrency, rate: flags.rate, retries: flags.retries, timeoutMs: flags.timeout * 1000,
    isCached: flags.cache,
    async onPlan(plan, target) {
      total = plan.length;
      if (target.isGenerative) stderr.write(await renderEstimate(plan, target, prepared));
      if (flags.dryRun) {
        stdout.write(`dry run: ${plan.length} questions of ${sets.length} ${sets.length === 1 ? 'set' : 'sets'} would be asked ${target.name}, ${target.mode}\n`);
        throw new Exit(0);
      }
    },
    onRecord(record, tally) {
      done += 1;
      progress.onProgress(done, total, renderScore(tally.verdicts));
      if (record.verdict !== 'fail' && record.verdict !== 'error' && !flags.verbose) return;
      failed += 1;
      if (failures.length < HELD_FAILURES && !isHidden(record.set)) failures.push(record);
    },
  })).finally(() => progress.stop());
  if (evaluation === undefined) {
    stdout.write('incomplete: no case was selected; loosen --kind, --filter or --failing\n');
    throw new Exit(EVAL_INCOMPLETE);
  }
  const others = evaluation.stopped === undefined ? await holdToOthers(prepared, evaluation) : { gates: [], told: '' };
  const verdicts = [...evaluation.gates, ...others.gates];
  await saveGates(evaluation.folder, verdicts);
  const { renderFigures, renderGates } = await import('../eval/terminal-report.ts');
  stdout.write(`${evaluation.settings.target}, ${evaluation.settings.mode}\n\n${renderFigures(evaluation.summary, { colors })}${await renderSpent(evaluation, prepared)}`);
  if (evaluation.stopped === undefined) stdout.write(await renderJudgement(evaluation, prepared));
  const visible = failures.length < HELD_FAILURES ? failures.length : failed;
  stdout.write(await describeFailures(failures, visible, prepared));
  const { flaky } = evaluation.tally;
  if (flaky.length > 0) stdout.write(`\nnot always the same in ${flags.repeat} repeats: ${flaky.map(toPrintableLine).join(', ')}\n`);
  stdout.write(others.told);
  for (const report of reports) stdout.write(`\nreport      ${await writeReport(report, { ...evaluation }, verdicts)}`);
  stdout.write(`\nrun         ${evaluation.folder}\n${verdicts.length > 0 ? renderGates(verdicts.length > SHOWN_GATES ? verdicts.filter(({ isMet }) => !isMet) : verdicts, { colors }) : ''}`);
  conclude(evaluation, verdicts, flags.maxErrors ?? evalConfig.maxErrors, context);
}

/** `wence eval`: asks question sets, scores the answers and holds them to gates. */
export function createEvalRun(context: CommandContext): Command {
  return new Command('eval')
    .summary('ask question sets, score the answers, compare runs')
    .description('Asks question sets and scores the answers by code; no model and no network is needed.')
    .argument('[SET...]', 'files of cases (.jsonl, .yaml, .csv, .json); those of eval/config.yaml where none is named')
    .option('--mode <mode>', 'extractive, or generative with the CHAT_MODEL of the settings (default: as the settings say)')
    .option('--url <url>', 'ask a server that runs, instead of the assistant in this process')
    .option('--kind <kind>', 'only cases of this kind; several by comma', gatherList)
    .option('--filter <text>', 'only cases whose id, question or tag holds this text')
    .option('--first <n>', 'only the first cases', wholeNumber(1))
    .option('--failing <run>', 'only cases that an earlier run failed')
    .option('--repeat <n>', 'ask each case so often', wholeNumber(1, 100), 1)
    .option('--perturb <kinds>', `ask each question spoilt, too: ${PERTURBATIONS.join(', ')} or all`, gatherList)
    .option('--seed <n>', 'of the perturbations', wholeNumber(0), 1)
    .option('--concurrency <n>', 'questions at a time (default: 1 without a model, 4 with one or with --url)', wholeNumber(1, 64))
    .option('--rate <n>', 'questions a minute at most', wholeNumber(1, 100_000))
    .option('--retries <n>', 'further tries where server or model is busy or away', wholeNumber(0, 10), 2)
    .option('--timeout <s>', 'longest wait for an answer, in seconds', wholeNumber(1, 3600), 120)
    .option('--set <name=value>', 'a setting for this run, as in CHAT_MODEL=qwen-plus; several times', gather)
    .option('--no-cache', 'ask anew what was answered before under the same code, prompts, corpus and settings')
    .option('--out <dir>', 'folder of the run (default: eval/runs/<time>-<name>)')
    .option('--name <name>', 'name of the run (default: after the sets)')
    .option('--resume [run]', 'go on with a run that was interrupted, or ask its errors again (default: the newest)')
    .option('--min <metric=value>', 'fails where the metric is lower; KIND:METRIC=VALUE for a kind, *: for each; several times', gather)
    .option('--max <metric=value>', 'fails where the metric is higher', gather)
    .option('--max-errors <n>', 'errors that a complete run may have (default: 0)', wholeNumber(0))
    .option('--against <run>', 'compare with a run, or with "baseline", and fail where it got worse')
    .option('--config <file>', 'sets, gates and baseline (default: eval/config.yaml)')
    .option('--report <format>', 'html, junit, json, md or csv, into the run\'s folder; FORMAT=FILE for another place; several times', gather)
    .option('--judge', 'have the JUDGE_MODEL of the settings look at the answers, too; its verdicts stand beside the metrics')
    .option('--judge-repeats <n>', 'ask it so often for each answer', wholeNumber(1, 20), 1)
    .option('--price <in,out>', 'prices of a million tokens sent and got, for the cost')
    .option('--dry-run', 'say what would be asked, and ask nothing')
    .option('--verbose', 'tell every case in full')
    .option('--show', 'keep and tell the questions of sets that are set aside (*.heldout.*), too')
    .addHelpText(
      'after',
      `
Metrics and set formats: eval/README.md. Answers, scores and settings of a run lie in its folder.

Exit codes: 0 all gates met, 100 a gate is not met, 1 wrong usage, set or settings, 2 incomplete (errors over
--max-errors, or no case selected), 130 interrupted. The last line says the same in words.

Examples:
  $ wence eval
  $ wence eval my-set.jsonl --min accuracy=0.95 --min refusal.recall=0.9 --max wrong=0.02
  $ wence eval --kind yesno,list --verbose --report html
  $ wence eval my-set.csv --url http://127.0.0.1:3000 --against latest`,
    )
    .action((named: string[], flags: RunFlags) => withEvalExit(context, () => runSets(named, flags, context)));
}
