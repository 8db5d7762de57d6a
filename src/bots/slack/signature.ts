import { createHmac, timingSafeEqual } from 'node:crypto';

/** So far the time of a request may be off, in seconds. */
export const WINDOW_S = 300;

type HeaderValue = string | readonly string[] | undefined;

/** `v0=` and hex(HMAC-SHA256(secret, `v0:{timestamp}:{body}`)); https://docs.slack.dev/authentication/verifying-requests-from-slack */
export function signSlack(timestamp: string, body: Buffer, secret: string): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest('hex')}`;
}

/**
 * Whether Slack signed these very bytes, at a time that is no more than five minutes off on either side: Bolt's own check takes any time to come.
 *
 * @param now Milliseconds of Unix time
 */
export function isSigned({ timestamp, signature }: { readonly timestamp: HeaderValue; readonly signature: HeaderValue }, body: Buffer, secret: string, now: number): boolean {
  // Of a doubled header node makes one with a comma.
  if (typeof timestamp !== 'string' || !/^\d{1,12}$/.test(timestamp) || typeof signature !== 'string' || !/^v0=[\da-f]{64}$/.test(signature)) return false;
  if (Math.abs(now / 1_000 - Number(timestamp)) > WINDOW_S || secret === '') return false;
  return timingSafeEqual(Buffer.from(signature), Buffer.from(signSlack(timestamp, body, secret)));
}
