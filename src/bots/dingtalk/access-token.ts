import { z } from 'zod';
import type { DingtalkSettings } from '../../bot-settings.ts';
import { DingtalkFailure, requestDingtalk } from './request.ts';
import { requestZzd } from './zzd-request.ts';

/** The token that every call to the platform carries. */
export interface AccessToken {
  /** Does something with a token that is good; where the platform refuses the token, once more with a new one. */
  use<T>(action: (token: string) => Promise<T>): Promise<T>;
}

export interface AccessTokenLimits {
  /** Of a request for a token. */
  readonly requestMs: number;
  /** So long before its end a token is not used any more. */
  readonly earlyMs: number;
}

const LIMITS: AccessTokenLimits = { requestMs: 10_000, earlyMs: 5 * 60_000 };

const seconds = z.coerce.number().positive().catch(7_200);
const replySchema = z.looseObject({ accessToken: z.string().min(1), expireIn: seconds });
const zzdReplySchema = z.looseObject({ content: z.looseObject({ data: z.looseObject({ accessToken: z.string().min(1), expiresIn: seconds }) }) });

interface Token {
  readonly text: string;
  readonly lifeMs: number;
}

/** Asks the platform for a token, once. @throws DingtalkFailure, or what the signal was aborted with */
export async function fetchAccessToken(settings: DingtalkSettings, limitMs: number, signal?: AbortSignal): Promise<Token> {
  const { apiUrl, clientId, clientSecret, dialect } = settings;
  if (dialect === 'zzd') {
    const reply = zzdReplySchema.safeParse(await requestZzd(settings, { method: 'GET', path: '/gettoken.json', params: { appkey: clientId, appsecret: clientSecret } }, limitMs, signal));
    if (!reply.success) throw new DingtalkFailure('refused', 'without a token');
    const { accessToken, expiresIn } = reply.data.content.data;
    return { text: accessToken, lifeMs: expiresIn * 1_000 };
  }
  const request = { method: 'POST', url: `${apiUrl}/v1.0/oauth2/accessToken`, body: { appKey: clientId, appSecret: clientSecret } } as const;
  const reply = replySchema.safeParse(await requestDingtalk(request, limitMs, signal));
  if (!reply.success) throw new DingtalkFailure('refused', 'without a token');
  return { text: reply.data.accessToken, lifeMs: reply.data.expireIn * 1_000 };
}

/**
 * A token is asked for when it is needed first, and kept; many callers wait for one request.
 *
 * @param signal Ends a request for a token: what is shared must not end with one caller
 */
export function createAccessToken(settings: DingtalkSettings, signal: AbortSignal, limits: Partial<AccessTokenLimits> = {}): AccessToken {
  const { requestMs, earlyMs } = { ...LIMITS, ...limits };
  let kept: { readonly text: string; readonly end: number } | undefined;
  let coming: Promise<string> | undefined;

  async function renew(): Promise<string> {
    try {
      const { text, lifeMs } = await fetchAccessToken(settings, requestMs, signal);
      // A token of a short life is used for half of it.
      kept = { text, end: performance.now() + Math.max(lifeMs - earlyMs, lifeMs / 2) };
      return text;
    } finally {
      coming = undefined;
    }
  }

  async function find(): Promise<string> {
    if (kept !== undefined && performance.now() < kept.end) return kept.text;
    return (coming ??= renew());
  }

  return {
    async use(action) {
      const token = await find();
      try {
        return await action(token);
      } catch (error) {
        if (!(error instanceof DingtalkFailure) || error.kind !== 'token') throw error;
        // Another caller may have renewed it in the meantime.
        if (kept?.text === token) kept = undefined;
        return action(await find());
      }
    },
  };
}
