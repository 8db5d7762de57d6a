import { wantsColors } from '../config.ts';
import type { Evaluation } from '../eval/evaluate.ts';
import type { PlannedCase } from '../eval/plan.ts';
import type { CaseRecord } from '../eval/record.ts';
import type { Target } from '../eval/target.ts';
import { readPrice } from './eval-prepare.ts';
import type { Prepared } from './eval-prepare.ts';
import { untilInterrupted } from './interrupt.ts';
import { createProgress } from './progress.ts';

/** Failures that are told in the terminal; the rest stands in the run's folder. */
const SHOWN_FAILURES = 10;
/** Failures that are held while a run goes on. */
export const HELD_FAILURES = 500;

/** The running score, for the progress bar. */
export function renderScore(verdicts: Readonly<Record<CaseRecord['verdict'], number>>): string {
  const asked = verdicts.pass + verdicts.fail;
  const score = asked === 0 ? '' : ` ${((100 * verdicts.pass) / asked).toFixed(1)} % right`;
  return `${score}${verdicts.error > 0 ? `, ${verdicts.error} errors` : ''}`.trim() || 'asking';
}

/** What a run with a chat model will take, roughly. */
export async function renderEstimate(plan: readonly PlannedCase[], target: Target, { flags }: Prepared): Promise<string> {
  const { costOf, estimateRun } = await import('../eval/cost.ts');
  const { estimateTokens } = await import('../answer/number-evidence.ts');
  const sizes = new Map<string | undefined, number>();
  for (const notice of new Set(plan.map(({ evaluationCase }) => evaluationCase.notice))) {
    const matter = await target.prepare(notice);
    sizes.set(notice, 'skip' in matter ? 0 : matter.context.notices.reduce((sum, { text }) => sum + estimateTokens(text), 0));
  }
  const tokens = estimateRun(plan, (notice) => sizes.get(notice) ?? 0);
  const price = readPrice(flags.price);
  const cost = price === undefined ? '' : `, at a cost of about ${costOf(tokens, price).toFixed(2)}`;
  return `${plan.length} questions to ${target.mode}: about ${tokens.input} tokens sent and ${tokens.output} got${cost}\n`;
}

/** What it took, where the model's server said so. */
export async function renderSpent({ summary }: Evaluation, { flags }: Prepared): Promise<string> {
  const { costOf } = await import('../eval/cost.ts');
  const figures = summary.groups[0]?.figures ?? {};
  const [input, output] = [figures['tokens.input'], figures['tokens.output']].map((figure) => Math.round((figure?.value ?? 0) * (figure?.n ?? 0)));
  if (input === undefined || output === undefined || input + output === 0) return '';
  const price = readPrice(flags.price);
  const cost = price === undefined ? '' : `, at a cost of ${costOf({ input, output }, price).toFixed(2)}`;
  return `tokens      ${input} sent and ${output} got${cost}; answers from the cache counted as they were paid for then\n`;
}

/** The judge looks at the answers when they are all there. */
export async function renderJudgement({ folder }: Evaluation, { flags, config, sets, context }: Prepared): Promise<string> {
  if (flags.judge !== true) return '';
  const { judgeRun } = await import('../eval/judge-run.ts');
  const progress = await createProgress(context);
  const summary = await untilInterrupted((signal) => judgeRun(folder, {
    config, sets, repeats: flags.judgeRepeats, concurrency: flags.concurrency ?? 4, signal, onProgress: (done) => progress.onProgress(done, done, 'judging'),
  })).finally(() => progress.stop());
  const lines = summary.map(({ criterion, value, n, errors, spread }) => {
    const told = `n ${n}${errors > 0 ? `, ${errors} calls without a verdict` : ''}${spread === null || flags.judgeRepeats === 1 ? '' : `, spread ${spread.toFixed(2)}`}`;
    return `judge       ${criterion} ${value === null ? '–' : value.toFixed(3)} (${told})`;
  });
  return `${lines.join('\n')}\n`;
}

/** The worst failures in full, as many as a terminal is read. */
export async function describeFailures(failures: readonly CaseRecord[], total: number, { flags, context }: Prepared): Promise<string> {
  const { renderCase, sortFailures } = await import('../eval/terminal-report.ts');
  if (total === 0) return '';
  const shown = sortFailures(failures).slice(0, flags.verbose ? HELD_FAILURES : SHOWN_FAILURES);
  const colors = wantsColors(context.stdout, context.env);
  const more = total > shown.length ? `\n… and ${total - shown.length} more; --verbose or a report shows them\n` : '';
  return `\n${shown.map((record) => `${renderCase(record, { colors })}\n`).join('\n')}${more}`;
}
