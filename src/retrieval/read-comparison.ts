import { MAY_BE_ROW, splitCells } from '../corpus/tables.ts';
import { parseFigures } from '../text/figures.ts';
import type { Figure, FigureKind } from '../text/figures.ts';
import { foldForMatching } from '../text/normalize.ts';
import type { Comparison, ComparisonAim } from './comparison.ts';
import type { CitedSpan, Evidence } from './evidence.ts';
import type { Question } from './question.ts';
import { matchTerm } from './match.ts';
import { parseAskedFigure } from './asked-figure.ts';
import type { Lexicon } from '../corpus/lexicon.ts';
import { BARE_YEAR } from './compared-names.ts';
import { compareCells } from './compare-cells.ts';
import { isCountable } from './same-measure.ts';
import { readSideBySide } from './side-by-side.ts';
import type { Table } from './tables.ts';
import type { Point, Reading } from './reading.ts';

/** One thing with its figure as written. */
export interface Measured {
  readonly name: string;
  readonly figure: string;
}

/** How compared figures stand to one another, computed from what is cited. */
export interface Computed {
  readonly kind: 'compare';
  /** `equal` where there is nothing between them, `change` from the one to the other of the same thing. */
  readonly aim: ComparisonAim | 'equal' | 'change';
  /** What the figures measure, for the words that fit: higher, longer, more. */
  readonly scale: 'share' | 'time' | 'amount';
  /** From what is asked for to the other end: the most first, or the least; of a change what held before, then what holds. */
  readonly things: readonly Measured[];
  /** How far the first and the last are apart (`8个百分点`), all together, or how many times (`2`). */
  readonly outcome: string;
}

export interface Found {
  readonly name: string;
  /** The figure's place first, then what says whose it is. */
  readonly points: readonly Point[];
  readonly figure: Figure;
}

/** Words of the question that only this name says, with those that a notice may have written instead, the last first: what stands last tells things apart. */
function listOwnWords({ terms, folded }: Question, name: string, others: readonly string[]): readonly (readonly string[])[] {
  const said = foldForMatching(name);
  return terms
    .filter(({ text, role }) => role !== 'frame' && text.length > 1 && said.includes(text) && others.every((other) => !foldForMatching(other).includes(text)))
    .toSorted((left, right) => folded.lastIndexOf(right.text) - folded.lastIndexOf(left.text))
    .map(({ text, alternatives }) => [text, ...alternatives]);
}

/**
 * Of figures of one kind in a row (甲级20万元、乙级10万元) the one that stands behind what only this name says; the given one where none does, or
 * several do.
 */
function chooseOwn(text: string, given: Figure, question: Question, name: string, others: readonly string[]): Figure {
  // The cells of a table's row are each of another column.
  if (MAY_BE_ROW.test(text)) return given;
  const row = parseFigures(text).filter(({ kind, unit }) => kind === given.kind && unit === given.unit);
  for (const words of listOwnWords(question, name, others)) {
    const behind = row.filter(({ start }, index) => words.some((word) => foldForMatching(text.slice(row[index - 1]?.end ?? 0, start)).includes(word)));
    if (behind.length === 1) return behind[0] ?? given;
  }
  return given;
}

/** Whether the sentence that a point stands in, or a heading of it, holds a word that only this name says; else its figure is of something else. */
function speaksOf({ span }: Point, name: string, others: readonly string[], { question, sentences }: Evidence): boolean {
  const own = listOwnWords(question, name, others);
  if (own.length === 0) return true;
  const sentence = sentences.find(({ noticeId, start, end }) => noticeId === span.noticeId && start <= span.start && span.end <= end);
  const around = foldForMatching([sentence?.text ?? span.text, span.label, ...(sentence?.headings ?? [])].join(' '));
  return question.terms.some((term) => own.some(([word]) => word === term.text) && matchTerm(term, around) > 0);
}

const SAYS_LITTLE = /[那这的]|[个项笔]/gu;
const LITTLE = 3;
const isLittleMore = (name: string, figure: string): boolean => name.replace(figure, '').replace(SAYS_LITTLE, '').length <= LITTLE;

