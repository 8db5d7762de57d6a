import type { Lexicon } from '../../corpus/lexicon.ts';
import { foldForMatching } from '../../text/normalize.ts';
import { tagWords } from '../../text/segment.ts';
import { isPartOfTotal } from '../evidence/entries.ts';
import { tellsOneEach } from '../evidence/enumerated.ts';
import { countsWhatIsAsked, isAnothers, isBound, isForOther, isOfCaseBehind, standsOut } from './figure-binding.ts';
import { isLimit, TELLS_CASE, testCase } from './figure-cases.ts';
import { findFirmMisses } from '../evidence/firm-misses.ts';
import { isOutOfTurn } from './in-turn.ts';
import { goesOtherWay } from './money-ways.ts';
import { matchTerm } from '../evidence/match.ts';
import { createRoleMatcher, speaksOfOtherLevel } from '../evidence/match-role.ts';
import { speaksOfNamesake } from '../evidence/namesake.ts';
import { CHANGES_BEFORE, contradictsTerm, findKnownMisses, goesOnBefore } from '../evidence/reading.ts';
import type { PlacedFigure, ReadingMatter } from '../evidence/reading.ts';
import { figuresOf } from '../evidence/scene.ts';
import type { WeightedTerm } from '../evidence/scoring.ts';
import type { Term } from '../question/term.ts';
import type { Candidate, Check } from './candidate.ts';
import { isOfStepElse } from './steps.ts';
import { isNoDay, isNotWhenDone, isOfOtherPeriod, isOnlyYear, isOtherTime } from './time-checks.ts';

const ASKS_OF_CHANGE = /增|降|涨|减|升|提高|变化|变动|幅|比|率|百分|几成|[高低多少]了/u;
/** 「增长6%」 for 「旅客有多少」. */
const isOnlyChange: Check = ({ matter: { question: { folded } }, text }) => CHANGES_BEFORE.test(text) && !ASKS_OF_CHANGE.test(folded);

/** 「一次性补助500元」 for 「每亩补多少」. */
const isForOtherMeasure: Check = ({ matter: { question }, placed: { sentence, figure } }) => isForOther(question, sentence, figure);

/** 「身高1.2米以下儿童免费」 for 「池水有多深」: who is meant, and no measure of the thing. */
const OF_PERSON = /身高[^,，。;；]{0,6}$/u;
const ASKS_OF_PERSON = /身高|个子|个头|多高|[孩娃儿人]/u;
const isHeightOfPerson: Check = ({ matter: { question: { folded } }, placed: { figure }, text }) => figure.kind === 'count' && OF_PERSON.test(text.slice(0, figure.start)) && !ASKS_OF_PERSON.test(folded.replace(/儿童\p{Script=Han}{0,2}[池区房室馆]/u, ''));

/** 宽7.5米 for 「那条路有多长」. */
const ASKED_DIMENSION = /多(?<asked>[长宽高深厚])(?!时间|期)/u;
const TOLD_DIMENSION = /(?<![增延提])(?<told>[长宽高深厚])(?:度)?(?:为|约|达|不少于|不小于|不低于|不超过)?$/u;
const isOfOtherDimension: Check = ({ matter: { question: { folded } }, placed: { figure }, text }) => {
  const [asked, told] = [ASKED_DIMENSION.exec(folded)?.groups?.['asked'], TOLD_DIMENSION.exec(text.slice(0, figure.start))?.groups?.['told']];
  return figure.kind === 'count' && asked !== undefined && told !== undefined && asked !== told;
};

/** A grant for 「门票多少钱」. */
const isOtherMoney: Check = ({ matter: { question: { folded } }, placed: { sentence: { clauses, scene }, clauseIndex } }) =>
  goesOtherWay(folded, clauses[clauseIndex]?.clause.folded ?? '', `${scene.heading} ${scene.ancestors}`);

/** 100% for the second of 「小学、初中巩固率分别达到100%和99.2%」. */
const isInOthersTurn: Check = ({ matter, placed }) => isOutOfTurn(matter, placed);

