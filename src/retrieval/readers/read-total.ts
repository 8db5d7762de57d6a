import type { Lexicon } from '../../corpus/lexicon.ts';
import type { Figure } from '../../text/figures.ts';
import { parseNumeral } from '../../text/numerals.ts';
import { findClaimed } from '../evidence/claimed-cells.ts';
import { findColumn, findNamedRows, isAllHeld } from '../evidence/find-cell.ts';
import { fitFigure } from '../figures/fit-figure.ts';
import { conclude } from '../evidence/computed.ts';
import type { Question } from '../question/question.ts';
import type { Reading, ReadingMatter } from '../evidence/reading.ts';
import type { Cell, Table } from '../evidence/tables.ts';

/** Asks of all together: 一共, 合计, 加起来, 〔总〕投资, 全部. */
const TOGETHER = /一共|总共|合计|总计|共计|加起来|合起来|总和|总数|总额|总(?=\p{Script=Han}{2})|共(?=投|需|要|有|招|建|改|补|安排|整治)|(?:全部|所有)的?|这些?/gu;
/** Whether all together are asked for in so many words. */
export const SAYS_TOGETHER = /一共|总共|合计|总计|共计|加起来|合起来|总(?!体|结|局|队|馆|院|站|部|校|厂|公司|工程师|工会|则)|共(?=投|需|要|有|招|建|改|补|安排|整治)/u;
/** Of a whole place, which the row that sums up is of. */
const OF_PLACE = /全(?:省|市|县|区|镇|乡|街道|州|旗|校|院|系统)/u;
/** 三个系统: how many the question takes together. */
const COUNTED = /(?<number>\d+|[两二三四五六七八九十]+)(?:个|家|所|处|座|条|项|类|门|名|位|辆|台)/u;
/** What is told of each, and adds up to nothing: rates, prices, places in an order. */
const OF_EACH = /每|均|标准|单价|价|(?<!经)费$|票|率|比例|比重|占比|得分|分数|分值|排名|名次|序号|编号|电话|年龄|岁|薪|工资|累计|最|宽|厚|深|高度|浓度|温|海拔|坡|上限|下限|限额|楼层|学制|年限/u;
const THIS_YEAR = /今年|本年|当年/u;
const ADDABLE: ReadonlySet<Figure['kind']> = new Set(['count', 'money', 'duration']);
const EMPTY = /^[-—–/无\s]*$/u;
const FEWEST = 2;
const MOST = 20;
const EXACT = 1e-6;

interface Meant {
  readonly table: Table;
  readonly column: number;
}

const stretchesOf = (folded: string, pattern: RegExp): { start: number; end: number }[] => [...folded.matchAll(pattern)].map(({ 0: text, index }) => ({ start: index, end: index + text.length }));

/** The column of which the question wants all rows together; undefined where it means some of them, or another thing. */
function findMeant({ question, terms }: ReadingMatter, table: Table, lexicon: Lexicon): Meant | undefined {
  const { folded } = question;
  if (findNamedRows(table, folded).length > 0 || findClaimed(table, folded, []).length > 0) return undefined;
  const counted = COUNTED.exec(folded);
  const { number = '' } = counted?.groups ?? {};
  const value = /^\d/u.test(number) ? Number(number) : parseNumeral(number.replace('两', '二'));
  if (counted !== null && value !== table.rows.length) return undefined;
  const taken = [...stretchesOf(folded, TOGETHER), ...(counted === null ? [] : [{ start: counted.index, end: counted.index + counted[0].length }])];
  const found = findColumn(question, terms, table, taken, [table.keys[0] ?? 0]);
  if (found === undefined || !isAllHeld(question, terms, table, table.rows, [...taken, ...found.stretches], true, lexicon)) return undefined;
  // 今年 is rather told by 2026年计划投资 than by 总投资.
  const ofYear = THIS_YEAR.test(folded) ? table.columns.flatMap(({ label }, column) => (label.includes(String(table.year)) ? [column] : [])) : [];
  if (ofYear.length === 0 || ofYear.includes(found.column)) return { table, column: found.column };
  const [only, other] = ofYear.filter((column) => addUp(table, column)?.kind === addUp(table, found.column)?.kind);
  return only === undefined || other !== undefined ? undefined : { table, column: only };
}

/** What the cells of a column come to; undefined where one of them is no exact figure, or they are counted differently. */
function addUp({ rows }: Table, column: number): Figure | undefined {
  const cells = rows.flatMap(({ cells: { [column]: cell } }) => (cell === undefined || EMPTY.test(cell.folded) ? [] : [cell]));
  const [first] = cells.map(({ figure }) => figure);
  if (first === undefined || !ADDABLE.has(first.kind)) return undefined;
  const isAlike = cells.every(({ figure }) => figure !== undefined && figure.kind === first.kind && figure.unit === first.unit && figure.upper === undefined && figure.comparator === 'exactly');
  return isAlike ? { ...first, value: cells.reduce((sum, { figure }) => sum + (figure?.value ?? 0), 0) } : undefined;
}

