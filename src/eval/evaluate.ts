import { join } from 'node:path';
import type { Config } from '../config.ts';
import { loadLexicon } from '../corpus/lexicon.ts';
import { AssistantError } from '../errors.ts';
import { openAnswerCache } from './answer-cache.ts';
import { takeFingerprints } from './fingerprints.ts';
import { judgeGates, readGates } from './gates.ts';
import type { Gate, GateVerdict } from './gates.ts';
import { openHttpTarget } from './http-target.ts';
import { openInProcessTarget } from './in-process-target.ts';
import { planRun } from './plan.ts';
import type { CaseOfSet, PlannedCase } from './plan.ts';
import type { CaseRecord, Perturbation } from './record.ts';
import { loadRun, openRunWriter } from './run-folder.ts';
import type { RunSettings, RunState, RunSummary } from './run-summary.ts';
import { runPlan } from './run.ts';
import type { LoadedSet } from './set-files.ts';
import type { Tally } from './summary.ts';
import type { Target } from './target.ts';

/** Which cases of the sets are asked. */
export interface Selection {
  /** Of these kinds; all where empty. */
  readonly kinds: readonly string[];
  /** Whose id, question or tag holds this text. */
  readonly filter?: string | undefined;
  /** The first so many of what is left. */
  readonly first?: number | undefined;
  /** `set#id` of cases that an earlier run failed. */
  readonly only?: ReadonlySet<string> | undefined;
}

export interface EvaluateOptions {
  readonly sets: readonly NamedSet[];
  readonly selection: Selection;
  /** A server to ask; left out, the assistant in this process. */
  readonly url?: string | undefined;
  readonly config: Config;
  readonly noticeDirs: readonly string[];
  /** Folder of the run itself; one that holds an interrupted run is gone on with. */
  readonly folder: string;
  readonly name: string;
  readonly isResumed: boolean;
  readonly repeat: number;
  readonly perturbations: readonly Perturbation[];
  readonly seed: number;
  readonly concurrency?: number | undefined;
  readonly rate?: number | undefined;
  readonly retries: number;
  readonly timeoutMs: number;
  readonly isCached: boolean;
  readonly isHidden: (set: string) => boolean;
  readonly gates: readonly Gate[];
  readonly signal: AbortSignal;
  /** Before the first question: what is about to be asked. */
  readonly onPlan?: (plan: readonly PlannedCase[], target: Target) => void | Promise<void>;
  readonly onRecord?: (record: CaseRecord, tally: Tally) => void;
}

export interface NamedSet {
  readonly name: string;
  readonly set: LoadedSet;
}

export interface Evaluation {
  readonly folder: string;
  readonly settings: RunSettings;
  readonly state: RunState;
  readonly summary: RunSummary;
  readonly gates: readonly GateVerdict[];
  readonly tally: Tally;
  readonly stopped?: 'interrupted' | 'errors';
}

const GENERATIVE_CONCURRENCY = 4;

function selectCases(sets: readonly NamedSet[], { kinds, filter, first, only }: Selection): readonly CaseOfSet[] {
  const chosen = sets.flatMap(({ name, set }) =>
    set.cases.flatMap(({ case: evaluationCase }): CaseOfSet[] => {
      const { id, kind, tags } = evaluationCase;
      if (kinds.length > 0 && !kinds.includes(kind)) return [];
      if (only !== undefined && !only.has(`${name}#${id}`)) return [];
      const texts = [id, ...tags, ...('question' in evaluationCase ? [evaluationCase.question] : evaluationCase.turns)];
      return filter === undefined || texts.some((text) => text.includes(filter)) ? [{ set: name, evaluationCase }] : [];
    }),
  );
  return first === undefined ? chosen : chosen.slice(0, first);
}

function describeSelection({ kinds, filter, first, only }: Selection): Record<string, string> {
  return {
    ...(kinds.length > 0 && { kinds: kinds.join(', ') }), ...(filter !== undefined && { filter }), ...(first !== undefined && { first: String(first) }),
    ...(only !== undefined && { only: `${only.size} cases that an earlier run failed` }),
  };
}

