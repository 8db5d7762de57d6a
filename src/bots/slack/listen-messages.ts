import type { App } from '@slack/bolt';
import type { Logger } from '../../logger.ts';
import type { SlackRenderOptions } from '../../render/slack.ts';
import type { Bot } from '../bot.ts';
import { readMessageEvent } from './message-event.ts';
import type { SlackSaid } from './message-event.ts';
import { createSlackReply } from './reply.ts';
import type { SlackSessions } from './session.ts';
import { signalOf, teamOf } from './work-context.ts';
import type { WebClient, WorkArgs } from './work-context.ts';

export interface MessageOptions {
  readonly onceClient: WebClient;
  readonly bot: Bot;
  readonly sessions: SlackSessions;
  readonly rendering: SlackRenderOptions;
  readonly logger: Logger;
  readonly everyMs: number;
  readonly clock: () => number;
}

/** Mentions, direct messages, and what is said in threads where the bot takes part. */
export function listenToMessages(app: App, { onceClient, bot, sessions, rendering, logger, everyMs, clock }: MessageOptions): void {
  /** By conversation: what is being answered, and behind it what waits for that; each by its `ts`. */
  const asking = new Map<string, string[]>();

  async function ask(said: SlackSaid, conversationKey: string, client: WebClient, args: WorkArgs): Promise<void> {
    asking.set(conversationKey, [...(asking.get(conversationKey) ?? []), said.ts]);
    try {
      await answer(said, conversationKey, client, args);
    } finally {
      const [...left] = asking.get(conversationKey) ?? [];
      left.splice(left.indexOf(said.ts), 1);
      if (left.length === 0) asking.delete(conversationKey);
      else asking.set(conversationKey, left);
    }
  }

  /** Others' words, and earlier ones, may change in the same thread; what another process answers is not known. */
  const isBeingAnswered = ({ ts }: SlackSaid, conversationKey: string): boolean => (asking.get(conversationKey)?.[0] ?? ts) === ts;

  async function answer(said: SlackSaid, conversationKey: string, client: WebClient, { body, context }: WorkArgs): Promise<void> {
    const { channel, threadTs, isDirect, userId, userTeamId, text, hasAttachment } = said;
    const reply = createSlackReply({
      client, onceClient, place: { channel, threadTs }, recipient: { teamId: userTeamId || teamOf(body), userId }, isDirect, question: text, sessions, rendering, logger, everyMs, clock,
    });
    await bot.handle({ channel: 'slack', conversationKey, text, isGroup: !isDirect, hasAttachment }, reply, signalOf(context));
  }

  /** Whether the words are for the bot. A mention comes twice, as a mention and as a message: the message is left out. */
  async function isAddressed({ isDirect, isMention, isInThread, kind }: SlackSaid, isMentionEvent: boolean, conversationKey: string): Promise<boolean> {
    if (isDirect) return !isMentionEvent;
    if (kind === 'new' && isMention !== isMentionEvent) return false;
    if (kind === 'new' && isMention) return true;
    // What was said to nobody before, and is said to the bot now, is a question as well.
    return (isInThread || kind !== 'new') && (isMention || (await bot.knows(conversationKey)));
  }

  async function hear(event: unknown, isMentionEvent: boolean, client: WebClient, args: WorkArgs): Promise<void> {
    const said = readMessageEvent(event, args.context.botUserId);
    if (said === undefined) return;
    const conversationKey = `slack:${teamOf(args.body)}:${said.channel}:${said.threadTs}`;
    if (!(await isAddressed(said, isMentionEvent, conversationKey))) return;
    // An answer to words that are gone is no use any more.
    if (said.kind !== 'new' && isBeingAnswered(said, conversationKey)) await bot.stop(conversationKey);
    if (said.kind !== 'deleted') await ask(said, conversationKey, client, args);
  }

  app.event('app_mention', async ({ event, client, body, context }) => hear(event, true, client, { body, context }));
  app.event('message', async ({ event, client, body, context }) => hear(event, false, client, { body, context }));

  app.event('agent_session_stopped', async ({ event, body }) => {
    const { channel, thread_ts: threadTs } = event as unknown as { readonly channel?: string; readonly thread_ts?: string };
    if (channel === undefined || threadTs === undefined) return;
    const isStopped = await bot.stop(`slack:${teamOf(body)}:${channel}:${threadTs}`);
    // Where an answer ends, its reply ends the session; else nobody would.
    if (!isStopped) await sessions.end({ channel, threadTs });
  });
}
