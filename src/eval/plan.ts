import type { AnyCase } from './cases.ts';
import type { Perturbation } from './record.ts';

/** One case of a set. */
export interface CaseOfSet {
  /** Name of the set. */
  readonly set: string;
  readonly evaluationCase: AnyCase;
}

/** One question that will be asked. */
export interface PlannedCase extends CaseOfSet {
  readonly key: string;
  readonly repeat: number;
  readonly perturbation?: Perturbation;
}

export interface PlanOptions {
  readonly repeat: number;
  readonly perturbations: readonly Perturbation[];
}

/** Every question of a run, in order: a case's own, then its spoilt forms, repeat by repeat. */
export function planRun(cases: readonly CaseOfSet[], { repeat, perturbations }: PlanOptions): readonly PlannedCase[] {
  return cases.flatMap(({ set, evaluationCase }) =>
    Array.from({ length: repeat }, (_, index) => {
      const suffix = index === 0 ? '' : `@${index + 1}`;
      const base: PlannedCase = { set, evaluationCase, key: `${set}#${evaluationCase.id}${suffix}`, repeat: index + 1 };
      const spoilt = perturbations.map((perturbation): PlannedCase => ({ ...base, key: `${set}#${evaluationCase.id}~${perturbation}${suffix}`, perturbation }));
      return [base, ...spoilt];
    }).flat(),
  );
}