async function openTarget({ url, config, noticeDirs, signal }: EvaluateOptions): Promise<Target> {
  if (url === undefined) return openInProcessTarget({ config, noticeDirs });
  return openHttpTarget({ baseUrl: url, names: (await loadLexicon(config.lexiconFile)).lexicon.proper, signal });
}

/** The gates of the run: those that were asked for, and those that the sets bring along. */
export function gatesOf(sets: readonly NamedSet[], asked: readonly Gate[]): readonly Gate[] {
  return [...asked, ...sets.flatMap(({ name, set }) => readGates(set.header ?? {}, set.file, name))];
}

/**
 * Asks the chosen cases of the sets, scores them and leaves the run in its folder.
 *
 * @throws AssistantError `bad-request` where the sets or a named notice can't be used, before the first question; `unavailable` where the
 * folder can't be written or nobody answers.
 */
export async function evaluateSets(options: EvaluateOptions): Promise<Evaluation | undefined> {
  const { sets, selection, config, folder, name, repeat, perturbations, seed, isCached, url, signal } = options;
  const gates = gatesOf(sets, options.gates);
  const cases = selectCases(sets, selection);
  if (cases.length === 0) return undefined;
  const plan = planRun(cases, { repeat, perturbations });
  const target = await openTarget(options);
  try {
    // Everything that can be wrong with the sets is told before anything is asked.
    const corpora: Record<string, string> = {};
    for (const notice of new Set(cases.map(({ evaluationCase }) => evaluationCase.notice))) {
      const matter = await target.prepare(notice);
      if (!('skip' in matter)) corpora[notice === undefined ? 'corpus' : `corpus ${notice}`] = matter.corpus.slice(0, 16);
    }
    const fingerprints = url === undefined ? await takeFingerprints(config) : { server: url };
    const settings: RunSettings = {
      name, target: target.name, mode: target.mode,
      sets: sets.map(({ name: setName, set }) => ({ name: setName, hash: set.hash, cases: set.cases.length })),
      selection: describeSelection(selection), repeat, perturbations, seed, fingerprints: { ...fingerprints, ...corpora },
    };
    if (options.isResumed) await checkSame(folder, settings);
    await options.onPlan?.(plan, target);
    const startedAt = new Date().toISOString();
    const writer = await openRunWriter(folder, settings, { state: 'running', startedAt, done: 0, total: plan.length }, options.isResumed);
    const cache = isCached && url === undefined ? await openAnswerCache(join(config.dataDir, 'eval-cache'), fingerprints) : undefined;
    try {
      const concurrency = options.concurrency ?? (target.isGenerative || url !== undefined ? GENERATIVE_CONCURRENCY : 1);
      const { tally, places, stopped } = await runPlan({ ...options, plan, target, writer, cache, concurrency, signal });
      const summary = tally.summarize();
      const done = Object.values(tally.verdicts).reduce((sum, count) => sum + count, 0);
      const state: RunState = { state: stopped === undefined ? 'complete' : 'interrupted', startedAt, finishedAt: new Date().toISOString(), done, total: plan.length };
      await writer.finish({ state, summary, places });
      return { folder, settings, state, summary, gates: judgeGates(gates, summary), tally, ...(stopped && { stopped }) };
    } finally {
      cache?.close();
    }
  } finally {
    await target.close();
  }
}

/** A run is gone on with only as what it was begun as: answers of different states in one figure say nothing. */
async function checkSame(folder: string, settings: RunSettings): Promise<void> {
  const { settings: before } = await loadRun(folder);
  const flatten = ({ sets, selection, fingerprints, ...rest }: RunSettings): Record<string, string> => ({
    ...Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, JSON.stringify(value)])),
    ...fingerprints,
    ...Object.fromEntries(sets.map(({ name, hash }) => [`set ${name}`, hash])),
    selection: JSON.stringify(selection),
  });
  const [old, now] = [flatten(before), flatten(settings)];
  const different = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter((key) => old[key] !== now[key]);
  if (different.length === 0) return;
  throw new AssistantError('bad-request', `Cannot go on with ${folder}: since it was begun, this is another: ${different.join(', ')}. Start a new run.`);
}
