import type { SlackSettings } from '../bot-settings.ts';
import { toPrintableLine } from '../render/printable.ts';
import { createSecretMask } from '../text/secrets.ts';
import { callSlack } from './slack-api.ts';
import type { SlackReply } from './slack-api.ts';
import { SLACK_SCOPES } from './slack-manifest.ts';

export interface SlackCheck {
  readonly state: 'ok' | 'failed';
  /** What is well, or what to do; without secrets. */
  readonly message: string;
}

const LIMIT_MS = 5_000;
const LONGEST_NAME = 80;

const BOT_TOKEN = 'SLACK_BOT_TOKEN';
const APP_TOKEN = 'SLACK_APP_TOKEN';
type TokenName = typeof BOT_TOKEN | typeof APP_TOKEN;

/** Where a token is copied from. */
const SOURCES: Readonly<Record<TokenName, string>> = {
  SLACK_BOT_TOKEN: 'OAuth & Permissions → Bot User OAuth Token',
  SLACK_APP_TOKEN: 'Basic Information → App-Level Tokens',
};

const INSTALL_AGAIN = 'Install the app again (OAuth & Permissions → Reinstall to Workspace)';

/** What to do about an error code of Slack's. */
function adviseOn(error: string, name: TokenName): string {
  const copy = `copy ${name} again (${SOURCES[name]}).`;
  switch (error) {
    case 'invalid_auth':
    case 'not_authed':
      return `It is not a token of this Slack: ${copy}`;
    case 'account_inactive':
    case 'token_revoked':
    case 'token_expired':
      return name === BOT_TOKEN ? `The app was removed, or its token was taken back. ${INSTALL_AGAIN} and ${copy}` : `The token was taken back: make a new one and ${copy}`;
    case 'not_allowed_token_type':
      return `It is a token of another kind: ${copy}`;
    case 'missing_scope':
      return name === APP_TOKEN ? `It lacks the scope connections:write: make a new one with it and ${copy}` : `${INSTALL_AGAIN} with the scopes of "wence slack manifest".`;
    case 'socket_mode_not_enabled':
    case 'forbidden':
      return 'Turn Socket Mode on (Settings → Socket Mode), or set SLACK_MODE=http.';
    case 'ratelimited':
      return 'It was asked too often: try again in a minute.';
    case 'org_login_required':
    case 'team_access_not_granted':
    case 'access_denied':
      return 'The workspace does not let the app in: ask its administrators to approve it.';
    default:
      return /unavailable|internal|fatal|timeout/.test(error) ? 'Slack is in trouble: try again later; see https://slack-status.com.' : `See https://docs.slack.dev for the code, or ${copy}`;
  }
}

function describeFailure(reply: Exclude<SlackReply, { state: 'ok' }>, name: TokenName, apiUrl: string): SlackCheck {
  const message =
    reply.state === 'refused'
      ? `Slack does not accept ${name} (${reply.error}). ${adviseOn(reply.error, name)}`
      : `Cannot reach Slack at ${new URL(apiUrl).host}: ${reply.reason}. Check that this machine may connect there (firewall, proxy), and SLACK_API_URL.`;
  return { state: 'failed', message };
}

function nameOf(value: unknown): string {
  const name = typeof value === 'string' ? [...toPrintableLine(value)].slice(0, LONGEST_NAME).join('') : '';
  return name === '' ? 'without a name' : `"${name}"`;
}

/** Slack tells what a token may do with every reply; undefined where it did not. */
function findMissingScopes(headers: Headers): readonly string[] {
  const granted = headers.get('x-oauth-scopes')?.split(',').map((scope) => scope.trim());
  return granted === undefined ? [] : SLACK_SCOPES.filter((scope) => !granted.includes(scope));
}

async function askSlack({ mode, apiUrl, botToken, appToken }: SlackSettings, signal: AbortSignal | undefined, limitMs: number): Promise<SlackCheck> {
  const test = await callSlack(apiUrl, 'auth.test', botToken, signal, limitMs);
  if (test.state !== 'ok') return describeFailure(test, BOT_TOKEN, apiUrl);
  const who = `bot ${nameOf(test.body['user'])} in the workspace ${nameOf(test.body['team'])}`;
  const missing = findMissingScopes(test.headers);
  if (missing.length > 0) {
    return { state: 'failed', message: `${who} may not do all that it needs: ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing. Add under OAuth & Permissions → Bot Token Scopes, then reinstall the app, and copy ${BOT_TOKEN} again if it changed.` };
  }
  if (mode === 'http') return { state: 'ok', message: `${who}, over HTTP; whether SLACK_SIGNING_SECRET is right shows when Slack sends something` };
  const connection = await callSlack(apiUrl, 'apps.connections.open', appToken, signal, limitMs);
  return connection.state === 'ok' ? { state: 'ok', message: `${who}, over Socket Mode` } : describeFailure(connection, APP_TOKEN, apiUrl);
}

/**
 * Asks Slack whether the tokens are good, and for what. Opens no connection for events, sends no message.
 *
 * @param limitMs How long each of at most two calls may take
 * @throws what the signal was aborted with, and nothing else
 */
export async function checkSlack(settings: SlackSettings, signal?: AbortSignal, limitMs = LIMIT_MS): Promise<SlackCheck> {
  const { state, message } = await askSlack(settings, signal, limitMs);
  return { state, message: createSecretMask([settings.botToken, settings.appToken, settings.signingSecret])(message) };
}
