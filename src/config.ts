import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { AssistantError, describeError } from './errors.ts';
import { checkBaseUrl } from './models/base-url.ts';
import { botSettings, botSecretNames, findBotConflicts, findBotSlips, secretsOfBots, toBots } from './bot-settings.ts';
import { packageRoot } from './package-root.ts';
import { list, matching, setting, wholeNumber } from './setting-kinds.ts';
import { parseAddressRange, parseBasePath, parseOrigin, parsePublicUrl } from './text/addresses.ts';
import { parseEnvText } from './text/env-text.ts';
import { findNearName } from './text/near-names.ts';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const apiKey = matching(/^[\x21-\x7e]+$/, 'a key of printable ASCII characters without spaces');
const modelName = matching(/^[^\s\p{C}]{1,200}$/u, 'a model name without spaces, such as gpt-4o-mini');
const host = matching(/^[\w.:-]{1,253}$/, 'a host name or an IP address without brackets, such as 127.0.0.1 or ::');
const path = matching(/^[^\0]+$/, 'a path');
const logLevel = setting(`one of ${LOG_LEVELS.join(', ')}`, (value) => LOG_LEVELS.find((level) => level === value.toLowerCase()));
const milliseconds = wholeNumber(1, 600_000);

const origins = list('origins between commas, each a scheme and a host, such as https://oa.example.gov.cn', parseOrigin);
const addresses = list('IP addresses or ranges between commas, such as 10.0.0.5,192.168.0.0/16', parseAddressRange);
const tokens = list('tokens of at least 24 letters, digits or ._~+/=- between commas', (entry) => (/^[\w.~+/=-]{24,512}$/.test(entry) ? entry : undefined));
const basePath = setting('a path such as /wence', parseBasePath);
const publicUrl = setting('an address of http or https, such as https://qa.example.gov.cn/wence', parsePublicUrl);

const settingsSchema = z.object({
  OPENAI_API_KEY: apiKey.optional(),
  /** Checked below, together with the key. */
  OPENAI_BASE_URL: z.string().optional(),
  CHAT_MODEL: modelName.optional(),
  EMBEDDING_MODEL: modelName.optional(),
  EMBEDDING_BATCH: wholeNumber(1, 2048).default(64),
  EMBEDDING_DIMENSIONS: wholeNumber(1, 16_384).optional(),
  JUDGE_MODEL: modelName.optional(),
  /** Checked below, together with the judge's key. */
  JUDGE_BASE_URL: z.string().optional(),
  JUDGE_API_KEY: apiKey.optional(),
  MODEL_FIRST_BYTE_MS: milliseconds.default(20_000),
  MODEL_IDLE_MS: milliseconds.default(10_000),
  MODEL_TOTAL_MS: milliseconds.default(60_000),
  CORPUS_DIR: path.default(join(packageRoot, 'corpus')),
  LEXICON_FILE: path.default(join(packageRoot, 'corpus', 'lexicon.json')),
  THESAURUS_FILE: path.default(join(packageRoot, 'corpus', 'thesaurus.tsv')),
  DATA_DIR: path.default('data'),
  HOST: host.default('127.0.0.1'),
  PORT: wholeNumber(0, 65_535).default(3000),
  LOG_LEVEL: logLevel.default('info'),
  BASE_PATH: basePath.default(''),
  PUBLIC_BASE_URL: publicUrl.optional(),
  TRUSTED_PROXIES: addresses.default([]),
  WIDGET_ALLOWED_ORIGINS: origins.default([]),
  EMBED_TOKEN_SECRET: matching(/^[\x21-\x7e]{32,512}$/, 'at least 32 printable ASCII characters without spaces').optional(),
  API_TOKENS: tokens.default([]),
  RATE_LIMIT_PER_MINUTE: wholeNumber(0, 1_000_000).default(120),
  MAX_ANSWERS_AT_ONCE: wholeNumber(1, 100_000).default(200),
  RETENTION_DAYS: wholeNumber(1, 36_500).default(180),
  CONTACT: matching(/^[^\p{C}]{1,100}$/u, 'a line of at most 100 characters, such as 市教育局办公室 0576-88510000').optional(),
  ...botSettings,
});

