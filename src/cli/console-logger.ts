import { secretsOf } from '../config.ts';
import type { Config } from '../config.ts';
import { describeError } from '../errors.ts';
import type { LogMethod, Logger } from '../logger.ts';
import { toPrintableLine } from '../render/printable.ts';
import { createSecretMask } from '../text/secrets.ts';
import type { Output } from './context.ts';

const RANKS = { trace: 0, debug: 0, info: 1, warn: 2, error: 3, fatal: 4, silent: 5 } as const;

/**
 * A logger for people at a terminal: one line a record. Since commands say themselves what they do, `info` shows warnings and errors only;
 * `debug` shows everything.
 */
export function createConsoleLogger(stderr: Output, config: Pick<Config, 'logLevel' | 'openaiApiKey' | 'judge'>): Logger {
  const least = config.logLevel === 'info' ? RANKS.warn : RANKS[config.logLevel];
  const mask = createSecretMask(secretsOf(config));

  function createMethod(level: 'debug' | 'info' | 'warn' | 'error', prefix: string): LogMethod {
    return (first: object | string, message?: string) => {
      if (RANKS[level] < least) return;
      const { err, ...details } = typeof first === 'string' ? {} : (first as { readonly err?: unknown });
      const text = typeof first === 'string' ? first : (message ?? '');
      const cause = err === undefined ? '' : `: ${describeError(err)}`;
      const rest = least === RANKS.debug && Object.keys(details).length > 0 ? ` ${JSON.stringify(details)}` : '';
      stderr.write(`${prefix}${toPrintableLine(mask(`${text}${cause}${rest}`))}\n`);
    };
  }

  return {
    debug: createMethod('debug', 'debug: '),
    info: createMethod('info', 'info: '),
    warn: createMethod('warn', 'warning: '),
    error: createMethod('error', 'error: '),
  };
}
