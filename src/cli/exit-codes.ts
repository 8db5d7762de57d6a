import { readSecrets, readSetting } from '../config.ts';
import { AssistantError, describeError } from '../errors.ts';
import { toPrintable } from '../render/printable.ts';
import { createSecretMask } from '../text/secrets.ts';
import type { CommandContext } from './context.ts';

export const EXIT_OK = 0;
export const EXIT_FAILED = 1;
export const EXIT_USAGE = 2;
/** 128 + SIGINT, as shells have it. */
export const EXIT_INTERRUPTED = 130;

/** Wrong usage that commander cannot know of. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Ends a command that has said already what is wrong. */
export class Exit extends Error {
  readonly exitCode: number;

  constructor(exitCode: number) {
    super(`exit ${exitCode}`);
    this.exitCode = exitCode;
  }
}

function toExitCode(error: unknown): number {
  if (error instanceof UsageError) return EXIT_USAGE;
  if (!(error instanceof AssistantError)) return EXIT_FAILED;
  if (error.code === 'aborted') return EXIT_INTERRUPTED;
  return error.code === 'bad-setting' || error.code === 'bad-request' ? EXIT_USAGE : EXIT_FAILED;
}

/** Says what went wrong on standard error, without a stack (LOG_LEVEL=debug shows it) and without secrets; gives the exit code. */
export function reportError(error: unknown, { stderr, env, cwd }: CommandContext): number {
  if (error instanceof Exit) return error.exitCode;
  const code = toExitCode(error);
  if (code === EXIT_INTERRUPTED) return code;
  const isDebugging = /^(debug|trace)$/i.test(readSetting('LOG_LEVEL', env, { cwd }) ?? '');
  const text = isDebugging && error instanceof Error && error.stack !== undefined ? error.stack : describeError(error);
  stderr.write(`wence: ${toPrintable(createSecretMask(readSecrets(env, { cwd }))(text))}\n`);
  return code;
}
