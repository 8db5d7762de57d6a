import type { DingtalkSettings } from '../../bot-settings.ts';
import type { Logger } from '../../logger.ts';
import { createLiveSocket, RefusedByPlatform } from '../live-socket.ts';
import type { LiveSocket, LiveSocketLimits } from '../live-socket.ts';
import { parseFrame, renderAck } from './frames.ts';
import type { StreamFrame } from './frames.ts';
import { isRefusal, openGateway } from './gateway.ts';

export interface StreamLimits extends LiveSocketLimits {
  /** How long is waited for an address to connect to. */
  readonly gatewayMs: number;
}

const GATEWAY_MS = 10_000;

/** What a callback is answered with; by default that all is well. */
export interface CallbackAnswer {
  readonly code?: number;
  readonly message?: string;
}

export interface StreamClientOptions {
  readonly settings: DingtalkSettings;
  readonly logger: Logger;
  /** Resolves once the callback is kept; with undefined, or rejecting, where DingTalk is to send it again. */
  readonly onCallback: (frame: StreamFrame) => Promise<CallbackAnswer | undefined>;
  readonly limits?: Partial<StreamLimits> | undefined;
}

/** The connection over which DingTalk sends messages. */
export function createStreamClient({ settings, logger, onCallback, limits: { gatewayMs = GATEWAY_MS, ...limits } = {} }: StreamClientOptions): LiveSocket {
  async function answerCallback(frame: StreamFrame, send: (text: string) => void): Promise<void> {
    try {
      const answer = await onCallback(frame);
      if (answer !== undefined) send(renderAck(frame, answer));
    } catch (error) {
      logger.error({ err: error, topic: frame.topic }, 'an event of DingTalk could not be taken on');
    }
  }

  return createLiveSocket({
    name: 'DingTalk', logger, limits,
    async open(signal) {
      try {
        return await openGateway(settings, gatewayMs, signal);
      } catch (error) {
        throw isRefusal(error) ? new RefusedByPlatform(error.message) : error;
      }
    },
    onText(text, send) {
      const frame = parseFrame(text);
      if (frame === undefined) {
        logger.warn('DingTalk sent a frame that cannot be read; it is left out');
        return undefined;
      }
      if (frame.type === 'CALLBACK') void answerCallback(frame, send);
      else send(renderAck(frame, frame.type === 'SYSTEM' && frame.topic === 'ping' ? { data: frame.data } : {}));
      return frame.type === 'SYSTEM' && frame.topic === 'disconnect' ? 'replace' : undefined;
    },
  });
}
