import type { Lexicon } from '../corpus/lexicon.ts';
import type { Reading, ReadingMatter } from './evidence/reading.ts';
import { ASKS_TARGETS } from './evidence/topic-share.ts';
import type { QuestionKind } from './question/question-kind.ts';
import type { Question } from './question/question.ts';
import { readAnnounced, readDeniedCases } from './readers/read-announced.ts';
import { readAskedFigure } from './readers/read-asked-figure.ts';
import { readCell } from './readers/read-cell.ts';
import { asksConditions, readConditions } from './readers/read-conditions.ts';
import { asksCount, readCount } from './readers/read-count.ts';
import { countListed } from './readers/read-enumeration.ts';
import { asksExtreme, readExtreme } from './readers/read-extreme.ts';
import { readRowField } from './readers/read-field.ts';
import { readFrequency } from './readers/read-frequency.ts';
import { readList } from './readers/read-list.ts';
import { asksMentions, readMentions } from './readers/read-mentions.ts';
import { asksOpening, readOpeningTime } from './readers/read-opening.ts';
import { readResponsible } from './readers/read-responsible.ts';
import { readAllRows, readRows } from './readers/read-rows.ts';
import { readMeasure, readName, readPlace } from './readers/read-sentences.ts';
import { readShares } from './readers/read-shares.ts';
import { asksTelephone, readTelephone } from './readers/read-telephone.ts';
import { addRows, readTotal } from './readers/read-total.ts';
import { readYesNo } from './readers/read-yes-no.ts';

/** One way to read an answer, and what it is tried for. */
interface Reader {
  readonly kinds: ReadonlySet<QuestionKind>;
  /** Cheap, and looked at first; left out, every question of these kinds. */
  readonly asks?: (question: Question) => boolean;
  /** Whether it reads all that the notices hold, so that the best passages are not enough; left out, they are. */
  readonly wantsAll?: (question: Question) => boolean;
  /** Undefined where it can't tell, so that the next one is tried; a refusal stands. */
  readonly read: (matter: ReadingMatter, lexicon: Lexicon) => Reading | undefined;
}

/** 「涉及幼儿园的量化指标有哪几项」 asks for the targets, not for whatever speaks of it. */
const ASKS_ONLY_TARGETS = /(?:量化|数字|具体)?指标(?:一?共|总共|都)?(?:有|是|包括)?(?:哪|几|多少)/u;
const ASKS_EXISTENCE = /有没有|有.{0,8}(?:吗|没有|没|么)[?？]?$/u;
/** 「要出什么文件」 wants all of them, not the best one. */
const ISSUES_DOCUMENTS = /(?:出台?|制定|印发|发|编制|起草)(?:了|些|个)?(?:什么|啥|哪些)(?:样的|新)?(?:文件|意见|方案|规划|办法|政策)/u;
/** 「哪个单位来管」: one office, which no entries of what it does name; 什么人 may be several. */
const ASKS_OFFICE = /哪(?:个|家)?(?:单位|部门|机构|局|科|处|所|站)/u;
/** 「一年几次」 is a figure first. */
const COUNTS_TIMES = /(?:几|多少)(?:次|回|趟)/u;

const kinds = (...names: readonly QuestionKind[]): ReadonlySet<QuestionKind> => new Set(names);
const FIGURES = kinds('figure', 'when');
const COUNTED = kinds('figure', 'list');
const NAMES = kinds('name', 'who');
const TELLING = kinds('measure', 'topic');
const ANY_BUT_YES_NO = kinds('figure', 'list', 'where', 'name', 'when', 'who', 'measure', 'topic');
const ANY = kinds('yes-no', ...ANY_BUT_YES_NO);

const answered = (reading: Reading): Reading | undefined => (reading.verdict === 'answered' ? reading : undefined);

