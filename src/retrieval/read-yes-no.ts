import type { Lexicon } from '../corpus/lexicon.ts';
import { isSameUnit } from '../text/figure-units.ts';
import { sameFigure } from '../text/figures.ts';
import type { Figure } from '../text/figures.ts';
import { clashes } from './clashes.ts';
import type { CitedSpan } from './evidence.ts';
import { findAnnouncement } from './complete.ts';
import { asksNegatively, isExcepted, isSubjectOnly, weighNegation, withoutChoice } from './negation.ts';
import { holdsSomethingRare } from './holds-something-rare.ts';
import { findNextBest, holdsWord, isOnlyNear } from './next-best.ts';
import { placeFigures } from './place-figures.ts';
import { findFirmMisses } from './firm-misses.ts';
import { citeClauses, citeSentence, contradictsTerm, findKnownMisses, LIMITS_BEFORE, listMissing, refuse, widenClause } from './reading.ts';
import type { Reading, ReadingMatter } from './reading.ts';
import type { Question } from './question.ts';
import { figuresOf } from './scene.ts';
import type { ScoredClause, ScoredSentence } from './scoring.ts';

const ENOUGH = 0.5;
/** From here on the notice is quoted, with neither yes nor no, since the words of the question are not its own. */
const ENOUGH_TO_QUOTE = 0.27;
/** A contradiction needs less: what is asked for is then the very thing that the notice says otherwise. */
const ENOUGH_TO_DENY = 0.47;
/** Where a word stands against its opposite, that word itself can't be held. */
const ENOUGH_WITH_OPPOSITE = 0.4;
/** Where the notice strives for what the question takes as done or due, its other words matter less. */
const ENOUGH_TO_TEMPER = 0.4;

/** The notice only strives for it, plans it or tries it out. */
const HEDGE = /力争|争取|探索|试点|计划|推动|逐步|支持|谋划|筹备|研究|前期|申报|启动/u;
/** In a sentence no longer than this, neighbouring clauses are quoted along. */
const LONGEST_SENTENCE = 90;
/** The question takes one for all that the notice names. */
const EXCLUDES = /仅仅?(?:限|是|面向|包括|涉及|针对|有|为)?|只(?:是|有|限|面向|包括|涉及|针对|含|对)|不(?:含|涉及|包括|包含)/u;
const NAMES_MORE = /[、和与及]|所有|各级|各类|以及/u;
const DONE = /已(?:经)?|完成了/u;
/** A word that only this stands behind is what the question puts to the test. */
const PREDICATE_END = /^(?:了|的|过|着)?(?:吗|吧|没有?|不|么|嘛|啊|呢)?[?？]?$/u;
const FORBIDS = /不适用|不享受|不纳入|不得|不准|严禁|禁止|不能|不可|不予|不再|无需|不需要|不收/u;
const ASKS_PERMISSION_OR_DUTY = /可以|能|可不可以|允许|必须|要不要|需要|必要|得|非要/u;

/** 「也要交吗」, where the notice waives it. */
const ASKS_TO_PAY = /(?:要|得|需要|必须|还)(?:不要)?(?:自己|个人|自)?(?:再|多)?(?:交|缴|付|出|掏|花)/u;
const WAIVES = /免除|免交|免缴|免收|免费|免于|予以免|不(?:再)?(?:收|交|缴)/u;

const OWN_TO_FORBID = 0.35;

const isDay = ({ kind }: Figure): boolean => kind === 'date' || kind === 'year';
const isSameMeasure = (left: Figure, right: Figure): boolean => (isDay(left) && isDay(right)) || (left.kind === right.kind && isSameUnit(left.unit, right.unit));

interface Candidate {
  readonly sentence: ScoredSentence;
  readonly index: number;
  readonly clause: ScoredClause;
}

/** Who or what the question is about weighs more than what is said of it: a verb may well be another. */
const SUBJECT_BONUS = 0.4;
const PREDICATE_BONUS = 0.25;
const HEADING_PENALTY = 0.1;
/** What may be done is told by rules rather than by plans. */
const RULE_BONUS = 0.15;
const ASKS_PERMISSION = /(?:(?<![可功职技智潜才性节动热产失])能(?![力源够量手耗级])|可以|允许|让|(?<![标水批核瞄精])准(?![备则入确化时])).{1,20}(?:吗|么|吧|不)|行(?:不行|吗)|能不能|可不可以|可否|能否/u;
const RULES = /不得|不能|不准|不予|不再|不享受|不适用|禁止|严禁|可以|允许|方可|免/u;
const SAME_MEASURE = 0.2;
/** A word put to the test must stand in the sentence itself. */
const STANDS_HERE = 0.5;
/** What a yes-no question ends in (能停暖吗) must at least stand beside. */
const STANDS_NEAR = 0.35;
/** 「9月22号那天」 tells when, and is not what is put to the test. */
const FRAMES_DAY = /那天|当天|当日|那日|的时候|这天/u;

