import { foldForMatching } from '../text/normalize.ts';
import type { Question } from './question.ts';
import type { ScoredSentence } from './scoring.ts';
import { readRow } from './table-rows.ts';

/** 「是市大数据局牵头的吧」: who does it, as the question has it, and what is done. */
const ASKED_DOER = /(?:是|由|归)(?<doer>\p{Script=Han}{2,14}?)(?:来)?(?<deed>牵头|主办|承办|主管|负责|配合|协办|组织|审批|发放)(?:的)?(?:吗|吧|么|不|对吧|对吗)?[?？]?$/u;
/** The columns that tell who does so. */
const COLUMNS: Readonly<Record<string, RegExp>> = { 负责: /负责|责任/u, 主管: /主管|责任/u };
const RANK = /^[省市县区镇乡]/u;

/** Whether someone else does it than the question has it, by a row's column or the clause that tells it; undefined where that isn't told. */
export function isDoneByAnother({ folded }: Question, scored: ScoredSentence): boolean | undefined {
  const { doer, deed } = ASKED_DOER.exec(folded)?.groups ?? {};
  if (doer === undefined || deed === undefined) return undefined;
  const name = doer.replace(RANK, '');
  const { sentence } = scored.sentence;
  const row = readRow(scored);
  if (row !== undefined) {
    const at = row.columns.findIndex((column) => (COLUMNS[deed] ?? new RegExp(deed, 'u')).test(column));
    const cell = row.cells[at];
    return cell === undefined ? undefined : !foldForMatching(sentence.text.slice(cell.start - sentence.start, cell.end - sentence.start)).includes(name);
  }
  const telling = scored.clauses.find(({ clause }) => clause.folded.includes(deed))?.clause.folded;
  // Who is named only behind the deed does something else: 「由甲牵头,乙配合」.
  const isElsewhere = scored.sentence.folded.includes(name) && telling !== undefined && telling.indexOf(deed) > 1 && !telling.slice(0, telling.indexOf(deed)).includes(name);
  return isElsewhere && !/[:：]/u.test(telling) ? true : undefined;
}
