import { AssistantError } from '../errors.ts';
import { findNearName } from '../text/near-names.ts';
import { METRICS, findMetric } from './metrics.ts';
import type { GroupSummary, RunSummary } from './run-summary.ts';

/** What a run is held to: a metric's least or largest value. */
export interface Gate {
  readonly side: 'min' | 'max';
  readonly metric: string;
  readonly bound: number;
  /** Only the cases of this kind; of each kind by itself where it is `*`. */
  readonly kind?: string;
  /** Only the cases of this set. */
  readonly set?: string;
}

export interface GateVerdict {
  /** Left out where a run can't be held to a figure at all, as over another set than the baseline's. */
  readonly gate?: Gate;
  readonly isMet: boolean;
  /** `accuracy ≥ 0.9: is 0.9524 (n 42)` */
  readonly text: string;
}

const WRITTEN = /^(?:([^:=\s]+):)?([\w.@-]+)=(\d+(?:\.\d+)?)$/u;

function checkMetric(name: string, said: string): string {
  const metric = findMetric(name);
  if (metric !== undefined) return name;
  const near = findNearName(name, METRICS.map((each) => each.name));
  const hint = near === undefined ? `There are: ${METRICS.map((each) => each.name).join(', ')}` : `Was ${near} meant?`;
  throw new AssistantError('bad-request', `${said}: there is no metric "${name}". ${hint}`);
}

function checkBound(metric: string, bound: number, said: string): number {
  if (findMetric(metric)?.unit !== 'share' || bound <= 1) return bound;
  throw new AssistantError('bad-request', `${said}: ${metric} is a share from 0 to 1; read ${bound}. Was ${bound / 100} meant?`);
}

/**
 * Reads `accuracy=0.9`, or `list:accuracy=0.9` for one kind and `*:accuracy=0.9` for each kind by itself.
 *
 * @throws AssistantError `bad-request` naming what is accepted.
 */
export function parseGate(side: Gate['side'], text: string): Gate {
  const [, kind, metric = '', written = ''] = WRITTEN.exec(text.normalize('NFKC')) ?? [];
  if (written === '') {
    throw new AssistantError('bad-request', `--${side}: read "${text}"; accepted is METRIC=VALUE, as in accuracy=0.9, or KIND:METRIC=VALUE.`);
  }
  const said = `--${side} ${text}`;
  return { side, metric: checkMetric(metric, said), bound: checkBound(metric, Number(written), said), ...(kind !== undefined && { kind }) };
}

/** Gates as sets and config files write them: {"min": {"accuracy": 0.9}}. `where` names the file in errors. */
export function readGates(bounds: { readonly min?: Readonly<Record<string, number>> | undefined; readonly max?: Readonly<Record<string, number>> | undefined }, where: string, set?: string): readonly Gate[] {
  return (['min', 'max'] as const).flatMap((side) =>
    Object.entries(bounds[side] ?? {}).map(([name, bound]): Gate => {
      const at = name.indexOf(':');
      const metric = name.slice(at + 1);
      const said = `${where}: ${side}.${name}`;
      checkMetric(metric, said);
      return { side, metric, bound: checkBound(metric, bound, said), ...(at > 0 && { kind: name.slice(0, at) }), ...(set !== undefined && { set }) };
    }),
  );
}

function chooseGroups({ groups }: RunSummary, { set, kind }: Gate): readonly GroupSummary[] {
  if (kind === undefined) return groups.filter((group) => group.kind === undefined && group.set === set);
  return groups.filter((group) => group.kind !== undefined && (kind === '*' || group.kind === kind) && (set === undefined || group.set === set));
}

const round = (value: number): string => String(Number(value.toFixed(4)));

function nameGate({ side, metric, bound }: Gate, { set, kind }: Pick<GroupSummary, 'set' | 'kind'>): string {
  const scope = [set, kind].filter((part) => part !== undefined).join(' ');
  return `${scope === '' ? '' : `${scope}: `}${metric} ${side === 'min' ? '≥' : '≤'} ${bound}`;
}

/**
 * Each gate against the run, in words. What could not be computed meets no gate: not a metric over nothing, not a kind that no case has.
 */
export function judgeGates(gates: readonly Gate[], summary: RunSummary): readonly GateVerdict[] {
  return gates.flatMap((gate): GateVerdict[] => {
    const groups = chooseGroups(summary, gate);
    if (groups.length === 0) {
      const scope = { ...(gate.set !== undefined && { set: gate.set }), ...(gate.kind !== undefined && { kind: gate.kind }) };
      return [{ gate, isMet: false, text: `${nameGate(gate, scope)}: no case of the run is of it` }];
    }
    // A kind of whose cases none can have the metric (refusals have no figures) is not held to it by "*".
    const applying = gate.kind === '*' ? groups.filter(({ figures }) => figures[gate.metric] !== undefined) : groups;
    if (applying.length === 0) return [{ gate, isMet: false, text: `${nameGate(gate, { kind: '*' })}: could not be computed, no case applies` }];
    return applying.map((group) => {
      const figure = group.figures[gate.metric];
      const name = nameGate(gate, group);
      if (figure === undefined || figure.value === null) return { gate, isMet: false, text: `${name}: could not be computed, no case applies` };
      const isMet = gate.side === 'min' ? figure.value >= gate.bound : figure.value <= gate.bound;
      return { gate, isMet, text: `${name}: is ${round(figure.value)} (n ${figure.n})` };
    });
  });
}
