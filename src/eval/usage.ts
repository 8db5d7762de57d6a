import type { Citation } from '../answer/answer.ts';
import type { LoggedQuestion } from '../store/store.ts';
import { countNames } from './counts.ts';
import type { Count } from './counts.ts';
import { listDays, toDay } from './days.ts';
import { percentile } from './statistics.ts';
import type { Period } from './unanswered.ts';

const STATUSES = ['answered', 'refused', 'chat'] as const;

/** What was asked in some time. */
export interface UsageFigures extends Readonly<Record<(typeof STATUSES)[number], number>> {
  readonly asked: number;
  /** Answers of a model that were replaced. */
  readonly degraded: number;
  readonly up: number;
  readonly down: number;
  /** Milliseconds of an answer by nearest rank; null where nothing was asked. */
  readonly medianMs: number | null;
  readonly p95Ms: number | null;
}

export interface UsageReport extends Period {
  readonly total: UsageFigures & { readonly conversations: number };
  /** Every day of the time, those on which nothing was asked included. */
  readonly days: readonly (UsageFigures & { readonly day: string })[];
  readonly channels: readonly Count[];
  /** By kind. */
  readonly refusals: readonly Count[];
  /** By cause. */
  readonly degradations: readonly Count[];
  /** Reasons of those who voted down. */
  readonly complaints: readonly Count[];
  /** Places and in how many answers they are cited, most first. */
  readonly sections: readonly (Count & { readonly noticeId: string; readonly section: string })[];
}

function measure(logged: readonly LoggedQuestion[]): UsageFigures {
  const count = (isMeant: (each: LoggedQuestion) => boolean): number => logged.filter(isMeant).length;
  const times = logged.map(({ totalMs }) => totalMs);
  return {
    asked: logged.length,
    answered: count(({ status }) => status === 'answered'),
    refused: count(({ status }) => status === 'refused'),
    chat: count(({ status }) => status === 'chat'),
    degraded: count(({ degraded }) => degraded !== undefined),
    up: count(({ verdict }) => verdict === 'up'),
    down: count(({ verdict }) => verdict === 'down'),
    medianMs: percentile(times, 0.5) ?? null,
    p95Ms: percentile(times, 0.95) ?? null,
  };
}

function countSections(logged: readonly LoggedQuestion[]): UsageReport['sections'] {
  const answered = logged.filter(({ status }) => status === 'answered');
  const places = new Map(answered.flatMap(({ citations }) => citations.map((place): [string, Citation] => [`${place.noticeId}/${place.section}`, place])));
  const counted = countNames(answered.flatMap(({ citations }) => [...new Set(citations.map(({ noticeId, section }) => `${noticeId}/${section}`))]));
  return counted.flatMap(({ name, count }) => {
    const place = places.get(name);
    return place === undefined ? [] : [{ name: place.label, count, noticeId: place.noticeId, section: place.section }];
  });
}

/** Who asked how much, and how it was answered. */
export function reportUsage(logged: readonly LoggedQuestion[], { from, to }: Period): UsageReport {
  const byDay = new Map<string, LoggedQuestion[]>();
  for (const each of logged) {
    const day = toDay(each.askedAt);
    const known = byDay.get(day);
    if (known === undefined) byDay.set(day, [each]);
    else known.push(each);
  }
  return {
    from, to,
    total: { ...measure(logged), conversations: new Set(logged.map(({ conversationId }) => conversationId)).size },
    days: listDays(from, to).map((day) => ({ day, ...measure(byDay.get(day) ?? []) })),
    channels: countNames(logged.map(({ channel }) => channel)),
    refusals: countNames(logged.flatMap(({ refusalKind }) => refusalKind ?? [])),
    degradations: countNames(logged.flatMap(({ degraded }) => degraded ?? [])),
    complaints: countNames(logged.flatMap(({ verdict, reason }) => (verdict === 'down' ? [reason ?? 'other'] : []))),
    sections: countSections(logged),
  };
}
