/**
 * Names of the ways in which work can fail. Doors turn them into status codes
 * (service) and exit codes (cli); a refusal to answer is not among them, being a value.
 */
export type ErrorCode =
  | 'bad-request'
  | 'bad-setting'
  | 'bad-notice'
  | 'bad-snapshot'
  | 'not-found'
  | 'too-large'
  | 'unavailable'
  | 'model-failed'
  | 'aborted'
  | 'internal';

/** A failure worded for people: what could not be done, what was found and where, what to do. */
export class AssistantError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'AssistantError';
    this.code = code;
  }
}

/** The text of anything that was thrown, for a log line; never shown to users as it is. */
export function describeError(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
