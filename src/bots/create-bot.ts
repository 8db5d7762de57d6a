import { setTimeout as delay } from 'node:timers/promises';
import type { Citation } from '../answer/answer.ts';
import { choosePhrase } from '../answer/wording.ts';
import { describeError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { AnswerSoFar, BotMessage } from '../render/bot-message.ts';
import { fillPhrase } from '../text/phrases.ts';
import type { Phrases } from '../text/phrases.ts';
import { findQuestionProblem, isTooLong, LONGEST_QUESTION } from '../text/question-problem.ts';
import type { Bot, Incoming, Reply } from './bot.ts';
import { readCommand } from './commands.ts';
import type { BotCommand } from './commands.ts';
import type { AskedAnswer, BotHost } from './host.ts';
import { createTurnTaking } from './in-turn.ts';
import { createProgress } from './progress.ts';

export interface BotOptions {
  readonly host: BotHost;
  readonly phrases: Phrases;
  readonly logger: Logger;
  /** In groups: `confident` says nothing where there is no answer. */
  readonly groupMode: 'always' | 'confident';
  /** How long is waited, each time, for a conversation in which something is being answered elsewhere, or for a place among the answers. */
  readonly waitsMs?: readonly number[];
}

const SUGGESTIONS = 3;
const MOST_TARGETS = 10;
/** Questions of one conversation that wait for the one before them; each holds a place that others might want. */
const MOST_WAITING = 5;
const WAITS_MS: readonly number[] = [500, 1_000, 2_000, 4_000, 8_000, 15_000];
/** The platform's last words when the service closes. */
const LAST_WORDS_MS = 2_000;

/** Asked while the service closes: another process, or the next start, will answer. */
function isShuttingDown(error: unknown): boolean {
  return (error as { readonly code?: unknown } | undefined)?.code === 'shutting-down';
}

/** The part of a chat bot that all platforms share. */
export function createBot({ host, phrases, logger, groupMode, waitsMs = WAITS_MS }: BotOptions): Bot {
  const takeTurns = createTurnTaking(MOST_WAITING);
  const phrase = (key: string, values: Readonly<Record<string, string>> = {}): string => fillPhrase(choosePhrase(phrases.bots, key), values);
  const sayWords = (key: string, values?: Readonly<Record<string, string>>): BotMessage => ({ kind: 'words', text: phrase(key, values), suggestions: [] });
  const sayHelp = (): BotMessage => ({ kind: 'words', text: phrase('help'), suggestions: host.examples(SUGGESTIONS) });

  async function obey(command: BotCommand, conversationKey: string): Promise<BotMessage> {
    switch (command.name) {
      case 'new':
        await host.endConversation(conversationKey);
        return { kind: 'words', text: phrase('newConversation'), suggestions: host.examples(SUGGESTIONS) };
      case 'help':
        return sayHelp();
      case 'targets': {
        const targets = host.targets(command.query);
        if (targets.length === 0) return sayWords('targetsNothing', { words: command.query });
        return { kind: 'targets', targets: targets.slice(0, MOST_TARGETS), total: targets.length };
      }
    }
  }

  /** Undefined where the conversation, or the service, stays busy. A conversation that a dead process holds is not waited for for ever: a new one is begun. */
  async function ask(incoming: Incoming, question: string, signal: AbortSignal): Promise<AskedAnswer | undefined> {
    for (const waitMs of [...waitsMs, undefined]) {
      const asked = await host.ask(incoming, question);
      if (typeof asked !== 'string') return asked;
      if (waitMs !== undefined) {
        await delay(waitMs, undefined, { signal });
      } else if (asked === 'busy') {
        await host.endConversation(incoming.conversationKey);
        const again = await host.ask(incoming, question);
        return typeof again === 'string' ? undefined : again;
      }
    }
    return undefined;
  }

  /** Follows an answer to its end; undefined where nothing is to be said. */
  async function answer(asked: AskedAnswer, reply: Reply, isQuiet: boolean, signal: AbortSignal): Promise<BotMessage | undefined> {
    const noteFailure = (error: unknown): void => logger.debug({ reason: describeError(error) }, 'the progress of an answer could not be shown');
    if (!isQuiet) await reply.begin?.({ answerId: asked.answerId }).catch(noteFailure);
    const progress = createProgress(isQuiet ? undefined : reply.progress && ((soFar) => reply.progress?.(soFar) ?? Promise.resolve()), noteFailure);
    let text = '';
    const citations: Citation[] = [];
    const tellSoFar = (): AnswerSoFar => ({ text, citations: [...citations] });
    try {
      for await (const event of asked.events) {
        if (event.type === 'citation-added') citations.push(event.citation);
        if (event.type === 'text-delta') {
          text += event.text;
          progress.tell(tellSoFar());
        }
        if (event.type === 'answer-stopped') return { kind: 'stopped', soFar: tellSoFar() };
        if (event.type === 'answer-end') return isQuiet && event.answer.status !== 'answered' ? undefined : { kind: 'answer', answer: event.answer };
      }
      throw new Error('The answer ended without its last event.');
    } catch (error) {
      if (signal.aborted || isShuttingDown(error)) {
        await progress.end();
        if (!isQuiet) await lastWords(reply, { kind: 'broken', soFar: tellSoFar(), text: phrase('restarting') });
        throw error;
      }
      logger.warn({ reason: describeError(error) }, 'a question from a chat was not answered');
      return text === '' ? sayWords('failed') : { kind: 'broken', soFar: tellSoFar(), text: phrase('broken') };
    } finally {
      await progress.end();
    }
  }

  async function lastWords(reply: Reply, message: BotMessage): Promise<void> {
    await Promise.race([reply.finish(message).catch(() => undefined), delay(LAST_WORDS_MS, undefined, { ref: false })]);
  }

  async function reflect(incoming: Incoming, reply: Reply, signal: AbortSignal): Promise<BotMessage | undefined> {
    const { conversationKey, isGroup, hasAttachment = false } = incoming;
    const text = incoming.text.trim();
    if (text === '') return hasAttachment ? sayWords('unreadable') : sayHelp();
    const command = readCommand(text, phrases);
    if (command !== undefined) return obey(command, conversationKey);
    if (isTooLong(text)) return sayWords('tooLong', { n: String(LONGEST_QUESTION) });
    if (findQuestionProblem(text) !== undefined) return sayHelp();
    const isQuiet = isGroup && groupMode === 'confident';
    const taken = await takeTurns(conversationKey, async () => {
      const asked = await ask(incoming, text, signal);
      return { message: asked === undefined ? sayWords('busy') : await answer(asked, reply, isQuiet, signal) };
    });
    return taken === undefined ? sayWords('waiting') : taken.message;
  }

  return {
    async handle(incoming, reply, signal) {
      const { channel } = incoming;
      let message: BotMessage | undefined;
      try {
        message = await reflect(incoming, reply, signal);
      } catch (error) {
        if (signal.aborted || isShuttingDown(error)) throw error;
        logger.error({ channel, err: error }, 'a message from a chat could not be handled');
        message = sayWords('failed');
      }
      try {
        await (message === undefined ? reply.cancel?.() : reply.finish(message));
      } catch (error) {
        if (signal.aborted) throw error;
        logger.error({ channel, reason: describeError(error) }, 'a reply could not be sent');
      }
    },
    stop: (conversationKey) => host.stop(conversationKey),
    setFeedback: (feedback) => host.setFeedback(feedback),
    knows: (conversationKey) => host.knows(conversationKey),
    examples: (count) => host.examples(count),
  };
}
