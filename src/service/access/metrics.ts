import type { Answer } from '../../answer/answer.ts';
import type { Channel } from '../../store/store.ts';

export type RefusedBy = 'rate' | 'admission' | 'origin' | 'token';

/** What is counted while the service works; no text of anybody's ever gets in. */
export interface Metrics {
  answered(channel: Channel, answer: Answer): void;
  /** An answer that broke off, was stopped or withdrawn. */
  ended(channel: Channel, outcome: 'failed' | 'stopped'): void;
  refused(by: RefusedBy): void;
  /** The text for Prometheus. */
  render(): Promise<{ readonly type: string; readonly text: string }>;
}

export interface MetricsOptions {
  /** Answers under way. */
  readonly inFlight: () => number;
  /** `ok`, `failing` or `none`. */
  readonly storeState: () => string;
}

const SECONDS = [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
/** So much is remembered before the library is loaded, asked for or not. */
const MOST_WAITING = 1_000;

type Event = (registry: Awaited<ReturnType<typeof openRegistry>>) => void;

async function openRegistry({ inFlight, storeState }: MetricsOptions) {
  const { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } = await import('prom-client');
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, prefix: 'wence_' });
  return {
    registry,
    inFlight: new Gauge({ name: 'wence_answers_in_flight', help: 'Answers under way', registers, collect() { this.set(inFlight()); } }),
    storeFailing: new Gauge({ name: 'wence_store_failing', help: '1 while conversations cannot be kept', registers, collect() { this.set(storeState() === 'failing' ? 1 : 0); } }),
    asks: new Counter({ name: 'wence_asks_total', help: 'Questions by channel and how they ended', labelNames: ['channel', 'status'], registers }),
    refusals: new Counter({ name: 'wence_refusals_total', help: 'Questions that the notices do not answer, by kind', labelNames: ['kind'], registers }),
    degraded: new Counter({ name: 'wence_degraded_total', help: 'Answers in which quotes stood in for the model, by cause', labelNames: ['reason'], registers }),
    dropped: new Counter({ name: 'wence_verifier_drops_total', help: 'Sentences that did not verify', registers }),
    rejected: new Counter({ name: 'wence_rejected_total', help: 'Requests sent away, by reason', labelNames: ['reason'], registers }),
    seconds: new Histogram({ name: 'wence_answer_seconds', help: 'From question to whole answer', buckets: SECONDS, registers }),
    firstSeconds: new Histogram({ name: 'wence_first_sentence_seconds', help: 'From question to first sentence', buckets: SECONDS, registers }),
  };
}

/**
 * Counts for Prometheus. The library is loaded by the first who asks for them, or when much has happened; what happened until then is remembered by its numbers alone.
 */
export function createMetrics(options: MetricsOptions): Metrics {
  let opening: ReturnType<typeof openRegistry> | undefined;
  let opened: Awaited<ReturnType<typeof openRegistry>> | undefined;
  const waiting: Event[] = [];

  async function openAndCatchUp(): ReturnType<typeof openRegistry> {
    const registry = await openRegistry(options);
    opened = registry;
    for (const event of waiting.splice(0)) event(registry);
    return registry;
  }

  const open = (): ReturnType<typeof openRegistry> => (opening ??= openAndCatchUp());

  function note(event: Event): void {
    if (opened !== undefined) return event(opened);
    waiting.push(event);
    // Whoever asks for the metrics hears of a failure.
    if (waiting.length === MOST_WAITING) open().catch(() => undefined);
    return undefined;
  }

  return {
    answered(channel, { status, refusal, degraded, dropped, timing }) {
      const [kind, reason] = [refusal?.kind, degraded?.reason];
      const [totalMs, firstMs] = [timing.totalMs, timing.firstSentenceMs];
      note((each) => {
        each.asks.inc({ channel, status });
        if (kind !== undefined) each.refusals.inc({ kind });
        if (reason !== undefined) each.degraded.inc({ reason });
        if (dropped > 0) each.dropped.inc(dropped);
        each.seconds.observe(totalMs / 1000);
        if (firstMs !== undefined) each.firstSeconds.observe(firstMs / 1000);
      });
    },
    ended: (channel, status) => note(({ asks }) => asks.inc({ channel, status })),
    refused: (reason) => note(({ rejected }) => rejected.inc({ reason })),
    async render() {
      const { registry } = await open();
      return { type: registry.contentType, text: await registry.metrics() };
    },
  };
}
