import { readAskedNoun } from '../question/asked-noun.ts';
import { countCalled, countNames } from '../evidence/enumerated.ts';
import { countsOther } from '../figures/figure-binding.ts';
import { findFirmMisses } from '../evidence/firm-misses.ts';
import { citeClauses, findKnownMisses } from '../evidence/reading.ts';
import type { Reading, ReadingMatter } from '../evidence/reading.ts';
import type { ScoredSentence } from '../evidence/scoring.ts';
import { namesSome } from '../figures/shared-total.ts';
import type { Lexicon } from '../../corpus/lexicon.ts';

/** 「…的有几个」「地方教材有几本」: how many, of things that can be counted one by one. */
const ASKS_HOW_MANY = /(?:几|多少)(个|所|家|项|本|部|册|种|类|位|名|座|条|份|门|支|处|件|样|间|台)/u;
const ENOUGH = 0.5;
const TITLES = /《[^《》]{1,60}》/gu;
const BOOKS = new Set(['本', '部', '册', '种', '份', '个', '门']);
function countIn(matter: ReadingMatter, scored: ScoredSentence, index: number, unit: string): number | undefined {
  const clause = scored.clauses[index]?.clause;
  if (clause === undefined) return undefined;
  const titles = clause.text.match(TITLES)?.length ?? 0;
  if (titles > 1 && BOOKS.has(unit)) return titles;
  const targets = matter.targetsOf?.(scored.sentence.source.noticeId) ?? [];
  const places = targets.filter(({ kind, clause: own }) => kind === 'creation' && own.start >= clause.start && own.end <= clause.end).map(({ place }) => place);
  const noun = readAskedNoun(matter.question.folded);
  return titles > 0 ? undefined : ((noun === undefined ? undefined : countCalled(clause.text, noun)) ?? countNames(clause.text, { noun, places }));
}

/** Counts the names that the clause asked about enumerates, where the notice gives no figure for them; undefined where it can't be counted for certain. */
export function readEnumeration(matter: ReadingMatter, lexicon: Lexicon): Reading | undefined {
  const unit = ASKS_HOW_MANY.exec(matter.question.folded)?.[1];
  const best = matter.sentences.find((scored) => !scored.sentence.sentence.isHeading);
  if (unit === undefined || best === undefined) return undefined;
  const ranked = best.clauses.map((clause, index) => ({ clause, index })).toSorted((left, right) => right.clause.score - left.clause.score);
  for (const { clause, index } of ranked) {
    const { strengths, coverage, own } = clause;
    // One of those that are enumerated is no number of them.
    if (countsOther(matter.question, clause.clause.folded) || namesSome(clause.clause.text, matter.question, lexicon)) continue;
    if (coverage < ENOUGH || own < (ranked[0]?.clause.own ?? 0) * NEARLY) continue;
    if (findFirmMisses(matter, strengths).length > 0 || findKnownMisses(matter, strengths).length > 0) continue;
    const n = countIn(matter, best, index, unit);
    if (n !== undefined) return { verdict: 'answered', shape: 'list', points: [{ span: citeClauses(best, index, index) }], opening: { kind: 'count', n, unit: 'entries', classifier: unit } };
  }
  const [top] = ranked;
  const isListed = top !== undefined && top.clause.coverage >= SURELY && top.clause.own >= ENOUGH && (top.clause.clause.text.match(/、/gu)?.length ?? 0) > 1;
  if (!isListed || namesSome(top.clause.clause.text, matter.question, lexicon) || countsOther(matter.question, top.clause.clause.folded) || findFirmMisses(matter, top.clause.strengths).length > 0) return undefined;
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
