import type { Lexicon } from '../../corpus/lexicon.ts';
import type { Comparator, Figure } from '../../text/figures.ts';
import { foldForMatching } from '../../text/normalize.ts';
import { tagWords } from '../../text/segment.ts';
import { CONDITION } from '../evidence/complete.ts';
import { MUST_NOT } from '../evidence/modal-verbs.ts';
import { clashes, isDepartment, isDoneByOther } from '../evidence/clashes.ts';
import { ENOUGH_TO_DENY, findOpposite, findOthers, FORBIDS, HEDGE, takesOneForAll, undoes } from './contradiction.ts';
import { isOfOtherLabel } from '../figures/figure-rows.ts';
import { findFirmMisses } from '../evidence/firm-misses.ts';
import { asksNegatively } from '../evidence/negation.ts';
import { placeFigures } from '../figures/place-figures.ts';
import { deedOf } from '../question/predicate.ts';
import type { Question } from '../question/question.ts';
import { paysOtherwise } from './asked-money.ts';
import { findKnownMisses, LIMITS_BEFORE } from '../evidence/reading.ts';
import type { Reading, ReadingMatter } from '../evidence/reading.ts';
import { isDay, isEqual, isMeasure, isSameMeasure } from '../../text/same-measure.ts';
import { affirm, answer, HOLDS, HOLDS_IN_PART, isUntested, NAMES_ROW } from './say-yes-no.ts';
import { figuresOf } from '../evidence/scene.ts';
import type { SceneClause } from '../evidence/scene.ts';
import type { ScoredClause, ScoredSentence } from '../evidence/scoring.ts';
import type { Term } from '../question/term.ts';
import { isBetween, isOfOtherDays, isOnEitherSide, testLimit } from '../figures/tested-limits.ts';
import { holdsPredicate, PREDICATE_BONUS, SUBJECT_BONUS, subjectShare } from './yes-no-candidate.ts';
import type { Candidate } from './yes-no-candidate.ts';

const SAME_MEASURE = 0.2;
/** 「其中甲镇因种植晚稻,可以延至2月底」: whom the question names stands right before the figure that it names, and not where the likelier one is. */
function isNamedBefore({ terms }: ReadingMatter, { sentence, index }: Candidate, { clause }: Candidate): boolean {
  return terms.some(({ term, isUnheard }, position) => !isUnheard && (term.role === 'place' || term.role === 'name') && (clause.ownStrengths[position] ?? 0) < HOLDS && sentence.clauses.slice(Math.max(0, index - 1), index + 1).some(({ ownStrengths }) => (ownStrengths[position] ?? 0) >= HOLDS));
}

/** So much more of the question's weight. */
const HOLDS_MORE = 0.2;
const LOSES = new RegExp(`取消|停止|停发|不予|不再|不享受|不适用|不纳入|追回|收回|退出|失去|丧失|暂停|${MUST_NOT}`, 'u');

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

/** A figure of the notice that may be the one that a question puts to the test, with the clause that gives it. */
interface Rival extends Candidate {
  readonly figure: Figure;
  readonly score: number;
}

/** 每增加1人, 每满100元: by which something rises. */
const OF_STEP = /每(?:增加|增|满|超过?|逾期|延长|多|减少)$/u;

/** Figures of the notice that measure the same as the question's, likeliest first; of a mere case only limits. */
function rankRivals(matter: ReadingMatter, asked: Figure, isCase: boolean): readonly Rival[] {
  const { question } = matter;
  const asksStep = OF_STEP.test(question.folded.slice(0, Math.max(0, question.folded.indexOf(foldForMatching(asked.text)))));
  const bare: ReadingMatter = { ...matter, question: { ...question, figures: [] } };
  const rivals = placeFigures(bare, (figure) => (isSameMeasure(figure, asked) ? SAME_MEASURE : undefined)).flatMap((placed): Rival[] => {
    const clause = placed.sentence.clauses[placed.clauseIndex];
    if (clause === undefined || (OF_STEP.test(clause.clause.text.slice(0, placed.figure.start)) && !asksStep)) return [];
    return [{ figure: placed.figure, sentence: placed.sentence, index: placed.clauseIndex, clause, score: placed.score + SUBJECT_BONUS * subjectShare(matter, clause) + PREDICATE_BONUS * Math.max(...placed.sentence.clauses.map((each) => holdsPredicate(matter, each))) }];
  });
  // That a figure without a unit is money is only a guess, which the same figure bears out.
  const isGuess = asked.kind === 'money' && !NAMES_MONEY.test(asked.text);
  const limits = isCase ? rivals.filter(({ figure, clause }) => testLimit(question, figure, asked, clause.clause) !== undefined && !(asked.kind === 'time' && isOfOtherDays(question, clause.clause.text))) : rivals;
  return limits.filter(({ figure }) => !isGuess || isEqual(figure, asked)).toSorted((left, right) => right.score - left.score);
}

