import { createHmac, timingSafeEqual } from 'node:crypto';

/** base64(HMAC-SHA256(key = secret, `timestamp + "\n" + secret`)); https://open.dingtalk.com/document/orgapp/receive-message */
export function signDingtalk(timestamp: string, secret: string): string {
  return createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64');
}

/** In a time that does not tell how much of it was right. */
export function isSame(given: string, wanted: string): boolean {
  const hash = (text: string): Buffer => createHmac('sha256', 'compare').update(text).digest();
  return timingSafeEqual(hash(given), hash(wanted));
}

type HeaderValue = string | readonly string[] | undefined;

/** Milliseconds as DingTalk writes them; undefined for anything else, doubled headers included (node joins them by a comma). */
export function readTimestamp(header: HeaderValue): number | undefined {
  return typeof header === 'string' && /^\d{13}$/.test(header) ? Number(header) : undefined;
}

/** Whether a request was signed with the secret, at a time that is less than `windowMs` off. The signature covers the time alone, not the body. */
export function isSigned({ timestamp, sign }: { readonly timestamp: HeaderValue; readonly sign: HeaderValue }, secret: string, now: number, windowMs: number): boolean {
  const time = readTimestamp(timestamp);
  if (time === undefined || typeof sign !== 'string' || Math.abs(now - time) >= windowMs) return false;
  return isSame(sign, signDingtalk(String(time), secret));
}
