/**
 * What a word does in a question. `place`, `level`, `year`, `attribute` and `name` discriminate: evidence without them answers something else.
 * `sort` is the sort of thing that answers (哪个海岛), and counts only where the notices use it; `ordinal` tells one of a row from the others (2号线, 第二人民医院); `figure` is a figure that the question itself names. `frame` words (目标, 达到, 推进) stand in every question and decide little.
 */
export type TermRole = 'content' | 'frame' | 'place' | 'level' | 'year' | 'attribute' | 'name' | 'figure' | 'ordinal' | 'sort';

export interface Term {
  /** Folded, as asked. */
  readonly text: string;
  readonly role: TermRole;
  /** How much it counts before rarity is known, 0 to 1. */
  readonly weight: number;
  /** Words that a notice may have written instead. */
  readonly alternatives: readonly string[];
  /** Wider words that a notice may have written: what they say holds for the term as well. */
  readonly broader: readonly string[];
  /** Stands next to what is asked (核定多少床位): the answer's own clause should hold it. */
  readonly isNextToAsked: boolean;
  /** A verb, adverb or the like: people choose these freely, so that its absence says less. */
  readonly isLoose: boolean;
  /** Said of anything (开始, 下面): that a notice doesn't use it means nothing. */
  readonly isCommon: boolean;
  /** Told beside the question, not asked: it helps to find the place, but need not stand there. */
  readonly isAside: boolean;
  /** Told right before the question: counts as if asked where the notices know it, and for little where they don't. */
  readonly isBefore: boolean;
  /** A noun by the dictionary, or a longer word that it doesn't know. */
  readonly isNoun: boolean;
  /** Two characters that the dictionary doesn't know: more often a wrong cut than a word. */
  readonly isGuess: boolean;
  /** What tells a property where its name isn't written; undefined where only the name does. */
  readonly teller: RegExp | undefined;
}

/** A term, plain but for what is told of it. All are made here: code that reads terms is compiled for one form of them, and again for each other. */
export function createTerm({
  text, role, weight, alternatives = [], broader = [], isNextToAsked = false, isLoose = false, isCommon = false, isAside = false, isBefore = false, isNoun = false, isGuess = false, teller,
}: Partial<Term> & Pick<Term, 'text' | 'role' | 'weight'>): Term {
  return { text, role, weight, alternatives, broader, isNextToAsked, isLoose, isCommon, isAside, isBefore, isNoun, isGuess, teller };
}
