import type { Lexicon } from '../../corpus/lexicon.ts';
import { parseFigures } from '../../text/figures.ts';
import { findClaimed, saysWhole, valuesOf } from '../evidence/claimed-cells.ts';
import { blankOut, findColumn, findLabels, findNamedRows, isAllHeld } from '../evidence/find-cell.ts';
import type { FoundColumn, NamedRow } from '../evidence/find-cell.ts';
import { DAY_KINDS, fitFigure } from '../figures/fit-figure.ts';
import { asksNegatively, findDenial } from '../evidence/negation.ts';
import type { Question } from '../question/question.ts';
import type { Point, Reading, ReadingMatter } from '../evidence/reading.ts';
import { isEqual, isSameMeasure } from '../../text/same-measure.ts';
import { measureCell } from '../evidence/tables.ts';
import type { Cell, Column, Table } from '../evidence/tables.ts';
import { readAskedDoer, tellsDoer } from './told-doer.ts';

/** Rows that a question names, and the column that it asks for. */
interface Asked {
  readonly table: Table;
  readonly named: readonly NamedRow[];
  readonly found: FoundColumn;
  /** How much of the question names the rows, in characters. */
  readonly said: number;
}

const SAYS_SOMETHING = /[\p{L}\p{N}]/u;

function findAsked({ question, terms }: ReadingMatter, table: Table, lexicon: Lexicon): Asked | undefined {
  const doer = question.kind === 'yes-no' ? readAskedDoer(question) : undefined;
  const { folded } = question;
  // 区人民医院 names no 滨江康复医院.
  const named = findNamedRows(table, doer === undefined ? folded : blankOut(folded, [doer.place]));
  if (named.length === 0) return undefined;
  const taken = named.map(({ stretch }) => stretch);
  const key = named[0]?.key ?? 0;
  const claimed = question.kind === 'yes-no' ? findClaimed(table, folded, taken).filter(({ column }) => column !== key) : [];
  const byLabel = findColumn(question, terms, table, taken, [key]);
  const [only, other] = claimed;
  const found = byLabel?.isNamed === true ? byLabel : only !== undefined && other === undefined ? { column: only.column, isNamed: true, stretches: byLabel?.column === only.column ? byLabel.stretches : [] } : byLabel;
  if (found === undefined || !isOfEach(question, table.columns[found.column]) || isOfOtherEach(question, named, found.column)) return undefined;
  const isOfDoer = doer !== undefined && tellsDoer(doer.deed, table.columns[found.column]?.label ?? '');
  const all = [...taken, ...found.stretches, ...claimed.flatMap(({ values }) => values), ...(isOfDoer ? [doer.place] : [])];
  return isAllHeld(question, terms, table, named.map(({ row }) => row), all, !found.isNamed, lexicon) ? { table, named, found, said: taken.reduce((sum, { start, end }) => sum + end - start, 0) } : undefined;
}

const EACH = /^每(?!个|人|家)\p{Script=Han}{1,3}$/u;
/** 每亩补多少 asks for what each gets, which a column tells by its name (月薪, 每亩补助) or its unit (元/亩). */
function isOfEach({ terms }: Question, column: Column | undefined): boolean {
  return terms.every(({ text }) => !EACH.test(text) || column === undefined || column.label.includes(text.slice(1)) || column.unit.includes(`/${text.slice(1)}`));
}

/** 「每家补多少」, where another cell of the row tells it: 新建12家,每家补助20万元. */
function isOfOtherEach({ folded }: Question, named: readonly NamedRow[], column: number): boolean {
  const each = /每\p{Script=Han}/u.exec(folded)?.[0];
  return each !== undefined && named.some(({ row: { cells } }) => !(cells[column]?.folded.includes(each) ?? false) && cells.some((cell) => cell.folded.includes(each)));
}

