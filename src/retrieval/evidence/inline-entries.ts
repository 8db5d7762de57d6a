import { parseMarker } from '../../corpus/markers.ts';
import type { ReadingMatter } from './reading.ts';
import type { ScoredSentence } from './scoring.ts';

const LONGEST_MARKER = 16;
/** What introduces entries that stand on one line with it: 「推出4条线路:①古驿道徒步线…」. */
const INTRODUCES = /[:：]\s*/u;
const FEWEST = 2;

interface Entry {
  readonly kind: string;
  readonly number: number;
}

function readEntry(text: string): Entry | undefined {
  const marker = parseMarker(text.trimStart().slice(0, LONGEST_MARKER));
  return marker?.number === undefined ? undefined : { kind: marker.kind, number: marker.number };
}

/** The entry that the sentence opens with, or that its introduction leads to. */
function entryOf({ sentence: { sentence } }: ScoredSentence): Entry | undefined {
  const introduction = INTRODUCES.exec(sentence.text);
  return readEntry(sentence.text) ?? (introduction === null ? undefined : readEntry(sentence.text.slice(introduction.index + introduction[0].length)));
}

/**
 * The entries of a list that is written on one line, when the sentence is one of them or leads to them: the sentences of its passage that open
 * with markers of one kind, counting on. Empty where it is none.
 */
export function findInlineEntries(matter: ReadingMatter, { scene }: ScoredSentence): ScoredSentence[] {
  const body = matter.sentences.filter((other) => other.scene === scene && !other.sentence.sentence.isHeading).toSorted((left, right) => left.index - right.index);
  let run: ScoredSentence[] = [];
  let last: Entry | undefined;
  for (const scored of body) {
    const entry = entryOf(scored);
    const goesOn = entry !== undefined && last !== undefined && entry.kind === last.kind && entry.number === last.number + 1;
    if (goesOn) run.push(scored);
    else if (run.length >= FEWEST) break;
    else run = entry?.number === 1 ? [scored] : [];
    last = run.length > 0 ? entry : undefined;
  }
  return run.length >= FEWEST ? run : [];
}