/** 「其中个人承担20元」: what one of several pays, of what the clause before tells as a whole. */
const PAYS_SHARE = /(?<payer>\p{Script=Han}{2,8}?)(?:承担|负担|自付|自理|支付|出资|分担)(?:不超过|不高于|约)?$/u;
const ASKS_SHARE = /承担|负担|自付|自理|自费|出|掏|付|摊|自己|本人|个人|谁/u;
/** What somebody pays of it, for 「一年多少钱」. */
const isPayersShare: Check = ({ matter: { question: { folded, asked } }, placed: { sentence: { clauses }, clauseIndex, figure }, text }) => {
  const payer = asked.unit === '元' && !ASKS_SHARE.test(folded) ? PAYS_SHARE.exec(text.slice(0, figure.start))?.groups?.['payer'] : undefined;
  return payer !== undefined && !folded.includes(payer.replace(/^其中/u, '')) && clauses.slice(0, clauseIndex).some(({ clause }) => figuresOf(clause).some(({ unit, start }) => unit === figure.unit && !PAYS_SHARE.test(clause.text.slice(0, start))));
};

const COUNTS_PLACES = /(?:几|多少)(?:个|处|家)(?:地方|地点|单位|部门|机构|方面)/u;
const COUNT_PLACES: ReadonlySet<string> = new Set(['个', '处', '家', '所', '项', '']);
/** 20辆 for 「在几个地方试点」. */
const isNoPlace: Check = ({ matter: { question: { folded } }, placed: { figure: { kind, unit } } }) => kind === 'count' && !COUNT_PLACES.has(unit) && COUNTS_PLACES.test(folded);

const ASKS_ALL_TOGETHER = /(?:一共|总共|合计)[^,，]{0,6}(?:几|多少)/u;
const FOR_EACH_ONE = /每(?:一)?[个名户人家所套班校床间处座台辆]|各(?:自)?\p{Script=Han}{0,4}$/u;
const ASKS_EACH = /[每各]|分别/u;
/** 「甲、乙、丙各设一个」 and 「每校3名」, where all together are asked for. */
const isOneOfEach: Check = ({ matter: { question: { folded } }, placed: { figure }, text }) => {
  if (ASKS_EACH.test(folded)) return false;
  return (figure.value === 1 && figure.kind === 'count' && tellsOneEach(text)) || (ASKS_ALL_TOGETHER.test(folded) && FOR_EACH_ONE.test(text.slice(0, figure.start)));
};

/** 「80至89周岁」 for 「83岁补多少」: whom it is for, and not what is given. */
const isLimitOfCase: Check = ({ matter, placed }) => isLimit(matter, placed);

/** 50名教师 for 「多少名学生」: it counts, or is told of, another thing than what stands next to 多少. */
const isOfOtherThing: Check = ({ matter, placed }) => !isBound(matter, placed);

/** 200名优秀退休教师 for 「全市有多少名教师」: a kind of what is counted, or how many are to come. */
const countsPart: Check = ({ matter, placed }) => !countsWhatIsAsked(matter, placed);

/** 360人 counts pupils where nobody else is named: 实验小学360人 for 「多少学生」. */
const PEOPLE: ReadonlySet<string> = new Set(['人', '名', '位']);
const HOW_MANY = ['多少', '多少个', '多少名', '多少位', '几个', '几名', '几位'];
const COUNTS_PEOPLE = /\d+[人名位]|新生/gu;
const NAMES_PERSON = /[人员师生者民众工友]|孩子|儿童|家长|干部|专家/u;
const isCountedPerson = ({ question: { asked, folded } }: ReadingMatter, { figure }: PlacedFigure, text: string, { text: person }: Term): boolean =>
  PEOPLE.has(figure.unit) && asked.unit === '人' && HOW_MANY.some((many) => folded.includes(`${many}${person}`)) && !NAMES_PERSON.test(text.replace(COUNTS_PEOPLE, ''));

/** The figure of another place, year or level, or of something that the notice doesn't know. */
const missesFirmWord: Check = ({ matter, placed, text, strengths }) => findFirmMisses(matter, strengths).some(({ term }) => !isCountedPerson(matter, placed, text, term));

const SUBJECT = { weight: 0.3, strength: 0.45, covered: 0.8 } as const;
/** 「中小学校达67所」 for 「小学的食堂有多少」: where only a word for several holds the level, the clause must hold what else is asked. */
const sharesOnlyLevel: Check = ({ matter: { terms }, strengths }) => {
  const levels = terms.flatMap(({ term }, index) => (term.role === 'level' ? [strengths[index] ?? 0] : []));
  if (levels.length === 0 || levels.some((strength) => strength > SUBJECT.covered)) return false;
  const subjects = terms.flatMap(({ term, weight }, index) => ((term.role === 'content' || term.role === 'name' || term.role === 'attribute') && !term.isAside && weight >= SUBJECT.weight && term.text.length > 1 ? [index] : []));
  return !subjects.some((index) => (strengths[index] ?? 0) >= SUBJECT.strength);
};