/** 「一小时下了50毫米,…」, of 1小时达到50毫米的,…,3小时达到80毫米的: the clause of its sentence that gives all the figures of the question, where the likely one doesn't. */
function findWhole({ figures }: Question, ranked: readonly Rival[], likely: Rival): Rival | undefined {
  const gives = ({ clause }: Rival): boolean => figures.every((asked) => figuresOf(clause.clause).some((figure) => isSameMeasure(figure, asked) && isEqual(figure, asked)));
  return figures.length < 2 || gives(likely) ? undefined : ranked.find((each) => each.sentence === likely.sentence && gives(each));
}

/** 「两天内就得修好吗」, of 48小时内查看,7天内修复: the clause of its sentence that tells of the deed, which the likely one doesn't. */
function findOfDeed({ folded }: Question, asked: Figure, ranked: readonly Rival[], likely: Rival): Rival | undefined {
  const deed = [...deedOf(folded)];
  const tells = ({ clause }: Rival): boolean => deed.some((character) => clause.clause.folded.includes(character));
  return asked.kind !== 'duration' || tells(likely) ? undefined : ranked.find((each) => each.sentence === likely.sentence && each.clause !== likely.clause && tells(each));
}

/** Which of them the question's figure is held against. */
function chooseRival(matter: ReadingMatter, asked: Figure, ranked: readonly Rival[]): Rival | undefined {
  // 「可以签到5年吗」: of the figures of one sentence (一般为3年,最长不超过5年) the one that is asked about.
  const likely = ranked.find((each) => each.sentence === ranked[0]?.sentence && LIMITS_BEFORE.test(each.clause.clause.text) && each.figure.value === asked.value && each.index === ranked[0].index + 1) ?? ranked.find((each) => each.clause === ranked[0]?.clause && each.figure.value === asked.value) ?? ranked[0];
  // 「紧急事件是不是2小时」: what the question names stands with a figure of its own, though the other clause shares more of its words.
  const held = ({ clause }: Candidate): number => matter.terms.reduce((sum, { term, weight }, index) => sum + (term.role === 'figure' || term.role === 'frame' || asked.text.includes(term.text) ? 0 : weight * Number((clause.ownStrengths[index] ?? 0) >= HOLDS)), 0);
  const ofDeed = likely === undefined ? undefined : (findWhole(matter.question, ranked, likely) ?? findOfDeed(matter.question, asked, ranked, likely));
  if (ofDeed !== undefined) return ofDeed;
  return likely === undefined || LIMITS_BEFORE.test(likely.clause.clause.text) ? likely : (ranked.find((each) => each.sentence === likely.sentence && isEqual(each.figure, asked) && isNamedBefore(matter, each, likely)) ?? ranked.find((each) => each.sentence.scene === likely.sentence.scene && each !== likely && held(each) > held(likely) + HOLDS_MORE) ?? likely);
}

const BELOW: ReadonlySet<Comparator> = new Set(['at-most', 'less-than']);
const ABOVE_IT: ReadonlySet<Comparator> = new Set(['at-least', 'more-than']);
/** 「最多30个吧」, where the notice has 30个以上. */
const boundsOtherwise = (asked: Figure, { comparator }: Figure): boolean => (BELOW.has(asked.comparator) && ABOVE_IT.has(comparator)) || (ABOVE_IT.has(asked.comparator) && BELOW.has(comparator));

