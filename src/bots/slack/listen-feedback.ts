import type { App, BlockAction } from '@slack/bolt';
import { choosePhrase } from '../../answer/wording.ts';
import type { Logger } from '../../logger.ts';
import { FEEDBACK_ACTION, readFeedbackValue } from '../../render/slack-feedback.ts';
import type { Phrases } from '../../text/phrases.ts';
import type { Bot } from '../bot.ts';
import { codeOf } from './failures.ts';
import { FEEDBACK_FORM, readFeedbackForm, renderFeedbackForm } from './feedback-modal.ts';
import type { FeedbackAbout } from './feedback-modal.ts';
import type { WebClient } from './work-context.ts';

export interface FeedbackOptions {
  readonly bot: Bot;
  readonly phrases: Phrases;
  readonly logger: Logger;
}

/** 👍 and 👎 below answers; 👎 asks for the reason. The verdict is kept before anything is asked. */
export function listenToFeedback(app: App, { bot, phrases, logger }: FeedbackOptions): void {
  async function thank(client: WebClient, { channel, threadTs }: Omit<FeedbackAbout, 'answerId'>, user: string): Promise<void> {
    if (channel === '') return;
    try {
      await client.chat.postEphemeral({ channel, user, text: choosePhrase(phrases.bots, 'thanks'), ...(threadTs !== undefined && { thread_ts: threadTs }) });
    } catch (error) {
      logger.debug({ reason: codeOf(error) }, 'Slack did not take the thanks for a verdict');
    }
  }

  async function askForReason(client: WebClient, triggerId: string, about: FeedbackAbout): Promise<boolean> {
    try {
      await client.views.open({ trigger_id: triggerId, view: renderFeedbackForm(about, phrases) });
      return true;
    } catch (error) {
      // The trigger is good for three seconds.
      logger.debug({ reason: codeOf(error) }, 'Slack did not open the form for a verdict');
      return false;
    }
  }

  app.action(FEEDBACK_ACTION, async ({ action, body, client }) => {
    const click = readFeedbackValue((action as { readonly value?: unknown }).value);
    if (click === undefined || !(await bot.setFeedback(click))) return;
    const { channel, message, container, trigger_id: triggerId, user } = body as BlockAction;
    const threadTs = (message?.['thread_ts'] ?? container['thread_ts']) as string | undefined;
    const about: FeedbackAbout = { answerId: click.answerId, channel: channel?.id ?? String(container['channel_id'] ?? ''), ...(threadTs !== undefined && { threadTs }) };
    if (click.verdict === 'down' && (await askForReason(client, triggerId, about))) return;
    await thank(client, about, user.id);
  });

  app.view(FEEDBACK_FORM, async ({ view, body, client }) => {
    const form = readFeedbackForm(view);
    if (form === undefined) return;
    const { about, ...told } = form;
    if (await bot.setFeedback({ answerId: about.answerId, verdict: 'down', ...told })) await thank(client, about, body.user.id);
  });
}
