import type { Citation } from '../answer/answer.ts';
import type { LoggedQuestion } from '../store/store.ts';
import { countNames } from './counts.ts';
import type { Count } from './counts.ts';
import { listDays, toDay } from './days.ts';
import { findDoubts } from './doubts.ts';
import type { Doubt, FoundDoubt } from './doubts.ts';
import { groupQuestions } from './question-groups.ts';

/** So many places are shown with a question. */
const MOST_NEAREST = 3;

export interface UnansweredGroup {
  /** From 1, as it is picked by. */
  readonly number: number;
  /** The wording that was asked most, understood with its conversation. */
  readonly question: string;
  readonly count: number;
  /** Milliseconds of Unix time. */
  readonly firstAt: number;
  readonly lastAt: number;
  readonly reasons: readonly (FoundDoubt & { readonly count: number })[];
  /** Others than the question, most asked first, those that differ by width and punctuation only left out; `similarity` 0 to 1. */
  readonly wordings: readonly { readonly question: string; readonly count: number; readonly similarity: number }[];
  /** Words of the question that the notice does not have. */
  readonly missing: readonly string[];
  readonly comments: readonly string[];
  readonly channels: readonly Count[];
  /** Cited, or nearest where it was refused, most often shown first. */
  readonly nearest: readonly Citation[];
}

export interface UnansweredReport {
  readonly from: number;
  readonly to: number;
  /** Of all questions in this time. */
  readonly asked: number;
  readonly doubtful: number;
  readonly groups: readonly UnansweredGroup[];
  readonly days: readonly Count[];
  /** Labels of places near which questions came, most first. */
  readonly places: readonly Count[];
}

export interface Period {
  readonly from: number;
  readonly to: number;
}

interface Doubtful {
  readonly logged: LoggedQuestion;
  readonly doubts: readonly FoundDoubt[];
}

function countReasons(asked: readonly Doubtful[]): UnansweredGroup['reasons'] {
  const reasons = countNames(asked.flatMap(({ doubts }) => doubts.map(({ doubt, detail }) => JSON.stringify({ doubt, ...(detail !== undefined && { detail }) }))));
  return reasons.map(({ name, count }) => ({ ...(JSON.parse(name) as FoundDoubt), count }));
}

function findNearest(asked: readonly Doubtful[]): Citation[] {
  const citations = new Map<string, Citation>();
  const keyOf = ({ noticeId, start, end }: Citation): string => `${noticeId} ${start} ${end}`;
  for (const { logged } of asked) for (const citation of logged.citations) citations.set(keyOf(citation), citation);
  const counted = countNames(asked.flatMap(({ logged }) => logged.citations.map(keyOf)));
  return counted.slice(0, MOST_NEAREST).flatMap(({ name }) => citations.get(name) ?? []);
}

function toGroup(wordings: ReturnType<typeof groupQuestions<Doubtful>>[number]): Omit<UnansweredGroup, 'number'> {
  const asked = wordings.flatMap((wording) => wording.asked);
  const times = asked.map(({ logged }) => logged.askedAt);
  return {
    question: wordings[0]?.question ?? '',
    count: asked.length,
    firstAt: Math.min(...times),
    lastAt: Math.max(...times),
    reasons: countReasons(asked),
    wordings: wordings.slice(1).map(({ question, similarity, asked: { length: count } }) => ({ question, count, similarity })),
    missing: countNames(asked.flatMap(({ logged }) => logged.missing)).map(({ name }) => name),
    comments: [...new Set(asked.flatMap(({ logged }) => logged.comment ?? []))],
    channels: countNames(asked.map(({ logged }) => logged.channel)),
    nearest: findNearest(asked),
  };
}

/** What was refused, badly rated, weakly supported, cut or degraded, the wordings of a question together; most asked first. */
export function reportUnanswered(logged: readonly LoggedQuestion[], { from, to }: Period, doubts?: ReadonlySet<Doubt>): UnansweredReport {
  const doubtful = logged
    .map((each): Doubtful => ({ logged: each, doubts: findDoubts(each).filter(({ doubt }) => doubts === undefined || doubts.has(doubt)) }))
    .filter((each) => each.doubts.length > 0);
  const groups = groupQuestions(doubtful, (each) => each.logged.standaloneQuestion || each.logged.question).map(toGroup);
  groups.sort((left, right) => right.count - left.count || right.lastAt - left.lastAt);
  const counts = new Map(countNames(doubtful.map((each) => toDay(each.logged.askedAt))).map(({ name, count }) => [name, count]));
  return {
    from, to,
    asked: logged.length,
    doubtful: doubtful.length,
    groups: groups.map((group, index) => ({ number: index + 1, ...group })),
    days: listDays(from, to).map((name) => ({ name, count: counts.get(name) ?? 0 })),
    places: countNames(doubtful.flatMap((each) => [...new Set(each.logged.citations.map(({ label }) => label))])),
  };
}
