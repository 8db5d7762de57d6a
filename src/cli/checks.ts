import { constants } from 'node:fs';
import { access, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import type { Config } from '../config.ts';
import { describeError } from '../errors.ts';
import { describeBytes, describeCount } from './count.ts';

/** One line of the doctor's report: what is well, or what to do. */
export interface Check {
  readonly name: string;
  readonly state: 'ok' | 'failed';
  readonly message: string;
}

function ok(name: string, message: string): Check {
  return { name, state: 'ok', message };
}

function failed(name: string, message: string): Check {
  return { name, state: 'failed', message };
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(() => true, () => false);
}

/** The lexicon or the thesaurus, and the setting that names it. */
export async function checkWords(name: 'lexicon' | 'thesaurus', file: string, setting: string): Promise<Check> {
  if (!(await exists(file))) return failed(name, `${file} is not there. Restore it, or set ${setting}.`);
  const isReadable = await access(file, constants.R_OK).then(() => true, () => false);
  return isReadable ? ok(name, file) : failed(name, `${file} cannot be read. Change its permissions.`);
}

/** Writes and removes a file there; where the folder is not there yet, looks whether it could be made. */
export async function checkDataFolder(folder: string): Promise<Check> {
  try {
    if (!(await exists(folder))) {
      let parent = dirname(folder);
      while (!(await exists(parent))) parent = dirname(parent);
      await access(parent, constants.W_OK);
      return ok('data', `${folder} will be made`);
    }
    const probe = await mkdtemp(join(folder, '.doctor-'));
    await writeFile(join(probe, 'probe'), 'x').finally(() => rm(probe, { recursive: true, force: true }));
    return ok('data', `${folder} can be written`);
  } catch (error) {
    return failed('data', `${folder} cannot be written (${describeError(error)}). Change its permissions, make room, or set DATA_DIR.`);
  }
}

/** How many of a damaged file's problems are told. */
const MOST_PROBLEMS = 3;

/** Reads the store without changing anything in it; one that is not there yet is as good. */
export async function checkStore(dataDir: string, retentionDays: number): Promise<Check> {
  const { openStore, storeFile } = await import('../store/open-store.ts');
  const file = storeFile(dataDir);
  if (!(await exists(file))) return ok('store', `nothing is kept yet; ${file} will be made`);
  try {
    const store = await openStore({ dataDir, retentionDays, isReadOnly: true });
    try {
      const problems = await store.check();
      if (problems.length > 0) {
        const more = problems.length > MOST_PROBLEMS ? ` and ${problems.length - MOST_PROBLEMS} more` : '';
        return failed('store', `${file} is damaged: ${problems.slice(0, MOST_PROBLEMS).join('; ')}${more}. Restore a backup, or move the file away to begin with an empty one.`);
      }
      const { conversations, turns, bytes } = await store.measure();
      return ok('store', `${file} is sound: ${describeCount(conversations, 'conversation')}, ${describeCount(turns, 'question')}, ${describeBytes(bytes)}, kept ${describeCount(retentionDays, 'day')}`);
    } finally {
      await store.close();
    }
  } catch (error) {
    return failed('store', describeError(error));
  }
}

const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(['127.0.0.1', '::1', 'localhost']);

/** Who may ask: what is open that need not be is told, and stops nothing. */
export function checkAccess({ host, embedTokenSecret, apiTokens, widgetAllowedOrigins, trustedProxies, rateLimitPerMinute }: Config): Check {
  const isOpen = !LOOPBACK_HOSTS.has(host) && embedTokenSecret === undefined;
  const parts = [
    embedTokenSecret === undefined ? (isOpen ? `everybody who reaches ${host} may ask; set EMBED_TOKEN_SECRET, or HOST=127.0.0.1 behind a proxy` : 'no login') : 'questions need a token',
    apiTokens.length === 0 ? 'no API token' : describeCount(apiTokens.length, 'API token'),
    widgetAllowedOrigins.length === 0 ? 'own pages only' : `own pages, and those of ${widgetAllowedOrigins.join(', ')}`,
    trustedProxies.length === 0 ? 'no proxy is trusted' : `proxies ${trustedProxies.join(', ')}`,
    rateLimitPerMinute === 0 ? 'no limit of requests' : `${rateLimitPerMinute} requests a minute and client`,
  ];
  return ok('access', parts.join('; '));
}

/** For a service on this machine to say who it is. */
const PROBE_MS = 2_000;

async function isWence(host: string, port: number): Promise<boolean> {
  const address = host.includes(':') ? `[${host}]` : host;
  try {
    const signal = AbortSignal.timeout(PROBE_MS);
    const response = await fetch(`http://${address}:${port}/`, { headers: { accept: 'application/json' }, signal, redirect: 'error' });
    return ((await response.json()) as { readonly name?: unknown }).name === 'wence';
  } catch {
    return false;
  }
}

/** A port that a running wence holds is as good as a free one. */
export async function checkPort(host: string, port: number): Promise<Check> {
  const error = await new Promise<NodeJS.ErrnoException | undefined>((resolve) => {
    const server = createServer();
    server.once('error', resolve);
    server.listen({ host, port }, () => server.close(() => resolve(undefined)));
  });
  if (error === undefined) return ok('port', port === 0 ? 'any free one' : `${port} on ${host} is free`);
  if (error.code !== 'EADDRINUSE') {
    return failed('port', `Cannot listen on ${host}, port ${port} (${describeError(error)}). Set HOST or PORT.`);
  }
  if (await isWence(host, port)) return ok('port', `wence is running on ${host}, port ${port}`);
  return failed('port', `${port} on ${host} is taken by another process. Stop it, or set PORT.`);
}
