import type { App } from '@slack/bolt';
import { choosePhrase } from '../../answer/wording.ts';
import type { Logger } from '../../logger.ts';
import { renderSlackMessage } from '../../render/slack.ts';
import type { SlackRenderOptions } from '../../render/slack.ts';
import type { Phrases } from '../../text/phrases.ts';
import type { Bot } from '../bot.ts';
import { codeOf } from './failures.ts';
import type { WebClient } from './work-context.ts';

export interface HomeOptions {
  readonly bot: Bot;
  readonly phrases: Phrases;
  readonly rendering: SlackRenderOptions;
  readonly logger: Logger;
}

/** Slack shows so many. */
const MOST_PROMPTS = 4;
const LONGEST_PROMPT = 75;

/** What people find when they open the bot's page, or a chat with it. */
export function listenToHome(app: App, { bot, phrases, rendering, logger }: HomeOptions): void {
  async function suggest(client: WebClient, channel: string, threadTs?: string): Promise<void> {
    const prompts = bot.examples(MOST_PROMPTS).slice(0, MOST_PROMPTS).map((question) => ({ title: [...question].slice(0, LONGEST_PROMPT).join(''), message: question }));
    if (prompts.length === 0) return;
    await client.assistant.threads.setSuggestedPrompts({ channel_id: channel, prompts, title: choosePhrase(phrases.render, 'suggestions'), ...(threadTs !== undefined && { thread_ts: threadTs }) });
  }

  async function publish(client: WebClient, userId: string): Promise<void> {
    const [part] = renderSlackMessage({ kind: 'words', text: choosePhrase(phrases.bots, 'help'), suggestions: bot.examples(MOST_PROMPTS) }, rendering);
    await client.views.publish({ user_id: userId, view: { type: 'home', blocks: [...(part?.blocks ?? [])] as never } });
  }

  /** Nobody waits for it, and nothing is lost with it. */
  async function tryTo(work: Promise<void>): Promise<void> {
    await work.catch((error: unknown) => logger.debug({ reason: codeOf(error) }, 'Slack did not take the bot’s page or its prompts'));
  }

  app.event('app_home_opened', async ({ event, client }) => tryTo(event.tab === 'home' ? publish(client, event.user) : suggest(client, event.channel)));

  // Apps that were made before agents had a view of their own.
  app.event('assistant_thread_started', async ({ event, client }) => {
    const { channel_id: channel, thread_ts: threadTs } = event.assistant_thread;
    await tryTo(suggest(client, channel, threadTs));
  });
}
