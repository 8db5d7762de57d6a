import { ModelError } from './chat-model.ts';
import type { ModelFailure } from './chat-model.ts';

/** How a call ended; `abandoned` is the caller's doing and says nothing of the server. */
export type CallOutcome = 'ok' | 'abandoned' | ModelFailure;

/** Spares a server that is down, and those who wait for it. */
export interface Breaker {
  /** Opens a call; its end must be told, once. Throws the last failure, at once, while the breaker is open. */
  begin(): (outcome: CallOutcome) => void;
}

export interface BreakerOptions {
  /** Failures in a row that open it; 5 by default. */
  readonly failuresToOpen?: number;
  /** How long it stays open before one trial call may go through; 15,000 ms by default. */
  readonly openMs?: number;
  /** Milliseconds on a clock that never jumps. */
  readonly now?: () => number;
}

/** Failures that calling again at once would repeat. The others show a server that answers, and close the breaker. */
const COUNTED: ReadonlySet<CallOutcome> = new Set<CallOutcome>(['model-unreachable', 'model-timeout', 'model-rate-limited', 'model-error']);

export function createBreaker({ failuresToOpen = 5, openMs = 15_000, now = () => performance.now() }: BreakerOptions = {}): Breaker {
  let failures = 0;
  let lastFailure: ModelFailure = 'model-unreachable';
  let openUntil = 0;
  let isTrialUnderWay = false;

  return {
    begin() {
      const isTrial = failures >= failuresToOpen;
      const waitMs = openUntil - now();
      if (isTrial && (waitMs > 0 || isTrialUnderWay)) {
        const next = waitMs > 0 ? `in ${Math.ceil(waitMs / 1000)} s` : 'when the trial under way has ended';
        const found = `its last ${failures} calls failed (${lastFailure})`;
        throw new ModelError(lastFailure, `The model was not asked: ${found}. It is asked again ${next}.`);
      }
      if (isTrial) isTrialUnderWay = true;
      return (outcome) => {
        if (isTrial) isTrialUnderWay = false;
        if (outcome === 'abandoned') return;
        if (outcome === 'ok' || !COUNTED.has(outcome)) {
          failures = 0;
          return;
        }
        failures += 1;
        lastFailure = outcome;
        if (failures >= failuresToOpen) openUntil = now() + openMs;
      };
    },
  };
}
