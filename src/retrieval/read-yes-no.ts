import type { Lexicon } from '../corpus/lexicon.ts';
import { MAY_BE_ROW } from '../corpus/tables.ts';
import type { Figure } from '../text/figures.ts';
import { foldForMatching } from '../text/normalize.ts';
import { tagWords } from '../text/segment.ts';
import { clashes, isDepartment, isDoneByOther } from './clashes.ts';
import { findAnnouncement } from './complete.ts';
import { ENOUGH_TO_DENY, ENOUGH_TO_TEMPER, findContradiction, findOpposite, findOtherPlace, findOthers, findStriven, FORBIDS, HEDGE, STANDS_HERE, takesOneForAll, undoes } from './contradiction.ts';
import type { CitedSpan } from './evidence.ts';
import { isOfOtherLabel, testSuperlative } from './figure-rows.ts';
import { findFirmMisses } from './firm-misses.ts';
import { holdsSomethingRare } from './holds-something-rare.ts';
import { asksNegatively, findDenial, isExcepted, weighNegation } from './negation.ts';
import { findNextBest, holdsWords, isOnlyNear } from './next-best.ts';
import { placeFigures } from './place-figures.ts';
import { citeClauses, citeSentence, findKnownMisses, LIMITS_BEFORE, listMissing, refuse, widenClause } from './reading.ts';
import type { Reading, ReadingMatter } from './reading.ts';
import type { Question } from './question.ts';
import { figuresOf } from './scene.ts';
import type { ScoredClause, ScoredSentence, WeightedTerm } from './scoring.ts';
import { isDay, isEqual, isMeasure, isSameMeasure } from './same-measure.ts';
import type { Term } from './term.ts';
import { findOtherYear, holdsNamedFigures, testFigures } from './tested-figures.ts';
import { isBetween, isOfDay, testLimit } from './tested-limits.ts';
import { ASKS_PERMISSION, bestClause, MAY, PREDICATE_END, SUBJECT_BONUS, subjectShare } from './yes-no-candidate.ts';
import type { Candidate } from './yes-no-candidate.ts';

const ENOUGH = 0.5;
/** From here on the notice is quoted, with neither yes nor no, since the words of the question are not its own. */
const ENOUGH_TO_QUOTE = 0.27;
/** In a sentence no longer than this, neighbouring clauses are quoted along. */
const LONGEST_SENTENCE = 90;
const SAME_MEASURE = 0.2;
/** What a yes-no question ends in (能停暖吗) must at least stand beside. */
const STANDS_NEAR = 0.35;
/** 「9月22号那天」 tells when, and is not what is put to the test. */
const FRAMES_DAY = /那天|当天|当日|那日|的时候|这天/u;

const holdsFigure = ({ clause }: ScoredClause): boolean => figuresOf(clause).some(isMeasure);

/** Clauses with what stands beside them, since that mostly limits a yes or a no; but no further than to the next figure, which is of something else. */
function citeWithNeighbours(sentence: ScoredSentence, from: number, to: number): CitedSpan {
  const { clauses } = sentence;
  if (sentence.sentence.sentence.text.length > LONGEST_SENTENCE) return citeClauses(sentence, from, to);
  const isPlain = (index: number): boolean => clauses[index] !== undefined && !holdsFigure(clauses[index]);
  let [first, last] = [from, to];
  while (isPlain(first - 1)) first -= 1;
  while (isPlain(last + 1)) last += 1;
  return first === 0 && last === clauses.length - 1 ? citeSentence(sentence) : citeClauses(sentence, first, last);
}

