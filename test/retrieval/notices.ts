import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadLexicon } from '../../src/corpus/lexicon.ts';
import type { Lexicon } from '../../src/corpus/lexicon.ts';
import { parseNotice } from '../../src/corpus/load.ts';
import type { Notice } from '../../src/corpus/notice.ts';
import type { Point, Reading } from '../../src/retrieval/evidence/reading.ts';
import { addWords, loadSegmenter } from '../../src/text/segment.ts';

const repository = new URL('../../', import.meta.url);

/** A notice of `corpus/`, or of the fixtures. */
export function readNotice(file: string): Notice {
  const folder = file === '2020-taizhou-education.txt' ? 'corpus/' : 'test/fixtures/notices/';
  return parseNotice(file, readFileSync(new URL(`${folder}${file}`, repository)));
}

/** The lexicon as it is delivered, its words told to the segmenter. */
export async function openLexicon(): Promise<Lexicon> {
  loadSegmenter();
  const { lexicon } = await loadLexicon(fileURLToPath(new URL('corpus/lexicon.json', repository)));
  addWords(lexicon.vocabulary);
  return lexicon;
}

/** The points of a reading; none for a refusal or where nothing was read. */
export const pointsOf = (reading: Reading | undefined): readonly Point[] => (reading?.verdict === 'answered' ? reading.points : []);
export const textsOf = (reading: Reading | undefined): string[] => pointsOf(reading).map(({ span }) => span.text);
export const sectionsOf = (reading: Reading | undefined): string[] => [...new Set(pointsOf(reading).map(({ span }) => span.section))];
