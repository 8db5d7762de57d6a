import type { Figure, FigureKind } from '../../text/figures.ts';
import { foldForMatching } from '../../text/normalize.ts';
import { ASKS_CHANGE, ASKS_RISE, TELLS_CHANGE, TELLS_RISE } from '../question/asked-change.ts';
import { DAY_KINDS, readLimit } from './fit-figure.ts';
import { matchTerm } from '../evidence/match.ts';
import { matchYear } from '../evidence/match-role.ts';
import { goesOnBefore } from '../evidence/reading.ts';
import type { Question } from '../question/question.ts';
import type { PlacedFigure, ReadingMatter } from '../evidence/reading.ts';
import { figuresOf } from '../evidence/scene.ts';
import type { SceneClause } from '../evidence/scene.ts';
import type { ScoredClause, ScoredSentence } from '../evidence/scoring.ts';
import type { Term } from '../question/term.ts';
import { isAllDay } from '../question/told-time.ts';
import { isNamedBySteps } from './steps.ts';

const KNOWN_WEIGHT = 0.45;

/** What a figure counts stands behind it, up to what is done with it: 50所〔中小学健康促进学校〕, 200名〔优秀退休教师〕到…. */
const COUNTED_PHRASE = /^[^,，。;；、:：到在用开参赴前出]*/u;
/** Asks how many there are, not how many are to come, or are wanted (要有多少). */
const ASKS_STOCK = /(?<![要得应须需该]|至少)有(?:多少|几)|总数|现有|一共多少|总共多少/u;
const ASKS_NOW = /(?:现在|目前|如今|眼下)(?:一共|总共)?有(?:多少|几)|(?:一共|总共)有多少/u;
const BRACKETS = /[(（][^)）]*[)）]/gu;
const INSTITUTIONS = new Set(['所', '家']);
const SPEAKS_OF_STOCK = /总数|现有|共有|总计|累计|达到/u;

/**
 * Whether the figure counts the very thing: where a level is counted (多少所小学), the counted phrase must end with it; where nothing but
 * a place and a general word is asked (全市有多少名教师), the phrase must be that word, not one kind of it.
 */
export function countsWhatIsAsked({ question, terms }: ReadingMatter, { figure, sentence, clauseIndex }: PlacedFigure): boolean {
  const clause = sentence.clauses[clauseIndex]?.clause;
  if (clause === undefined || question.kind !== 'figure' || figure.kind !== 'count') return true;
  if (countsOther(question, clause.folded)) return false;
  // Neither 每户1.2个 nor 最少1个 is how many there are now.
  if (ASKS_NOW.test(question.folded) && (figure.comparator === 'at-least' || figure.comparator === 'at-most') && !/总|共/u.test(clause.text.slice(0, figure.start))) return false;
  if (ASKS_STOCK.test(question.folded) && !/每|均/u.test(question.folded) && /每(?:一)?(?:户|人|套|亩|平方米|百|千|万|个|名|班|校|床|组|处|栋|幢|层|间|车|场|批|辆|台)/u.test(clause.text.slice(0, figure.start))) return false;
  const subjects = terms.filter(({ term }) => term.role !== 'frame' && term.role !== 'place' && term.role !== 'year' && (term.text.length > 1 || !term.isLoose));
  const isGeneral = ASKS_STOCK.test(question.folded) && subjects.length === 1;
  const counted = subjects.find(({ term }) => (term.role === 'level' && (question.counted.startsWith(term.text) || (question.counted === '' && INSTITUTIONS.has(question.asked.unit ?? '')))) || isGeneral)?.term;
  if (counted === undefined) return true;
  if (isGeneral && counted.role !== 'level' && !GENERAL.has(counted.text)) return true;
  const behind = foldForMatching(COUNTED_PHRASE.exec(clause.text.slice(figure.end).replace(BRACKETS, ''))?.[0] ?? '');
  const phrase = behind === '' ? foldForMatching(clause.text.slice(0, figure.start).replace(BRACKETS, '')) : behind;
  const names = [counted.text, ...counted.alternatives];
  if (isGeneral && !SPEAKS_OF_STOCK.test(clause.text)) return names.includes(phrase);
  // Where the question names what is counted, that is the phrase's last word; where it only speaks of it, anywhere in the phrase.
  return names.some((name) => (question.counted === '' ? phrase.includes(name) : phrase.endsWith(name)));
}