/** Names of every setting, in the order in which they are documented. */
export const settingNames = Object.keys(settingsSchema.shape) as readonly (keyof typeof settingsSchema.shape)[];

const SECRETS = ['OPENAI_API_KEY', 'JUDGE_API_KEY', 'EMBED_TOKEN_SECRET', 'API_TOKENS', ...botSecretNames] as const;
const secretNames: ReadonlySet<string> = new Set(SECRETS);

/** The judge's own server, or else that of the other models; a key goes to no server but its own. */
function judgeServerOf(settings: z.output<typeof settingsSchema>): { readonly baseUrl: string | undefined; readonly apiKey: string | undefined } {
  const { JUDGE_BASE_URL: own, JUDGE_API_KEY: ownKey, OPENAI_BASE_URL: shared, OPENAI_API_KEY: sharedKey } = settings;
  const key = ownKey ?? (own === undefined ? sharedKey : undefined);
  const url = own ?? shared;
  return { baseUrl: url && checkBaseUrl(url, key !== undefined), apiKey: key };
}

function toConfig(settings: z.output<typeof settingsSchema>, cwd: string, warnings: readonly string[]) {
  return Object.freeze({
    /** A secret: never log it. A local base URL needs none. */
    openaiApiKey: settings.OPENAI_API_KEY,
    /** Without a slash at the end; undefined for OpenAI's own. */
    openaiBaseUrl: settings.OPENAI_BASE_URL && checkBaseUrl(settings.OPENAI_BASE_URL, settings.OPENAI_API_KEY !== undefined),
    /** Undefined: extractive answers only. */
    chatModel: settings.CHAT_MODEL,
    /** Undefined: the local embedder. */
    embeddingModel: settings.EMBEDDING_MODEL,
    /** Texts a request. */
    embeddingBatch: settings.EMBEDDING_BATCH,
    /** Undefined: as many as the model gives. */
    embeddingDimensions: settings.EMBEDDING_DIMENSIONS,
    /** Undefined: no judge. Evaluation only. */
    judge: settings.JUDGE_MODEL === undefined ? undefined : Object.freeze({ model: settings.JUDGE_MODEL, ...judgeServerOf(settings) }),
    modelLimits: Object.freeze({
      firstByteMs: settings.MODEL_FIRST_BYTE_MS,
      idleMs: settings.MODEL_IDLE_MS,
      totalMs: settings.MODEL_TOTAL_MS,
    }),
    /** Absolute, as are the three below. */
    corpusDir: resolve(cwd, settings.CORPUS_DIR),
    lexiconFile: resolve(cwd, settings.LEXICON_FILE),
    thesaurusFile: resolve(cwd, settings.THESAURUS_FILE),
    dataDir: resolve(cwd, settings.DATA_DIR),
    host: settings.HOST,
    /** 0: any free port. */
    port: settings.PORT,
    logLevel: settings.LOG_LEVEL,
    /** `/wence`: where the service is reached behind a proxy; without a slash at the end, empty for the root. */
    basePath: settings.BASE_PATH,
    /** Where people reach the service, base path included, without a slash at the end; undefined where nobody said. */
    publicBaseUrl: settings.PUBLIC_BASE_URL,
    /** Proxies whose X-Forwarded-For is believed. */
    trustedProxies: settings.TRUSTED_PROXIES,
    /** Origins of the pages, besides the service's own, that may use the widget. */
    widgetAllowedOrigins: settings.WIDGET_ALLOWED_ORIGINS,
    /** A secret. Undefined: no login. */
    embedTokenSecret: settings.EMBED_TOKEN_SECRET,
    /** Secrets, each the token of one machine. */
    apiTokens: settings.API_TOKENS,
    /** Requests of one client; 0 for no limit. */
    rateLimitPerMinute: settings.RATE_LIMIT_PER_MINUTE,
    maxAnswersAtOnce: settings.MAX_ANSWERS_AT_ONCE,
    /** How long conversations are kept after their last message. */
    retentionDays: settings.RETENTION_DAYS,
    /** Whom to ask what the notices do not say. */
    contact: settings.CONTACT,
    /** Chat platforms. */
    bots: toBots(settings),
    /** Settings that were probably meant otherwise, worded for people; they do not stop the start. */
    warnings: Object.freeze([...warnings]),
  });
}

