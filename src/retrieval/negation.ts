import { foldForMatching } from '../text/normalize.ts';
import { tagWords } from '../text/segment.ts';
import { CONDITION } from './complete.ts';
import type { Question } from './question.ts';
import type { ReadingMatter } from './reading.ts';
import { figuresOf } from './scene.ts';
import type { ScoredSentence } from './scoring.ts';

/** A word that an exception speaks of must stand in it. */
const STANDS_HERE = 0.5;

/** What takes back or leaves out: 不收费, 暂不补助, 除外. */
const TAKES_BACK = /不收费?|不重复|免于|免收|免费|免交|免缴|暂不|不予|不享受|不再|不得|不能|不可|不纳入|不计入|除外|不含|不包括|不适用|不安排|不新建|不设|不办|无需|不需/u;
const ASKS_NEGATIVELY = /不(?!是|少|低|超|高|满|到|足|止|对[?？]?$)|免|没(?!有?[?？]?$)|无(?!线|人机|障碍)|未/u;

/** The question without 能不能 and the like, which deny nothing. */
export const withoutChoice = (folded: string): string => folded.replace(/(\p{Script=Han})不\1|是不是|有没有|可不可以/gu, '');

/** 不收费吧, 可以不算吗: asks whether something is not so. */
export const asksNegatively = ({ folded }: Question): boolean => ASKS_NEGATIVELY.test(withoutChoice(folded));

/** A yes in front of a sentence that takes something back would say the opposite; then the sentence speaks for itself. */
function isMixed(question: Question, quoted: string): boolean {
  return TAKES_BACK.test(quoted) && !asksNegatively(question);
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
const NEGATION = /(?:不(?!断|仅|但|少于|低于|超过|高于|大于|小于|足|同|等|忘)(?:得|准|能|可|予|再|享受|重复)?|免于|免收|免缴|免交|免|无需|严禁|禁止|未(?!来|成年))/gu;
/** So many characters between a negation and what it denies. */
const DENIES_WITHIN = 8;

/** 还建吗: the verb that a question ends in. */
const LAST_VERB = /(?:还|再|要|能|可以|会)(建|办|设|收|补|停|发|招|开|拆|改|卖|买)(?:吗|吧|么|不)?[?？]?$/u;
const VERB_WITHIN = 4;
const FREE = '免费';
const FREED = /免(?:收|缴|交|征)[^,，]{0,10}费/u;
const CHARGES = /^(?:收|缴|付|交)[费钱款]$/u;

/** Whether a clause denies a word that the question asks about: 不收费, 免于出资, 不得占用今年的补助资金. */
function denies({ terms, question }: ReadingMatter, text: string): boolean {
  const words = terms.flatMap(({ term }) => (term.role === 'frame' || term.role === 'year' || term.text.length < 2 ? [] : [term.text, ...term.alternatives]));
  if ((text.includes(FREE) || FREED.test(text)) && words.some((word) => CHARGES.test(word))) return true;
  const verb = LAST_VERB.exec(question.folded)?.[1];
  const isDenied = verb !== undefined && [...text.matchAll(NEGATION)].some(({ 0: negation, index }) => text.slice(index + negation.length, index + negation.length + VERB_WITHIN).includes(verb));
  if (isDenied) return true;
  return [...text.replaceAll(FREE, '').matchAll(NEGATION)].some(({ 0: negation, index }) => {
    const behind = text.replaceAll(FREE, '').slice(index + (negation.startsWith('免') ? 1 : negation.length));
    return words.some((word) => {
      const at = behind.indexOf(word);
      return at >= 0 && at <= DENIES_WITHIN;
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

/** What is left of a yes where the notice denies or excepts what is asked; undefined where the sentence must speak for itself. */
export function weighNegation(matter: ReadingMatter, sentence: ScoredSentence, from: number, to: number, quoted: string, announced: string): 'yes' | 'no' | undefined {
  const isNegative = asksNegatively(matter.question);
  const isForeign = matter.terms.some(({ term, isUnheard }, index) => isUnheard && term.isNoun && term.text.length > 1 && !sentence.clauses.some(({ ownStrengths }) => (ownStrengths[index] ?? 0) >= STANDS_HERE));
  const about = sentence.clauses.filter(({ clause }, index) => (index >= from && index <= to + Number(isSubjectOnly(sentence, to))) || (index > to && TAKES_BACK_NEXT.test(clause.text)));
  const denied = [...about.map(({ clause }) => clause.folded), foldForMatching(announced)].some((text) => denies(matter, text));
  // 「停放不超过15分钟的，免收停车费」 says nothing of a longer stay.
  const isLimited = matter.question.figures.length === 0 && about.some(({ clause }) => CONDITION.test(clause.text) && figuresOf(clause).length > 0);
  if ((denied || isExcepted(matter, sentence)) && !isNegative) return isLimited || isForeign ? undefined : 'no';
  return isMixed(matter.question, `${announced}${quoted}`) ? undefined : 'yes';
}
