import type { Lexicon } from '../../corpus/lexicon.ts';
import { foldForMatching } from '../../text/normalize.ts';
import { holdsAcross, MATCH, pairsOf } from './match.ts';
import type { Pairs } from './match.ts';
import { createRoleMatcher, matchYear, namesYear, speaksOfOtherLevel } from './match-role.ts';
import { createOverlap } from './overlap.ts';
import type { Question } from '../question/question.ts';
import type { Term } from '../question/term.ts';
import type { Scene, SceneClause, SceneSentence } from './scene.ts';
import { LazySentence } from './scored-sentence.ts';
import type { ScoredClause, ScoredSentence, Unread } from './scored-sentence.ts';

export type { ScoredClause, ScoredSentence } from './scored-sentence.ts';

/** A term with the weight that its rarity gives it. */
export interface WeightedTerm {
  readonly term: Term;
  readonly weight: number;
  /** The notices use the very word. */
  readonly isKnown: boolean;
  /** Neither the word nor any that may stand for it is used by the notices. */
  readonly isUnheard: boolean;
  /** What was found holds the word by its letters, however it was segmented; not looked for where the word is known. */
  readonly isWritten: boolean;
}

/** How far a term counts where it does not stand in the clause itself but around it. */
const CONTEXT = {
  sentenceBefore: 0.85, sentenceAfter: 0.75, heading: 0.8, ancestors: 0.6, previousSentence: 0.55, whole: 0.7, passage: 0.4, frame: 0.5,
} as const;

/** Tuned on the development sets: what a clause gains from words of its own, a shared phrase, its passage's rank. */
const BONUS = { asked: 0.3, own: 0.35, overlap: 0.25, rank: 0.12, heading: -0.08 } as const;

/** The score of a sentence by that of its best clause, and by what it holds itself. */
const scoreSentence = ({ sentence }: SceneSentence, best: number, coverage: number, own: number, rank: number): number =>
  0.6 * best + 0.4 * (coverage + BONUS.own * own + BONUS.rank * rank) + (sentence.isHeading ? BONUS.heading : 0);

/** Whether a sentence is one clause, but for the mark that closes it: the clause holds what the sentence holds. */
function isOneClause({ folded, clauses }: SceneSentence): boolean {
  const first = clauses[0];
  return first !== undefined && clauses.length === 1 && folded.length - first.folded.length <= 1 && folded.startsWith(first.folded);
}

const isPartOfPrevious = ({ folded }: SceneSentence): boolean => folded.startsWith('其中');
const goesOn = (sentence: SceneSentence | undefined): boolean => sentence !== undefined && (sentence.folded.endsWith(';') || sentence.folded.endsWith('；'));

/** What a whole doesn't hold, no part of it does: it need not be looked for there. */
const mayHold = ({ text, role }: Term, whole: string, strength: number): boolean => strength > 0 || role === 'ordinal' || whole.includes(text);

/** The pairs of a word that the notices don't know, which segmentation may have cut wrongly; empty for all other words. */
function pairsFor({ term: { role, text }, isKnown }: WeightedTerm, { folded }: Question): Pairs {
  return isKnown || role !== 'content' || text.length < 2 ? [] : pairsOf(text, folded);
}

/** What such a word is made of stands in the text all the same. */
const matchCut = (across: Pairs, folded: string, strength: number): number => (across.length > 0 && strength < MATCH.alternative && holdsAcross(across, folded) ? MATCH.alternative : strength);

/**
 * Raises the strengths of a clause to `factor` times the strongest that another of its sentence has, and notes how strong the clause is itself:
 * called clause by clause, so that the strongest is of those before it, or of those behind it.
 */
function raise(strengths: number[], own: readonly number[], strongest: Float64Array, factor: number): void {
  for (let index = 0; index < strongest.length; index += 1) {
    strengths[index] = Math.max(strengths[index]!, strongest[index]! * factor);
    strongest[index] = Math.max(strongest[index]!, own[index]!);
  }
}

function findBest(clauses: readonly ScoredClause[]): number {
  let best = 0;
  for (const { score } of clauses) best = Math.max(best, score);
  return best;
}

function maximum(left: readonly number[], right: readonly number[]): number[] {
  const both = left.slice();
  for (let index = 0; index < both.length; index += 1) both[index] = Math.max(both[index]!, right[index]!);
  return both;
}

/** What a scene may hold and its sentences are looked through for, or a sentence and its clauses. */
interface Sought {
  /** By term: whether it may stand there at all. Used again for the next scene or sentence. */
  readonly mayStand: boolean[];
  /** By term: pairs that the scene holds of a word that was cut across others; mostly empty. */
  readonly across: readonly Pairs[];
  /** Nothing may stand there. */
  readonly isEmpty: boolean;
}

const NO_PAIRS: Pairs = [];

/**
 * Scores every sentence of a scene, and every clause in it, by how much of the question they hold. `rank` is that of the scene's passage among the
 * hits, 0 to 1.
 */
export type SceneScorer = (scene: Scene, rank: number) => ScoredSentence[];

