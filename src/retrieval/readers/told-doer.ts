import type { Span } from '../../corpus/notice.ts';
import { measureOverlap } from '../evidence/match.ts';
import type { Question } from '../question/question.ts';
import type { ReadingMatter } from '../evidence/reading.ts';
import type { ScoredSentence } from '../evidence/scoring.ts';
import { findRow } from '../evidence/tables.ts';

/** 「是市大数据局牵头的吧」: who does it, as the question has it, and what is done. */
const ASKED_DOER = /(?<!不)(?:是(?!不是)|由|归)(?<doer>\p{Script=Han}{2,14}?)(?:来)?(?<deed>牵头|主办|承办|主管|负责|配合|协办|组织|审批|发放)(?:的)?(?:吗|吧|么|不|对吧|对吗)?[?？]?$/du;
/** Other words by which columns tell who does so. */
const COLUMNS: Readonly<Record<string, RegExp>> = { 负责: /负责|责任/u, 主管: /主管|责任/u };
const RANK = /^[省市县区镇乡]/u;

/** Who does what, as a question has it. */
interface AskedDoer {
  /** Without the rank (市). */
  readonly name: string;
  readonly deed: string;
  /** Where it is named in the folded question. */
  readonly place: Span;
}

/** Whom a yes-no question has do something; undefined where it asks otherwise. */
export function readAskedDoer({ folded }: Question): AskedDoer | undefined {
  const found = ASKED_DOER.exec(folded);
  const { doer, deed } = found?.groups ?? {};
  const [start, end] = found?.indices?.groups?.['doer'] ?? [];
  return doer === undefined || deed === undefined || start === undefined || end === undefined ? undefined : { name: doer.replace(RANK, ''), deed, place: { start, end } };
}

/** Whether a column of this name tells who does so. */
export const tellsDoer = (deed: string, label: string): boolean => COLUMNS[deed]?.test(label) ?? label.includes(deed);

/** 「全归物业公司吗」, of what 归全体业主所有. */
const ASKED_OWNER = /归(?<owner>\p{Script=Han}{2,8}?)(?:所有|管)?(?:的)?(?:吗|吧|么|不)?[?？]?$/u;
const TOLD_OWNER = /归(?<owner>\p{Script=Han}{2,10}?)所有/u;
const SHARED = 2;

function isOwnedByAnother({ folded }: Question, clause: string): boolean {
  const [asked, told] = [ASKED_OWNER.exec(folded)?.groups?.['owner'], TOLD_OWNER.exec(clause)?.groups?.['owner']];
  return asked !== undefined && told !== undefined && measureOverlap(asked, told) < SHARED;
}

/** Whether the row's column or the clause that tells who does it names someone else than the question has; undefined where that isn't told. */
export function isDoneByAnother({ question, tables = [] }: ReadingMatter, scored: ScoredSentence): boolean | undefined {
  if (scored.clauses.some(({ clause }) => isOwnedByAnother(question, clause.folded))) return true;
  const { name, deed } = readAskedDoer(question) ?? {};
  if (name === undefined || deed === undefined) return undefined;
  const placed = findRow(tables, scored);
  if (placed !== undefined) {
    const cell = placed.row.cells[placed.table.columns.findIndex(({ label }) => tellsDoer(deed, label))];
    return cell === undefined ? undefined : !cell.folded.includes(name);
  }
  const telling = scored.clauses.find(({ clause }) => clause.folded.includes(deed))?.clause.folded;
  // Who is named only behind the deed does something else: 「由甲牵头,乙配合」.
  const isElsewhere = scored.sentence.folded.includes(name) && telling !== undefined && telling.indexOf(deed) > 1 && !telling.slice(0, telling.indexOf(deed)).includes(name);
  return isElsewhere && !/[:：]/u.test(telling) ? true : undefined;
}
