import type { LoggedQuestion } from '../store/store.ts';

/**
 * An answer with less of the question in its evidence is worth a look. Of 787 answers to the development sets 112 have less, and 26 of those
 * are not right; of the others 40 are not.
 */
export const WEAK_SUPPORT = 0.6;

/** Why an asked question is worth a look. */
export const DOUBTS = ['refused', 'voted-down', 'weak', 'dropped', 'degraded'] as const;
export type Doubt = (typeof DOUBTS)[number];

export interface FoundDoubt {
  readonly doubt: Doubt;
  /** The kind of refusal, the voter's reason, the cause of the degradation. */
  readonly detail?: string;
}

/** What is doubtful about one question's answer; empty where nothing is. */
export function findDoubts({ status, refusalKind, verdict, reason, support, dropped, degraded }: LoggedQuestion): readonly FoundDoubt[] {
  const found: FoundDoubt[] = [];
  const add = (doubt: Doubt, detail?: string): void => void found.push({ doubt, ...(detail !== undefined && { detail }) });
  if (status === 'refused') add('refused', refusalKind);
  if (verdict === 'down') add('voted-down', reason);
  if (status === 'answered' && support < WEAK_SUPPORT) add('weak');
  if (dropped > 0) add('dropped');
  if (degraded !== undefined) add('degraded', degraded);
  return found;
}
