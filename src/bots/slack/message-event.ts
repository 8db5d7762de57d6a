import { z } from 'zod';
import { mentionsUser, readSlackText } from './text.ts';

const text = z.string().catch('');
const files = z.array(z.unknown()).optional().catch(undefined);

const saidSchema = z.looseObject({
  type: text, subtype: z.string().optional().catch(undefined), user: text, bot_id: z.unknown().optional(), app_id: z.unknown().optional(), text, ts: text, thread_ts: z.string().optional().catch(undefined), team: text, user_team: text, files, attachments: files,
});

const eventSchema = saidSchema.extend({
  channel: text, channel_type: text, edited: z.unknown().optional(), message: saidSchema.optional().catch(undefined), previous_message: saidSchema.optional().catch(undefined),
});

type Said = z.output<typeof saidSchema>;

/** What somebody said, and where; the bot's own words, other bots', and the platform's notes are none. */
export interface SlackSaid {
  /** `changed`: the words are others now; `deleted`: they are gone. */
  readonly kind: 'new' | 'changed' | 'deleted';
  readonly channel: string;
  readonly isDirect: boolean;
  readonly userId: string;
  /** The workspace of whoever said it, which in shared channels may be another; empty where the event does not tell. */
  readonly userTeamId: string;
  /** Of the message, and of the thread that it belongs to: that it begins, where it stands in none. */
  readonly ts: string;
  readonly threadTs: string;
  readonly isInThread: boolean;
  readonly isMention: boolean;
  readonly text: string;
  readonly hasAttachment: boolean;
}

/** Slack's own reminders and the like, which name no bot. */
const SLACKBOT = 'USLACKBOT';

/** Kinds of messages that people write. */
const WRITTEN: ReadonlySet<string | undefined> = new Set([undefined, 'file_share', 'thread_broadcast']);

/** A direct message's channel begins with D, also where the event does not say what channel it is. */
function isDirectChannel({ channel, channel_type: type }: z.output<typeof eventSchema>): boolean {
  return type === 'im' || (type === '' && channel.startsWith('D'));
}

function isPerson({ user, bot_id: botId }: Said, botUserId: string | undefined): boolean {
  return user !== '' && user !== botUserId && user !== SLACKBOT && (botId ?? undefined) === undefined;
}

/** Reads an event `message` or `app_mention`; undefined for what nobody need react to. */
export function readMessageEvent(event: unknown, botUserId: string | undefined): SlackSaid | undefined {
  const read = eventSchema.safeParse(event).data;
  if (read === undefined || read.channel === '') return undefined;
  const { channel, message, previous_message: previous } = read;

  const toSaid = (kind: SlackSaid['kind'], said: Said): SlackSaid => ({
    kind, channel, isDirect: isDirectChannel(read), userId: said.user, userTeamId: said.user_team || said.team, ts: said.ts, threadTs: said.thread_ts ?? said.ts,
    isInThread: said.thread_ts !== undefined && said.thread_ts !== said.ts, isMention: read.type === 'app_mention' || mentionsUser(said.text, botUserId),
    text: readSlackText(said.text, botUserId), hasAttachment: (said.files?.length ?? 0) > 0,
  });

  switch (read.subtype) {
    case 'message_changed': {
      if (message === undefined || previous === undefined || !isPerson(message, botUserId)) return undefined;
      // What is left of a message with answers below it.
      if (message.subtype === 'tombstone') return toSaid('deleted', { ...message, text: '' });
      // A link that was unfolded, a file that was added: the words are the same.
      return WRITTEN.has(message.subtype) && message.text !== previous.text ? toSaid('changed', message) : undefined;
    }
    case 'message_deleted':
      return previous !== undefined && isPerson(previous, botUserId) ? toSaid('deleted', previous) : undefined;
    default:
      // A mention that was put in afterwards also comes as a change of the message.
      if (read.type === 'app_mention' && (read.edited ?? undefined) !== undefined) return undefined;
      return WRITTEN.has(read.subtype) && isPerson(read, botUserId) && read.ts !== '' ? toSaid('new', read) : undefined;
  }
}
