import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { postJson } from './client.ts';
import { median } from './figure.ts';
import type { Bench, BenchOptions } from './figure.ts';
import { cleanEnvironment, spawnBareSegmenter, untilEnded, untilListening } from './processes.ts';

const QUESTION = '普惠性幼儿园覆盖面要达到多少？';

interface BareRun {
  readonly readyMs: number;
  readonly endedMs: number;
  readonly rssMiB: number;
}

async function runBare(): Promise<BareRun> {
  const started = performance.now();
  const child = spawnBareSegmenter();
  const ready = new Promise<{ readyMs: number; rssMiB: number }>((resolve) => {
    child.stdout?.once('data', (chunk: Buffer) => {
      resolve({ readyMs: performance.now() - started, rssMiB: Number(chunk.toString().slice('ready '.length)) / 1_048_576 });
    });
  });
  const { readyMs, rssMiB } = await ready;
  await untilEnded(child);
  return { readyMs, rssMiB, endedMs: performance.now() - started };
}

function run(args: readonly string[], { dist, scratch }: BenchOptions, dataDir: string): ChildProcess {
  const env = cleanEnvironment({ DATA_DIR: dataDir });
  return spawn(process.execPath, [join(dist, 'cli', 'main.js'), ...args], { cwd: scratch, env, stdio: ['ignore', 'pipe', 'pipe'] });
}

/** From the start of the process to the first answer over HTTP. */
async function runServe(options: BenchOptions, dataDir: string): Promise<number> {
  const started = performance.now();
  const child = run(['serve', '--port', '0'], options, dataDir);
  const url = await untilListening(child);
  let reply = await postJson(`${url}/api/ask`, { question: QUESTION });
  while (reply.status === 503) reply = await postJson(`${url}/api/ask`, { question: QUESTION });
  const took = performance.now() - started;
  child.kill('SIGTERM');
  await untilEnded(child);
  if (!reply.text.includes('90%')) throw new Error(`The server's first answer was ${reply.text.slice(0, 300)}`);
  return took;
}

async function runAsk(options: BenchOptions, dataDir: string): Promise<number> {
  const started = performance.now();
  const child = run(['ask', QUESTION], options, dataDir);
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
  await untilEnded(child);
  if (!output.includes('90%')) throw new Error(`wence ask answered ${output.slice(0, 300)}`);
  return performance.now() - started;
}

/** Ready to answer, against a bare process that has loaded nodejieba and cut one word. */
export const benchStart: Bench = async (options) => {
  const dataDir = join(options.scratch, 'start-data');
  await mkdir(options.scratch, { recursive: true });
  const firstEver = await runServe(options, dataDir);
  const bare: BareRun[] = [];
  const serve: number[] = [];
  const ask: number[] = [];
  for (let round = 0; round < options.rounds; round += 1) {
    bare.push(await runBare());
    serve.push(await runServe(options, dataDir));
    ask.push(await runAsk(options, dataDir));
  }
  const bareReady = median(bare.map(({ readyMs }) => readyMs));
  const bareEnded = median(bare.map(({ endedMs }) => endedMs));
  return [
    { name: 'bare nodejieba: ready', value: bareReady, unit: 'ms' },
    { name: 'bare nodejieba: memory', value: median(bare.map(({ rssMiB }) => rssMiB)), unit: 'MiB' },
    { name: 'serve: first answer', value: median(serve), unit: 'ms', note: `${firstEver.toFixed(0)} ms at first, without a snapshot` },
    { name: 'serve: first answer to bare', value: median(serve) / bareReady, unit: '×', goal: 1.5, note: `${options.rounds} rounds` },
    { name: 'wence ask: end to end', value: median(ask), unit: 'ms', note: `bare process to its end ${bareEnded.toFixed(0)} ms` },
    { name: 'wence ask: to bare', value: median(ask) / bareEnded, unit: '×', goal: 1.5, note: `${options.rounds} rounds` },
  ];
};
