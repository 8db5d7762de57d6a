import type { Lexicon } from '../../corpus/lexicon.ts';
import { MUST_NOT } from '../evidence/modal-verbs.ts';
import { clashes, isGivenOnce } from '../evidence/clashes.ts';
import { isOfOtherForm } from '../evidence/other-of-kind.ts';
import { isAtOtherStage, tellsStage } from '../evidence/stages.ts';
import { WAIVES } from '../evidence/find-waiver.ts';
import { asksLeaveNotTo, givesLeaveNotTo, isRequiredFirst } from '../question/modality.ts';
import { findDenial, isExcepted, isSubjectOnly } from '../evidence/negation.ts';
import { withoutChoice } from '../question/predicate.ts';
import { citeClauses, contradictsTerm, widenClause } from '../evidence/reading.ts';
import type { ReadingMatter } from '../evidence/reading.ts';
import type { Question } from '../question/question.ts';
import { figuresOf } from '../evidence/scene.ts';
import type { ScoredClause, ScoredSentence } from '../evidence/scoring.ts';
import { isSameMeasure } from '../../text/same-measure.ts';
import { isDoneOtherwise } from './yes-no-candidate.ts';
import type { Candidate } from './yes-no-candidate.ts';

/** A contradiction needs less: what is asked for is then the very thing that the notice says otherwise. */
export const ENOUGH_TO_DENY = 0.47;
/** Where a word stands against its opposite, that word itself can't be held. */
const ENOUGH_WITH_OPPOSITE = 0.4;
/** Where the notice strives for what the question takes as done or due, its other words matter less. */
export const ENOUGH_TO_TEMPER = 0.4;

/** The notice only strives for it, plans it or tries it out. */
export const HEDGE = /力争|争取|探索|试点|计划|推动|逐步|支持|谋划|筹备|研究|前期|申报|启动|视[^,，]{1,8}情况|适时/u;
/** The question takes one for all that the notice names. */
const EXCLUDES = /仅仅?(?:限|是|面向|包括|涉及|针对|有|为)?|只(?:是|有|限|面向|包括|涉及|针对|含|对|管|给|招|收|补|发|让)|(?<![观阳灯风月时目])光(?:管|是|给|有)|不(?:含|涉及|包括|包含)/u;
const NAMES_MORE = /[、和与及]|所有|各级|各类|以及/u;
/** 「50名都是校长吗」, of 50名校长、教师: one of those side by side is taken for all. */
const ALL_ARE = /(?:都|全|全都|全部|统统)(?:是|为|给)(?<one>\p{Script=Han}{2,8}?)(?:的)?(?:吗|吧|么|对吧)?[?？]?$/u;
const BESIDE = '(?:、|和|与|及|以及)';

/** Whether the question takes one of several things that the clause names for all there are. */
export function takesOneForAll({ folded }: Question, text: string): boolean {
  const one = ALL_ARE.exec(folded)?.groups?.['one'];
  return (EXCLUDES.test(folded) && NAMES_MORE.test(text)) || (one !== undefined && new RegExp(`${one}${BESIDE}|${BESIDE}${one}`, 'u').test(text));
}

/** 「所有乡镇都是15万吗」, of 3个镇各15万元,其他乡镇各8万元. */
const SAYS_ALL = /(?<![首成])都(?:是|为|给|补|按|有|得)|全(?:是|都)|均(?:为|是|按)|一律|一样/u;
const THE_OTHERS = /^(?:其他|其余|其它|别的|另外)/u;

/** 「合作社跟个人一样,都是8万吧」 */
const SAYS_ALIKE = /(?<one>\p{Script=Han}{2,8})[跟和与同](?<other>\p{Script=Han}{2,8}?)(?:是)?(?:一样|相同|一个样|一个标准)/u;

/** The clause that gives the one another figure than the other, where the question takes them for alike; undefined where it doesn't, or none does. */
function findUnlike({ folded, figures }: Question, { clauses }: ScoredSentence): number | undefined {
  const { one, other } = SAYS_ALIKE.exec(folded)?.groups ?? {};
  const asked = figures[0];
  if (one === undefined || other === undefined || asked === undefined) return undefined;
  const index = clauses.findIndex(({ clause }) => clause.folded.includes(one) && !clause.folded.includes(other) && figuresOf(clause).some((figure) => figure.value !== asked.value && isSameMeasure(figure, asked)));
  return index >= 0 && clauses.some(({ clause }) => clause.folded.includes(other) && !clause.folded.includes(one)) ? index : undefined;
}

