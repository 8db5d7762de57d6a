/** Writes one record; the details come first, as pino has it. */
export interface LogMethod {
  (message: string): void;
  (details: object, message?: string): void;
}

/** What the rooms need of a logger: pino, fastify's `app.log` and the terminal's own all fit. */
export interface Logger {
  readonly debug: LogMethod;
  readonly info: LogMethod;
  readonly warn: LogMethod;
  readonly error: LogMethod;
}

function ignore(): void {}

/** Says nothing: for callers that were given no logger. */
export const silentLogger: Logger = { debug: ignore, info: ignore, warn: ignore, error: ignore };
