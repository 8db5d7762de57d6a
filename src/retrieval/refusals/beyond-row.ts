import { matchTerm } from '../evidence/match.ts';
import type { Reading, ReadingMatter } from '../evidence/reading.ts';
import type { Table, TableRow } from '../evidence/tables.ts';
import { foldForMatching } from '../../text/normalize.ts';

/** 「放的是哪部片子」, 「唱哪些歌」: something is asked for by its sort. */
const ASKS_SORT = /(?:哪(?:一|几|些|[两二三四五六七八九])?(?:个|位|部|本|首|种|类|支|家|名|款|门|件|项|只|出|曲|台|道|届)?|什么|啥)(?:样的)?(?<sort>\p{Script=Han}{1,4})[?？]?$/u;
/** Columns that tell when, where, who and how many, and nothing of what it is. */
const TELLS_FRAME = /时间|日期|时限|期限|时段|地点|地址|位置|场所|场地|人数|名额|数量|费用|价|金额|联系|电话|单位|部门|责任|负责|序号|备注/u;
/** What such columns may well tell. */
const IS_FRAME = /[边侧面里儿头号]|时|天|日|月|年|星期|周|点|地|方|位置|馆|场|厅|室|楼|层|院|园|区|镇|乡|村|社区|路|街|校|站|城|所|店|人$|老师|专家|长$|员$|单位|部门|局|委|公司|组织|机构|电话|号码|钱|费/u;

const isRowOf = ({ rows }: Table, noticeId: string, start: number): TableRow | undefined => rows.find(({ span }) => span.noticeId === noticeId && span.start === start);
const NAMED = 0.9;

/**
 * The sort of thing that a question asks of a row which it names itself, where the row's columns tell but when, where, who or how many, and nothing else that would
 * be said holds it: 片子 of 「露天电影放的是哪部片子」. Undefined where it may be told.
 */
export function findBeyondRow({ question: { folded, kind }, terms, tables = [] }: ReadingMatter, reading: Extract<Reading, { verdict: 'answered' }>): string | undefined {
  if ((kind !== 'name' && kind !== 'list' && kind !== 'who') || tables.length === 0 || reading.opening !== undefined) return undefined;
  const asked = ASKS_SORT.exec(folded);
  const sort = asked?.groups?.['sort'];
  if (asked === null || sort === undefined || IS_FRAME.test(sort)) return undefined;
  const isSaidBefore = (word: string): boolean => folded.slice(0, asked.index).includes(word);
  const rows = reading.points.map(({ span }) => tables.flatMap((table) => {
    const row = isRowOf(table, span.noticeId, span.start);
    return row === undefined ? [] : [{ table, row }];
  })[0]);
  const found = rows.find((row) => row !== undefined);
  if (found === undefined) return undefined;
  const { table: { columns, keys }, row } = found;
  const key = keys[0] ?? 0;
  const name = row.cells[key]?.folded ?? '';
  const isNamed = terms.some(({ term }) => term.role === 'content' && term.text.length > 1 && isSaidBefore(term.text) && matchTerm(term, name) >= NAMED);
  if (!isNamed || name.endsWith(sort) || !columns.every(({ label }, index) => index === key || TELLS_FRAME.test(label))) return undefined;
  const words = [sort, ...terms.flatMap(({ term }) => (term.text === sort ? term.alternatives : []))];
  const isTold = reading.points.some(({ span }, index) => rows[index] === undefined && words.some((word) => foldForMatching(span.text).includes(word))) || row.cells.some((cell, index) => index !== key && words.some((word) => cell.folded.includes(word)));
  return isTold ? undefined : sort;
}
