import { setTimeout as delay } from 'node:timers/promises';
import type { SlackSettings } from '../../bot-settings.ts';
import type { Logger } from '../../logger.ts';
import { renderSlackMessage } from '../../render/slack.ts';
import type { SlackPart, SlackRenderOptions } from '../../render/slack.ts';
import { isAllowedReplyAddress } from '../../text/addresses.ts';
import type { Reply } from '../bot.ts';
import { codeOf, isAboutBlocks } from './failures.ts';
import type { WebClient } from './work-context.ts';

export interface CommandReplyOptions {
  readonly client: WebClient;
  readonly settings: SlackSettings;
  readonly responseUrl: string;
  readonly channel: string;
  readonly userId: string;
  readonly rendering: SlackRenderOptions;
  readonly logger: Logger;
  /** Nothing is sent once it is aborted. */
  readonly closing: AbortSignal;
}

/** Slack takes five answers to a command. */
const MOST_ANSWERS = 5;
const TRIES = 3;
const CALL_MS = 10_000;
const BACKOFF_MS = 500;
const MOST_WAIT_MS = 30_000;

/** `refused`: it will not be taken; else how long to wait before the next try, in milliseconds. */
type Outcome = 'taken' | 'refused' | { readonly retryMs: number };

async function sendOnce(url: string, body: string, tries: number): Promise<Outcome> {
  try {
    const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json; charset=utf-8' }, body, redirect: 'manual', signal: AbortSignal.timeout(CALL_MS) });
    await response.body?.cancel();
    if (response.ok) return 'taken';
    if (response.status !== 429 && response.status < 500) return 'refused';
    const after = Number(response.headers.get('retry-after') ?? '0') * 1_000;
    return { retryMs: after > 0 ? Math.min(after, MOST_WAIT_MS) : BACKOFF_MS * tries };
  } catch {
    return { retryMs: BACKOFF_MS * tries };
  }
}

/** Whether it was taken. @throws what the signal was aborted with */
async function send(url: string, body: string, closing: AbortSignal): Promise<boolean> {
  for (let tries = 1; ; tries += 1) {
    closing.throwIfAborted();
    const outcome = await sendOnce(url, body, tries);
    if (typeof outcome === 'string') return outcome === 'taken';
    if (tries === TRIES) return false;
    await delay(outcome.retryMs, undefined, { signal: closing });
  }
}

/** A reply to a slash command, which only the one who gave it sees. */
export function createCommandReply({ client, settings, responseUrl, channel, userId, rendering, logger, closing }: CommandReplyOptions): Reply {
  let isUsable = isAllowedReplyAddress(responseUrl, settings.apiUrl, settings.responseHosts);
  if (!isUsable) logger.warn('a command of Slack names a reply address that is not in SLACK_RESPONSE_HOSTS; it is not used');

  async function post({ text, blocks }: SlackPart): Promise<void> {
    if (isUsable && (await send(responseUrl, JSON.stringify({ response_type: 'ephemeral', replace_original: false, text, blocks }), closing))) return;
    isUsable = false;
    const message = { channel, user: userId, text };
    try {
      await client.chat.postEphemeral({ ...message, blocks: [...blocks] as never });
    } catch (error) {
      if (!isAboutBlocks(error)) throw error;
      await client.chat.postEphemeral(message);
    }
  }

  return {
    async finish(message) {
      try {
        for (const part of renderSlackMessage(message, rendering).slice(0, MOST_ANSWERS)) await post(part);
      } catch (error) {
        throw new Error(`Slack refused the answer to a command: ${codeOf(error)}.`, { cause: error });
      }
    },
  };
}
