import type { Lexicon } from '../../corpus/lexicon.ts';
import type { PassageIndex } from '../../indexes/passage-index.ts';
import { isStopWord, segmentForSearch } from '../../text/segment.ts';
import type { Question } from '../question/question.ts';
import { listRecuts, mendTerms } from './mend-cut.ts';
import type { WeightedTerm } from './scoring.ts';
import { createTerm } from '../question/term.ts';
import type { Term } from '../question/term.ts';

/** How much of a term's weight does not depend on its rarity. */
const FLOOR_OF_RARITY = 0.35;
/**
 * What is left of a word's weight that the notices know neither by itself nor by another: it may be how people talk, or the very thing that
 * they ask for; so it keeps its weight where it stands next to what is asked.
 */
const UNHEARD = { asked: 1, other: 0.35, loose: 0.5, sort: 0.2, figure: 0.25, common: 0.03, before: 0.1, aside: 0.02 } as const;
/** What is told beside a question counts for so much of what is asked. */
const ASIDE = 0.5;
const UNHEARD_ROLES: ReadonlySet<Term['role']> = new Set(['content', 'attribute', 'sort']);
/** What anything of its sort may be called. */
const GENERAL_SORTS = new Set(['学校', '单位', '企业', '机构', '项目', '地方', '东西']);
const COMPOUND = 4;

function shareOfUnheard({ role, isCommon, isAside, isBefore, isNextToAsked, isLoose }: Term): number {
  if (isAside) return UNHEARD.aside;
  if (isBefore && role === 'content') return UNHEARD.before;
  if (role === 'sort') return UNHEARD.sort;
  if (role === 'figure') return UNHEARD.figure;
  if (!UNHEARD_ROLES.has(role)) return 1;
  if (isCommon) return UNHEARD.common;
  return (isNextToAsked ? UNHEARD.asked : UNHEARD.other) * (isLoose ? UNHEARD.loose : 1);
}

/** How rare words are: asked of the index for all of them at once, since an index may be far away. */
type RarityOf = (word: string) => number;

async function lookUp(words: readonly string[], index: PassageIndex): Promise<RarityOf> {
  const rarities = words.length === 0 ? [] : await index.rarity(words);
  const known = new Map(words.map((word, position) => [word, rarities[position] ?? 1]));
  return (word) => known.get(word) ?? 1;
}

/** Stands nowhere, so that its rarity is the highest. */
const NO_WORD = '\u0000';

/** The halves of 粮食产量, a compound as segmentation keeps it; undefined where the term is none, or its halves say little by themselves. */
function halve({ text, role, alternatives }: Term, lexicon: Lexicon): readonly [string, string] | undefined {
  if (text.length !== COMPOUND || role !== 'content' || alternatives.length > 0 || !/^\p{Script=Han}+$/u.test(text)) return undefined;
  const halves = [text.slice(0, 2), text.slice(2)] as const;
  return halves.some((half) => lexicon.levels.has(half) || lexicon.covers.has(half) || isStopWord(half)) ? undefined : halves;
}

/** The terms, and two in the place of each compound of which the notices know both halves, but not the whole. */
function partCompounds(terms: readonly Term[], halvesOf: ReadonlyMap<Term, readonly [string, string]>, rarityOf: RarityOf, highest: number): readonly Term[] {
  return terms.flatMap((term) => {
    const halves = halvesOf.get(term);
    const isParted = halves !== undefined && rarityOf(term.text) >= highest && halves.every((half) => rarityOf(half) < highest);
    return isParted ? halves.map((half) => createTerm({ ...term, text: half })) : [term];
  });
}

/**
 * For terms of which an alternative is known, every word of it, the rarity of the commonest such alternative: a word is as rare as its rarest part.
 */
async function rateOthers(terms: readonly Term[], index: PassageIndex, highest: number): Promise<ReadonlyMap<Term, number>> {
  const alternatives = terms.flatMap((term) => [...term.alternatives, ...term.broader].map((alternative) => ({ term, words: segmentForSearch(alternative) })));
  const rarityOf = await lookUp(alternatives.flatMap(({ words }) => words), index);
  const rated = new Map<Term, number>();
  for (const { term, words } of alternatives) {
    if (words.length === 0 || words.some((word) => rarityOf(word) >= highest)) continue;
    rated.set(term, Math.min(rated.get(term) ?? highest, Math.max(...words.map(rarityOf))));
  }
  return rated;
}

