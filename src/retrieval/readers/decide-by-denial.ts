import { CONDITION } from '../evidence/complete.ts';
import { asksNegatively, findDenial } from '../evidence/negation.ts';
import type { ReadingMatter } from '../evidence/reading.ts';
import { figuresOf } from '../evidence/scene.ts';
import type { ScoredClause, ScoredSentence } from '../evidence/scoring.ts';
import { isMeasure } from '../../text/same-measure.ts';
import { deedOf } from '../question/predicate.ts';
import { HOLDS, isForOthers } from './say-yes-no.ts';
import { holdsNamedFigures } from './tested-figures.ts';

/** Only limits, measures or compares, or names whom it is about: 不少于, 不足, 不变, 未满…的, 免票人员. */
const DENIES_NOTHING = /(?:不(?:少于|低于|超过|高于|大于|小于|晚于|早于|多于|足|满|同|等|断|仅|但|变|一|含)|不[^,，]{1,8}为前提|不(?:得)?(?:影响|强制)|不受[^,，]{0,8}(?:影响|限制)|不(?:动产|锈钢|定期)|无(?:害化|烟)|没收|未满|[未无](?:就业|参保|房|业|证|婚)|[不未无没][^,，的]{1,10}的(?=\p{Script=Han})|免[费票试](?=人员|对象|游客|乘客|者)|有无|是否|无(?:障碍|偿|线|人机)|未(?:来|成年))/gu;
/** Denies by itself, or what another word denies: 不得拒收 and 不影响 come to a yes. */
const DENIAL = /不(?:得|能|可|予|准|许|再)?|未|没有?|无[须需]?|(?<![减避难])免(?!疫|责)|严禁|禁止|谢绝|拒[绝收]|暂停|停止|停[业航运用]|闭[馆园]|关闭|废止|取消/gu;
/** 公家出钱吗: what is free for one is paid by another. */
const ASKS_WHO_PAYS = /(?:公家|国家|政府|财政|街道|单位|学校|公司|企业|集体|医院|[村镇县市区]里?)(?:给|来|全|都)?(?:出|掏|付|管|包)/u;
const FREE = /免/u;
const ENDS = /作废|废止|失效|取消|停[了止业]|关门|闭[馆园]|(?<![用行])不[用行]了|没了|白(?=[用停坐住拿]\p{Script=Han}?[吗吧]?$)/u;
const OBLIGES_ANYWAY = /仍须|仍应|仍需|也须|均须/u;

/** Whether a folded clause denies what it speaks of. */
function isDenied(folded: string): boolean {
  const bare = folded.replace(DENIES_NOTHING, ' ');
  return (bare.match(DENIAL)?.length ?? 0) % 2 === 1 && !OBLIGES_ANYWAY.test(bare);
}

const ENOUGH = 0.5;
/** So much more of the question the clause must hold than any that says otherwise. */
const CLEARLY_MORE = 0.25;
const WEIGHS = 0.3;

interface Weighed {
  readonly clause: ScoredClause;
  readonly index: number;
  readonly share: number;
  readonly isDenied: boolean;
}

/** The clauses that tell something, by how much of the question's own words they hold. */
function weighClauses({ terms }: ReadingMatter, { clauses }: ScoredSentence): readonly Weighed[] {
  const weights = terms.map(({ term, weight }) => (term.role === 'frame' || term.role === 'figure' ? 0 : weight));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (total === 0) return [];
  return clauses.flatMap((clause, index) => (CONDITION.test(clause.clause.text) ? [] : [{ clause, index, share: weights.reduce((sum, weight, at) => sum + weight * (clause.ownStrengths[at] ?? 0), 0) / total, isDenied: isDenied(clause.clause.folded) }])).toSorted((left, right) => right.share - left.share);
}

/** Whether a clause holds a word of the question, or a character of the verb that it puts to the test, which another one lacks: 押金取消,已收取的〔退〕还. */
function holdsElse({ terms, question }: ReadingMatter, other: ScoredClause, best: ScoredClause): boolean {
  const isOfVerb = [...deedOf(question.folded)].some((character) => other.clause.folded.includes(character) && !best.clause.folded.includes(character));
  return isOfVerb || terms.some(({ term, weight }, index) => term.role !== 'frame' && weight >= WEIGHS && (other.ownStrengths[index] ?? 0) >= HOLDS && (best.ownStrengths[index] ?? 0) < HOLDS);
}

/**
 * Whether a sentence says yes or no by what it denies: no where it denies what a question asks, yes where it denies what the question does. Undefined where what
 * it denies is not clearly what is asked, or where it affirms and a part of it denies something.
 */
export function decideByDenial(matter: ReadingMatter, sentence: ScoredSentence): 'yes' | 'no' | undefined {
  const { question } = matter;
  if (sentence.coverage < ENOUGH || !holdsNamedFigures(matter, sentence)) return undefined;
  const [best, ...others] = weighClauses(matter, sentence);
  if (best === undefined || best.share < ENOUGH) return undefined;
  if (figuresOf(best.clause.clause).length > 0 && !(question.figures.length > 0 && question.figures.every(isMeasure))) return undefined;
  if (ASKS_WHO_PAYS.test(question.folded) && FREE.test(best.clause.clause.text)) return undefined;
  if (isForOthers(matter, { sentence, index: best.index, clause: best.clause })) return undefined;
  const rivals = others.filter((other) => other.isDenied !== best.isDenied);
  const asksDenied = asksNegatively(question) || ENDS.test(question.folded);
  if (best.isDenied) return rivals.some(({ clause, share }) => share > best.share - CLEARLY_MORE || holdsElse(matter, clause, best.clause)) ? undefined : asksDenied ? 'yes' : 'no';
  const verb = findDenial(question)?.verb;
  return asksDenied && rivals.length === 0 && verb !== undefined && sentence.sentence.folded.includes(verb) ? 'no' : undefined;
}
