import { readEntries } from '../evidence/list-entries.ts';
import type { Reading, ReadingMatter } from '../evidence/reading.ts';
import { ANNOUNCES } from '../evidence/scene.ts';
import { announce } from './read-list.ts';

/** An announcement (下列区域不得…) that scores nearly as well as the best sentence leads to the entries as well. */
const NEARLY = 0.9;
const LOOKED_AT = 3;

/** Reads the entries that one of the best sentences announces, behind it: 「什么情况下可以停课」; undefined where none does. */
export function readAnnounced(matter: ReadingMatter): Reading | undefined {
  const [top] = matter.sentences;
  const announces = matter.sentences.slice(0, LOOKED_AT).some(({ sentence, score }) => ANNOUNCES.test(sentence.sentence.text) && score >= (top?.score ?? 0) * NEARLY);
  const entries = announces ? readEntries(matter) : [];
  return entries.length > 1 ? announce(matter, { verdict: 'answered', shape: 'list', points: entries }) : undefined;
}
