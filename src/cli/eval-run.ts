import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { Command } from 'commander';
import { loadConfig, settingNames, wantsColors } from '../config.ts';
import type { Config } from '../config.ts';
import type { Evaluation, EvaluateOptions, NamedSet } from '../eval/evaluate.ts';
import { loadEvalConfig } from '../eval/eval-config.ts';
import type { EvalConfig } from '../eval/eval-config.ts';
import { parseGate, readGates } from '../eval/gates.ts';
import type { Gate, GateVerdict } from '../eval/gates.ts';
import { PERTURBATIONS } from '../eval/record.ts';
import type { CaseRecord, Perturbation } from '../eval/record.ts';
import { toPrintableLine } from '../render/printable.ts';
import { findNearName } from '../text/near-names.ts';
import type { CommandContext } from './context.ts';
import { EVAL_INCOMPLETE, EVAL_UNMET, withEvalExit } from './eval-exit.ts';
import { evalDirOf, fromCwd, gather, gatherList, isHeldOut, nameSet, runsDirOf, wholeNumber } from './eval-options.ts';
import { Exit, EXIT_INTERRUPTED, UsageError } from './exit-codes.ts';
import { untilInterrupted } from './interrupt.ts';
import { createProgress } from './progress.ts';

interface RunFlags {
  readonly mode?: string;
  readonly url?: string;
  readonly kind?: readonly string[];
  readonly filter?: string;
  readonly first?: number;
  readonly failing?: string;
  readonly repeat: number;
  readonly perturb?: readonly string[];
  readonly seed: number;
  readonly concurrency?: number;
  readonly rate?: number;
  readonly retries: number;
  readonly timeout: number;
  readonly set?: readonly string[];
  readonly out?: string;
  readonly name?: string;
  readonly resume?: string | true;
  readonly cache: boolean;
  readonly config?: string;
  readonly min?: readonly string[];
  readonly max?: readonly string[];
  readonly maxErrors?: number;
  readonly against?: string;
  readonly report?: readonly string[];
  readonly judge?: true;
  readonly judgeRepeats: number;
  readonly price?: string;
  readonly dryRun?: true;
  readonly verbose?: true;
  readonly show?: true;
}

/** Failures that are told in the terminal; the rest stands in the run's folder. */
const SHOWN_FAILURES = 10;
const HELD_FAILURES = 500;

function applySettings(env: CommandContext['env'], { set = [], mode }: RunFlags): CommandContext['env'] {
  const changed: Record<string, string | undefined> = { ...env };
  for (const assignment of set) {
    const [, name = '', value = ''] = /^([^=]+)=(.*)$/su.exec(assignment) ?? [];
    if (name === '') throw new UsageError(`--set: read "${assignment}"; accepted is NAME=VALUE, as in CHAT_MODEL=qwen-plus.`);
    if (!(settingNames as readonly string[]).includes(name)) {
      const near = findNearName(name.toUpperCase(), settingNames);
      throw new UsageError(`--set: there is no setting "${name}".${near === undefined ? '' : ` Was ${near} meant?`}`);
    }
    changed[name] = value;
  }
  if (mode === 'extractive') changed['CHAT_MODEL'] = '';
  return changed;
}

function checkMode({ mode, url }: RunFlags, config: Config): void {
  if (mode === undefined) return;
  if (mode !== 'extractive' && mode !== 'generative') throw new UsageError(`--mode: read "${mode}"; accepted is extractive or generative.`);
  if (url !== undefined) throw new UsageError('--mode does nothing with --url: the server answers as it is set up. Leave one of them out.');
  if (mode === 'generative' && config.chatModel === undefined) throw new UsageError('--mode generative needs a chat model: set CHAT_MODEL, or --set CHAT_MODEL=….');
}

function checkPerturbations(names: readonly string[] = []): readonly Perturbation[] {
  const wanted = names.includes('all') ? [...PERTURBATIONS] : names;
  const unknown = wanted.find((name) => !(PERTURBATIONS as readonly string[]).includes(name));
  if (unknown !== undefined) throw new UsageError(`--perturb: read "${unknown}"; accepted is ${PERTURBATIONS.join(', ')} or all.`);
  return [...new Set(wanted)] as Perturbation[];
}

async function loadSets(files: readonly string[], context: CommandContext): Promise<readonly NamedSet[]> {
  const { loadSet } = await import('../eval/set-files.ts');
  const evalDir = evalDirOf(context);
  const sets: NamedSet[] = [];
  const problems: string[] = [];
  for (const file of files) {
    try {
      sets.push({ name: nameSet(file, evalDir, context.cwd), set: await loadSet(file) });
    } catch (error) {
      problems.push(error instanceof Error ? error.message : String(error));
    }
  }
  if (problems.length > 0) throw new UsageError(problems.join('\n'));
  return sets;
}

