import { randomInt } from 'node:crypto';
import { networkInterfaces } from 'node:os';
import type { DingtalkSettings } from '../../bot-settings.ts';
import { requestDingtalk } from './request.ts';
import { formatZzdTime, signZzd } from './zzd-signature.ts';

export interface ZzdCall {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
}

/** The platform wants to be told the caller's address. */
function findOwnAddress(): { readonly ip: string; readonly mac: string } {
  const own = Object.values(networkInterfaces()).flatMap((each) => each ?? []).find(({ internal, family }) => !internal && family === 'IPv4');
  return { ip: own?.address ?? '127.0.0.1', mac: own?.mac ?? '00:00:00:00:00:00' };
}

/** Milliseconds and four digits by chance. */
function createNonce(at: Date): string {
  return `${at.getTime()}${String(randomInt(10_000)).padStart(4, '0')}`;
}

/** A call to 专有钉钉, signed. @throws DingtalkFailure, or what the signal was aborted with */
export async function requestZzd({ apiUrl, clientId, clientSecret }: DingtalkSettings, { method, path, params }: ZzdCall, limitMs: number, signal?: AbortSignal): Promise<Readonly<Record<string, unknown>>> {
  const at = new Date();
  const nonce = createNonce(at);
  const { ip, mac } = findOwnAddress();
  const form = new URLSearchParams(params);
  // Behind a path of its own the platform still sees, and signs, the path below it.
  const url = `${apiUrl}${path}`;
  const headers = {
    'X-Hmac-Auth-Timestamp': formatZzdTime(at),
    'X-Hmac-Auth-Version': '1.0',
    'X-Hmac-Auth-Nonce': nonce,
    apiKey: clientId,
    'X-Hmac-Auth-IP': ip,
    'X-Hmac-Auth-MAC': mac,
    'X-Hmac-Auth-Signature': signZzd({ method, path, params, at, nonce }, clientSecret),
  };
  return requestDingtalk({ method, url: method === 'GET' ? `${url}?${form}` : url, headers, ...(method === 'POST' && { body: form }) }, limitMs, signal);
}
