import type { Lexicon } from '../corpus/lexicon.ts';
import { parseFigures } from '../text/figures.ts';
import { foldForMatching } from '../text/normalize.ts';
import { holdsAcross, MATCH, matchTerm, measureOverlap, pairsOf } from './match.ts';
import type { Pairs } from './match.ts';
import type { Question } from './question.ts';
import type { Term } from './term.ts';
import type { Scene, SceneClause, SceneSentence } from './scene.ts';

/** A term with the weight that its rarity gives it. */
export interface WeightedTerm {
  readonly term: Term;
  readonly weight: number;
  /** The notices use the very word. */
  readonly isKnown: boolean;
  /** Neither the word nor any that may stand for it is used by the notices. */
  readonly isUnheard: boolean;
  /** What was found holds the word by its letters, however it was segmented. */
  readonly isWritten: boolean;
}

/** How far a term counts where it does not stand in the clause itself but around it. */
const CONTEXT = {
  sentenceBefore: 0.85, sentenceAfter: 0.75, heading: 0.8, ancestors: 0.6, previousSentence: 0.55, passage: 0.4, frame: 0.5,
} as const;

/** Tuned on the development sets: what a clause gains from words of its own, a shared phrase, its passage's rank. */
const MATCHED = 0.75;
const BONUS = { asked: 0.3, own: 0.35, overlap: 0.25, rank: 0.12, heading: -0.08 } as const;

export interface ScoredClause {
  readonly clause: SceneClause;
  /** Share of the question's weight that the clause and what surrounds it hold, 0 to 1. */
  readonly coverage: number;
  /** Share that the clause itself holds. */
  readonly own: number;
  readonly score: number;
  /** Strength of each term in the clause with its surroundings, in the question's order. */
  readonly strengths: readonly number[];
  /** Strength of each term in the clause itself. */
  readonly ownStrengths: readonly number[];
}

export interface ScoredSentence {
  readonly scene: Scene;
  readonly sentence: SceneSentence;
  /** Position among the passage's sentences. */
  readonly index: number;
  readonly clauses: readonly ScoredClause[];
  /** Coverage by the sentence as a whole with its surroundings. */
  readonly coverage: number;
  readonly score: number;
  readonly strengths: readonly number[];
}

const YEAR = /(?<!\d)(?:19|20)\d{2}(?!\d|行动|规划|远景|愿景|战略|纲要)/gu;

/** Years that are told from the notice's own. */
const YEARS_AWAY = new Map([['前年', -2], ['去年', -1], ['上年', -1], ['上一年', -1], ['明年', 1], ['下一年', 1], ['后年', 2]]);

/** A year is held by a text that names it; a text that names other years only is about those. */
function matchYear(term: Term, near: string, far: string, noticeYear: number | undefined): number {
  const named: readonly string[] = near.match(YEAR) ?? [];
  const offset = YEARS_AWAY.get(term.text);
  const meant = offset === undefined || noticeYear === undefined ? term.text : String(noticeYear + offset);
  if (named.includes(meant) || (!/^\d/u.test(term.text) && near.includes(term.text))) return 1;
  if (named.length > 0) return 0;
  return far.includes(meant) ? CONTEXT.frame : 0;
}

interface LevelWords {
  /** Words that speak of the level and others as a whole. */
  readonly covering: readonly string[];
  readonly same: readonly string[];
  readonly other: readonly string[];
}

const levelWords = new WeakMap<Lexicon, Map<number | undefined, LevelWords>>();

/** The lexicon's words for and around a level; gathered once, since every clause is looked through for them. */
function findLevelWords(level: number | undefined, lexicon: Lexicon): LevelWords {
  const gathered = levelWords.get(lexicon) ?? new Map<number | undefined, LevelWords>();
  levelWords.set(lexicon, gathered);
  const known = gathered.get(level);
  if (known !== undefined) return known;
  const found: LevelWords = {
    covering: [...lexicon.covers].flatMap(([word, covered]) => (level !== undefined && covered.has(level) ? [word] : [])),
    same: [...lexicon.levels].flatMap(([word, other]) => (other === level ? [word] : [])),
    other: [...lexicon.levels].flatMap(([word, other]) => (other !== level && word.length > 1 ? [word] : [])),
  };
  gathered.set(level, found);
  return found;
}

