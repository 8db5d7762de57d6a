import { estimateTokens } from '../answer/number-evidence.ts';
import { TOKEN_BUDGET } from '../open-models.ts';
import type { PlannedCase } from './plan.ts';

/** Price of a million tokens, in whatever currency. */
export interface Price {
  readonly input: number;
  readonly output: number;
}

export interface Tokens {
  readonly input: number;
  readonly output: number;
}

/** The prompt's own words beside material and question. */
const FRAME = 900;
/** An answer of two or three cited sentences. */
const REPLY = 160;
/** The standalone question costs a call of its own. */
const REWRITE = { input: 500, output: 40 } as const;

/**
 * What a run will send and get, roughly: material up to the budget, a short answer, and another call for each follow-up. `materialOf` gives
 * the tokens of what a case is asked over.
 */
export function estimateRun(plan: readonly PlannedCase[], materialOf: (notice: string | undefined) => number): Tokens {
  let input = 0;
  let output = 0;
  for (const { evaluationCase } of plan) {
    const texts = [...('question' in evaluationCase ? [evaluationCase.question] : evaluationCase.turns), ...evaluationCase.history.map(({ content }) => content)];
    const turns = 'question' in evaluationCase ? 1 : evaluationCase.turns.length;
    input += turns * (FRAME + Math.min(TOKEN_BUDGET, materialOf(evaluationCase.notice))) + texts.reduce((sum, text) => sum + estimateTokens(text), 0);
    output += turns * REPLY;
    const rewrites = turns - 1 + Number(evaluationCase.history.length > 0);
    input += rewrites * REWRITE.input;
    output += rewrites * REWRITE.output;
  }
  return { input, output };
}

export const costOf = ({ input, output }: Tokens, price: Price): number => (input * price.input + output * price.output) / 1_000_000;
