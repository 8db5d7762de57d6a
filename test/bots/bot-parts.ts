import { setTimeout as delay } from 'node:timers/promises';
import { loadPhrases } from '../../src/text/phrases.ts';
import type { Bot, Incoming, Reply } from '../../src/bots/bot.ts';
import { createBot } from '../../src/bots/create-bot.ts';
import type { BotOptions } from '../../src/bots/create-bot.ts';
import type { Logger } from '../../src/logger.ts';
import { createBotHost } from '../../src/service/bot-host.ts';
import { createKeeper } from '../../src/service/keeper.ts';
import { createLifecycle } from '../../src/service/lifecycle.ts';
import { createRunningAnswers } from '../../src/service/running-answers.ts';
import { createAdmission } from '../../src/service/access/admission.ts';
import type { AnswerSoFar, BotMessage } from '../../src/render/bot-message.ts';
import type { Store } from '../../src/store/store.ts';
import { createFakeAssistant } from '../helpers/fake-assistant.ts';
import type { FakeAssistantOptions } from '../helpers/fake-assistant.ts';

export const phrases = loadPhrases();

/** A log that is kept, line by line. */
export function createLog(): { readonly logger: Logger; readonly lines: string[] } {
  const lines: string[] = [];
  const write = (level: string) => (details: object | string, message = '') => void lines.push(`${level} ${typeof details === 'string' ? details : `${message} ${JSON.stringify(details)}`}`);
  return { lines, logger: { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') } };
}

/** What a reply was told, in order; `faults` are thrown once each, by the name of the call. */
export class RecordedReply implements Reply {
  readonly calls: string[] = [];
  readonly messages: BotMessage[] = [];
  readonly soFar: AnswerSoFar[] = [];
  onBegin: () => void = () => undefined;
  private readonly faults: Map<string, Error>;
  private readonly progressMs: number;

  constructor(faults: Readonly<Record<string, Error>> = {}, progressMs = 0) {
    this.faults = new Map(Object.entries(faults));
    this.progressMs = progressMs;
  }

  private note(call: string): void {
    this.calls.push(call);
    const fault = this.faults.get(call);
    if (fault !== undefined) throw fault;
  }

  async begin(): Promise<void> {
    this.onBegin();
    this.note('begin');
  }

  async progress(soFar: AnswerSoFar): Promise<void> {
    this.soFar.push(soFar);
    if (this.progressMs > 0) await delay(this.progressMs);
    this.note('progress');
  }

  async finish(message: BotMessage): Promise<void> {
    this.messages.push(message);
    this.note('finish');
  }

  async cancel(): Promise<void> {
    this.note('cancel');
  }
}

export function createIncoming(text: string, changes: Partial<Incoming> = {}): Incoming {
  return { channel: 'slack', conversationKey: 'slack:T1:C1:1700000000.000100', isGroup: true, text, ...changes };
}

export interface BuiltBot {
  readonly bot: Bot;
  readonly assistant: ReturnType<typeof createFakeAssistant>;
  readonly lifecycle: ReturnType<typeof createLifecycle>;
  readonly host: ReturnType<typeof createBotHost>;
  readonly lines: readonly string[];
  ask(text: string, changes?: Partial<Incoming>, reply?: RecordedReply): Promise<RecordedReply>;
}

export interface BuildBotOptions extends Partial<Pick<BotOptions, 'groupMode' | 'waitsMs'>> {
  readonly store?: Store;
  readonly mostAnswers?: number;
  readonly clock?: () => number;
}

/** A bot over a fake assistant and the service's own rooms. */
export function buildBot(script: FakeAssistantOptions = {}, { store, mostAnswers = 100, clock, groupMode = 'always', waitsMs = [] }: BuildBotOptions = {}): BuiltBot {
  const assistant = createFakeAssistant(script);
  const lifecycle = createLifecycle(assistant);
  const { logger, lines } = createLog();
  const keeper = createKeeper({ store, logger });
  const answers = createRunningAnswers({ lifecycle, keeper, admission: createAdmission(mostAnswers), longestMs: 10_000 });
  const host = createBotHost({ lifecycle, keeper, answers, stopEveryMs: 20, ...(clock && { clock }) });
  const bot = createBot({ host, phrases, logger, groupMode, waitsMs });
  return {
    bot, assistant, lifecycle, host, lines,
    async ask(text, changes = {}, reply = new RecordedReply()) {
      await bot.handle(createIncoming(text, changes), reply, new AbortController().signal);
      return reply;
    },
  };
}