/** The clause that gives the others another figure, where the question takes one figure for all, or for the one as for the other; undefined where it doesn't, or none does. */
export function findOthers(question: Question, sentence: ScoredSentence): number | undefined {
  const { folded, figures } = question;
  const unlike = findUnlike(question, sentence);
  if (unlike !== undefined) return unlike;
  const asked = figures[0];
  if (asked === undefined || !SAYS_ALL.test(folded)) return undefined;
  const others = sentence.clauses.findIndex(({ clause }) => THE_OTHERS.test(clause.folded) && figuresOf(clause).some((figure) => figure.value !== asked.value && isSameMeasure(figure, asked)));
  return others < 0 ? undefined : others;
}

const DONE = /已(?:经)?|完成了/u;
export const FORBIDS = new RegExp(`不适用|不享受|不纳入|${MUST_NOT}|不准|严禁|禁止|不能|不可|不予|不再|无需|不需要|不收`, 'u');
const ASKS_PERMISSION_OR_DUTY = /可以|能|可不可以|允许|必须|要不要|需要|必要|得|非要|(?:行|成)(?:不[行成]|吗|么|不|吧)[?？]?$/u;

/** 「也要交吗」, where the notice waives it. */
const ASKS_TO_PAY = /(?:要|得|需要|必须|还)(?:不要)?(?:自己|个人|自)?(?:再|多|另|另外|额外)?(?:交|缴|付|出|掏|花)/u;

const LEAVE = /批准|报批|审批|同意|报备|请示|请假|许可/u;
const OWN_TO_FORBID = 0.35;
/** A word put to the test must stand in the sentence itself. */
export const STANDS_HERE = 0.5;

/** The clause, this one or a neighbour, that answers a word of the question with its opposite (在职 with 退休); undefined where none does. */
export function findOpposite(matter: ReadingMatter, { sentence, index, clause }: Candidate, lexicon: Lexicon): number | undefined {
  const contradictsAt = (position: number, other: ScoredClause): boolean =>
    matter.terms.some(({ term }, at) => {
      const inSentence = Math.max(0, ...sentence.clauses.map(({ ownStrengths }) => ownStrengths[at] ?? 0));
      return contradictsTerm(term, position === index ? (clause.ownStrengths[at] ?? 0) : inSentence, other.clause.folded, matter.question, lexicon);
    });
  if (contradictsAt(index, clause)) return index;
  const neighbour = sentence.clauses.findIndex((other, position) => position !== index && contradictsAt(position, other));
  return neighbour < 0 ? undefined : neighbour;
}

/** Places that no lexicon knows, by what their names end in. */
const LOCALITY = /(镇|乡|街道|村|社区)$/u;
const LOCALITIES = /(?<![\p{Script=Han}])\p{Script=Han}{2,3}(?:镇|乡|街道|村|社区)|(?<=[、和与中])\p{Script=Han}{2,3}(?:镇|乡|街道|村|社区)/gu;

/** Another place stands in the clause where the asked one doesn't, though the notice knows it. */
export function findOtherPlace(matter: ReadingMatter, clause: ScoredClause, lexicon: Lexicon): boolean {
  return matter.terms.some(({ term }, index) => {
    if (term.role !== 'place' || (clause.ownStrengths[index] ?? 0) >= 0.9) return false;
    const isKnown = matter.sentences.some((sentence) => sentence.sentence.folded.includes(term.text));
    const asked = LOCALITY.exec(term.text)?.[1];
    if (isKnown && asked !== undefined) return [...clause.clause.folded.matchAll(LOCALITIES)].some(([name]) => name !== term.text && !matter.question.folded.includes(name));
    return isKnown && [...lexicon.places].some((place) => place !== term.text && clause.clause.folded.includes(place) && !matter.question.folded.includes(place));
  });
}

/** The question takes away what the notice does: 取消, 停办, 减少 … stand nowhere in the clause. */
const UNDOES = /停了(?=吗|吧|没|$|[?？])|取消|废除|废止|停办|停止|停用|撤销|撤并|关闭|关停|减少|削减|缩减|压缩|降低|推迟|暂停|终止|放弃|中止/u;

export function undoes({ folded }: Question, { clause }: ScoredClause): boolean {
  const verb = UNDOES.exec(folded)?.[0];
  return verb !== undefined && !UNDOES.test(clause.folded) && !/下降|控制|压降/u.test(clause.folded);
}