/**
 * A scorer for the scenes of one question. Terms times clauses are a thousand an answer, a third of its time: therefore what all scenes share is
 * worked out once, and loops stand where a map would make a function for each.
 */
export function createScorer(question: Question, terms: readonly WeightedTerm[], lexicon: Lexicon): SceneScorer {
  const count = terms.length;
  const sought = terms.map(({ term }) => term);
  const matchers = sought.map((term) => createRoleMatcher(term, lexicon));
  const weights = Float64Array.from(terms, ({ weight }) => weight);
  const pairs = terms.map((each) => pairsFor(each, question));
  const noPairs = pairs.map(() => NO_PAIRS);
  const hasPairs = pairs.some((own) => own.length > 0);
  /** Terms that a clause may hold another of, against what stands around it; mostly none. */
  const opposable = sought.flatMap(({ role }, index) => (role === 'year' || role === 'level' ? [index] : []));
  const hasYear = sought.some(({ role }) => role === 'year');
  const strongest = new Float64Array(count);
  const [mayStandInScene, mayStandInSentence] = [sought.map(() => false), sought.map(() => false)];
  /** Of as many terms; made from fractions, so that its copies hold them as they are. */
  const nothing: readonly number[] = terms.map(({ weight }) => weight).fill(0);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const totalAsked = terms.reduce((sum, { term, weight }) => (term.isNextToAsked ? sum + weight : sum), 0);
  const asked = question.kind === 'yes-no' ? question.figures.reduce((text, figure) => text.replace(foldForMatching(figure.text), ' '), question.folded) : question.folded;
  const measureOverlap = createOverlap(asked);
  const overlapWanted = Math.max(4, Math.min(10, asked.length));

  const share = (strengths: readonly number[]): number => {
    let held = 0;
    for (let index = 0; index < count; index += 1) held += weights[index]! * strengths[index]!;
    return total === 0 ? 0 : held / total;
  };

  /** Share of the words next to what is asked that the clause itself holds. */
  const shareAsked = (strengths: readonly number[]): number => {
    let held = 0;
    for (let index = 0; index < count; index += 1) if (sought[index]!.isNextToAsked) held += weights[index]! * strengths[index]!;
    return totalAsked === 0 ? 0 : held / totalAsked;
  };

  function matchAll(folded: string): readonly number[] {
    if (folded === '') return nothing;
    const strengths = nothing.slice();
    for (let index = 0; index < count; index += 1) strengths[index] = matchers[index]!(folded);
    return strengths;
  }

  const shared = new Map<string, readonly number[]>();
  /** As `matchAll`, for the notice's frame and headings above: many scenes have the same. */
  function matchShared(folded: string): readonly number[] {
    const known = shared.get(folded);
    if (known !== undefined) return known;
    const strengths = matchAll(folded);
    shared.set(folded, strengths);
    return strengths;
  }

  /** How far each term counts in any sentence of the scene, for what stands around it. */
  function surround(scene: Scene, passage: readonly number[]): readonly number[] {
    const [heading, ancestors, frame] = [matchShared(scene.heading), matchShared(scene.ancestors), matchShared(scene.frame)];
    const strengths = nothing.slice();
    for (let index = 0; index < count; index += 1) {
      strengths[index] = Math.max(heading[index]! * CONTEXT.heading, ancestors[index]! * CONTEXT.ancestors, frame[index]! * CONTEXT.frame, passage[index]! * CONTEXT.passage);
    }
    return strengths;
  }

  /** What is to be looked for in the parts of a text that holds the terms so strongly. */
  function seek(folded: string, strengths: readonly number[], across: readonly Pairs[], mayStand: boolean[]): Sought {
    let isEmpty = true;
    for (let index = 0; index < count; index += 1) {
      const mayBe = mayHold(sought[index]!, folded, strengths[index]!);
      mayStand[index] = mayBe;
      isEmpty &&= !mayBe && across[index]!.length === 0;
    }
    return { mayStand, across, isEmpty };
  }

  /** How well a sentence or clause holds each term. */
  function matchPart(folded: string, { mayStand, across, isEmpty }: Sought): readonly number[] {
    if (isEmpty) return nothing;
    const strengths = nothing.slice();
    for (let index = 0; index < count; index += 1) {
      if (mayStand[index]! || across[index]!.length > 0) strengths[index] = matchCut(across[index]!, folded, mayStand[index]! ? matchers[index]!(folded) : 0);
    }
    return strengths;
  }

  /** Strength of each term in each clause of a sentence with what stands around it: `outside` of the sentence, and in the other clauses. */
  function strengthen(inClauses: readonly (readonly number[])[], outside: readonly number[]): number[][] {
    const inAll = inClauses.map((own) => maximum(own, outside));
    if (inAll.length === 1) return inAll;
    strongest.fill(0);
    for (let position = 0; position < inAll.length; position += 1) raise(inAll[position]!, inClauses[position]!, strongest, CONTEXT.sentenceBefore);
    strongest.fill(0);
    for (let position = inAll.length - 1; position >= 0; position -= 1) raise(inAll[position]!, inClauses[position]!, strongest, CONTEXT.sentenceAfter);
    return inAll;
  }

  /** What stands around a clause counts for nothing where the clause itself names another year or level: its strengths then, else those given. */
  function weaken(strengths: readonly number[], own: readonly number[], { folded }: SceneClause, { columns, frame, year }: Scene): readonly number[] {
    let weakened: number[] | undefined;
    for (const index of opposable) {
      const term = sought[index]!;
      if (term.role === 'year' && namesYear(folded)) (weakened ??= [...strengths])[index] = matchYear(term, `${folded} ${columns}`, frame, year);
      else if (speaksOfOtherLevel(term, own[index]!, folded, lexicon)) (weakened ??= [...strengths])[index] = own[index]!;
    }
    return weakened ?? strengths;
  }

  const overlapWith = ({ folded }: SceneClause): number => Math.min(1, measureOverlap(folded) / overlapWanted);

  /** What a clause scores without words of its own. */
  const scoreAround = (coverage: number, overlap: number, rank: number): number => coverage + BONUS.overlap * overlap + BONUS.rank * rank;

  /** The clauses of a sentence that holds no word of the question, three in four: mostly all that they have is what stands around them. */
  function scoreEmpty({ scene, sentence, strengths: outside, coverage: around, rank }: Unread): ScoredClause[] {
    return sentence.clauses.map((clause) => {
      const strengths = weaken(outside, nothing, clause, scene);
      const coverage = strengths === outside ? around : share(strengths);
      return { clause, coverage, own: 0, strengths, ownStrengths: nothing, score: scoreAround(coverage, overlapWith(clause), rank) };
    });
  }

  /** The highest score of such clauses, where nothing that stands around them may be weakened: that of the longest overlap. */
  function rateEmpty({ clauses }: SceneSentence, around: number, rank: number): number {
    let overlap = 0;
    for (const clause of clauses) overlap = Math.max(overlap, overlapWith(clause));
    return clauses.length === 0 ? 0 : scoreAround(around, overlap, rank);
  }

  function scoreClauses(sentence: SceneSentence, scene: Scene, inClauses: readonly (readonly number[])[], outside: readonly number[], rank: number): ScoredClause[] {
    const inAll = strengthen(inClauses, outside);
    return sentence.clauses.map((clause, position) => {
      const ownStrengths = inClauses[position]!;
      const strengths = weaken(inAll[position]!, ownStrengths, clause, scene);
      const coverage = share(strengths);
      const own = share(ownStrengths);
      return { clause, coverage, own, strengths, ownStrengths, score: coverage + BONUS.own * own + BONUS.asked * shareAsked(ownStrengths) + BONUS.overlap * overlapWith(clause) + BONUS.rank * rank };
    });
  }

  /** How far a term counts in a sentence for what stands around it. */
  function surroundSentence(sentence: SceneSentence, scene: Scene, around: readonly number[], previous: readonly number[], whole: readonly number[]): readonly number[] {
    if (previous === nothing && whole === nothing && !hasYear) return around;
    const strengths = nothing.slice();
    for (let index = 0; index < count; index += 1) {
      const term = sought[index]!;
      if (term.role === 'year') strengths[index] = matchYear(term, `${sentence.folded} ${scene.columns}`, scene.frame, scene.year);
      else strengths[index] = Math.max(around[index]!, previous[index]! * CONTEXT.previousSentence, whole[index]! * CONTEXT.whole);
    }
    return strengths;
  }

  return (scene, rank) => {
    const passage = matchAll(scene.folded);
    const around = surround(scene, passage);
    const inScene = seek(scene.folded, passage, hasPairs ? pairs.map((own) => (holdsAcross(own, scene.folded) ? own : NO_PAIRS)) : noPairs, mayStandInScene);
    let previous = nothing;
    /** Of the sentence whose figure is parted by those that follow: 发送旅客186万人次。其中公路102万人次；〔铁路68万人次〕. */
    let whole = nothing;
    return scene.sentences.map((sentence, index) => {
      if (isPartOfPrevious(sentence)) whole = previous;
      else if (!goesOn(scene.sentences[index - 1])) whole = nothing;
      const inSentence = matchPart(sentence.folded, inScene);
      const inHere = inScene.isEmpty ? inScene : seek(sentence.folded, inSentence, inScene.across, mayStandInSentence);
      const outside = surroundSentence(sentence, scene, around, previous, whole);
      const strengths = inHere.isEmpty ? outside : maximum(inSentence, outside);
      const coverage = share(strengths);
      previous = inHere.isEmpty ? nothing : inSentence;
      const unread = { scene, sentence, index, strengths, coverage, rank };
      if (inHere.isEmpty && opposable.length === 0) return new LazySentence(unread, scoreSentence(sentence, rateEmpty(sentence, coverage, rank), coverage, 0, rank), scoreEmpty);
      const clauses = inHere.isEmpty ? scoreEmpty(unread) : scoreClauses(sentence, scene, isOneClause(sentence) ? [inSentence] : sentence.clauses.map((clause) => matchPart(clause.folded, inHere)), outside, rank);
      return new LazySentence(unread, scoreSentence(sentence, findBest(clauses), coverage, share(inSentence), rank), clauses);
    });
  };
}
