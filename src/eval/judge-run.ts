import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import PQueue from 'p-queue';
import { loadJudgePrompts } from '../answer/judge-prompt.ts';
import type { Config } from '../config.ts';
import { AssistantError } from '../errors.ts';
import { openJudgeModel } from '../open-models.ts';
import type { NamedSet } from './evaluate.ts';
import { createInOrder } from './in-order.ts';
import { judgeCase, summarizeJudgements } from './judge.ts';
import type { JudgeRecord, JudgeSummary } from './judge.ts';
import { openJsonlWriter } from './jsonl.ts';
import { readRecords } from './run-folder.ts';

export interface JudgeRunOptions {
  readonly config: Config;
  readonly sets: readonly NamedSet[];
  readonly repeats: number;
  readonly concurrency: number;
  readonly signal: AbortSignal;
  readonly onProgress?: (done: number) => void;
}

const FILES = { records: 'judge.jsonl', summary: 'judge.json' } as const;

function goldQuotesOf(sets: readonly NamedSet[]): ReadonlyMap<string, readonly string[]> {
  return new Map(sets.flatMap(({ name, set }) => set.cases.map((each) => {
    const { case: evaluationCase } = each;
    const gold = 'gold' in evaluationCase ? evaluationCase.gold : undefined;
    return [`${name}#${evaluationCase.id}`, [gold?.quote, ...(gold?.quotes ?? [])].filter((quote) => quote !== undefined)] as const;
  })));
}

/**
 * Has the judge of the settings look at every answer of a run, and keeps its raw verdicts beside them.
 *
 * @throws AssistantError `bad-setting` where no judge is set.
 */
export async function judgeRun(folder: string, { config, sets, repeats, concurrency, signal, onProgress }: JudgeRunOptions): Promise<readonly JudgeSummary[]> {
  const model = await openJudgeModel(config);
  if (model === undefined) throw new AssistantError('bad-setting', 'No judge is set: --judge needs JUDGE_MODEL, and a key or base URL.');
  const options = { model, prompts: loadJudgePrompts(), repeats };
  const quotes = goldQuotesOf(sets);
  const writer = openJsonlWriter(join(folder, FILES.records), 'w');
  const all: JudgeRecord[] = [];
  try {
    const ordered = createInOrder<readonly JudgeRecord[]>((records) => {
      for (const record of records) writer.write(record);
      // What the model said stays in the file alone.
      all.push(...records.map((record) => ({ ...record, judgements: record.judgements.map((judgement) => ('error' in judgement ? { error: '' } : { ...judgement, reason: '' })) })));
    });
    const queue = new PQueue({ concurrency });
    let place = 0;
    let failure: unknown;
    for await (const { record } of readRecords(folder)) {
      signal.throwIfAborted();
      const own = place;
      place += 1;
      await queue.onSizeLessThan(concurrency * 2);
      void queue.add(async () => {
        try {
          ordered.put(own, await judgeCase(record, quotes.get(`${record.set}#${record.id}`) ?? [], options, signal));
          onProgress?.(all.length);
        } catch (error) {
          failure ??= error;
        }
      });
    }
    await queue.onIdle();
    if (failure !== undefined) throw failure;
  } finally {
    writer.close();
  }
  const summary = summarizeJudgements(all);
  await writeFile(join(folder, FILES.summary), `${JSON.stringify({ model: model.id, repeats, summary }, undefined, 2)}\n`);
  return summary;
}

/** What a judge said of a run; undefined where none was asked. */
export async function loadJudgeSummary(folder: string): Promise<{ readonly model: string; readonly summary: readonly JudgeSummary[] } | undefined> {
  try {
    return JSON.parse(await readFile(join(folder, FILES.summary), 'utf8')) as { readonly model: string; readonly summary: readonly JudgeSummary[] };
  } catch {
    return undefined;
  }
}
