import { MAY_BE_ROW } from '../../corpus/tables.ts';
import { CONDITION, findAnnouncement } from '../evidence/complete.ts';
import { FORBIDS, STANDS_HERE, takesOneForAll } from './contradiction.ts';
import type { CitedSpan } from '../evidence/evidence.ts';
import { asksNegatively, findDenial, isExcepted, weighNegation } from '../evidence/negation.ts';
import { findNextBest, isOnlyNear } from '../evidence/next-best.ts';
import { citeClauses, citeSentence, widenClause } from '../evidence/reading.ts';
import type { Reading, ReadingMatter } from '../evidence/reading.ts';
import { isMeasure } from '../../text/same-measure.ts';
import { figuresOf } from '../evidence/scene.ts';
import type { ScoredClause, ScoredSentence } from '../evidence/scoring.ts';
import type { Question } from '../question/question.ts';
import { deedOf, predicateOf } from '../question/predicate.ts';
import { holdsNamedFigures } from './tested-figures.ts';
import { findDays } from '../figures/week-days.ts';
import { PREDICATE_END, STANDS_NEAR } from './yes-no-candidate.ts';
import type { Candidate } from './yes-no-candidate.ts';

/** From here on a clause holds a word, or half of it. */
export const HOLDS = 0.9;
export const HOLDS_IN_PART = 0.5;
/** A word of this weight names what a row or clause is of. */
export const NAMES_ROW = 0.3;
/** In a sentence no longer than this, neighbouring clauses are quoted along. */
const LONGEST_SENTENCE = 90;
/** Whether a clause gives a quantity. */
export const holdsFigure = ({ clause }: ScoredClause): boolean => figuresOf(clause).some(isMeasure);

/** What follows from a case is not quoted without it: 〔累计3次的,〕暂停资格90天. */
const withCondition = ({ clauses }: ScoredSentence, from: number): number => (CONDITION.test(clauses[from - 1]?.clause.text ?? '') ? from - 1 : from);

/** Clauses with what stands beside them, since that mostly limits a yes or a no; but no further than to the next figure, which is of something else. */
function citeWithNeighbours(sentence: ScoredSentence, from: number, to: number): CitedSpan {
  const { clauses } = sentence;
  if (sentence.sentence.sentence.text.length > LONGEST_SENTENCE) return citeClauses(sentence, withCondition(sentence, from), to);
  const isPlain = (index: number): boolean => clauses[index] !== undefined && !holdsFigure(clauses[index]);
  let [first, last] = [from, to];
  while (isPlain(first - 1)) first -= 1;
  while (isPlain(last + 1)) last += 1;
  first = withCondition(sentence, first);
  return first === 0 && last === clauses.length - 1 ? citeSentence(sentence) : citeClauses(sentence, first, last);
}

/** Whom a grant is for, where it opens with them: 〔现役军人〕免费乘车. */
const GRANTED_TO = /^(?<whom>[^,，。;；:：]{2,20}?)(?:凭|持|可以?|免|享受|不收|优先|予以|给予|半价|减半|不可)/u;
const PEOPLE = /居民|村民|户(?!籍|口)|人员|职工|[学新]生|儿童|老人|老年人|军人|残疾人|教师|企业|家庭|对象|孤儿|毕业生|妇女|会员|业主|孕妇|[师员者](?![\p{Script=Han}])/u;
/** Says no more of people than that they are such. */
const ANYONE = /(?:有关|相关|广大|符合条件的|以上|各类|本市|全市|全县|全区|所有|的)?(?:对象|人员|居民|村民|户|群众|市民|家庭|参保人|申请人|患者|游客|乘客|读者|旅客|学生|者|人|员)/gu;
const PAIR = 2;

/** Whether a grant is for people whom the question doesn't name, so that it says nothing of others: 现役军人免费 for 「坐船免费吗」. */
export function isForOthers({ question: { folded, figures }, terms }: ReadingMatter, { clause }: Candidate): boolean {
  const whom = GRANTED_TO.exec(clause.clause.folded)?.groups?.['whom'] ?? '';
  if (figures.length > 0 || !PEOPLE.test(whom)) return false;
  const whose = whom.replace(ANYONE, '');
  if (whose.length < PAIR) return false;
  const isNamed = Array.from({ length: whose.length - 1 }, (_, at) => whose.slice(at, at + PAIR)).some((pair) => folded.includes(pair));
  return !isNamed && !terms.some(({ term }) => [...term.alternatives, ...term.broader].some((word) => word.length > 1 && whom.includes(word)));
}

