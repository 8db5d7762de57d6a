import { setImmediate } from 'node:timers/promises';
import PQueue from 'p-queue';
import { AssistantError } from '../errors.ts';
import { askCase } from './ask-case.ts';
import type { AskCaseOptions, AskedCase } from './ask-case.ts';
import { createInOrder } from './in-order.ts';
import type { PlannedCase } from './plan.ts';
import type { CaseRecord } from './record.ts';
import type { Place, RunWriter } from './run-folder.ts';
import { createTally } from './summary.ts';
import type { Tally } from './summary.ts';
import type { Target } from './target.ts';

export interface RunOptions extends Omit<AskCaseOptions, 'target'> {
  readonly plan: readonly PlannedCase[];
  readonly target: Target;
  readonly writer: RunWriter;
  readonly concurrency: number;
  /** Questions a minute at most; undefined: as fast as they are answered. */
  readonly rate?: number | undefined;
  /** Sets whose questions and answers are not kept, so that nobody tunes to them. */
  readonly isHidden: (set: string) => boolean;
  /** Told of each record as it is written, in order. */
  readonly onRecord?: (record: CaseRecord, tally: Tally) => void;
}

export interface RunResult {
  readonly tally: Tally;
  readonly places: Readonly<Record<string, Place>>;
  /** Why the run ended before its last case; undefined where it didn't. */
  readonly stopped?: 'interrupted' | 'errors';
}

/** So many failures one after the other, and nothing more will come of it. */
const ERRORS_IN_A_ROW = 10;
/** Cases asked for ahead of those that were written. */
const AHEAD = 4;

/** Of a set that is set aside, what is needed for figures alone. */
function hide(record: CaseRecord): CaseRecord {
  const { key, set, id, kind, perturbation, repeat, verdict, measures } = record;
  return { key, set, id, kind, question: '', ...(perturbation && { perturbation }), repeat, expected: '', verdict, reasons: [], measures };
}

/** A spoilt question counts where the question as written was answered right: does it stay so? */
function withRobustness(record: CaseRecord, isBaseRight: boolean): CaseRecord {
  const { perturbation, verdict } = record;
  if (perturbation === undefined || verdict === 'error' || verdict === 'skip') return record;
  const stays = [Number(verdict === 'pass'), 1] as const;
  return { ...record, measures: isBaseRight ? { robustness: stays, [`robustness.${perturbation}`]: stays } : {} };
}

/**
 * Asks every planned case and writes the records in the plan's order. Ends early when the signal says so, or when nothing but errors comes;
 * what was written stays, and can be gone on with.
 */
export async function runPlan(options: RunOptions): Promise<RunResult> {
  const { plan, target, writer, concurrency, rate, signal, isHidden, onRecord } = options;
  const notes = new Set<string>();
  const skipped = new Map<string, number>();
  const tally = createTally(() => [...notes, ...[...skipped].map(([reason, count]) => `${count} ${count === 1 ? 'case was' : 'cases were'} skipped: ${reason}`)]);
  const places: Record<string, Place> = {};
  const stop = new AbortController();
  const stopping = AbortSignal.any([signal, stop.signal]);
  let errorsInARow = 0;
  let failure: unknown;
  const baseRight = new Map<string, boolean>();

  async function keepPlaces({ set, answer, ...record }: CaseRecord, planned: PlannedCase): Promise<void> {
    if (answer === undefined || isHidden(set)) return;
    const matter = await target.prepare(planned.evaluationCase.notice);
    if ('skip' in matter) return;
    if (answer.evidence === undefined && record.verdict !== 'error') notes.add('retrieval: the server gave no ranked sentences (explain), so no retrieval metric was computed');
    const wanted = [...answer.citations, ...(answer.refusal?.nearest ?? []), ...(answer.evidence ?? []).slice(0, 5)].map(({ passageId }) => passageId);
    for (const id of wanted) {
      if (Object.hasOwn(places, id)) continue;
      for (const { passages } of matter.context.notices) {
        const passage = passages.find((each) => each.id === id);
        if (passage !== undefined) places[id] = { text: passage.text, start: passage.start, label: passage.label };
      }
    }
  }

  const ordered = createInOrder<AskedCase>(({ record, timing }, place) => {
    const planned = plan[place];
    if (planned?.perturbation === undefined) baseRight.set(`${record.set}#${record.id}@${record.repeat}`, record.verdict === 'pass');
    const scored = withRobustness(record, baseRight.get(`${record.set}#${record.id}@${record.repeat}`) === true);
    const kept = isHidden(record.set) ? hide(scored) : scored;
    if (kept.verdict === 'skip') skipped.set(record.reasons[0] ?? '', (skipped.get(record.reasons[0] ?? '') ?? 0) + 1);
    writer.write(kept, timing);
    tally.add(kept, timing);
    onRecord?.(kept, tally);
  });

  async function runOne(planned: PlannedCase, place: number): Promise<void> {
    // Answers without a model never wait: Ctrl-C and the progress bar need their turn, too.
    await setImmediate();
    if (stopping.aborted) return;
    try {
      const known = writer.known(planned.key);
      const asked = known ?? (await askCase(planned, { ...options, signal: stopping }));
      await keepPlaces(asked.record, planned);
      errorsInARow = asked.record.verdict === 'error' ? errorsInARow + 1 : 0;
      ordered.put(place, { record: asked.record, timing: asked.timing });
      if (errorsInARow >= ERRORS_IN_A_ROW && errorsInARow < plan.length) stop.abort(new AssistantError('unavailable', 'errors'));
    } catch (error) {
      if (stopping.aborted) return;
      failure ??= error;
      stop.abort(error);
    }
  }

  const queue = new PQueue({ concurrency, ...(rate === undefined ? {} : { interval: 60_000 / rate, intervalCap: 1 }) });
  for (const [place, planned] of plan.entries()) {
    if (stopping.aborted) break;
    await queue.onSizeLessThan(concurrency * AHEAD);
    void queue.add(() => runOne(planned, place));
  }
  await queue.onIdle();
  if (failure !== undefined) throw failure;
  return { tally, places, ...(signal.aborted ? { stopped: 'interrupted' as const } : stop.signal.aborted ? { stopped: 'errors' as const } : {}) };
}