/** 几座山, 多少头牛: a thing of one character. */
const COUNTS_ONE_CHARACTER = /(?:多少|(?<![第哪])几)(?:个|所|名|家|门|项|件|次|座|台|张|条|支|套|间|户|辆|种|位|只|头|匹|棵|栋|幢|本|把|颗|片|块)((?![呢啊呀吗了吧来额呗])\p{Script=Han})(?:[?？]|$|[呢啊呀吗了,，])/u;
const PERSON = /[人员师生长]/u;

/** Whether the question counts a thing of one character that the clause doesn't write (几座山). */
export function countsOther({ folded }: Question, clause: string): boolean {
  const counted = COUNTS_ONE_CHARACTER.exec(folded)?.[1];
  return counted !== undefined && !PERSON.test(counted) && !clause.includes(counted);
}

/** 每亩补多少, 热费一平方多少钱: what the figure is told for. */
const FOR_EACH = /每(?:一)?(?<each>亩|户|平方米|平米|平方|套|家|辆|张|吨|名|所|校|班|株|头|只|人)|一(?<one>平方米|平米|平方|亩|户|套|辆|吨|株|头)(?=[^,，。]{0,8}(?:多少|几))/u;

/** Whether the question asks for the figure of one of a thing (每亩), and the sentence, its heading and its columns tell none for each of that. */
export function isForOther({ folded }: Question, { sentence, scene }: ScoredSentence, figure: Figure): boolean {
  const { each, one } = FOR_EACH.exec(folded)?.groups ?? {};
  const unit = (each ?? one)?.replace(/^平.*$/u, '平');
  if (unit === undefined || (figure.kind !== 'money' && figure.kind !== 'count')) return false;
  return ![`每${unit}`, `一${unit}`, `${unit}均`, `/${unit}`, `按${unit}`, `每一${unit}`, `单${unit}`].some((told) => `${sentence.folded} ${scene.heading} ${scene.ancestors} ${scene.columns}`.includes(told));
}

/** Words for whole populations. */
const GENERAL = new Set(['学校', '教师', '老师', '学生', '孩子', '幼儿园', '校长', '医院', '医生', '护士', '企业', '居民', '人口', '干部', '党员', '社区']);

/** What the heading names, each clause below it is about. */
const NAMED_ABOVE = 0.9;
const DISCRIMINATES = new Set(['place', 'name', 'ordinal', 'year', 'level']);

/** 每公里: what a figure is told for. */
const isEach = ({ role, text }: Term): boolean => role === 'sort' && text.startsWith('每');

/** Whether a time may be taken for the other: no span for a day, nor a bare year. */
const isRivalTime = (kind: FigureKind, time: FigureKind): boolean => (kind === 'duration') === (time === 'duration') && (kind !== 'year' || time === 'year');

