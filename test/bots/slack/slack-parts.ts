import { createHmac } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import { expect, onTestFinished } from 'vitest';
import type { SlackSettings } from '../../../src/bot-settings.ts';
import type { Adapter } from '../../../src/bots/adapter.ts';
import type { Bot, Incoming, Reply } from '../../../src/bots/bot.ts';
import type { Acceptance, Inbox } from '../../../src/bots/inbox.ts';
import { openSlack } from '../../../src/bots/slack/slack.ts';
import type { SlackLimits } from '../../../src/bots/slack/slack.ts';
import { SIGNING_SECRET } from '../../helpers/fake-slack.ts';
import type { FakeSlack } from '../../helpers/fake-slack.ts';
import { answered, findNoticeName } from '../../render/samples.ts';
import { createLog, phrases } from '../bot-parts.ts';

export const QUICK: SlackLimits = {
  callMs: 500, retries: 2, retryMs: 10, everyMs: 0, handshakeMs: 500, pingMs: 200, backoffMs: 40, mostBackoffMs: 200, refusedMs: 400, swapMs: 30,
};

type Answer = (incoming: Incoming, reply: Reply, signal: AbortSignal) => Promise<void>;

/** A bot that is told what to do, and keeps what it was asked. */
export class ScriptedBot implements Bot {
  readonly asked: Incoming[] = [];
  readonly stopped: string[] = [];
  readonly feedback: object[] = [];
  readonly known = new Set<string>();
  isRunning = false;
  answer: Answer = (_incoming, reply) => reply.finish({ kind: 'answer', answer: answered });

  async handle(incoming: Incoming, reply: Reply, signal: AbortSignal): Promise<void> {
    this.asked.push(incoming);
    this.known.add(incoming.conversationKey);
    await this.answer(incoming, reply, signal);
  }

  async stop(conversationKey: string): Promise<boolean> {
    this.stopped.push(conversationKey);
    return this.isRunning;
  }

  async setFeedback(feedback: { readonly answerId: string }): Promise<boolean> {
    this.feedback.push(feedback);
    return feedback.answerId === 'answer-1';
  }

  async knows(conversationKey: string): Promise<boolean> {
    return this.known.has(conversationKey);
  }

  examples(count: number): readonly string[] {
    return ['新建幼儿园多少所？', '学前教育覆盖面是多少？', '经费投入多少？', '什么时候完成？', '由谁负责？'].slice(0, count);
  }
}

/** Claims in memory; works as soon as the one who brought the event was answered. */
export class MemoryInbox implements Inbox {
  readonly keys: string[] = [];
  readonly bodies: string[] = [];
  readonly errors: unknown[] = [];
  answer: Acceptance | Error | undefined;
  signal: AbortSignal = new AbortController().signal;
  adapter: Pick<Adapter, 'work'> | undefined;
  private readonly running = new Set<Promise<void>>();

  async accept(event: Parameters<Inbox['accept']>[0]): Promise<Acceptance> {
    if (this.answer instanceof Error) throw this.answer;
    if (this.answer !== undefined) return this.answer;
    if (this.keys.includes(event.key)) return 'duplicate';
    this.keys.push(event.key);
    this.bodies.push(event.body);
    setImmediate(() => {
      const work = (this.adapter?.work(event, this.signal) ?? Promise.resolve()).catch((error: unknown) => void this.errors.push(error)).finally(() => this.running.delete(work));
      this.running.add(work);
    });
    return 'accepted';
  }

  async settle(): Promise<void> {
    do {
      await turn();
      await Promise.all(this.running);
    } while (this.running.size > 0);
  }
}

export interface OpenedSlack {
  readonly fake: FakeSlack;
  readonly bot: ScriptedBot;
  readonly inbox: MemoryInbox;
  readonly adapter: Adapter;
  readonly app: FastifyInstance;
  readonly lines: readonly string[];
  /** Sends a signed request, and waits until it is worked on. */
  post(payload: object | string, changes?: PostChanges): Promise<{ readonly status: number; readonly body: string; readonly retryAfter: string | null; readonly ms: number }>;
  settle(): Promise<void>;
}

export interface PostChanges {
  readonly headers?: Readonly<Record<string, string>>;
  readonly contentType?: string;
  readonly timestamp?: string;
  readonly signature?: string;
  /** What is sent in the place of what was signed. */
  readonly sent?: string;
}

export function sign(body: string, timestamp: string, secret = SIGNING_SECRET): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
}

export interface OpenSlackOptions {
  readonly mode?: SlackSettings['mode'];
  readonly limits?: Partial<SlackLimits>;
  readonly settings?: Partial<SlackSettings>;
  readonly clock?: () => number;
  /** Left out: waits until the adapter is up. */
  readonly isStarted?: boolean;
}

/** The adapter over a Slack on loopback, in a service that listens. */
export async function openSlackAdapter(fake: FakeSlack, { mode = 'http', limits, settings, clock = Date.now, isStarted = true }: OpenSlackOptions = {}): Promise<OpenedSlack> {
  const bot = new ScriptedBot();
  const inbox = new MemoryInbox();
  const { logger, lines } = createLog();
  const adapter = openSlack({ settings: fake.settings(mode, settings), bot, inbox, phrases, findNoticeName, publicBaseUrl: 'https://qa.example.gov.cn', logger, limits: { ...QUICK, ...limits }, clock });
  inbox.adapter = adapter;
  const app = fastify();
  app.post('/api/echo', async ({ body }) => ({ got: body }));
  if (adapter.routes !== undefined) await app.register(adapter.routes);
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  onTestFinished(async () => {
    await adapter.stop();
    await adapter.close();
    await app.close();
  });
  if (isStarted) {
    adapter.start();
    await expect.poll(() => adapter.state.phase, { interval: 5, timeout: 3_000 }).toBe('up');
  }
  return {
    fake, bot, inbox, adapter, app, lines,
    settle: () => inbox.settle(),
    async post(payload, { headers = {}, contentType = 'application/json', timestamp = String(Math.floor(clock() / 1_000)), signature, sent } = {}) {
      const body = typeof payload === 'string' ? payload : JSON.stringify(payload);
      const startedAt = performance.now();
      const response = await fetch(`${url}/slack/events`, {
        method: 'POST', body: sent ?? body,
        headers: { 'content-type': contentType, 'x-slack-request-timestamp': timestamp, 'x-slack-signature': signature ?? sign(body, timestamp), ...headers },
      });
      const text = await response.text();
      return { status: response.status, body: text, retryAfter: response.headers.get('retry-after'), ms: performance.now() - startedAt };
    },
  };
}
