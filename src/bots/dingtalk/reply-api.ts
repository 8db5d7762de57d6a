import { z } from 'zod';
import type { DingtalkSettings } from '../../bot-settings.ts';
import type { DingtalkPart } from '../../render/dingtalk.ts';
import type { DingtalkMessage } from './message.ts';
import { DingtalkFailure, requestDingtalk } from './request.ts';
import { requestZzd } from './zzd-request.ts';

const ids = z.array(z.string()).catch([]);
const sentSchema = z.looseObject({ invalidStaffIdList: ids.default([]), flowControlledStaffIdList: ids.default([]) });

async function sendZzd(settings: DingtalkSettings, message: DingtalkMessage, { text }: DingtalkPart, token: string, limitMs: number, signal: AbortSignal): Promise<void> {
  const { tenantId, robotCode = message.robotCode } = settings;
  if (tenantId === undefined) throw new DingtalkFailure('impossible', 'DINGTALK_TENANT_ID is not set');
  const receiver: Record<string, string> = message.isGroup ? { chatType: '2', chatId: message.conversationId } : { chatType: '1', receiverId: message.senderStaffId ?? message.senderId };
  const msg = JSON.stringify({ msgtype: 'text', text: { content: text } });
  await requestZzd(settings, { method: 'POST', path: '/chat/sendMsg', params: { access_token: token, msg, tenantId, senderId: robotCode, ...receiver } }, limitMs, signal);
}

/** Sends a text by the platform's own interface, which needs no address from the message. @throws DingtalkFailure, or what the signal was aborted with */
export async function sendByApi(settings: DingtalkSettings, message: DingtalkMessage, part: DingtalkPart, token: string, limitMs: number, signal: AbortSignal): Promise<void> {
  if (settings.dialect === 'zzd') return sendZzd(settings, message, part, token, limitMs, signal);
  const { isGroup, conversationId, senderStaffId } = message;
  if (!isGroup && senderStaffId === undefined) throw new DingtalkFailure('impossible', 'the asker is not of this organisation, so has no id there');
  const robotCode = settings.robotCode ?? message.robotCode;
  if (robotCode === '') throw new DingtalkFailure('impossible', 'the message names no robot, and DINGTALK_ROBOT_CODE is not set');
  const content = { robotCode, msgKey: 'sampleMarkdown', msgParam: JSON.stringify({ title: part.title, text: part.text }) };
  const [path, receiver] = isGroup ? ['groupMessages/send', { openConversationId: conversationId }] : ['oToMessages/batchSend', { userIds: [senderStaffId] }];
  const headers = { 'x-acs-dingtalk-access-token': token };
  const reply = await requestDingtalk({ method: 'POST', url: `${settings.apiUrl}/v1.0/robot/${path}`, headers, body: { ...content, ...receiver } }, limitMs, signal);
  const sent = sentSchema.parse(reply);
  if (sent.invalidStaffIdList.length > 0) throw new DingtalkFailure('refused', 'that it does not know the asker');
  if (sent.flowControlledStaffIdList.length > 0) throw new DingtalkFailure('busy', 'that the asker was sent too much');
}