const fits = ({ asked }: Question, figure: Figure, label: string): boolean => (figure.unit === '' && asked.unit === undefined) || fitFigure(figure, label, asked, false) !== undefined;
/** Written in the unit of its column, or in its own. */
const comesTo = ({ figure }: Cell, sum: Figure, { rows }: Table, column: number): boolean => {
  if (figure === undefined) return false;
  const scale = rows.map(({ cells }) => cells[column]?.figure).find((each) => each !== undefined && each.value !== 0);
  const bare = scale === undefined ? 1 : scale.value / Number.parseFloat(scale.text.replace(/[,，]/gu, ''));
  return [figure.value, figure.value * bare].some((value) => Math.abs(value - sum.value) <= EXACT * sum.value);
};

/** The one table that the question may mean; undefined where none is, or several are. */
function findOne(matter: ReadingMatter, lexicon: Lexicon): (Meant & { readonly sum: Figure }) | undefined {
  const { question, tables = [] } = matter;
  const [found, other] = tables.flatMap((table) => {
    const meant = findMeant(matter, table, lexicon);
    const sum = meant === undefined ? undefined : addUp(table, meant.column);
    return meant === undefined || sum === undefined || sum.value === 0 || !fits(question, sum, table.columns[meant.column]?.label ?? '') ? [] : [{ ...meant, sum }];
  });
  return other === undefined ? found : undefined;
}

const asksFigure = ({ kind, asked }: Question): boolean => kind === 'figure' || (kind === 'when' && asked.kinds.length === 1 && asked.kinds[0] === 'duration');

/** Reads the cell that sums a column up, where the question asks for all rows together; the cell is known by what the rows above it come to. */
export function readTotal(matter: ReadingMatter, lexicon: Lexicon): Reading | undefined {
  const { question, tables = [] } = matter;
  if (!asksFigure(question) || !tables.some(({ total }) => total !== undefined) || !(SAYS_TOGETHER.test(question.folded) || OF_PLACE.test(question.folded))) return undefined;
  const found = findOne(matter, lexicon);
  if (found?.table.total === undefined) return undefined;
  const { table: { total, columns, header }, table, column, sum } = found;
  const cells = total.cells.filter((cell) => comesTo(cell, sum, table, column));
  const cell = cells.find((each) => each === total.cells[column]) ?? cells[0];
  if (cell === undefined) return undefined;
  const isAligned = total.cells.length === columns.length && cell === total.cells[column];
  const named = { name: total.cells[0]?.text ?? '', column: columns[column]?.written ?? '', text: cell.text, header };
  return { verdict: 'answered', shape: 'figure', points: [{ span: total.span, lead: cell.text, ...(isAligned && { cell: named }) }, { span: header }] };
}

/** Adds up a column whose table has no row for that; undefined where its cells add up to nothing, or the table isn't known whole. */
export function addRows(matter: ReadingMatter, lexicon: Lexicon): Reading | undefined {
  const { question } = matter;
  if (!asksFigure(question) || !SAYS_TOGETHER.test(question.folded)) return undefined;
  const found = findOne(matter, lexicon);
  if (found === undefined || !found.table.isWhole || found.table.total !== undefined || found.table.rows.length < FEWEST || found.table.rows.length > MOST) return undefined;
  const { table: { rows, keys, columns, header }, column } = found;
  const { label = '', called = '', unit = '' } = columns[column] ?? {};
  const [first] = rows.flatMap(({ cells }) => cells[column]?.figure ?? []);
  if (first === undefined || first.kind === 'duration' || first.unit === '' || OF_EACH.test(label) || /\/|每/u.test(`${called}${unit}`)) return undefined;
  return conclude('sum', rows.flatMap(({ cells, span }) => {
    const figure = cells[column]?.figure;
    if (figure === undefined) return [];
    const text = /\p{L}/u.test(figure.text) ? figure.text : `${figure.text}${unit}`;
    return [{ name: cells[keys[0] ?? 0]?.text.trim() ?? '', figure: { ...figure, text }, points: [{ span }, { span: header }] }];
  }));
}

/** Whether a figure was read out of a row that sums up, which only `readTotal` knows how to read. */
export function isOfTotal({ tables = [] }: ReadingMatter, reading: Reading): boolean {
  const span = reading.verdict === 'answered' && reading.shape === 'figure' ? reading.points[0]?.span : undefined;
  return span !== undefined && tables.some(({ total }) => total !== undefined && total.span.noticeId === span.noticeId && total.span.start === span.start);
}