/** Why the clause says no to the question, as how much of the question it must hold for that; undefined where it doesn't say no. */
export function findContradiction(matter: ReadingMatter, { sentence, index, clause }: Candidate, opposite: number | undefined): number | undefined {
  const { question } = matter;
  const { text } = clause.clause;
  // What is excepted from a rule may be left undone.
  if (asksLeaveNotTo(question) && !isExcepted(matter, sentence)) return givesLeaveNotTo(text) === false && givesLeaveNotTo(sentence.sentence.folded) === false ? ENOUGH_TO_DENY : undefined;
  if (opposite !== undefined) return ENOUGH_WITH_OPPOSITE;
  const supposesDone = question.supposesDone && !tellsDone(matter, { sentence, clause });
  if ((supposesDone || question.supposesMust) && HEDGE.test(text)) return ENOUGH_TO_TEMPER;
  if (supposesDone) return ENOUGH_TO_DENY;
  if (isGivenOnce(question.folded, sentence.sentence.folded)) return ENOUGH_TO_DENY;
  if (undoes(question, clause)) return ENOUGH_TO_TEMPER;
  if (clashes(question, clause.clause.folded) || clashesBeside(matter, { sentence, clause }) || isToldOfAnother(matter, { sentence, clause }) || isOfTheOthers(matter, sentence) || isToldToLack(matter, { sentence, clause }) || isOfOtherForm(question.folded, sentence.sentence.folded)) return ENOUGH_TO_DENY;
  if (isAtOtherStage(question.folded, clause.clause.folded) && !sentence.clauses.slice(index + 1).some((other) => tellsStage(other.clause.folded) && !isAtOtherStage(question.folded, other.clause.folded))) return ENOUGH_TO_DENY;
  if (takesOneForAll(question, text) || findOthers(question, sentence) !== undefined || isFreeForOthers(matter, sentence)) return ENOUGH_TO_DENY;
  if (ASKS_TO_PAY.test(question.folded) && WAIVES.test(text)) return ENOUGH_TO_DENY;
  const [from, to] = widenClause(matter, sentence, index, () => true);
  const quoted = citeClauses(sentence, from, isSubjectOnly(sentence, to) ? nextClause(sentence, to) : to).text;
  // 「外出得先报批吗」, of what is forbidden without leave.
  const isByLeave = (LEAVE.test(question.folded) && LEAVE.test(quoted)) || isRequiredFirst(question, quoted);
  const forbids = FORBIDS.test(quoted) && !isByLeave && findDenial(question) === undefined && !FORBIDS.test(withoutChoice(question.folded)) && ASKS_PERMISSION_OR_DUTY.test(question.folded);
  // What is forbidden must be what is asked: the clause itself holds so much of it.
  return forbids && clause.own >= OWN_TO_FORBID && (matter.sentences[0] === sentence || !isDoneOtherwise(matter, sentence)) ? ENOUGH_TO_DENY : undefined;
}

const own = ({ ownStrengths }: ScoredClause, index: number): number => ownStrengths[index] ?? 0;

/** Whether a clause beside the best one, of a word of the question that this lacks, shuts out what is supposed: 餐费不变,〔包装盒自理〕. */
function clashesBeside({ question, terms }: ReadingMatter, { sentence, clause }: Pick<Candidate, 'sentence' | 'clause'>): boolean {
  const lacking = terms.flatMap(({ term }, index) => (term.role !== 'frame' && !term.isLoose && term.text.length > 1 && own(clause, index) < STANDS_HERE ? [index] : []));
  return lacking.length > 0 && sentence.clauses.some((other) => other !== clause && lacking.some((index) => own(other, index) >= STANDS_FULLY) && clashes(question, other.clause.folded));
}

const DENIES = /不|未|无|没/u;

/** 「北门有专座吗」, where 东门设有专座,其余各门不设专座: what the question names is one of the others, of the same sort, and these have none. */
function isOfTheOthers({ terms }: ReadingMatter, { clauses }: ScoredSentence): boolean {
  const at = clauses.findIndex(({ clause }) => THE_OTHERS.test(clause.folded) && DENIES.test(clause.folded));
  const [others, before] = [clauses[at], clauses.slice(0, Math.max(0, at)).map(({ clause }) => clause.folded).join(' ')];
  if (others === undefined || before === '' || !terms.some(({ term }, index) => !term.isLoose && term.role !== 'frame' && own(others, index) >= STANDS_FULLY)) return false;
  return terms.some(({ term: { text, role, isLoose }, isKnown, isWritten }, index) => (isKnown || isWritten) && !isLoose && role !== 'frame' && role !== 'figure' && clauses.every((clause) => own(clause, index) < STANDS_HERE) && (/^[a-z\d]+$/u.test(text) || before.includes(text.slice(-1))));
}

/** 西馆没有, 乡镇分馆暂不设: says of somebody no more than that there they lack what is told before. */
const LACKS = /^(?:但)?\p{Script=Han}{1,12}(?:没有|暂无|不设|未设|暂不设)$/u;

