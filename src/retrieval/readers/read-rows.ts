import type { Lexicon } from '../../corpus/lexicon.ts';
import { bears, findClaimed, findClaimedEmpty, findClaimedFigures } from '../evidence/claimed-cells.ts';
import { blankOut, findLabels, findNamedRows, findRowKind, isAllHeld } from '../evidence/find-cell.ts';
import type { CitedSpan } from '../evidence/evidence.ts';
import { refuse } from '../evidence/reading.ts';
import type { Reading, ReadingMatter } from '../evidence/reading.ts';
import type { Table, TableRow } from '../evidence/tables.ts';

/** 「宏达建工负责哪几个小区」, 「提升类的有哪些」, 「时限卡在11月底的是哪一项」: rows of one table by the cells that the question says. */
const ASKS_WHICH = /哪|有什么|有啥|几(?:个|所|家|条|项|类|座|处)|多少(?:个|所|家|条|项|类|座|处)/u;
const KINDS = new Set(['list', 'figure', 'name', 'who', 'when', 'measure']);
/** How many there are is asked behind what they are called, too: 「归它管的水库有几座」. */
const COUNTS_THEM = /(?:几|多少)(?:个|所|家|条|项|类|座|处)[?？]?$/u;
/** Asks for entries without calling them anything that a table would. */
const ASKS_ENTRIES = /有(?:哪|什么|啥)|哪(?:一|几|两|三|四|五|些)?(?:个|项|条|件|样|些)?(?:(?:任务|工作|项目|指标|事)|[?？]?$)/u;
/** What a body does that a column for bodies names. */
const DOES = /负责|承担|承办|承建|施工|指导|牵头|建设/u;
/** Says no more than that it stands there. */
const STANDS = /落[到在给]|[头手]上|名下|表[里中上]/gu;
const BODIES = /单位|部门|科室|责任|主体/u;
const MOST_ROWS = 20;
const SHORTEST_NAME = 2;

interface Found {
  readonly table: Table;
  readonly rows: readonly TableRow[];
  /** The question calls them what the table does. */
  readonly isCalled: boolean;
}

/** Whether the question says what the rows of the table are called, apart from the stretches that are taken: 水库 of 水库名称. */
function saysName({ columns, keys }: Table, rest: string): boolean {
  const label = (columns[keys[0] ?? 0]?.label ?? '').replace(/名称$/u, '');
  return Array.from({ length: Math.max(0, label.length - SHORTEST_NAME + 1) }, (_, start) => label.slice(start, start + SHORTEST_NAME)).some((part) => rest.includes(part));
}

function findRows({ question, terms }: ReadingMatter, table: Table, lexicon: Lexicon): Found | undefined {
  const { folded, kind } = question;
  const key = table.keys[0] ?? 0;
  const rowKind = findRowKind(table, folded);
  const inCells = [...findClaimed(table, folded, rowKind), ...findClaimedFigures(table, question), ...findClaimedEmpty(table, question)].filter(({ column }) => column !== key);
  if (inCells.length === 0 || findNamedRows(table, blankOut(folded, rowKind)).some((each) => each.key === key)) return undefined;
  const values = inCells.flatMap((each) => each.values);
  const said = new Set(findLabels(table, folded, values).map(({ column }) => column));
  // Of what stands in several columns (牵头单位, 配合单位) the one that the question names.
  const claimed = inCells.filter((each) => said.has(each.column) || !inCells.some((rival) => said.has(rival.column) && rival.words.some((word) => each.words.includes(word))));
  // What is asked for must be what the rows are called.
  const isCalled = rowKind.length > 0 || ((kind !== 'figure' || COUNTS_THEM.test(folded)) && saysName(table, blankOut(folded, values)));
  if (!isCalled && (kind === 'figure' || !ASKS_ENTRIES.test(folded))) return undefined;
  const rows = table.rows.filter((row) => claimed.every((claim) => bears(row, claim)));
  const isBeyond = claimed.some(({ words }) => words.length === 0);
  if ((rows.length === 0 && !isBeyond) || rows.length > MOST_ROWS) return undefined;
  const deed = claimed.some(({ column }) => BODIES.test(table.columns[column]?.label ?? '')) ? DOES.exec(folded) : null;
  const idle = [...folded.matchAll(STANDS), ...(deed === null ? [] : [deed])].map(({ 0: text, index }) => ({ start: index, end: index + text.length }));
  const taken = [...rowKind, ...claimed.flatMap((each) => each.values), ...idle];
  return isAllHeld(question, terms, table, isBeyond ? table.rows : rows, taken, true, lexicon) ? { table, rows, isCalled } : undefined;
}

