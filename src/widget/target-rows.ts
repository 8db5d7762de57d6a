import type { Target } from '../corpus/target.ts';
import type { Figure } from '../text/figure.ts';

type TargetFigure = Pick<Figure, 'text' | 'value' | 'unit' | 'kind'>;

/** A target as `GET /api/targets` tells it, as far as it is shown. */
export interface TargetEntry extends Pick<Target, 'noticeId' | 'passageId' | 'section' | 'label' | 'kind' | 'measured' | 'strength' | 'period' | 'place'> {
  readonly carried?: { readonly text: string };
  readonly figure?: TargetFigure;
  readonly further?: readonly TargetFigure[];
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export const COLUMNS = ['measured', 'figure', 'strength', 'period', 'place', 'source'] as const;
export type Column = (typeof COLUMNS)[number];

/** Named as the service names them. */
export interface TargetFilter {
  readonly notice: string;
  readonly part: string;
  readonly kind: string;
  readonly words: string;
}

/** 「二、聚焦改革治理…」 of 「二、聚焦改革治理… › 五是…」 */
export const partOf = ({ label }: Pick<TargetEntry, 'label'>): string => label.split(' › ')[0] ?? '';

/** What is measured, with what an earlier clause says that it is of. */
export function nameTarget({ measured, carried }: TargetEntry): string {
  return carried === undefined || measured.includes(carried.text) ? measured : `${carried.text} · ${measured}`;
}

export function writeFigures({ figure, further = [] }: TargetEntry): string {
  return [figure, ...further].flatMap((each) => each?.text ?? []).join('，');
}

export function cellOf(target: TargetEntry, column: Column): string {
  return column === 'measured' ? nameTarget(target) : column === 'figure' ? writeFigures(target) : target[column === 'source' ? 'label' : column];
}

/** Full width, capitals, spaces and quotation marks make no difference. */
const fold = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/[\s"'`‘-”〈-』«»]/g, '');

/** As the service filters what it exports. */
export function filterTargets(targets: readonly TargetEntry[], { notice, part, kind, words }: TargetFilter): TargetEntry[] {
  const wanted = words.split(/\s+/).map(fold).filter(Boolean);
  return targets.filter((target) => {
    const row = fold(`${nameTarget(target)}|${target.text}|${target.strength}|${target.period}|${target.place}`);
    return (notice === '' || target.noticeId === notice) && (part === '' || partOf(target) === part) && (kind === '' || target.kind === kind) && wanted.every((word) => row.includes(word));
  });
}

/** By the column; figures by their unit and value, everything else as it is written. Without a column, in the notice's order. */
export function sortTargets(targets: readonly TargetEntry[], column: Column | undefined, isDescending: boolean, language: string): TargetEntry[] {
  if (column === undefined) return [...targets];
  const { compare } = new Intl.Collator(language, { numeric: true });
  const turn = isDescending ? -1 : 1;
  return [...targets].sort((left, right) => {
    const [a, b] = [cellOf(left, column), cellOf(right, column)];
    // Empty cells stand last, whichever way.
    if (a === '' || b === '') return Number(a === '') - Number(b === '');
    if (column === 'figure') return turn * (compare(left.figure?.unit ?? '', right.figure?.unit ?? '') || (left.figure?.value ?? 0) - (right.figure?.value ?? 0));
    if (column === 'source') return turn * (compare(left.noticeId, right.noticeId) || left.start - right.start);
    return turn * compare(a, b);
  });
}

/** How long the bar of a percentage is, 0 to 100; undefined for what is none. */
export function percentOf({ figure }: TargetEntry): number | undefined {
  return figure?.kind === 'percent' && figure.value >= 0 && figure.value <= 100 ? figure.value : undefined;
}

/** The table as text with tabs, for a document or a spreadsheet; cells hold no tabs or line breaks. */
export function renderTable(targets: readonly TargetEntry[], head: readonly string[], foot: readonly string[]): string {
  const line = (cells: readonly string[]): string => cells.map((cell) => cell.replace(/\s+/g, ' ')).join('\t');
  return [line(head), ...targets.map((target) => line(COLUMNS.map((column) => cellOf(target, column)))), '', ...foot].join('\n');
}
