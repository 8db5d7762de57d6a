import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { postAll } from './client.ts';
import { median } from './figure.ts';
import type { Bench, Figure } from './figure.ts';
import { repository, startBareServer, startServer } from './processes.ts';
import type { MeasuredServer } from './processes.ts';
import { loadQuestions } from './questions.ts';
import type { AskBody } from './questions.ts';

/** Asked before anything is measured: the code is compiled by then, and memory has grown to what it stays at. */
const WARM_UP_ASKS = 1_000;

/** CPU that the server spends on each question, in ms. */
async function costOfAsk(server: MeasuredServer, questions: readonly AskBody[]): Promise<{ cpuMs: number; latencies: number[] }> {
  const before = await server.usage();
  const latencies = await postAll(`${server.url}/api/ask`, questions);
  const after = await server.usage();
  return { cpuMs: (after.cpuMs - before.cpuMs) / questions.length, latencies };
}

/** What a key-less answer over HTTP costs the server, and what the server holds after a thousand. */
export const benchAsk: Bench = async ({ dist, rounds, scratch }) => {
  const own = await loadQuestions('taizhou-2020');
  const everything = [...own, ...(await loadQuestions('layouts'))];
  const corpusDir = join(scratch, 'ask-corpus');
  await mkdir(corpusDir, { recursive: true });
  await cp(join(repository, 'corpus', '2020-taizhou-education.txt'), join(corpusDir, '2020-taizhou-education.txt'));
  await cp(join(repository, 'test', 'fixtures', 'notices'), corpusDir, { recursive: true });

  const server = await startServer({ dist, scratch, settings: { DATA_DIR: join(scratch, 'ask-data') } });
  const wide = await startServer({ dist, scratch, settings: { CORPUS_DIR: corpusDir, DATA_DIR: join(scratch, 'ask-wide-data') } });
  const bare = await startBareServer('bare-server.ts');
  try {
    for (const [each, questions] of [[server, own], [wide, everything], [bare, own]] as const) {
      for (let asked = 0; asked < WARM_UP_ASKS; asked += questions.length) await costOfAsk(each, questions.slice(0, WARM_UP_ASKS - asked));
    }
    const { rssMiB } = await server.usage();
    const costs: number[] = [];
    const wideCosts: number[] = [];
    const bareCosts: number[] = [];
    const latencies: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      bareCosts.push((await costOfAsk(bare, own)).cpuMs);
      const cost = await costOfAsk(server, own);
      costs.push(cost.cpuMs);
      latencies.push(...cost.latencies);
      wideCosts.push((await costOfAsk(wide, everything)).cpuMs);
    }
    const note = `${own.length} questions; round trip ${median(latencies).toFixed(2)} ms`;
    const figures: Figure[] = [
      { name: 'bare Fastify POST: CPU', value: median(bareCosts), unit: 'ms' },
      { name: 'ask: CPU', value: median(costs), unit: 'ms', goal: 2, note },
      { name: 'ask: CPU to bare POST', value: median(costs) / median(bareCosts), unit: '×' },
      { name: 'ask over all sample notices: CPU', value: median(wideCosts), unit: 'ms', goal: 2, note: `${everything.length} questions` },
      { name: 'memory after asks', value: rssMiB, unit: 'MiB', goal: 400, note: `${WARM_UP_ASKS} asks` },
    ];
    return figures;
  } finally {
    await Promise.all([server.stop(), wide.stop(), bare.stop()]);
  }
};
