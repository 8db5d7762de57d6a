import { AssistantError } from '../errors.ts';
import type { Share, Summary } from './summary.ts';

/** What `--min` may hold a run to: shares from 0 to 1. */
const METRICS: Readonly<Record<string, (summary: Summary) => Share>> = {
  accuracy: (summary) => summary.accuracy,
  'refusal.precision': (summary) => summary.refusal.precision,
  'refusal.recall': (summary) => summary.refusal.recall,
  'refusal.f1': (summary) => summary.refusal.f1,
  'citation.validity': (summary) => summary.citation.validity,
  'citation.hit': (summary) => summary.citation.hit,
  'citation.precision': (summary) => summary.citation.precision,
  hit1: (summary) => summary.hit1,
};

export const metricNames: readonly string[] = Object.keys(METRICS);

export interface Gate {
  readonly metric: string;
  readonly least: number;
}

/** Reads `accuracy=0.9`. @throws AssistantError `bad-request` naming what is accepted. */
export function parseGate(text: string): Gate {
  const [, metric = '', written = ''] = /^([\w.]+)=(\d+(?:\.\d+)?)$/.exec(text) ?? [];
  const least = Number(written);
  if (Object.hasOwn(METRICS, metric) && written !== '' && least <= 1) return { metric, least };
  const accepted = `METRIC=SHARE, a share from 0 to 1, with one of the metrics ${metricNames.join(', ')}`;
  throw new AssistantError('bad-request', `--min: read "${text}"; accepted is ${accepted}.`);
}

/** The gates that are not met, in words. A metric that could not be computed meets none. */
export function findUnmet(gates: readonly Gate[], summary: Summary): readonly string[] {
  return gates.flatMap(({ metric, least }) => {
    const value = METRICS[metric]?.(summary).value;
    if (value !== undefined && value >= least) return [];
    return [`${metric} is ${value === undefined ? 'not to be computed: no case applies' : value.toFixed(4)}, at least ${least} is asked`];
  });
}
