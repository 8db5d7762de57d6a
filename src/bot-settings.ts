import { z } from 'zod';
import { list, matching, setting, wholeNumber } from './setting-kinds.ts';
import { parsePlatformUrl } from './text/addresses.ts';

const SLACK_API_URL = 'https://slack.com/api/';
const SLACK_RESPONSE_HOSTS = ['hooks.slack.com'];

/** Where the dialects' open platforms are, and the hosts that a reply address in a message may name. */
const DIALECTS = {
  dingtalk: { apiUrl: 'https://api.dingtalk.com', replyHosts: ['oapi.dingtalk.com', 'api.dingtalk.com'] },
  zzd: { apiUrl: 'https://openplatform-pro.ding.zj.gov.cn', replyHosts: ['openplatform-pro.ding.zj.gov.cn', 'openplatform.dg-work.cn'] },
} as const;

export type DingtalkDialect = keyof typeof DIALECTS;

function oneOf<T extends string>(...values: readonly T[]) {
  return setting(`one of ${values.join(', ')}`, (value) => values.find((each) => each === value.toLowerCase()));
}

const platformUrl = setting('an address of https (http only on this machine), without user name, query and fragment', parsePlatformUrl);
const hosts = list('host names between commas, such as oapi.dingtalk.com', (entry) => (/^[a-z\d](?:[a-z\d.-]{0,251}[a-z\d])?(?::\d{1,5})?$/i.test(entry) ? entry.toLowerCase().replace(/:443$/, '') : undefined));
const secret = matching(/^[\x21-\x7e]{8,512}$/, 'at least 8 printable ASCII characters without spaces');
const name = matching(/^[\x21-\x7e]{1,200}$/, 'printable ASCII characters without spaces');

/** The settings of the chat platforms, by name, in the order in which they are documented. */
export const botSettings = {
  BOT_GROUP_MODE: oneOf('always', 'confident').default('always'),
  SLACK_MODE: oneOf('off', 'http', 'socket').optional(),
  SLACK_BOT_TOKEN: matching(/^xoxb-[\w-]{5,500}$/, 'a bot token that begins with xoxb-').optional(),
  SLACK_SIGNING_SECRET: secret.optional(),
  SLACK_APP_TOKEN: matching(/^xapp-[\w-]{5,500}$/, 'an app-level token that begins with xapp-').optional(),
  SLACK_API_URL: platformUrl.optional(),
  SLACK_RESPONSE_HOSTS: hosts.default(SLACK_RESPONSE_HOSTS),
  DINGTALK_MODE: oneOf('off', 'stream', 'http').optional(),
  DINGTALK_DIALECT: oneOf('dingtalk', 'zzd').default('dingtalk'),
  DINGTALK_CLIENT_ID: name.optional(),
  DINGTALK_CLIENT_SECRET: secret.optional(),
  DINGTALK_ROBOT_CODE: name.optional(),
  DINGTALK_WEBHOOK_TOKEN: matching(/^[\w~-]{24,200}$/, 'at least 24 letters, digits or _~-').optional(),
  DINGTALK_SIGNATURE_MINUTES: wholeNumber(1, 60).default(60),
  DINGTALK_API_URL: platformUrl.optional(),
  DINGTALK_ALLOWED_HOSTS: hosts.optional(),
  DINGTALK_CARD_TEMPLATE_ID: name.optional(),
  DINGTALK_CARD_TEMPLATE_KEY: matching(/^\w{1,64}$/, 'the name of a variable of the template, such as content').default('content'),
  DINGTALK_TENANT_ID: name.optional(),
} as const;

/** Those that are secrets. */
export const botSecretNames = ['SLACK_BOT_TOKEN', 'SLACK_SIGNING_SECRET', 'SLACK_APP_TOKEN', 'DINGTALK_CLIENT_SECRET', 'DINGTALK_WEBHOOK_TOKEN'] as const;

const schema = z.object(botSettings);
type Settings = z.output<typeof schema>;
type Written = { readonly [Name in keyof typeof botSettings]?: string | undefined };

