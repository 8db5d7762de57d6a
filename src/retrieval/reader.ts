import type { Lexicon } from '../corpus/lexicon.ts';
import { readFigure } from './read-figure.ts';
import { readList } from './read-list.ts';
import { readMeasure, readName, readPlace } from './read-sentences.ts';
import { readYesNo } from './read-yes-no.ts';
import type { Reading, ReadingMatter } from './reading.ts';

/** Reads scored sentences for the answer that the question asks for; small talk and steering have none to read. */
export function read(matter: ReadingMatter, lexicon: Lexicon): Reading {
  switch (matter.question.kind) {
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
