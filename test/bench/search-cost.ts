import { join } from 'node:path';
import { postAll } from './client.ts';
import { spreadQuestions, writeCorpus } from './corpora.ts';
import { median, quantile } from './figure.ts';
import type { Bench } from './figure.ts';
import { repository, startServer } from './processes.ts';
import { writeParagraphs } from './synthetic-notices.ts';

const NOTICES = 1_000;
const QUESTIONS = 500;
const WARM_UP_ROUNDS = 2;

/** POST /api/search over notices of one paragraph each, as public reading-comprehension sets are loaded. */
export const benchSearch: Bench = async ({ dist, rounds, scratch }) => {
  const notices = writeParagraphs(NOTICES);
  const corpusDir = join(scratch, 'paragraphs');
  await writeCorpus(corpusDir, notices);
  const lexiconFile = join(repository, 'corpus', 'lexicon.json');
  const settings = { CORPUS_DIR: corpusDir, LEXICON_FILE: lexiconFile, DATA_DIR: join(scratch, 'paragraphs-data') };
  const server = await startServer({ dist, scratch, settings });
  try {
    const bodies = spreadQuestions(notices, QUESTIONS).map((question) => ({ question }));
    const url = `${server.url}/api/search`;
    for (let round = 0; round < WARM_UP_ROUNDS; round += 1) await postAll(url, bodies);
    const times: number[] = [];
    const costs: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const before = await server.usage();
      times.push(...(await postAll(url, bodies)));
      const after = await server.usage();
      costs.push((after.cpuMs - before.cpuMs) / bodies.length);
    }
    const { rssMiB } = await server.usage();
    const slowest = `95th percentile ${quantile(times, 0.95).toFixed(2)} ms`;
    return [
      { name: 'search over 1,000 paragraphs: round trip', value: median(times), unit: 'ms', goal: 1, note: slowest },
      { name: 'search over 1,000 paragraphs: CPU', value: median(costs), unit: 'ms', note: `memory ${rssMiB.toFixed(0)} MiB` },
    ];
  } finally {
    await server.stop();
  }
};
