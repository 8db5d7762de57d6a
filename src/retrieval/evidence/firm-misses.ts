import type { Question } from '../question/question.ts';
import type { ReadingMatter } from './reading.ts';
import type { WeightedTerm } from './scoring.ts';
import type { Term } from '../question/term.ts';

/** Roles without which evidence answers something else, and how well it must hold them. */
const FIRM: Readonly<Partial<Record<string, number>>> = { place: 0.45, level: 0.45, year: 0.45, attribute: 0.45, name: 0.35, ordinal: 0.45 };
/** What is asked for is held less than this by what speaks of something else. */
const HELD = 0.45;

/** Nothing else is known to be written for the word than longer or shorter forms of itself (公积金, 住房公积金). */
const hasNoOtherName = ({ text, alternatives }: Term): boolean => alternatives.every((other) => other.includes(text) || text.includes(other));

/**
 * A noun next to the interrogative is the thing asked for: one that the notices never use is not answered by others. So is a verb of which
 * the lexicon knows what notices would write, and they don't (招 → 招聘).
 */
function isWhatIsAsked(term: Term, { kind, asked, folded }: Question): boolean {
  if (term.role !== 'content' || !term.isNextToAsked || term.isGuess || term.isCommon) return false;
  if (kind === 'figure' && ((term.alternatives.length > 0 && term.text.length > 1) || (asked.unit === undefined && term.text.length > 1))) return true;
  if (kind === 'name' && !IS_WHAT.test(folded.slice(folded.indexOf(`的${term.text}`) + 1 + term.text.length))) return false;
  return term.isNoun && term.text.length > 1 && hasNoOtherName(term);
}

/**
 * How people put it (怎么落地, 盘子多大) may stand next to what is asked, too: where words of the notice's own hold this share of the question, an
 * unheard one is taken for that.
 */
const HELD_ANYWAY = { measure: { share: 0.34, words: 1 }, foreign: { share: 0.5, words: 1 }, figure: { share: 0.4, words: 2 } } as const;
const HELD_WORD = 0.9;

/** 「校车怎么管理」 asks how of what stands right before. */
const ASKS_HOW_OF = /^(?:都|该|要|应该|得|今年|准备|打算|方面|这块|上)*(?:怎么|如何|怎样|咋)/u;

function isHeldAnyway({ terms, question: { kind, folded } }: ReadingMatter, strengths: readonly number[]): boolean {
  if (kind !== 'measure' && kind !== 'figure') return false;
  // 「怎么注册账号」: what is done and what it is done to are both unheard.
  const foreign = terms.filter(({ term, isUnheard }) => isUnheard && term.role === 'content' && term.isNextToAsked && !term.isCommon && !term.isGuess && term.text.length > 1 && hasNoOtherName(term));
  if (kind === 'measure' && foreign.length > 1 && foreign.some(({ term }) => term.isNoun)) return false;
  const isOfForeign = kind === 'measure' && foreign.some(({ term }) => term.isNoun && ASKS_HOW_OF.test(folded.slice(folded.indexOf(term.text) + term.text.length)));
  const { share, words } = HELD_ANYWAY[isOfForeign ? 'foreign' : kind];
  const total = terms.reduce((sum, { weight }) => sum + weight, 0);
  const held = terms.flatMap(({ term, weight }, index) => (term.role !== 'frame' && term.text.length > 1 && (strengths[index] ?? 0) >= HELD_WORD ? [weight] : []));
  return held.length >= words && held.reduce((sum, weight) => sum + weight, 0) >= total * share;
}

/** What a figure is of: the word right before or behind the interrogative (床位是多少, 多少个床位). */
const ASKS_OF_HEAD = /^(?:一共|总共|各|分别|是|为|要|得|有|定|达|到|在|能|会|了|的目标|的标准|目标|标准|要求)*(?:多少|几|百分|多[大高])/u;

function isHead({ text, isLoose }: Term, { kind, counted, folded }: Question): boolean {
  return kind === 'figure' && ((!isLoose && counted.includes(text)) || ASKS_OF_HEAD.test(folded.slice(folded.lastIndexOf(text) + text.length)));
}

/** Held in part only: 高级技师 stands where 高级工 is asked for. */
const isCousin = (term: Term, strength: number): boolean => term.role === 'content' && !term.isLoose && term.text.length === 3 && strength > 0.1 && strength < 0.4;

const BECOMES = ['换成', '改成', '变成', '更新为', '更换为', '用的是'];
const isPlainWord = ({ term, isUnheard }: WeightedTerm): boolean => isUnheard && term.role === 'content' && term.text.length > 1 && !term.isGuess;

/** One of two unheard words side by side, the second a noun, that something becomes: a thing by its name (换成混合动力的), and no way of putting it. */
function isOfUnheardThing(matter: ReadingMatter, index: number): boolean {
  const { terms, question } = matter;
  const isPair = (left: WeightedTerm | undefined, right: WeightedTerm | undefined): boolean =>
    left !== undefined && right !== undefined && isPlainWord(left) && isPlainWord(right) && right.term.isNoun && BECOMES.some((verb) => question.folded.includes(`${verb}${left.term.text}${right.term.text}`));
  return question.kind === 'figure' && (isPair(terms[index - 1], terms[index]) || isPair(terms[index], terms[index + 1]));
}

/** 「协会会长是谁」: an office that the notices never name has no holder. */
const OFFICE_HELD = 0.9;
const OFFICE = /(?:长|主任|书记|经理|负责人|秘书|主席|代表|专家|老师|教授)$/u;

