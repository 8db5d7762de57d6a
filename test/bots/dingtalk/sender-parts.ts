import { onTestFinished } from 'vitest';
import type { DingtalkSettings } from '../../../src/bot-settings.ts';
import type { DingtalkMessage } from '../../../src/bots/dingtalk/message.ts';
import { createDingtalkSender } from '../../../src/bots/dingtalk/sender.ts';
import type { DingtalkLimits } from '../../../src/bots/dingtalk/sender.ts';
import type { BotMessage } from '../../../src/render/bot-message.ts';
import { settingsFor } from '../../helpers/fake-dingtalk-api.ts';
import type { FakeDingtalkApi } from '../../helpers/fake-dingtalk-api.ts';
import { answered, findNoticeName } from '../../render/samples.ts';
import { createLog, phrases } from '../bot-parts.ts';

export const words = (text: string): BotMessage => ({ kind: 'words', text, suggestions: [] });
export const answer: BotMessage = { kind: 'answer', answer: answered };

/** An answer of so many messages. */
export const long = (parts: number): BotMessage => words('建成二级以上标准幼儿园67所。'.repeat(Math.ceil((parts - 0.5) * 3_700 / 15)));

export function createMessage(changes: Partial<DingtalkMessage> = {}): DingtalkMessage {
  return {
    msgId: 'msg1', conversationId: 'cid1', isGroup: true, corpId: 'ding1', senderId: '$:LWCP_v1:$x', senderStaffId: 'user123', robotCode: 'ding-robot', text: '要建多少所?', hasAttachment: false, createAt: Date.now(), ...changes,
  };
}

export const outsider = (changes: Partial<DingtalkMessage> = {}): DingtalkMessage => {
  const { senderStaffId: _none, ...message } = createMessage(changes);
  return message;
};

const QUICK: Partial<DingtalkLimits> = { requestMs: 150, backoffMs: 10, totalMs: 2_000, cardRequestMs: 150, cardEveryMs: 20, cardBackoffMs: 20, degradeMs: 60_000 };

export function openSender(api: FakeDingtalkApi, changes: Partial<DingtalkSettings> = {}, limits: Partial<DingtalkLimits> = {}) {
  const log = createLog();
  const sender = createDingtalkSender({ settings: settingsFor(api, changes), phrases, findNoticeName, logger: log.logger, limits: { ...QUICK, ...limits } });
  onTestFinished(() => sender.close());
  return { sender, log };
}
