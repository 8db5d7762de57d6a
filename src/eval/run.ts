import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { askOnce, openAssistant } from '../assistant.ts';
import type { Assistant } from '../assistant.ts';
import type { Config } from '../config.ts';
import { listNoticeFiles } from '../corpus/load.ts';
import { loadLexicon } from '../corpus/lexicon.ts';
import { AssistantError, describeError } from '../errors.ts';
import type { EvaluationCase } from './cases.ts';
import { findGoldPlaces, scoreAnswer } from './scorers.ts';
import type { ScoreContext } from './scorers.ts';
import type { Asked, Result } from './summary.ts';

export interface CaseOfSet {
  readonly set: string;
  readonly evaluationCase: EvaluationCase;
}

export interface RunOptions {
  /** Its corpus answers the cases that name no notice. */
  readonly config: Config;
  /** Where the notices lie that cases name, beside the corpus folder. */
  readonly noticesDir: string;
  /** Ends the run between two questions, or in one. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

export interface Run {
  /** In the order of the cases. */
  readonly results: readonly Result[];
  /** `extractive`, or the chat model's name. */
  readonly mode: string;
  /** Quotes and sections of the gold that stand in no notice: citations can't be compared with them. */
  readonly missing: readonly { readonly id: string; readonly what: string }[];
}

async function findNoticeFile(id: string, folders: readonly string[]): Promise<string> {
  for (const folder of folders) {
    const file = (await listNoticeFiles(folder)).find((name) => name.replace(/\.[^.]*$/, '').normalize('NFC') === id.normalize('NFC'));
    if (file !== undefined) return join(folder, file);
  }
  const where = folders.join(' or ');
  const message = `Cannot ask about the notice "${id}": there is no such file in ${where}. Correct the set, or add the notice.`;
  throw new AssistantError('bad-request', message);
}

/** A corpus of one notice in a folder of its own: what lies beside it must not help or mislead. */
async function isolateNotice(file: string, folder: string): Promise<string> {
  const corpusDir = join(folder, 'corpus');
  await mkdir(corpusDir, { recursive: true });
  await copyFile(file, join(corpusDir, basename(file)));
  return corpusDir;
}

async function ask(
  assistant: Assistant, evaluationCase: EvaluationCase, context: ScoreContext, signal: AbortSignal | undefined,
): Promise<Asked | { readonly error: string }> {
  const { question, history, notice } = evaluationCase;
  const started = performance.now();
  try {
    const answer = await askOnce(assistant, question, {
      history, explain: true, ...(signal && { signal }), ...(notice === undefined ? {} : { noticeIds: [notice.normalize('NFC')] }),
    });
    const ms = performance.now() - started;
    const { status, answer: text, citations, refusal } = answer;
    return { status, answer: text, citations, ...(refusal && { refusal }), score: scoreAnswer(evaluationCase, answer, context), ms };
  } catch (error) {
    if (signal?.aborted === true) throw error;
    return { error: describeError(error) };
  }
}

/**
 * Asks every case, one after the other: those that name a notice over a corpus of that notice alone, the others over the configured corpus.
 * A case that throws becomes an error and doesn't stop the others.
 *
 * @throws AssistantError `bad-request` before the first question where a case names a notice that isn't there;
 * `aborted` when the signal is; what `openAssistant` throws.
 */
export async function runCases(cases: readonly CaseOfSet[], { config, noticesDir, signal, onProgress }: RunOptions): Promise<Run> {
  const ids = [...new Set(cases.map(({ evaluationCase }) => evaluationCase.notice))];
  const files = new Map<string, string>();
  for (const id of ids) if (id !== undefined) files.set(id, await findNoticeFile(id, [config.corpusDir, noticesDir]));
  const { lexicon } = await loadLexicon(config.lexiconFile);
  const results: Result[] = [];
  const missing: { id: string; what: string }[] = [];
  let mode = 'extractive';
  const scratch = await mkdtemp(join(tmpdir(), 'wence-eval-'));
  try {
    for (const [index, id] of ids.entries()) {
      const folder = join(scratch, String(index));
      const file = id === undefined ? undefined : files.get(id);
      const corpusDir = file === undefined ? config.corpusDir : await isolateNotice(file, folder);
      const assistant = await openAssistant({ ...config, corpusDir, dataDir: join(folder, 'data') });
      try {
        mode = assistant.chatModelId ?? mode;
        const context: ScoreContext = { notices: assistant.corpus.notices, names: lexicon.proper };
        for (const { set, evaluationCase } of cases) {
          if (evaluationCase.notice !== id) continue;
          for (const what of findGoldPlaces(evaluationCase.gold, context.notices).missing) missing.push({ id: evaluationCase.id, what });
          results.push({ set, evaluationCase, outcome: await ask(assistant, evaluationCase, context, signal) });
          onProgress?.(results.length, cases.length);
        }
      } finally {
        await assistant.close();
      }
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  const order = new Map(cases.map(({ evaluationCase }, index) => [evaluationCase, index]));
  const place = ({ evaluationCase }: Result): number => order.get(evaluationCase) ?? 0;
  return { results: results.toSorted((left, right) => place(left) - place(right)), mode, missing };
}
