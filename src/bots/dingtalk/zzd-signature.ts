import { createHmac } from 'node:crypto';

export interface ZzdSigned {
  readonly method: 'GET' | 'POST';
  /** `/gettoken.json` */
  readonly path: string;
  /** Of the query or the form, as they are: not encoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly at: Date;
  readonly nonce: string;
}

const CHINA_MS = 8 * 3_600_000;

/** `2026-11-26T17:00:00.000+08:00`, whatever the machine's own time zone. */
export function formatZzdTime(at: Date): string {
  return new Date(at.getTime() + CHINA_MS).toISOString().replace('Z', '+08:00');
}

/** The `X-Hmac-Auth-*` signature of 专有钉钉: base64 HMAC-SHA256 of method, time, nonce, path and the parameters in their order, line by line. */
export function signZzd({ method, path, params, at, nonce }: ZzdSigned, secret: string): string {
  const pairs = Object.entries(params).map(([name, value]) => `${name}=${value}`).toSorted((one, other) => (one < other ? -1 : 1));
  const lines = [method, formatZzdTime(at), nonce, path, ...(pairs.length === 0 ? [] : [pairs.join('&')])];
  return createHmac('sha256', secret).update(lines.join('\n')).digest('base64');
}
