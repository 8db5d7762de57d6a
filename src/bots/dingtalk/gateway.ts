import type { DingtalkSettings } from '../../bot-settings.ts';
import { isAllowedSocketAddress } from '../../text/addresses.ts';
import { DingtalkFailure, requestDingtalk } from './request.ts';

export const ROBOT_TOPIC = '/v1.0/im/bot/messages/get';
export const CARD_TOPIC = '/v1.0/card/instances/callback';

const LONGEST_TICKET = 2_000;

/** What is no answer of DingTalk's (a proxy's page, a wrong path) says nothing of the credentials. */
const STRAY_CODES = /^HTTP (?!40[013]$)|^(?:something|without|with) /;

/** Whether it is the credentials, or what the application may do, that is at fault. */
export function isRefusal(error: unknown): error is DingtalkFailure {
  if (!(error instanceof DingtalkFailure)) return false;
  return error.kind === 'token' || (error.kind === 'refused' && !STRAY_CODES.test(error.code));
}

/**
 * Asks for a connection; gives its address, ticket included, which is good for one connection and a minute or so: a secret.
 *
 * @throws DingtalkFailure, or what the signal was aborted with
 */
export async function openGateway({ apiUrl, clientId, clientSecret }: Pick<DingtalkSettings, 'apiUrl' | 'clientId' | 'clientSecret'>, limitMs: number, signal?: AbortSignal): Promise<string> {
  const subscriptions = [ROBOT_TOPIC, CARD_TOPIC].map((topic) => ({ type: 'CALLBACK', topic }));
  const request = { method: 'POST', url: `${apiUrl}/v1.0/gateway/connections/open`, body: { clientId, clientSecret, ua: 'wence', subscriptions } } as const;
  const { endpoint, ticket } = await requestDingtalk(request, limitMs, signal);
  if (typeof endpoint !== 'string' || typeof ticket !== 'string' || !URL.canParse(endpoint) || ticket === '' || ticket.length > LONGEST_TICKET) throw new DingtalkFailure('refused', 'without an endpoint');
  const url = new URL(endpoint);
  if (!isAllowedSocketAddress(url, apiUrl)) throw new DingtalkFailure('refused', 'with an endpoint that is not wss');
  url.searchParams.set('ticket', ticket);
  return url.href;
}