/** How much of the question's words clauses themselves hold. */
const heldBy = ({ terms }: ReadingMatter, clauses: readonly ScoredClause[]): number => terms.reduce((sum, { term, weight }, index) => sum + (term.role === 'figure' || term.role === 'frame' ? 0 : weight * Math.max(0, ...clauses.map(({ ownStrengths }) => ownStrengths[index] ?? 0))), 0);

const ABOVE = /\.[^.]*$/u;

/** Whether a clause names nothing but a limit (不足一千人的), whose subject is that of the rule before it; 60周岁以上的居民 is of its own. */
const isBareLimit = (clause: SceneClause): boolean => clause.text.length <= LONGEST_LIMIT && figuresOf(clause).reduce((text, { text: figure }) => text.replace(figure, ''), clause.text).replace(LIMITS, '') === '';
const LIMITS = /[(（][一二三四五六七八九十\d含]+[)）]|不足|不满|未满|超过|以[上下内]|满|的|至|到|、|但|\s/gu;
const LONGEST_LIMIT = 24;

/** 80至89分的拨付95%: begins with its limit. */
const opensWithLimit = ({ clause: { clause }, figure }: Rival): boolean => OPENS_LIMIT.test(clause.text.slice(0, figure.start));
/** Bands stand one behind the other. */
const FEW_BANDS = 4;
const OPENS_LIMIT = /^(?:低于|不足|不满|未满|超过)?$/u;

/** Two limits that meet (不足50头, 50头以上) part one rule in two. */
const meets = (left: Figure, right: Figure): boolean => left.value === right.value && left.upper === right.upper && (BEGINS_WHERE.get(left.comparator) === right.comparator || BEGINS_WHERE.get(right.comparator) === left.comparator);
const BEGINS_WHERE: ReadonlyMap<Comparator, Comparator> = new Map([['less-than', 'at-least'], ['at-most', 'more-than']]);

/**
 * Of rules side by side (一千人以上的…;不足一千人的…), the one that the case falls under, where the likelier one sets a limit that it doesn't reach: it names
 * nothing but its limit, or begins where the other ends.
 */
function findBand({ question }: ReadingMatter, ranked: readonly Rival[], { sentence, clause, figure }: Rival, asked: Figure): Rival | undefined {
  const placeOf = ({ scene: { passage } }: ScoredSentence): string => `${passage.noticeId} ${passage.id.replace(ABOVE, '')}`;
  return ranked.find((each) => each.clause !== clause && ((meets(each.figure, figure) && each.sentence.scene === sentence.scene) || (each.sentence !== sentence && (isBareLimit(each.clause.clause) || (opensWithLimit(each) && each.sentence.scene === sentence.scene && Math.abs(each.sentence.index - sentence.index) < FEW_BANDS)))) && (each.sentence.scene === sentence.scene || placeOf(each.sentence) === placeOf(sentence)) && testLimit(question, each.figure, asked, each.clause.clause) === true && figuresOf(each.clause.clause).every((other) => testLimit(question, other, asked, each.clause.clause) !== false));
}

/** Whether one rule holds more of what is asked than the other; rules of one sentence by their clauses. */
function holdsMore(matter: ReadingMatter, one: Rival, other: Rival): boolean {
  const held = ({ sentence, clause }: Rival): number => heldBy(matter, one.sentence === other.sentence ? [clause] : sentence.clauses);
  return held(one) > held(other) + HOLDS_MORE;
}

/**
 * Of limits in one sentence (2小时以内免费,超过2小时的部分收取3元), or rules that meet, the one that the case is within, where it is beyond the likelier one and that
 * holds no more of what is asked.
 */
function preferWithin(matter: ReadingMatter, ranked: readonly Rival[], likely: Rival, asked: Figure): Rival {
  const test = ({ figure, clause }: Rival): boolean | undefined => testLimit(matter.question, figure, asked, clause.clause);
  if (test(likely) !== false) return likely;
  const band = findBand(matter, ranked, likely, asked);
  const within = band !== undefined && meets(band.figure, likely.figure) ? band : ranked.find((each) => each.sentence === likely.sentence && each.clause !== likely.clause && test(each) === true);
  return within === undefined || holdsMore(matter, likely, within) ? likely : within;
}

