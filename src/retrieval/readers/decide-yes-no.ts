import { CONDITION } from '../evidence/complete.ts';
import { ALLOWS, EXEMPTS, FORBIDS, MAY_REFUSE, MUST_NOT_REFUSE, OBLIGES, REFUSES } from '../evidence/modal-verbs.ts';
import type { ReadingMatter } from '../evidence/reading.ts';
import { figuresOf } from '../evidence/scene.ts';
import type { ScoredClause, ScoredSentence } from '../evidence/scoring.ts';
import { HOLDS, isForOthers } from './say-yes-no.ts';
import { isDoneOtherwise } from './yes-no-candidate.ts';
import { holdsNamedFigures } from './tested-figures.ts';
import { deedOf, MAY, predicateOf } from '../question/predicate.ts';
import { decideByDenial } from './decide-by-denial.ts';

/** What a question asks of something: whether it may be done, or has to be; denied where it asks whether it may not, or needn't. */
interface Claim {
  readonly asks: 'leave' | 'duty';
  readonly isDenied: boolean;
  /** 能拒收吗: asks whether it may be refused. */
  readonly ofRefusing: boolean;
}

const NEEDNT = /不用|不必|不需要?|无需|用不着|(?:可以|能)不(?!能|可)\p{Script=Han}|不(?:要|收|花|交|掏|出)(?:钱|费)|免费|(?:可以|能)免|不收/u;
const MAY_NOT = /(?:不能|不让|不许|不可以|不准|不给|不行)(?=\p{Script=Han})|\p{Script=Han}不(?:了|上|成)|没法|就不/u;
const ASKS_LEAVE = new RegExp(`${MAY}|可以|可不可以|允许|让(?=\\p{Script=Han})|准(?=[许不])|(?:行|成)(?:吗|吧|么|不)?$|给批|(?<!报)批(?:吗|不)|认(?:吗|不|么)|算(?:吗|不)`, 'u');
const MUST = /(?:要不要|用不用|(?<![不只都需])要(?![求是么])|得(?!到|分|票|奖|多|少|高|低|很)|必须|需要|非.{1,8}不可)/u;

/** 要先报批吗: what must come first, whatever that gives leave to. */
const FIRST = /[要得须]先/u;

/** 行不行, 要不要: what such a choice asks. */
const CHOOSES: readonly (readonly [RegExp, Claim['asks']])[] = [[/(行|能|让|准|批|许)不\1|可不可以/u, 'leave'], [/(要|用|得)不\1|需不需要|必不必须/u, 'duty']];

/** What a folded question asks of something; undefined where it asks whether something is so. */
function readClaim(folded: string): Claim | undefined {
  const chosen = CHOOSES.find(([choice]) => choice.test(folded))?.[1];
  const asked = predicateOf(folded);
  const ofRefusing = REFUSES.test(asked);
  if (chosen !== undefined) return { asks: chosen, isDenied: false, ofRefusing };
  if (NEEDNT.test(asked)) return { asks: 'duty', isDenied: true, ofRefusing };
  if (MAY_NOT.test(asked)) return { asks: 'leave', isDenied: true, ofRefusing };
  if (ASKS_LEAVE.test(asked) && !FIRST.test(asked)) return { asks: 'leave', isDenied: false, ofRefusing };
  return MUST.test(asked) ? { asks: 'duty', isDenied: false, ofRefusing } : undefined;
}

/** Whether a clause says yes to a claim; undefined where it says neither, or both. */
function weigh({ asks, isDenied, ofRefusing }: Claim, text: string): boolean | undefined {
  if (ofRefusing) {
    const [may, mayNot] = [MAY_REFUSE.test(text), MUST_NOT_REFUSE.test(text)];
    return may === mayNot ? undefined : may !== isDenied;
  }
  const exempts = EXEMPTS.test(text);
  const [forbids, allows, obliges] = [FORBIDS.test(text) && !exempts, ALLOWS.test(text), OBLIGES.test(text)];
  const [speaksFor, speaksAgainst] = asks === 'leave' ? [allows, forbids] : [obliges, exempts];
  return speaksFor === speaksAgainst ? undefined : speaksFor !== isDenied;
}

const WEIGHS = 0.3;
/** So much of the question the sentence must hold. */
const ENOUGH = 0.6;