/** Whether a cell is so as a yes-no question has it; undefined where the question puts nothing to the test that could stand there. */
function testCell(matter: ReadingMatter, { table, named, found }: Asked, cell: Cell): boolean | undefined {
  const { question } = matter;
  const taken = named.map(({ stretch }) => stretch);
  const claimed = findClaimed(table, question.folded, taken);
  const said = [...taken, ...claimed.flatMap(({ values }) => values)];
  const unit = table.columns[found.column]?.unit ?? '';
  // 市红十字会 tells no ten.
  const asked = question.figures.filter(({ start, end }) => !said.some((stretch) => stretch.start <= start && end <= stretch.end)).map((figure) => measureCell(figure, unit));
  if (asked.length > 1) return undefined;
  const [figure] = asked;
  const [own] = cell.figure === undefined ? parseFigures(cell.text) : [cell.figure];
  if (figure !== undefined) {
    if (figure.comparator !== 'exactly' || own === undefined || own.comparator !== 'exactly') return undefined;
    // 新增床位 40: what is counted stands in the column's name.
    if (own.unit === '' && own.kind === 'count' && figure.kind === 'count' && found.isNamed) return own.value === figure.value;
    return isSameMeasure(figure, own) ? isEqual(figure, own) : undefined;
  }
  if (cell.figure !== undefined) return undefined;
  if (valuesOf(cell).some((value) => saysWhole(question.folded, value))) return true;
  if (claimed.length > 0) return false;
  const doer = readAskedDoer(question);
  return doer === undefined || !tellsDoer(doer.deed, table.columns[found.column]?.label ?? '') ? undefined : cell.folded.includes(doer.name);
}

/** What a dash in a cell tells: that there is none of it, and no figure. */
function readEmpty(question: Question, asked: Asked): Reading | undefined {
  const { kind, folded, figures } = question;
  if (!asked.found.isNamed || asked.named.length > 1) return undefined;
  if (kind === 'yes-no') return figures.length === 0 && ASKS_WHETHER_ANY.test(folded) ? { verdict: 'answered', shape: 'yes-no', polarity: 'no', points: pointsOf(question, asked).map(({ span }) => ({ span })) } : undefined;
  return kind === 'figure' || kind === 'when' || kind === 'who' ? { verdict: 'refused', reason: 'attribute', missing: [], isFirm: true } : undefined;
}
const ASKS_WHETHER_ANY = /(?<!还)有(?:没有|无)?.{0,12}(?:吗|么|任务|没有|没)?[?？]?$/u;

const ASKS_ONE = /多少|几|谁|什么|啥|哪|何时|多[大长高远久]/gu;
const NAMES_YEAR = /今年|明年|去年|本年|当年/u;
const FAR_AHEAD = 0.5;

/** Whether one thing is asked for, and by far the likeliest column tells it, so that its cell may stand for the row. */
function isSure({ kind, folded }: Question, { table, named, found }: Asked): boolean {
  if (kind === 'yes-no' || named.length > 1 || (found.ahead ?? FAR_AHEAD) < FAR_AHEAD || (folded.match(ASKS_ONE)?.length ?? 0) !== 1) return false;
  const labels = findLabels(table, folded, named.map(({ stretch }) => stretch));
  return !labels.some(({ column }) => column !== found.column) && (!NAMES_YEAR.test(folded) || !table.columns.some(({ label }) => /(?:19|20)\d{2}/u.test(label)));
}

function pointsOf(question: Question, asked: Asked): readonly Point[] {
  const { table: { header, columns }, named, found } = asked;
  const rows = named.map(({ row, key }): Point => {
    const text = row.cells[found.column]?.text ?? '';
    const cell = { name: row.cells[key]?.text ?? '', column: columns[found.column]?.written ?? '', text, header };
    return { span: row.span, ...(isSure(question, asked) && { cell }), ...(named.length === 1 && { lead: text }) };
  });
  return [...rows, { span: header }];
}

