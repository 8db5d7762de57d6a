import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { postAll } from './client.ts';
import { spreadQuestions, writeCorpus } from './corpora.ts';
import { median, quantile } from './figure.ts';
import type { Bench } from './figure.ts';
import type { LargeCorpusTask, LargeCorpusTimes } from './large-corpus-child.ts';
import { cleanEnvironment, repository, startServer } from './processes.ts';
import { PASSAGES_A_NOTICE, writeNotices } from './synthetic-notices.ts';

const NOTICES = 1_000;
const QUESTIONS = 400;
/** Each takes some seconds, and times hundreds of questions. */
const MOST_RUNS = 3;

async function measureInChild(task: LargeCorpusTask): Promise<LargeCorpusTimes> {
  const file = join(repository, 'test', 'bench', 'large-corpus-child.ts');
  const child = fork(file, [], { execArgv: ['--import', 'tsx'], cwd: repository, env: cleanEnvironment() });
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`The process that measures the large corpus ended with ${String(code)}.`);
  });
  child.send(task);
  const [times] = (await Promise.race([once(child, 'message'), ended])) as [LargeCorpusTimes];
  await ended.catch(() => undefined);
  return times;
}

const tellReopening = (times: readonly number[]): string =>
  times.length === 0 ? '' : `again from the snapshot ${(median(times) / 1000).toFixed(2)} s`;

/** Ranking and evidence over ten thousand passages in process; building, starting and memory as a server. */
export const benchLargeCorpus: Bench = async ({ dist, rounds, scratch, say }) => {
  const notices = writeNotices(NOTICES);
  const corpusDir = join(scratch, 'large-corpus');
  const dataDir = join(scratch, 'large-data');
  const lexiconFile = join(repository, 'corpus', 'lexicon.json');
  await writeCorpus(corpusDir, notices);
  const questions = spreadQuestions(notices, QUESTIONS);
  say(`  building the index over ${NOTICES * PASSAGES_A_NOTICE} passages …`);
  const runs: LargeCorpusTimes[] = [];
  const task: LargeCorpusTask = { dist, corpusDir, lexiconFile, dataDir, questions };
  for (let round = 0; round < Math.min(rounds, MOST_RUNS); round += 1) runs.push(await measureInChild(task));
  const [first] = runs;
  if (first?.passages !== NOTICES * PASSAGES_A_NOTICE) throw new Error(`The synthetic corpus gave ${first?.passages ?? 0} passages.`);
  const reopened = runs.slice(1).map(({ openMs }) => openMs);

  const server = await startServer({ dist, scratch, settings: { CORPUS_DIR: corpusDir, LEXICON_FILE: lexiconFile, DATA_DIR: dataDir } });
  try {
    const bodies = questions.map((question) => ({ question }));
    await postAll(`${server.url}/api/ask`, bodies);
    const before = await server.usage();
    const asks = await postAll(`${server.url}/api/ask`, bodies);
    const after = await server.usage();
    const askMs = (after.cpuMs - before.cpuMs) / bodies.length;
    const tell = (pickTimes: (times: LargeCorpusTimes) => readonly number[]): { value: number; note: string } => ({
      value: median(runs.map((times) => median(pickTimes(times)))),
      note: `95th percentile ${quantile(runs.flatMap(pickTimes), 0.95).toFixed(2)} ms`,
    });
    return [
      { name: '10,000 passages: build', value: first.openMs / 1000, unit: 's', note: tellReopening(reopened) },
      { name: '10,000 passages: rank', unit: 'ms', goal: 1, ...tell(({ rank }) => rank) },
      { name: '10,000 passages: cut, embed and rank', unit: 'ms', ...tell(({ search }) => search) },
      { name: '10,000 passages: evidence, passages not yet seen', unit: 'ms', goal: 5, ...tell(({ gatherFirst }) => gatherFirst) },
      { name: '10,000 passages: evidence', unit: 'ms', goal: 5, ...tell(({ gather }) => gather) },
      { name: '10,000 passages: ask, CPU', value: askMs, unit: 'ms', note: `round trip ${median(asks).toFixed(2)} ms` },
      { name: '10,000 passages: memory', value: after.rssMiB, unit: 'MiB', note: `${2 * bodies.length} asks` },
    ];
  } finally {
    await server.stop();
  }
};
