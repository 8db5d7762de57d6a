import type { Lexicon } from '../../corpus/lexicon.ts';
import { isDepartment, isDoneByOther } from '../evidence/clashes.ts';
import { ENOUGH_TO_DENY, ENOUGH_TO_TEMPER, findContradiction, findOpposite, findOtherPlace, findStriven } from './contradiction.ts';
import { testSuperlative } from '../figures/figure-rows.ts';
import { findFirmMisses } from '../evidence/firm-misses.ts';
import { holdsSomethingRare } from '../evidence/holds-something-rare.ts';
import { holdsWords, isOnlyNear } from '../evidence/next-best.ts';
import { isOfOtherForm, isOfOtherOfKind } from '../evidence/other-of-kind.ts';
import { readCharged } from './read-charged.ts';
import { readExcepted } from './read-excepted.ts';
import { readNotAmong } from './read-not-among.ts';
import { readOpening } from './read-opening.ts';
import { lacksOneOfBoth, readTogether } from './read-together.ts';
import { findKnownMisses, listMissing, refuse } from '../evidence/reading.ts';
import { isOfDay } from '../question/question.ts';
import type { Reading, ReadingMatter } from '../evidence/reading.ts';
import { asksForMoney, PAYMENT, preferMoney, speaksOfMoney, tellsFree, tellsWaived } from './asked-money.ts';
import { isDay } from '../../text/same-measure.ts';
import { affirm, answer, HOLDS, isUntested, missesAsked } from './say-yes-no.ts';
import type { WeightedTerm } from '../evidence/scoring.ts';
import { testFigure } from './tested-figure.ts';
import { findOtherYear, holdsNamedFigures, testFigures } from './tested-figures.ts';
import { isCondition, isDoneThen } from '../figures/tested-limits.ts';
import { sentenceOf } from '../evidence/complete.ts';
import { decide } from './decide-yes-no.ts';
import { isDoneByAnother } from './told-doer.ts';
import { findUntoldThings } from './untold-things.ts';
import { ASKS_PERMISSION, bestClause, isDoneOtherwise, PREDICATE_END } from './yes-no-candidate.ts';

const ENOUGH = 0.5;
/** From here on the notice is quoted, with neither yes nor no, since the words of the question are not its own. */
const ENOUGH_TO_QUOTE = 0.27;
/** 「9月22号那天」 tells when, and is not what is put to the test. */
const FRAMES_DAY = /那天|当天|当日|那日|的时候|这天/u;

/** 「有咖啡厅吗」: a thing whose being there is asked, and which the notices never name. */
const ASKS_WHETHER_THERE_IS = /(?:有没有|有无|(?<![没还])有)(?<thing>[^,，有]{2,8}?)(?:吗|么|没有?|不)?[?？]?$/u;

/** 「能刷支付宝吗」: what something is to be done with. */
const WITH_WHAT = /(?:刷|用|拿|凭|靠|坐|骑|开|带|吃|喝|住|打|看|玩|养)(?<thing>(?:(?![能可])\p{Script=Han}){2,6}?)(?:付|交|缴|支付|报名|登录|申请)?(?:吗|么|不|行吗|行不行|可以吗)[?？]?$/u;

function findAbsent({ question, terms }: ReadingMatter): readonly WeightedTerm[] {
  const there = ASKS_WHETHER_THERE_IS.exec(question.folded)?.groups?.['thing'];
  const thing = there ?? WITH_WHAT.exec(question.folded)?.groups?.['thing'] ?? '';
  return terms.filter(({ term: { text, role, isNoun, isLoose, isGuess, alternatives }, isUnheard }) => isUnheard && role === 'content' && isNoun && !isLoose && !isGuess && alternatives.length === 0 && text.length > 1 && thing.endsWith(text) && (there !== undefined || thing.length <= text.length + 1));
}

/** Without a word that grants or forbids, a clause gives no leave. */
const GRANTS = /可|能|允许|准予|给予|享受|免|不得|不予|不再|不适用|严禁|禁止|补助|补贴|奖励|发放|优惠|支持|鼓励/u;

type Answered = Extract<Reading, { verdict: 'answered' }>;

function withoutPolarity({ polarity: _said, ...reading }: Answered): Answered {
  return reading;
}

/**
 * Reads whether the notice says so: yes, no with what it says instead, a quotation with neither where its words differ from the question's,
 * or a refusal where it speaks of something else.
 */
export function readYesNo(matter: ReadingMatter, lexicon: Lexicon): Reading {
  const reading = readTold(matter, lexicon);
  if (reading.verdict === 'refused' || reading.polarity === 'no') return reading;
  const told = reading.points[0]?.span;
  const sentence = told === undefined ? undefined : sentenceOf(matter, told);
  if (sentence === undefined) return reading;
  const leavesUntold = findUntoldThings(matter, sentence).length > 0;
  if (reading.polarity !== undefined) return leavesUntold ? { ...withoutPolarity(reading), leavesUntold } : reading;
  const polarity = leavesUntold || missesAsked(matter, sentence) ? undefined : decide(matter, sentence);
  if (polarity !== undefined) return { ...reading, polarity, points: reading.points.slice(0, 1) };
  return leavesUntold ? { ...reading, leavesUntold } : reading;
}

