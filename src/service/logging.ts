import type { FastifyServerOptions } from 'fastify';
import { secretsOf } from '../config.ts';
import type { Config } from '../config.ts';
import { describeError } from '../errors.ts';
import { createSecretMask } from '../text/secrets.ts';

/** Text from outside (a model's reply quoted by an SDK) is cut to this length in the log. */
const LONGEST_CAUSE = 200;

/** A few fields of an error, and nothing else that hangs on it. */
function serializeError(error: unknown) {
  if (!(error instanceof Error)) return { type: typeof error, message: describeError(error), stack: '' };
  const { code } = error as { readonly code?: unknown };
  return {
    type: error.name,
    ...(code === undefined ? {} : { code }),
    message: error.message,
    stack: error.stack ?? '',
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause).slice(0, LONGEST_CAUSE) }),
  };
}

/**
 * One JSON line a record, without the text of any question above `debug`, and with secrets masked in whatever is written:
 * errors are reduced to a few fields, since SDKs hang requests and headers on theirs.
 */
export function createLoggerOptions(config: Config, write: (line: string) => void): NonNullable<FastifyServerOptions['logger']> {
  const mask = createSecretMask(secretsOf(config));
  return {
    level: config.logLevel,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    redact: { paths: ['authorization', 'apiKey', 'openaiApiKey', '*.authorization', '*.apiKey', '*.openaiApiKey'], censor: '[secret]' },
    serializers: { err: serializeError },
    stream: { write: (line: string) => write(mask(line)) },
  };
}