const EXEMPTED = /免|不(?:收|需|必|用)/u;

const PARTS_CASE = /[,，]/u;

/** Whether a sentence is only about the case that a question tells, and holds no word of what it asks then: 超期停借,〔还能进馆看书吗〕. */
export function missesAsked({ question: { folded, figures }, terms }: ReadingMatter, { clauses }: ScoredSentence): boolean {
  if (figures.length > 0 || !PARTS_CASE.test(folded)) return false;
  const asked = predicateOf(folded);
  const told = new Set(folded.slice(0, Math.max(0, folded.lastIndexOf(asked))));
  const own = terms.flatMap(({ term: { text, role, isCommon, isAside } }, index) => (role !== 'frame' && role !== 'figure' && !isCommon && !isAside && text.length > 1 && asked.includes(text) ? [index] : []));
  return own.length > 0 && own.every((index) => clauses.every(({ ownStrengths }) => (ownStrengths[index] ?? 0) < HOLDS_IN_PART)) && ![...deedOf(folded)].some((character) => !told.has(character) && clauses.some(({ clause }) => clause.folded.includes(character)));
}

/** The reading that a clause gives: quoted with what limits it, and with the word that is true of it; `also` is a further clause to quote; `isSure` where what stands around it can take nothing back. */
export function answer(matter: ReadingMatter, { sentence, index, clause }: Candidate, polarity: 'yes' | 'no' | undefined, also = index, isSure = false): Reading {
  const [first, last] = widenClause(matter, sentence, index, () => true);
  const [from, to] = [Math.min(first, also), Math.max(last, also)];
  const span = citeWithNeighbours(sentence, from, to);
  // What is excepted from a rule is just what a question asks that denies the rule.
  const isSo = polarity === 'no' && asksNegatively(matter.question) && isExcepted(matter, sentence) && !takesOneForAll(matter.question, sentence.sentence.folded);
  const isDenial = polarity === 'no' && findDenial(matter.question) !== undefined;
  const isOthers = !isSure && (polarity === 'yes' || EXEMPTED.test(clause.clause.text)) && isForOthers(matter, { sentence, index, clause });
  const said = isOthers || (!isSure && polarity !== undefined && missesAsked(matter, sentence)) ? undefined : isSo || (isDenial && FORBIDS.test(span.text) && holdsNamedFigures(matter, sentence)) ? 'yes' : isDenial ? undefined : polarity === 'yes' && !isSure ? weighNegation(matter, sentence, from, to, span.text, findAnnouncement(matter, span)?.text ?? '') : polarity;
  // With neither yes nor no, what else comes near is shown, too.
  const others = said === undefined ? findNextBest(matter, sentence).map((scored) => ({ span: citeSentence(scored) })) : [];
  return { verdict: 'answered', shape: 'yes-no', ...(said === undefined ? {} : { polarity: said }), points: [{ span }, ...others], ...(said === undefined && isOnlyNear(clause) && { isNear: true }) };
}

/** What a sentence takes away from the rule that the one before it gives. */
const TAKES_AWAY = /不享受|不适用|除外|不包括|不在此列|不予|不得|不再/u;
const NOUN_WEIGHT = 0.4;

/** 〔其余幼儿园暂不开设〕: what the sentence behind denies of those that this one doesn't name. */
const DENIES_REST = /^(?:其余|其他|其它|别的|另外)(?:各)?(?<sort>\p{Script=Han}{2,4})[^,，]{0,6}(?:不|未|无|没)/u;

/** The clause of the next sentence that denies it of the rest, where the question names the sort and none of those that the sentence before names (甲〔幼儿园〕). */
function findRest({ folded }: Question, before: string, { clauses }: ScoredSentence): ScoredClause | undefined {
  const sort = DENIES_REST.exec(clauses[0]?.clause.folded ?? '')?.groups?.['sort'];
  if (sort === undefined) return undefined;
  const end = [...sort].map((_, length) => sort.slice(0, sort.length - length)).find((part) => part.length > 1 && folded.includes(part) && before.includes(part));
  if (end === undefined) return undefined;
  const named = [...before.matchAll(new RegExp(`(\\p{Script=Han}{2})${end}`, 'gu'))].map(([, name = '']) => name);
  return named.length > 0 && !named.some((name) => folded.includes(name)) ? clauses[0] : undefined;
}

