import { Command } from 'commander';
import type { Answer } from '../answer/answer.ts';
import type { AskOptions, Assistant } from '../assistant.ts';
import { loadConfig, wantsColors } from '../config.ts';
import { renderExplanation } from '../render/explain.ts';
import { renderJson } from '../render/json.ts';
import { toPrintable } from '../render/printable.ts';
import { renderClaimText, renderFooter, renderText } from '../render/text.ts';
import type { TextOptions } from '../render/text.ts';
import { loadPhrases } from '../text/phrases.ts';
import { findQuestionProblem } from '../text/question-problem.ts';
import { checkNotices } from './check-notices.ts';
import { createConsoleLogger } from './console-logger.ts';
import type { CommandContext } from './context.ts';
import { UsageError } from './exit-codes.ts';
import { untilInterrupted } from './interrupt.ts';
import { gather } from './options.ts';

interface AskFlags {
  readonly json?: true;
  readonly stream?: true;
  readonly why?: true;
  readonly notice?: readonly string[];
}

/** More than any question, less than a file that was piped by mistake. */
const MOST_INPUT = 64 * 1024;

async function readInput({ stdin }: CommandContext): Promise<string> {
  if (stdin.isTTY) throw new UsageError('What is the question? Give it as an argument, as in wence ask "…", or on standard input.');
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  try {
    for await (const chunk of stdin) {
      text += typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
      if (text.length > MOST_INPUT) throw new UsageError('Standard input is too long for a question.');
    }
    return text + decoder.decode();
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError('Standard input is not UTF-8 text.', { cause: error });
    throw error;
  }
}

function checkQuestion(text: string): string {
  const problem = findQuestionProblem(text);
  if (problem !== undefined) throw new UsageError(`The question ${problem}.`);
  return toPrintable(text).trim();
}

/** A question that is about to be asked, and how its answer is to look. */
interface Asking {
  readonly assistant: Assistant;
  readonly question: string;
  readonly options: AskOptions;
  readonly text: TextOptions;
}

async function printStream({ assistant, question, options, text }: Asking, { stdout }: CommandContext): Promise<Answer | undefined> {
  for await (const event of assistant.ask(question, options)) {
    if (event.type === 'text-delta') stdout.write(renderClaimText(event.text, text.colors));
    if (event.type !== 'answer-end') continue;
    const footer = renderFooter(event.answer, text);
    stdout.write(footer === '' ? '\n' : `\n\n${footer}\n`);
    return event.answer;
  }
  return undefined;
}

async function printWhole(asking: Asking, flags: AskFlags, { stdout }: CommandContext): Promise<Answer | undefined> {
  const { assistant, question, options, text } = asking;
  for await (const event of assistant.ask(question, options)) {
    if (flags.json && flags.stream) stdout.write(renderJson(event, 0));
    if (event.type !== 'answer-end') continue;
    if (!flags.json) stdout.write(renderText(event.answer, text));
    else if (!flags.stream) stdout.write(renderJson(event.answer));
    return event.answer;
  }
  return undefined;
}

async function ask(words: readonly string[], flags: AskFlags, context: CommandContext): Promise<void> {
  const question = checkQuestion(words.length > 0 ? words.join(' ') : await readInput(context));
  const config = loadConfig(context.env, { cwd: context.cwd });
  const logger = createConsoleLogger(context.stderr, config);
  for (const warning of config.warnings) logger.warn(warning);
  const assistant = await context.openAssistant(config, { logger });
  try {
    const noticeIds = flags.notice?.map((id) => id.normalize('NFC'));
    checkNotices(assistant, noticeIds ?? []);
    const text: TextOptions = {
      phrases: loadPhrases(),
      findNoticeName: (id) => assistant.corpus.notices.find((notice) => notice.id === id),
      colors: wantsColors(context.stdout, context.env),
    };
    await untilInterrupted(async (signal) => {
      const options: AskOptions = { signal, ...(noticeIds && { noticeIds }), ...(flags.why && { explain: true }) };
      const asking: Asking = { assistant, question, options, text };
      const answer = await (flags.stream && !flags.json ? printStream(asking, context) : printWhole(asking, flags, context));
      if (answer === undefined) throw new Error('The assistant ended without an answer.');
      if (flags.why && !flags.json && answer.explain !== undefined) context.stdout.write(`\n${renderExplanation(answer.explain, text)}\n`);
    });
  } finally {
    await assistant.close();
  }
}

/** `wence ask`: one question, one cited answer. */
export function createAskCommand(context: CommandContext): Command {
  return new Command('ask')
    .summary('answer one question')
    .description('Answers one question: what the notices say, each sentence with the place that proves it.')
    .argument('[question...]', 'the question; read from standard input where it is left out')
    .option('--json', 'print the answer as JSON; with --stream, one event a line')
    .option('--stream', 'print each sentence as soon as it is verified')
    .option('--notice <id>', 'ask this notice only; may be given several times', gather)
    .option('--why', 'show how the answer was found')
    .addHelpText(
      'after',
      `
Exit codes: 0 answered or refused, 1 could not, 2 wrong usage or settings, 130 interrupted.

Examples:
  $ wence ask "2020年要建多少所二级以上标准幼儿园?"
  $ wence ask --notice 2020-taizhou-education --why "谁负责校园安全?"
  $ echo "教育投入是多少?" | wence ask --json | jq .lead.text`,
    )
    .action((words: string[], flags: AskFlags) => ask(words, flags, context));
}
