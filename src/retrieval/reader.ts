import type { Lexicon } from '../corpus/lexicon.ts';
import { MAY_BE_ROW } from '../corpus/tables.ts';
import { takesShare } from './question/asked-figure.ts';
import { completePoints, sayBelowHeading } from './evidence/complete.ts';
import { readCell } from './readers/read-cell.ts';
import { countListed, readEnumeration } from './readers/read-enumeration.ts';
import { asksExtreme, readExtreme } from './readers/read-extreme.ts';
import { findOtherMeant, readField } from './readers/read-field.ts';
import { readFigure } from './readers/read-figure.ts';
import type { Question } from './question/question.ts';
import { readEntries } from './evidence/list-entries.ts';
import { asksCount, readCount } from './readers/read-count.ts';
import { announce, readList } from './readers/read-list.ts';
import { asksMentions, readMentions } from './readers/read-mentions.ts';
import { asksOpening, readOpeningTime } from './readers/read-opening.ts';
import { readMeasure, readName, readPlace } from './readers/read-sentences.ts';
import { readFrequency } from './readers/read-frequency.ts';
import { readNamedTime } from './readers/read-named-time.ts';
import { readResponsible } from './readers/read-responsible.ts';
import { isOfHeader, isOfSeveralCells, readAllRows, readRows } from './readers/read-rows.ts';
import { readShares } from './readers/read-shares.ts';
import { addRows, isOfTotal, readTotal, SAYS_TOGETHER } from './readers/read-total.ts';
import { asksTelephone, readTelephone } from './readers/read-telephone.ts';
import { readYesNo } from './readers/read-yes-no.ts';
import { refuse } from './evidence/reading.ts';
import type { Reading, ReadingMatter } from './evidence/reading.ts';
import { ANNOUNCES } from './evidence/scene.ts';
import { ASKS_TARGETS } from './evidence/topic-share.ts';

/** 「涉及幼儿园的量化指标有哪几项」 asks for the targets, not for whatever speaks of it. */
const ASKS_ONLY_TARGETS = /(?:量化|数字|具体)?指标(?:一?共|总共|都)?(?:有|是|包括)?(?:哪|几|多少)/u;
/** 「入学率有什么要求」 need not be answered with a figure. */
const ASKS_WHAT_IS_WANTED = /(?:什么|啥|哪些)(?:具体)?(?:要求|说法|规定|安排|打算)/u;
const ASKS_EXISTENCE = /有没有|有.{0,8}(?:吗|没有|没|么)[?？]?$/u;

/** 「要出什么文件」 wants all of them, not the best one. */
const ISSUES_DOCUMENTS = /(?:出台?|制定|印发|发|编制|起草)(?:了|些|个)?(?:什么|啥|哪些)(?:样的|新)?(?:文件|意见|方案|规划|办法|政策)/u;

/** 「哪个单位来管」: one office, which no entries of what it does name; 什么人 may be several. */
const ASKS_OFFICE = /哪(?:个|家)?(?:单位|部门|机构|局|科|处|所|站)/u;

/** How passages label who signed. */
const SIGNATURE = '落款';
/** An announcement (下列区域不得…) that scores nearly as well as the best sentence leads to the entries as well. */
const NEARLY = 0.9;
const LOOKED_AT = 3;

/** Whether all of something is asked for, so that the best passages are not enough. */
export function wantsAll(question: Question): boolean {
  const { kind, folded } = question;
  return kind === 'list' || asksExtreme(folded) || asksMentions(question) || asksCount(folded) || ASKS_TARGETS.test(folded) || asksOpening(folded) || (kind === 'name' && ISSUES_DOCUMENTS.test(folded));
}

/** Reads scored sentences for the answer that the question asks for; small talk and steering have none to read. */
export function read(matter: ReadingMatter, lexicon: Lexicon): Reading {
  const cell = readCell(matter, lexicon);
  if (cell !== undefined) return cell;
  const total = readTotal(matter, lexicon);
  if (total !== undefined) return total;
  const found = readByKind(matter, lexicon);
  const { kind } = matter.question;
  const isOfOther = found.verdict === 'refused' && found.reason === 'scope';
  const field = kind === 'yes-no' || kind === 'where' || isOfOther || (found.verdict === 'answered' && found.opening !== undefined) ? undefined : readField(matter);
  // How something is done is seldom told by a row.
  const isTold = found.verdict === 'answered' && (kind === 'figure' || kind === 'when' || (kind === 'measure' && field?.verdict === 'answered' && field.points.some(({ span }) => MAY_BE_ROW.test(span.text))));
  const reading = countAsAsked(matter.question, field === undefined || (isTold && !holdsMore(matter, field, found)) ? found : field);
  const isPassing = reading.verdict === 'answered' && ((kind === 'figure' && reading.shape !== 'figure' && reading.opening === undefined) || isOfHeader(matter, reading) || isOfSeveralCells(matter, reading));
  const rows = reading.verdict === 'refused' || isPassing ? (addRows(matter, lexicon) ?? readAllRows(matter, lexicon)) : undefined;
  if (rows !== undefined) return countAsAsked(matter.question, rows);
  if (reading.verdict === 'refused') return reading;
  // Who signed is nothing that is done, nor a list.
  if ((kind === 'measure' || kind === 'list') && reading.points.every(({ span }) => span.label === SIGNATURE)) return refuse([], [], false);
  if (isOfTotal(matter, reading) || (SAYS_TOGETHER.test(matter.question.folded) && isOfSeveralCells(matter, reading))) return refuse([], [], true);
  if (reading.shape === 'list' || reading.shape === 'place') return reading;
  const other = findOtherMeant(matter, reading);
  if (other !== undefined) return refuse([other], [], true);
  return { ...reading, points: completePoints(matter, reading.shape === 'sentences' ? sayBelowHeading(matter, reading.points) : reading.points) };
}

