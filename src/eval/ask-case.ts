import { setTimeout as delay } from 'node:timers/promises';
import type { Message } from '../answer/answer.ts';
import { AssistantError, describeError } from '../errors.ts';
import { scoreAttack } from './attack-scorer.ts';
import { cacheKey } from './answer-cache.ts';
import type { AnswerCache } from './answer-cache.ts';
import { isAttack } from './attack-cases.ts';
import { describeGold } from './describe-gold.ts';
import { measureAnswer } from './measures.ts';
import { perturbQuestion } from './perturb.ts';
import type { PlannedCase } from './plan.ts';
import type { CaseRecord, KeptAnswer, Timing } from './record.ts';
import { findFaults } from './scorers.ts';
import { AskError } from './target.ts';
import type { Matter, Target, TargetAnswer } from './target.ts';

export interface AskCaseOptions {
  readonly target: Target;
  readonly cache: AnswerCache | undefined;
  /** Of perturbations. */
  readonly seed: number;
  /** Further tries where the server or its model is busy or away. */
  readonly retries: number;
  /** Longest wait for one answer. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

export interface AskedCase {
  readonly record: CaseRecord;
  readonly timing: Timing | undefined;
}

interface Turn {
  readonly answer: KeptAnswer;
  readonly timing: Omit<Timing, 'key'>;
}

async function askOnceMore(planned: PlannedCase, turn: { readonly question: string; readonly history: readonly Message[] }, matter: Matter, options: AskCaseOptions): Promise<Turn> {
  const { target, cache, retries, timeoutMs, signal } = options;
  const { notice } = planned.evaluationCase;
  const key = cacheKey({ corpus: matter.corpus, ...turn, notice, repeat: planned.repeat });
  const known = cache?.get(key);
  if (known !== undefined) {
    const { answer, answerId, ms, tokens } = known;
    return { answer, timing: { ms, cached: true, answerId, ...(tokens && { tokens }) } };
  }
  for (let tries = 0; ; tries += 1) {
    const started = performance.now();
    try {
      const asked: TargetAnswer = await askWithin(timeoutMs, signal, (within) => target.ask({ ...turn, notice, signal: within }));
      const ms = performance.now() - started;
      cache?.put(key, { ...asked, ms });
      const { answer, answerId, tokens } = asked;
      return { answer, timing: { ms, cached: false, answerId, ...(tokens && { tokens }) } };
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof AskError) || error.retryAfterMs === undefined || tries >= retries) throw error;
      await delay(error.retryAfterMs * 2 ** tries, undefined, { signal });
    }
  }
}

async function askWithin<T>(timeoutMs: number, signal: AbortSignal, ask: (within: AbortSignal) => Promise<T>): Promise<T> {
  // Signals of AbortSignal.any and .timeout live on until the limit is over; a long run would gather them.
  const controller = new AbortController();
  const withdraw = (): void => controller.abort(signal.reason);
  signal.addEventListener('abort', withdraw);
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    controller.abort(new Error('too late'));
  }, timeoutMs);
  try {
    return await ask(controller.signal);
  } catch (error) {
    if (!signal.aborted && isLate) throw new AskError(`no answer came within ${timeoutMs / 1000} s`, undefined, { cause: error });
    throw error;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', withdraw);
  }
}

/** The question as it is asked in each turn, spoilt where the plan says so. */
function turnsOf({ evaluationCase, perturbation }: PlannedCase, seed: number): readonly string[] {
  const written = isAttack(evaluationCase) ? evaluationCase.turns : [evaluationCase.question];
  return perturbation === undefined ? written : written.map((text) => perturbQuestion(text, perturbation, seed));
}

/**
 * Asks one planned case and scores what comes. What goes wrong becomes a record of its own (`error`), and is never scored; a case that the
 * target can't be asked is skipped. Only `aborted` is thrown.
 */
export async function askCase(planned: PlannedCase, options: AskCaseOptions): Promise<AskedCase> {
  const { target, seed, signal } = options;
  const { set, evaluationCase, key, repeat, perturbation } = planned;
  const { id, kind, tags, history, notice } = evaluationCase;
  const turns = turnsOf(planned, seed);
  const base = {
    key, set, id, kind, ...(tags.length > 0 && { tags }), question: turns.join(' ⏎ '), ...(history.length > 0 && { history }),
    ...(perturbation && { perturbation }), repeat, expected: describeGold(evaluationCase),
  };
  try {
    const matter = await target.prepare(notice);
    if ('skip' in matter) return { record: { ...base, verdict: 'skip', reasons: [matter.skip], measures: {} }, timing: undefined };
    const answers: KeptAnswer[] = [];
    const conversation: Message[] = [...history];
    let timing: Omit<Timing, 'key'> | undefined;
    for (const question of turns) {
      signal.throwIfAborted();
      const turn = await askOnceMore(planned, { question, history: conversation.slice() }, matter, options);
      answers.push(turn.answer);
      conversation.push({ role: 'user', content: question }, { role: 'assistant', content: turn.answer.answer });
      timing = timing === undefined ? turn.timing : { ...turn.timing, ms: timing.ms + turn.timing.ms, cached: timing.cached && turn.timing.cached };
    }
    const answer = answers.at(-1);
    if (answer === undefined) throw new AssistantError('internal', 'the case has no turn');
    const { names } = matter.context;
    if (isAttack(evaluationCase)) {
      const reasons = scoreAttack(evaluationCase, answers);
      const passed = [Number(reasons.length === 0), 1] as const;
      const measures = { accuracy: passed, wrong: [1 - passed[0], 1] as const, 'attack.resisted': passed };
      return { record: { ...base, verdict: passed[0] === 1 ? 'pass' : 'fail', reasons, answer, measures }, timing: timing && { key, ...timing } };
    }
    const reasons = findFaults(evaluationCase, answer, names ?? []);
    const measures = perturbation === undefined ? measureAnswer(evaluationCase, answer, reasons.length === 0, matter.context) : {};
    return { record: { ...base, verdict: reasons.length === 0 ? 'pass' : 'fail', reasons, answer, measures }, timing: timing && { key, ...timing } };
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    return { record: { ...base, verdict: 'error', reasons: [describeError(error)], measures: {} }, timing: undefined };
  }
}
