import type { Answer, Message } from '../answer/answer.ts';

/**
 * Never mixed: `pass` and `fail` are answers that were compared; `error` is one that never came (transport, time limit), and enters no
 * mean; `skip` is a case that can't be asked here.
 */
export type Verdict = 'pass' | 'fail' | 'error' | 'skip';

/** The ways in which a question is spoilt to see whether the answer stays right. */
export const PERTURBATIONS = ['typo', 'traditional', 'fullwidth', 'filler', 'zero-width'] as const;
export type Perturbation = (typeof PERTURBATIONS)[number];

/**
 * What one case adds to the metrics, each as [sum, n]: a metric's value is Σ sum / Σ n over the cases that have it. A metric that does not
 * apply to the case is left out.
 */
export type Measures = Readonly<Record<string, readonly [sum: number, n: number]>>;

/** What is kept of an answer. */
export interface KeptAnswer extends Pick<Answer, 'status' | 'mode' | 'standaloneQuestion' | 'answer' | 'lead' | 'claims' | 'citations' | 'refusal'> {
  /** A server of another version may have other reasons. */
  readonly degraded?: { readonly reason: string };
  /** The ranked sentences, best first; undefined where the server gave none. */
  readonly evidence?: readonly { readonly passageId: string; readonly start: number; readonly end: number; readonly score: number }[];
}

/** One case, asked once: a line of `answers.jsonl`. Holds no time and no random id, so that the same run gives the same bytes. */
export interface CaseRecord {
  /** Unique within a run: `set#id`, with `~typo` for a spoilt question and `@2` for the second repeat. */
  readonly key: string;
  /** Name of the set: its file name, or its path outside `eval/`. */
  readonly set: string;
  readonly id: string;
  readonly kind: string;
  readonly tags?: readonly string[];
  /** As it was asked. */
  readonly question: string;
  readonly history?: readonly Message[];
  /** Left out for the question as the set has it. */
  readonly perturbation?: Perturbation;
  /** From 1. */
  readonly repeat: number;
  /** The gold in words, for people: `90%; not 98%`, `a refusal`. */
  readonly expected: string;
  readonly verdict: Verdict;
  /** Why, one a rule; empty for `pass`. */
  readonly reasons: readonly string[];
  /** Left out for `error` and `skip`. */
  readonly answer?: KeptAnswer;
  readonly measures: Measures;
}

/** What differs from run to run: a line of `timings.jsonl`. */
export interface Timing {
  readonly key: string;
  /** Milliseconds of the original call. */
  readonly ms: number;
  /** Taken from the cache: enters no figure of time. */
  readonly cached: boolean;
  readonly answerId?: string;
  /** Of the chat model, where it was asked and told; both directions. */
  readonly tokens?: { readonly input: number; readonly output: number };
}
