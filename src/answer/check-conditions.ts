import type { AlignedClause } from './alignment.ts';
import { measureOverlap, type CitedText } from './cited-text.ts';
import { contentPairs } from './claim-words.ts';
import type { ReadClause } from './clauses.ts';
import type { Problem } from './problems.ts';

/** 不足一千人的, 遇有急弯等危险情形的, 在校学生一千人以上的学校: the case in which what follows holds. */
const CASE = /的[\p{L}]{0,4}$/u;
const CASE_WORDS = /遇|发生|申请|需要|逾期|未|不|违反|属于|造成|具有|符合/;

/** A case of which a claim tells less than this is another, wider one (高层次人才带项目创办企业的 and 创办企业的). */
const WHOLE_CASE = 0.6;

/** What is to be done in one case isn't told of another: each consequence follows the case that it follows in the cited text. */
export function checkConditions(claim: readonly AlignedClause[], { clauses }: CitedText): Problem[] {
  const problems: Problem[] = [];
  let told: ReadClause | undefined;
  for (const { clause, alignment } of claim) {
    const { main } = alignment;
    if (main === undefined) continue;
    if (main.folded.endsWith('的') && tell(main, clause, claim) < WHOLE_CASE) problems.push({ kind: 'subject', found: main.written });
    if (isCase(main)) told = main;
    else {
      const governing = findCase(clauses, clauses.indexOf(main));
      if (governing !== undefined && governing !== told && (told !== undefined || isWidened(governing, clause, claim))) problems.push({ kind: 'subject', found: clause.written });
    }
  }
  return problems;
}

/** How much of a case the sentence of a clause tells, 0 to 1. */
function tell(told: ReadClause, { sentence }: ReadClause, claim: readonly AlignedClause[]): number {
  const pairs = contentPairs(sameDenial(told.written));
  const said = claim.flatMap(({ clause }) => (clause.sentence === sentence ? [...contentPairs(sameDenial(clause.written))] : []));
  return pairs.size === 0 ? 1 : measureOverlap(pairs, { pairs: new Set(said) });
}

/** 没有 and 没 for 未 change nothing. */
function sameDenial(text: string): string {
  return text.replace(/没有|没(?!收)/g, '未');
}

/** Told of all 车辆 what holds for 未取得许可的车辆. */
function isWidened(governing: ReadClause, clause: ReadClause, claim: readonly AlignedClause[]): boolean {
  const head = /的([\p{L}]{2,4})$/u.exec(governing.folded)?.[1];
  return head !== undefined && clause.folded.includes(head) && tell(governing, clause, claim) < WHOLE_CASE;
}

function isCase({ folded, contexts }: ReadClause): boolean {
  return CASE.test(folded) && (contexts.some(({ figure }) => figure.kind !== 'ordinal' && figure.kind !== 'name') || CASE_WORDS.test(folded));
}

/** The case in front of a clause in its sentence. */
function findCase(clauses: readonly ReadClause[], index: number): ReadClause | undefined {
  const sentence = clauses[index]?.sentence;
  for (let position = index - 1; position >= 0 && clauses[position]?.sentence === sentence; position -= 1) {
    const clause = clauses[position];
    if (clause !== undefined && isCase(clause)) return clause;
  }
  return undefined;
}
