import { AssistantError } from '../errors.ts';
import type { CommandContext } from './context.ts';
import { Exit, UsageError, reportError } from './exit-codes.ts';

/** Of `wence eval` and its commands; CI tells a gate that is not met (100) from everything that went wrong. */
export const EVAL_USAGE = 1;
export const EVAL_INCOMPLETE = 2;
export const EVAL_UNMET = 100;
const INTERRUPTED = 130;

/** Runs a command of the evaluation: what it throws is told and becomes its exit code. */
export async function withEvalExit(context: CommandContext, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof Exit) throw error;
    reportError(error, context);
    if (error instanceof AssistantError && error.code === 'aborted') throw new Exit(INTERRUPTED);
    const isUsage = error instanceof UsageError || (error instanceof AssistantError && ['bad-request', 'bad-setting', 'bad-notice'].includes(error.code));
    throw new Exit(isUsage ? EVAL_USAGE : EVAL_INCOMPLETE);
  }
}
