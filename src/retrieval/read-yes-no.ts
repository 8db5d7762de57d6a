import type { Lexicon } from '../corpus/lexicon.ts';
import { isSameUnit } from '../text/figure-units.ts';
import { sameFigure } from '../text/figures.ts';
import type { Figure } from '../text/figures.ts';
import { placeFigures } from './read-figure.ts';
import { citeClauses, findFirmMisses, listMissing, refuse, widenClause } from './reading.ts';
import type { Reading, ReadingMatter } from './reading.ts';
import type { ScoredClause, ScoredSentence } from './scoring.ts';

const ENOUGH = 0.58;
/** A contradiction needs less: what is asked for is then the very thing that the notice says otherwise. */
const ENOUGH_TO_DENY = 0.5;

/** The notice only strives for it, plans it or tries it out. */
const HEDGE = /力争|争取|探索|试点|计划|推动|逐步|支持|谋划|筹备|研究|前期|申报|启动/u;
const DONE = /已(?:经)?|完成了/u;
const FORBIDS = /不得|不准|严禁|禁止|不能|不可|不予|不再|无需|不需要|不收/u;
const ASKS_PERMISSION_OR_DUTY = /可以|能不能|能否|可不可以|允许|能(?:装|用|办|开|收|带|做|在)|必须|要不要|需要|必要|得/u;

const isSameMeasure = (left: Figure, right: Figure): boolean => left.kind === right.kind && (left.kind === 'date' || left.kind === 'year' || isSameUnit(left.unit, right.unit));

interface Candidate {
  readonly sentence: ScoredSentence;
  readonly index: number;
  readonly clause: ScoredClause;
}

function bestClause(matter: ReadingMatter): Candidate | undefined {
  let best: Candidate | undefined;
  for (const sentence of matter.sentences.slice(0, 12)) {
    for (const [index, clause] of sentence.clauses.entries()) {
      const score = clause.score - (sentence.sentence.sentence.isHeading ? 0.1 : 0);
      if (best === undefined || score > best.clause.score - (best.sentence.sentence.sentence.isHeading ? 0.1 : 0)) best = { sentence, index, clause };
    }
  }
  return best;
}

function answer(matter: ReadingMatter, { sentence, index }: Candidate, polarity: 'yes' | 'no'): Reading {
  const [from, to] = widenClause(matter, sentence, index, () => true);
  return { verdict: 'answered', shape: 'yes-no', polarity, points: [{ span: citeClauses(sentence, from, to) }] };
}

/** A word of the question that the clause answers with its opposite (在职 with 退休). */
function findOpposite(matter: ReadingMatter, clause: ScoredClause, lexicon: Lexicon): boolean {
  return matter.terms.some(({ term }, index) => {
    if ((clause.ownStrengths[index] ?? 0) >= 0.9) return false;
    return (lexicon.opposites.get(term.text) ?? []).some((opposite) => clause.clause.folded.includes(opposite) && !term.alternatives.includes(opposite));
  });
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
  const best = bestClause(matter);
  if (best === undefined) return refuse([], listMissing(matter, []), false);
  const asked = question.figures[0];
  if (asked !== undefined) {
    const rival = placeFigures({ ...matter, question: { ...question, figures: [] } }, (figure) => (isSameMeasure(figure, asked) ? 0.2 : undefined))[0];
    const clause = rival?.sentence.clauses[rival.clauseIndex];
    if (rival !== undefined && clause !== undefined && clause.coverage >= ENOUGH_TO_DENY && findFirmMisses(matter, clause.strengths).length === 0) {
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
  if (contradicts && clause.coverage >= ENOUGH_TO_DENY) return answer(matter, best, 'no');
  if (clause.coverage < ENOUGH) return refuse([], listMissing(matter, clause.strengths), false);
  return answer(matter, best, 'yes');
}