/** Every setting, checked; frozen. */
export type Config = ReturnType<typeof toConfig>;

type Values = Readonly<Record<string, string | undefined>>;

/** The process's own environment, for whoever hands it on. */
export const environment: Values = process.env;

/** What was read, fit to be printed: a secret, or what looks like one in the wrong place, only by its length. */
function show(name: string, value: string): string {
  const isSecret = secretNames.has(name) || /\bsk-|:\/\/[^/]*@|:\/\/.*\?/i.test(value);
  if (isSecret) return `a value of ${value.length} characters`;
  return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
}

/** Rules between settings. They are told together with the wrong values, so they look at what was read. */
function findConflicts(values: Values): string[] {
  const conflicts: string[] = [];
  const { OPENAI_API_KEY: key, OPENAI_BASE_URL: url } = values;
  for (const name of ['CHAT_MODEL', 'EMBEDDING_MODEL']) {
    if (values[name] === undefined || key !== undefined || url !== undefined) continue;
    conflicts.push(`${name}: read ${show(name, values[name])}, but neither OPENAI_API_KEY nor OPENAI_BASE_URL is set; ` +
      'set the key, or the base URL of a local model that needs none.');
  }
  const { JUDGE_MODEL: judge, JUDGE_API_KEY: judgeKey, JUDGE_BASE_URL: judgeUrl } = values;
  if (judge !== undefined && [key, url, judgeKey, judgeUrl].every((value) => value === undefined)) {
    conflicts.push(`JUDGE_MODEL: read ${show('JUDGE_MODEL', judge)}, but no key and no base URL is set; ` +
      'set JUDGE_API_KEY or OPENAI_API_KEY, or the base URL of a local model that needs none.');
  }
  // The judge's own key travels to the shared server where the judge has none of its own.
  const sharedKey = key ?? (judge !== undefined && judgeUrl === undefined ? judgeKey : undefined);
  for (const [name, address, own] of [['OPENAI_BASE_URL', url, sharedKey], ['JUDGE_BASE_URL', judgeUrl, judgeKey]] as const) {
    try {
      if (address !== undefined) checkBaseUrl(address, own !== undefined, name);
    } catch (error) {
      conflicts.push(`${name}: read ${show(name, address ?? '')}. ${describeError(error)}`);
    }
  }
  return [...conflicts, ...findBotConflicts(values)];
}

interface EnvFile {
  readonly values: Values;
  readonly problems: readonly string[];
}