/** So much more of the question's weight must stand where a row or record is, to be read instead of the figure that was found. */
const CLEARLY_MORE = 0.3;

/** Whether the place of one reading holds clearly more of the question than that of another. */
function holdsMore({ sentences, terms }: ReadingMatter, reading: Reading, other: Reading): boolean {
  const heldBy = (each: Reading): number => {
    const span = each.verdict === 'answered' ? each.points[0]?.span : undefined;
    const scored = sentences.find(({ sentence: { sentence, source } }) => span !== undefined && source.noticeId === span.noticeId && sentence.start <= span.start && span.end <= sentence.end);
    return scored === undefined ? 0 : terms.reduce((sum, { weight }, index) => sum + weight * Math.max(0, ...scored.clauses.map(({ ownStrengths }) => ownStrengths[index] ?? 0)), 0);
  };
  return heldBy(reading) > heldBy(other) + CLEARLY_MORE;
}

/** Whether a reading quotes the sentence that holds the question best. */
function isOfBest({ sentences }: ReadingMatter, reading: Reading): boolean {
  const best = sentences.find(({ sentence }) => !sentence.sentence.isHeading)?.sentence;
  const span = reading.verdict === 'answered' ? reading.points[0]?.span : undefined;
  return best !== undefined && span !== undefined && span.noticeId === best.source.noticeId && best.sentence.start <= span.start && span.end <= best.sentence.end;
}

const FEWEST = 3;
const COUNTS_TIMES = /(?:几|多少)(?:次|回|趟)/u;
const COUNTED_BY = /(?:几|多少|哪[两二三四五六七八九])(个|项|条|件|类|种|样|份)/u;

/** Entries are counted by the classifier that was asked for. */
function countAsAsked({ folded }: Question, reading: Reading): Reading {
  const classifier = COUNTED_BY.exec(folded)?.[1];
  if (reading.verdict === 'refused' || classifier === undefined || reading.opening?.kind !== 'count' || reading.opening.unit !== 'entries' || reading.opening.classifier !== undefined) return reading;
  return { ...reading, opening: { ...reading.opening, classifier } };
}

function readByKind(matter: ReadingMatter, lexicon: Lexicon): Reading {
  const { kind, folded } = matter.question;
  const extreme = readExtreme(matter, lexicon);
  if (extreme !== undefined) return extreme;
  const rows = readRows(matter, lexicon);
  if (rows !== undefined) return rows;
  if (kind === 'list' && ASKS_ONLY_TARGETS.test(folded)) {
    const targets = readList(matter);
    if (targets.verdict === 'answered') return targets;
  }
  const gathered = readMentions(matter, lexicon) ?? (kind === 'figure' || kind === 'list' ? readCount(matter) : undefined);
  if (gathered !== undefined) return gathered;
  const shares = kind === 'figure' || kind === 'list' ? readShares(matter) : undefined;
  if (shares !== undefined) return shares;
  if (ASKS_TARGETS.test(folded) && (kind === 'name' || kind === 'measure' || (kind === 'yes-no' && ASKS_EXISTENCE.test(folded)))) return readList(matter);
  const responsible = readResponsible(matter);
  if (responsible !== undefined) return countListed(matter, responsible);
  if (kind === 'name' || (kind === 'who' && !ASKS_OFFICE.test(folded)) || kind === 'measure' || kind === 'topic') {
    const [top] = matter.sentences;
    const announces = matter.sentences.slice(0, LOOKED_AT).some(({ sentence, score }) => ANNOUNCES.test(sentence.sentence.text) && score >= (top?.score ?? 0) * NEARLY);
    const entries = announces ? readEntries(matter) : [];
    if (entries.length > 1) return announce(matter, { verdict: 'answered', shape: 'list', points: entries });
  }
  if (kind === 'name' && ISSUES_DOCUMENTS.test(folded)) {
    const documents = readList(matter);
    if (documents.verdict === 'answered') return documents;
  }
  switch (kind) {
    case 'figure':
    case 'when': {
      if (asksTelephone(folded)) return readTelephone(matter);
      const opening = readOpeningTime(matter);
      if (opening !== undefined) return opening;
      const frequency = readFrequency(matter);
      // 「一年几次」 is a figure first.
      if (frequency !== undefined && !COUNTS_TIMES.test(folded)) return frequency;
      const money = readFigure(matter, lexicon);
      const share = money.verdict === 'refused' && takesShare(folded) ? readFigure({ ...matter, question: { ...matter.question, asked: { unit: '%', kinds: ['percent'] } } }, lexicon) : money;
      const figure = share.verdict === 'refused' ? money : share;
      const wanted = figure.verdict === 'refused' && ASKS_WHAT_IS_WANTED.test(folded) ? readMeasure(matter) : figure;
      const counted = kind === 'figure' && !isOfBest(matter, wanted) ? readEnumeration(matter, lexicon) : undefined;
      // What the best sentence enumerates is rather meant than a figure of another one.
      if (counted !== undefined && counted.verdict === 'answered' && counted.opening?.kind === 'count' && counted.opening.n >= FEWEST) return counted;
      if (wanted.verdict === 'answered') return wanted;
      return figure.verdict === 'answered' ? figure : ((kind === 'when' ? readNamedTime(matter) : counted) ?? frequency ?? figure);
    }
    case 'list':
      return countListed(matter, readList(matter));
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