function isOffice({ term: { text, role, isNoun }, isKnown }: WeightedTerm, { kind, folded }: Question): boolean {
  if ((kind !== 'who' && kind !== 'name') || role !== 'content' || isKnown || !(isNoun || OFFICE.test(text))) return false;
  return (kind === 'name' && !OFFICE.test(text)) ? false : [`${text}是谁`, `${text}是哪`, `${text}叫`, `${text}姓`, `谁是${text}`, `谁当${text}`].some((asked) => folded.includes(asked));
}

/** 〔城南〕小学: what stands right before the sort of an institution is its name. */
const INSTITUTION = /^(?:小学|中学|幼儿园|医院|卫生院|社区|街道|公园|水库|水厂|大桥|广场|图书馆|小区)/u;
const NO_NAME = /^(?:公办|民办|公立|私立|农村|乡村|乡下|城里|城区|城镇|县城|乡镇|普通|重点|优质|附近|本地|所有|各个|其他|其它|别的|新建|老旧|定点|一般|大型|小型)$/u;

/** 带犬进|公园 */
const WRONG_CUT = /[进去到在来带从往给和跟里]/u;

function namesInstitution({ term: { text, role, isNoun, isCommon, alternatives }, isUnheard }: WeightedTerm, { folded }: Question): boolean {
  return isUnheard && role === 'content' && isNoun && !isCommon && text.length > 1 && text.length < 4 && alternatives.length === 0 && !NO_NAME.test(text) && !WRONG_CUT.test(text) && INSTITUTION.test(folded.slice(folded.indexOf(text) + text.length));
}

/** 〔我在广东打工〕,…; 〔我家娃还在上小学〕,…; 〔2008年建的〕房子: where, at what stage, since when somebody or something is, which a rule tells in other words. */
const OWN_CASE: Readonly<Partial<Record<Term['role'], (text: string) => RegExp>>> = {
  place: (text) => new RegExp(`(?:在|从)${text}(?:那边|这边)?(?:打工|上班|工作|务工|读书|上学|念书|做生意|定居|住|当兵|出差|旅游|回来|过来)`, 'u'),
  level: (text) => new RegExp(`(?:我|娃|孩子|儿子|女儿|闺女|弟弟|妹妹)[^,，]{0,6}${text}[^,，]{0,3}[,，]`, 'u'),
  year: (text) => new RegExp(`${text}年?(?:以?[前后])?(?:建|买|办|盖|装|修|签|出生|毕业|入职|登记)[^,，]{0,3}(?:的|了)`, 'u'),
};
const isOfOwnCase = ({ role, text }: Term, { kind, folded }: Question): boolean => kind === 'yes-no' && (OWN_CASE[role]?.(text).test(folded) ?? false);

/** What falls due later is told of one's own case (合同明年到期,…). */
const COMING_YEAR = /^(?:明年|后年|下一年)$/u;
const NAMES_YEAR = /今年|本年|(?:19|20)\d{2}/u;
/** Kinds in which the thing asked for is named next to the interrogative. */
const NAMES_THING: ReadonlySet<Question['kind']> = new Set(['figure', 'measure', 'when', 'name']);
/** 「校长的血型是什么」: the head noun of what is asked. */
const IS_WHAT = /^(?:是|叫|为|有)?(?:什么|啥|哪)/u;

/** Behind a thing: by whom something is done to it. */
const IS_DONE_TO = /^(?:都|是|要|得|应该|应当|该)*(?:由|归|让|找)?(?:谁|哪(?:一)?(?:个|家)?(?:单位|部门|机构|科室|局))(?:来|去|负责)?\p{Script=Han}{2}/u;

/** Terms that discriminate and are not held well enough by what would be said. */
export function findFirmMisses(matter: ReadingMatter, strengths: readonly number[], leniency = 0): WeightedTerm[] {
  const { question, terms } = matter;
  const isHeld = isHeldAnyway(matter, strengths);
  const isNowhere = (index: number): boolean => matter.sentences.every((sentence) => (sentence.strengths[index] ?? 0) < HELD);
  return terms.filter((weighted, index) => {
    const { term, isUnheard } = weighted;
    const strength = strengths[index] ?? 0;
    if (term.isAside || (term.isBefore && (term.role === 'attribute' || (term.role === 'year' && (NAMES_YEAR.test(question.folded) || COMING_YEAR.test(term.text)))))) return false;
    if (isOfOwnCase(term, question)) return false;
    if (isOffice(weighted, question)) return strength < OFFICE_HELD;
    if (strength < HELD && namesInstitution(weighted, question)) return true;
    if (isUnheard && question.kind === 'figure' && isCousin(term, strength)) return true;
    if ((isUnheard || (term.text.length > 2 && term.alternatives.length > 0 && strength < HELD && isHead(term, question) && isNowhere(index))) && strength < HELD && ((!(isHeld && !isHead(term, question)) && NAMES_THING.has(question.kind) && isWhatIsAsked(term, question)) || isOfUnheardThing(matter, index))) return true;
    // 「名单由谁审核」 asks who does it, and not for the list.
    if (question.kind === 'who' && term.role === 'attribute' && IS_DONE_TO.test(question.folded.slice(question.folded.lastIndexOf(term.text) + term.text.length))) return false;
    return (term.role !== 'attribute' || term.isNextToAsked) && strength < (FIRM[term.role] ?? -1) - leniency;
  });
}
