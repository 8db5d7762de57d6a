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
    if (main.folded.endsWith('的') && !isWhole(main, clause, claim)) problems.push({ kind: 'subject', found: main.written });
    if (isCase(main)) told = main;
    else if (told !== undefined) {
      const governing = findCase(clauses, clauses.indexOf(main));
      if (governing !== undefined && governing !== told) problems.push({ kind: 'subject', found: clause.written });
    }
  }
  return problems;
}

function isWhole(main: ReadClause, { sentence }: ReadClause, claim: readonly AlignedClause[]): boolean {
  const pairs = contentPairs(main.written);
  const told = claim.flatMap(({ clause }) => (clause.sentence === sentence ? [...clause.pairs] : []));
  return pairs.size === 0 || measureOverlap(pairs, { pairs: new Set(told) }) >= WHOLE_CASE;
}

function isCase({ folded, contexts }: ReadClause): boolean {
  return CASE.test(folded) && (contexts.length > 0 || CASE_WORDS.test(folded));
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
