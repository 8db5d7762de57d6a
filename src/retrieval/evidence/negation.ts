import { foldForMatching } from '../../text/normalize.ts';
import { tagWords } from '../../text/segment.ts';
import { CONDITION } from './complete.ts';
import { asksLeaveNotTo, givesLeaveNotTo, isRequiredFirst } from '../question/modality.ts';
import { predicateOf, withoutChoice } from '../question/predicate.ts';
import type { Question } from '../question/question.ts';
import { FORBIDS, MAY_REFUSE, MUST_NOT, MUST_NOT_REFUSE, OBLIGES, REFUSES } from './modal-verbs.ts';
import type { ReadingMatter } from './reading.ts';
import { figuresOf } from './scene.ts';
import type { ScoredSentence } from './scoring.ts';

/** A word that an exception speaks of must stand in it. */
const STANDS_HERE = 0.5;

/** What takes back or leaves out: 不收费, 暂不补助, 除外. */
const TAKES_BACK = new RegExp(`不收费?|不重复|免于|免收|免费|免交|免缴|暂不|不予|不享受|不再|${MUST_NOT}|不能|不可|不纳入|不计入|除外|不含|不包括|不适用|不安排|不新建|不设|不办|无需|不需|禁止|严禁|谢绝|暂停|停[航运用业]|尚未|暂未|还未|正在(?:建设|筹建|筹备)`, 'u');
const ASKS_NEGATIVELY = /不(?!是|少|低|超|高|满|到|足|止|对[?？]?$)|(?<![减避难])免(?!费\p{Script=Han}{1,8}(?:能|可以|包括|包含|算|要))|没(?!有?[?？]?$|事|关系|问题|毛病|错)|无(?!线|人机|障碍|偿)|未(?!来|成年)/u;

/** 不收费吧, 可以不算吗: asks whether something is not so. */
export const asksNegatively = ({ folded }: Question): boolean => ASKS_NEGATIVELY.test(predicateOf(folded));

/**
 * What the question itself denies (没提, 不要求, 不建幼儿园了吧), so that a sentence which affirms it says no. A denial that only tells of whom or when it asks
 * (没有户口能上学吗, 不达标的怎么办) is none: behind it the question goes on to what it asks.
 */
const DENIAL = /(?<!是|能|可|会|要|需|才|就)(?:没有?|未|不)(?:有)?(?:再|用|需要?|必|会|能|准|允许|打算|准备|计划|怎么|太)?(\p{Script=Han}{1,2})/gu;
const DENIES_NOTHING = /^(?:不(?:是|少|低|超|高|满|到|足|止|同|断|仅|但|管|论|错|对|行|好|好意|知|清|懂|明|太清)|没(?:错|记错|搞错|看错|听错|问题|事)|未(?:来|成年))/u;
const ASKS_ON = /能|可以|可不|要(?!求)|会|是(?!不是)|得|算|怎|多少|的(?:话|时候|人|学校|学生|企业|单位|孩子|家庭|老师|教师|项目)/u;
/** 「平时不开,就周末开」: what is so instead. */
const BUT = /^[^,，]{0,6}[,，](?:就|只|仅|光|而是)/u;
/** Denies that the notice speaks of it; there is no verb of its own that must stand there. */
const OF_NOTICE = /^(?:提|写|说|讲|要求|规定|涉及|安排|明确|部署|布置|考虑|包括|纳入|列|规|涉|明|部|安|要|有|关|打)/u;

/** 「就不算他了吧」 */
const LEFT_OUT = /就(?:不|没)(?:再|用|再用)?(?<verb>[算收发给补管办])(?![费用])[^,，]{0,6}了(?:吧|吗)?$/u;

/** Says only that something is done. */
const LIGHT = /^[做搞开办弄抓]$/u;

export interface Denial {
  /** The verb that is denied; undefined where the notice is said not to speak of it. */
  readonly verb: string | undefined;
}

/** What the question itself denies; undefined where it denies nothing. */
export function findDenial(question: Question): Denial | undefined {
  const { folded } = question;
  if (asksLeaveNotTo(question)) return undefined;
  const bare = withoutChoice(folded).replace(/(?:没有?|不|未)(?:吗|呢)?[?？]?$/u, '').replace(/(?:对|是|行|好)(?:吧|吗|不对|么)[?？]?$/u, '');
  const left = LEFT_OUT.exec(bare)?.groups?.['verb'];
  if (left !== undefined) return { verb: left };
  for (const { 0: denied, 1: verb = '', index } of bare.matchAll(DENIAL)) {
    const behind = bare.slice(index + denied.length);
    if (DENIES_NOTHING.test(denied) || ASKS_ON.test(behind) || BUT.test(behind)) continue;
    return { verb: OF_NOTICE.test(verb) || LIGHT.test(verb) ? undefined : verb };
  }
  return undefined;
}

