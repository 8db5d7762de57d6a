import { renderSlackDelta } from '../../render/slack.ts';
import type { SlackPart } from '../../render/slack.ts';
import { restOf } from './failures.ts';
import type { SlackPlace } from './session.ts';
import type { WebClient } from './work-context.ts';

/** Slack takes 12,000 characters of a message; some room is left for the sources. */
const LONGEST_STREAM = 8_000;

/** A message that grows. */
export interface SlackStream {
  /** Undefined before the first text was shown. */
  readonly ts: string | undefined;
  /** Whether all of a text is in it, up to now. */
  holds(text: string): boolean;
  /** Whether it took all that it was given: an interrupted stream takes no more. */
  readonly isSound: boolean;
  /**
   * Adds what is new in the text so far; nothing where it has no more room, or Slack wants to be left alone for a moment.
   *
   * @throws what the call threw, once: from then on it is not sound
   */
  show(text: string): Promise<void>;
  /** Ends the message with what is new in the text, and blocks below it. @throws likewise */
  end(text: string, blocks: SlackPart['blocks']): Promise<void>;
  /** Ends the message as it is: until then Slack lets nobody change it. Never throws. */
  abandon(): Promise<void>;
}

export interface SlackStreamOptions {
  readonly client: WebClient;
  /** Tries a call once: a piece whose answer got lost may have been taken, and would be told twice. */
  readonly onceClient: WebClient;
  readonly clock: () => number;
  readonly place: SlackPlace;
  /** Whom the answer is for, where others read along. */
  readonly recipient: { readonly teamId: string; readonly userId: string } | undefined;
}

export function createSlackStream({ client, onceClient, clock, place: { channel, threadTs }, recipient }: SlackStreamOptions): SlackStream {
  let ts: string | undefined;
  let told = '';
  let length = 0;
  let isSound = true;
  let isEnded = false;
  let restsUntil = 0;

  /** What is still to be told of a text, as Markdown; undefined where there is no room for it. */
  function renderRest(text: string): string | undefined {
    if (!text.startsWith(told)) return undefined;
    const rest = renderSlackDelta(text.slice(told.length));
    return length + rest.length > LONGEST_STREAM ? undefined : rest;
  }

  async function call(work: () => Promise<unknown>, text: string, markdown: string): Promise<void> {
    try {
      await work();
      told = text;
      length += markdown.length;
    } catch (error) {
      const restMs = restOf(error);
      // Not taken, that is certain: it goes along with what comes next.
      if (restMs !== undefined) restsUntil = clock() + restMs;
      else isSound = false;
      throw error;
    }
  }

  return {
    get ts() {
      return ts;
    },
    get isSound() {
      return isSound;
    },
    holds: (text) => isSound && renderRest(text) !== undefined,
    async show(text) {
      const markdown = isSound && clock() >= restsUntil ? renderRest(text) : undefined;
      if (markdown === undefined || markdown === '') return;
      const started = ts;
      await call(async () => {
        if (started !== undefined) return onceClient.chat.appendStream({ channel, ts: started, markdown_text: markdown });
        const to = recipient === undefined ? {} : { recipient_team_id: recipient.teamId, recipient_user_id: recipient.userId };
        const { ts: begun } = await client.chat.startStream({ channel, thread_ts: threadTs, markdown_text: markdown, ...to });
        ts = begun;
        return undefined;
      }, text, markdown);
    },
    async end(text, blocks) {
      if (ts === undefined) return;
      const begun = ts;
      const markdown = renderRest(text) ?? '';
      const rest = { ...(markdown !== '' && { markdown_text: markdown }), ...(blocks.length > 0 && { blocks: [...blocks] as never }) };
      await call(() => client.chat.stopStream({ channel, ts: begun, ...rest }), text, markdown);
      isEnded = true;
    },
    async abandon() {
      if (ts === undefined || isEnded) return;
      isSound = false;
      isEnded = true;
      await client.chat.stopStream({ channel, ts }).catch(() => undefined);
    },
  };
}
