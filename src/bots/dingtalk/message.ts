import { z } from 'zod';
import type { Incoming } from '../bot.ts';

/** A message to the robot, as it came over the stream or over HTTP. */
export interface DingtalkMessage {
  readonly msgId: string;
  /** Of the group, or of the two who talk: DingTalk's `openConversationId`. */
  readonly conversationId: string;
  readonly isGroup: boolean;
  /** Of the organisation that the robot belongs to; empty where the platform does not tell. */
  readonly corpId: string;
  readonly senderId: string;
  /** The sender's id within the organisation; left out for outsiders, who cannot be mentioned. */
  readonly senderStaffId?: string;
  readonly robotCode: string;
  /** Where a reply may be sent without a token. */
  readonly sessionWebhook?: string;
  /** Milliseconds of Unix time. */
  readonly sessionWebhookExpiresAt?: number;
  /** What was asked; empty for a bare mention, or an attachment alone. */
  readonly text: string;
  /** A picture, a file, a video, or a recording without a transcript. */
  readonly hasAttachment: boolean;
  /** Milliseconds of Unix time. */
  readonly createAt?: number;
}

const text = z.string().catch('');
const id = z.string().min(1).max(1_000);
const milliseconds = z.coerce.number().int().positive().optional().catch(undefined);

const contentSchema = z.looseObject({
  recognition: text,
  richText: z.array(z.looseObject({ text, downloadCode: z.unknown().optional(), type: text })).catch([]),
  unknownMsgType: z.unknown().optional(),
}).catch({ recognition: '', richText: [], unknownMsgType: undefined });

/** What is quoted: a message of text or of several kinds. */
const repliedSchema = z.looseObject({
  content: z.preprocess(
    (value) => (typeof value === 'string' ? { text: value } : value),
    z.looseObject({ text, content: text, recognition: text, richText: z.array(z.looseObject({ text, content: text })).catch([]) }).optional().catch(undefined),
  ),
});

const messageSchema = z.looseObject({
  msgId: id,
  conversationId: id,
  conversationType: z.coerce.string().catch(''),
  senderId: id,
  senderStaffId: id.optional().catch(undefined),
  chatbotCorpId: text,
  senderCorpId: text,
  robotCode: text,
  msgtype: text,
  sessionWebhook: id.optional().catch(undefined),
  sessionWebhookExpiredTime: milliseconds,
  createAt: milliseconds,
  text: z.looseObject({ content: text, isReplyMsg: z.boolean().catch(false), repliedMsg: z.unknown().optional() }).catch({ content: '', isReplyMsg: false, repliedMsg: undefined }),
  content: contentSchema,
});

type Raw = z.output<typeof messageSchema>;

/** Kinds that carry nothing to read. */
const ATTACHMENTS: ReadonlySet<string> = new Set(['picture', 'video', 'file', 'audio', 'unknownMsgType', 'interactiveCard', 'location']);

/** Spaces of every width, and the invisible ones that the clients put behind a mention. */
const EDGES = /^[\s\u2000-\u200f\u2028-\u202f\u2060\ufeff]+|[\s\u2000-\u200f\u2028-\u202f\u2060\ufeff]+$/gu;
/** The robot's name stays in front of the words in some clients; without a space behind it only what looks like a name is one. */
const MENTION = /^@(?:\S{1,60}[\s\u2000-\u200f\u2060]+|[^\s?？。，,！!]{1,12}$)/u;

function trim(words: string): string {
  return words.replace(EDGES, '');
}

function readQuoted({ repliedMsg }: Raw['text']): string {
  const { content } = repliedSchema.safeParse(repliedMsg).data ?? {};
  if (content === undefined) return '';
  return trim(content.text || content.content || content.recognition || content.richText.map((part) => part.text || part.content).join(''));
}

function takeMentionOff(words: string, isGroup: boolean): string {
  return isGroup ? trim(words).replace(MENTION, '') : trim(words);
}

function readText({ msgtype, text: told, content }: Raw, isGroup: boolean): string {
  if (msgtype === 'audio') return trim(content.recognition);
  if (msgtype === 'richText') return takeMentionOff(content.richText.map((part) => part.text).join(''), isGroup);
  const words = takeMentionOff(told.content, isGroup);
  // A bare mention below someone's message asks for that message.
  return words === '' && told.isReplyMsg ? readQuoted(told) : words;
}

/** Reads a robot message, as JSON or parsed; undefined for what is none. */
export function parseDingtalkMessage(data: unknown): DingtalkMessage | undefined {
  const raw = messageSchema.safeParse(data).data;
  if (raw === undefined) return undefined;
  const { msgId, conversationId, senderId, senderStaffId, robotCode, sessionWebhook, sessionWebhookExpiredTime, createAt, msgtype, content } = raw;
  const isGroup = raw.conversationType === '2';
  const words = readText(raw, isGroup);
  const hasAttachment = (ATTACHMENTS.has(msgtype) && words === '') || (msgtype === 'richText' && content.richText.some(({ downloadCode, type }) => downloadCode !== undefined || type === 'picture'));
  return {
    msgId, conversationId, isGroup, corpId: raw.chatbotCorpId || raw.senderCorpId, senderId, robotCode, text: words, hasAttachment,
    ...(senderStaffId !== undefined && { senderStaffId }),
    ...(sessionWebhook !== undefined && { sessionWebhook }),
    ...(sessionWebhookExpiredTime !== undefined && { sessionWebhookExpiresAt: sessionWebhookExpiredTime }),
    ...(createAt !== undefined && { createAt }),
  };
}

/** Nobody goes on with a conversation after an hour. */
const IDLE_MS = 3_600_000;

/** A person's own conversation, in a group as between two. */
export function toIncoming({ corpId, conversationId, senderStaffId, senderId, text: words, isGroup, hasAttachment }: DingtalkMessage): Incoming {
  return { channel: 'dingtalk', conversationKey: `dingtalk:${corpId}:${conversationId}:${senderStaffId ?? senderId}`, idleMs: IDLE_MS, text: words, isGroup, hasAttachment };
}