/** 「东门设有专座,其余各门〔不设〕」 takes nothing back from the one that is named. */
const OF_OTHERS = /(?<=[,，;；])(?:其余|其他|其它|别的|另外)[^,，。;；]*/gu;

/** What is told to be none of a class is none of it for a question that is put with 免 or 不, either. */
const IS_NOT_AMONG = /不属于|不(?:再)?(?:列入|纳入)|不在[^,，。;；]{1,10}(?:之列|范围)/u;

/** A yes in front of a sentence that takes something back would say the opposite; then the sentence speaks for itself. */
function isMixed(question: Question, quoted: string): boolean {
  return (TAKES_BACK.test(quoted.replace(OF_OTHERS, '')) && !asksNegatively(question)) || (IS_NOT_AMONG.test(quoted) && !IS_NOT_AMONG.test(question.folded));
}

/** What a rule says of a subject that stands in a clause of its own: 「公务员……工作人员，不适用本措施」. */
const OPENS_PREDICATE = /^(?:不|免|应当|可以|须|必须|由|均|一律|按|处|给予|予以|暂)/u;

/** No verb stands in it, save in what qualifies its noun: 参照公务员法管理的工作人员. */
const isBare = (text: string): boolean => !tagWords(text.slice(text.lastIndexOf('的') + 1)).some(({ tag }) => tag === 'v');

/** Whether the clause only names whom or what the next one is about. */
export function isSubjectOnly({ clauses }: ScoredSentence, index: number): boolean {
  const text = clauses[index]?.clause.text ?? '';
  const next = clauses[index + 1]?.clause.text;
  return next !== undefined && (CONDITION.test(text) || (OPENS_PREDICATE.test(next) && isBare(text)));
}

/** Goes on with the subject of the clause before, and takes something back: 「……的，可列入储备库，但不得占用……」. */
const TAKES_BACK_NEXT = /^(?:但|且|并)?(?:今年|全年|目前|暂时|均|一律)?(?:不(?!断|仅|但|少于|低于|超过|高于|足)|免|只)/u;
const NEGATION = /(?:不(?!断|仅|但|得?(?:少于|低于|超过|高于|大于|小于|晚于|早于|拒[绝收])|足|同|等|忘)(?:得|准|能|可|予|再|享受|重复)?|免于|免收|免缴|免交|免|无需|严禁|禁止|未(?!来|成年))/gu;
/** So many characters between a negation and what it denies. */
const DENIES_WITHIN = 8;

/** 还建吗: the verb that a question ends in. */
const LAST_VERB = /(?:还|再|要|能|可以|会)(建|办|设|收|补|停|发|招|开|拆|改|卖|买)(?:吗|吧|么|不)?[?？]?$/u;
const VERB_WITHIN = 4;
const FREE = '免费';
const FREED = /免(?:收|缴|交|征)[^,，]{0,10}费/u;
const CHARGES = /^(?:收|缴|付|交)[费钱款]$/u;

/** 退不退: the verb that is asked about. */
const CHOSEN_VERB = /(\p{Script=Han})不\1/u;
const DENIED_VERB = /(?:不|未|无|免|禁|停|暂缓|取消)[^,，]{0,2}$/u;

/** What a sentence says to just what the question asks by 退不退 (不再收取押金,已收取的〔退还〕); undefined where it says neither, or both. */
function sayChosen({ folded }: Question, { clauses }: ScoredSentence): 'yes' | 'no' | undefined {
  const verb = CHOSEN_VERB.exec(folded)?.[1];
  const said = verb === undefined ? [] : clauses.flatMap(({ clause }) => (clause.folded.includes(verb) ? [DENIED_VERB.test(clause.folded.slice(0, clause.folded.indexOf(verb)))] : []));
  return said.length === 0 || new Set(said).size > 1 ? undefined : said[0] === true ? 'no' : 'yes';
}