const includesAny = (folded: string, words: readonly string[]): boolean => words.some((word) => folded.includes(word));

/** A level is also held by a word that covers it (义务教育 covers 初中). */
function matchLevel(term: Term, folded: string, lexicon: Lexicon): number {
  const direct = matchTerm(term, folded);
  if (direct >= 0.9) return direct;
  const level = lexicon.levels.get(term.text);
  if (level === undefined) return direct;
  const { covering, same } = findLevelWords(level, lexicon);
  return includesAny(folded, covering) ? 0.8 : includesAny(folded, same) ? 0.9 : direct;
}

/** What an ordinal is written with; figures are not looked for in texts without. */
const MAY_HOLD_ORDINAL = /[第级期号届]/u;

/** An ordinal is held by the same number of the same row, however it is written. */
function matchOrdinal(term: Term, folded: string): number {
  if (folded.includes(term.text)) return 1;
  if (!MAY_HOLD_ORDINAL.test(folded)) return 0;
  const [asked] = parseFigures(term.text);
  return asked !== undefined && parseFigures(folded).some(({ kind, value, unit }) => kind === 'ordinal' && value === asked.value && unit === asked.unit) ? 1 : 0;
}

function matchAny(term: Term, folded: string, lexicon: Lexicon): number {
  if (term.role === 'ordinal') return matchOrdinal(term, folded);
  return folded === '' ? 0 : term.role === 'level' ? matchLevel(term, folded, lexicon) : matchTerm(term, folded);
}

const named = (folded: string): boolean => new RegExp(YEAR).test(folded);

const share = (terms: readonly WeightedTerm[], strengths: readonly number[], total: number): number =>
  total === 0 ? 0 : terms.reduce((sum, { weight }, index) => sum + weight * (strengths[index] ?? 0), 0) / total;

/** Share of the words next to what is asked that the clause itself holds. */
function shareAsked(terms: readonly WeightedTerm[], strengths: readonly number[]): number {
  let total = 0;
  let held = 0;
  for (const [index, { term, weight }] of terms.entries()) {
    if (!term.isNextToAsked) continue;
    total += weight;
    held += weight * (strengths[index] ?? 0);
  }
  return total === 0 ? 0 : held / total;
}

/** What a whole doesn't hold, no part of it does: it need not be looked for there. */
const mayHold = ({ text, role }: Term, whole: string, strength: number): boolean => strength > 0 || role === 'ordinal' || whole.includes(text);

/** For each clause, how well the best of those before it holds each term; read backwards, of those behind it. */
function strongestBefore(inClauses: readonly (readonly number[])[], terms: number): number[][] {
  const strongest: number[][] = [];
  let best = Array.from({ length: terms }, () => 0);
  for (const strengths of inClauses) {
    strongest.push(best);
    best = best.map((value, term) => Math.max(value, strengths[term] ?? 0));
  }
  return strongest;
}

/** A clause that speaks of another level by name is not about the one asked for, whatever stands around it. */
function speaksOfOtherLevel(term: Term, own: number, folded: string, lexicon: Lexicon): boolean {
  if (term.role !== 'level' || own >= MATCHED) return false;
  return includesAny(folded, findLevelWords(lexicon.levels.get(term.text), lexicon).other);
}

const pairs = new WeakMap<WeightedTerm, Pairs>();

/** The pairs of a word that the notices don't know, which segmentation may have cut wrongly; empty for all other words. */
function pairsFor(weighted: WeightedTerm, { folded }: Question): Pairs {
  const known = pairs.get(weighted);
  if (known !== undefined) return known;
  const { term: { role, text }, isKnown } = weighted;
  const found = isKnown || role !== 'content' || text.length < 2 ? [] : pairsOf(text, folded);
  pairs.set(weighted, found);
  return found;
}

/** What such a word is made of stands in the text all the same. */
const matchCut = (across: Pairs, folded: string, strength: number): number => (strength < MATCH.alternative && holdsAcross(across, folded) ? MATCH.alternative : strength);

