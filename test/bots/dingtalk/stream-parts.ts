import { onTestFinished } from 'vitest';
import type { DingtalkSettings } from '../../../src/bot-settings.ts';
import type { StreamFrame } from '../../../src/bots/dingtalk/frames.ts';
import { createStreamClient } from '../../../src/bots/dingtalk/stream-client.ts';
import type { CallbackAnswer, StreamLimits } from '../../../src/bots/dingtalk/stream-client.ts';
import { settingsFor } from '../../helpers/fake-dingtalk-api.ts';
import type { FakeDingtalkGateway } from '../../helpers/fake-dingtalk-gateway.ts';
import { createLog } from '../bot-parts.ts';

/** The message of channels.md, which is DingTalk's own sample. */
export function createRobotBody(changes: Readonly<Record<string, unknown>> = {}) {
  return {
    conversationId: 'cidSample', atUsers: [{ dingtalkId: '$:LWCP_v1:$robot', staffId: 'user123' }], chatbotCorpId: 'dingcorp', chatbotUserId: '$:LWCP_v1:$robot', msgId: 'msgSample', senderNick: '杨xx',
    isAdmin: true, senderStaffId: 'user123', sessionWebhookExpiredTime: Date.now() + 5_400_060, createAt: Date.now(), senderCorpId: 'dingcorp', conversationType: '2', senderId: '$:LWCP_v1:$sender',
    conversationTitle: '机器人测试-TEST', isInAtList: true, sessionWebhook: 'https://oapi.dingtalk.com/robot/sendBySession?session=xxxxx', text: { content: ' 你好' }, msgtype: 'text', robotCode: 'dingrobot', ...changes,
  };
}

export const QUICK: Partial<StreamLimits> = { gatewayMs: 300, handshakeMs: 300, pingMs: 100, backoffMs: 20, mostBackoffMs: 300, refusedMs: 400, swapMs: 50 };

export interface ConnectOptions {
  readonly settings?: Partial<DingtalkSettings>;
  readonly limits?: Partial<StreamLimits>;
  readonly onCallback?: (frame: StreamFrame) => Promise<CallbackAnswer | undefined>;
}

/** A client of the fake, with times short enough for a test. */
export function connect(gateway: FakeDingtalkGateway, { settings, limits, onCallback = async () => ({}) }: ConnectOptions = {}) {
  const log = createLog();
  const frames: StreamFrame[] = [];
  const client = createStreamClient({
    settings: settingsFor(gateway, settings), logger: log.logger, limits: { ...QUICK, ...limits },
    onCallback: (frame) => {
      frames.push(frame);
      return onCallback(frame);
    },
  });
  onTestFinished(() => client.stop());
  client.start();
  return { client, frames, lines: log.lines };
}