/** Another clause of the sentence holds a discriminating word that this one lacks, with a figure of its own: the word's figure is that one. */
export function isAnothers(matter: ReadingMatter, { sentence, clauseIndex, figure }: PlacedFigure, placed: readonly PlacedFigure[]): boolean {
  const { kind, folded } = matter.question;
  const own = sentence.clauses[clauseIndex]?.clause;
  const { text = '' } = own ?? {};
  if (own === undefined || goesOnBefore(own, sentence) || (ASKS_CHANGE.test(folded) && TELLS_CHANGE.test(text.slice(0, figure.start))) || (ASKS_RISE.test(folded) && TELLS_RISE.test(text))) return false;
  const limit = readLimit(matter.question);
  // 「老旧小区每个端口补助300元,单个小区不超过8万元」: what the clause before names, its limit is of.
  const isOnlyLimit = limit !== undefined && figure.comparator === limit;
  const rivals = placed.filter((other) => other.sentence === sentence && other.clauseIndex !== clauseIndex && (!isOnlyLimit || other.clauseIndex > clauseIndex || other.figure.comparator === limit) && (kind !== 'when' || isRivalTime(other.figure.kind, figure.kind)));
  return matter.terms.some(({ term, isUnheard, weight }, index) => {
    const discriminates = DISCRIMINATES.has(term.role) || isEach(term) || (!isUnheard && term.role === 'content' && !term.isLoose && term.text.length > 1 && weight >= KNOWN_WEIGHT);
    const ownOf = (clause: number): number => (term.role === 'year' ? matchYear(term, sentence.clauses[clause]?.clause.folded ?? '', '', sentence.scene.year) : (sentence.clauses[clause]?.ownStrengths[index] ?? 0));
    const isOfAll = term.role === 'content' && matchTerm(term, sentence.scene.heading) >= NAMED_ABOVE;
    return discriminates && !isOfAll && ownOf(clauseIndex) < 0.5 && rivals.some((rival) => ownOf(rival.clauseIndex) >= 0.9 && holdsAllElse(matter, sentence, rival.clauseIndex, clauseIndex, index));
  });
}

/** The rival holds, itself or in a clause before it, what our clause holds of the question. */
function holdsAllElse(matter: ReadingMatter, sentence: ScoredSentence, rival: number, ours: number, except: number): boolean {
  return matter.terms.every(({ term }, index) => {
    if (index === except || term.role === 'frame') return true;
    const our = sentence.clauses[ours]?.ownStrengths[index] ?? 0;
    return our < 0.5 || sentence.clauses.slice(0, rival + 1).some(({ ownStrengths }) => (ownStrengths[index] ?? 0) >= 0.5);
  });
}

const GOES_ON = /[;；]$/u;
const HELD = { ours: 0.5, theirs: 0.9 } as const;

/** 「招用高校毕业生的,每人补助1500元;〔吸纳脱贫劳动力的,每人2000元〕」: the sentence right behind gives the same measure to a case that the question names, and this one doesn't. */
export function isOfCaseBehind({ terms }: ReadingMatter, { sentence, figure }: PlacedFigure, placed: readonly PlacedFigure[]): boolean {
  if (!GOES_ON.test(sentence.sentence.sentence.text)) return false;
  const behind = placed.find(({ sentence: other, figure: { unit, kind } }) => other.scene === sentence.scene && other.index === sentence.index + 1 && unit === figure.unit && kind === figure.kind)?.sentence;
  const cases = behind?.clauses.filter(({ clause }) => IS_CASE.test(clause.text)) ?? [];
  return cases.length > 0 && terms.some(({ term, weight, isUnheard }, index) => !isUnheard && term.role === 'content' && term.isNoun && !term.isLoose && !term.isCommon && !term.isAside && term.text.length > 1 && weight >= KNOWN_WEIGHT
    && cases.some(({ ownStrengths }) => (ownStrengths[index] ?? 0) >= HELD.theirs) && sentence.clauses.every(({ ownStrengths }) => (ownStrengths[index] ?? 0) < HELD.ours));
}

/** 吸纳脱贫劳动力的: whom the next clause is for. */
const IS_CASE = /的$/u;

/** Share of the words next to 多少 that a figure's own clause must hold where no classifier tells what is counted. */
const BOUND = 0.4;
/** What is counted (多少个座位) must stand in the sentence or a heading, not only in the sentence before. */
const COUNTED_NEAR = 0.56;

const hasRivalTime = (clause: SceneClause, time: FigureKind): boolean => figuresOf(clause).some((figure) => DAY_KINDS.has(figure.kind) && isRivalTime(figure.kind, time) && !isAllDay(figure, clause.text));

