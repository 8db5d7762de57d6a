import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as GenerationModule from '../../src/generation.ts';
import type * as HashedModule from '../../src/models/hashed.ts';
import type * as NormalizeModule from '../../src/text/normalize.ts';
import type * as SegmentModule from '../../src/text/segment.ts';
import { silentLogger } from '../../src/logger.ts';

/** What the parent asks for; paths are absolute. */
export interface LargeCorpusTask {
  readonly dist: string;
  readonly corpusDir: string;
  readonly lexiconFile: string;
  readonly dataDir: string;
  readonly questions: readonly string[];
}

/** Times in ms, one a question. */
export interface LargeCorpusTimes {
  readonly passages: number;
  readonly openMs: number;
  readonly rank: readonly number[];
  readonly search: readonly number[];
  /** Questions asked for the first time, over passages that mostly were not yet looked at. */
  readonly gatherFirst: readonly number[];
  readonly gather: readonly number[];
}

/** Runs in a process of its own, over the built product: a transpiler's additions would be measured too. */
async function measure({ dist, corpusDir, lexiconFile, dataDir, questions }: LargeCorpusTask): Promise<LargeCorpusTimes> {
  const load = async <T>(file: string): Promise<T> => (await import(pathToFileURL(join(dist, file)).href)) as T;
  const { openGeneration, readGeneration } = await load<typeof GenerationModule>('generation.js');
  const { createHashedEmbedder } = await load<typeof HashedModule>('models/hashed.js');
  const { foldForMatching } = await load<typeof NormalizeModule>('text/normalize.js');
  const { loadSegmenter, segmentFields } = await load<typeof SegmentModule>('text/segment.js');
  loadSegmenter();
  const embedder = createHashedEmbedder({ dimensions: 512 });
  const options = { corpusDir, lexiconFile, dataDir, embedder, logger: silentLogger };
  const started = performance.now();
  const generation = await openGeneration(await readGeneration(options), options);
  const openMs = performance.now() - started;
  const { index, retriever, passages } = generation;

  const queries = await Promise.all(
    questions.map(async (question) => {
      const vector = await embedder.embedQuery(question);
      return { tokens: segmentFields(foldForMatching(question)), vector, k: 10 };
    }),
  );
  const time = async <T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<number[]> => {
    const times: number[] = [];
    for (const item of items) {
      const before = performance.now();
      await work(item);
      times.push(performance.now() - before);
    }
    return times;
  };
  const gatherAll = (texts: readonly string[]): Promise<number[]> => time(texts, (question) => retriever.gather(question));
  const rankAll = (): Promise<number[]> => time(queries, (query) => index.search(query));
  const searchAll = (): Promise<number[]> => time(questions, (question) => retriever.search(question, { k: 10 }));
  for (const warmUp of [rankAll, searchAll]) await warmUp();
  const rank = await rankAll();
  const search = await searchAll();
  // The code is warmed up on other questions: a scene, once opened, is kept.
  const half = Math.ceil(questions.length / 2);
  await gatherAll(questions.slice(half));
  const gatherFirst = await gatherAll(questions.slice(0, half));
  const gather = await gatherAll(questions);
  await index.close();
  return { passages: passages.size, openMs, rank, search, gatherFirst, gather };
}

process.once('message', (task: LargeCorpusTask) => {
  void measure(task).then(
    (times) => process.send?.(times, () => process.exit(0)),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