export interface SlackSettings {
  readonly mode: 'http' | 'socket';
  /** A secret, as are the two below. */
  readonly botToken: string;
  /** Only where the mode is `http`. */
  readonly signingSecret: string;
  /** Only where the mode is `socket`. */
  readonly appToken: string;
  /** With a slash at the end. */
  readonly apiUrl: string;
  /** Hosts, with their ports where they have one, to which answers to commands may be sent. */
  readonly responseHosts: readonly string[];
}

export interface DingtalkSettings {
  readonly mode: 'stream' | 'http';
  readonly dialect: DingtalkDialect;
  /** AppKey, or Client ID. */
  readonly clientId: string;
  /** A secret: AppSecret, or Client Secret. */
  readonly clientSecret: string;
  /** Undefined: as each message names it. */
  readonly robotCode: string | undefined;
  /** A secret: the last part of the path to which the platform sends where it signs nothing. */
  readonly webhookToken: string | undefined;
  /** How far a request's time may be off. */
  readonly signatureMs: number;
  /** Without a slash at the end. */
  readonly apiUrl: string;
  /** Hosts, with their ports where they have one, to which replies may be sent. */
  readonly replyHosts: readonly string[];
  /** Undefined: no cards, Markdown only. */
  readonly card: { readonly templateId: string; readonly key: string } | undefined;
  /** Of the dialect zzd. */
  readonly tenantId: string | undefined;
}

export interface Bots {
  /** In groups: `confident` stays silent where there is no answer. */
  readonly groupMode: 'always' | 'confident';
  readonly slack: SlackSettings | undefined;
  readonly dingtalk: DingtalkSettings | undefined;
}