/** A word in what announces the entry (按照下列标准发放安家补贴) is as good as one in it. */
const ANNOUNCED = 0.8;
const isAnnounced = (term: Term, { scene }: ScoredSentence): boolean => /下列|以下|如下/u.test(scene.ancestors) && matchTerm(term, scene.ancestors) >= ANNOUNCED;

/** 「各乡镇设立备用金,甲、乙各15万元」: an earlier clause of the sentence names the thing, and gives no figure itself. */
const isNamedBefore = (term: number, { sentence: { clauses }, clauseIndex }: PlacedFigure): boolean =>
  clauses.slice(0, clauseIndex).some(({ clause, ownStrengths }) => (ownStrengths[term] ?? 0) >= NAMED_ABOVE && figuresOf(clause).length === 0);

/** Whether the figure counts what is asked: by its classifier, else by the words that stand next to it. */
export function isBound(matter: ReadingMatter, placed: PlacedFigure): boolean {
  const { terms, question } = matter;
  const clause = placed.sentence.clauses[placed.clauseIndex];
  if (clause === undefined || goesOnBefore(clause.clause, placed.sentence)) return true;
  if (question.kind === 'when') {
    const events = terms.flatMap(({ term, isKnown }, index) => (term.isNextToAsked && isKnown && term.text.length > 1 ? [index] : []));
    // 「第一次统防在5月12日,第二次在6月25日」: what the first of a row names, all are.
    const ordinals = terms.flatMap(({ term }, index) => (term.role === 'ordinal' && (clause.ownStrengths[index] ?? 0) >= NAMED_ABOVE ? [index] : []));
    const isOfRow = ({ ownStrengths }: ScoredClause): boolean => ordinals.some((ordinal) => (ownStrengths[ordinal] ?? 0) < BOUND);
    return events.every((index) => (clause.ownStrengths[index] ?? 0) >= BOUND || isNamedBySteps(terms[index]!.term, placed) || !placed.sentence.clauses.some((other, position) => position !== placed.clauseIndex && !isOfRow(other) && (other.ownStrengths[index] ?? 0) >= BOUND && hasRivalTime(other.clause, placed.figure.kind)));
  }
  const asked = terms.flatMap(({ term, weight, isUnheard }, index) =>
    term.isNextToAsked && !term.isLoose && !isUnheard && term.text.length > 1 ? [{ text: term.text, weight, own: Math.max(clause.ownStrengths[index] ?? 0, isAnnounced(term, placed.sentence) || matchTerm(term, placed.sentence.scene.heading) >= NAMED_ABOVE || isNamedBefore(index, placed) || isNamedBySteps(term, placed) ? ANNOUNCED : 0), around: clause.strengths[index] ?? 0 }] : [],
  );
  if (question.asked.unit !== undefined) return asked.every(({ text, around }) => !question.counted.includes(text) || around > COUNTED_NEAR);
  const total = asked.reduce((sum, { weight }) => sum + weight, 0);
  return total === 0 || asked.reduce((sum, { weight, own }) => sum + weight * own, 0) / total >= BOUND;
}

/**
 * One noun of the notices' own may be missing where no other figure comes near: of the best two sentences, and ahead of the next by so much. Chosen on all sets
 * together: of 13 such figures 12 were right.
 */
const STANDS_OUT = { sentences: 2, coverage: 0.42, ahead: 0.2 } as const;

export function standsOut({ sentences }: ReadingMatter, placed: readonly PlacedFigure[], each: PlacedFigure): boolean {
  const [first, second] = placed;
  const coverage = each.sentence.clauses[each.clauseIndex]?.coverage ?? 0;
  return each === first && coverage >= STANDS_OUT.coverage && sentences.slice(0, STANDS_OUT.sentences).includes(each.sentence) && each.score - (second?.score ?? 0) >= STANDS_OUT.ahead;
}
