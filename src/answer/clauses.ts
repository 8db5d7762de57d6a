import { parseFigures, type Figure } from '../text/figures.ts';
import { foldForMatching } from '../text/normalize.ts';
import { splitClauses, splitSentences } from '../text/sentences.ts';

/** A figure with the words of its own clause that can belong to it. */
export interface FigureContext {
  readonly figure: Figure;
  /** A time that bounds what is said, not the thing that is measured (压缩到4小时以内 is measured). */
  readonly isTime: boolean;
  /** Pairs of neighbouring letters around the figure, figures left out. */
  readonly pairs: ReadonlySet<string>;
  /** The words around the figure, as written. */
  readonly words: string;
}

export interface ReadClause {
  readonly written: string;
  /** Folded, with `|` where figures stood. */
  readonly folded: string;
  readonly pairs: ReadonlySet<string>;
  readonly contexts: readonly FigureContext[];
  /** Pairs of the clauses before it in its sentence that hold no figure of their own, and name what is spoken of. */
  readonly topic: ReadonlySet<string>;
  /** Pairs of all clauses before it in its sentence: a subject may stand there and hold on. */
  readonly earlier: ReadonlySet<string>;
  /** Times that hold for the clause: its own, or those of a clause in front that is nothing but a time (到2025年,…). */
  readonly periods: readonly Figure[];
  /** Its own times and those of the clause in front: any of them may be told of it. */
  readonly times: readonly Figure[];
  /** Counts the sentences of a text. */
  readonly sentence: number;
}

const MASK = '|';
/** Letters that a clause may hold besides its time and still be nothing but a time: 到, 截至, 其中, 力争. */
const PERIOD_ONLY = /^(?:截至|截止|其中|力争|确保|争取|预计|到|至|在|于|自|从|前|起|末|底|,|\*|-)*$/;
const CELLS = /[^|\t]+/g;

/** All neighbouring pairs within runs of letters. */
export function pairsOf(folded: string): Set<string> {
  const pairs = new Set<string>();
  for (const run of folded.matchAll(/[\p{L}\p{N}+]+/gu)) {
    const letters = [...run[0]];
    for (let index = 0; index + 1 < letters.length; index += 1) pairs.add(`${letters[index] ?? ''}${letters[index + 1] ?? ''}`);
  }
  return pairs;
}

/** A time that bounds what is said, not the thing that is measured. */
export function isPeriod({ kind, comparator }: Figure): boolean {
  return kind === 'year' || kind === 'date' || kind === 'time' || (kind === 'duration' && comparator === 'at-most');
}

/** The clauses of a text with their figures, and for each figure the words that belong to it. */
export function readClauses(text: string): ReadClause[] {
  const figures = parseFigures(text);
  const clauses: ReadClause[] = [];
  let topic = new Set<string>();
  let governing: readonly Figure[] = [];
  let earlier: ReadonlySet<string> = new Set();
  let sentence = 0;
  for (const span of splitSentences(text)) {
    // Behind a semicolon the sentence goes on, with what it speaks of and its time.
    const isContinued = /[;；]\s*$/.test(text.slice(Math.max(0, span.start - 3), span.start));
    const isRow = /[|\t]/.test(text.slice(span.start, span.end));
    const spans = isRow ? splitCells(text, span.start, span.end) : splitClauses(text, span.start, span.end);
    if (!isContinued) [topic, governing, earlier, sentence] = [new Set(), [], new Set(), sentence + 1];
    if (isRow) topic = pairsOf(foldForMatching(text.slice(span.start, span.end)));
    for (const { start, end } of spans) {
      const own = figures.filter((figure) => figure.start >= start && figure.start < end);
      const quantities = own.filter(({ kind }) => kind !== 'name');
      const folded = mask(text, start, end, quantities);
      const isPeriodOnly = quantities.length > 0 && quantities.every(isPeriod) && PERIOD_ONLY.test(folded.replaceAll(MASK, ''));
      const periods = quantities.filter((figure) => isPeriod(figure) && (isPeriodOnly || !isMeasured(figure, text, end)));
      if (isPeriodOnly) governing = periods;
      const pairs = pairsOf(folded);
      const contexts = readContexts(text, start, end, quantities, periods);
      if (folded.startsWith('其中')) topic = new Set([...topic, ...earlier]);
      const times = [...periods, ...governing];
      const holding = periods.length > 0 ? periods : governing;
      clauses.push({ written: text.slice(start, end), folded, pairs, contexts, topic, earlier, periods: holding, times, sentence });
      if (quantities.every((figure) => periods.includes(figure) || figure.kind === 'ordinal')) topic = new Set([...topic, ...pairs]);
      earlier = new Set([...earlier, ...pairs]);
    }
  }
  return clauses;
}

