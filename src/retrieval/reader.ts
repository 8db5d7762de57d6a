import type { Lexicon } from '../corpus/lexicon.ts';
import { mayStandInTable, turnDown } from './check-reading.ts';
import { completePoints, sayBelowHeading } from './evidence/complete.ts';
import type { Reading, ReadingMatter } from './evidence/reading.ts';
import type { Question } from './question/question.ts';
import { preferRecord } from './readers/read-field.ts';
import { CELL_READERS, LAST_READERS, READERS, readFirst } from './reading-order.ts';

/** Small talk and steering have no reader. */
const NOTHING: Reading = { verdict: 'refused', reason: 'outside', missing: [], isFirm: true };

/**
 * Reads scored sentences for the answer that the question asks for: first a cell that it names, then what the sentences or a record tell, and once more the
 * tables where those tell nothing. What was found is turned down where it can't be meant, else said with what it needs to be understood.
 */
export function read(matter: ReadingMatter, lexicon: Lexicon): Reading {
  const cell = readFirst(CELL_READERS, matter, lexicon);
  if (cell !== undefined) return cell;
  const told = preferRecord(matter, readFirst(READERS, matter, lexicon) ?? NOTHING);
  const found = (mayStandInTable(matter, told) ? readFirst(LAST_READERS, matter, lexicon) : undefined) ?? told;
  return turnDown(matter, found) ?? countAsAsked(matter.question, complete(matter, found));
}

/** Sentences and figures with what they say nothing without; lists and places are whole. */
function complete(matter: ReadingMatter, reading: Reading): Reading {
  if (reading.verdict === 'refused' || reading.shape === 'list' || reading.shape === 'place') return reading;
  return { ...reading, points: completePoints(matter, reading.shape === 'sentences' ? sayBelowHeading(matter, reading.points) : reading.points) };
}

const COUNTED_BY = /(?:几|多少|哪[两二三四五六七八九])(个|项|条|件|类|种|样|份)/u;

/** Entries are counted by the classifier that was asked for. */
function countAsAsked({ folded }: Question, reading: Reading): Reading {
  const classifier = COUNTED_BY.exec(folded)?.[1];
  if (reading.verdict === 'refused' || classifier === undefined || reading.opening?.kind !== 'count' || reading.opening.unit !== 'entries' || reading.opening.classifier !== undefined) return reading;
  return { ...reading, opening: { ...reading.opening, classifier } };
}
