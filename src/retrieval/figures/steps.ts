import { foldForMatching } from '../../text/normalize.ts';
import { matchTerm } from '../evidence/match.ts';
import type { PlacedFigure, ReadingMatter } from '../evidence/reading.ts';
import { figuresOf } from '../evidence/scene.ts';
import type { SceneClause } from '../evidence/scene.ts';
import type { ScoredSentence } from '../evidence/scoring.ts';
import type { Term } from '../question/term.ts';

/** 「积水达到15厘米时限行,〔达到27厘米时封闭〕」: what the clause before measures, this one does. */
const GOES_ON = /^(?:达到?|超过|低于|高于|少于|多于|不足|不满|满|降[到至]|升[到至]|跌破)(?:\d|[一二两三四五六七八九十百])/u;
const HOLDS = 0.9;

const goesOn = (clause: SceneClause | undefined): boolean => clause !== undefined && GOES_ON.test(clause.folded);

/**
 * Whether the figure's clause goes on by a step, and the thing is named by what comes before it in the sentence, by the sentence before, or by what happens there:
 * the clauses behind, up to the next step.
 */
export function isNamedBySteps(term: Term, { sentence: { clauses, scene, index }, clauseIndex }: PlacedFigure): boolean {
  if (!goesOn(clauses[clauseIndex]?.clause)) return false;
  const next = clauses.findIndex(({ clause }, position) => position > clauseIndex && goesOn(clause));
  const around = [...(clauseIndex === 0 ? [scene.sentences[index - 1]?.folded ?? ''] : []), ...clauses.slice(0, next < 0 ? undefined : next).map(({ clause }) => clause.folded)];
  return around.some((text) => matchTerm(term, text) >= HOLDS);
}

/** One of several limits that follow each other, and what is told to happen there. */
interface Step {
  readonly clause: SceneClause;
  readonly deed: string;
}

/** The clauses of a sentence and of those around it that go on by steps. */
function clausesAround({ scene: { sentences }, index }: ScoredSentence): readonly SceneClause[] {
  let [from, to] = [index, index + 1];
  while (from > 0 && goesOn(sentences[from]?.clauses[0])) from -= 1;
  while (goesOn(sentences[to]?.clauses[0])) to += 1;
  return sentences.slice(from, to).flatMap(({ clauses }) => clauses);
}

/** The limits in their order with what happens at each; empty where none goes on by a step. */
function findSteps(sentence: ScoredSentence): readonly Step[] {
  const clauses = clausesAround(sentence);
  const second = clauses.findIndex((clause, index) => index > 0 && goesOn(clause));
  const unit = figuresOf(clauses[second] ?? { text: '', folded: '', start: 0, end: 0 })[0]?.unit;
  const first = second < 0 ? -1 : clauses.slice(0, second).findLastIndex((clause) => figuresOf(clause).some((figure) => figure.unit === unit));
  const starts = first < 0 ? [] : clauses.flatMap((clause, index) => (index === first || (index >= second && goesOn(clause)) ? [index] : []));
  return starts.flatMap((start, order) => {
    const clause = clauses[start];
    const limit = clause === undefined ? undefined : figuresOf(clause).find((figure) => figure.unit === unit);
    const behind = clauses.slice(start + 1, starts[order + 1]).map(({ folded }) => folded).join(',');
    return clause === undefined || limit === undefined ? [] : [{ clause, deed: `${foldForMatching(clause.text.slice(limit.end))},${behind}` }];
  });
}

const ASKED = /多[少大高低深宽厚重远热久]|几/u;

/** Whether the figure is a limit at which something else happens than is asked, and that happens at another of a row of limits. */
export function isOfStepElse({ terms, question: { folded } }: ReadingMatter, { sentence, clauseIndex, figure }: PlacedFigure): boolean {
  const steps = findSteps(sentence);
  const own = steps.find(({ clause }) => clause === sentence.clauses[clauseIndex]?.clause);
  if (own === undefined || figuresOf(own.clause)[0]?.start !== figure.start) return false;
  const told = terms.filter(({ term }) => term.role !== 'frame' && steps.some(({ deed }) => matchTerm(term, deed) >= HOLDS));
  // 「积水到多少就封」: what is to happen mostly stands behind, and what it is about before.
  const behind = told.filter(({ term }) => folded.indexOf(term.text) > folded.search(ASKED));
  const deeds = behind.length > 0 ? behind : told;
  const weigh = (held: Step, other: Step): number => deeds.reduce((sum, { term, weight }) => sum + (matchTerm(term, held.deed) >= HOLDS && matchTerm(term, other.deed) < HOLDS ? weight : 0), 0);
  return steps.some((other) => other !== own && weigh(other, own) > weigh(own, other));
}