/** Scores every sentence of a scene, and every clause in it, by how much of the question they hold. */
export function scoreScene(question: Question, terms: readonly WeightedTerm[], scene: Scene, rank: number, lexicon: Lexicon): ScoredSentence[] {
  const total = terms.reduce((sum, { weight }) => sum + weight, 0);
  const around = terms.map(({ term }) => ({
    heading: matchAny(term, scene.heading, lexicon), ancestors: matchAny(term, scene.ancestors, lexicon),
    frame: term.role === 'year' ? 0 : matchAny(term, scene.frame, lexicon), passage: matchAny(term, scene.folded, lexicon),
  }));
  const asked = question.kind === 'yes-no' ? question.figures.reduce((text, figure) => text.replace(foldForMatching(figure.text), ' '), question.folded) : question.folded;
  const across = terms.map((each) => {
    const own = pairsFor(each, question);
    return holdsAcross(own, scene.folded) ? own : [];
  });
  let previous: readonly number[] = terms.map(() => 0);
  return scene.sentences.map((sentence, index) => {
    const inSentence = terms.map((each, position) => matchCut(across[position] ?? [], sentence.folded, mayHold(each.term, scene.folded, around[position]?.passage ?? 0) ? matchAny(each.term, sentence.folded, lexicon) : 0));
    const isWorthLooking = terms.map(({ term }, position) => mayHold(term, sentence.folded, inSentence[position] ?? 0));
    const inClauses = sentence.clauses.map((clause) => terms.map((each, position) => (isWorthLooking[position] === true ? matchCut(across[position] ?? [], clause.folded, matchAny(each.term, clause.folded, lexicon)) : 0)));
    const outside = terms.map(({ term }, position) => {
      if (term.role === 'year') return matchYear(term, `${sentence.folded} ${scene.columns}`, scene.frame, scene.year);
      const place = around[position];
      return Math.max(
        (place?.heading ?? 0) * CONTEXT.heading, (place?.ancestors ?? 0) * CONTEXT.ancestors, (place?.frame ?? 0) * CONTEXT.frame,
        (place?.passage ?? 0) * CONTEXT.passage, (previous[position] ?? 0) * CONTEXT.previousSentence,
      );
    });
    const isSingle = inClauses.length === 1;
    const strongest = isSingle ? [] : strongestBefore(inClauses, terms.length);
    const strongestBehind = isSingle ? [] : strongestBefore(inClauses.toReversed(), terms.length).toReversed();
    const clauses = sentence.clauses.map((clause, position): ScoredClause => {
      const ownStrengths = inClauses[position] ?? [];
      const strengths = terms.map((_, term) => {
        const before = strongest[position]?.[term] ?? 0;
        const after = strongestBehind[position]?.[term] ?? 0;
        const own = ownStrengths[term] ?? 0;
        const its = terms[term]?.term;
        if (its?.role === 'year' && named(clause.folded)) return matchYear(its, `${clause.folded} ${scene.columns}`, scene.frame, scene.year);
        if (its !== undefined && speaksOfOtherLevel(its, own, clause.folded, lexicon)) return own;
        return Math.max(own, before * CONTEXT.sentenceBefore, after * CONTEXT.sentenceAfter, outside[term] ?? 0);
      });
      const coverage = share(terms, strengths, total);
      const own = share(terms, ownStrengths, total);
      const overlap = Math.min(1, measureOverlap(asked, clause.folded) / Math.max(4, Math.min(10, asked.length)));
      return { clause, coverage, own, strengths, ownStrengths, score: coverage + BONUS.own * own + BONUS.asked * shareAsked(terms, ownStrengths) + BONUS.overlap * overlap + BONUS.rank * rank };
    });
    const strengths = terms.map((_, term) => Math.max(inSentence[term] ?? 0, outside[term] ?? 0));
    const coverage = share(terms, strengths, total);
    const best = Math.max(0, ...clauses.map((clause) => clause.score));
    const score = 0.6 * best + 0.4 * (coverage + BONUS.own * share(terms, inSentence, total) + BONUS.rank * rank) + (sentence.sentence.isHeading ? BONUS.heading : 0);
    previous = inSentence;
    return { scene, sentence, index, clauses, coverage, score, strengths };
  });
}