/** The clause that holds the most of the question's own words, and what follows from it where it only tells a case; undefined where two hold as much. */
function chooseClause({ terms }: ReadingMatter, { clauses }: ScoredSentence): number | undefined {
  const held = ({ ownStrengths }: ScoredClause): number => terms.reduce((sum, { term, weight }, index) => sum + (term.role === 'frame' || term.role === 'figure' ? 0 : weight * (ownStrengths[index] ?? 0)), 0);
  const ranked = clauses.map((clause, index) => ({ index, held: held(clause) })).toSorted((left, right) => right.held - left.held);
  const [best, other] = ranked;
  if (best === undefined || best.held === 0 || (other !== undefined && other.held === best.held)) return undefined;
  return CONDITION.test(clauses[best.index]?.clause.text ?? '') && best.index + 1 < clauses.length ? best.index + 1 : best.index;
}

/** Whether the sentence holds the weightiest words of the question that the notices know. */
function holdsWeightiest({ terms }: ReadingMatter, { clauses }: ScoredSentence): boolean {
  const known = terms.flatMap(({ term, weight, isUnheard }, index) => (term.role === 'frame' || term.role === 'figure' || term.isCommon || term.isAside || isUnheard || term.text.length < 2 || weight < WEIGHS ? [] : [{ weight, held: Math.max(0, ...clauses.map(({ ownStrengths }) => ownStrengths[index] ?? 0)) }]));
  const most = Math.max(0, ...known.map(({ weight }) => weight));
  return known.length > 0 && known.filter(({ weight }) => weight === most).every(({ held }) => held >= HOLDS);
}

/** What a clause forbids, allows, obliges or exempts to be done. */
const DONE_BY = /(?:不得|严禁|禁止|不准|不许|不能|不可|谢绝|不允许|不予|不再|暂停|暂不|可以?|允许|须|应当?|必须|不需|无需|不必)(?<verb>\p{Script=Han}{1,4})/gu;

/** The clauses that speak of doing just that, by a character of the verb (不得转〔借〕 for 借给我姐). */
function clausesOfDeed({ question: { folded } }: ReadingMatter, { clauses }: ScoredSentence): readonly ScoredClause[] {
  const deed = deedOf(folded);
  return clauses.filter(({ clause }) => [...clause.folded.matchAll(DONE_BY)].some(({ groups }) => [...(groups?.['verb'] ?? '')].some((character) => deed.includes(character))));
}

/**
 * Whether a sentence says yes or no to what may be done, or has to be, by the verbs that grant, forbid, oblige and exempt; undefined where it isn't certain to
 * speak of the same.
 */
function decideByVerbs(matter: ReadingMatter, sentence: ScoredSentence): 'yes' | 'no' | undefined {
  const claim = readClaim(matter.question.folded);
  if (claim === undefined || sentence.coverage < ENOUGH || !holdsWeightiest(matter, sentence) || !holdsNamedFigures(matter, sentence)) return undefined;
  const ofDeed = clausesOfDeed(matter, sentence);
  const byDeed = new Set(ofDeed.flatMap(({ clause: { folded } }) => weigh(claim, folded) ?? []));
  if (byDeed.size === 1 && ofDeed.every(({ clause }) => figuresOf(clause).length === 0)) return byDeed.has(true) ? 'yes' : 'no';
  const index = chooseClause(matter, sentence);
  const clause = index === undefined ? undefined : sentence.clauses[index];
  if (index === undefined || clause === undefined || isDoneOtherwise(matter, sentence) || figuresOf(clause.clause).length > 0 || isForOthers(matter, { sentence, index, clause })) return undefined;
  const said = sentence.clauses.flatMap(({ clause: { folded } }) => weigh(claim, folded) ?? []);
  const isSo = weigh(claim, clause.clause.folded);
  // Where one clause grants and another forbids, which of them is meant hangs on more than their words.
  return isSo === undefined || said.includes(!isSo) ? undefined : isSo ? 'yes' : 'no';
}

/** Whether a sentence says yes or no to what a question puts to the test; undefined where it isn't certain to speak of the same. */
export const decide = (matter: ReadingMatter, sentence: ScoredSentence): 'yes' | 'no' | undefined => decideByVerbs(matter, sentence) ?? decideByDenial(matter, sentence);
