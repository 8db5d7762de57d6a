/** Codes that stay the same until somebody does something about the tokens or the app. */
const REFUSALS: ReadonlySet<string> = new Set([
  'invalid_auth', 'not_authed', 'account_inactive', 'token_revoked', 'token_expired', 'not_allowed_token_type', 'missing_scope', 'org_login_required', 'team_access_not_granted',
  'access_denied', 'socket_mode_not_enabled', 'forbidden',
]);

export function isRefusal(code: string): boolean {
  return REFUSALS.has(code);
}

/** Blocks that Slack does not take, whatever the reason: the words may still be said. */
export function isAboutBlocks(error: unknown): boolean {
  return /^(?:invalid_blocks|msg_blocks_too_long|invalid_attachments|invalid_arguments|msg_too_long)/.test(codeOf(error));
}

/** How long Slack asks to be left alone for, in milliseconds; undefined where it does not. */
export function restOf(error: unknown): number | undefined {
  const { code, retryAfter } = Object(error) as { readonly code?: unknown; readonly retryAfter?: unknown };
  return code === 'slack_webapi_rate_limited_error' && typeof retryAfter === 'number' ? retryAfter * 1_000 : undefined;
}

/** Slack's own code of a failed call: `channel_not_found`; where there was no answer, why not, in a word or two; never anything that was sent. */
export function codeOf(error: unknown): string {
  const { data, code, statusCode } = Object(error) as { readonly data?: { readonly error?: unknown }; readonly code?: unknown; readonly statusCode?: unknown };
  if (typeof data?.error === 'string' && /^[a-z][\w.]{0,80}$/i.test(data.error)) return data.error;
  if (typeof statusCode === 'number') return `HTTP ${statusCode}`;
  return code === 'slack_webapi_rate_limited_error' ? 'ratelimited' : 'no answer';
}
