import type { DingtalkSettings } from '../bot-settings.ts';
import { createSecretMask } from '../text/secrets.ts';
import { fetchAccessToken } from './dingtalk/access-token.ts';
import { openGateway } from './dingtalk/gateway.ts';
import { DingtalkFailure } from './dingtalk/request.ts';

export interface DingtalkCheck {
  readonly state: 'ok' | 'failed';
  /** What is well, or what to do; without secrets. */
  readonly message: string;
}

const LIMIT_MS = 5_000;
const CREDENTIALS = 'DINGTALK_CLIENT_ID and DINGTALK_CLIENT_SECRET';

function describeFailure(failure: DingtalkFailure, { apiUrl, dialect }: DingtalkSettings, what: string): string {
  const { host } = new URL(apiUrl);
  switch (failure.kind) {
    case 'unreachable':
      return `Cannot reach DingTalk at ${host}: ${failure.message}. Check that this machine may connect there (firewall, proxy), and DINGTALK_API_URL.`;
    case 'busy':
      return `DingTalk was asked too often for ${what} (${failure.code}). Try again in a minute.`;
    case 'fault':
      return `DingTalk at ${host} is in trouble (${failure.code}). Try again later, and check DINGTALK_API_URL.`;
    default:
      return failure.code.startsWith('HTTP 404') || failure.code.startsWith('HTTP 3') || /^(?:something|with) /.test(failure.code)
        ? `What answers at ${host} is not DingTalk (${failure.code}). Check DINGTALK_API_URL${dialect === 'zzd' ? '' : ' and DINGTALK_DIALECT'}.`
        : `DingTalk does not give ${what} for ${CREDENTIALS} (${failure.code}). Copy both again from the application's page (凭证与基础信息), and check that the application is not disabled.`;
  }
}

function describeGatewayFailure(failure: DingtalkFailure, settings: DingtalkSettings): string {
  const isRefused = ['token', 'refused'].includes(failure.kind) && !failure.code.startsWith('HTTP 404');
  if (!isRefused) return describeFailure(failure, settings, 'a stream connection');
  return `DingTalk gives a token, but no stream connection (${failure.code}). Choose Stream 模式 for the robot of the application and publish a version of it, or set DINGTALK_MODE=http.`;
}

/** What cannot be asked for, but is good to know. */
function describeRest({ mode, dialect, card, tenantId }: DingtalkSettings): string {
  if (dialect === 'zzd') return `${tenantId === undefined ? 'DINGTALK_TENANT_ID is not set: after the reply address of a question has expired, it cannot be answered' : 'with a tenant id'}; whether the platform reaches this service shows when it sends something`;
  const cards = card === undefined ? 'Markdown answers (no DINGTALK_CARD_TEMPLATE_ID)' : 'answers on cards; whether the template and its permissions are right shows with the first answer';
  return mode === 'http' ? `${cards}; whether DingTalk reaches this service shows when it sends something` : cards;
}

async function askDingtalk(settings: DingtalkSettings, signal: AbortSignal | undefined, limitMs: number): Promise<DingtalkCheck> {
  let describe = (failure: DingtalkFailure): string => describeFailure(failure, settings, 'an access token');
  try {
    await fetchAccessToken(settings, limitMs, signal);
    describe = (failure) => describeGatewayFailure(failure, settings);
    if (settings.mode === 'stream') await openGateway(settings, limitMs, signal);
  } catch (error) {
    if (!(error instanceof DingtalkFailure)) throw error;
    return { state: 'failed', message: describe(error) };
  }
  const where = settings.dialect === 'zzd' ? '专有钉钉 over HTTP' : settings.mode === 'stream' ? 'over a stream' : 'over HTTP';
  return { state: 'ok', message: `the credentials are good, ${where}; ${describeRest(settings)}` };
}

/**
 * Asks DingTalk whether the credentials are good and, where it is used, whether there is a stream. Opens no connection for events, sends no message.
 *
 * @param limitMs How long each of at most two calls may take
 * @throws what the signal was aborted with, and nothing else
 */
export async function checkDingtalk(settings: DingtalkSettings, signal?: AbortSignal, limitMs = LIMIT_MS): Promise<DingtalkCheck> {
  const { state, message } = await askDingtalk(settings, signal, limitMs);
  return { state, message: createSecretMask([settings.clientSecret, settings.webhookToken])(message) };
}
