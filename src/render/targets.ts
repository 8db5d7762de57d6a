import type { Notice } from '../corpus/notice.ts';
import type { Target } from '../corpus/target.ts';
import type { Phrases } from '../text/phrases.ts';
import { CSV_START, toCsvCell, toCsvLine } from './csv.ts';
import { toPrintableLine } from './printable.ts';

const COLUMNS = ['measured', 'figure', 'strength', 'period', 'place', 'kind', 'notice', 'issuer', 'published', 'source', 'sentence', 'start', 'end', 'caveat'] as const;

/** Who issued a notice, and when. */
export type NoticeIssue = Pick<Notice, 'title' | 'source' | 'publishedAt' | 'date'>;

/** A line of the table, column by column. */
export type TargetCells = Readonly<Record<(typeof COLUMNS)[number], string>>;

const phraseOf = (phrases: Phrases, key: string): string => [phrases.targets[key] ?? key].flat()[0] ?? key;

/** A target in words, in the order of the table's columns; every cell is the notice's own words but for the kind. */
export function describeTarget(target: Target, phrases: Phrases, findNotice: (noticeId: string) => NoticeIssue | undefined): TargetCells {
  const { measured, carried, figure, further = [], strength, period, place, kind, noticeId, label, sentence, clause } = target;
  const issue = findNotice(noticeId);
  return {
    measured: carried === undefined ? measured : `${carried.text} ${measured}`,
    figure: [figure, ...further].flatMap((each) => (each === undefined ? [] : [each.text])).join('、'),
    strength, period, place, kind: phraseOf(phrases, kind === 'figure' ? 'figureKind' : kind), notice: issue?.title ?? noticeId, issuer: issue?.source ?? '', published: issue?.publishedAt ?? issue?.date ?? '', source: label, sentence: sentence.text.trim(),
    start: String(clause.start), end: String(clause.end), caveat: phraseOf(phrases, 'original'),
  };
}

/** A target on one line: what is measured, and what is told of it (68亿元 · 计划完成 · 全年); empty where nothing is. */
export function summarizeTarget(target: Target, phrases: Phrases): { readonly measured: string; readonly told: string } {
  const { measured, figure, strength, period, place } = describeTarget(target, phrases, () => undefined);
  return { measured, told: [figure, strength, period, place].map(toPrintableLine).filter((text) => text !== '').join(' · ') };
}

/** Column heads for people, in their order. */
export function targetHeads(phrases: Phrases): TargetCells {
  return Object.fromEntries(COLUMNS.map((column) => [column, phraseOf(phrases, column)])) as TargetCells;
}

/** The table for a spreadsheet: with a byte order mark, and no cell that could be run. Offsets count into the notice's text. */
export function renderTargetsCsv(targets: readonly Target[], phrases: Phrases, notices: readonly Notice[]): string {
  const byId = new Map(notices.map((notice) => [notice.id, notice]));
  const lines = targets.map((target) => {
    const cells = describeTarget(target, phrases, (id) => byId.get(id));
    return toCsvLine(COLUMNS.map((column) => toCsvCell(cells[column])));
  });
  return `${CSV_START}${toCsvLine(Object.values(targetHeads(phrases)))}${lines.join('')}`;
}