/** A verb of one character that segmentation took for the beginning of a word that it doesn't know (查|两癌). */
const LEADING_VERB = /^[查放给把用做搞办让去来拿弄开建招缴交领发抓补打找写填报定订签租住享评选](\p{Script=Han}{2,4})$/u;
/** What only tells which way it goes (退回去, 收走). */
const COMPLEMENT = /^(\p{Script=Han}{2,3})(?:起来|下来|下去|出来|出去|上去|回去|回来|来|去|掉|走|住|完|好)$/u;

/** Whoever is from there, or is so: 外地人 stands as 外地户籍, 外地读者. */
const PEOPLE_OF = /^(\p{Script=Han}{2})人$/u;

/** The word without the verb before it, or the direction behind it, or the people that it says; undefined where it has neither, or is known by another word. */
const shorten = ({ text, role, alternatives }: Term): string | undefined => (role !== 'content' ? undefined : alternatives.length > 0 ? PEOPLE_OF.exec(text)?.[1] : (LEADING_VERB.exec(text) ?? COMPLEMENT.exec(text) ?? PEOPLE_OF.exec(text))?.[1]);

/**
 * A question's terms with their weights: by the rarest word of each, since a phrase is as rare as that. `isWritten` tells whether what was found holds a
 * word by its letters.
 */
export async function weighTerms({ counted, folded, terms: asked }: Question, cut: readonly Term[], index: PassageIndex, lexicon: Lexicon, isWritten: (word: string) => boolean): Promise<WeightedTerm[]> {
  const recuts = listRecuts(cut, folded);
  const rarityOfCut = recuts.length === 0 ? undefined : await lookUp([NO_WORD, ...recuts.flatMap(({ of, word, rest }) => [of.text, word, rest])], index);
  const given = rarityOfCut === undefined ? cut : mendTerms(cut, recuts, (word) => rarityOfCut(word) < rarityOfCut(NO_WORD));
  const halvesOf = new Map(given.flatMap((term) => {
    const halves = halve(term, lexicon);
    return halves === undefined ? [] : [[term, halves] as const];
  }));
  const mayBeShorter = given.flatMap((term) => (shorten(term) === undefined ? [] : [term.text]));
  const rarityOfPart = await lookUp([NO_WORD, ...[...halvesOf].flatMap(([{ text }, halves]) => [text, ...halves]), ...mayBeShorter], index);
  const highest = rarityOfPart(NO_WORD);
  const terms = partCompounds(given, halvesOf, rarityOfPart, highest).map((each): Term => {
    // 多少所学校 may be 中小学28所: what anything of its sort is called need not be written.
    if (GENERAL_SORTS.has(each.text) && counted.startsWith(each.text)) return createTerm({ ...each, role: 'sort' });
    const rest = mayBeShorter.includes(each.text) && rarityOfPart(each.text) >= highest ? shorten(each) : undefined;
    return rest !== undefined && !isWritten(each.text) && isWritten(rest) ? createTerm({ ...each, text: rest }) : each;
  });
  const wordsOf = terms.map(({ text }) => [...segmentForSearch(text), text]);
  const rarityOf = await lookUp(wordsOf.flat(), index);
  const looked = terms.map((term, position) => {
    const known = (wordsOf[position] ?? []).map(rarityOf).filter((rarity) => rarity < highest);
    const isWhole = rarityOf(term.text) < highest;
    // Half of a compound that the notices never write is none of their words by itself.
    const isKnown = isWhole && asked.some(({ text }) => text === term.text);
    // Segmentation may keep a longer word whole in the notice (银龄 in 银龄讲学计划).
    const stands = !isKnown && term.text.length > 1 && isWritten(term.text);
    return { term, isKnown, isWritten: stands, isWhole: isWhole || stands, isHeard: known.length > 0 || stands, rarity: known.length > 0 ? Math.max(...known) : highest };
  });
  // What only a part of it is known by (租房 of 公租房) says less than the word that stands for the whole.
  const others = await rateOthers(looked.flatMap(({ term, isWhole }) => (isWhole ? [] : [term])), index, highest);
  return looked.map(({ term: found, isKnown, isWritten: stands, isHeard, rarity }) => {
    // What the notices write as well is no wrong cut, but a name that the dictionary doesn't know (竹坞).
    const term = found.isGuess && isKnown ? createTerm({ ...found, isGuess: false, isLoose: false }) : found;
    const isUnheard = !isHeard && !others.has(found);
    const share = isUnheard ? shareOfUnheard(term) : term.isAside ? ASIDE : 1;
    return { term, isKnown, isUnheard, isWritten: stands, weight: share * term.weight * (FLOOR_OF_RARITY + ((1 - FLOOR_OF_RARITY) * (others.get(found) ?? rarity)) / highest) };
  });
}