function answer(matter: ReadingMatter, { sentence, index, clause }: Candidate, polarity: 'yes' | 'no' | undefined, also = index): Reading {
  const [first, last] = widenClause(matter, sentence, index, () => true);
  const [from, to] = [Math.min(first, also), Math.max(last, also)];
  const span = citeWithNeighbours(sentence, from, to);
  // What is excepted from a rule is just what a question asks that denies the rule.
  const isSo = polarity === 'no' && asksNegatively(matter.question) && isExcepted(matter, sentence) && !takesOneForAll(matter.question, sentence.sentence.folded);
  const isDenial = polarity === 'no' && findDenial(matter.question) !== undefined;
  const said = isSo || (isDenial && FORBIDS.test(span.text) && holdsNamedFigures(matter, sentence)) ? 'yes' : isDenial ? undefined : polarity === 'yes' ? weighNegation(matter, sentence, from, to, span.text, findAnnouncement(matter, span)?.text ?? '') : polarity;
  // With neither yes nor no, what else comes near is shown, too.
  const others = said === undefined ? findNextBest(matter, sentence).map((scored) => ({ span: citeSentence(scored) })) : [];
  return { verdict: 'answered', shape: 'yes-no', ...(said === undefined ? {} : { polarity: said }), points: [{ span }, ...others], ...(said === undefined && isOnlyNear(clause) && { isNear: true }) };
}

/** 「要钱吗」 is answered by what speaks of money. */
const ASKS_FOR_MONEY = /(?:要不要|用不用|要|用|得|收|花|交)(?:交|缴|付|掏)?(?:钱|费|费用|学费)(?:吗|不|么|吧)?[?？]?$|收费(?:吗|不|吧)[?？]?$|免费(?:吗|不|的吗|的吧|吧)[?？]?$/u;
const SPEAKS_OF_MONEY = /费|元|钱|免收|免缴|免交|价|补贴|补助|自理|承担/u;

/** 「有咖啡厅吗」: a thing whose being there is asked, and which the notices never name. */
const ASKS_WHETHER_THERE_IS = /(?:有没有|有无|(?<![没还])有)(?<thing>[^,，有]{2,8}?)(?:吗|么|没有?|不)?[?？]?$/u;

/** 「能刷支付宝吗」: what something is to be done with. */
const WITH_WHAT = /(?:刷|用|拿|凭|靠|坐|骑|开|带|吃|喝|住|打|看|玩|养)(?<thing>\p{Script=Han}{2,6}?)(?:付|交|缴|支付|报名|登录|申请)?(?:吗|么|不|行吗|行不行|可以吗)[?？]?$/u;

function findAbsent({ question, terms }: ReadingMatter): readonly WeightedTerm[] {
  const thing = ASKS_WHETHER_THERE_IS.exec(question.folded)?.groups?.['thing'] ?? WITH_WHAT.exec(question.folded)?.groups?.['thing'] ?? '';
  return terms.filter(({ term: { text, role, isNoun, isLoose, isGuess, alternatives }, isUnheard }) => isUnheard && role === 'content' && isNoun && !isLoose && !isGuess && alternatives.length === 0 && text.length > 1 && thing.endsWith(text));
}

/** What a sentence takes away from the rule that the one before it gives. */
const TAKES_AWAY = /不享受|不适用|除外|不包括|不在此列|不予|不得|不再/u;
const NOUN_WEIGHT = 0.4;

/** The sentence right behind that says no to just what the question names, and the rule before it doesn't: 「在道路停车泊位停放的,不享受该项优惠」. */
function findException({ sentences, terms, question }: ReadingMatter, { sentence }: Candidate): Candidate | undefined {
  const next = sentences.find(({ scene, index }) => scene === sentence.scene && index === sentence.index + 1);
  if (next === undefined || !TAKES_AWAY.test(next.sentence.sentence.text) || TAKES_AWAY.test(question.folded)) return undefined;
  const named = terms.flatMap(({ term, weight, isUnheard }, position) => (!isUnheard && term.role !== 'frame' && term.role !== 'figure' && term.text.length > 1 && weight >= NOUN_WEIGHT && sentence.clauses.every(({ ownStrengths }) => (ownStrengths[position] ?? 0) < HOLDS_IN_PART) ? [position] : []));
  const index = next.clauses.findIndex(({ ownStrengths }) => named.some((position) => (ownStrengths[position] ?? 0) >= HOLDS));
  const clause = next.clauses[index];
  return clause === undefined ? undefined : { sentence: next, index, clause };
}

const HOLDS_IN_PART = 0.5;