/** 「小学20元、初中28元」: the words between the figure before and this one name another level than is asked. */
const isOfOtherLevel: Check = ({ matter: { terms }, placed: { figure }, text, figures, lexicon }) => {
  const [asked, other] = terms.filter(({ term: { role, text: word } }) => role === 'level' && lexicon.levels.has(word));
  if (asked === undefined || other !== undefined) return false;
  const before = figures.findLast(({ end }) => end <= figure.start);
  const label = foldForMatching(text.slice(before?.end ?? 0, figure.start));
  return speaksOfOtherLevel(asked.term, createRoleMatcher(asked.term, lexicon)(label), label, lexicon);
};

/** Another case than the question tells (60至79周岁 for 83岁); where none is set, the clause of someone else who has a figure of his own. */
const isOfOtherCase: Check = ({ matter, placed, all }) => !(testCase(matter, placed) ?? !isAnothers(matter, placed, all));

/** 1500元 for those whom the sentence behind gives 2000元. */
const isForCaseBehind: Check = ({ matter, placed, all }) => isOfCaseBehind(matter, placed, all);

/** 「其余三座〔合计1.4万吨〕」 for one of them. */
const OF_REST = /(?:^|[,，])(?:其余|其他|另外|剩余)(?:\d+|[两二三四五六七八九十]+)\p{Script=Han}[^,，]*(?:合计|总计|一?共)[^,，]{0,4}$/u;
const ASKS_REST = /其余|其他|另外|剩|合计|一共|总共/u;
const isOfRestTogether: Check = ({ matter: { question: { folded } }, placed: { figure }, text }) => OF_REST.test(text.slice(0, figure.start)) && !ASKS_REST.test(folded);

/** 「达到27厘米时封闭」 for 「积水多深限行」. */
const isOfOtherStep: Check = ({ matter, placed }) => isOfStepElse(matter, placed);

/** One row's figure for 「一共多少」. */
const isPartOfAll: Check = ({ matter, placed: { sentence } }) => isPartOfTotal(matter, sentence);

/** 「每日15元,托班每日12元」: the clause that names nobody is of those whom the other one doesn't name (小班). */
function isOfTheRest({ sentence, clauseIndex }: PlacedFigure, { text }: Term, lexicon: Lexicon): boolean {
  const others = lexicon.opposites.get(text) ?? [];
  const names = (index: number): boolean => others.some((other) => sentence.clauses[index]?.clause.folded.includes(other) ?? false);
  return others.length > 0 && !names(clauseIndex) && sentence.clauses.some(({ clause }, index) => index !== clauseIndex && names(index) && figuresOf(clause).length > 0);
}

const LOOKED_AT = 8;
/** A clause that lacks a noun of the question which the notice knows; one at most may be missing where the figure stands out and no other one holds more. */
const lacksKnownWord: Check = ({ matter, placed, all, lexicon }) => {
  const missesOf = ({ sentence, clauseIndex }: PlacedFigure): number => findKnownMisses(matter, sentence.clauses[clauseIndex]?.strengths ?? []).filter(({ term }) => !isOfTheRest(placed, term, lexicon)).length;
  const misses = missesOf(placed);
  if (misses === 0) return false;
  const coverage = ({ sentence, clauseIndex }: PlacedFigure): number => sentence.clauses[clauseIndex]?.coverage ?? 0;
  // Of what age people are says who they are.
  const isAllowed = misses <= Number(testCase(matter, placed) === true || standsOut(matter, all, placed));
  return !isAllowed || all.slice(0, LOOKED_AT).some((other) => coverage(other) > coverage(placed) && missesOf(other) === 0);
};

/** The opposite of a word of the question: 市级 for 省级, 当年投资 for 总投资. */
const tellsOpposite: Check = ({ matter: { terms, question }, placed: { sentence, clauseIndex }, lexicon }) => {
  const clause = sentence.clauses[clauseIndex];
  if (clause === undefined) return false;
  // A figure and no more is of what the clause before it names, and any figure of those whom that one names: 「硕士毕业生来就业的,每月发放2000元」.
  const isOfBefore = goesOnBefore(clause.clause, sentence) || TELLS_CASE.test(sentence.clauses[clauseIndex - 1]?.clause.text ?? '');
  const from = isOfBefore ? Math.max(0, clauseIndex - 1) : clauseIndex;
  return sentence.clauses.slice(from, clauseIndex + 1).some((each) => terms.some(({ term }, index) => contradictsTerm(term, each.ownStrengths[index] ?? 0, each.clause.folded, question, lexicon)));
};

