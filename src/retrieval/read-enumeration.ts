import { countsOther } from './figure-binding.ts';
import { findFirmMisses } from './firm-misses.ts';
import { citeClauses, findKnownMisses } from './reading.ts';
import type { Reading, ReadingMatter } from './reading.ts';
import type { ScoredSentence } from './scoring.ts';

/** 「…的有几个」「地方教材有几本」: how many, of things that can be counted one by one. */
const ASKS_HOW_MANY = /(?:几|多少)(个|所|家|项|本|部|册|种|类|位|名|座|条|份|门|支|处|件)/u;
const ENOUGH = 0.5;
const TITLES = /《[^《》]{1,60}》/gu;
/** Names side by side: 黄岩、三门; 永宁中学、三梅中学. */
const NAMES = /[\p{Script=Han}A-Za-z0-9“”]{2,16}(?:、[\p{Script=Han}A-Za-z0-9“”]{2,16})+/gu;
const LAST_JOINT = /(?:和|与|及|以及)/u;
const BOOKS = new Set(['本', '部', '册', '种', '份', '个', '门']);
const LONGEST_NAME = 8;
/** What names of places and institutions end in. */
const ENDS_A_NAME = /[县市区镇乡村街路校园院馆所站场厂店港湾山河湖库桥线]$/u;

/** Whether both names end in the same word, whatever stands behind the second: 永宁中学 and 三梅中学项目. */
function areOfOneKind(left: string, right: string): boolean {
  const kind = ENDS_A_NAME.test(left) ? left.slice(-1) : left.slice(-2);
  return left.length > kind.length && right.slice(1, LONGEST_NAME).includes(kind);
}

/**
 * How many names a clause enumerates; undefined where that can't be told by code alone: several enumerations, names of different kinds, or a joint that
 * may stand within a name.
 */
function countNames(text: string, places: readonly string[]): number | undefined {
  const runs = [...text.matchAll(NAMES)].map(([run]) => run);
  const [run] = runs;
  if (run === undefined || runs.length > 1) return undefined;
  const listed = run.split('、');
  const last = listed.at(-1) ?? '';
  const joined = last.split(LAST_JOINT);
  // 管理育人和协同育人: the joint closes the enumeration where what stands before it is one of the kind.
  const isClosed = joined.length === 2 && areOfOneKind(listed[0] ?? '', joined[0] ?? '') && areOfOneKind(listed[0] ?? '', joined[1] ?? '');
  if (LAST_JOINT.test(run) && !isClosed) return undefined;
  const names = isClosed ? [...listed.slice(0, -1), ...joined] : listed;
  const isOfPlaces = places.some((place) => run.startsWith(place));
  const isAlike = names.slice(1).every((name) => areOfOneKind(names[0] ?? '', name));
  return isOfPlaces || isAlike ? names.length : undefined;
}

function countIn(matter: ReadingMatter, scored: ScoredSentence, index: number, unit: string): number | undefined {
  const clause = scored.clauses[index]?.clause;
  if (clause === undefined) return undefined;
  const titles = clause.text.match(TITLES)?.length ?? 0;
  if (titles > 1 && BOOKS.has(unit)) return titles;
  const targets = matter.targetsOf?.(scored.sentence.source.noticeId) ?? [];
  const places = targets.filter(({ kind, clause: own }) => kind === 'creation' && own.start >= clause.start && own.end <= clause.end).map(({ place }) => place);
  return titles > 0 ? undefined : countNames(clause.text, places);
}

/** Counts the names that the clause asked about enumerates, where the notice gives no figure for them; undefined where it can't be counted for certain. */
export function readEnumeration(matter: ReadingMatter): Reading | undefined {
  const unit = ASKS_HOW_MANY.exec(matter.question.folded)?.[1];
  const best = matter.sentences.find((scored) => !scored.sentence.sentence.isHeading);
  if (unit === undefined || best === undefined) return undefined;
  const ranked = best.clauses.map((clause, index) => ({ clause, index })).toSorted((left, right) => right.clause.score - left.clause.score);
  for (const { clause, index } of ranked) {
    const { strengths, coverage, own } = clause;
    if (countsOther(matter.question, clause.clause.folded)) continue;
    if (coverage < ENOUGH || own < (ranked[0]?.clause.own ?? 0) * NEARLY) continue;
    if (findFirmMisses(matter, strengths).length > 0 || findKnownMisses(matter, strengths).length > 0) continue;
    const n = countIn(matter, best, index, unit);
    if (n !== undefined) return { verdict: 'answered', shape: 'list', points: [{ span: citeClauses(best, index, index) }], opening: { kind: 'count', n, unit: 'entries', classifier: unit } };
  }
  const [top] = ranked;
  const isListed = top !== undefined && top.clause.coverage >= SURELY && top.clause.own >= ENOUGH && (top.clause.clause.text.match(/、/gu)?.length ?? 0) > 1;
  if (!isListed || countsOther(matter.question, top.clause.clause.folded) || findFirmMisses(matter, top.clause.strengths).length > 0) return undefined;
  return { verdict: 'answered', shape: 'sentences', points: [{ span: citeClauses(best, top.index, top.index) }] };
}

/** What is enumerated without being counted for certain is quoted where it is surely what is asked about. */
const SURELY = 0.8;
/** Another clause of the sentence is counted where it holds nearly as much of the question itself. */
const NEARLY = 0.9;

/** 「讲了几种育人,是哪几种」: what a list reads from one clause, with how many there are, where that can be counted. */
export function countListed(matter: ReadingMatter, reading: Reading): Reading {
  if (reading.verdict === 'refused' || reading.opening !== undefined || reading.points.length !== 1 || !ASKS_HOW_MANY.test(matter.question.folded)) return reading;
  const [point] = reading.points;
  const scored = matter.sentences.find(({ sentence: { sentence, source } }) => source.noticeId === point?.span.noticeId && sentence.start <= point.span.start && point.span.end <= sentence.end);
  const classifier = ASKS_HOW_MANY.exec(matter.question.folded)?.[1];
  if (scored === undefined || classifier === undefined) return reading;
  const ranked = scored.clauses.map((clause, index) => ({ clause, index })).toSorted((left, right) => right.clause.own - left.clause.own);
  const n = ranked[0] === undefined ? undefined : countIn(matter, scored, ranked[0].index, classifier);
  return n === undefined ? reading : { ...reading, opening: { kind: 'count', n, unit: 'entries', classifier } };
}