/** Of a table, a row that lacks a thing which the question names may be another's than is meant. */
function isOfOtherRow({ terms }: ReadingMatter, { sentence }: Candidate): boolean {
  return MAY_BE_ROW.test(sentence.sentence.sentence.text) && terms.some(({ term, weight }, index) => term.role === 'content' && term.isNoun && !term.isCommon && !term.isAside && term.text.length > 1 && weight >= NAMES_ROW && (sentence.strengths[index] ?? 0) < STANDS_NEAR);
}
const NAMES_ROW = 0.3;

/** A yes, or what is left of it; a no where the next sentence takes it back for what is asked. */
function affirm(matter: ReadingMatter, candidate: Candidate, given: 'yes' | undefined): Reading {
  const isClaimed = CLAIMS_SUPERLATIVE.test(matter.question.folded) && !candidate.sentence.sentence.folded.includes('最') && matter.question.figures.length === 0;
  const polarity = isClaimed || isOfOtherRow(matter, candidate) ? undefined : given;
  const exception = polarity === undefined ? undefined : findException(matter, candidate);
  return exception === undefined ? answer(matter, candidate, polarity) : answer(matter, exception, 'no', Math.min(exception.index + 1, exception.sentence.clauses.length - 1));
}

/** Whether a word that the question puts to the test is none of the notice's: then neither yes nor no can be said. */
function isUntested(matter: ReadingMatter, { sentence }: Candidate): boolean {
  const { folded, tested } = matter.question;
  return matter.terms.some(({ term: { role, text }, isUnheard }, index) => {
    if (role !== 'content' || text.length < 2) return false;
    const endsIt = PREDICATE_END.test(folded.slice(folded.lastIndexOf(text) + text.length));
    return (endsIt && (isUnheard || (sentence.strengths[index] ?? 0) < STANDS_NEAR)) || ((tested?.includes(text) ?? false) && (sentence.strengths[index] ?? 0) < STANDS_HERE);
  });
}


/** 「能留到下个月用吗」: what it is that may be done. */
const MAY_BE_DONE = new RegExp(`(?:${MAY}(?!不)|可以|准许|允许)(?<deed>[^,，吗吧么]{2,10})`, 'u');

/** Whether the notice has no word for what is asked to be allowed: then a grant is of something else. */
function isDoneOtherwise({ question: { folded }, terms }: ReadingMatter, { sentence }: Candidate): boolean {
  const deed = MAY_BE_DONE.exec(folded)?.groups?.['deed'];
  const first = deed === undefined ? -1 : terms.findIndex(({ term: { text, role } }) => role === 'content' && text.length > 1 && deed.startsWith(text));
  return first >= 0 && terms[first]?.term.isCommon === false && (sentence.strengths[first] ?? 0) < STANDS_NEAR;
}

function withoutPolarity({ polarity: _said, ...reading }: Extract<Reading, { verdict: 'answered' }>): Reading {
  return reading;
}

/** 「其中甲镇因种植晚稻,可以延至2月底」: whom the question names stands right before the figure that it names, and not where the likelier one is. */
function isNamedBefore({ terms }: ReadingMatter, { sentence, index }: Candidate, { clause }: Candidate): boolean {
  return terms.some(({ term, isUnheard }, position) => !isUnheard && (term.role === 'place' || term.role === 'name') && (clause.ownStrengths[position] ?? 0) < HOLDS && sentence.clauses.slice(Math.max(0, index - 1), index + 1).some(({ ownStrengths }) => (ownStrengths[position] ?? 0) >= HOLDS));
}

const HOLDS = 0.9;
/** So much more of the question's weight. */
const HOLDS_MORE = 0.2;
const LOSES = /取消|停止|停发|不予|不再|追回|收回|退出|失去|丧失|暂停|不得(?!少于|低于|超过|高于|大于|小于|晚于|早于)/u;

/** Times that are told without a figure. */
const TELLS_TIME = /年底|年内|年末|年初|明年|次年|[上下]半年|季度/u;

