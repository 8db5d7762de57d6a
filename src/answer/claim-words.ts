import { parseFigures } from '../text/figures.ts';
import { foldForMatching } from '../text/normalize.ts';
import { pairsOf, readClauses, type ReadClause } from './clauses.ts';

/** A clause of a claim, with the pairs that carry its content. */
export interface ClaimClause extends ReadClause {
  readonly content: ReadonlySet<string>;
}

/**
 * Words that a faithful sentence may add: they name the notice, the year at hand, or bind clauses together. They prove nothing and need no
 * proof.
 * What says how sure or how far (力争, 必须, 全部, 已) is not among them.
 */
const FRAME = new RegExp(
  [
    '(?:根据|按照|依据)(?:该|本|这份|这个)?(?:通知|文件|方案|意见|规定|要求|部署|安排)|(?:这|这项|这一条|内容|此项)?(?:写在|见于|出自|位于)|第?[一二三四五六七八九十]*(?:大)?部分',
    '(?:该|本|这份|这个)?(?:通知|文件|原文)(?:里|中)?(?:还|也)?(?:明确|提出|要求|指出|写明|规定|提到|显示|写道|写的是|强调)*|(?:今年|本年度|本年|当年|年内|全年|(?<!项)目前)|主要任务|重点任务|工作任务',
    '具体目标|主要目标|工作目标|目标任务|目标值?(?:是|为)?|任务(?:是|为)|具体(?:来说|包括|如下|是|为)?|主要(?:包括|有|是)?|包括|其中|此外|另外|同时|并且|以及|而且|还有|还将|还要|也将|也要|分别|方面|相关|有关',
    '对于|关于|按照|通过|进行|开展|属于|指的是|指|即|等(?![级同于待学教生])|将会|将|将要|要求|需要|需|要|应该|应|得到|得以|则|并|也|都|还|与|和|及|或者|或|的|是|为|在|于|至|到|达到|达|由|被|把|让|使|对|从',
    '总共|一共|合计|共|今后',
  ].join('|'),
  'g',
);

/** Removes frame words from folded text, leaving a mark between what stood beside them. */
export function removeFrame(folded: string): string {
  return folded.replace(FRAME, '|');
}

/** The clauses of a claim. */
export function readClaim(text: string): ClaimClause[] {
  return readClauses(text).map((clause) => ({ ...clause, content: pairsOf(removeFrame(clause.folded)) }));
}

/** Content pairs of some words of a claim, figures left out. */
export function contentPairs(words: string): ReadonlySet<string> {
  return pairsOf(removeFrame(foldForMatching(maskFigures(words))));
}

/** Puts a mark where a figure stands. */
export function maskFigures(words: string): string {
  const figures = parseFigures(words).filter(({ kind }) => kind !== 'name');
  return figures.reduceRight((rest, { start, end }) => `${rest.slice(0, start)}|${rest.slice(end)}`, words);
}

/** Names what is spoken of and says nothing yet: 学前教育方面,… */
export function isTopical(clause: ClaimClause): boolean {
  return clause.contexts.length === 0 && /(?:方面|来说|来看|领域|工作中)$|^(?:关于|对于|围绕|针对)/.test(clause.folded);
}