function subjectShare(matter: ReadingMatter, clause: ScoredClause): number {
  const nouns = matter.terms.flatMap(({ term, weight }, index) => (term.role === 'frame' || term.role === 'figure' || term.role === 'year' || term.isLoose ? [] : [{ weight, strength: clause.ownStrengths[index] ?? 0 }]));
  const total = nouns.reduce((sum, { weight }) => sum + weight, 0);
  return total === 0 ? 0 : nouns.reduce((sum, { weight, strength }) => sum + weight * strength, 0) / total;
}

/** How well a clause holds the word that the question ends in (能停暖吗); 0 where it ends in none that counts. */
function holdsPredicate({ terms, question: { folded } }: ReadingMatter, clause: ScoredClause): number {
  const at = terms.findIndex(({ term: { role, text } }) => role === 'content' && text.length > 1 && PREDICATE_END.test(folded.slice(folded.lastIndexOf(text) + text.length)));
  return at < 0 ? 0 : (clause.ownStrengths[at] ?? 0);
}

function bestClause(matter: ReadingMatter): Candidate | undefined {
  const asksPermission = ASKS_PERMISSION.test(matter.question.folded);
  const candidates = matter.sentences.slice(0, 12).flatMap((sentence) =>
    sentence.clauses.map((clause, index) => {
      const permits = asksPermission && RULES.test(clause.clause.text) ? RULE_BONUS : 0;
      const penalty = sentence.sentence.sentence.isHeading ? HEADING_PENALTY : 0;
      return { sentence, index, clause, score: clause.score + SUBJECT_BONUS * subjectShare(matter, clause) + PREDICATE_BONUS * holdsPredicate(matter, clause) + permits - penalty };
    }),
  );
  return candidates.toSorted((left, right) => right.score - left.score)[0];
}

const MEASURES: ReadonlySet<Figure['kind']> = new Set(['count', 'percent', 'percentage-point', 'money']);
const holdsFigure = ({ clause }: ScoredClause): boolean => figuresOf(clause).some(({ kind }) => MEASURES.has(kind));

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
  const isSo = polarity === 'no' && asksNegatively(matter.question) && isExcepted(matter, sentence);
  const said = isSo ? 'yes' : polarity === 'yes' ? weighNegation(matter, sentence, from, to, span.text, findAnnouncement(matter, span)?.text ?? '') : polarity;
  // With neither yes nor no, what else comes near is shown, too.
  const others = said === undefined ? findNextBest(matter, sentence).map((scored) => ({ span: citeSentence(scored) })) : [];
  return { verdict: 'answered', shape: 'yes-no', ...(said === undefined ? {} : { polarity: said }), points: [{ span }, ...others], ...(said === undefined && isOnlyNear(clause) && { isNear: true }) };
}

/** The clause, this one or a neighbour, that answers a word of the question with its opposite (在职 with 退休); undefined where none does. */
function findOpposite(matter: ReadingMatter, { sentence, index, clause }: Candidate, lexicon: Lexicon): number | undefined {
  const contradictsAt = (position: number, other: ScoredClause): boolean =>
    matter.terms.some(({ term }, at) => {
      const inSentence = Math.max(0, ...sentence.clauses.map(({ ownStrengths }) => ownStrengths[at] ?? 0));
      return contradictsTerm(term, position === index ? (clause.ownStrengths[at] ?? 0) : inSentence, other.clause.folded, matter.question, lexicon);
    });
  if (contradictsAt(index, clause)) return index;
  const neighbour = sentence.clauses.findIndex((other, position) => position !== index && contradictsAt(position, other));
  return neighbour < 0 ? undefined : neighbour;
}

/** Another place stands in the clause where the asked one doesn't, though the notice knows it. */
function findOtherPlace(matter: ReadingMatter, clause: ScoredClause, lexicon: Lexicon): boolean {
  return matter.terms.some(({ term }, index) => {
    if (term.role !== 'place' || (clause.ownStrengths[index] ?? 0) >= 0.9) return false;
    const isKnown = matter.sentences.some((sentence) => sentence.sentence.folded.includes(term.text));
    return isKnown && [...lexicon.places].some((place) => place !== term.text && clause.clause.folded.includes(place) && !matter.question.folded.includes(place));
  });
}

