import type { Span } from '../../corpus/notice.ts';
import { measureOverlap } from '../evidence/match.ts';
import { OFFICE } from '../evidence/offices.ts';
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

function isOwnedByAnother({ folded }: Question, clause: string): boolean {
  const [asked, told] = [ASKED_OWNER.exec(folded)?.groups?.['owner'], TOLD_OWNER.exec(clause)?.groups?.['owner']];
  const bare = asked?.replace(SAYS_NO_BODY, '');
  return bare !== undefined && told !== undefined && !told.includes(bare) && measureOverlap(bare, told) < SHARED;
}

/** 「是咱镇里自己跑的吗」, of what is 由县公交公司运营. */
const ASKED_RUNNER = /是(?:咱们?|我们?)?(?<runner>\p{Script=Han}{1,6}?)(?:自己)?(?:来)?(?:跑|出钱|出|掏|修|建|管|办|做|运营|承担|发|补|买|承建|承办)的(?:吗|吧|么|不)?[?？]?$/u;
const TOLD_RUNNER = /由(?!于|此)(?<runner>\p{Script=Han}{2,14}?)(?:运营|承担|出资|建设|管理|承建|承办|负责|负担|发放|支付|组织)/gu;
const SHARED = 2;
const SAYS_NO_BODY = /自己$|[里上边的]$/gu;
const BODY = /[局委厅院镇乡村县市区省]|财政|政府|街道|社区|公司|学校|单位|集团|部门|中心|企业/u;

function isRunByAnother({ folded }: Question, sentence: string): boolean {
  const asked = (ASKED_RUNNER.exec(folded)?.groups?.['runner'] ?? '').replace(SAYS_NO_BODY, '');
  const told = [...sentence.matchAll(TOLD_RUNNER)].map(({ groups }) => groups?.['runner'] ?? '');
  return BODY.test(asked) && told.length > 0 && ![...asked].some((character) => told.some((runner) => runner.includes(character)));
}

/** 「组长是不是甲」, where the clause of the office names another, and the one that names him gives him another office. */
const ASKED_HOLDER = new RegExp(`(?<office>${OFFICE})(?:就)?(?:是不是|是)(?<name>\\p{Script=Han}{2,4}?)(?:吗|吧|么)?[?？]?$`, 'u');

function isHeldByAnother({ folded }: Question, { clauses }: ScoredSentence): boolean {
  const { office, name } = ASKED_HOLDER.exec(folded)?.groups ?? {};
  if (office === undefined || name === undefined) return false;
  const isOffice = new RegExp(office.startsWith('副') ? office : `(?<!副)${office}`, 'u');
  const ofOffice = clauses.filter(({ clause }) => isOffice.test(clause.folded));
  const ofName = clauses.filter(({ clause }) => clause.folded.includes(name));
  return ofOffice.length > 0 && ofName.length > 0 && !ofOffice.some((each) => ofName.includes(each)) && ofName.some(({ clause }) => new RegExp(OFFICE, 'u').test(clause.folded));
}

/** Whether the name stands in the sentence, or in another one of its passage. */
const isNamedInPassage = (sentences: readonly ScoredSentence[], { scene }: ScoredSentence, name: string): boolean => sentences.some((other) => other.scene === scene && other.sentence.folded.includes(name));

/** Whether the row's column or the clause that tells who does it names someone else than the question has; undefined where that isn't told. */
export function isDoneByAnother({ question, sentences, tables = [] }: ReadingMatter, scored: ScoredSentence): boolean | undefined {
  if (isRunByAnother(question, scored.sentence.folded) || isHeldByAnother(question, scored)) return true;
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
  if (isElsewhere && !/[:：]/u.test(telling)) return true;
  // 「牵头单位：甲；责任单位：乙」
  const listed = new RegExp(`${deed}(?:单位|部门|科室|处室)?\\s*[:：](?<names>[^;；。]+)`, 'u').exec(scored.sentence.folded)?.groups?.['names'];
  return listed === undefined || listed.includes(name) || !isNamedInPassage(sentences, scored, name) ? undefined : true;
}