const ABSENT = 0.5;
/** Whether a heading, or what announces the entries, holds it: then each sentence below is about it. */
const isNamedAbove = (term: Term | undefined, { scene }: PlacedFigure['sentence']): boolean => term !== undefined && matchTerm(term, `${scene.heading} ${scene.ancestors}`) >= ABSENT;

/** 能繁母猪存栏 for 「肉牛存栏多少」: the same word of another thing, which stands right before it where the question names its own. */
const isOfNamesake: Check = ({ matter: { terms, question: { folded } }, placed: { sentence, clauseIndex, figure }, text }) => {
  const own = sentence.clauses[clauseIndex]?.ownStrengths ?? [];
  return speaksOfNamesake(terms, folded, foldForMatching(text.slice(0, figure.start)), (index) => (own[index] ?? 0) >= ABSENT || isNamedAbove(terms[index]?.term, sentence));
};

/** 再生稻6万亩 for 「油菜种多少亩」, where 油菜 has a figure of the unit elsewhere. */
const isOfOtherAsked: Check = ({ matter: { terms, question: { asked } }, placed, all }) => {
  if (asked.unit === undefined || placed.figure.kind !== 'count') return false;
  const ownOf = ({ sentence, clauseIndex }: PlacedFigure, index: number): number => sentence.clauses[clauseIndex]?.ownStrengths[index] ?? 0;
  return terms.some(({ term, weight }, index) => term.isNextToAsked && term.isNoun && !term.isLoose && !term.isCommon && term.role === 'content' && term.text.length > 1 && weight >= 0.5 && ownOf(placed, index) < ABSENT
    && !isNamedAbove(term, placed.sentence) && !placed.sentence.clauses.slice(0, placed.clauseIndex).some(({ ownStrengths }) => (ownStrengths[index] ?? 0) >= ABSENT)
    && all.some((other) => other.figure.unit === placed.figure.unit && ownOf(other, index) >= 0.9));
};

const HAN_ONLY = /^\p{Script=Han}+$/u;
const TOPIC = { weight: 0.6, there: 0.9, here: 0.3 } as const;
/** 育儿补贴 for 「献血一次给多少补贴」: what the question begins with is told elsewhere, and not around the figure. */
const isOfOtherTopic: Check = ({ matter: { terms, sentences, question: { folded } }, placed: { sentence: { sentence } }, strengths }) => {
  const index = terms.findIndex(({ term: { text, role, isCommon, isGuess, isAside } }) => role === 'content' && !isCommon && !isGuess && !isAside && text.length > 1 && folded.startsWith(text));
  const [topic, here] = [terms[index], strengths[index] ?? 0];
  const isOfAnother = ({ term: { text, role } }: WeightedTerm): boolean => {
    const at = role === 'attribute' ? sentence.folded.indexOf(text) : -1;
    const owner = at < 2 ? undefined : tagWords(sentence.folded.slice(0, at)).at(-1);
    return owner !== undefined && owner.word.length > 1 && HAN_ONLY.test(owner.word) && !folded.includes(owner.word);
  };
  return topic !== undefined && topic.weight >= TOPIC.weight && here < TOPIC.here && terms.some(isOfAnother) && sentences.some(({ strengths: held }) => (held[index] ?? 0) >= TOPIC.there);
};

/** What speaks against a figure: first what is told by a word or two, then what turns most of them down for its time. */
const CHECKS: readonly Check[] = [
  isNoDay, isNotWhenDone, isOnlyYear, isOnlyChange, isOtherTime, isOfOtherPeriod, isNoPlace, isOneOfEach, isForOtherMeasure, isOfOtherStep, isHeightOfPerson, isOfOtherDimension, isPartOfAll, isOfRestTogether, isInOthersTurn, isPayersShare, isLimitOfCase, isOtherMoney,
  isOfOtherLevel, isOfNamesake, isOfOtherAsked, isOfOtherTopic, lacksKnownWord, sharesOnlyLevel, missesFirmWord, isOfOtherThing, countsPart, isOfOtherCase, isForCaseBehind, tellsOpposite,
];

/** The figures against which nothing speaks, in their order. */
export function keepAnswering(matter: ReadingMatter, all: readonly PlacedFigure[], lexicon: Lexicon): readonly PlacedFigure[] {
  return all.filter((placed) => {
    const clause = placed.sentence.clauses[placed.clauseIndex];
    const candidate: Candidate = { matter, placed, all, text: clause?.clause.text ?? '', figures: clause === undefined ? [] : figuresOf(clause.clause), strengths: clause?.strengths ?? [], lexicon };
    return !CHECKS.some((check) => check(candidate));
  });
}