/** The sentence right behind that says no to just what the question names, and the rule before it doesn't: 「在道路停车泊位停放的,不享受该项优惠」. */
function findException({ sentences, terms, question }: ReadingMatter, { sentence }: Candidate): Candidate | undefined {
  const next = sentences.find(({ scene, index }) => scene === sentence.scene && index === sentence.index + 1);
  const ofRest = next === undefined ? undefined : findRest(question, sentence.sentence.folded, next);
  if (next !== undefined && ofRest !== undefined) return { sentence: next, index: 0, clause: ofRest };
  if (next === undefined || !TAKES_AWAY.test(next.sentence.sentence.text) || TAKES_AWAY.test(question.folded)) return undefined;
  const named = terms.flatMap(({ term, weight, isUnheard }, position) => (!isUnheard && term.role !== 'frame' && term.role !== 'figure' && term.text.length > 1 && weight >= NOUN_WEIGHT && sentence.clauses.every(({ ownStrengths }) => (ownStrengths[position] ?? 0) < HOLDS_IN_PART) ? [position] : []));
  const index = next.clauses.findIndex(({ ownStrengths }) => named.some((position) => (ownStrengths[position] ?? 0) >= HOLDS));
  const clause = next.clauses[index];
  return clause === undefined ? undefined : { sentence: next, index, clause };
}

/** Of a table, a row that lacks a thing which the question names may be another's than is meant. */
function isOfOtherRow({ terms }: ReadingMatter, { sentence }: Candidate): boolean {
  return MAY_BE_ROW.test(sentence.sentence.sentence.text) && terms.some(({ term, weight }, index) => term.role === 'content' && term.isNoun && !term.isCommon && !term.isAside && term.text.length > 1 && weight >= NAMES_ROW && (sentence.strengths[index] ?? 0) < STANDS_NEAR);
}
/** 「全县任务最重的是柳河镇吧」, which only the notice itself may say. */
const CLAIMS_SUPERLATIVE = /最(?:重|多|高|大|长|少|低|小|短|早|晚|远|快|慢|贵|先)(?!生活保障|工资|人民)/u;

/** Of a day of the week, what is told of others says nothing. */
function isOfOtherWeekdays({ question: { folded } }: ReadingMatter, { sentence: { sentence } }: Candidate): boolean {
  const asked = findDays(folded);
  const told = asked.size === 0 ? asked : findDays(sentence.folded);
  return told.size > 0 && [...asked].some((day) => !told.has(day));
}

/** D级, 丙类: what tells one of a row from the next, as ordinals do. */
const GRADE = /^[一二三四五特甲乙丙丁a-e][级类档等]$/u;

/** Whether what the question names is told of in another clause of the sentence than the one that is read: 一期…,〔二期〕视情况启动. */
function isOfOtherClause({ terms }: ReadingMatter, { sentence, clause }: Candidate): boolean {
  return terms.some(({ term: { role, text }, weight }, index) => (role === 'ordinal' || GRADE.test(text)) && weight >= NOUN_WEIGHT && (clause.ownStrengths[index] ?? 0) < HOLDS_IN_PART && sentence.clauses.some((other) => other !== clause && (other.ownStrengths[index] ?? 0) >= HOLDS));
}

/** A yes, or what is left of it; a no where the next sentence takes it back for what is asked. */
export function affirm(matter: ReadingMatter, candidate: Candidate, given: 'yes' | undefined): Reading {
  const isClaimed = CLAIMS_SUPERLATIVE.test(matter.question.folded) && !candidate.sentence.sentence.folded.includes('最') && matter.question.figures.length === 0;
  const polarity = isClaimed || isOfOtherClause(matter, candidate) || isOfOtherRow(matter, candidate) || isOfOtherWeekdays(matter, candidate) ? undefined : given;
  const exception = polarity === undefined ? undefined : findException(matter, candidate);
  return exception === undefined ? answer(matter, candidate, polarity) : answer(matter, exception, 'no', Math.min(exception.index + 1, exception.sentence.clauses.length - 1));
}

/** Whether a word that the question puts to the test is none of the notice's: then neither yes nor no can be said. */
export function isUntested(matter: ReadingMatter, { sentence }: Candidate): boolean {
  const { folded, tested } = matter.question;
  return matter.terms.some(({ term: { role, text }, isUnheard }, index) => {
    if (role !== 'content' || text.length < 2) return false;
    const endsIt = PREDICATE_END.test(folded.slice(folded.lastIndexOf(text) + text.length));
    return (endsIt && (isUnheard || (sentence.strengths[index] ?? 0) < STANDS_NEAR)) || ((tested?.includes(text) ?? false) && (sentence.strengths[index] ?? 0) < STANDS_HERE);
  });
}
