import type { ServerResponse } from 'node:http';

/** What goes wrong with one request. `late` does what was asked, and answers 500 all the same. */
export type DingtalkFault =
  | { readonly kind: 'errcode'; readonly code: number }
  | { readonly kind: 'status'; readonly status: number; readonly code?: string; readonly retryAfter?: string; readonly location?: string }
  | { readonly kind: 'body'; readonly body: string }
  | { readonly kind: 'hang' | 'close' | 'late' };

export const qpsLimit: DingtalkFault = { kind: 'status', status: 403, code: 'Forbidden.AccessDenied.QpsLimitForApi' };

export const sendJson = (response: ServerResponse, status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): void =>
  void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));

/** Answers with a fault; nothing at all where the request hangs. */
export function sendFault(response: ServerResponse, fault: DingtalkFault): void {
  if (fault.kind === 'errcode') return sendJson(response, 200, { errcode: fault.code, errmsg: '文字来自平台' });
  if (fault.kind === 'body') return void response.writeHead(200).end(fault.body);
  if (fault.kind === 'close') return void response.destroy();
  if (fault.kind === 'late') return sendJson(response, 500, { code: 'ServiceUnavailable', message: 'x' });
  if (fault.kind !== 'status') return;
  const { status, code = 'SomeError', retryAfter, location } = fault;
  sendJson(response, status, { code, message: '文字来自平台', requestid: 'r' }, { ...(retryAfter !== undefined && { 'retry-after': retryAfter }), ...(location !== undefined && { location }) });
}
