import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { draftSuggestions } from './answer/suggestions.ts';
import type { Suggestion } from './answer/suggestions.ts';
import { loadLexicon } from './corpus/lexicon.ts';
import { describeSetting } from './corpus/describe-setting.ts';
import type { Lexicon } from './corpus/lexicon.ts';
import { loadCorpus } from './corpus/load.ts';
import { adaptLexicon, loadThesaurus } from './corpus/thesaurus.ts';
import type { ThesaurusEntry } from './corpus/thesaurus.ts';
import type { CorpusProblem } from './corpus/load.ts';
import type { Notice, Passage } from './corpus/notice.ts';
import { listTargets } from './corpus/targets.ts';
import type { Target } from './corpus/target.ts';
import { AssistantError } from './errors.ts';
import { openPassageIndex } from './indexes/build.ts';
import type { IndexingStep } from './indexes/build.ts';
import type { PassageIndex } from './indexes/passage-index.ts';
import type { Logger } from './logger.ts';
import type { Embedder } from './models/embedder.ts';
import type { CitedSpan } from './retrieval/evidence/evidence.ts';
import { createLatinReader } from './retrieval/question/read-latin.ts';
import type { ReadLatin } from './retrieval/question/read-latin.ts';
import { createRetriever } from './retrieval/retriever.ts';
import type { Retriever } from './retrieval/retriever.ts';
import { foldForMatching } from './text/normalize.ts';
import { addWords, segmentForSearch } from './text/segment.ts';

/** What changed from one generation to the next, by ids of notices. */
export interface CorpusChanges {
  readonly changed: boolean;
  readonly added: readonly string[];
  readonly updated: readonly string[];
  readonly removed: readonly string[];
}

/** One state of the corpus with all that answers from it. It is swapped whole: an answer never mixes two. */
export interface Generation {
  /** SHA-256 over notices, lexicon and embedder, hex. */
  readonly id: string;
  readonly notices: readonly Notice[];
  readonly passages: ReadonlyMap<string, Passage>;
  readonly problems: readonly CorpusProblem[];
  readonly lexicon: Lexicon;
  readonly index: PassageIndex;
  readonly retriever: Retriever;
  /** Thinned out by `keepAnswerable`. */
  readonly suggestions: Suggestion[];
  /** Names and places that a claim may not swap. */
  readonly names: readonly string[];
  /** Title, publisher and date of a notice; undefined for an unknown one. */
  readonly settingOf: (noticeId: string) => string | undefined;
  /** Every sentence that may be cited, in the notices' order; made at the first call. */
  readonly allSentences: () => readonly CitedSpan[];
  /** English and pinyin as Chinese words. */
  readonly readLatin: ReadLatin;
  /** The table of targets, in the notices' order; made at the first call. */
  readonly targets: () => readonly Target[];
  readonly origin: 'snapshot' | 'built';
  readonly note?: string;
  readonly embedded: number;
  readonly reused: number;
}

export interface GenerationOptions {
  readonly corpusDir: string;
  readonly lexiconFile: string;
  /** Left out, there is none. */
  readonly thesaurusFile?: string | undefined;
  readonly dataDir: string;
  readonly embedder: Embedder;
  readonly logger: Logger;
  readonly onProgress?: ((done: number, total: number, step: IndexingStep) => void) | undefined;
  readonly onEmbedderFailure?: ((error: unknown) => void) | undefined;
  /** Ends long work when the process closes. */
  readonly signal?: AbortSignal | undefined;
}

/** A corpus that was read but not yet indexed: enough to tell whether anything changed. */
export interface ReadCorpus {
  readonly id: string;
  readonly notices: readonly Notice[];
  readonly problems: readonly CorpusProblem[];
  readonly lexicon: Lexicon;
  readonly thesaurus: readonly ThesaurusEntry[];
}

const NO_THESAURUS = { thesaurus: [], source: '' };

/**
 * Reads corpus, lexicon and thesaurus. A notice whose file can't be used now goes on being served as `previous` had it, and the problem says so.
 *
 * @throws AssistantError `bad-setting` where the corpus folder, the lexicon or the thesaurus can't be read.
 */
export async function readGeneration(options: GenerationOptions, previous: readonly Notice[] = []): Promise<ReadCorpus> {
  const { corpusDir, lexiconFile, thesaurusFile } = options;
  const [corpus, { lexicon, source }, { thesaurus, source: meanings }] = await Promise.all([loadCorpus(corpusDir), loadLexicon(lexiconFile), thesaurusFile === undefined ? NO_THESAURUS : loadThesaurus(thesaurusFile)]);
  const taken = new Set(corpus.notices.map(({ id }) => id));
  const kept = previous.filter((notice) => !taken.has(notice.id) && corpus.problems.some(({ file }) => file === notice.file));
  const problems = corpus.problems.map((problem) =>
    kept.some(({ file }) => file === problem.file) ? { ...problem, message: `${problem.message} Until then the version before goes on being served.` } : problem,
  );
  const notices = [...corpus.notices, ...kept].toSorted((left, right) => (left.id < right.id ? -1 : 1));
  const hash = createHash('sha256').update(`${source}\0${meanings}\0${options.embedder.id}\0`);
  for (const notice of notices) hash.update(`${notice.file}\0${notice.hash}\n`);
  return { id: hash.digest('hex'), notices, problems, lexicon, thesaurus };
}