/** The one figure that a question was answered with; undefined where there are several, or none. */
function findFigure(name: string, others: readonly string[], evidenceOf: Evidence): Found | undefined {
  const { reading, question } = evidenceOf;
  if (reading.verdict !== 'answered') return undefined;
  // 「68亿那个」 names its own figure, and hardly anything else; it must stand where the answer is.
  const named = question.figures.find(({ kind, text }) => kind !== 'year' && kind !== 'date' && isLittleMore(name, text));
  for (const point of named === undefined ? [] : reading.points) {
    const figure = parseFigures(point.span.text).find(({ value }) => value === named?.value);
    if (figure !== undefined) return { name, points: [point], figure };
  }
  const leading = reading.points.filter(({ lead }) => lead !== undefined);
  const [point] = leading;
  if (reading.shape !== 'figure' || leading.length !== 1 || point?.lead === undefined) return undefined;
  const start = point.span.text.indexOf(point.lead);
  const led = parseFigures(point.span.text).find((figure) => figure.start <= start && start < figure.end) ?? parseFigures(point.lead)[0];
  if (led === undefined) return undefined;
  if (!speaksOf(point, name, others, evidenceOf)) return undefined;
  const figure = chooseOwn(point.span.text, led, question, name, others);
  return figure.upper === undefined ? { name, points: [point, ...reading.points.filter((other) => other !== point)], figure } : undefined;
}

/** An amount as people write it; of shares in points. */
export function formatAmount(value: number, { unit, kind }: Figure, isShare: boolean): string {
  const plain = Number(value.toFixed(6));
  if (unit === '工作日' || unit === '月') return `${plain}个${unit}`;
  if (isShare && kind === 'percent') return `${plain}个百分点`;
  if (kind === 'money') return plain >= 1e8 ? `${Number((plain / 1e8).toFixed(6))}亿元` : plain >= 1e4 ? `${Number((plain / 1e4).toFixed(6))}万元` : `${plain}元`;
  return plain >= 1e4 && plain % 1e3 === 0 ? `${plain / 1e4}万${unit}` : `${plain}${unit}`;
}

/** Which words fit a figure: higher, longer, more. */
export function scaleOf({ kind, unit }: Figure): Computed['scale'] {
  if (kind === 'duration') return 'time';
  return kind === 'percent' || kind === 'percentage-point' || unit === '‰' ? 'share' : 'amount';
}

const ADDABLE: ReadonlySet<FigureKind> = new Set<FigureKind>(['count', 'money']);
const EXACT_TIMES = 100;

/** A whole (全市215个) and its part (其中城区128个), told in one of the sentences, are no two things to compare. */
function isWholeOf({ points: [whole], figure }: Found, { points: [part], figure: own }: Found, sentences: readonly CitedSpan[]): boolean {
  if (whole === undefined || part === undefined || whole.span.noticeId !== part.span.noticeId || figure.kind !== own.kind) return false;
  const [end, start] = [whole.span.start + figure.end, part.span.start + own.start];
  const told = sentences.find((sentence) => sentence.noticeId === part.span.noticeId && sentence.start <= whole.span.start && part.span.end <= sentence.end);
  return told !== undefined && end <= start && told.text.slice(end - told.start, start - told.start).includes('其中');
}

/** In which column of its row the figure stands; undefined outside tables. */
function columnOf({ points: [point], figure }: Found): number | undefined {
  if (point === undefined || !MAY_BE_ROW.test(point.span.text)) return undefined;
  return splitCells(point.span.text, { start: 0, end: point.span.text.length }).findIndex(({ start, end }) => start <= figure.start && figure.start < end);
}

const placeOf = ({ points: [point], figure }: Found): string => `${point?.span.noticeId} ${(point?.span.start ?? 0) + figure.start}`;

/** What comes out of figures that are counted alike; undefined where that can't be told. */
function compute(aim: ComparisonAim, found: readonly Found[]): Computed | undefined {
  const [first] = found;
  if (first === undefined || !isCountable(first.figure)) return undefined;
  const scale = scaleOf(first.figure);
  const describe = (things: readonly Found[]): readonly Measured[] => things.map(({ name, figure }) => ({ name, figure: figure.text }));
  if (aim === 'sum') {
    // What is 不少于 adds up to nothing certain.
    const canAdd = ADDABLE.has(first.figure.kind) && found.every(({ figure }) => figure.comparator === 'exactly');
    return canAdd ? { kind: 'compare', aim, scale, things: describe(found), outcome: formatAmount(found.reduce((sum, { figure }) => sum + figure.value, 0), first.figure, false) } : undefined;
  }
  const sorted = found.toSorted((left, right) => (aim === 'less' ? left.figure.value - right.figure.value : right.figure.value - left.figure.value));
  const [top, end] = [sorted[0], sorted.at(-1)];
  if (top === undefined || end === undefined) return undefined;
  const difference = Math.abs(top.figure.value - end.figure.value);
  if (aim === 'times') {
    const times = end.figure.value === 0 ? Number.NaN : top.figure.value / end.figure.value;
    const isExact = Math.abs(times * EXACT_TIMES - Math.round(times * EXACT_TIMES)) < 1e-6;
    if (isExact) return { kind: 'compare', aim, scale, things: describe(sorted), outcome: String(Math.round(times * EXACT_TIMES) / EXACT_TIMES) };
  }
  const isEqual = difference < 1e-9;
  const isTied = !isEqual && sorted.length > 2 && sorted[1]?.figure.value === top.figure.value;
  return isTied ? undefined : { kind: 'compare', scale, aim: isEqual ? 'equal' : aim === 'times' ? 'more' : aim, things: describe(sorted), outcome: formatAmount(difference, top.figure, true) };
}