/** Whether what stands in the cell is what the question asks for: a figure, a day, an hour, or words. */
function isOfKind({ kind, asked }: Question, { found }: Asked, { text, figure }: Cell): boolean {
  if (kind === 'figure') return (figure === undefined ? parseFigures(text) : [figure]).some((told) => (told.unit === '' && told.kind === 'count') || told.kind === 'time' || fitFigure(told, text, asked, false) !== undefined);
  if (kind === 'when') return parseFigures(text).some((told) => DAY_KINDS.has(told.kind) && (told.kind === 'time') === (asked.kinds.includes('time') && asked.kinds.length === 1)) || (figure === undefined && asked.kinds.length === 0);
  return kind !== 'list' || (figure === undefined && found.isNamed);
}

/** 「青石卫生院」, where the table has other ones and no notice knows 青石: what the question names is none of its rows. */
function findForeignRow({ question, terms }: ReadingMatter, table: Table): string | undefined {
  const { folded } = question;
  const kind = table.kinds.find((each) => folded.indexOf(each) > 0);
  if (kind === undefined) return undefined;
  const at = folded.indexOf(kind);
  const foreign = terms.find(({ term: { text, role, isNoun, isCommon, isLoose, isAside }, isUnheard }) => {
    const start = folded.indexOf(text);
    const end = start + text.length;
    return isUnheard && start >= 0 && start < at && end >= at - 1 && text.length > 1 && isNoun && !isCommon && !isLoose && !isAside && (role === 'content' || role === 'place' || role === 'name');
  });
  if (foreign === undefined || findNamedRows(table, folded).length > 0 || findColumn(question, terms, table, [], [table.keys[0] ?? 0]) === undefined) return undefined;
  return folded.slice(folded.indexOf(foreign.term.text), at + kind.length);
}

const TELLS_ONE = new Set(['figure', 'when', 'who', 'where']);
const KINDS = new Set(['figure', 'when', 'who', 'where', 'name', 'measure', 'topic', 'yes-no', 'list']);
/** What depends on more than a cell: comparisons, what may be, and why. */
const ASKS_MORE = /为什么|为啥|怎么|如何|怎样|咋|最/u;
const MOST_ROWS = 4;

/** Reads the cell of a table by the row that the question names and the column that it asks for; undefined where it names no row, asks for no column, or says of it what no cell holds. */
export function readCell(matter: ReadingMatter, lexicon: Lexicon): Reading | undefined {
  const { question, tables = [] } = matter;
  if (tables.length === 0 || !KINDS.has(question.kind) || ASKS_MORE.test(question.folded)) return undefined;
  const [best, next] = tables.flatMap((table) => findAsked(matter, table, lexicon) ?? []).toSorted((left, right) => right.said - left.said);
  if (best === undefined && TELLS_ONE.has(question.kind)) {
    const foreign = tables.flatMap((table) => findForeignRow(matter, table) ?? [])[0];
    return foreign === undefined ? undefined : { verdict: 'refused', reason: 'outside', missing: [foreign], isFirm: true };
  }
  if (best === undefined || next?.said === best.said || best.named.length > MOST_ROWS) return undefined;
  const cells = best.named.flatMap(({ row }) => row.cells[best.found.column] ?? []);
  const [cell] = cells;
  if (cell === undefined || cells.length < best.named.length) return undefined;
  if (!cells.every(({ folded }) => SAYS_SOMETHING.test(folded))) return readEmpty(question, best);
  if (question.kind === 'yes-no') {
    if (cells.length > 1 || asksNegatively(question) || findDenial(question) !== undefined) return undefined;
    const isSo = testCell(matter, best, cell);
    return isSo === undefined ? undefined : { verdict: 'answered', shape: 'yes-no', polarity: isSo ? 'yes' : 'no', points: pointsOf(question, best).map(({ span }) => ({ span })) };
  }
  if (!cells.every((each) => isOfKind(question, best, each))) return undefined;
  const isFigure = question.kind === 'figure' && cells.length === 1;
  return { verdict: 'answered', shape: isFigure ? 'figure' : 'sentences', points: pointsOf(question, best) };
}