const EITHER = /或者?|[和及]/u;
const FROM: ReadonlySet<Comparator> = new Set(['at-least', 'more-than', 'exactly']);
const TO: ReadonlySet<Comparator> = new Set(['at-most', 'less-than']);
/** 18周岁以上和45周岁以下 bound one range. */
const areBounds = (left: Figure, right: Figure): boolean => (FROM.has(left.comparator) && TO.has(right.comparator) && left.value < right.value) || (FROM.has(right.comparator) && TO.has(left.comparator) && right.value < left.value);

/** 「未满18周岁和年满65周岁的」, 「满8年或者低于70%的」: of limits side by side one is enough. */
function meetsEither(question: Question, { clause, figure }: Rival, asked: Figure): boolean {
  const limits = figuresOf(clause.clause);
  const { text } = clause.clause;
  const others = limits.filter((other) => other !== figure && !areBounds(other, figure) && EITHER.test(text.slice(Math.min(other.end, figure.end), Math.max(other.start, figure.start))));
  if (others.length === 0 || testLimit(question, figure, asked, clause.clause) === true) return false;
  return others.some((other) => [asked, ...(text.includes('或') ? [...question.figures, ...question.cases] : [])].some((each) => testLimit(question, other, each, clause.clause) === true));
}

/** 「85分能拿95%吧」: whether the rule that the case falls under gives the other figure that the question names; undefined where it names none that the rule measures. */
function testBand({ figures }: Question, { clause }: Rival, asked: Figure): 'yes' | 'no' | undefined {
  const other = figures.find((each) => each !== asked && isMeasure(each));
  const given = other === undefined ? [] : figuresOf(clause.clause).filter((each) => isSameMeasure(each, other));
  return other === undefined || given.length === 0 ? undefined : given.some((each) => isEqual(each, other)) ? 'yes' : 'no';
}

const ASKS_NEW = /新(?:增|建|划|开|添|设|招|购|办)/u;
const TELLS_TOTAL = /总(?:里程|数|量|面积|额)|累计|增[至到]|增加[至到]|达到/u;
const TELLS_NEW = /新(?:增|建|划|开|添|设|招|购|办)|增加(?![至到])/u;

/** 「新增210公里吧」, of 新增65公里,使总里程达到210公里: the clause that tells how many are new, where the figure is the total. */
function findAdded({ folded }: Question, { sentence, clause, figure }: Rival): number | undefined {
  if (!ASKS_NEW.test(folded) || !TELLS_TOTAL.test(clause.clause.text.slice(0, figure.start)) || TELLS_NEW.test(clause.clause.text.slice(0, figure.start))) return undefined;
  const found = sentence.clauses.findIndex((each) => each !== clause && TELLS_NEW.test(each.clause.text) && figuresOf(each.clause).some((other) => isSameMeasure(other, figure)));
  return found < 0 ? undefined : found;
}

/** Said of an hour, it is part of it. */
const PART_OF_DAY = /^(?:上午|中午|下午|晚上|凌晨|傍晚)$/u;

