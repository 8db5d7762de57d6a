import type { App } from '@slack/bolt';
import type { SlackSettings } from '../../bot-settings.ts';
import type { Logger } from '../../logger.ts';
import type { SlackRenderOptions } from '../../render/slack.ts';
import type { Bot } from '../bot.ts';
import { createCommandReply } from './command-reply.ts';
import { readSlackText } from './text.ts';
import { signalOf, teamOf } from './work-context.ts';

/** Whoever gives a command goes on with the one before for so long. */
const IDLE_MS = 30 * 60_000;

export interface CommandOptions {
  readonly bot: Bot;
  readonly settings: SlackSettings;
  readonly rendering: SlackRenderOptions;
  readonly logger: Logger;
  readonly closing: AbortSignal;
}

/** `/notice 问题`, under whatever name it was given; only the one who asks sees the answer. */
export function listenToCommands(app: App, { bot, settings, rendering, logger, closing }: CommandOptions): void {
  app.command(/^\//, async ({ command, client, body, context }) => {
    const { channel_id: channel, user_id: userId, response_url: responseUrl, text } = command;
    const conversationKey = `slack:${teamOf(body)}:${channel}:${userId}:command`;
    const reply = createCommandReply({ client, settings, responseUrl, channel, userId, rendering, logger, closing });
    await bot.handle({ channel: 'slack', conversationKey, idleMs: IDLE_MS, text: readSlackText(text, context.botUserId), isGroup: false }, reply, signalOf(context));
  });
}
