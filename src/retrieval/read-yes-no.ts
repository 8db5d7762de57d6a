import type { Lexicon } from '../corpus/lexicon.ts';
import { isSameUnit } from '../text/figure-units.ts';
import { sameFigure } from '../text/figures.ts';
import type { Figure } from '../text/figures.ts';
import { placeFigures } from './read-figure.ts';
import { citeClauses, contradictsTerm, findFirmMisses, listMissing, refuse, widenClause } from './reading.ts';
import type { Reading, ReadingMatter } from './reading.ts';
import type { ScoredClause, ScoredSentence } from './scoring.ts';

const ENOUGH = 0.58;
/** A contradiction needs less: what is asked for is then the very thing that the notice says otherwise. */
const ENOUGH_TO_DENY = 0.5;
/** Where a word stands against its opposite, that word itself can't be held. */
const ENOUGH_WITH_OPPOSITE = 0.4;

/** The notice only strives for it, plans it or tries it out. */
const HEDGE = /力争|争取|探索|试点|计划|推动|逐步|支持|谋划|筹备|研究|前期|申报|启动/u;
const DONE = /已(?:经)?|完成了/u;
const FORBIDS = /不得|不准|严禁|禁止|不能|不可|不予|不再|无需|不需要|不收/u;
const ASKS_PERMISSION_OR_DUTY = /可以|能不能|能否|可不可以|允许|能(?:装|用|办|开|收|带|做|在)|必须|要不要|需要|必要|得/u;

const isDay = ({ kind }: Figure): boolean => kind === 'date' || kind === 'year';
const isSameMeasure = (left: Figure, right: Figure): boolean => (isDay(left) && isDay(right)) || (left.kind === right.kind && isSameUnit(left.unit, right.unit));

interface Candidate {
  readonly sentence: ScoredSentence;
  readonly index: number;
  readonly clause: ScoredClause;
}

/** Who or what the question is about weighs more than what is said of it: a verb may well be another. */
const SUBJECT_BONUS = 0.4;
const HEADING_PENALTY = 0.1;

function subjectShare(matter: ReadingMatter, clause: ScoredClause): number {
  const nouns = matter.terms.flatMap(({ term, weight }, index) => (term.role === 'frame' || term.role === 'figure' || term.role === 'year' || term.isLoose ? [] : [{ weight, strength: clause.ownStrengths[index] ?? 0 }]));
  const total = nouns.reduce((sum, { weight }) => sum + weight, 0);
  return total === 0 ? 0 : nouns.reduce((sum, { weight, strength }) => sum + weight * strength, 0) / total;
}

function bestClause(matter: ReadingMatter): Candidate | undefined {
  const candidates = matter.sentences.slice(0, 12).flatMap((sentence) =>
    sentence.clauses.map((clause, index) => {
      const penalty = sentence.sentence.sentence.isHeading ? HEADING_PENALTY : 0;
      return { sentence, index, clause, score: clause.score + SUBJECT_BONUS * subjectShare(matter, clause) - penalty };
    }),
  );
  return candidates.toSorted((left, right) => right.score - left.score)[0];
}

function answer(matter: ReadingMatter, { sentence, index }: Candidate, polarity: 'yes' | 'no'): Reading {
  const [from, to] = widenClause(matter, sentence, index, () => true);
  return { verdict: 'answered', shape: 'yes-no', polarity, points: [{ span: citeClauses(sentence, from, to) }] };
}

/** A word of the question that the clause answers with its opposite (在职 with 退休). */
function findOpposite(matter: ReadingMatter, clause: ScoredClause, lexicon: Lexicon): boolean {
  return matter.terms.some(({ term }, index) => contradictsTerm(term, clause.ownStrengths[index] ?? 0, clause.clause.folded, lexicon));
}

/** Another place stands in the clause where the asked one doesn't, though the notice knows it. */
function findOtherPlace(matter: ReadingMatter, clause: ScoredClause, lexicon: Lexicon): boolean {
  return matter.terms.some(({ term }, index) => {
    if (term.role !== 'place' || (clause.ownStrengths[index] ?? 0) >= 0.9) return false;
    const isKnown = matter.sentences.some((sentence) => sentence.sentence.folded.includes(term.text));
    return isKnown && [...lexicon.places].some((place) => place !== term.text && clause.clause.folded.includes(place) && !matter.question.folded.includes(place));
  });
}

/** Reads whether the notice says so: yes, no with what it says instead, or a refusal where it speaks of neither. */
export function readYesNo(matter: ReadingMatter, lexicon: Lexicon): Reading {
  const { question } = matter;
  const asked = question.figures[0];
  const best = bestClause(matter);
  if (best === undefined) return refuse([], listMissing(matter, []), false);
  if (asked !== undefined) {
    const bare: ReadingMatter = { ...matter, question: { ...question, figures: [] } };
    const rivals = placeFigures(bare, (figure) => (isSameMeasure(figure, asked) ? 0.2 : undefined)).map((placed) => {
      const clause = placed.sentence.clauses[placed.clauseIndex];
      return { ...placed, score: placed.score + (clause === undefined ? 0 : SUBJECT_BONUS * subjectShare(matter, clause)) };
    });
    const rival = rivals.toSorted((left, right) => right.score - left.score)[0];
    const clause = rival?.sentence.clauses[rival.clauseIndex];
    const misses = findFirmMisses(matter, clause?.strengths ?? []).filter(({ term }) => !(isDay(asked) && term.role === 'year'));
    if (rival !== undefined && clause !== undefined && clause.coverage >= ENOUGH_TO_DENY && misses.length === 0) {
      const candidate = { sentence: rival.sentence, index: rival.clauseIndex, clause };
      const isSame = sameFigure(rival.figure, asked) || rival.figure.value === asked.value;
      return answer(matter, candidate, isSame && !(question.supposesMust && HEDGE.test(clause.clause.text)) ? 'yes' : 'no');
    }
  }
  const { clause } = best;
  if (clause.coverage >= ENOUGH_TO_DENY && findOtherPlace(matter, clause, lexicon)) return answer(matter, best, 'no');
  const misses = findFirmMisses(matter, clause.strengths);
  const isOpposite = findOpposite(matter, clause, lexicon);
  if (misses.length > 0 && !isOpposite) return refuse(misses, [], true);
  const contradicts =
    isOpposite ||
    (question.supposesDone && (HEDGE.test(clause.clause.text) || !DONE.test(clause.clause.text))) ||
    (question.supposesMust && HEDGE.test(clause.clause.text)) ||
    (FORBIDS.test(clause.clause.text) && !FORBIDS.test(question.folded) && ASKS_PERMISSION_OR_DUTY.test(question.folded));
  if (contradicts && clause.coverage >= (isOpposite ? ENOUGH_WITH_OPPOSITE : ENOUGH_TO_DENY)) return answer(matter, best, 'no');
  if (clause.coverage < ENOUGH) return refuse([], listMissing(matter, clause.strengths), false);
  return answer(matter, best, 'yes');
}
