import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { postAll } from './client.ts';
import { median } from './figure.ts';
import type { Bench } from './figure.ts';
import { repository, startBareServer, startServer } from './processes.ts';
import type { MeasuredServer } from './processes.ts';
import { loadQuestions } from './questions.ts';
import type { AskBody } from './questions.ts';

/** Memory is looked at after so many asks. */
const ASKS = 1_000;
/** Asked before CPU is measured: the compiler is busy with its improvements for that long. */
const WARM_UP_ASKS = 2_000;

/** CPU that the server spends on each question, in ms. */
async function costOfAsk(server: MeasuredServer, questions: readonly AskBody[]): Promise<{ cpuMs: number; latencies: number[] }> {
  const before = await server.usage();
  const latencies = await postAll(`${server.url}/api/ask`, questions);
  const after = await server.usage();
  return { cpuMs: (after.cpuMs - before.cpuMs) / questions.length, latencies };
}

interface AskCost {
  readonly cpuMs: number;
  readonly roundTripMs: number;
  readonly rssMiB: number;
}

async function askMany(server: MeasuredServer, questions: readonly AskBody[], count: number): Promise<void> {
  for (let asked = 0; asked < count; asked += questions.length) await costOfAsk(server, questions.slice(0, count - asked));
}

/** One server at a time and without pauses: in a pause it sweeps its memory and forgets compiled code, and others would take its caches. */
async function measureAsks(server: MeasuredServer, questions: readonly AskBody[], rounds: number): Promise<AskCost> {
  try {
    await askMany(server, questions, ASKS);
    const { rssMiB } = await server.usage();
    await askMany(server, questions, WARM_UP_ASKS - ASKS);
    const costs: number[] = [];
    const latencies: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const cost = await costOfAsk(server, questions);
      costs.push(cost.cpuMs);
      latencies.push(...cost.latencies);
    }
    return { cpuMs: median(costs), roundTripMs: median(latencies), rssMiB };
  } finally {
    await server.stop();
  }
}

/** What it adds to an ask that its conversation is kept: one server asked with and without in turn, since the two differ by less than two servers do. */
async function measureKeeping(server: MeasuredServer, questions: readonly AskBody[], rounds: number): Promise<number> {
  try {
    const unkept = questions.map((body) => ({ ...body, keep: false }));
    await askMany(server, questions, WARM_UP_ASKS);
    const differences: number[] = [];
    for (let round = 0; round < 3 * rounds; round += 1) {
      const [without, kept] = [await costOfAsk(server, unkept), await costOfAsk(server, questions)];
      differences.push(kept.cpuMs - without.cpuMs);
    }
    return median(differences);
  } finally {
    await server.stop();
  }
}

/** What a key-less answer over HTTP costs the server, and what the server holds after a thousand. */
export const benchAsk: Bench = async ({ dist, rounds, scratch }) => {
  const own = await loadQuestions('taizhou-2020');
  const everything = [...own, ...(await loadQuestions('layouts'))];
  const corpusDir = join(scratch, 'ask-corpus');
  await mkdir(corpusDir, { recursive: true });
  await cp(join(repository, 'corpus', '2020-taizhou-education.txt'), join(corpusDir, '2020-taizhou-education.txt'));
  await cp(join(repository, 'test', 'fixtures', 'notices'), corpusDir, { recursive: true });
  const wideSettings = { CORPUS_DIR: corpusDir, DATA_DIR: join(scratch, 'ask-wide-data') };

  const bare = await measureAsks(await startBareServer('bare-server.ts'), own, rounds);
  const settings = { DATA_DIR: join(scratch, 'ask-data') };
  const ask = await measureAsks(await startServer({ dist, scratch, settings }), own, rounds);
  const keepingMs = await measureKeeping(await startServer({ dist, scratch, settings }), own, rounds);
  const wide = await measureAsks(await startServer({ dist, scratch, settings: wideSettings }), everything, rounds);
  const tell = (questions: readonly AskBody[], { roundTripMs }: AskCost): string =>
    `${questions.length} questions; round trip ${roundTripMs.toFixed(2)} ms`;
  return [
    { name: 'bare Fastify POST: CPU', value: bare.cpuMs, unit: 'ms', note: tell(own, bare) },
    { name: 'ask: CPU', value: ask.cpuMs, unit: 'ms', goal: 2, note: tell(own, ask) },
    { name: 'ask: CPU to bare POST', value: ask.cpuMs / bare.cpuMs, unit: '×' },
    { name: 'ask: CPU that keeping it adds', value: keepingMs, unit: 'ms', goal: 0.3, note: 'asked with and without, in turn' },
    { name: 'ask over all sample notices: CPU', value: wide.cpuMs, unit: 'ms', goal: 2, note: tell(everything, wide) },
    { name: 'memory after asks', value: ask.rssMiB, unit: 'MiB', goal: 400, note: `${ASKS} asks; samples ${wide.rssMiB.toFixed(0)} MiB` },
  ];
};
