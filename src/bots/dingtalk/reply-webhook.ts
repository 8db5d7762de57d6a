import type { DingtalkSettings } from '../../bot-settings.ts';
import { isAllowedReplyAddress } from '../../text/addresses.ts';
import type { DingtalkPart } from '../../render/dingtalk.ts';
import type { DingtalkMessage } from './message.ts';
import { DingtalkFailure } from './request.ts';
import type { DingtalkRequest } from './request.ts';

/** An address on its last legs is not used any more. */
const MARGIN_MS = 5_000;

/** The address to which this message is answered. @throws DingtalkFailure `impossible` where it has none that may be used */
export function findWebhook({ sessionWebhook, sessionWebhookExpiresAt }: DingtalkMessage, settings: DingtalkSettings): string {
  if (sessionWebhook === undefined) throw new DingtalkFailure('impossible', 'the message brought none');
  if (sessionWebhookExpiresAt !== undefined && sessionWebhookExpiresAt - MARGIN_MS < Date.now()) throw new DingtalkFailure('impossible', 'it has expired');
  if (!isAllowedReplyAddress(sessionWebhook, settings.apiUrl, settings.replyHosts)) throw new DingtalkFailure('impossible', 'its host is not in DINGTALK_ALLOWED_HOSTS');
  return sessionWebhook;
}

/** People outside the organisation have no id by which they can be mentioned. */
function findMentioned({ isGroup, senderStaffId }: DingtalkMessage): string | undefined {
  return isGroup && senderStaffId !== undefined && /^[\w.-]{1,64}$/.test(senderStaffId) ? senderStaffId : undefined;
}

/** A text as a message to the address; the asker is mentioned in the text as well, or the mention is not seen. */
export function toWebhookRequest(url: string, message: DingtalkMessage, { title, text }: DingtalkPart, kind: 'markdown' | 'text', isFirst: boolean): DingtalkRequest {
  const mentioned = isFirst ? findMentioned(message) : undefined;
  const told = mentioned === undefined ? text : `${text}\n\n@${mentioned}`;
  const content = kind === 'text' ? { msgtype: 'text', text: { content: told } } : { msgtype: 'markdown', markdown: { title, text: told } };
  return { method: 'POST', url, body: { ...content, at: { atUserIds: mentioned === undefined ? [] : [mentioned], isAtAll: false } } };
}
