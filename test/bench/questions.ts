import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repository } from './processes.ts';

export interface AskBody {
  readonly question: string;
  /** False: nothing is kept of it. */
  readonly keep?: boolean;
  readonly history?: readonly { readonly role: string; readonly content: string }[];
}

/** The questions of one development set in `eval/`, as bodies of POST /api/ask. The sets held out are never read here. */
export async function loadQuestions(set: 'taizhou-2020' | 'layouts'): Promise<AskBody[]> {
  const text = await readFile(join(repository, 'eval', `${set}.dev.jsonl`), 'utf8');
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const { question, history } = JSON.parse(line) as AskBody;
      return history === undefined ? { question } : { question, history };
    });
}