/**
 * Reads a comparison from the answers to each figure. Where all are there and counted alike, with what comes out; where they are there and not
 * counted alike, all without; else refused with those that are missing.
 */
export function readComparison({ aim }: Comparison, names: readonly string[], evidences: readonly Evidence[]): Reading {
  const figures = evidences.map((evidence, index) => findFigure(names[index] ?? '', names.filter((_, other) => other !== index), evidence));
  const found = figures.filter((each) => each !== undefined);
  if (found.length < names.length) {
    const failed = evidences.find(({ reading }) => reading.verdict === 'refused')?.reading;
    const missing = names.filter((_, index) => figures[index] === undefined);
    return { verdict: 'refused', reason: failed?.verdict === 'refused' ? failed.reason : 'attribute', missing: missing.map((name) => `${name}的数字`), isFirm: false };
  }
  const isOfOneWhole = found.some((whole) => found.some((part) => isWholeOf(whole, part, evidences.flatMap(({ sentences }) => sentences))));
  const columns = found.flatMap((each) => columnOf(each) ?? []);
  const areOfColumns = columns.length > 1 && new Set(columns).size > 1;
  if (isOfOneWhole || areOfColumns || new Set(found.map(placeOf)).size < found.length) return { verdict: 'refused', reason: 'attribute', missing: [`${names.join('与')}各自的数字`], isFirm: false };
  return conclude(aim, found);
}

/** What comes out of the figures of all things, with their places. */
export function conclude(aim: ComparisonAim, found: readonly Found[]): Reading {
  const points = found.flatMap((each) => each.points.map(({ span }) => ({ span })));
  const isAlike = found.every(({ figure }) => figure.kind === found[0]?.figure.kind && figure.unit === found[0]?.figure.unit);
  const opening = isAlike ? compute(aim, found) : undefined;
  return { verdict: 'answered', shape: 'list', points, ...(opening === undefined ? {} : { opening }) };
}

/** The comparison of what one sentence tells side by side; undefined where none does. */
function readTogether({ aim, askings, readings }: Comparison, whole: Evidence): Reading | undefined {
  for (const asking of askings) {
    for (const names of readings) {
      const found = readSideBySide(names, parseAskedFigure(`${names[0] ?? ''}${asking}`, 'figure'), whole)?.map(({ name, figure, point }): Found => ({ name, figure, points: [point] }));
      const reading = found === undefined || found.some((each) => found.some((other) => isWholeOf(each, other, whole.sentences))) ? undefined : conclude(aim, found);
      if (reading?.verdict === 'answered' && reading.opening !== undefined) return reading;
    }
  }
  return undefined;
}

/**
 * Gathers the answer to a comparison: each way to read it is tried in turn until one gives figures that are counted alike. Else what gave figures at all,
 * else the refusal of the likeliest.
 */
export async function gatherComparison(comparison: Comparison, whole: Evidence, tables: readonly Table[], lexicon: Lexicon, gather: (question: string) => Promise<Evidence>): Promise<Reading> {
  const found = compareCells(comparison, whole, tables, lexicon);
  if (found !== undefined) return conclude(comparison.aim, found);
  const together = readTogether(comparison, whole);
  if (together !== undefined) return together;
  // A year alone asks for nothing.
  const readings = comparison.readings.filter((names) => !names.every((name) => BARE_YEAR.test(name)));
  if (readings.length === 0) return whole.reading;
  let answered: Reading | undefined;
  let refused: Reading | undefined;
  for (const asking of comparison.askings) {
    for (const names of readings) {
      const evidences: Evidence[] = [];
      for (const name of names) evidences.push(await gather(`${name}${asking}`));
      const reading = readComparison(comparison, names, evidences);
      if (reading.verdict === 'refused') refused ??= reading;
      else if (reading.opening !== undefined) return reading;
      else answered ??= reading;
    }
  }
  return answered ?? refused ?? { verdict: 'refused', reason: 'outside', missing: [], isFirm: false };
}

/** Whether the question as it stands is answered with a figure that is no mere neighbour of what it compares. */
export function isAnsweredWhole({ aim }: Comparison, { reading }: Evidence): boolean {
  return reading.verdict === 'answered' && aim === 'sum' && reading.points.some(({ span }) => parseFigures(span.text).length > 0);
}
