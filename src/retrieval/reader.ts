import type { Lexicon } from '../corpus/lexicon.ts';
import { readFigure } from './read-figure.ts';
import { ASKS_TARGETS, readCount, readEntries, readList } from './read-list.ts';
import { readMentions } from './read-mentions.ts';
import { readMeasure, readName, readPlace } from './read-sentences.ts';
import { readYesNo } from './read-yes-no.ts';
import type { Reading, ReadingMatter } from './reading.ts';

const ASKS_EXISTENCE = /有没有|有.{0,8}(?:吗|没有|没|么)[?？]?$/u;

/** A heading or sentence that is nothing without the entries below it. */
const ANNOUNCES = /下列|以下|如下|之一的?|[:：]$/u;

/** Reads scored sentences for the answer that the question asks for; small talk and steering have none to read. */
export function read(matter: ReadingMatter, lexicon: Lexicon): Reading {
  const { kind, folded } = matter.question;
  const gathered = readMentions(matter) ?? (kind === 'figure' || kind === 'list' ? readCount(matter) : undefined);
  if (gathered !== undefined) return gathered;
  if (ASKS_TARGETS.test(folded) && (kind === 'name' || kind === 'measure' || (kind === 'yes-no' && ASKS_EXISTENCE.test(folded)))) return readList(matter);
  if (kind === 'name' || kind === 'measure' || kind === 'topic') {
    const [top] = matter.sentences;
    const entries = top !== undefined && ANNOUNCES.test(top.sentence.sentence.text) ? readEntries(matter) : [];
    if (entries.length > 1) return { verdict: 'answered', shape: 'list', points: entries };
  }
  switch (kind) {
    case 'figure':
    case 'when':
      return readFigure(matter, lexicon);
    case 'list':
      return readList(matter);
    case 'yes-no':
      return readYesNo(matter, lexicon);
    case 'where':
      return readPlace(matter);
    case 'name':
    case 'who':
      return readName(matter);
    case 'measure':
    case 'topic':
      return readMeasure(matter);
    case 'chat':
    case 'steering':
      return { verdict: 'refused', reason: 'outside', missing: [], isFirm: true };
  }
}
