import type { Evidence } from '../retrieval/evidence/evidence.ts';
import type { Phrases } from '../text/phrases.ts';
import { choosePhrase } from './wording.ts';
import type { Answer, AnswerStatus, DegradedReason, Explanation, Refusal } from './answer.ts';
import type { Composer } from './compose.ts';
import type { Outcome } from './respond.ts';

const PRECEDENCE: readonly AnswerStatus[] = ['answered', 'refused', 'chat'];

/** One refusal of several: the first one's reason, what is missing from all. Its places are numbered on from those of the whole answer. */
function joinRefusals(refusals: readonly Refusal[], cited: number): Refusal | undefined {
  const [first] = refusals;
  if (first === undefined) return undefined;
  const nearest = first.nearest.map((citation, index) => ({ ...citation, n: cited + index + 1 }));
  return { ...first, missing: [...new Set(refusals.flatMap(({ missing }) => missing))], nearest };
}

/**
 * The whole from how each question of a message ended: answered where any was; what the others lack is said beside it. `failedBefore` is
 * why the model was not asked at all; it shows where an answer was to be given.
 */
export function concludeAnswer(
  outcomes: readonly Outcome[],
  evidences: readonly Evidence[],
  { claims, citations, lead, text, dropped }: Composer,
  failedBefore?: DegradedReason,
): Omit<Answer, 'answerId' | 'standaloneQuestion' | 'suggestions' | 'timing'> {
  const status = PRECEDENCE.find((each) => outcomes.some((outcome) => outcome.status === each)) ?? 'refused';
  const mode = outcomes.some((outcome) => outcome.mode === 'generative') ? 'generative' : 'extractive';
  const degraded = outcomes.find((outcome) => outcome.degraded !== undefined)?.degraded ?? (status === 'chat' ? undefined : failedBefore);
  const refusal = joinRefusals(
    outcomes.flatMap((outcome) => outcome.refusal ?? []),
    citations.length,
  );
  return {
    status,
    mode,
    answer: text,
    claims: [...claims],
    citations: [...citations],
    support: readSupport(evidences),
    dropped: dropped.length,
    ...(refusal === undefined ? {} : { refusal }),
    ...(degraded === undefined ? {} : { degraded: { reason: degraded } }),
    ...(lead === undefined || outcomes.length > 1 ? {} : { lead }),
  };
}

function readSupport(evidences: readonly Evidence[]): number {
  const least = Math.min(1, ...evidences.map(({ coverage }) => coverage));
  return Math.round(least * 1000) / 1000;
}

/** A figure and a name are also kinds of questions, with phrases of their own. */
const PROBLEM_PHRASES: Readonly<Record<string, string>> = { figure: 'claimFigure', name: 'claimName' };

/** `commitment: 力争达到` in words that people read. */
function wordProblem(problem: string, phrases: Phrases): string {
  const [kind = '', ...found] = problem.split(': ');
  const words = choosePhrase(phrases.explain, PROBLEM_PHRASES[kind] ?? kind);
  return found.length === 0 ? words : `${words}：${found.join(': ')}`;
}

/** How an answer came about, for those who ask. */
export function explainAnswer(evidences: readonly Evidence[], composer: Composer, phrases: Phrases): Explanation {
  return {
    kind: evidences.map(({ question }) => question.kind).join('+'),
    kindText: [...new Set(evidences.map(({ question }) => choosePhrase(phrases.explain, question.kind)))].join('、'),
    terms: evidences.flatMap(({ terms }) =>
      terms.map(({ text, weight, isFound, through }) => ({ text, weight, found: isFound, ...(through === undefined ? {} : { through }) })),
    ),
    evidence: evidences.flatMap(({ sentences }) => sentences.map(({ passageId, start, end, score, label, text }) => ({ passageId, start, end, score, label, text }))),
    coverage: readSupport(evidences),
    dropped: composer.dropped.map(({ text, problems }) => ({ text, problems, problemTexts: problems.map((problem) => wordProblem(problem, phrases)) })),
  };
}
