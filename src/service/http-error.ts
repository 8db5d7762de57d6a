import { AssistantError } from '../errors.ts';
import type { ErrorCode } from '../errors.ts';

/** A failure as the client sees it; its message is ours and safe to send. */
export class HttpError extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}, options?: ErrorOptions) {
    super(message, options);
    this.name = 'HttpError';
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

export function createStartingError(): HttpError {
  return new HttpError(503, 'starting', 'The service is starting. Try again in a moment.', { 'retry-after': '1' });
}

export function createShuttingDownError(): HttpError {
  return new HttpError(503, 'shutting-down', 'The service is shutting down. Try again in a moment.', {
    'retry-after': '5',
    connection: 'close',
  });
}

/** The same words for what is not there and for what is someone else's. */
export function createNoConversationError(): HttpError {
  return new HttpError(404, 'not-found', 'There is no such conversation.');
}

export function createNoAnswerError(): HttpError {
  return new HttpError(404, 'not-found', 'There is no such answer.');
}

export function createBusyError(): HttpError {
  return new HttpError(409, 'busy', 'Another question of this conversation is being answered. Wait for its answer, or stop it.');
}

export function createConflictError(): HttpError {
  return new HttpError(409, 'conflict', 'Only the last answer of a conversation can be replaced. Load the conversation again.');
}

export function createStoppedError(): HttpError {
  return new HttpError(409, 'stopped', 'The answer was stopped before it was complete.');
}

export function createInterruptedError(): HttpError {
  return new HttpError(503, 'interrupted', 'The answer broke off. Ask again.');
}

export function createLoginRequiredError(): HttpError {
  return new HttpError(401, 'login-required', 'This needs a login: send a token as Authorization: Bearer.');
}

export function createStoreError(): HttpError {
  return new HttpError(503, 'store-unavailable', 'Conversations cannot be read or changed at the moment. Try again later.', { 'retry-after': '10' });
}

/** What an inner failure is outside. Its own message goes out only where a client can do something about it. */
const ASSISTANT_ERRORS: Readonly<Record<ErrorCode, { readonly status: number; readonly message?: string }>> = {
  'bad-request': { status: 400 },
  'not-found': { status: 404 },
  'too-large': { status: 413, message: 'The request is too large.' },
  unavailable: { status: 503, message: 'The service cannot answer at the moment. Try again later.' },
  'model-failed': { status: 503, message: 'The language model cannot be reached at the moment. Try again later.' },
  aborted: { status: 503, message: 'The request was ended before it was answered.' },
  'bad-setting': { status: 500 },
  'bad-notice': { status: 500 },
  'bad-snapshot': { status: 500 },
  internal: { status: 500 },
};

/** Failures that fastify finds before a route sees the request; their own texts would name its insides. */
const FASTIFY_ERRORS: ReadonlyMap<string, HttpError> = new Map([
  ['FST_ERR_CTP_BODY_TOO_LARGE', new HttpError(413, 'too-large', 'The body is larger than 64 KB.')],
  ['FST_ERR_CTP_INVALID_MEDIA_TYPE', new HttpError(415, 'unsupported-media-type', 'The body must be sent as application/json in UTF-8.')],
  ['FST_ERR_CTP_EMPTY_JSON_BODY', new HttpError(400, 'bad-request', 'The body is empty; it must be a JSON object.')],
  ['FST_ERR_CTP_INVALID_JSON_BODY', new HttpError(400, 'bad-request', 'The body is not valid JSON.')],
  ['FST_ERR_CTP_INVALID_CONTENT_LENGTH', new HttpError(400, 'bad-request', 'The body is not as long as its Content-Length says.')],
  ['FST_ERR_BAD_URL', new HttpError(400, 'bad-request', 'The address is not a valid URL.')],
  ['FST_ERR_MAX_PARAM_LENGTH', new HttpError(400, 'bad-request', 'The address is too long.')],
]);

const INTERNAL = 'Something went wrong on our side. The log has more under this request id.';

/** Anything that was thrown, as the client may see it. Unknown failures are 500 without a word of their own text. */
export function toHttpError(error: unknown): HttpError {
  if (error instanceof HttpError) return error;
  if (error instanceof AssistantError) {
    const { status, message } = ASSISTANT_ERRORS[error.code];
    if (status === 500) return new HttpError(500, 'internal', INTERNAL, {}, { cause: error });
    return new HttpError(status, error.code, message ?? error.message, status === 503 ? { 'retry-after': '5' } : {}, { cause: error });
  }
  const { code, statusCode } = Object(error) as { readonly code?: unknown; readonly statusCode?: unknown };
  const known = FASTIFY_ERRORS.get(String(code));
  if (known !== undefined) return known;
  if (typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500) {
    return new HttpError(statusCode, 'bad-request', 'The request cannot be understood.', {}, { cause: error });
  }
  return new HttpError(500, 'internal', INTERNAL, {}, { cause: error });
}

export interface ErrorBody {
  readonly error: { readonly code: string; readonly message: string; readonly requestId: string };
}

export function toErrorBody(error: HttpError, requestId: string): ErrorBody {
  return { error: { code: error.code, message: error.message, requestId } };
}