function toSlack(settings: Settings): SlackSettings | undefined {
  const { SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: appToken, SLACK_SIGNING_SECRET: signingSecret } = settings;
  const mode = settings.SLACK_MODE ?? readSlackMode(settings);
  if (mode === 'off' || botToken === undefined) return undefined;
  const apiUrl = (settings.SLACK_API_URL ?? SLACK_API_URL).replace(/\/*$/, '/');
  return Object.freeze({ mode, botToken, signingSecret: signingSecret ?? '', appToken: appToken ?? '', apiUrl, responseHosts: settings.SLACK_RESPONSE_HOSTS });
}

function toDingtalk(settings: Settings): DingtalkSettings | undefined {
  const { DINGTALK_CLIENT_ID: clientId, DINGTALK_CLIENT_SECRET: clientSecret, DINGTALK_DIALECT: dialect, DINGTALK_CARD_TEMPLATE_ID: templateId } = settings;
  const mode = settings.DINGTALK_MODE ?? readDingtalkMode(settings);
  if (mode === 'off' || clientId === undefined || clientSecret === undefined) return undefined;
  return Object.freeze({
    mode, dialect, clientId, clientSecret,
    robotCode: settings.DINGTALK_ROBOT_CODE, webhookToken: settings.DINGTALK_WEBHOOK_TOKEN, signatureMs: settings.DINGTALK_SIGNATURE_MINUTES * 60_000,
    apiUrl: (settings.DINGTALK_API_URL ?? DIALECTS[dialect].apiUrl).replace(/\/+$/, ''),
    replyHosts: settings.DINGTALK_ALLOWED_HOSTS ?? DIALECTS[dialect].replyHosts,
    card: templateId === undefined ? undefined : Object.freeze({ templateId, key: settings.DINGTALK_CARD_TEMPLATE_KEY }),
    tenantId: settings.DINGTALK_TENANT_ID,
  });
}

/** Whoever set the token of a way meant that way. */
function readSlackMode(written: Pick<Written, 'SLACK_BOT_TOKEN' | 'SLACK_APP_TOKEN'>): SlackSettings['mode'] | 'off' {
  if (written.SLACK_BOT_TOKEN === undefined) return 'off';
  return written.SLACK_APP_TOKEN === undefined ? 'http' : 'socket';
}

function readDingtalkMode(written: Pick<Written, 'DINGTALK_CLIENT_ID' | 'DINGTALK_CLIENT_SECRET' | 'DINGTALK_DIALECT'>): DingtalkSettings['mode'] | 'off' {
  if (written.DINGTALK_CLIENT_ID === undefined || written.DINGTALK_CLIENT_SECRET === undefined) return 'off';
  return written.DINGTALK_DIALECT?.toLowerCase() === 'zzd' ? 'http' : 'stream';
}

export function toBots(settings: Settings): Bots {
  return Object.freeze({ groupMode: settings.BOT_GROUP_MODE, slack: toSlack(settings), dingtalk: toDingtalk(settings) });
}

/** Rules between the settings as they were written: each a sentence that names what is missing. */
export function findBotConflicts(written: Written): string[] {
  const conflicts: string[] = [];
  const need = (wanted: string, ...names: readonly (keyof Written)[]): void => {
    const missing = names.filter((each) => written[each] === undefined);
    if (missing.length > 0) conflicts.push(`${missing.join(' and ')}: not set, but ${wanted}.`);
  };
  const slack = written.SLACK_MODE?.toLowerCase() ?? readSlackMode(written);
  if (slack === 'http') need('Slack over HTTP cannot tell its requests from forged ones without (Basic Information → Signing Secret); set it, or SLACK_APP_TOKEN for Socket Mode, or SLACK_MODE=off', 'SLACK_SIGNING_SECRET');
  if (slack === 'socket') need('Socket Mode needs it (Basic Information → App-Level Tokens, with connections:write)', 'SLACK_APP_TOKEN');
  if (slack !== 'off') need(`SLACK_MODE is ${slack}; set it (OAuth & Permissions), or SLACK_MODE=off`, 'SLACK_BOT_TOKEN');
  const dingtalk = written.DINGTALK_MODE?.toLowerCase() ?? readDingtalkMode(written);
  const isZzd = written.DINGTALK_DIALECT?.toLowerCase() === 'zzd';
  if (dingtalk !== 'off') need(`DINGTALK_MODE is ${dingtalk}; set it (open platform → credentials), or DINGTALK_MODE=off`, 'DINGTALK_CLIENT_ID', 'DINGTALK_CLIENT_SECRET');
  if (isZzd && dingtalk === 'stream') conflicts.push('DINGTALK_MODE: read "stream", but the dialect zzd has no stream mode; set DINGTALK_MODE=http.');
  if (isZzd && dingtalk === 'http') need('the dialect zzd signs nothing: without it anybody could send questions; set a random text and give the platform the address that ends with it', 'DINGTALK_WEBHOOK_TOKEN');
  return conflicts;
}

/** Settings that do nothing as things are. */
export function findBotSlips(written: Written): string[] {
  const slips: string[] = [];
  const hasSlack = (written.SLACK_MODE?.toLowerCase() ?? readSlackMode(written)) !== 'off';
  if (!hasSlack && written.SLACK_MODE === undefined && (written.SLACK_SIGNING_SECRET !== undefined || written.SLACK_APP_TOKEN !== undefined)) {
    slips.push('SLACK_BOT_TOKEN is not set: Slack is off.');
  }
  const note = (unused: keyof Written, isUnused: boolean, why: string): void => {
    if (written[unused] !== undefined && isUnused) slips.push(`${unused} is not used: ${why}.`);
  };
  note('SLACK_APP_TOKEN', written.SLACK_MODE?.toLowerCase() === 'http', 'SLACK_MODE is http');
  const isZzd = written.DINGTALK_DIALECT?.toLowerCase() === 'zzd';
  const dingtalk = written.DINGTALK_MODE?.toLowerCase() ?? readDingtalkMode(written);
  note('DINGTALK_WEBHOOK_TOKEN', dingtalk === 'stream', 'DINGTALK_MODE is stream');
  note('DINGTALK_TENANT_ID', dingtalk !== 'off' && !isZzd, 'it is of the dialect zzd');
  note('DINGTALK_CARD_TEMPLATE_ID', dingtalk !== 'off' && isZzd, 'the dialect zzd has no cards');
  const hasOneOfTwo = (written.DINGTALK_CLIENT_ID === undefined) !== (written.DINGTALK_CLIENT_SECRET === undefined);
  if (hasOneOfTwo && written.DINGTALK_MODE === undefined) slips.push('DINGTALK_CLIENT_ID and DINGTALK_CLIENT_SECRET must both be set: DingTalk is off.');
  return slips;
}

/** Every secret of the platforms. */
export function secretsOfBots({ slack, dingtalk }: Bots): readonly (string | undefined)[] {
  return [slack?.botToken, slack?.signingSecret || undefined, slack?.appToken || undefined, dingtalk?.clientSecret, dingtalk?.webhookToken];
}
