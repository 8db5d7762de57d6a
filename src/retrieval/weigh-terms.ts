import type { Lexicon } from '../corpus/lexicon.ts';
import type { PassageIndex } from '../indexes/passage-index.ts';
import { isStopWord, segmentForSearch } from '../text/segment.ts';
import type { Question } from './question.ts';
import type { WeightedTerm } from './scoring.ts';
import type { Term } from './term.ts';

/** How much of a term's weight does not depend on its rarity. */
const FLOOR_OF_RARITY = 0.35;
/**
 * What is left of a word's weight that the notices know neither by itself nor by another: it may be how people talk, or the very thing that
 * they ask for; so it keeps its weight where it stands next to what is asked.
 */
const UNHEARD = { asked: 1, other: 0.35, loose: 0.5, sort: 0.2, common: 0.03, before: 0.1, aside: 0.02 } as const;
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
  if (!UNHEARD_ROLES.has(role)) return 1;
  if (isCommon) return UNHEARD.common;
  return (isNextToAsked ? UNHEARD.asked : UNHEARD.other) * (isLoose ? UNHEARD.loose : 1);
}

/** Rarity of the commonest of the words that the notices use; undefined where they use none. A word is as rare as its rarest part. */
async function rarityOfAny(words: readonly string[], index: PassageIndex, highest: number): Promise<number | undefined> {
  const rarities = await Promise.all(words.map((word) => index.rarity(segmentForSearch(word))));
  const known = rarities.filter((rarity) => rarity.length > 0 && rarity.every((value) => value < highest));
  return known.length === 0 ? undefined : Math.min(...known.map((rarity) => Math.max(...rarity)));
}

/** 粮食产量 as segmentation keeps it, where the notices write of 粮食 and of 产量 apart: the two words; else the term itself. */
async function partCompound(term: Term, index: PassageIndex, highest: number, lexicon: Lexicon): Promise<readonly Term[]> {
  const { text, role, alternatives } = term;
  if (text.length !== COMPOUND || role !== 'content' || alternatives.length > 0 || !/^\p{Script=Han}+$/u.test(text)) return [term];
  const halves = [text.slice(0, 2), text.slice(2)];
  if (halves.some((half) => lexicon.levels.has(half) || lexicon.covers.has(half) || isStopWord(half))) return [term];
  const rarities = await index.rarity([text, ...halves]);
  const [whole = highest, left = highest, right = highest] = rarities;
  return whole < highest || left >= highest || right >= highest ? [term] : halves.map((half) => ({ ...term, text: half }));
}

/** A verb of one character that segmentation took for the beginning of a word that it doesn't know (查|两癌). */
const LEADING_VERB = /^[查放给把用做搞办让去来拿弄开建招缴交领发抓补打找写填报定订签租住享评选](\p{Script=Han}{2,4})$/u;

/** What only tells which way it goes (退回去, 收走). */
const COMPLEMENT = /^(\p{Script=Han}{2,3})(?:起来|下来|下去|出来|出去|上去|回去|回来|来|去|掉|走|住|完|好)$/u;

/** The word without the verb before it, or the direction behind it, where only that stands in what was found; else as it is. */
function dropLeadingVerb(term: Term, isKnown: boolean, isWritten: (word: string) => boolean): Term {
  const rest = isKnown || term.role !== 'content' || term.alternatives.length > 0 ? undefined : (LEADING_VERB.exec(term.text) ?? COMPLEMENT.exec(term.text))?.[1];
  return rest !== undefined && !isWritten(term.text) && isWritten(rest) ? { ...term, text: rest } : term;
}

/**
 * A question's terms with their weights: by the rarest word of each, since a phrase is as rare as that. `isWritten` tells whether what was found holds a
 * word by its letters.
 */
export async function weighTerms({ counted, terms: asked }: Question, given: readonly Term[], index: PassageIndex, lexicon: Lexicon, isWritten: (word: string) => boolean): Promise<WeightedTerm[]> {
  const highest = (await index.rarity(['\u0000']))[0] ?? 1;
  const terms = (await Promise.all(given.map((term) => partCompound(term, index, highest, lexicon)))).flat();
  return Promise.all(
    terms.map(async (each) => {
      // 多少所学校 may be 中小学28所: what anything of its sort is called need not be written.
      const general: Term = GENERAL_SORTS.has(each.text) && counted.startsWith(each.text) ? { ...each, role: 'sort' } : each;
      const term = dropLeadingVerb(general, ((await index.rarity([general.text])).at(-1) ?? highest) < highest, isWritten);
      const rarities = await index.rarity([...segmentForSearch(term.text), term.text]);
      const known = rarities.filter((rarity) => rarity < highest);
      // Half of a compound that the notices never write is none of their words by itself.
      const isKnown = (rarities.at(-1) ?? highest) < highest && asked.some(({ text }) => text === term.text);
      // Segmentation may keep a longer word whole in the notice (银龄 in 银龄讲学计划).
      const stands = term.text.length > 1 && isWritten(term.text);
      // What only a part of it is known by (租房 of 公租房) says less than the word that stands for the whole.
      const isWhole = stands || (rarities.at(-1) ?? highest) < highest;
      const ofOthers = isWhole ? undefined : await rarityOfAny(term.alternatives, index, highest);
      const rarity = ofOthers ?? (known.length > 0 ? Math.max(...known) : highest);
      const isUnheard = known.length === 0 && !stands && ofOthers === undefined;
      const share = isUnheard ? shareOfUnheard(term) : term.isAside ? ASIDE : 1;
      return { term, isKnown, isUnheard, isWritten: stands, weight: share * term.weight * (FLOOR_OF_RARITY + ((1 - FLOOR_OF_RARITY) * rarity) / highest) };
    }),
  );
}
