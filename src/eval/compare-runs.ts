import { METRICS } from './metrics.ts';
import { mcnemarTest } from './paired-tests.ts';
import type { CaseRecord } from './record.ts';

/** A case whose verdict is another in the second run. */
export interface Flip {
  readonly key: string;
  readonly kind: string;
  readonly question: string;
  readonly from: CaseRecord['verdict'];
  readonly to: CaseRecord['verdict'];
  /** Why it is not right, in the run in which it isn't. */
  readonly reasons: readonly string[];
}

/** One metric over the cases that have it in both runs. */
export interface PairedMetric {
  readonly name: string;
  readonly before: number;
  readonly after: number;
  readonly cases: number;
  /** Of metrics of 0 and 1: cases that became 1 and that became 0, and McNemar's exact two-sided p; under 0.05 the change is hardly noise. */
  readonly gained?: number;
  readonly lost?: number;
  readonly p?: number;
}

export interface RunComparison {
  readonly flips: readonly Flip[];
  readonly metrics: readonly PairedMetric[];
  /** Cases that stand in one run alone. */
  readonly onlyBefore: number;
  readonly onlyAfter: number;
}

/** What a comparison needs of a record: no answer is held. */
type Compared = Pick<CaseRecord, 'key' | 'kind' | 'question' | 'verdict' | 'reasons' | 'measures'>;

type Sums = { before: [number, number]; after: [number, number]; cases: number; gained: number; lost: number };

function addPair(sums: Map<string, Sums>, before: Compared, after: Compared): void {
  for (const { name, isBinary } of METRICS) {
    const [left, right] = [before.measures[name], after.measures[name]];
    if (left === undefined || right === undefined) continue;
    const sum = sums.get(name) ?? { before: [0, 0], after: [0, 0], cases: 0, gained: 0, lost: 0 };
    sum.before = [sum.before[0] + left[0], sum.before[1] + left[1]];
    sum.after = [sum.after[0] + right[0], sum.after[1] + right[1]];
    sum.cases += 1;
    if (isBinary && left[0] !== right[0]) sum[left[0] < right[0] ? 'gained' : 'lost'] += 1;
    sums.set(name, sum);
  }
}

/**
 * Compares two runs case by case (same set, id, perturbation and repeat). Errors and skipped cases flip, but enter no metric.
 */
export async function compareRuns(before: AsyncIterable<{ readonly record: Compared }>, after: AsyncIterable<{ readonly record: Compared }>): Promise<RunComparison> {
  const known = new Map<string, Compared>();
  for await (const { record: { key, kind, question, verdict, reasons, measures } } of before) known.set(key, { key, kind, question, verdict, reasons, measures });
  const total = known.size;
  const sums = new Map<string, Sums>();
  const flips: Flip[] = [];
  let onlyAfter = 0;
  let paired = 0;
  for await (const { record } of after) {
    const old = known.get(record.key);
    if (old === undefined) {
      onlyAfter += 1;
      continue;
    }
    known.delete(record.key);
    paired += 1;
    const reasons = record.verdict === 'pass' ? old.reasons : record.reasons;
    if (old.verdict !== record.verdict) flips.push({ key: record.key, kind: record.kind, question: record.question, from: old.verdict, to: record.verdict, reasons });
    addPair(sums, old, record);
  }
  const metrics = METRICS.flatMap(({ name, isBinary }): PairedMetric[] => {
    const sum = sums.get(name);
    if (sum === undefined || sum.before[1] === 0 || sum.after[1] === 0) return [];
    const { gained, lost, cases } = sum;
    return [{ name, before: sum.before[0] / sum.before[1], after: sum.after[0] / sum.after[1], cases, ...(isBinary && { gained, lost, p: mcnemarTest(gained, lost) }) }];
  });
  return { flips, metrics, onlyBefore: total - paired, onlyAfter };
}
