import { z } from 'zod';
import { describeFetchError, readJson, withinLimit } from '../platform-request.ts';

/**
 * Why DingTalk did not do what was asked. `token`: the access token is no longer good; `busy`: too much was asked; `fault`: its own fault;
 * `unreachable`: no answer, so that it may have been done all the same; `refused`: asked again, it would refuse again; `impossible`: it was not asked.
 */
export type DingtalkFailureKind = 'token' | 'busy' | 'fault' | 'unreachable' | 'refused' | 'impossible';

/** A failure in words, without what was sent, and of what was received the error code alone. */
export class DingtalkFailure extends Error {
  readonly kind: DingtalkFailureKind;
  /** `Forbidden.AccessDenied.QpsLimitForApi`, `310000`, `HTTP 502`; where nothing was answered, why, in words. */
  readonly code: string;
  /** How long DingTalk asks to wait. */
  readonly retryAfterMs: number | undefined;

  constructor(kind: DingtalkFailureKind, code: string, retryAfterMs?: number) {
    super(kind === 'unreachable' || kind === 'impossible' ? code : `DingTalk answered ${code}`);
    this.name = 'DingtalkFailure';
    this.kind = kind;
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }
}

export interface DingtalkRequest {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON; as a form where it is of that kind. */
  readonly body?: object | URLSearchParams;
}

/** The old interfaces tell failures by `errcode` in a reply of 200, the new ones by `code` in one of 4xx, 专有钉钉 by `success`. */
const replySchema = z.looseObject({
  errcode: z.union([z.number(), z.string()]).optional().catch(undefined),
  code: z.union([z.number(), z.string()]).optional().catch(undefined),
  success: z.boolean().optional().catch(undefined),
  bizErrorCode: z.string().optional().catch(undefined),
  content: z.looseObject({ success: z.boolean().optional().catch(undefined) }).optional().catch(undefined),
});
type ReplyBody = z.output<typeof replySchema>;

/** Anything else that stands there is not shown. */
const CODE = /^-?[\w.-]{1,80}$/;
/** -1: the system is busy; the others: sent, or asked, too often. */
const BUSY_CODES = new Set(['-1', '88', '90002', '90018', '130101', '410100']);
/** 40014, 42001: of the old interfaces. */
const TOKEN_CODES = /^(?:InvalidAuthentication|InvalidAccessToken|Forbidden\.AccessDenied\.InvalidToken|40014|42001)$/i;

function codeOf(value: string | number | undefined): string | undefined {
  return value !== undefined && CODE.test(String(value)) ? String(value) : undefined;
}

/** `Retry-After` in seconds, or as a date. */
function readRetryAfter(headers: Headers): number | undefined {
  const value = headers.get('retry-after');
  if (value === null) return undefined;
  const milliseconds = /^\d{1,6}$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - Date.now();
  return Number.isFinite(milliseconds) ? Math.max(0, milliseconds) : undefined;
}

function findFailure(response: Response, body: ReplyBody | undefined): DingtalkFailure | undefined {
  const { status } = response;
  const retryAfterMs = readRetryAfter(response.headers);
  const code = codeOf(body?.errcode) ?? codeOf(body?.code);
  const told = code ?? `HTTP ${status}`;
  if (status === 401 || (code !== undefined && TOKEN_CODES.test(code))) return new DingtalkFailure('token', told);
  if (status === 429 || (code !== undefined && /QpsLimit|Throttl|TooManyRequests/i.test(code))) return new DingtalkFailure('busy', told, retryAfterMs);
  if (status >= 500) return new DingtalkFailure('fault', told, retryAfterMs);
  // A redirect is not followed: it would lead what is sent to a host that nobody allowed.
  if (status < 200 || status > 299) return new DingtalkFailure('refused', told);
  if (body === undefined) return new DingtalkFailure('refused', 'something that is not JSON');
  if (body.errcode !== undefined && String(body.errcode) !== '0') return new DingtalkFailure(BUSY_CODES.has(told) ? 'busy' : 'refused', told, retryAfterMs);
  return body.success === false || body.content?.success === false ? new DingtalkFailure('refused', codeOf(body.bizErrorCode) ?? code ?? 'that it had no success') : undefined;
}

/**
 * Makes a request, once, and gives what DingTalk answered.
 *
 * @param limitMs How long is waited for the whole reply
 * @throws DingtalkFailure, or what the signal was aborted with
 */
export async function requestDingtalk({ method, url, headers = {}, body }: DingtalkRequest, limitMs: number, signal?: AbortSignal): Promise<ReplyBody> {
  const isForm = body instanceof URLSearchParams;
  let failure: DingtalkFailure | undefined;
  let reply: ReplyBody | undefined;
  try {
    reply = await withinLimit(limitMs, signal, async (within) => {
      const response = await fetch(url, {
        method,
        headers: { accept: 'application/json', ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }), ...headers },
        ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
        redirect: 'manual',
        signal: within,
      });
      const told = replySchema.safeParse(await readJson(response)).data;
      failure = findFailure(response, told);
      return told;
    });
  } catch (error) {
    if (signal?.aborted === true) throw signal.reason;
    throw new DingtalkFailure('unreachable', describeFetchError(error, limitMs));
  }
  if (failure !== undefined) throw failure;
  return reply ?? {};
}
