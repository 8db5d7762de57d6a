import { fillPhrase, loadPhrases } from '../text/phrases.ts';
import type { Count } from './counts.ts';
import { toDay } from './days.ts';
import type { UnansweredGroup } from './unanswered.ts';

/** The words of the reports, from the phrases; a key that has none, such as a cause of a model's failure, stands for itself. */
export type ReportWords = (key: string, values?: Readonly<Record<string, string | number>>) => string;

export function loadReportWords(): ReportWords {
  const { report } = loadPhrases();
  return (key, values = {}) => {
    const phrase = Object.hasOwn(report, key) ? [report[key] ?? key].flat()[0] ?? key : key;
    return fillPhrase(phrase, Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)])));
  };
}

export const toPercent = (share: number): string => `${Math.round(100 * share)}%`;

/** `12 ms`, `3.4 s`; `–` where nothing was measured. */
export function formatMs(ms: number | null): string {
  if (ms === null) return '–';
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}

export const describePeriod = (words: ReportWords, { from, to }: { readonly from: number; readonly to: number }): string => words('period', { from: toDay(from), to: toDay(to) });

/** 「拒答(原文没有写)」 */
export function describeReason(words: ReportWords, { doubt, detail }: Pick<UnansweredGroup['reasons'][number], 'doubt' | 'detail'>): string {
  return detail === undefined ? words(doubt) : `${words(doubt)}（${words(detail)}）`;
}

export const describeCounts = (words: ReportWords, counts: readonly Count[]): string => counts.map(({ name, count }) => `${words(name)} ${count}`).join('，');

/** A wording and why it stands with the others. */
export function describeWording(words: ReportWords, { question, count, similarity }: UnansweredGroup['wordings'][number]): string {
  return similarity === 1 ? words('sameWording', { question, count }) : words('wording', { question, count, percent: toPercent(similarity) });
}