function readEnvFile(file: string): EnvFile {
  try {
    const { values, badLines } = parseEnvText(readFileSync(file, 'utf8'));
    return { values, problems: badLines.map((line) => `.env: line ${line} is neither NAME=value nor a # comment.`) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { values: {}, problems: [] };
    return { values: {}, problems: [`.env: cannot be read: ${describeError(error)}.`] };
  }
}

/** Names that older tools use for the same thing. */
const aliases: ReadonlyMap<string, string> = new Map([
  ['OPENAI_API_BASE', 'OPENAI_BASE_URL'],
  ['OPENAI_MODEL', 'CHAT_MODEL'],
  ['OPENAI_KEY', 'OPENAI_API_KEY'],
]);

/** Settings that will not do what their author meant; they do not stop the start. */
function findSlips(env: Values, file: Values, values: Values): string[] {
  const warnings: string[] = [];
  for (const name of new Set([...Object.keys(env), ...Object.keys(file)])) {
    const isKnown = (settingNames as readonly string[]).includes(name);
    if (isKnown) continue;
    const upper = name.toUpperCase();
    const meant = aliases.get(upper) ?? settingNames.find((known) => known === upper) ?? findNearName(upper, settingNames);
    if (meant !== undefined) warnings.push(`${name} is no setting; was ${meant} meant?`);
    else if (Object.hasOwn(file, name)) warnings.push(`${name} in .env is no setting.`);
  }
  if (values['EMBEDDING_DIMENSIONS'] !== undefined && values['EMBEDDING_MODEL'] === undefined) {
    warnings.push('EMBEDDING_DIMENSIONS does nothing without EMBEDDING_MODEL: the local embedder has its own.');
  }
  return [...warnings, ...findBotSlips(values)];
}

/** Empty text is the same as not set; empty in the environment, a setting is switched off whatever `.env` says. */
function readValue(name: string, env: Values, file: Values): string | undefined {
  return (env[name] ?? file[name])?.trim() || undefined;
}

export interface ConfigSource {
  /** The folder of `.env`, and the one that relative paths count from. Default: the working directory. */
  readonly cwd?: string;
}

/** One setting as it was written, checked or not: for what must be said when the settings are wrong. */
export function readSetting(name: (typeof settingNames)[number], env: Values, source: ConfigSource = {}): string | undefined {
  return readValue(name, env, readEnvFile(join(source.cwd ?? process.cwd(), '.env')).values);
}

/** Every secret as it was written, for masking what is said of wrong settings, too. */
export function readSecrets(env: Values, source: ConfigSource = {}): readonly (string | undefined)[] {
  return SECRETS.flatMap((name) => {
    const value = readSetting(name, env, source);
    return name === 'API_TOKENS' ? (value?.split(',').map((token) => token.trim()) ?? []) : [value];
  });
}

/** Every secret that a configured process may come to speak of. */
export function secretsOf(
  { openaiApiKey, judge, embedTokenSecret, apiTokens = [], bots }: Pick<Config, 'openaiApiKey' | 'judge'> & Partial<Pick<Config, 'embedTokenSecret' | 'apiTokens' | 'bots'>>,
): readonly (string | undefined)[] {
  return [openaiApiKey, judge?.apiKey, embedTokenSecret, ...apiTokens, ...(bots === undefined ? [] : secretsOfBots(bots))];
}

/**
 * Reads the settings from `env` and from `.env` (the real environment wins) and checks them.
 * @throws AssistantError `bad-setting` that names every wrong setting with what was read and what is accepted
 */
export function loadConfig(env: Values = environment, source: ConfigSource = {}): Config {
  const cwd = source.cwd ?? process.cwd();
  const file = readEnvFile(join(cwd, '.env'));
  const values: Record<string, string> = {};
  for (const name of settingNames) {
    const value = readValue(name, env, file.values);
    if (value !== undefined) values[name] = value;
  }
  const settings = settingsSchema.safeParse(values);
  const wrong = (settings.error?.issues ?? []).map(({ path: [name], message }) => {
    const value = values[String(name)] ?? '';
    return `${String(name)}: read ${show(String(name), value)}; accepted is ${message}.`;
  });
  const problems = [...file.problems, ...wrong, ...findConflicts(values)];
  if (settings.success && problems.length === 0) return toConfig(settings.data, cwd, findSlips(env, file.values, values));
  const count = problems.length === 1 ? 'A setting is wrong' : `${problems.length} settings are wrong`;
  throw new AssistantError('bad-setting', `${count}:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
}

/** Whether text for this stream may carry colours: NO_COLOR and TERM=dumb say no, FORCE_COLOR yes, else a terminal gets them. */
export function wantsColors(stream: { readonly isTTY?: boolean }, env: Values = environment): boolean {
  if (env['NO_COLOR'] || env['TERM'] === 'dumb') return false;
  return stream.isTTY === true || Boolean(env['FORCE_COLOR'] && env['FORCE_COLOR'] !== '0');
}
