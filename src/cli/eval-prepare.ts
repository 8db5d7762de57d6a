import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig, settingNames } from '../config.ts';
import type { Config } from '../config.ts';
import { loadEvalConfig } from '../eval/eval-config.ts';
import type { EvalConfig } from '../eval/eval-config.ts';
import type { NamedSet } from '../eval/evaluate.ts';
import { parseGate, readGates } from '../eval/gates.ts';
import type { Gate } from '../eval/gates.ts';
import { PERTURBATIONS } from '../eval/record.ts';
import type { Perturbation } from '../eval/record.ts';
import { findNearName } from '../text/near-names.ts';
import type { CommandContext } from './context.ts';
import { evalDirOf, fromCwd, isHeldOut, nameSet, runsDirOf } from './eval-options.ts';
import { UsageError } from './exit-codes.ts';

/** The options of `wence eval` as commander reads them. */
export interface RunFlags {
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

export function checkPerturbations(names: readonly string[] = []): readonly Perturbation[] {
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

export async function readFailing(name: string, context: CommandContext): Promise<ReadonlySet<string>> {
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
export function chooseFolder({ out, name }: RunFlags, runName: string, context: CommandContext): string {
  if (out !== undefined) return fromCwd(context, out);
  const base = join(runsDirOf(context), `${toStamp(new Date())}-${(name ?? runName).replace(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 60)}`);
  for (let count = 1; ; count += 1) {
    const folder = count === 1 ? base : `${base}-${count}`;
    if (!existsSync(folder)) return folder;
  }
}

export function nameRun(sets: readonly NamedSet[]): string {
  const [first] = sets.map(({ name }) => name.replace(/^.*\//u, '').replace(/\.[^.]+$/u, ''));
  return sets.length > 1 ? `${first ?? 'run'}+${sets.length - 1}` : (first ?? 'run');
}

/** What a run needs to know before it begins. */
export interface Prepared {
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

/** Reads sets, settings and gates. @throws UsageError, or AssistantError `bad-request` and `bad-setting`, for what is wrong with any. */
export async function prepare(named: readonly string[], flags: RunFlags, context: CommandContext): Promise<Prepared> {
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

/** Reads `IN,OUT`. @throws UsageError naming what is accepted. */
export function readPrice(price: string | undefined): { readonly input: number; readonly output: number } | undefined {
  if (price === undefined) return undefined;
  const [, input, output] = /^(\d+(?:\.\d+)?)[,:](\d+(?:\.\d+)?)$/u.exec(price) ?? [];
  if (input === undefined || output === undefined) throw new UsageError(`--price: read "${price}"; accepted is IN,OUT: the prices of a million tokens sent and got, as in 0.8,2.`);
  return { input: Number(input), output: Number(output) };
}