/** 「左岸须在4月20日前完工,右岸计划10月开工」, where the question has 右岸: the clause that opens with what is asked about, and gives another such figure; undefined where there is none. */
function findOwnClause({ terms, question }: ReadingMatter, { sentence, clause }: Candidate, asked: Figure): number | undefined {
  const [subject] = tagWords(clause.clause.folded);
  if (subject === undefined || !/^[nsf]/u.test(subject.tag) || question.folded.includes(subject.word) || LIMITS_BEFORE.test(clause.clause.text)) return undefined;
  const named = terms.flatMap(({ term, weight }, index) => (term.role !== 'frame' && term.role !== 'figure' && term.text.length > 1 && weight >= NAMES_ROW && (clause.ownStrengths[index] ?? 0) < HOLDS_IN_PART ? [term.text] : []));
  const own = sentence.clauses.findIndex((other) => other !== clause && named.some((text) => other.clause.folded.startsWith(text)) && (figuresOf(other.clause).some((figure) => isSameMeasure(figure, asked)) || (isDay(asked) && TELLS_TIME.test(other.clause.folded))));
  return own < 0 ? undefined : own;
}

/** 「全县任务最重的是柳河镇吧」, which only the notice itself may say. */
const CLAIMS_SUPERLATIVE = /最(?:重|多|高|大|长|少|低|小|短|早|晚|远|快|慢|贵|先)(?!生活保障|工资|人民)/u;

/** A limit in a sentence that holds so much less of the question than the best one is of something else. */
const FAR_LESS = 0.2;
const FAVOURS = /免费|免收|免交|优惠|折|半价/u;
const ASKS_FAVOUR = /免|不(?:要|用|花|收|交)|钱|费|优惠|折|半价|减|补|领|享/u;
const NAMES_MONEY = /[元块钱]/u;

const THIS_YEAR = /今年|本年/u;

/** 「今年9月」, where the notice gives a month of another year than its own. */
function isOfOtherYear({ folded }: Question, { figure: { unit, value }, sentence }: { readonly figure: Figure; readonly sentence: ScoredSentence }): boolean {
  if (!THIS_YEAR.test(folded) || !unit.startsWith('年月') || sentence.scene.year === undefined) return false;
  return Math.floor(value / (unit.startsWith('年月日') ? 10_000 : 100)) !== sentence.scene.year;
}

/** How much of the question a clause holds, apart from the case that is put to the test. */
function coverWithout({ terms }: ReadingMatter, { coverage }: ScoredClause, isTested: (term: Term) => boolean): number {
  const total = terms.reduce((sum, { weight }) => sum + weight, 0);
  const tested = terms.reduce((sum, { term, weight }) => sum + (isTested(term) ? weight : 0), 0);
  return tested < total ? Math.min(1, (coverage * total) / (total - tested)) : coverage;
}

