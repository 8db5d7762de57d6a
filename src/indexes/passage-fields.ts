import { createHash } from 'node:crypto';
import type { Passage } from '../corpus/notice.ts';
import { foldForMatching } from '../text/normalize.ts';
import { segmentFields, segmentForSearch, type FieldTokens } from '../text/segment.ts';
import type { Bm25Index } from './bm25.ts';
import { createBm25Builder, type Bm25Builder } from './bm25-builder.ts';
import { hashBytes } from './disk.ts';
import type { FieldIndexes } from './memory.ts';
import { createTimeSlices } from './time-slices.ts';

/** All that an index needs to know of a passage. */
export type IndexablePassage = Pick<Passage, 'id' | 'noticeId' | 'headings' | 'text'>;

/** How many passages tell whether the segmenter still cuts as it did. */
const PROBED_PASSAGES = 8;

interface PassageTokens extends FieldTokens {
  readonly headings: readonly string[];
}

/**
 * Cuts passages; headings and titles, which many passages share, once each. A heading that stands in the passage itself counts
 * there already, and a title that is only the id of a notice without one says nothing.
 */
function createPassageSegmenter(titles: ReadonlyMap<string, string>): (passage: IndexablePassage) => PassageTokens {
  const known = new Map<string, readonly string[]>();
  const segmentHeading = (heading: string): readonly string[] => {
    const tokens = known.get(heading) ?? segmentForSearch(foldForMatching(heading));
    known.set(heading, tokens);
    return tokens;
  };
  return ({ noticeId, headings, text }) => {
    const telling = [titles.get(noticeId) ?? '', ...headings].filter((heading) => heading !== noticeId && !text.includes(heading));
    return { ...segmentFields(foldForMatching(text)), headings: telling.flatMap(segmentHeading) };
  };
}

/** What a passage is embedded as: the headings above it tell what it is about, often better than its own words. */
export function renderForEmbedding(passage: IndexablePassage): string {
  return [...passage.headings, passage.text].join('\n');
}

export interface FieldBuildOptions {
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The fields of all passages; other work gets its turn in between. `titles` are those of the notices, by id; one that is not there is
 * empty.
 */
export async function buildFields(
  passages: readonly IndexablePassage[],
  titles: ReadonlyMap<string, string>,
  { onProgress, signal }: FieldBuildOptions = {},
): Promise<FieldIndexes> {
  const [words, bigrams, characters, headings] = [createBm25Builder(), createBm25Builder(), createBm25Builder(), createBm25Builder()];
  const segmentPassage = createPassageSegmenter(titles);
  const slices = createTimeSlices(signal);
  for (const [index, passage] of passages.entries()) {
    const tokens = segmentPassage(passage);
    words.add(tokens.words);
    bigrams.add(tokens.bigrams);
    characters.add(tokens.characters);
    headings.add(tokens.headings);
    onProgress?.(index + 1, passages.length);
    await slices.next();
  }
  const build = async (builder: Bm25Builder): Promise<Bm25Index> => {
    await slices.next();
    return builder.build();
  };
  return { words: await build(words), bigrams: await build(bigrams), characters: await build(characters), headings: await build(headings) };
}

/** SHA-256 of all that is indexed of the passages, in order. */
export async function hashPassages(
  passages: readonly IndexablePassage[],
  titles: ReadonlyMap<string, string>,
  signal?: AbortSignal,
): Promise<string> {
  const hash = createHash('sha256');
  const slices = createTimeSlices(signal);
  for (const { id, noticeId, headings, text } of passages) {
    hash.update(`${JSON.stringify([id, noticeId, titles.get(noticeId) ?? '', headings, text])}\n`);
    await slices.next();
  }
  return hash.digest('hex');
}

/**
 * SHA-256 of the tokens of a few passages spread over the corpus: another dictionary or segmenter shows here, at a fraction of the cost
 * of all.
 */
export function hashTokens(passages: readonly IndexablePassage[], titles: ReadonlyMap<string, string>): string {
  const step = Math.max(1, Math.floor(passages.length / PROBED_PASSAGES));
  const probed = passages.filter((_, index) => index % step === 0).slice(0, PROBED_PASSAGES);
  return hashBytes(JSON.stringify(probed.map(createPassageSegmenter(titles))));
}
