import { refuse } from './evidence/reading.ts';
import type { Reading, ReadingMatter } from './evidence/reading.ts';
import { findBeyondRow } from './refusals/beyond-row.ts';
import { areOfOther } from './refusals/conditions-of.ts';
import { findOtherMeant } from './readers/read-field.ts';
import { isOfHeader, isOfSeveralCells } from './readers/read-rows.ts';
import { isOfTotal, SAYS_TOGETHER } from './readers/read-total.ts';

/** How passages label who signed. */
const SIGNATURE = '落款';

/** Whether a table may tell what the sentences don't: nothing was found, for want of no year or place, or only what names the columns or fills several of them. */
export function mayStandInTable(matter: ReadingMatter, reading: Reading): boolean {
  return reading.verdict === 'refused' ? reading.reason !== 'scope' : isOfHeader(matter, reading) || isOfSeveralCells(matter, reading);
}

/** The refusal where a reading can't be what is asked for, whatever it was read by; undefined where it may stand. */
export function turnDown(matter: ReadingMatter, reading: Reading): Reading | undefined {
  if (reading.verdict === 'refused') return reading;
  const { kind, folded } = matter.question;
  // Who signed is nothing that is done, nor a list.
  if ((kind === 'measure' || kind === 'list') && reading.points.every(({ span }) => span.label === SIGNATURE)) return refuse([], [], false);
  if (isOfTotal(matter, reading)) return refuse([], [], true);
  // Which of the cells are meant together, a row doesn't tell.
  if (SAYS_TOGETHER.test(folded) && isOfSeveralCells(matter, reading)) return refuse([], [], true);
  const beyond = findBeyondRow(matter, reading);
  if (beyond !== undefined) return { verdict: 'refused', reason: 'attribute', missing: [beyond], isFirm: true };
  if (areOfOther(matter, reading)) return { verdict: 'refused', reason: 'attribute', missing: ['条件'], isFirm: true };
  const other = findOtherMeant(matter, reading);
  return other === undefined ? undefined : refuse([other], [], true);
}
