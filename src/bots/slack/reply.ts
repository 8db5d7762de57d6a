import type { Logger } from '../../logger.ts';
import type { BotMessage } from '../../render/bot-message.ts';
import { renderSlackEnding, renderSlackMessage } from '../../render/slack.ts';
import type { SlackPart, SlackRenderOptions } from '../../render/slack.ts';
import type { Reply } from '../bot.ts';
import { codeOf, isAboutBlocks } from './failures.ts';
import { createPace } from './pace.ts';
import type { SlackPlace, SlackSessions } from './session.ts';
import { createSlackStream } from './stream.ts';
import type { WebClient } from './work-context.ts';

export interface SlackReplyOptions {
  readonly client: WebClient;
  readonly onceClient: WebClient;
  readonly place: SlackPlace;
  readonly recipient: { readonly teamId: string; readonly userId: string };
  readonly isDirect: boolean;
  /** What was asked, as the title of the session. */
  readonly question: string;
  readonly sessions: SlackSessions;
  readonly rendering: SlackRenderOptions;
  readonly logger: Logger;
  /** The least time before the first text is shown, and between two appends. */
  readonly everyMs: number;
  readonly clock: () => number;
}

/** Text that was told in the message itself, rather than below it. */
function toldText(message: BotMessage): string {
  if (message.kind === 'answer') return message.answer.answer;
  return 'soFar' in message ? message.soFar.text : '';
}

/** A reply in a thread: streamed where that works, else one message; what was streamed in part is replaced by the whole. */
export function createSlackReply({ client, onceClient, place, recipient, isDirect, question, sessions, rendering, logger, everyMs, clock }: SlackReplyOptions): Reply {
  const { channel, threadTs } = place;
  const stream = createSlackStream({ client, onceClient, clock, place, recipient: isDirect ? undefined : recipient });
  let begun: Promise<void> | undefined;
  /** An answer that comes at once is one message: nothing is shown of it before some time has passed. */
  const pace = createPace((text) => stream.show(text), everyMs, clock, (error) => logger.debug({ reason: codeOf(error) }, 'a piece of an answer could not be shown in Slack'));

  async function post({ text, blocks }: SlackPart): Promise<void> {
    const message = { channel, thread_ts: threadTs, text, unfurl_links: false, unfurl_media: false };
    try {
      await client.chat.postMessage({ ...message, blocks: [...blocks] as never });
    } catch (error) {
      if (!isAboutBlocks(error)) throw error;
      logger.warn({ reason: codeOf(error) }, 'Slack did not take the blocks of a message; it is sent as plain text');
      await client.chat.postMessage(message);
    }
  }

  /** The whole message in the place of what was streamed; a new one where that is gone. */
  async function replace(ts: string, part: SlackPart): Promise<void> {
    try {
      await stream.abandon();
      await client.chat.update({ channel, ts, text: part.text, blocks: [...part.blocks] as never });
    } catch (error) {
      logger.debug({ reason: codeOf(error) }, 'a streamed message of Slack could not be replaced');
      await post(part);
    }
  }

  /** Whether the stream was ended with all that belongs to the message; the parts behind it are posted. */
  async function endStream(message: BotMessage): Promise<boolean> {
    const text = toldText(message);
    if (stream.ts === undefined || !stream.holds(text)) return false;
    const [first, ...further] = renderSlackEnding(message, rendering);
    try {
      await stream.end(text, first?.blocks ?? []);
    } catch (error) {
      logger.debug({ reason: codeOf(error) }, 'a stream of Slack broke off; the message is replaced by the whole');
      return false;
    }
    for (const part of further) await post(part);
    return true;
  }

  async function endSession(): Promise<void> {
    if (begun === undefined) return;
    await begun;
    await sessions.end(place);
  }

  async function say(message: BotMessage): Promise<void> {
    if (await endStream(message)) return;
    const [first, ...further] = renderSlackMessage(message, rendering);
    if (first === undefined) return;
    if (stream.ts === undefined) await post(first);
    else await replace(stream.ts, first);
    for (const part of further) await post(part);
  }

  return {
    async begin() {
      pace.begin();
      // The answer does not wait for it.
      begun = sessions.begin(place, question, recipient.userId);
    },
    progress: ({ text }) => pace.tell(text),
    async finish(message) {
      try {
        await pace.end();
        await say(message);
      } catch (error) {
        throw new Error(`Slack refused a message: ${codeOf(error)}.`, { cause: error });
      } finally {
        await endSession();
      }
    },
    async cancel() {
      await pace.end();
      await endSession();
    },
  };
}
