import { METRICS } from './metrics.ts';
import type { CaseRecord, Measures, Timing, Verdict } from './record.ts';
import type { Figure, GroupSummary, RunSummary } from './run-summary.ts';
import { percentile, wilsonInterval } from './statistics.ts';

interface Sum {
  sum: number;
  n: number;
  cases: number;
  /** Of the single cases' values; they tell whether the metric tells anything apart. */
  least: number;
  most: number;
}

interface Group {
  readonly set?: string;
  readonly kind?: string;
  readonly verdicts: Record<Verdict, number>;
  readonly sums: Map<string, Sum>;
  /** Milliseconds, answers from the cache left out. */
  readonly times: number[];
  readonly tokens: { input: number; output: number; cases: number };
  /** Per case and its repeats: whether each was right, and how many there were. */
  readonly repeats: Map<string, { every: boolean; first: Verdict; isFlaky: boolean }>;
}

/** Sums a run up while it goes on; holds no answer. */
export interface Tally {
  add(record: CaseRecord, timing: Timing | undefined): void;
  readonly verdicts: Readonly<Record<Verdict, number>>;
  /** Cases asked more than once that did not always end the same. */
  readonly flaky: readonly string[];
  /** Milliseconds of every answer that was not taken from the cache. */
  readonly times: readonly number[];
  summarize(): RunSummary;
}

const createGroup = (set?: string, kind?: string): Group => ({
  ...(set === undefined ? {} : { set }),
  ...(kind === undefined ? {} : { kind }),
  verdicts: { pass: 0, fail: 0, error: 0, skip: 0 },
  sums: new Map(),
  times: [],
  tokens: { input: 0, output: 0, cases: 0 },
  repeats: new Map(),
});

function addMeasures(sums: Map<string, Sum>, measures: Measures): void {
  for (const [name, [sum, n]] of Object.entries(measures)) {
    const known = sums.get(name) ?? { sum: 0, n: 0, cases: 0, least: Number.POSITIVE_INFINITY, most: Number.NEGATIVE_INFINITY };
    known.sum += sum;
    known.n += n;
    known.cases += 1;
    if (n > 0) {
      known.least = Math.min(known.least, sum / n);
      known.most = Math.max(known.most, sum / n);
    }
    sums.set(name, known);
  }
}

function addRecord(group: Group, record: CaseRecord, timing: Timing | undefined): void {
  const { verdict, perturbation, set, id, measures } = record;
  group.verdicts[verdict] += 1;
  if (verdict === 'error' || verdict === 'skip') return;
  addMeasures(group.sums, measures);
  if (perturbation === undefined) {
    const key = `${set}#${id}`;
    const known = group.repeats.get(key);
    const isRight = verdict === 'pass';
    group.repeats.set(key, known === undefined
      ? { every: isRight, first: verdict, isFlaky: false }
      : { every: known.every && isRight, first: known.first, isFlaky: known.isFlaky || known.first !== verdict });
  }
  if (timing === undefined) return;
  if (!timing.cached) group.times.push(timing.ms);
  if (timing.tokens !== undefined) {
    group.tokens.input += timing.tokens.input;
    group.tokens.output += timing.tokens.output;
    group.tokens.cases += 1;
  }
}

function toFigures(group: Group, isRepeated: boolean): Record<string, Figure> {
  const of = group.verdicts.pass + group.verdicts.fail;
  const figures: Record<string, Figure> = {};
  for (const { name, isBinary } of METRICS) {
    const sum = group.sums.get(name);
    if (sum === undefined) continue;
    // Repeats of a case are no further evidence: the interval is as wide as the number of cases allows.
    const interval = isBinary && sum.n > 0 ? wilsonInterval((sum.sum / sum.n) * independent(group, sum.n), independent(group, sum.n)) : undefined;
    figures[name] = { value: sum.n === 0 ? null : sum.sum / sum.n, n: sum.n, coverage: { cases: sum.cases, of }, ...(interval && { interval }) };
  }
  if (isRepeated && group.repeats.size > 0) {
    const every = [...group.repeats.values()].filter((each) => each.every).length;
    const n = group.repeats.size;
    const interval = wilsonInterval(every, n);
    figures['accuracy.every'] = { value: every / n, n, coverage: { cases: n, of: n }, ...(interval && { interval }) };
  }
  for (const [name, rank] of [['p50', 0.5], ['p95', 0.95], ['p99', 0.99]] as const) {
    const value = percentile(group.times, rank);
    if (value !== undefined) figures[name] = { value, n: group.times.length, coverage: { cases: group.times.length, of } };
  }
  const { input, output, cases } = group.tokens;
  for (const [name, total] of [['tokens.input', input], ['tokens.output', output]] as const) {
    if (cases > 0) figures[name] = { value: total / cases, n: cases, coverage: { cases, of } };
  }
  return Object.fromEntries(METRICS.flatMap(({ name }) => (figures[name] === undefined ? [] : [[name, figures[name]]])));
}

/** How many of n answers are answers to different cases. */
function independent({ repeats, verdicts }: Group, n: number): number {
  const asked = verdicts.pass + verdicts.fail;
  return repeats.size === 0 || asked === 0 ? n : Math.max(1, Math.round((n * Math.min(repeats.size, asked)) / asked));
}

/** Metrics that every case of the run answers alike; with few cases that says nothing. */
const FEW = 20;

function findConstants({ sums }: Group): string[] {
  return METRICS.flatMap(({ name }) => {
    const sum = sums.get(name);
    if (sum === undefined || sum.cases < FEW || sum.least !== sum.most) return [];
    return [`${name} is ${Number(sum.least.toFixed(4))} for each of ${sum.cases} cases`];
  });
}

/** Sums a run up, record by record. `notes` are handed on to the summary. */
export function createTally(notes: () => readonly string[] = () => []): Tally {
  const whole = createGroup();
  const sets = new Map<string, { group: Group; kinds: Map<string, Group> }>();
  let isRepeated = false;
  return {
    add(record, timing) {
      const { set, kind } = record;
      const known = sets.get(set) ?? { group: createGroup(set), kinds: new Map<string, Group>() };
      sets.set(set, known);
      const ofKind = known.kinds.get(kind) ?? createGroup(set, kind);
      known.kinds.set(kind, ofKind);
      isRepeated ||= record.repeat > 1;
      for (const group of [whole, known.group, ofKind]) addRecord(group, record, timing);
    },
    verdicts: whole.verdicts,
    get flaky() {
      return [...whole.repeats].flatMap(([key, { isFlaky }]) => (isFlaky ? [key] : []));
    },
    times: whole.times,
    summarize() {
      const toSummary = (group: Group): GroupSummary => {
        const { set, kind, verdicts } = group;
        return { ...(set === undefined ? {} : { set }), ...(kind === undefined ? {} : { kind }), verdicts: { ...verdicts }, figures: toFigures(group, isRepeated) };
      };
      const groups = [...sets.values()].flatMap(({ group, kinds }) => [group, ...kinds.values()]);
      return { groups: [whole, ...groups].map(toSummary), constants: findConstants(whole), notes: [...notes()] };
    },
  };
}
