import { ModelError } from './chat-model.ts';
import type { ModelFailure } from './chat-model.ts';

export interface UpstreamErrorOptions {
  readonly isRetryable?: boolean;
  readonly retryAfterMs?: number | undefined;
}

/** A failure at the server's door, with what is needed to decide whether to ask again. Never carries the server's own text, nor a cause. */
export class UpstreamError extends ModelError {
  readonly isRetryable: boolean;
  /** What the server's Retry-After asked for. */
  readonly retryAfterMs: number | undefined;

  constructor(failure: ModelFailure, message: string, options: UpstreamErrorOptions = {}) {
    super(failure, message);
    this.isRetryable = options.isRetryable ?? false;
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** Codes by which OpenAI, DeepSeek, Moonshot, DashScope and Zhipu say that the account has run out. */
const QUOTA_CODES = new Set([
  'insufficient_quota', 'billing_hard_limit_reached', 'billing_not_active', 'exceeded_current_quota_error', 'insufficient_balance',
  'arrearage', 'allocationquota.freetieronly', '1113',
]);
const FILTER_CODES = new Set(['content_filter', 'content_policy_violation', 'data_inspection_failed', 'datainspectionfailed', '1301']);
const RATE_CODES = new Set(['rate_limit_exceeded', 'rate_limit_error', 'throttling', '1302', '1303', '1305']);

/** What a status other than 2xx means; `code` is the `error.code` or `error.type` of its body, where it could be read. */
export function errorOfStatus(host: string, status: number, code: string, retryAfterMs?: number): UpstreamError {
  const byCode = errorOfCode(host, code, `status ${status}`);
  if (byCode !== undefined && byCode.failure !== 'model-rate-limited') return byCode;
  const fail = (failure: ModelFailure, found: string, isRetryable = false): UpstreamError =>
    new UpstreamError(failure, `${cannot(host)} status ${status}, ${found}`, { isRetryable, retryAfterMs });
  if (status === 402) return fail('model-quota', 'the account has run out. Check its balance.');
  if (status === 429) return fail('model-rate-limited', 'too many requests. Try again later.', true);
  if (status === 401 || status === 403) return fail('model-error', 'the key was not accepted. Check OPENAI_API_KEY.');
  if (status === 404) return fail('model-error', 'no such model or path. Check the model name and OPENAI_BASE_URL.');
  if (status === 413) return fail('model-error', 'the request was too large. Check what the model can take in.');
  // No message may say that time ran out in the usual words: the OpenAI client would take it for its own limit and drop the error.
  if (status === 408 || status === 504) return fail('model-timeout', 'it gave up waiting. Try again later.', true);
  if (status >= 500) return fail('model-error', 'it has a fault of its own. Try again later.', true);
  if (status >= 300 && status < 400) return fail('model-error', 'a redirection, which is not followed. Check OPENAI_BASE_URL.');
  return fail('model-error', 'the request was not accepted. Check the model name and what it supports.');
}

/** What an error inside a reply of status 200 means. */
export function errorOfEvent(host: string, code: string): UpstreamError {
  const where = 'an error within the reply';
  return errorOfCode(host, code, where) ?? new UpstreamError('model-error', `${cannot(host)} ${where}.`);
}

/** What a failed connection means; `error` is what fetch threw. */
export function errorOfConnection(host: string, error: unknown): UpstreamError {
  const code = connectionCode(error);
  const failure: ModelFailure = /^UND_ERR_(HEADERS|BODY)_TIMEOUT$/.test(code) ? 'model-timeout' : 'model-unreachable';
  const label = code === '' ? '' : ` (${code.replace('TIMEOUT', 'TIME')})`;
  const message = `${cannot(host)} the connection failed${label}. Check OPENAI_BASE_URL and the network.`;
  return new UpstreamError(failure, message, { isRetryable: true });
}

/** How every message of this door begins. */
export function cannot(host: string): string {
  return `Cannot get a reply from the model server at ${host}:`;
}

/** The ModelError that LangChain and the OpenAI client may have wrapped; undefined where none is in the chain of causes. */
export function findModelError(error: unknown): ModelError | undefined {
  for (let depth = 0, link = error; depth < 8 && link instanceof Error; depth += 1, link = link.cause) {
    if (link instanceof ModelError) return link;
  }
  return undefined;
}

function errorOfCode(host: string, code: string, where: string): UpstreamError | undefined {
  const folded = code.toLowerCase();
  const fail = (failure: ModelFailure, found: string): UpstreamError => new UpstreamError(failure, `${cannot(host)} ${where}, ${found}`);
  if (QUOTA_CODES.has(folded)) return fail('model-quota', 'the account has run out. Check its balance.');
  if (FILTER_CODES.has(folded)) return fail('model-refused', 'its content filter refused.');
  if (folded === 'context_length_exceeded') return fail('model-error', 'the prompt is too long. Choose a model that takes in more.');
  if (RATE_CODES.has(folded)) return fail('model-rate-limited', 'too many requests. Try again later.');
  return undefined;
}

/** Node's own code (ECONNREFUSED, ENOTFOUND, UND_ERR_SOCKET …) from the chain of causes; empty where there is none. */
function connectionCode(error: unknown): string {
  for (let depth = 0, link = error; depth < 8 && link instanceof Error; depth += 1, link = link.cause) {
    if ('code' in link && typeof link.code === 'string' && /^[A-Z][A-Z0-9_]{2,40}$/.test(link.code)) return link.code;
  }
  return '';
}