async function readFailing(name: string, context: CommandContext): Promise<ReadonlySet<string>> {
  const { findRun, readRecords } = await import('../eval/run-folder.ts');
  const keys = new Set<string>();
  for await (const { record } of readRecords(await findRun(runsDirOf(context), name, context.cwd))) {
    if (record.verdict === 'fail' || record.verdict === 'error') keys.add(`${record.set}#${record.id}`);
  }
  return keys;
}

const toStamp = (date: Date): string => {
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}${two(date.getMonth() + 1)}${two(date.getDate())}`;
  return `${day}-${two(date.getHours())}${two(date.getMinutes())}${two(date.getSeconds())}`;
};

/** A folder that is not there yet: two runs may begin in the same second. */
function chooseFolder({ out, name }: RunFlags, runName: string, context: CommandContext): string {
  if (out !== undefined) return fromCwd(context, out);
  const base = join(runsDirOf(context), `${toStamp(new Date())}-${(name ?? runName).replace(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 60)}`);
  for (let count = 1; ; count += 1) {
    const folder = count === 1 ? base : `${base}-${count}`;
    if (!existsSync(folder)) return folder;
  }
}

function nameRun(sets: readonly NamedSet[]): string {
  const [first] = sets.map(({ name }) => name.replace(/^.*\//u, '').replace(/\.[^.]+$/u, ''));
  return sets.length > 1 ? `${first ?? 'run'}+${sets.length - 1}` : (first ?? 'run');
}

interface Prepared {
  readonly flags: RunFlags;
  readonly context: CommandContext;
  readonly config: Config;
  readonly evalConfig: EvalConfig;
  readonly sets: readonly NamedSet[];
  readonly gates: readonly Gate[];
  readonly isHidden: (set: string) => boolean;
  /** The sets are those of the config file. */
  readonly isWhole: boolean;
}

async function prepare(named: readonly string[], flags: RunFlags, context: CommandContext): Promise<Prepared> {
  const gates = [...(flags.min ?? []).map((text) => parseGate('min', text)), ...(flags.max ?? []).map((text) => parseGate('max', text))];
  const evalConfig = await loadEvalConfig(evalDirOf(context), flags.config === undefined ? undefined : fromCwd(context, flags.config));
  const config = loadConfig(applySettings(context.env, flags), { cwd: context.cwd });
  checkMode(flags, config);
  if (flags.judge && config.judge === undefined) throw new UsageError('--judge needs a model: set JUDGE_MODEL, or --set JUDGE_MODEL=….');
  const isWhole = named.length === 0;
  const files = isWhole ? evalConfig.sets : named.map((file) => fromCwd(context, file));
  if (files.length === 0) throw new UsageError('Name a question set, as in wence eval eval/my-set.jsonl; there is no eval/config.yaml that names any.');
  const fromConfig = isWhole ? readGates(evalConfig, evalConfig.file ?? 'the config') : [];
  const isHidden = (set: string): boolean => isHeldOut(set) && flags.show !== true;
  return { flags, context, config, evalConfig, sets: await loadSets(files, context), gates: [...gates, ...fromConfig], isHidden, isWhole };
}

function renderScore(verdicts: Readonly<Record<CaseRecord['verdict'], number>>): string {
  const asked = verdicts.pass + verdicts.fail;
  const score = asked === 0 ? '' : ` ${((100 * verdicts.pass) / asked).toFixed(1)} % right`;
  return `${score}${verdicts.error > 0 ? `, ${verdicts.error} errors` : ''}`.trim() || 'asking';
}

function readPrice(price: string | undefined): { readonly input: number; readonly output: number } | undefined {
  if (price === undefined) return undefined;
  const [, input, output] = /^(\d+(?:\.\d+)?)[,:](\d+(?:\.\d+)?)$/u.exec(price) ?? [];
  if (input === undefined || output === undefined) throw new UsageError(`--price: read "${price}"; accepted is IN,OUT: the prices of a million tokens sent and got, as in 0.8,2.`);
  return { input: Number(input), output: Number(output) };
}

async function renderEstimate(plan: Parameters<NonNullable<EvaluateOptions['onPlan']>>[0], target: Parameters<NonNullable<EvaluateOptions['onPlan']>>[1], { flags }: Prepared): Promise<string> {
  const { costOf, estimateRun } = await import('../eval/cost.ts');
  const { estimateTokens } = await import('../answer/number-evidence.ts');
  const sizes = new Map<string | undefined, number>();
  for (const notice of new Set(plan.map(({ evaluationCase }) => evaluationCase.notice))) {
    const matter = await target.prepare(notice);
    sizes.set(notice, 'skip' in matter ? 0 : matter.context.notices.reduce((sum, { text }) => sum + estimateTokens(text), 0));
  }
  const tokens = estimateRun(plan, (notice) => sizes.get(notice) ?? 0);
  const price = readPrice(flags.price);
  const cost = price === undefined ? '' : `, at a cost of about ${costOf(tokens, price).toFixed(2)}`;
  return `${plan.length} questions to ${target.mode}: about ${tokens.input} tokens sent and ${tokens.output} got${cost}\n`;
}

async function renderSpent({ summary }: Evaluation, { flags }: Prepared): Promise<string> {
  const { costOf } = await import('../eval/cost.ts');
  const figures = summary.groups[0]?.figures ?? {};
  const [input, output] = [figures['tokens.input'], figures['tokens.output']].map((figure) => Math.round((figure?.value ?? 0) * (figure?.n ?? 0)));
  if (input === undefined || output === undefined || input + output === 0) return '';
  const price = readPrice(flags.price);
  const cost = price === undefined ? '' : `, at a cost of ${costOf({ input, output }, price).toFixed(2)}`;
  return `tokens      ${input} sent and ${output} got${cost}; answers from the cache counted as they were paid for then\n`;
}

/** What the run is held to besides the gates of its own: the baseline, where the whole of the repository's sets was asked. */
async function holdToOthers(prepared: Prepared, { settings, summary, folder }: Evaluation): Promise<{ readonly gates: readonly GateVerdict[]; readonly told: string }> {
  const { flags, context, evalConfig, isWhole } = prepared;
  const isPlain = Object.keys(settings.selection).length === 0 && settings.repeat === 1 && settings.perturbations.length === 0;
  const colors = wantsColors(context.stdout, context.env);
  if (flags.against !== undefined && flags.against !== 'baseline') {
    const [{ compareRuns }, { renderComparison }, { findRun, readRecords }] = await Promise.all([
      import('../eval/compare-runs.ts'), import('../eval/terminal-report.ts'), import('../eval/run-folder.ts'),
    ]);
    const before = await findRun(runsDirOf(context), flags.against, context.cwd);
    const comparison = await compareRuns(readRecords(before), readRecords(folder));
    const worse = comparison.metrics.filter(({ name, gained = 0, lost = 0, p = 1 }) => name === 'accuracy' && lost > gained && p < 0.05);
    const gates = [{ gate: { side: 'min', metric: 'accuracy', bound: 0 } as const, isMet: worse.length === 0, text: `accuracy is not worse than in ${flags.against} by more than noise` }];
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

/** The judge looks at the answers when they are all there. */
async function renderJudgement({ folder }: Evaluation, { flags, config, sets, context }: Prepared): Promise<string> {
  if (flags.judge !== true) return '';
  const { judgeRun } = await import('../eval/judge-run.ts');
  const progress = await createProgress(context);
  const summary = await untilInterrupted((signal) => judgeRun(folder, {
    config, sets, repeats: flags.judgeRepeats, concurrency: flags.concurrency ?? 4, signal, onProgress: (done) => progress.onProgress(done, done, 'judging'),
  })).finally(() => progress.stop());
  const lines = summary.map(({ criterion, value, n, errors, spread }) => {
    const told = `n ${n}${errors > 0 ? `, ${errors} calls without a verdict` : ''}${spread === null || flags.judgeRepeats === 1 ? '' : `, spread ${spread.toFixed(2)}`}`;
    return `judge       ${criterion} ${value === null ? '–' : value.toFixed(3)} (${told})`;
  });
  return `${lines.join('\n')}\n`;
}

async function describeFailures(failures: readonly CaseRecord[], total: number, { flags, context }: Prepared): Promise<string> {
  const { renderCase, sortFailures } = await import('../eval/terminal-report.ts');
  if (total === 0) return '';
  const shown = sortFailures(failures).slice(0, flags.verbose ? HELD_FAILURES : SHOWN_FAILURES);
  const colors = wantsColors(context.stdout, context.env);
  const more = total > shown.length ? `\n… and ${total - shown.length} more; --verbose or a report shows them\n` : '';
  return `\n${shown.map((record) => `${renderCase(record, { colors })}\n`).join('\n')}${more}`;
}

/** Ends with the exit code and says it in words, last. */
function conclude({ state, summary, stopped, folder }: Evaluation, gates: readonly GateVerdict[], maxErrors: number, { stdout }: CommandContext): void {
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

/** More gates than that are only told where they are not met. */
const SHOWN_GATES = 12;

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
