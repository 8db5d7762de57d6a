import type { Verdict } from './record.ts';

/** One metric over some cases. */
export interface Figure {
  /** Null over nothing: it could not be computed. */
  readonly value: number | null;
  /** What the value was taken over: cases, citations or figures, by the metric's definition. */
  readonly n: number;
  /** Cases that have the metric, of those that were answered. */
  readonly coverage: { readonly cases: number; readonly of: number };
  /** 95 % Wilson interval; only of metrics to which every case adds 0 or 1. */
  readonly interval?: readonly [low: number, high: number];
}

/** Figures over the whole run, over a set, or over a kind of a set. */
export interface GroupSummary {
  /** Left out for the whole run. */
  readonly set?: string;
  /** Left out for a whole set. */
  readonly kind?: string;
  readonly verdicts: Readonly<Record<Verdict, number>>;
  /** By metric name; every metric of METRICS that applied to at least one case. */
  readonly figures: Readonly<Record<string, Figure>>;
}

/** `summary.json` of a run. */
export interface RunSummary {
  /** The whole run first, then each set with its kinds, in order of appearance. */
  readonly groups: readonly GroupSummary[];
  /** Metrics whose value is the same for every case, in words: they tell nothing apart. */
  readonly constants: readonly string[];
  /** What could not be computed and why, in words (retrieval without `explain`). */
  readonly notes: readonly string[];
}

/** `settings.json` of a run: what the answers depend on. No secret is in it. */
export interface RunSettings {
  readonly name: string;
  /** `extractive`, `generative`, or the server's address. */
  readonly target: string;
  readonly mode: string;
  /** Sets with the SHA-256 of their files. */
  readonly sets: readonly { readonly name: string; readonly hash: string; readonly cases: number }[];
  readonly selection: Readonly<Record<string, string>>;
  readonly repeat: number;
  readonly perturbations: readonly string[];
  readonly seed: number;
  readonly fingerprints: Readonly<Record<string, string>>;
}

/** Whether whole sets were asked, each case once and as written: only such runs are comparable figure by figure. */
export function isWholeRun({ selection, repeat, perturbations }: RunSettings): boolean {
  return Object.keys(selection).length === 0 && repeat === 1 && perturbations.length === 0;
}

/** `state.json` of a run. */
export interface RunState {
  readonly state: 'running' | 'interrupted' | 'complete';
  /** ISO time. */
  readonly startedAt: string;
  readonly finishedAt?: string;
  readonly done: number;
  readonly total: number;
}