/** The question's own figure against the one that the notice gives for the same thing; undefined where it gives none, or of a mere case no limit. */
export function testFigure(matter: ReadingMatter, asked: Figure, lexicon: Lexicon, isCase = false): Reading | undefined {
  const { question } = matter;
  const isTested = ({ text, role }: Term): boolean => foldForMatching(asked.text).includes(text) || (isDay(asked) && role === 'year') || (asked.kind === 'time' && PART_OF_DAY.test(text));
  const ranked = rankRivals(matter, asked, isCase);
  const likeliest = chooseRival(matter, asked, ranked);
  const rival = likeliest === undefined ? undefined : preferWithin(matter, ranked, likeliest, asked);
  // 「5500元是硬指标吗」: nothing but the figure tells what is meant.
  const isAlone = matter.terms.every(({ term: { role } }) => role === 'frame' || role === 'figure') && new Set(ranked.filter(({ figure }) => isEqual(figure, asked)).map(({ clause }) => clause)).size === 1;
  if (rival === undefined || ((isCase ? coverWithout(matter, rival.clause, isTested) : rival.clause.coverage) < ENOUGH_TO_DENY && !(isAlone && isEqual(rival.figure, asked)))) return undefined;
  const isByOther = isDoneByOther(question, rival.clause.clause.folded);
  const misses = findFirmMisses(matter, rival.clause.strengths).filter(({ term }) => !isTested(term) && !(isByOther && isDepartment(term)));
  if (misses.length > 0) return undefined;
  const opposite = findOpposite(matter, rival, lexicon);
  // What stands with a figure of its own is said of that.
  const isOfAnother = opposite !== undefined && opposite !== rival.index && figuresOf((rival.sentence.clauses[opposite] ?? rival.clause).clause).length > 0;
  if ((opposite !== undefined && !isOfAnother) || undoes(question, rival.clause)) return answer(matter, rival, 'no', opposite ?? rival.index);
  const isEither = meetsEither(question, rival, asked);
  const limit = isEither ? true : testLimit(question, rival.figure, asked, rival.clause.clause);
  if (isOnEitherSide(question, rival.figure, asked, rival.clause.clause)) return answer(matter, rival, undefined);
  // A limit of something else tells nothing.
  if (limit !== undefined && (findKnownMisses(matter, rival.clause.strengths).length > 0 || (matter.sentences[0]?.coverage ?? 0) - rival.sentence.coverage > FAR_LESS)) return undefined;
  // 「已满18周岁不满25周岁的」: within the one limit, beyond the other.
  if (limit === true && !isEither && figuresOf(rival.clause.clause).some((other) => testLimit(question, other, asked, rival.clause.clause) === false)) return answer(matter, rival, undefined);
  const band = limit === false ? findBand(matter, ranked, rival, asked) : undefined;
  if (band !== undefined) return answer(matter, band, testBand(question, band, asked) ?? (holdsMore(matter, rival, band) ? 'no' : undefined));
  const told = rival.sentence.clauses.slice(rival.index).filter(({ clause, own }) => own > 0 || !clause.text.startsWith('但')).map(({ clause }) => clause.text).join('');
  // 「未满16周岁……不得」 says nothing of those who are older, nor 「70周岁以上免费乘车」 of whether others may ride.
  if (limit === false && (FORBIDS.test(CONDITION.test(rival.clause.clause.text) ? told : rival.clause.clause.text) || (FAVOURS.test(rival.clause.clause.text) && !ASKS_FAVOUR.test(question.folded)))) return answer(matter, rival, undefined);
  // 「低于80分的,取消评优资格」: what falls under the limit loses what is asked for.
  if (limit === true && LOSES.test(told) && !LOSES.test(question.folded) && !asksNegatively(question)) return answer(matter, rival, 'no', Math.min(rival.index + 1, rival.sentence.clauses.length - 1));
  const pays = limit === true ? paysOtherwise(question, told) : undefined;
  if (pays !== undefined) return answer(matter, rival, pays ? 'no' : 'yes', rival.index, true);
  const other = findOwnClause(matter, rival, asked);
  if (other !== undefined) return answer(matter, rival, 'no', other);
  if (isOfOtherLabel(question, rival.figure, rival.clause.clause)) return answer(matter, rival, 'no');
  const added = findAdded(question, rival);
  if (added !== undefined) return answer(matter, rival, 'no', added);
  const others = findOthers(question, rival.sentence);
  if (others !== undefined) return answer(matter, rival, 'no', others);
  const isSame = (limit ?? (isEqual(rival.figure, asked) && !isOfOtherYear(question, rival))) || isBetween(asked, rival.clause.clause.text);
  if (!isSame || (limit === undefined && boundsOtherwise(asked, rival.figure)) || takesOneForAll(question, rival.clause.clause.text) || clashes(question, rival.clause.clause.folded) || ((question.supposesMust || question.supposesDone) && HEDGE.test(rival.clause.clause.text))) return answer(matter, rival, 'no');
  return affirm(matter, rival, isUntested(matter, rival) ? undefined : 'yes');
}
