import type { Lexicon } from '../corpus/lexicon.ts';
import { sameFigure } from '../text/figures.ts';
import { isDepartment } from './clashes.ts';
import { bears, findClaimed } from './claimed-cells.ts';
import { findLabels, findNamedRows, findRowKind, isAllHeld } from './find-cell.ts';
import { citeSentence } from './reading.ts';
import type { Reading, ReadingMatter } from './reading.ts';
import { figuresOf } from './scene.ts';
import type { ScoredSentence } from './scoring.ts';
import type { Term } from './term.ts';
import { isTableRow } from './table-rows.ts';
import { inOrder } from './topic-share.ts';

/** 「归水利局牵头的指标有」, 「时限卡在11月底的是哪一项」: rows are asked for by what stands in one of their cells. */
const ASKS_ROWS = /(?:几|多少)(?:个(?!小时|月|工作日|百分|人)|项|条|家|所)|(?:哪|有)(?:一|些|几|两|三|四|五|六)?(?:项|个|条|件|样)|有哪些|哪些|有(?:什么|啥)|(?:指标|任务|项目|工作)(?:都)?有(?:[…\s]*[?？]?)$/u;
const BY_HOLDER = /牵头|负责|责任|归|由|头上|管|承担|落实/u;
const BY_DAY = /时限|期限|截止|月底|之前|前(?:完成|要|得|必须)|到期|完成/u;
/** 「县土肥站要指导几个乡镇」 */
const COUNTS_ROWS = /(?:几|多少)(?:个(?!小时|月|工作日|百分|人)|项|条|家|所)/u;
const GUIDES = /指导|负责|牵头|管|承担|包/u;
/** A body that may stand in a cell: 县土肥站, 县水投公司. */
const BODY = /^\p{Script=Han}+(?:站|中心|公司|集团|办公室|科|处|组|队|局|委|办)$/u;
const MOST_ROWS = 20;

/** A body that the question names and some rows bear in a cell of its own behind the first; undefined where none does, or all do. */
function findBody(sentences: readonly ScoredSentence[], folded: string): Pick<Term, 'text' | 'alternatives'> | undefined {
  const rows = sentences.filter(isTableRow);
  const cells = new Set(rows.flatMap(({ clauses }) => clauses.slice(1).map(({ clause }) => clause.folded.trim())));
  const body = [...cells].find((cell) => BODY.test(cell) && (folded.includes(cell) || folded.includes(cell.slice(1))) && cell.length > SHORTEST_BODY);
  const bearing = rows.filter(({ sentence }) => body !== undefined && sentence.folded.includes(body));
  return body === undefined || bearing.length === rows.length ? undefined : { text: body, alternatives: [] };
}

const SHORTEST_BODY = 2;

/** 「宏达建工负责哪几个小区」, 「提升类的有哪些」: rows of one table by the cells that the question says. */
const ASKS_WHICH = /哪|有什么|有啥|几(?:个|所|家|条|项|类|座|处)|多少(?:个|所|家|条|项|类|座|处)/u;

/** What a body does that a column for bodies names. */
const DOES = /负责|承担|承办|承建|施工|指导|牵头|建设/u;

function readByCells({ question, terms, tables = [] }: ReadingMatter, lexicon: Lexicon): Reading | undefined {
  const { folded, kind } = question;
  if (!ASKS_WHICH.test(folded) || /最/u.test(folded) || !(kind === 'list' || kind === 'figure' || kind === 'name' || kind === 'who')) return undefined;
  const [found, other] = tables.flatMap((table) => {
    const key = table.keys[0] ?? 0;
    const label = table.columns[key]?.label ?? '';
    const rowKind = findRowKind(table, folded);
    const named = findNamedRows(table, folded);
    const inCells = findClaimed(table, folded, rowKind).filter(({ column }) => column !== key);
    const said = new Set(findLabels(table, folded, inCells.flatMap(({ values }) => values)).map(({ column }) => column));
    // Of what stands in several columns (牵头单位, 配合单位) the one that the question names.
    const claimed = inCells.filter((each) => said.has(each.column) || !inCells.some((rival) => said.has(rival.column) && rival.words.some((word) => each.words.includes(word))));
    // What is asked for must be what the rows are called.
    const isOfRows = rowKind.length > 0 || (label.length > 1 && folded.includes(label)) || (kind !== 'figure' && claimed.length > 0 && /有(?:哪|什么|啥)/u.test(folded));
    if (claimed.length === 0 || named.some((each) => each.key === key) || !isOfRows) return [];
    const rows = table.rows.filter((row) => claimed.every((claim) => bears(row, claim)));
    const deed = claimed.some(({ column }) => /单位|部门|科室|责任|主体/u.test(table.columns[column]?.label ?? '')) ? DOES.exec(folded) : null;
    const taken = [...rowKind, ...claimed.flatMap(({ values }) => values), ...(deed === null ? [] : [{ start: deed.index, end: deed.index + deed[0].length }])];
    return rows.length > 0 && rows.length <= MOST_ROWS && isAllHeld(question, terms, table, rows, taken, true, lexicon) ? [{ table, rows }] : [];
  });
  if (found === undefined || other !== undefined) return undefined;
  const { rows, table: { header } } = found;
  const points = rows.map(({ span }) => ({ span }));
  return rows.length === 1 && kind !== 'figure' ? { verdict: 'answered', shape: 'sentences', points: [...points, { span: header }] } : { verdict: 'answered', shape: 'list', points, opening: { kind: 'count', n: rows.length, unit: 'entries' } };
}

/** The rows of tables that bear the department or the day which the question names; undefined where it names none, or no row bears it. */
export function readRows(matter: ReadingMatter, lexicon: Lexicon): Reading | undefined {
  const { question, terms, sentences } = matter;
  const byCells = readByCells(matter, lexicon);
  if (byCells !== undefined) return byCells;
  if (!ASKS_ROWS.test(question.folded) || (question.kind === 'figure' && !(COUNTS_ROWS.test(question.folded) && GUIDES.test(question.folded))) || question.kind === 'yes-no') return undefined;
  const asked = BY_HOLDER.test(question.folded) ? terms.find(({ term, isUnheard }) => !isUnheard && isDepartment(term))?.term : undefined;
  const department = asked ?? findBody(sentences, question.folded);
  const day = BY_DAY.test(question.folded) ? question.figures.find(({ kind }) => kind === 'date') : undefined;
  if (department === undefined && day === undefined) return undefined;
  const isMeant = ({ sentence, clauses }: ScoredSentence): boolean =>
    (department === undefined || [department.text, ...department.alternatives].some((name) => sentence.folded.includes(name))) && (day === undefined || clauses.some(({ clause }) => figuresOf(clause).some((figure) => sameFigure(figure, day) || (figure.kind === 'date' && figure.text.endsWith(day.text)))));
  const rows = sentences.filter((scored) => isTableRow(scored) && isMeant(scored));
  if (rows.length === 0 || rows.length > MOST_ROWS) return undefined;
  // Where several tables bear it, those whose surroundings hold more of the question.
  const best = Math.max(...rows.map(({ coverage }) => coverage));
  const chosen = inOrder(rows.filter(({ coverage }) => coverage >= best * NEARLY));
  return { verdict: 'answered', shape: 'list', points: chosen.map((scored) => ({ span: citeSentence(scored) })), ...(chosen.length > 1 && { opening: { kind: 'count', n: chosen.length, unit: 'entries' } as const }) };
}

const NEARLY = 0.75;