/** Whether a clause denies a word that the question asks about: 不收费, 免于出资, 不得占用今年的补助资金. */
function denies({ terms, question }: ReadingMatter, text: string): boolean {
  const words = terms.flatMap(({ term }) => (term.role === 'frame' || term.role === 'year' || term.text.length < 2 ? [] : [term.text, ...term.alternatives]));
  if ((text.includes(FREE) || FREED.test(text)) && words.some((word) => CHARGES.test(word))) return true;
  const verb = LAST_VERB.exec(question.folded)?.[1];
  const isDenied = verb !== undefined && [...text.matchAll(NEGATION)].some(({ 0: negation, index }) => text.slice(index + negation.length, index + negation.length + VERB_WITHIN).includes(verb));
  if (isDenied) return true;
  return [...text.replaceAll(FREE, '').matchAll(NEGATION)].some(({ 0: negation, index }) => {
    const behind = text.replaceAll(FREE, '').slice(index + (/^[免不]/u.test(negation) ? 1 : negation.length));
    return words.some((word) => {
      const at = behind.indexOf(word);
      // 免票人员仍须预约: what must be done is not what is denied before it.
      return at >= 0 && at <= DENIES_WITHIN && !OBLIGES.test(behind.slice(0, at));
    });
  });
}

/** Everything of the sentence that stands in an exception: 「病假和产假除外」. */
const EXCEPTION = /除外|不含|不包括|^除[^,，]{1,20}外$/u;

/** Whether the question asks about what the sentence excepts. */
export function isExcepted({ terms }: ReadingMatter, { clauses }: ScoredSentence): boolean {
  const at = clauses.findIndex(({ clause }) => EXCEPTION.test(clause.text));
  return at >= 0 && terms.some(({ term, isKnown }) => term.role !== 'frame' && isKnown && term.text.length > 1 && clauses.every(({ clause }, position) => clause.folded.includes(term.text) === (position === at)));
}

const DENIES_A_BAN = /(?:没有?|不|未)(?:被|有|规定|说|算)?(?:禁止|限制|不准|不让|不许|不能|违反|违规|犯规)/u;

/** What is left of a yes where the notice denies or excepts what is asked; undefined where the sentence must speak for itself. */
export function weighNegation(matter: ReadingMatter, sentence: ScoredSentence, from: number, to: number, quoted: string, announced: string): 'yes' | 'no' | undefined {
  if (asksLeaveNotTo(matter.question)) {
    const isFree = givesLeaveNotTo(`${announced}${quoted}`) ?? (TAKES_BACK.test(quoted.replaceAll(FREE, '')) ? true : undefined);
    return isFree === undefined ? undefined : isFree ? 'yes' : 'no';
  }
  if (isRequiredFirst(matter.question, quoted)) return 'yes';
  if (REFUSES.test(predicateOf(matter.question.folded)) && (MUST_NOT_REFUSE.test(quoted) || MAY_REFUSE.test(quoted))) return MAY_REFUSE.test(quoted) === asksNegatively(matter.question) ? 'no' : 'yes';
  const chosen = sayChosen(matter.question, sentence);
  if (chosen !== undefined) return chosen;
  const isNegative = asksNegatively(matter.question);
  const isForeign = matter.terms.some(({ term, isUnheard }, index) => isUnheard && term.isNoun && term.text.length > 1 && !sentence.clauses.some(({ ownStrengths }) => (ownStrengths[index] ?? 0) >= STANDS_HERE));
  const about = sentence.clauses.filter(({ clause }, index) => (index >= from && index <= to + Number(isSubjectOnly(sentence, to))) || (index > to && TAKES_BACK_NEXT.test(clause.text)));
  // What is not so of the case (尚未取得证书的,) denies nothing of what it brings.
  const denied = [...about.flatMap(({ clause }) => (CONDITION.test(clause.text) ? [] : [clause.folded])), foldForMatching(announced)].some((text) => denies(matter, text));
  // 「停放不超过15分钟的，免收停车费」 says nothing of a longer stay.
  const isLimited = matter.question.figures.length === 0 && about.some(({ clause }) => CONDITION.test(clause.text) && figuresOf(clause).length > 0);
  if ((denied || isExcepted(matter, sentence)) && !isNegative) return isLimited || isForeign ? undefined : 'no';
  // 「没禁止吧」, where it is forbidden.
  if (DENIES_A_BAN.test(matter.question.folded) && FORBIDS.test(`${announced}${quoted}`)) return 'no';
  const denial = isNegative && !denied && !isExcepted(matter, sentence) ? findDenial(matter.question) : undefined;
  if (denial !== undefined && !TAKES_BACK.test(quoted)) return denial.verb === undefined || sentence.sentence.folded.includes(denial.verb) ? 'no' : undefined;
  // 「当天才说不去了,可以不」: what is taken back is something else than the question denies.
  if (isNegative && !denied && !isExcepted(matter, sentence) && TAKES_BACK.test(quoted.replaceAll(FREE, ''))) return undefined;
  return isMixed(matter.question, `${announced}${quoted}`) ? undefined : 'yes';
}
