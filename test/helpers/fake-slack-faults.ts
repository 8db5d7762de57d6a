import type { ServerResponse } from 'node:http';

/**
 * What goes wrong with one request: an error of Slack's, its limit of rate, a bad gateway or a redirect, no answer, a closed connection; `lost`: it was done, and
 * the answer got lost.
 */
export type SlackFault = { readonly error: string } | { readonly retryAfter: number } | { readonly status: number; readonly location?: string } | 'hang' | 'close' | 'lost';

export function sendJson(response: ServerResponse, body: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers }).end(JSON.stringify(body));
}

export function sendFault(response: ServerResponse, fault: Exclude<SlackFault, 'lost'>): void {
  if (fault === 'hang') return;
  if (fault === 'close') response.socket?.destroy();
  else if ('error' in fault) sendJson(response, { ok: false, error: fault.error });
  else if ('retryAfter' in fault) sendJson(response, { ok: false, error: 'ratelimited' }, 429, { 'retry-after': String(fault.retryAfter) });
  else response.writeHead(fault.status, { 'content-type': 'text/html', ...(fault.location !== undefined && { location: fault.location }) }).end('<h1>trouble</h1>');
}