/** Tables by their rows and columns: what stands in a cell that the question names needs no further check. */
export const CELL_READERS: readonly Reader[] = [
  { kinds: ANY, read: readCell },
  { kinds: FIGURES, read: readTotal },
];

/** From what only certain words ask for to what any question of a kind may ask; the first that can tell is taken. */
export const READERS: readonly Reader[] = [
  { kinds: ANY, asks: ({ folded }) => asksExtreme(folded), wantsAll: ({ folded }) => asksExtreme(folded), read: readExtreme },
  { kinds: ANY, read: readRows },
  { kinds: kinds('list', 'name', 'measure', 'topic', 'when'), asks: asksConditions, read: readConditions },
  { kinds: kinds('list'), asks: ({ folded }) => ASKS_ONLY_TARGETS.test(folded), read: (matter) => answered(readList(matter)) },
  { kinds: ANY_BUT_YES_NO, wantsAll: asksMentions, read: readMentions },
  { kinds: COUNTED, wantsAll: ({ folded }) => asksCount(folded), read: readCount },
  { kinds: COUNTED, read: readShares },
  { kinds: kinds('name', 'measure'), asks: ({ folded }) => ASKS_TARGETS.test(folded), wantsAll: ({ folded }) => ASKS_TARGETS.test(folded), read: readList },
  { kinds: kinds('yes-no'), asks: ({ folded }) => ASKS_TARGETS.test(folded) && ASKS_EXISTENCE.test(folded), wantsAll: ({ folded }) => ASKS_TARGETS.test(folded), read: readList },
  { kinds: kinds('who', 'name', 'list'), read: readResponsible },
  { kinds: kinds('list', 'name', 'topic', 'measure'), read: readDeniedCases },
  { kinds: kinds('name', 'who', 'measure', 'topic'), asks: ({ kind, folded }) => kind !== 'who' || !ASKS_OFFICE.test(folded), read: readAnnounced },
  { kinds: kinds('name'), asks: ({ folded }) => ISSUES_DOCUMENTS.test(folded), wantsAll: ({ folded }) => ISSUES_DOCUMENTS.test(folded), read: (matter) => answered(readList(matter)) },
  { kinds: FIGURES, asks: ({ folded }) => asksTelephone(folded), read: readTelephone },
  { kinds: FIGURES, wantsAll: ({ folded }) => asksOpening(folded), read: readOpeningTime },
  { kinds: FIGURES, asks: ({ folded }) => !COUNTS_TIMES.test(folded), read: readFrequency },
  { kinds: FIGURES, read: readAskedFigure },
  { kinds: kinds('list'), wantsAll: () => true, read: (matter) => countListed(matter, readList(matter)) },
  { kinds: kinds('yes-no'), wantsAll: ({ folded }) => asksOpening(folded), read: readYesNo },
  { kinds: kinds('where'), read: readPlace },
  { kinds: NAMES, read: readName },
  { kinds: TELLING, read: readMeasure },
];

/** Tables once more, where no sentence tells it: what comes out of all rows, and the row that may be meant. */
export const LAST_READERS: readonly Reader[] = [
  { kinds: FIGURES, read: addRows },
  { kinds: COUNTED, read: readAllRows },
  { kinds: kinds('figure', 'when', 'where', 'name', 'who', 'topic'), read: readRowField },
];

/** What the first of the readers reads that can; undefined where none can. */
export function readFirst(readers: readonly Reader[], matter: ReadingMatter, lexicon: Lexicon): Reading | undefined {
  for (const { kinds: own, asks, read } of readers) {
    const reading = own.has(matter.question.kind) && asks?.(matter.question) !== false ? read(matter, lexicon) : undefined;
    if (reading !== undefined) return reading;
  }
  return undefined;
}

/** Whether all of something is asked for, so that the best passages are not enough. */
export const wantsAll = (question: Question): boolean => READERS.some(({ kinds: own, wantsAll: wants }) => own.has(question.kind) && wants?.(question) === true);
