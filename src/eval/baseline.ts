import { readFile, rename, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { AssistantError, describeError } from '../errors.ts';
import { toPrintableLine } from '../render/printable.ts';
import type { GateVerdict } from './gates.ts';
import { findMetric } from './metrics.ts';
import type { CaseRecord } from './record.ts';
import type { Figure, RunSettings, RunSummary } from './run-summary.ts';

const figureSchema = z.strictObject({ value: z.number(), n: z.int() });
const setSchema = z.strictObject({
  /** SHA-256 of the set's file. */
  hash: z.string(),
  cases: z.int(),
  figures: z.record(z.string(), figureSchema),
  /** Ids of the cases that are not right; left out for sets that are set aside. */
  failed: z.array(z.string()).optional(),
});
const baselineSchema = z.strictObject({
  /** How the answers were given: `extractive`, or the model's name. */
  mode: z.string(),
  sets: z.record(z.string(), setSchema),
});

/** What runs are held to: the figures that were accepted last, set by set. */
export type Baseline = z.output<typeof baselineSchema>;
export type BaselineSet = Baseline['sets'][string];

/** The figures that must not get worse. */
export const HELD: readonly string[] = [
  'accuracy', 'wrong', 'refusal.precision', 'refusal.recall', 'refusal.false', 'citation.validity', 'citation.hit', 'grounding.verified', 'grounding.unsupported',
];
/** Beside those, what the baseline tells of: for people, and for the READMEs. */
const TOLD = ['figures.exact', 'list.precision', 'list.recall', 'citation.precision', 'citation.recall', 'recall@1', 'recall@5', 'mrr@10', 'ndcg@10', 'attack.resisted'];

/** @throws AssistantError `bad-request` where there is no such file, or it holds no baseline. */
export async function loadBaseline(file: string): Promise<Baseline> {
  let content: unknown;
  try {
    content = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new AssistantError('bad-request', `Cannot read the baseline ${file} (${describeError(error)}). "wence eval accept RUN" writes one.`, { cause: error });
  }
  const parsed = baselineSchema.safeParse(content);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
  throw new AssistantError('bad-request', `Cannot use the baseline ${file}: ${problems}. "wence eval accept RUN" writes it anew.`);
}

export async function saveBaseline(file: string, baseline: Baseline): Promise<void> {
  try {
    // A figure a line: who reviews the change of a baseline reads it as a table.
    const text = JSON.stringify(baseline, undefined, 2).replace(/\{\s+"value": ([^\s,]+),\s+"n": (\d+)\s+\}/gu, '{ "value": $1, "n": $2 }');
    await writeFile(`${file}.tmp`, `${text}\n`);
    await rename(`${file}.tmp`, file);
  } catch (error) {
    throw new AssistantError('unavailable', `Cannot write the baseline ${file} (${describeError(error)}). Check permissions and free space.`, { cause: error });
  }
}

const keep = ({ value, n }: Figure): { value: number; n: number } | undefined => (value === null ? undefined : { value: Number(value.toFixed(6)), n });

/** What a whole run would be accepted as. `failed` names the cases that were not right, by set; hidden sets are not in it. */
export function createBaseline(settings: RunSettings, summary: RunSummary, failed: ReadonlyMap<string, readonly string[]>): Baseline {
  const sets = settings.sets.map(({ name, hash, cases }) => {
    const figures = summary.groups.find((group) => group.set === name && group.kind === undefined)?.figures ?? {};
    const kept = [...HELD, ...TOLD].flatMap((metric) => {
      const figure = figures[metric] && keep(figures[metric]);
      return figure === undefined ? [] : [[metric, figure] as const];
    });
    const ids = failed.get(name);
    return [name, { hash, cases, figures: Object.fromEntries(kept), ...(ids && { failed: [...ids] }) }] as const;
  });
  return { mode: settings.mode, sets: Object.fromEntries(sets) };
}

/** Ids of the cases of each set that were not right, hidden sets left out. */
export async function collectFailed(records: AsyncIterable<{ readonly record: CaseRecord }>, isHidden: (set: string) => boolean): Promise<ReadonlyMap<string, readonly string[]>> {
  const failed = new Map<string, string[]>();
  for await (const { record } of records) {
    const { set, id, verdict, perturbation, repeat } = record;
    if (isHidden(set) || perturbation !== undefined || repeat > 1) continue;
    const ids = failed.get(set) ?? [];
    failed.set(set, ids);
    if (verdict === 'fail') ids.push(id);
  }
  return failed;
}

/** Cases whose verdict is another than accepted, set by set; sets that are set aside, and sets that either side doesn't have, are left out. */
export interface BaselineFlips {
  readonly set: string;
  readonly gained: readonly string[];
  readonly lost: readonly string[];
}

export function findFlips(baseline: Baseline, failed: ReadonlyMap<string, readonly string[]>): readonly BaselineFlips[] {
  return [...failed].flatMap(([set, ids]): BaselineFlips[] => {
    const before = baseline.sets[set]?.failed;
    if (before === undefined) return [];
    return [{ set, gained: before.filter((id) => !ids.includes(id)), lost: ids.filter((id) => !before.includes(id)) }];
  });
}

/** A line for each set and way in which cases flipped; empty where none did. */
export function renderFlips(flips: readonly BaselineFlips[]): string {
  const line = (set: string, what: string, ids: readonly string[]): string => (ids.length === 0 ? '' : `  ${toPrintableLine(set)}: ${what}: ${ids.map(toPrintableLine).join(', ')}\n`);
  return flips.map(({ set, gained, lost }) => line(set, 'now right', gained) + line(set, 'no longer right', lost)).join('');
}

const round = (value: number): string => String(Number(value.toFixed(4)));

function holdSet(name: string, before: BaselineSet, hash: string, figures: Readonly<Record<string, Figure>>): GateVerdict[] {
  if (before.hash !== hash) {
    const text = `${name}: its cases are not those of the baseline; compare with "wence eval diff", then "wence eval accept"`;
    return [{ isMet: false, text }];
  }
  return HELD.flatMap((metric): GateVerdict[] => {
    const accepted = before.figures[metric];
    if (accepted === undefined) return [];
    const side = findMetric(metric)?.better === 'lower' ? 'max' : 'min';
    const gate = { side, metric, bound: accepted.value, set: name } as const;
    const sign = side === 'min' ? '≥' : '≤';
    const value = figures[metric]?.value;
    const said = `${name}: ${metric} ${sign} ${round(accepted.value)} (baseline)`;
    if (value === undefined || value === null) {
      // Nothing is refused any more: there is no precision of refusals left to hold.
      const isMoot = metric === 'refusal.precision' && (figures['refusal.recall']?.value ?? 1) >= (before.figures['refusal.recall']?.value ?? 0);
      return [{ gate, isMet: isMoot, text: `${said}: could not be computed, no case applies` }];
    }
    const isMet = side === 'min' ? value >= accepted.value - 1e-6 : value <= accepted.value + 1e-6;
    return [{ gate, isMet, text: `${said}: is ${round(value)} (n ${figures[metric]?.n ?? 0})` }];
  });
}

/**
 * A whole run against the baseline, set by set: no held figure may be worse than accepted. Sets that the baseline doesn't know are told of,
 * and not met: accept them first.
 */
export function holdToBaseline(baseline: Baseline, settings: RunSettings, summary: RunSummary): readonly GateVerdict[] {
  const verdicts: GateVerdict[] = [];
  if (baseline.mode !== settings.mode) {
    const text = `the baseline was accepted for ${baseline.mode} answers, these are ${settings.mode}; compare runs with "wence eval diff"`;
    return [{ isMet: false, text }];
  }
  for (const { name, hash } of settings.sets) {
    const before = baseline.sets[name];
    const figures = summary.groups.find((group) => group.set === name && group.kind === undefined)?.figures ?? {};
    if (before !== undefined) verdicts.push(...holdSet(name, before, hash, figures));
    else verdicts.push({ isMet: false, text: `${name}: is not in the baseline; "wence eval accept" takes it in` });
  }
  return verdicts;
}
