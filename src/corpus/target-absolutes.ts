import type { Span } from './notice.ts';
import { trimSubject } from './target-measure.ts';
import { readOpening } from './target-opening.ts';
import { readAgent, readLeadingPlace } from './target-places.ts';
import { readStrength } from './target-strength.ts';
import type { ClauseMatter, TargetDraft } from './target.ts';
import { trimSpan } from '../text/sentences.ts';

/** All of something, and no number: the subject stands in front. */
const TOTAL = /(?:实现|达到|力争)?(?:全覆盖|全域覆盖|全员覆盖|百分之?百(?!分点)|应[保享入接检助纳收扶种][尽则][保享入接检助纳收扶种]|(?:动态)?清零)/u;
/** All of what stands behind. */
const COVERS_ALL = /覆盖(?:到)?(?:所有|全部|全体|每一?[个所名])/u;
const QUOTED = /[“”「」『』]/u;

function readTotal({ text, clause, figures, memory, isKnownName }: ClauseMatter): TargetDraft | undefined {
  const own = text.slice(clause.start, clause.end);
  const match = TOTAL.exec(own);
  if (match === null || QUOTED.test(own[match.index - 1] ?? '')) return undefined;
  const verb: Span = { start: clause.start + match.index, end: clause.start + match.index + match[0].length };
  const opening = readOpening(text, { start: clause.start, end: verb.start }, figures);
  const measured = trimSubject(text, { start: opening.end, end: verb.start }) ?? memory.measured.at(-1);
  if (measured === undefined || /^[^,，。;；]{1,}/u.test(text.slice(verb.end, clause.end))) return undefined;
  const strength = readStrength(text, verb, clause.start, opening.modal, memory.strength);
  return { kind: 'absolute', measured, strength, period: opening.period || memory.period, place: readLeadingPlace(text.slice(measured.start, measured.end), isKnownName) };
}

function readCoverage({ text, clause, figures, memory }: ClauseMatter): TargetDraft | undefined {
  const own = text.slice(clause.start, clause.end);
  const match = COVERS_ALL.exec(own);
  if (match === null) return undefined;
  const verb: Span = { start: clause.start + match.index, end: clause.start + match.index + match[0].length };
  const opening = readOpening(text, { start: clause.start, end: verb.start }, figures, { withManner: true });
  const measured = trimSpan(text, verb.end, clause.end);
  if (measured === undefined || own.endsWith('的')) return undefined;
  const subject = trimSubject(text, { start: opening.end, end: verb.start });
  const carried = subject === undefined ? (memory.measured.at(-1) ?? memory.topic) : undefined;
  const place = subject === undefined ? '' : readAgent(text, subject);
  const strength = readStrength(text, verb, clause.start, opening.modal, memory.strength);
  return { kind: 'absolute', measured, carried, strength, period: opening.period || memory.period, place };
}

/** Targets without a number: 「…实现全覆盖」, 「覆盖所有乡村小学和初中」. */
export function readAbsolutes(matter: ClauseMatter): TargetDraft[] {
  const found = readCoverage(matter) ?? readTotal(matter);
  return found === undefined ? [] : [found];
}
