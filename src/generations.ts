import { watchCorpus } from './corpus/watch.ts';
import { AssistantError, describeError } from './errors.ts';
import { compareNotices, hashNotices, keepAnswerable, openGeneration, readGeneration, readNoticeRecord, writeNoticeRecord } from './generation.ts';
import type { CorpusChanges, Generation, GenerationOptions, ReadCorpus } from './generation.ts';

/** What a look at the corpus found and did. */
export interface ReloadReport extends CorpusChanges {
  /** Passages whose vectors were made, and those whose vectors were there already. */
  readonly embedded: number;
  readonly reused: number;
  readonly problems: Generation['problems'];
}

/** The generation that answers now, and the way to the next. */
export interface Generations {
  readonly current: Generation;
  readonly report: ReloadReport;
  /** Holds the current generation open until `release` is called, whatever is swapped in meanwhile. */
  acquire(): { readonly generation: Generation; release(): void };
  /** Reads the corpus and swaps a new generation in if it changed; calls at the same time share one look. */
  reload(onProgress?: GenerationOptions['onProgress']): Promise<ReloadReport>;
  watch(): void;
  close(): Promise<void>;
}

interface Held {
  generation: Generation;
  users: number;
  isRetired: boolean;
}

/**
 * Opens the first generation.
 *
 * @throws AssistantError `bad-setting` where corpus folder or lexicon can't be read; single files that can't be used are problems, not failures.
 */
export async function openGenerations(options: GenerationOptions): Promise<Generations> {
  const { dataDir, embedder, logger } = options;
  const record = async (generation: Generation): Promise<void> => {
    await writeNoticeRecord(dataDir, hashNotices(generation.notices)).catch((error: unknown) => logger.warn(describeError(error)));
  };
  /** What was told before is not told again at each look. */
  const tellProblems = ({ problems, notices }: Pick<ReadCorpus, 'problems' | 'notices'>, known: ReadCorpus['problems'] = []): void => {
    for (const { message } of problems) if (!known.some((other) => other.message === message)) logger.warn(message);
    for (const warning of notices.flatMap(({ warnings = [] }) => warnings)) if (known.length === 0) logger.info(warning);
    if (notices.length === 0) logger.warn(`No notice in ${options.corpusDir}: every question will be refused. Put .txt or .md files there.`);
  };

  const closing = new AbortController();
  const open = async (read: ReadCorpus, onProgress = options.onProgress): Promise<Generation> => {
    const generation = await openGeneration(read, { ...options, onProgress, signal: closing.signal });
    if (!embedder.isRemote) void keepAnswerable(generation, closing.signal).catch(() => undefined);
    return generation;
  };

  const recorded = await readNoticeRecord(dataDir);
  const first = await open(await readGeneration(options));
  tellProblems(first);
  let held: Held = { generation: first, users: 0, isRetired: false };
  let report: ReloadReport = { ...compareNotices(recorded, hashNotices(first.notices)), embedded: first.embedded, reused: first.reused, problems: first.problems };
  if (report.changed) await record(first);
  let looking: Promise<ReloadReport> | undefined;
  let stopWatching: (() => void) | undefined;

  const retire = async (old: Held): Promise<void> => {
    old.isRetired = true;
    if (old.users === 0) await old.generation.index.close();
  };

  async function look(onProgress: GenerationOptions['onProgress']): Promise<ReloadReport> {
    const { generation } = held;
    const read = await readGeneration(options, generation.notices);
    if (read.id === generation.id) {
      tellProblems(read, generation.problems);
      held.generation = { ...generation, problems: read.problems };
      report = { changed: false, added: [], updated: [], removed: [], embedded: 0, reused: generation.passages.size, problems: read.problems };
      return report;
    }
    const next = await open(read, onProgress);
    const old = held;
    held = { generation: next, users: 0, isRetired: false };
    tellProblems(next, generation.problems);
    const changes = compareNotices(hashNotices(generation.notices), hashNotices(next.notices));
    report = { ...changes, changed: true, embedded: next.embedded, reused: next.reused, problems: next.problems };
    logger.info({ added: report.added, updated: report.updated, removed: report.removed }, 'a new generation of the corpus answers');
    await Promise.all([retire(old), record(next)]);
    return report;
  }

  const reload = (onProgress?: GenerationOptions['onProgress']): Promise<ReloadReport> => {
    looking ??= look(onProgress).finally(() => {
      looking = undefined;
    });
    return looking;
  };

  /** A change seen while a look is under way may have come too late for it: look again afterwards. */
  const follow = async (): Promise<void> => {
    try {
      await looking?.catch(() => undefined);
      await reload();
    } catch (error) {
      logger.error(error instanceof AssistantError ? error.message : `Cannot read the corpus again: ${describeError(error)}`);
    }
  };

  return {
    get current() {
      return held.generation;
    },
    get report() {
      return report;
    },
    acquire() {
      const mine = held;
      mine.users += 1;
      return {
        generation: mine.generation,
        release() {
          mine.users -= 1;
          if (mine.isRetired && mine.users === 0) void mine.generation.index.close();
        },
      };
    },
    reload,
    watch() {
      stopWatching ??= watchCorpus(options.corpusDir, [options.lexiconFile, ...(options.thesaurusFile === undefined ? [] : [options.thesaurusFile])], () => void follow());
    },
    async close() {
      stopWatching?.();
      closing.abort();
      await looking?.catch(() => undefined);
      await retire(held);
    },
  };
}
