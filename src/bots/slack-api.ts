import { z } from 'zod';
import { describeFetchError, readJson, withinLimit } from './platform-request.ts';

/** Codes such as `invalid_auth`; anything else that stands there is not shown. */
const errorCode = z.string().regex(/^[a-z][a-z\d_]{0,63}$/).catch('unknown_error');

const replySchema = z.union([
  z.looseObject({ ok: z.literal(true) }),
  z.looseObject({ ok: z.literal(false), error: errorCode.default('unknown_error'), needed: z.string().optional() }),
]);

export type SlackReply =
  | { readonly state: 'ok'; readonly body: Readonly<Record<string, unknown>>; readonly headers: Headers }
  /** Slack's own code: `invalid_auth` */
  | { readonly state: 'refused'; readonly error: string }
  /** No answer of Slack's: in words, without what was sent or received. */
  | { readonly state: 'unreachable'; readonly reason: string };

/**
 * Calls a method of Slack's Web API once, without arguments; for checks, where the client of the adapter would be too much.
 *
 * @param limitMs How long is waited for the whole reply
 * @throws what the signal was aborted with, and nothing else
 */
export async function callSlack(apiUrl: string, method: string, token: string, signal: AbortSignal | undefined, limitMs: number): Promise<SlackReply> {
  try {
    return await withinLimit(limitMs, signal, async (within) => {
      const response = await fetch(new URL(method, apiUrl), {
        method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-www-form-urlencoded' }, redirect: 'manual', signal: within,
      });
      const reply = replySchema.safeParse(await readJson(response));
      if (!reply.success) return { state: 'unreachable', reason: `what answers there is not Slack (HTTP ${response.status})` };
      return reply.data.ok ? { state: 'ok', body: reply.data, headers: response.headers } : { state: 'refused', error: reply.data.error };
    });
  } catch (error) {
    if (signal?.aborted === true) throw signal.reason;
    return { state: 'unreachable', reason: describeFetchError(error, limitMs) };
  }
}