/** A duration that the clause ends with is what the clause is about: 控制在10分钟以内. */
function isMeasured(figure: Figure, text: string, clauseEnd: number): boolean {
  return figure.kind === 'duration' && !/[\p{L}\p{N}]/u.test(text.slice(figure.end, clauseEnd));
}

function splitCells(text: string, start: number, end: number): { start: number; end: number }[] {
  const cells = [...text.slice(start, end).matchAll(CELLS)];
  return cells.map((cell) => ({ start: start + cell.index, end: start + cell.index + cell[0].length }));
}

function mask(text: string, start: number, end: number, figures: readonly Figure[]): string {
  let masked = '';
  let from = start;
  for (const figure of figures) {
    masked += text.slice(from, Math.max(from, figure.start)) + MASK;
    from = Math.max(from, figure.end);
  }
  return foldForMatching(masked + text.slice(Math.min(from, end), end));
}

/** Cuts a clause with several figures into the stretches that belong to each: 100个新型教学空间、100门网络同步课程. */
function readContexts(text: string, start: number, end: number, figures: readonly Figure[], times: readonly Figure[]): FigureContext[] {
  const measured = figures.filter((figure) => !times.includes(figure));
  const context = (from: number, to: number, figure: Figure): FigureContext => contextOf(text, from, to, figure, { all: figures, times });
  const respectively = spreadRespectively(text, start, measured);
  const contexts = times.map((figure) => context(start, end, figure));
  if (respectively !== undefined) return [...contexts, ...respectively];
  let from = start;
  let group: Figure[] = [];
  measured.forEach((figure, index) => {
    group.push(figure);
    const next = measured[index + 1];
    const cut = next === undefined ? end : cutBetween(text, figure.end, next.start);
    if (cut === undefined) return;
    for (const member of group) contexts.push(context(from, cut, member));
    from = cut;
    group = [];
  });
  return contexts;
}

/** The figures of a clause, and which of them are times. */
interface Figures {
  readonly all: readonly Figure[];
  readonly times: readonly Figure[];
}

/** Where one figure's words end and the next one's begin; undefined where nothing divides them (16个项目30亿投资). */
function cutBetween(text: string, from: number, to: number): number | undefined {
  const between = text.slice(from, to);
  const marks = [...between.matchAll(/[、和与及并]/g)].map(({ index }) => index);
  const first = marks[0];
  const last = marks.at(-1);
  if (first === undefined || last === undefined) return undefined;
  if (first === 0) return from;
  return from + last;
}

function contextOf(text: string, start: number, end: number, figure: Figure, { all, times }: Figures): FigureContext {
  const inside = all.filter((other) => other.start >= start && other.end <= end);
  return { figure, isTime: times.includes(figure), pairs: pairsOf(mask(text, start, end, inside)), words: text.slice(start, end) };
}

/** 甲和乙分别达到90%和98%: the first figure belongs to 甲, the second to 乙. */
function spreadRespectively(text: string, start: number, figures: readonly Figure[]): FigureContext[] | undefined {
  const first = figures[0];
  if (first === undefined || figures.length < 2) return undefined;
  const before = text.slice(start, first.start);
  const mark = before.lastIndexOf('分别');
  const things = mark < 0 ? [] : before.slice(0, mark).split(/[、和与及]/);
  if (things.length !== figures.length) return undefined;
  return figures.map((figure, index) => {
    const words = things[index] ?? '';
    return { figure, isTime: false, pairs: pairsOf(foldForMatching(words)), words };
  });
}