/** The question's own figure against the one that the notice gives for the same thing; undefined where it gives none, or of a mere case no limit. */
function testFigure(matter: ReadingMatter, asked: Figure, lexicon: Lexicon, isCase = false): Reading | undefined {
  const { question } = matter;
  const isTested = ({ text, role }: Term): boolean => text === foldForMatching(asked.text) || (isDay(asked) && role === 'year');
  const bare: ReadingMatter = { ...matter, question: { ...question, figures: [] } };
  const rivals = placeFigures(bare, (figure) => (isSameMeasure(figure, asked) ? SAME_MEASURE : undefined)).flatMap((placed) => {
    const clause = placed.sentence.clauses[placed.clauseIndex];
    if (clause === undefined) return [];
    return [{ figure: placed.figure, sentence: placed.sentence, index: placed.clauseIndex, clause, score: placed.score + SUBJECT_BONUS * subjectShare(matter, clause) }];
  });
  // That a figure without a unit is money is only a guess, which the same figure bears out.
  const isGuess = asked.kind === 'money' && !NAMES_MONEY.test(asked.text);
  const limits = isCase ? rivals.filter(({ figure, clause }) => testLimit(question, figure, asked, clause.clause) !== undefined) : rivals;
  const ranked = limits.filter(({ figure }) => !isGuess || isEqual(figure, asked)).toSorted((left, right) => right.score - left.score);
  // 「可以签到5年吗」: of the figures of one sentence (一般为3年,最长不超过5年) the one that is asked about.
  const likely = ranked.find((each) => each.sentence === ranked[0]?.sentence && LIMITS_BEFORE.test(each.clause.clause.text) && each.figure.value === asked.value && each.index === ranked[0].index + 1) ?? ranked.find((each) => each.clause === ranked[0]?.clause && each.figure.value === asked.value) ?? ranked[0];
  // 「紧急事件是不是2小时」: what the question names stands with a figure of its own, though the other clause shares more of its words.
  const held = ({ clause }: Candidate): number => matter.terms.reduce((sum, { term, weight }, index) => sum + (term.role === 'figure' || term.role === 'frame' || asked.text.includes(term.text) ? 0 : weight * Number((clause.ownStrengths[index] ?? 0) >= HOLDS)), 0);
  const rival = likely === undefined || LIMITS_BEFORE.test(likely.clause.clause.text) ? likely : (ranked.find((each) => each.sentence === likely.sentence && isEqual(each.figure, asked) && isNamedBefore(matter, each, likely)) ?? ranked.find((each) => each.sentence === likely.sentence && each !== likely && held(each) > held(likely) + HOLDS_MORE) ?? likely);
  // 「5500元是硬指标吗」: nothing but the figure tells what is meant.
  const isAlone = matter.terms.every(({ term: { role } }) => role === 'frame' || role === 'figure') && new Set(ranked.filter(({ figure }) => isEqual(figure, asked)).map(({ clause }) => clause)).size === 1;
  if (rival === undefined || ((isCase ? coverWithout(matter, rival.clause, isTested) : rival.clause.coverage) < ENOUGH_TO_DENY && !(isAlone && isEqual(rival.figure, asked)))) return undefined;
  const isByOther = isDoneByOther(question, rival.clause.clause.folded);
  const misses = findFirmMisses(matter, rival.clause.strengths).filter(({ term }) => !isTested(term) && !(isByOther && isDepartment(term)));
  if (misses.length > 0) return undefined;
  const opposite = findOpposite(matter, rival, lexicon);
  // What stands with a figure of its own is said of that.
  const isOfAnother = opposite !== undefined && opposite !== rival.index && holdsFigure(rival.sentence.clauses[opposite] ?? rival.clause);
  if ((opposite !== undefined && !isOfAnother) || undoes(question, rival.clause)) return answer(matter, rival, 'no', opposite ?? rival.index);
  const limit = testLimit(question, rival.figure, asked, rival.clause.clause);
  // A limit of something else tells nothing.
  if (limit !== undefined && (findKnownMisses(matter, rival.clause.strengths).length > 0 || (matter.sentences[0]?.coverage ?? 0) - rival.sentence.coverage > FAR_LESS)) return undefined;
  // 「已满18周岁不满25周岁的」: within the one limit, beyond the other.
  if (limit === true && figuresOf(rival.clause.clause).some((other) => testLimit(question, other, asked, rival.clause.clause) === false)) return answer(matter, rival, undefined);
  // 「未满16周岁……不得」 says nothing of those who are older, nor 「70周岁以上免费乘车」 of whether others may ride.
  if (limit === false && (FORBIDS.test(rival.clause.clause.text) || (FAVOURS.test(rival.clause.clause.text) && !ASKS_FAVOUR.test(question.folded)))) return answer(matter, rival, undefined);
  // 「低于80分的,取消评优资格」: what falls under the limit loses what is asked for.
  const told = rival.sentence.clauses.slice(rival.index).filter(({ clause, own }) => own > 0 || !clause.text.startsWith('但')).map(({ clause }) => clause.text).join('');
  if (limit === true && LOSES.test(told) && !LOSES.test(question.folded) && !asksNegatively(question)) return answer(matter, rival, 'no', Math.min(rival.index + 1, rival.sentence.clauses.length - 1));
  const other = findOwnClause(matter, rival, asked);
  if (other !== undefined) return answer(matter, rival, 'no', other);
  if (isOfOtherLabel(question, rival.figure, rival.clause.clause)) return answer(matter, rival, 'no');
  const others = findOthers(question, rival.sentence);
  if (others !== undefined) return answer(matter, rival, 'no', others);
  const isSame = (isEqual(rival.figure, asked) && !isOfOtherYear(question, rival)) || limit === true || isBetween(asked, rival.clause.clause.text);
  if (!isSame || takesOneForAll(question, rival.clause.clause.text) || clashes(question, rival.clause.clause.folded) || ((question.supposesMust || question.supposesDone) && HEDGE.test(rival.clause.clause.text))) return answer(matter, rival, 'no');
  return affirm(matter, rival, isUntested(matter, rival) ? undefined : 'yes');
}

