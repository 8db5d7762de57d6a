import { AssistantError } from '../errors.ts';

/** Ctrl-C withdraws the work by its signal; what it has open is closed as always. */
export async function untilInterrupted<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const interrupt = (): void => controller.abort(new AssistantError('aborted', 'Interrupted.'));
  process.once('SIGINT', interrupt);
  try {
    return await work(controller.signal);
  } catch (error) {
    throw controller.signal.aborted ? controller.signal.reason : error;
  } finally {
    process.off('SIGINT', interrupt);
  }
}