/** Indexes what was read: from the snapshot where it fits, else anew. */
export async function openGeneration({ id, notices, problems, lexicon, thesaurus }: ReadCorpus, options: GenerationOptions): Promise<Generation> {
  const { embedder, dataDir, logger, onProgress, onEmbedderFailure, signal } = options;
  addWords(lexicon.vocabulary);
  const spokenLexicon = adaptLexicon(lexicon, thesaurus, notices);
  const passages = notices.flatMap((notice) => notice.passages);
  const titles = new Map(notices.map((notice) => [notice.id, notice.title]));
  const { index, origin, note, embedded, reused } = await openPassageIndex({ passages, titles, embedder, dataDir, corpusHash: id, onProgress, logger, signal });
  const settings = new Map(notices.map((notice) => [notice.id, describeSetting(notice)]));
  let sentences: readonly CitedSpan[] | undefined;
  let targets: readonly Target[] | undefined;
  return {
    id, notices, problems, lexicon, index, origin, embedded, reused,
    passages: new Map(passages.map((passage) => [passage.id, passage])),
    retriever: createRetriever({ index, notices, lexicon, spokenLexicon, embedder, onEmbedderFailure }),
    suggestions: thin(draftSuggestions(notices), MOST_SUGGESTIONS),
    readLatin: createLatinReader(lexicon, () => listWords(passages)),
    names: [...lexicon.places, ...lexicon.names],
    settingOf: (noticeId) => settings.get(noticeId),
    allSentences() {
      sentences ??= passages.flatMap(({ noticeId, id: passageId, section, label, sentences: own }) => own.map(({ start, end, text }) => ({ noticeId, passageId, section, label, start, end, text })));
      return sentences;
    },
    targets() {
      targets ??= notices.flatMap((notice) => listTargets(notice, lexicon));
      return targets;
    },
    ...(note === undefined ? {} : { note }),
  };
}

/** So much of the notices is looked through for words that may be spelt in pinyin. */
const MOST_SPELT = 200_000;

/** The words of the passages, each once. */
function listWords(passages: readonly Passage[]): Set<string> {
  const words = new Set<string>();
  let length = 0;
  for (const { text } of passages) {
    length += text.length;
    if (length > MOST_SPELT) break;
    for (const word of segmentForSearch(foldForMatching(text))) if (word.length > 1) words.add(word);
  }
  return words;
}

/** Enough to choose from, over however many notices. */
const MOST_SUGGESTIONS = 120;

/** At most `most` of them, spread evenly. */
function thin<T>(all: readonly T[], most: number): T[] {
  const step = Math.max(1, all.length / most);
  return all.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step));
}

/** Takes out the suggestions that the generation itself would refuse; it leaves other work its turn between any two of them. */
export async function keepAnswerable({ suggestions, retriever }: Generation, signal: AbortSignal): Promise<void> {
  for (const suggestion of suggestions.slice()) {
    await setImmediate();
    if (signal.aborted) return;
    const { reading } = await retriever.gather(suggestion.question, { noticeIds: [suggestion.noticeId] });
    const isAnswered = reading.verdict === 'answered' && reading.points.some(({ span }) => span.passageId === suggestion.passageId);
    if (!isAnswered) suggestions.splice(suggestions.indexOf(suggestion), 1);
  }
}

type NoticeHashes = Readonly<Record<string, string>>;

export const hashNotices = (notices: readonly Notice[]): NoticeHashes => Object.fromEntries(notices.map(({ id, hash }) => [id, hash]));

/** What became different between two sets of notices. */
export function compareNotices(before: NoticeHashes, after: NoticeHashes): CorpusChanges {
  const added = Object.keys(after).filter((id) => !Object.hasOwn(before, id));
  const removed = Object.keys(before).filter((id) => !Object.hasOwn(after, id));
  const updated = Object.keys(after).filter((id) => Object.hasOwn(before, id) && before[id] !== after[id]);
  return { changed: added.length + removed.length + updated.length > 0, added, updated, removed };
}

const RECORD = 'notices.json';

/** The notices' hashes as the last run recorded them; empty where there is no record. */
export async function readNoticeRecord(dataDir: string): Promise<NoticeHashes> {
  try {
    const record: unknown = JSON.parse(await readFile(join(dataDir, RECORD), 'utf8'));
    return typeof record === 'object' && record !== null ? (record as NoticeHashes) : {};
  } catch {
    return {};
  }
}

/**
 * Records the notices' hashes for the next run's report of changes.
 *
 * @throws AssistantError `unavailable` where the folder can't be written.
 */
export async function writeNoticeRecord(dataDir: string, hashes: NoticeHashes): Promise<void> {
  const file = join(dataDir, RECORD);
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    await mkdir(dataDir, { recursive: true });
    await writeFile(temporary, JSON.stringify(hashes));
    await rename(temporary, file);
  } catch (error) {
    throw new AssistantError('unavailable', `Cannot record the notices in ${dataDir}. Check DATA_DIR, its permissions and free space.`, { cause: error });
  }
}
