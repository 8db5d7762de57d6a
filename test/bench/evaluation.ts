import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { median } from './figure.ts';
import type { Bench } from './figure.ts';
import { cleanEnvironment, repository } from './processes.ts';
import { loadQuestions } from './questions.ts';

const FEW = 300;
const MANY = 20_000;

/** Loaded into the run: tells what it took at its end. */
const PROBE = `data:text/javascript,${encodeURIComponent(
  'import { writeSync } from "node:fs"; process.on("exit", () => writeSync(2, `took ${performance.now()} ${process.resourceUsage().maxRSS / 1024}\\n`));',
)}`;

interface Taken {
  readonly ms: number;
  readonly mostMiB: number;
}

async function runCases(dist: string, folder: string, cases: number): Promise<Taken> {
  const questions = (await loadQuestions('taizhou-2020')).filter(({ history }) => history === undefined);
  const set = join(folder, `${cases}.jsonl`);
  await mkdir(folder, { recursive: true });
  const lines = Array.from({ length: cases }, (_, index) => JSON.stringify({ id: String(index), kind: 'figure', question: questions[index % questions.length]?.question, gold: { must: [['1']] } }));
  await writeFile(set, lines.join('\n'));
  const child = spawn(process.execPath, ['--import', PROBE, join(dist, 'cli', 'main.js'), 'eval', set, '--no-cache', '--out', join(folder, `run-${cases}`)], {
    cwd: repository, env: cleanEnvironment({ DATA_DIR: join(folder, 'data'), LOG_LEVEL: 'silent' }), stdio: ['ignore', 'ignore', 'pipe'],
  });
  let told = '';
  child.stderr.on('data', (chunk: Buffer) => (told += chunk.toString()));
  await once(child, 'exit');
  const [, ms, mostMiB] = /took ([\d.]+) ([\d.]+)/u.exec(told) ?? [];
  if (ms === undefined) throw new Error(`The evaluation ended without telling what it took: ${told}`);
  return { ms: Number(ms), mostMiB: Number(mostMiB) };
}

/** `wence eval` as it is run: what cases cost beyond the start, and what a long run holds. */
export const benchEvaluation: Bench = async ({ dist, rounds, scratch, say }) => {
  const seconds: number[] = [];
  for (let round = 0; round < Math.min(rounds, 3); round += 1) {
    const start = await runCases(dist, join(scratch, `start-${round}`), 1);
    const few = await runCases(dist, join(scratch, `few-${round}`), FEW + 1);
    seconds.push((few.ms - start.ms) / 1000);
  }
  say(`evaluation: ${MANY} cases …`);
  const many = await runCases(dist, join(scratch, 'many'), MANY);
  return [
    { name: 'evaluation: 300 cases', value: median(seconds), unit: 's', goal: 5, note: `${seconds.length} rounds, start taken off` },
    { name: 'evaluation: 20,000 cases', value: many.ms / 1000, unit: 's' },
    { name: 'evaluation: 20,000 cases, memory', value: many.mostMiB, unit: 'MiB', goal: 500, note: 'highest' },
  ];
};