/**
 * Reads whether the notice says so: yes, no with what it says instead, a quotation with neither where its words differ from the question's,
 * or a refusal where it speaks of something else.
 */
export function readYesNo(matter: ReadingMatter, lexicon: Lexicon): Reading {
  const { question } = matter;
  const best = bestClause(matter);
  if (best === undefined) return refuse([], listMissing(matter, []), false);
  const named = question.figures[0];
  const asked = named !== undefined && isDay(named) && FRAMES_DAY.test(question.folded) ? undefined : named;
  const several = testFigures(matter);
  if (several?.verdict === 'other') return answer(matter, several.candidate, 'no');
  const tested = asked === undefined ? undefined : testFigure(matter, asked, lexicon, isDay(asked) && isOfDay(question.folded, asked));
  if (tested !== undefined) return several === undefined || tested.verdict === 'refused' || tested.polarity !== 'yes' ? tested : withoutPolarity(tested);
  for (const told of [...question.figures.slice(1), ...question.cases]) {
    const reading = testFigure(matter, told, lexicon, true);
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
  if (ASKS_FOR_MONEY.test(question.folded) && !SPEAKS_OF_MONEY.test(`${best.sentence.sentence.folded} ${best.sentence.scene.heading} ${best.sentence.scene.ancestors}`)) return { verdict: 'refused', reason: 'attribute', missing: ['收费'], isFirm: true };
  const absent = findAbsent(matter);
  if (absent.length > 0) return refuse(absent, [], true);
  const isByOther = coverage >= ENOUGH_TO_DENY && isDoneByOther(question, clause.clause.folded);
  const misses = findFirmMisses(matter, strengths).filter(({ term }) => !(isByOther && isDepartment(term)));
  const areTested = misses.length > 0 && misses.every(({ term }) => question.tested?.includes(term.text) ?? false);
  if (areTested && coverage >= ENOUGH_TO_DENY) return answer(matter, best, 'no');
  const opposite = findOpposite(matter, best, lexicon);
  const areOfProperty = misses.length > 0 && misses.every(({ term: { role, text } }) => role === 'attribute' && !PREDICATE_END.test(question.folded.slice(question.folded.lastIndexOf(text) + text.length)));
  if (misses.length > 0 && opposite === undefined && !(areOfProperty && clause.own >= ENOUGH_TO_QUOTE)) return refuse(misses, [], true);
  const needed = findContradiction(matter, best, opposite);
  if (needed !== undefined && coverage >= needed) return answer(matter, best, 'no', opposite ?? index);
  if (coverage < ENOUGH_TO_QUOTE || (isOnlyNear(clause) && !holdsWords(matter, best.sentence))) return refuse([], listMissing(matter, strengths), false);
  const otherYear = findOtherYear(matter, best.sentence);
  if (otherYear !== undefined) return answer(matter, best, 'no', otherYear);
  const isUnsure = isDoneOtherwise(matter, best) || coverage < ENOUGH || several !== undefined || !holdsNamedFigures(matter, best.sentence) || misses.length > 0 || isUntested(matter, best) || findKnownMisses(matter, strengths).length > 0 || (ASKS_PERMISSION.test(question.folded) && !GRANTS.test(clause.clause.text));
  return affirm(matter, best, isUnsure ? undefined : 'yes');
}

/** Without a word that grants or forbids, a clause gives no leave. */
const GRANTS = /可|能|允许|准予|给予|享受|免|不得|不予|不再|不适用|严禁|禁止|补助|补贴|奖励|发放|优惠|支持|鼓励/u;
