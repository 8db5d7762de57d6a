import { MAY_BE_ROW, splitCells } from '../../corpus/tables.ts';
import { parseFigures } from '../../text/figures.ts';
import type { Figure } from '../../text/figures.ts';
import { foldForMatching } from '../../text/normalize.ts';
import type { Comparison } from '../question/comparison.ts';
import { conclude } from '../evidence/computed.ts';
import type { Found } from '../evidence/computed.ts';
import type { CitedSpan, Evidence } from '../evidence/evidence.ts';
import type { Question } from '../question/question.ts';
import { matchTerm } from '../evidence/match.ts';
import { parseAskedFigure } from '../question/asked-figure.ts';
import type { Lexicon } from '../../corpus/lexicon.ts';
import { BARE_YEAR } from '../question/compared-names.ts';
import { compareCells } from '../figures/compare-cells.ts';
import { readSideBySide } from '../figures/side-by-side.ts';
import type { Table } from '../evidence/tables.ts';
import type { Point, Reading } from '../evidence/reading.ts';

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
