import { join } from 'node:path';
import type { BaseMessage } from '@langchain/core/messages';
import { AIMessage, HumanMessage } from '@langchain/core/messages';
import { ChatPromptTemplate, MessagesPlaceholder } from '@langchain/core/prompts';
import { packageRoot } from '../package-root.ts';
import { removeInvisible } from '../text/normalize.ts';
import type { Message } from './answer.ts';
import { readPromptFile } from './prompt-file.ts';
import { clip, estimateTokens, renderEvidence, type NumberedSpan } from './number-evidence.ts';

/** What the model writes, alone, where the notices don't answer. Fixed, so that code can tell. */
export const NOT_WRITTEN = '通知里没有写到这个问题的答案。';

/** The prompts as staff wrote them, ready to be filled. */
export interface Prompts {
  readonly answer: ChatPromptTemplate;
  readonly standaloneQuestion: ChatPromptTemplate;
  /** The rules as they stand, for telling when a reply recites them. */
  readonly rules: string;
}

/** The most of one earlier message that goes along. */
const LONGEST_TURN = 600;
/** The share of the budget that earlier turns may take, and the most tokens. */
const HISTORY_SHARE = 0.25;
const HISTORY_TOKENS = 1500;
const LONGEST_QUESTION = 2000;

/**
 * Reads the prompts. Values put into them are never read as templates: braces in a question or notice are harmless.
 *
 * @throws AssistantError `bad-setting` naming the file and what is missing in it.
 */
export function loadPrompts(folder: string = join(packageRoot, 'prompts')): Prompts {
  const answer = readPromptFile(join(folder, 'answer.md'), ['numbers', 'notWritten', 'evidence', 'question']);
  const standalone = readPromptFile(join(folder, 'standalone-question.md'), ['history', 'question']);
  return {
    answer: ChatPromptTemplate.fromMessages([['system', answer.system], new MessagesPlaceholder('history'), ['human', answer.human]]),
    standaloneQuestion: ChatPromptTemplate.fromMessages([['system', standalone.system], ['human', standalone.human]]),
    rules: `${answer.system}\n${standalone.system}`.replace(/\{\w+\}/g, '\n'),
  };
}

export interface AnswerMatter {
  readonly question: string;
  readonly history: readonly Message[];
  readonly evidence: readonly NumberedSpan[];
  /** Of which history may take a part. */
  readonly tokenBudget: number;
}

/** The messages that ask for an answer from numbered sentences. */
export async function renderAnswerPrompt(
  { answer }: Prompts,
  { question, history, evidence, tokenBudget }: AnswerMatter,
): Promise<BaseMessage[]> {
  const turns = trimHistory(history, Math.min(HISTORY_TOKENS, tokenBudget * HISTORY_SHARE));
  return answer.formatMessages({
    numbers: evidence.length === 0 ? '（无）' : `1 到 ${evidence.length}`,
    notWritten: NOT_WRITTEN,
    evidence: renderEvidence(evidence),
    question: toPlain(question, LONGEST_QUESTION),
    history: turns.map(({ role, content }) => (role === 'user' ? new HumanMessage(content) : new AIMessage(content))),
  });
}

/** The messages that ask for a question that stands without its history. */
export async function renderStandalonePrompt(prompts: Prompts, history: readonly Message[], question: string): Promise<BaseMessage[]> {
  const turns = trimHistory(history, HISTORY_TOKENS).map(({ role, content }) => `${role === 'user' ? '问' : '答'}：${content}`);
  return prompts.standaloneQuestion.formatMessages({ history: turns.join('\n'), question: toPlain(question, LONGEST_QUESTION) });
}

const MARKS = /\[\d{1,3}\]/g;

/** The latest turns that fit, without marks: their numbers meant other sentences. */
export function trimHistory(history: readonly Message[], tokens: number): Message[] {
  const kept: Message[] = [];
  let left = tokens;
  for (const { role, content } of history.toReversed()) {
    const plain = toPlain(content, LONGEST_TURN).replace(MARKS, '');
    left -= estimateTokens(plain);
    if (left < 0) break;
    kept.unshift({ role, content: plain });
  }
  return kept;
}

/** One line, nothing unseen, and nothing that could pass for our own frame around it. */
export function toPlain(text: string, longest: number): string {
  return clip(removeInvisible(text).replace(/\s+/g, ' ').replace(/【(材料|问题|前文|最后一个问题|引文|回答|标准)(完?)】/g, '（$1$2）').trim(), longest);
}
