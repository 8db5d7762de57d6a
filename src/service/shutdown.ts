import { constants } from 'node:os';
import closeWithGrace from 'close-with-grace';
import type { Logger } from '../logger.ts';

/** Whatever hangs, the process is gone by then. */
const HARD_LIMIT_MS = 9_500;

/** npm passes on the Ctrl-C that the terminal has already sent to everyone: two signals at once are one. */
const ECHO_MS = 50;

const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

/**
 * SIGTERM, SIGINT and SIGHUP close and exit with 0; a second one exits at once. An error that nobody caught is logged once, then closes
 * and exits with 1.
 */
export function closeOnSignals(close: () => Promise<void>, logger: Logger): void {
  const grace = closeWithGrace(
    {
      delay: HARD_LIMIT_MS,
      logger,
      // Signals that tell of a broken process must end it: a listener would keep it hanging. Ours are handled below.
      skip: [...SIGNALS, 'SIGQUIT', 'SIGILL', 'SIGTRAP', 'SIGABRT', 'SIGBUS', 'SIGFPE', 'SIGSEGV', 'SIGUSR2', 'beforeExit'],
    },
    async ({ err }) => {
      if (err !== undefined) logger.error({ err }, 'closing after an error that nobody caught');
      await close();
    },
  );

  let first: number | undefined;
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      if (first === undefined) {
        first = performance.now();
        logger.info({ signal }, 'closing');
        grace.close();
      } else if (performance.now() - first > ECHO_MS) {
        process.exit(128 + constants.signals[signal]);
      }
    });
  }
}
