import { fork, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { postJson } from './client.ts';

export const repository = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** What a measured process tells of itself. */
export interface Usage {
  /** User and system time of all its threads since it started, in ms. */
  readonly cpuMs: number;
  readonly rssMiB: number;
}

export interface MeasuredServer {
  readonly url: string;
  usage(): Promise<Usage>;
  stop(): Promise<void>;
}

/** Loaded into a server before its own code; it answers each message of the bench, and ends with the bench, however that ends. */
const PROBE = `data:text/javascript,${encodeURIComponent(
  'process.on("message", () => { const { user, system } = process.cpuUsage();' +
    'process.send({ cpuMs: (user + system) / 1000, rssMiB: process.memoryUsage.rss() / 1048576 }); });' +
    'process.on("disconnect", () => process.exit());',
)}`;

/** Only what a process needs: no key, no setting of whoever runs the bench gets through. */
export function cleanEnvironment(settings: Readonly<Record<string, string>> = {}): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name of ['PATH', 'HOME', 'TMPDIR', 'LANG']) {
    const value = process.env[name];
    if (value !== undefined) kept[name] = value;
  }
  return { ...kept, ...settings };
}

/** The address in a server's log, as soon as it is told; with all output in the message where the process ends before. */
export async function untilListening(child: ChildProcess): Promise<string> {
  let output = '';
  return new Promise((resolve, reject) => {
    const look = (chunk: Buffer): void => {
      output += chunk.toString('utf8');
      const url = /listening at (http:\/\/[^\s"]+)/.exec(output)?.[1];
      if (url !== undefined) resolve(url);
    };
    child.stdout?.on('data', look);
    child.stderr?.on('data', look);
    child.once('exit', (code) => reject(new Error(`The server ended with ${code} before it listened:\n${output}`)));
  });
}

export async function untilEnded(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

async function measureServer(child: ChildProcess): Promise<MeasuredServer> {
  const url = await untilListening(child);
  return {
    url,
    async usage() {
      child.send('usage');
      const [usage] = (await once(child, 'message')) as [Usage];
      return usage;
    },
    async stop() {
      child.kill('SIGTERM');
      await untilEnded(child);
    },
  };
}

export interface ServeOptions {
  readonly dist: string;
  readonly scratch: string;
  readonly settings: Readonly<Record<string, string>>;
}

/** `wence serve` as users run it, ready to answer. */
export async function startServer({ dist, scratch, settings }: ServeOptions): Promise<MeasuredServer> {
  await mkdir(scratch, { recursive: true });
  const child = fork(join(dist, 'cli', 'main.js'), ['serve', '--port', '0'], {
    // The bench is one client, and asks more than any.
    execArgv: ['--import', PROBE], cwd: scratch, env: cleanEnvironment({ RATE_LIMIT_PER_MINUTE: '0', ...settings }), stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const server = await measureServer(child);
  while ((await postJson(`${server.url}/api/search`, { question: '问策' })).status === 503) await delay(20);
  return server;
}

/** A server of the bench's own, written in TypeScript. */
export async function startBareServer(file: string): Promise<MeasuredServer> {
  const child = fork(join(repository, 'test', 'bench', file), [], {
    execArgv: ['--import', 'tsx', '--import', PROBE], cwd: repository, env: cleanEnvironment(), stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  return measureServer(child);
}

/** A process that does no more than load nodejieba and cut one word. */
export function spawnBareSegmenter(): ChildProcess {
  const program = "require('nodejieba').cut('问策', true); process.stdout.write(`ready ${process.memoryUsage.rss()}`)";
  return spawn(process.execPath, ['-e', program], { cwd: repository, env: cleanEnvironment(), stdio: ['ignore', 'pipe', 'inherit'] });
}
