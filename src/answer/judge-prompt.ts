import { join } from 'node:path';
import type { BaseMessage } from '@langchain/core/messages';
import { ChatPromptTemplate } from '@langchain/core/prompts';
import { packageRoot } from '../package-root.ts';
import { readPromptFile } from './prompt-file.ts';
import { toPlain } from './prompt.ts';

/** `faithfulness`: the answer follows from what it cites; `correctness`: it says what the gold says. */
export type Criterion = 'faithfulness' | 'correctness';

/** What a judge is shown. */
export interface JudgedMatter {
  readonly question: string;
  readonly answer: string;
  /** The cited words, in the order of their marks. */
  readonly cited: readonly string[];
  /** What a right answer says, in words and quotes. */
  readonly gold: string;
}

/** Renders the messages that ask a judge. */
export type JudgePrompts = Readonly<Record<Criterion, (matter: JudgedMatter) => Promise<BaseMessage[]>>>;

const LONGEST = 4000;

/** Reads the judge's prompts. @throws AssistantError `bad-setting` naming the file and what is wrong in it. */
export function loadJudgePrompts(folder: string = join(packageRoot, 'prompts')): JudgePrompts {
  const read = (file: string, places: readonly string[]): ChatPromptTemplate => {
    const { system, human } = readPromptFile(join(folder, file), places);
    return ChatPromptTemplate.fromMessages([['system', system], ['human', human]]);
  };
  const faithfulness = read('judge-faithfulness.md', ['cited', 'question', 'answer']);
  const correctness = read('judge-correctness.md', ['gold', 'question', 'answer']);
  const toLines = ({ question, answer }: JudgedMatter): { question: string; answer: string } => ({ question: toPlain(question, LONGEST), answer: toPlain(answer, LONGEST) });
  return {
    faithfulness: (matter) => faithfulness.formatMessages({ ...toLines(matter), cited: matter.cited.map((text, index) => `[${index + 1}] ${toPlain(text, LONGEST)}`).join('\n') }),
    correctness: (matter) => correctness.formatMessages({ ...toLines(matter), gold: toPlain(matter.gold, LONGEST) }),
  };
}