/** The question takes away what the notice does: 取消, 停办, 减少 … stand nowhere in the clause. */
const UNDOES = /取消|废除|废止|停办|停止|停用|撤销|撤并|关闭|关停|减少|削减|缩减|压缩|降低|推迟|暂停|终止|放弃|中止/u;

function undoes({ folded }: Question, { clause }: ScoredClause): boolean {
  const verb = UNDOES.exec(folded)?.[0];
  return verb !== undefined && !UNDOES.test(clause.folded) && !/下降|控制|压降/u.test(clause.folded);
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


/** The question's own figure against the one that the notice gives for the same thing; undefined where it gives none. */
function testFigure(matter: ReadingMatter, asked: Figure, lexicon: Lexicon): Reading | undefined {
  const { question } = matter;
  const bare: ReadingMatter = { ...matter, question: { ...question, figures: [] } };
  const rivals = placeFigures(bare, (figure) => (isSameMeasure(figure, asked) ? SAME_MEASURE : undefined)).flatMap((placed) => {
    const clause = placed.sentence.clauses[placed.clauseIndex];
    if (clause === undefined) return [];
    return [{ figure: placed.figure, sentence: placed.sentence, index: placed.clauseIndex, clause, score: placed.score + SUBJECT_BONUS * subjectShare(matter, clause) }];
  });
  const ranked = rivals.toSorted((left, right) => right.score - left.score);
  // 「可以签到5年吗」: of the figures of one sentence (一般为3年,最长不超过5年) the one that is asked about.
  const rival = ranked.find((each) => each.sentence === ranked[0]?.sentence && LIMITS_BEFORE.test(each.clause.clause.text) && each.figure.value === asked.value && each.index === ranked[0].index + 1) ?? ranked[0];
  if (rival === undefined || rival.clause.coverage < ENOUGH_TO_DENY) return undefined;
  const misses = findFirmMisses(matter, rival.clause.strengths).filter(({ term }) => !(isDay(asked) && term.role === 'year'));
  if (misses.length > 0) return undefined;
  const opposite = findOpposite(matter, rival, lexicon);
  if (opposite !== undefined || undoes(question, rival.clause)) return answer(matter, rival, 'no', opposite ?? rival.index);
  const isSame = sameFigure(rival.figure, asked) || rival.figure.value === asked.value;
  if (!isSame || clashes(question, rival.clause.clause.folded) || ((question.supposesMust || question.supposesDone) && HEDGE.test(rival.clause.clause.text))) return answer(matter, rival, 'no');
  return answer(matter, rival, isUntested(matter, rival) ? undefined : 'yes');
}

/** Why the clause says no to the question, as how much of the question it must hold for that; undefined where it doesn't say no. */
function findContradiction(matter: ReadingMatter, { sentence, index, clause }: Candidate, opposite: number | undefined): number | undefined {
  const { question } = matter;
  const { text } = clause.clause;
  if (opposite !== undefined) return ENOUGH_WITH_OPPOSITE;
  if ((question.supposesDone || question.supposesMust) && HEDGE.test(text)) return ENOUGH_TO_TEMPER;
  if (question.supposesDone && !DONE.test(text)) return ENOUGH_TO_DENY;
  if (undoes(question, clause)) return ENOUGH_TO_TEMPER;
  if (clashes(question, clause.clause.folded) || isToldOfAnother(matter, { sentence, clause })) return ENOUGH_TO_DENY;
  if (EXCLUDES.test(question.folded) && NAMES_MORE.test(text)) return ENOUGH_TO_DENY;
  if (ASKS_TO_PAY.test(question.folded) && WAIVES.test(text)) return ENOUGH_TO_DENY;
  const [from, to] = widenClause(matter, sentence, index, () => true);
  const quoted = citeClauses(sentence, from, isSubjectOnly(sentence, to) ? nextClause(sentence, to) : to).text;
  const forbids = FORBIDS.test(quoted) && !FORBIDS.test(withoutChoice(question.folded)) && ASKS_PERMISSION_OR_DUTY.test(question.folded);
  // What is forbidden must be what is asked: the clause itself holds so much of it.
  return forbids && clause.own >= OWN_TO_FORBID ? ENOUGH_TO_DENY : undefined;
}

/** 「甲也设在丙吗」, where the notice writes 甲设在乙,其余设在丙: the word behind the verb stands with another subject. */
function isToldOfAnother({ question: { folded }, terms }: ReadingMatter, { sentence, clause }: Pick<Candidate, 'sentence' | 'clause'>): boolean {
  const own = ({ ownStrengths }: ScoredClause, index: number): number => ownStrengths[index] ?? 0;
  return terms.some(({ term: object, isKnown, isWritten }, index) => {
    const at = folded.indexOf(object.text);
    const verb = folded.slice(Math.max(0, at - VERB_LENGTH), at);
    if (!(isKnown || isWritten) || object.isLoose || object.role === 'frame' || at < VERB_LENGTH || own(clause, index) >= STANDS_HERE || !clause.clause.folded.includes(verb)) return false;
    const subjects = terms.flatMap(({ term }, other) => (other !== index && term.role !== 'frame' && !term.isLoose && folded.indexOf(term.text) < at && own(clause, other) >= STANDS_FULLY ? [other] : []));
    return subjects.length > 0 && sentence.clauses.some((rival) => rival.clause.folded.includes(verb) && own(rival, index) >= STANDS_HERE && subjects.every((subject) => own(rival, subject) < STANDS_HERE));
  });
}

const VERB_LENGTH = 2;
const STANDS_FULLY = 0.9;

/** Strives for an outcome, where HEDGE may also be what is done for it. */
const STRIVES = /力争|争取|努力/u;

/** The clause of the sentence that only strives for what the best one speaks of: it holds a word of the question that weighs, as that one does. */
function findStriven({ terms }: ReadingMatter, { sentence, clause }: Candidate): Candidate | undefined {
  if (STRIVES.test(clause.clause.text)) return undefined;
  const shared = terms.flatMap(({ term, isUnheard, weight }, index) => (term.role !== 'frame' && !isUnheard && weight >= STRIVEN_WEIGHT && (clause.ownStrengths[index] ?? 0) >= STANDS_HERE ? [index] : []));
  const index = sentence.clauses.findIndex((other) => STRIVES.test(other.clause.text) && shared.some((term) => (other.ownStrengths[term] ?? 0) >= STANDS_HERE));
  const found = sentence.clauses[index];
  return found === undefined ? undefined : { sentence, index, clause: found };
}

const STRIVEN_WEIGHT = 0.5;

const nextClause = ({ clauses }: ScoredSentence, index: number): number => Math.min(index + 1, clauses.length - 1);

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
  const tested = asked === undefined ? undefined : testFigure(matter, asked, lexicon);
  if (tested !== undefined) return tested;
  const striven = question.supposesMust || question.supposesDone ? findStriven(matter, best) : undefined;
  if (striven !== undefined && striven.clause.coverage >= ENOUGH_TO_TEMPER && findFirmMisses(matter, striven.clause.strengths).length === 0) return answer(matter, striven, 'no');
  const { clause, index } = best;
  const { coverage, strengths } = clause;
  if (coverage >= ENOUGH_TO_DENY && findOtherPlace(matter, clause, lexicon)) return answer(matter, best, 'no');
  if (question.figures.length === 0 && !holdsSomethingRare(matter, best.sentence)) return refuse([], listMissing(matter, strengths), false);
  const misses = findFirmMisses(matter, strengths);
  const areTested = misses.length > 0 && misses.every(({ term }) => question.tested?.includes(term.text) ?? false);
  if (areTested && coverage >= ENOUGH_TO_DENY) return answer(matter, best, 'no');
  const opposite = findOpposite(matter, best, lexicon);
  const areOfProperty = misses.length > 0 && misses.every(({ term: { role, text } }) => role === 'attribute' && !PREDICATE_END.test(question.folded.slice(question.folded.lastIndexOf(text) + text.length)));
  if (misses.length > 0 && opposite === undefined && !(areOfProperty && clause.own >= ENOUGH_TO_QUOTE)) return refuse(misses, [], true);
  const needed = findContradiction(matter, best, opposite);
  if (needed !== undefined && coverage >= needed) return answer(matter, best, 'no', opposite ?? index);
  if (coverage < ENOUGH_TO_QUOTE || (isOnlyNear(clause) && !holdsWord(matter, best.sentence))) return refuse([], listMissing(matter, strengths), false);
  const isUnsure = coverage < ENOUGH || misses.length > 0 || isUntested(matter, best) || findKnownMisses(matter, strengths).length > 0 || (ASKS_PERMISSION.test(question.folded) && !GRANTS.test(clause.clause.text));
  return answer(matter, best, isUnsure ? undefined : 'yes');
}

/** Without a word that grants or forbids, a clause gives no leave. */
const GRANTS = /可|能|允许|准予|给予|享受|免|不得|不予|不再|不适用|严禁|禁止|补助|补贴|奖励|发放|优惠|支持|鼓励/u;