/** Says of the rows no more than that the table has them. */
const IN_TABLE = /表(?:格)?[里中上内]|(?:一共|总共|共|都|分别)?(?:有|是|列)了?|一共|总共|合计|总计/gu;
/** 「一共几个项目」, 「考核了几个村」, 「幼儿园有多少所」 */
const COUNTS_ALL = /(?:几|多少)(?:个|所|家|条|项|类|座|处|门|名|台|辆|场)?\p{Script=Han}{0,6}[?？]?$/u;
const ONLY_COUNTS = /^(?:一共|总共|合计|总计|共|都|有|是|列)*(?:几|多少)(?:个|所|家|条|项|类|座|处|门|名|台|辆|场)?[?？]?$/u;
const LISTS_ALL = /有(?:哪些|哪几|什么|啥)|(?:是|包括)(?:哪些|哪几|什么)|^(?:有)?哪(?:些|几)/u;

/** All rows of a table, where the question asks what or how many there are of them, and nothing more; undefined where it says more, or several tables have such. */
export function readAllRows({ question, terms, tables = [] }: ReadingMatter, lexicon: Lexicon): Reading | undefined {
  const { folded, kind } = question;
  if (/最/u.test(folded) || question.figures.length > 0 || !((kind === 'figure' && COUNTS_ALL.test(folded)) || (kind === 'list' && LISTS_ALL.test(folded)))) return undefined;
  const [table, other] = tables.filter((each) => {
    const label = (each.columns[each.keys[0] ?? 0]?.label ?? '').replace(/名称?$/u, '');
    const at = label === '' ? -1 : folded.indexOf(label);
    // 「多少课时」 counts no 课程.
    const counted = findRowKind(each, folded).filter(({ end }) => kind === 'list' || /^[?？]?$/u.test(folded.slice(end)));
    // 「机构配几个护士」 counts no 机构.
    const isAsked = kind === 'list' || ONLY_COUNTS.test(folded.slice(at + label.length));
    const rowKind = counted.length > 0 || at < 0 || !isAsked ? counted : [{ start: at, end: at + label.length }];
    const idle = [...folded.matchAll(IN_TABLE)].map(({ 0: text, index }) => ({ start: index, end: index + text.length }));
    const isMore = findNamedRows(each, blankOut(folded, rowKind)).length > 0 || findClaimed(each, folded, rowKind).length > 0 || findLabels(each, folded, rowKind).length > 0;
    return rowKind.length > 0 && !isMore && each.isWhole && each.rows.length > 1 && each.rows.length <= MOST_ROWS && isAllHeld(question, terms, each, each.rows.slice(0, 0), [...rowKind, ...idle], true, lexicon);
  });
  if (table === undefined || other !== undefined) return undefined;
  return { verdict: 'answered', shape: 'list', points: table.rows.map(({ span }) => ({ span })), opening: { kind: 'count', n: table.rows.length, unit: 'entries' } };
}

/** Whether a reading quotes what names the columns of a table, and none of its rows. */
export function isOfHeader({ tables = [] }: ReadingMatter, reading: Reading): boolean {
  if (reading.verdict === 'refused') return false;
  const quotes = ({ noticeId, start }: CitedSpan): boolean => reading.points.some(({ span }) => span.noticeId === noticeId && span.start === start);
  return tables.some(({ header, rows }) => quotes(header) && !rows.some(({ span }) => quotes(span)));
}

/** Whether a reading takes its figure from several cells of one row, so that no column is meant. */
export function isOfSeveralCells({ tables = [] }: ReadingMatter, reading: Reading): boolean {
  if (reading.verdict === 'refused' || reading.shape !== 'figure') return false;
  const leads = reading.points.filter(({ lead }) => lead !== undefined);
  const [first] = leads;
  const row = tables.flatMap(({ rows }) => rows).find(({ span }) => span.noticeId === first?.span.noticeId && span.start === first.span.start);
  return row !== undefined && new Set(leads.filter(({ span }) => span.start === row.span.start).map(({ lead }) => lead)).size > 1;
}

/** The rows of a table that bear in their cells what the question says (who answers for them, when they are due); undefined where it says no cell, or rows of several tables may be meant. */
export function readRows(matter: ReadingMatter, lexicon: Lexicon): Reading | undefined {
  const { question: { folded, kind }, tables = [] } = matter;
  if (!KINDS.has(kind) || !ASKS_WHICH.test(folded) || /最/u.test(folded)) return undefined;
  const all = tables.flatMap((table) => findRows(matter, table, lexicon) ?? []);
  const called = all.filter(({ isCalled }) => isCalled);
  const [found, ...others] = called.length > 0 ? called : all;
  // Under the same columns a table goes on from part to part of its notice.
  if (found === undefined || others.some(({ table: { header } }) => header.noticeId !== found.table.header.noticeId || header.text !== found.table.header.text)) return undefined;
  const rows = [found, ...others].flatMap((each) => each.rows);
  // No row is within the bounds that are asked.
  if (rows.length === 0) return refuse([], [], true);
  const { header } = found.table;
  const points = rows.map(({ span }) => ({ span }));
  return rows.length === 1 && kind !== 'figure' ? { verdict: 'answered', shape: 'list', points: [...points, { span: header }] } : { verdict: 'answered', shape: 'list', points, opening: { kind: 'count', n: rows.length, unit: 'entries' } };
}
