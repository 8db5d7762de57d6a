import type { AnswerStatus, Citation, Refusal } from '../answer/answer.ts';
import type { EvaluationCase } from './cases.ts';
import type { Score } from './scorers.ts';

/** One case, asked: an answer with its score, or the error that kept it from being answered. */
export interface Result {
  readonly set: string;
  readonly evaluationCase: EvaluationCase;
  readonly outcome: Asked | { readonly error: string };
}

export interface Asked {
  readonly status: AnswerStatus;
  readonly answer: string;
  readonly citations: readonly Citation[];
  readonly refusal?: Refusal;
  readonly score: Score;
  readonly ms: number;
}

/** A share and what it was taken over; `value` is undefined over nothing. */
export interface Share {
  readonly value: number | undefined;
  readonly n: number;
}

export interface Summary {
  /** Cases that were asked and answered or refused; errors enter no figure but their own. */
  readonly n: number;
  readonly errors: number;
  readonly right: number;
  readonly accuracy: Share & { readonly interval: readonly [number, number] | undefined };
  /** Not right, other than by a false refusal. */
  readonly wrong: number;
  /** Refused, though the answer is there. */
  readonly falseRefusals: number;
  readonly refusal: { readonly precision: Share; readonly recall: Share; readonly f1: Share };
  readonly citation: { readonly validity: Share; readonly hit: Share; readonly precision: Share };
  readonly hit1: Share;
  /** Milliseconds; undefined where nothing was asked. */
  readonly p50: number | undefined;
  readonly p95: number | undefined;
}

const Z_95 = 1.959_963_984_540_054;

/** The 95 % Wilson score interval of a share (Wilson 1927). Undefined over nothing. */
export function wilsonInterval(right: number, n: number): readonly [number, number] | undefined {
  if (n === 0) return undefined;
  const share = right / n;
  const z2 = Z_95 ** 2;
  const center = (share + z2 / (2 * n)) / (1 + z2 / n);
  const margin = (Z_95 / (1 + z2 / n)) * Math.sqrt((share * (1 - share)) / n + z2 / (4 * n ** 2));
  return [Math.max(0, center - margin), Math.min(1, center + margin)];
}

/** By nearest rank: the smallest value that `rank` (0 to 1) of the values don't exceed. Undefined of nothing. */
export function percentile(values: readonly number[], rank: number): number | undefined {
  return values.toSorted((left, right) => left - right)[Math.max(0, Math.ceil(rank * values.length) - 1)];
}

const share = (part: number, n: number): Share => ({ value: n === 0 ? undefined : part / n, n });

const mean = (values: readonly (number | boolean | undefined)[]): Share => {
  const known = values.filter((value) => value !== undefined);
  return share(known.reduce<number>((sum, value) => sum + Number(value), 0), known.length);
};

/** The figures over any choice of results. */
export function summarize(results: readonly Result[]): Summary {
  const asked = results.flatMap(({ evaluationCase, outcome }) => {
    return 'error' in outcome ? [] : [{ refuse: evaluationCase.gold.refuse, ...outcome }];
  });
  const scores = asked.map(({ score }) => score);
  const right = scores.filter(({ isRight }) => isRight).length;
  const refused = asked.filter(({ status }) => status === 'refused');
  const toRefuse = asked.filter(({ refuse }) => refuse).length;
  const rightlyRefused = refused.filter(({ refuse }) => refuse).length;
  const falseRefusals = refused.length - rightlyRefused;
  const times = asked.map(({ ms }) => ms);
  const total = (pick: (score: Score) => number): number => scores.reduce((sum, score) => sum + pick(score), 0);
  return {
    n: asked.length,
    errors: results.length - asked.length,
    right,
    accuracy: { ...share(right, asked.length), interval: wilsonInterval(right, asked.length) },
    wrong: asked.length - right - falseRefusals,
    falseRefusals,
    refusal: {
      precision: share(rightlyRefused, refused.length),
      recall: share(rightlyRefused, toRefuse),
      // 2TP / (2TP + FP + FN), which needs no precision where nothing was refused.
      f1: share(2 * rightlyRefused, refused.length + toRefuse),
    },
    citation: {
      validity: share(total(({ citations }) => citations.valid), total(({ citations }) => citations.total)),
      hit: mean(scores.map(({ isCitationHit }) => isCitationHit)),
      precision: mean(scores.map(({ citationPrecision }) => citationPrecision)),
    },
    hit1: mean(scores.map(({ isFirstHit }) => isFirstHit)),
    p50: percentile(times, 0.5),
    p95: percentile(times, 0.95),
  };
}