/** 「西馆有母婴室吗」, where 东馆设有母婴室,西馆没有. */
const isToldToLack = ({ terms }: ReadingMatter, { sentence, clause }: Pick<Candidate, 'sentence' | 'clause'>): boolean => sentence.clauses.some((other) => other !== clause && LACKS.test(other.clause.folded) && terms.some(({ term }, index) => term.role !== 'frame' && own(other, index) >= STANDS_FULLY && own(clause, index) < STANDS_HERE));

/** Whether the clause tells it as done, or one that goes on with what the question says further: 甲水库…,〔2024年已开工〕,计划…. */
function tellsDone({ terms }: ReadingMatter, { sentence, clause }: Pick<Candidate, 'sentence' | 'clause'>): boolean {
  const goesOn = (other: ScoredClause): boolean => terms.some(({ term }, index) => term.role === 'content' && own(other, index) >= STANDS_FULLY && own(clause, index) < STANDS_HERE);
  return DONE.test(clause.clause.text) || sentence.clauses.some((other) => DONE.test(other.clause.text) && goesOn(other));
}

/** 「甲也设在丙吗」, where the notice writes 甲设在乙,其余设在丙: the word behind the verb stands with another subject. */
function isToldOfAnother({ question: { folded }, terms }: ReadingMatter, { sentence, clause }: Pick<Candidate, 'sentence' | 'clause'>): boolean {
  return terms.some(({ term: object, isKnown, isWritten }, index) => {
    const at = folded.indexOf(object.text);
    const verb = folded.slice(Math.max(0, at - VERB_LENGTH), at);
    if (!(isKnown || isWritten) || object.isLoose || object.role === 'frame' || at < VERB_LENGTH || own(clause, index) >= STANDS_HERE || !clause.clause.folded.includes(verb)) return false;
    const subjects = terms.flatMap(({ term }, other) => (other !== index && term.role !== 'frame' && !term.isLoose && folded.indexOf(term.text) < at && own(clause, other) >= STANDS_FULLY ? [other] : []));
    return subjects.length > 0 && sentence.clauses.some((rival) => rival.clause.folded.includes(verb) && own(rival, index) >= STANDS_HERE && subjects.every((subject) => own(rival, subject) < STANDS_HERE));
  });
}

/** Less than all of a price. */
const REDUCES = /折|半价|减半|优惠/u;

/** 「学生不要钱吧」, where 老年人免费乘车,学生五折: what is free stands with others, and whom the question names with a figure of their own. */
function isFreeForOthers({ terms }: ReadingMatter, { clauses }: ScoredSentence): boolean {
  const free = terms.findIndex(({ term }) => term.text === '免费');
  const holds = ({ ownStrengths }: ScoredClause, index: number): boolean => (ownStrengths[index] ?? 0) >= STANDS_FULLY;
  const subjects = terms.flatMap(({ term, isUnheard }, index) => (index !== free && !isUnheard && term.isNoun && !term.isLoose && term.text.length > 1 ? [index] : []));
  const freed = clauses.find((clause) => free >= 0 && holds(clause, free));
  const others = clauses.filter((clause) => clause !== freed && (figuresOf(clause.clause).length > 0 || REDUCES.test(clause.clause.text)));
  return freed !== undefined && subjects.some((subject) => !holds(freed, subject) && others.some((clause) => holds(clause, subject)));
}

const VERB_LENGTH = 2;
const STANDS_FULLY = 0.9;

/** Strives for an outcome, where HEDGE may also be what is done for it. */
const STRIVES = /力争|争取|努力/u;

/** The clause of the sentence that only strives for what the best one speaks of: it holds a word of the question that weighs, as that one or its sentence does. */
export function findStriven({ terms }: ReadingMatter, { sentence, clause }: Candidate): Candidate | undefined {
  if (STRIVES.test(clause.clause.text)) return undefined;
  const shared = terms.flatMap(({ term, isUnheard, weight }, index) => (term.role !== 'frame' && !isUnheard && weight >= STRIVEN_WEIGHT && (clause.strengths[index] ?? 0) >= STANDS_HERE ? [index] : []));
  const index = sentence.clauses.findIndex((other) => STRIVES.test(other.clause.text) && shared.some((term) => (other.ownStrengths[term] ?? 0) >= STANDS_HERE));
  const found = sentence.clauses[index];
  return found === undefined ? undefined : { sentence, index, clause: found };
}

const STRIVEN_WEIGHT = 0.5;

const nextClause = ({ clauses }: ScoredSentence, index: number): number => Math.min(index + 1, clauses.length - 1);