function readTold(matter: ReadingMatter, lexicon: Lexicon): Reading {
  const { question } = matter;
  const opening = readOpening(matter);
  if (opening !== undefined) return opening;
  const told = readExcepted(matter) ?? readNotAmong(matter) ?? readTogether(matter);
  if (told !== undefined) return told;
  const first = bestClause(matter);
  const best = first === undefined ? undefined : preferMoney(matter, first);
  if (best === undefined) return refuse([], listMissing(matter, []), false);
  const charged = readCharged(matter, best);
  if (charged !== undefined) return charged;
  const named = question.figures[0];
  const asked = named !== undefined && isDay(named) && FRAMES_DAY.test(question.folded) ? undefined : named;
  const isByAnother = isDoneByAnother(matter, best.sentence);
  if (isByAnother === true && best.clause.coverage >= ENOUGH) return answer(matter, best, 'no');
  const several = testFigures(matter);
  if (several?.verdict === 'other') return answer(matter, several.candidate, 'no');
  const tested = asked === undefined ? undefined : testFigure(matter, asked, lexicon, isDay(asked) ? isOfDay(question.folded, asked) || isDoneThen(question.folded, asked) : asked.kind === 'time' && isCondition(question, asked));
  if (tested !== undefined) return several === undefined || tested.verdict === 'refused' || tested.polarity !== 'yes' ? tested : withoutPolarity(tested);
  for (const figure of [...question.figures.slice(1), ...question.cases]) {
    const reading = testFigure(matter, figure, lexicon, true);
    if (reading !== undefined) return reading;
  }
  const striven = question.supposesMust || question.supposesDone ? findStriven(matter, best) : undefined;
  if (striven !== undefined && striven.clause.coverage >= ENOUGH_TO_TEMPER && findFirmMisses(matter, striven.clause.strengths).length === 0) return answer(matter, striven, 'no');
  const { clause, index } = best;
  const most = best.sentence.clauses.flatMap((each, position) => {
    const isMost = testSuperlative(question, each.clause);
    return isMost === undefined ? [] : [{ isMost, position }];
  })[0];
  if (most !== undefined && clause.coverage >= ENOUGH) return answer(matter, best, most.isMost ? 'yes' : 'no', most.position);
  const { coverage, strengths } = clause;
  if (coverage >= ENOUGH_TO_DENY && findOtherPlace(matter, clause, lexicon)) return answer(matter, best, 'no');
  if (question.figures.length === 0 && !holdsSomethingRare(matter, best.sentence)) return refuse([], listMissing(matter, strengths), false);
  if (asksForMoney(question) && !speaksOfMoney(best.sentence)) return { verdict: 'refused', reason: 'attribute', missing: ['收费'], isFirm: true };
  const absent = findAbsent(matter);
  if (absent.length > 0) return refuse(absent, [], true);
  const isByOther = coverage >= ENOUGH_TO_DENY && isDoneByOther(question, clause.clause.folded);
  const isWaived = tellsWaived(matter, best);
  // 「小学入学不以…为前提,任何学校不得…」: at which stage is told in front.
  const isToldInFront = (missed: WeightedTerm): boolean => missed.term.role === 'level' && index > 0 && (best.sentence.clauses[0]?.ownStrengths[matter.terms.indexOf(missed)] ?? 0) >= HOLDS;
  const misses = findFirmMisses(matter, strengths).filter((missed) => !(isByOther && isDepartment(missed.term)) && !(isWaived && missed.term.role === 'attribute' && PAYMENT.test(missed.term.text)) && !isToldInFront(missed));
  const areTested = misses.length > 0 && misses.every(({ term }) => question.tested?.includes(term.text) ?? false);
  if (areTested && coverage >= ENOUGH_TO_DENY) return answer(matter, best, 'no');
  const isFree = tellsFree(matter, best);
  const opposite = isFree ? undefined : findOpposite(matter, best, lexicon);
  const areOfProperty = misses.length > 0 && misses.every(({ term: { role, text } }) => role === 'attribute' && !PREDICATE_END.test(question.folded.slice(question.folded.lastIndexOf(text) + text.length)));
  if (misses.length > 0 && opposite === undefined && !(areOfProperty && clause.own >= ENOUGH_TO_QUOTE)) return refuse(misses, [], true);
  if (isFree && coverage >= ENOUGH_TO_DENY && misses.length === 0) return answer(matter, best, 'yes');
  const needed = findContradiction(matter, best, opposite);
  const isOfThing = opposite === undefined && findUntoldThings(matter, best.sentence).length > 0 && !isByOther && !isOfOtherOfKind(question.folded, clause.clause.folded);
  if (needed !== undefined && coverage >= needed && !isOfThing) return answer(matter, best, 'no', opposite ?? index, isOfOtherForm(question.folded, best.sentence.sentence.folded));
  if (coverage < ENOUGH_TO_QUOTE || (isOnlyNear(clause) && !holdsWords(matter, best.sentence))) return refuse([], listMissing(matter, strengths), false);
  const otherYear = findOtherYear(matter, best.sentence);
  if (otherYear !== undefined) return answer(matter, best, 'no', otherYear);
  const isUnsure = isDoneOtherwise(matter, best.sentence) || lacksOneOfBoth(matter, best.sentence) || coverage < ENOUGH || several !== undefined || !holdsNamedFigures(matter, best.sentence) || misses.length > 0 || isUntested(matter, best) || findKnownMisses(matter, strengths).length > 0 || isOfThing || (ASKS_PERMISSION.test(question.folded) && !GRANTS.test(clause.clause.text));
  return affirm(matter, best, isUnsure ? undefined : 'yes');
}
